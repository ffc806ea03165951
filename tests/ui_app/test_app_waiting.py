"""Keys are waited for: none is lost, none comes late, and nothing happens while nobody types."""

from __future__ import annotations

import os
import pty
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from textual import events
from textual.driver import Driver

from tui_news.ui import waiting


class Base:
    """What of Textual's driver the loop uses."""

    def __init__(self, fileno: int) -> None:
        self.fileno, self._debug = fileno, False
        self.exit_event = threading.Event()
        self.came: list[Any] = []
        self.told = threading.Condition()

    def run_input_thread(self) -> None:
        raise AssertionError("Textual's own loop")

    def process_message(self, message: Any) -> None:
        with self.told:
            self.came.append(message)
            self.told.notify_all()

    def keys(self) -> list[str]:
        return [event.key for event in self.came if isinstance(event, events.Key)]

    def wait_for(self, *keys: str) -> None:
        with self.told:
            assert self.told.wait_for(lambda: self.keys() == list(keys), 20), self.keys()


@contextmanager
def driver() -> Iterator[tuple[Any, int]]:
    master, slave = pty.openpty()
    tty.setraw(slave)
    made: Any = waiting.waiting(Base)(slave)  # type: ignore[arg-type, call-arg]
    thread = threading.Thread(target=made.run_input_thread, daemon=True)
    thread.start()
    try:
        yield made, master
    finally:
        made.exit_event.set()
        thread.join(20)
        os.close(master)
        os.close(slave)
    assert not thread.is_alive()


def test_keys_come_whether_or_not_one_waits_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "SETTLED", 0.0)  # the long wait begins at once
    with driver() as (made, master):
        os.write(master, b"j")
        made.wait_for("j")
        os.write(master, "å".encode()[:1])
        os.write(master, "å".encode()[1:] + b"k")
        made.wait_for("j", "å", "k")


def test_escape_alone_is_told_from_what_begins_with_it() -> None:
    with driver() as (made, master):
        os.write(master, b"\x1b")
        made.wait_for("escape")
        os.write(master, b"\x1b[A")
        made.wait_for("escape", "up")


def test_while_nobody_types_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    long = threading.Event()

    def select_(read: list[int], write: list[int], error: list[int], patience: float) -> Any:
        asked.append(patience)
        if patience == waiting.LONG:
            long.set()
        return select.select(read, write, error, patience)

    monkeypatch.setattr(waiting, "SETTLED", 0.0)
    monkeypatch.setattr(waiting, "select", SimpleNamespace(select=select_))
    with driver() as (made, master):
        assert long.wait(20)
        os.write(master, b"j")
        made.wait_for("j")
    assert len(asked) <= 3  # before the key, after it, and none until it was to end


def test_another_driver_is_left_alone() -> None:
    assert waiting.waiting(Driver) is Driver
