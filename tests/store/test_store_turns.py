"""Writers take turns: none may starve beside others that write without pause."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_news.paths import Paths
from tui_news.store import Library, LibraryBusy, turns
from tui_news.store.turns import Turns

Open = Callable[..., Library]


def starred(library: Library, number: int) -> None:
    with library.write():
        library.memos.put("turn", "x", str(number), number)


def test_a_writer_beside_two_that_never_pause_gets_its_turns(opened: Open) -> None:
    over, libraries = threading.Event(), [opened() for _ in range(3)]

    def without_pause(library: Library) -> None:
        number = 0
        while not over.is_set():
            starred(library, number := number + 1)

    greedy = [threading.Thread(target=without_pause, args=(library,)) for library in libraries[1:]]
    for thread in greedy:
        thread.start()
    try:
        for number in range(40):  # LibraryBusy, were it starved
            starred(libraries[0], number)
    finally:
        over.set()
        for thread in greedy:
            thread.join()


def test_a_turn_that_is_never_given_on_holds_nobody_up_for_long(
    opened: Open, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "LONGEST_TURN", 0.01)
    library = opened()
    stopped = os.open(paths.data, os.O_RDONLY)
    try:
        fcntl.flock(stopped, fcntl.LOCK_EX)
        starred(library, 1)
    finally:
        os.close(stopped)
    assert library.memos.get("turn", "x") == "1"


def test_the_turn_is_given_on_when_the_writing_begins_or_fails(opened: Open, paths: Paths) -> None:
    one, two = opened(), opened()
    two.patience(1)
    with one.write():
        with pytest.raises(LibraryBusy), two.write():
            raise AssertionError("two writers at once")
        number = os.open(paths.data, os.O_RDONLY)
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)  # BlockingIOError, were it kept
        os.close(number)


@pytest.mark.parametrize("error", [OSError(38, "no locks here"), PermissionError(13, "no")])
def test_without_flock_sqlites_lock_alone_decides(
    opened: Open, error: OSError, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*args: object) -> None:
        raise error

    monkeypatch.setattr(fcntl, "flock", refused)
    library = opened()
    starred(library, 3)
    assert library.memos.get("turn", "x") == "3"


def test_a_folder_that_cannot_be_opened_has_no_turns(tmp_path: Path) -> None:
    assert Turns(tmp_path / "gone")._opened() == -1


def test_after_a_wait_sqlites_own_patience_is_as_it_was(opened: Open) -> None:
    library = opened()
    starred(library, 1)
    assert library.db.value("PRAGMA busy_timeout") == 5000


def test_in_a_hurry_a_write_waits_less_and_afterwards_as_before(opened: Open) -> None:
    library = opened()
    with library.hurry(0.25):
        assert library.db.patience == 0.25
        with library.hurry(10):
            assert library.db.patience == 0.25
    assert library.db.patience == 5
