"""Who writes next when several programs share a library.

SQLite has no queue: a program that writes without pause takes the lock again before another, asleep between two looks,
can see it free. So whoever wants to write first takes the turn (an flock on the library's folder, no file of its own),
keeps it only until it may write, and gives it on. The one with the turn waits for one transaction, never for two.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # no flock on this system: SQLite's lock alone decides
    fcntl = None  # type: ignore[assignment]

LONGEST_TURN = 1.0  # seconds; somebody may have been stopped while it was theirs
NAPS = (0.0005, 0.001, 0.002, 0.003)  # seconds between two looks; the last for ever


class Turns:
    """The turns at one folder's library. Where there is no flock (some network file systems), only SQLite's lock."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number: int | None = None  # opened at the first write; -1: there are no turns here

    def begin(self, conn: sqlite3.Connection, patience: float) -> None:
        """BEGIN IMMEDIATE, waiting up to `patience` seconds for other writers. Raises sqlite3.Error."""
        end = time.monotonic() + patience
        before = conn.execute("PRAGMA busy_timeout").fetchone()[0]
        conn.execute("PRAGMA busy_timeout=0")
        try:
            with self._turn(min(patience, LONGEST_TURN)):
                _begin(conn, end)
        finally:
            conn.execute(f"PRAGMA busy_timeout={int(before)}")

    @contextmanager
    def _turn(self, patience: float) -> Iterator[None]:
        number, end, nap = self._opened(), time.monotonic() + patience, _naps()
        while number >= 0 and not _taken(number):
            if time.monotonic() >= end:
                number = -1
            else:
                time.sleep(next(nap))
        try:
            yield
        finally:
            if number >= 0:
                with suppress(OSError):
                    fcntl.flock(number, fcntl.LOCK_UN)

    def _opened(self) -> int:
        if self._number is None:
            self._number = -1
            if fcntl is not None:
                with suppress(OSError):
                    self._number = os.open(self._folder, os.O_RDONLY)
        return self._number

    def close(self) -> None:
        if self._number is not None and self._number >= 0:
            os.close(self._number)
        self._number = -1


def _taken(number: int) -> bool:
    """Whether the turn is ours now, or there is none to be had (then only SQLite's lock counts)."""
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _begin(conn: sqlite3.Connection, end: float) -> None:
    nap = _naps()
    while True:
        try:
            conn.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= end:
                raise
            time.sleep(next(nap))


def _naps() -> Iterator[float]:
    """A little longer each time, and never two programs in step."""
    count = 0
    while True:
        nap = NAPS[min(count, len(NAPS) - 1)]
        yield nap * (0.5 + time.perf_counter_ns() % 1000 / 1000)
        count += 1
