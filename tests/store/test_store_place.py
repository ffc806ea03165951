"""The library's file deleted or replaced under us, a disk that may not be written to, and who holds the lock."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_news.models import Entry
from tui_news.paths import Paths
from tui_news.store import Library, LibraryBusy, LibraryReadonly
from tui_news.store.errors import translate

Open = Callable[..., Library]


@pytest.fixture
def filled(opened: Open, entry: Callable[..., Entry]) -> Library:
    library = opened()
    library.stories.store(library.feeds.add("https://a.example/f")[0], [entry("a"), entry("b")], [], 1)
    return library


def marks(paths: Paths) -> tuple[int, str]:
    conn = sqlite3.connect(paths.library)
    try:
        (count,) = conn.execute("SELECT count(*) FROM status WHERE read = 1").fetchone()
        return count, conn.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        conn.close()


@pytest.mark.parametrize("what", ["library.db", "library.db*", ""])
def test_a_deleted_library_is_written_again_with_all_that_was_in_it(filled: Library, paths: Paths, what: str) -> None:
    filled.stories.set_read([1], True)
    if what:
        for path in paths.data.glob(what):
            path.unlink()
    else:
        shutil.rmtree(paths.data)
    filled.stories.set_read([2], True)
    assert marks(paths) == (2, "ok")
    assert "written again" in filled.news[0]
    filled.stories.set_read([1], False)
    assert marks(paths) == (1, "ok")
    assert len(filled.news) == 1


@pytest.mark.parametrize("written", [True, False])
def test_a_library_moved_away_under_a_reader_shares_nothing_with_the_next_one(
    filled: Library, opened: Open, paths: Paths, written: bool
) -> None:
    """The journals stay where the file was, and the reader still uses them."""
    filled.stories.set_read([1], True)
    if not written:
        filled.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    paths.library.rename(paths.data / "elsewhere.db")
    other = opened()
    other.feeds.add("https://b.example/f")
    assert [filled.db.value(f"SELECT count(*) FROM {name}") for name in ("feed", "story")] == [1, 2]
    filled.stories.set_read([2], True)
    (kept,) = paths.data.glob("library-before-*.db")
    conn = sqlite3.connect(kept)
    assert conn.execute("SELECT count(*) FROM status WHERE read = 1").fetchone() == (1,)
    assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    conn.close()
    assert [url for (url,) in sqlite3.connect(paths.library).execute("SELECT url FROM feed")] == ["https://b.example/f"]


def test_two_programs_that_hold_a_deleted_library_go_on_with_one(filled: Library, opened: Open, paths: Paths) -> None:
    other = opened()
    paths.library.unlink()
    filled.stories.set_read([1], True)
    other.stories.set_read([2], True)
    assert marks(paths) == (2, "ok")
    assert filled.changed()
    assert filled.stories.rows([2])[2].read


def test_a_library_that_was_replaced_is_the_library_and_the_old_one_is_kept(filled: Library, paths: Paths) -> None:
    copy = filled.backup()
    filled.stories.set_read([1], True)
    os.replace(copy, paths.library)
    assert filled.changed()
    assert not filled.stories.rows([1])[1].read
    filled.stories.set_read([2], True)
    assert marks(paths) == (1, "ok")
    (kept,) = paths.data.glob("library-before-*.db")
    assert sqlite3.connect(kept).execute("SELECT identity FROM status WHERE read = 1").fetchall() == [("id:a",)]
    assert str(kept) in filled.news[0]


def test_what_cannot_be_used_in_the_librarys_place_is_told_and_the_old_one_read_on(
    filled: Library, paths: Paths
) -> None:
    (paths.data / "bad").write_bytes(b"no database" * 3000)
    os.replace(paths.data / "bad", paths.library)
    for _ in range(2):
        with pytest.raises(LibraryReadonly, match="replaced by a file that cannot be used"):
            filled.stories.set_read([1], True)
    filled.changed()
    assert len(filled.feeds.all()) == 1
    assert paths.library.read_bytes().startswith(b"no database")


def test_a_name_out_of_our_sight_is_not_gone(filled: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(path: object) -> None:
        raise PermissionError

    with monkeypatch.context() as patched:
        patched.setattr(os, "stat", refused)
        filled.changed()
    filled.stories.set_read([1], True)
    assert not filled.news
    assert marks(paths) == (1, "ok")


def test_a_library_opened_for_reading_is_written_to_as_soon_as_it_can_be(filled: Library, opened: Open) -> None:
    library = opened(readonly=True)
    with pytest.raises(LibraryReadonly):
        library.stories.set_read([1], True)
    library.renew()
    assert library.readonly, "not at every look"
    library._renew_at = 0
    library.renew()
    assert not library.readonly
    library.stories.set_read([1], True)
    assert filled.stories.rows([1])[1].read


def test_a_disk_that_may_not_be_written_to_is_no_file_that_cannot_be_opened(
    filled: Library, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("unable to open database file")
    error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
    assert "cannot be opened" in str(translate(error, paths.library))
    monkeypatch.setattr(os, "access", lambda path, mode: mode == os.R_OK)
    assert isinstance(translate(error, paths.library), LibraryReadonly)


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells")
def test_who_waits_in_vain_is_told_for_whom(filled: Library, paths: Paths) -> None:
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE'); print(1, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(paths.library)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        filled.patience(1)
        with pytest.raises(LibraryBusy) as busy:
            filled.stories.set_read([1], True)
        other.communicate()
    assert f"process {other.pid})" in busy.value.who
    assert busy.value.who in str(busy.value)
