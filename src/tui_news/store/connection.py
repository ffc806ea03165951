"""One SQLite connection that raises LibraryError only."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tui_news.models import LibraryError
from tui_news.store.errors import LibraryDamaged, translate
from tui_news.store.turns import Turns

PATIENCE = 5000  # milliseconds
PAGE_SIZE = 16384
Row = tuple[Any, ...]
_NO_SHARING = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL)
# Not sqlite3.Error: a lone surrogate cannot be encoded, nor SQLite's words about a damaged name be decoded, and an
# integer beyond 64 bits cannot be bound.
FAULTS = (sqlite3.Error, UnicodeError, OverflowError)


def connect(path: Path, readonly: bool = False) -> sqlite3.Connection:
    """A connection with our settings, in autocommit mode. Raises sqlite3.Error. Creates nothing when `readonly`."""
    if readonly:
        conn = _connect_readonly(path)
    else:
        conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE / 1000)
        conn.execute(f"PRAGMA page_size={PAGE_SIZE}")
    settle(conn)
    return conn


def settle(conn: sqlite3.Connection) -> None:
    """Our settings."""
    for pragma in ("foreign_keys=ON", "mmap_size=0", "cache_size=-8000", "temp_store=MEMORY", "trusted_schema=OFF"):
        conn.execute(f"PRAGMA {pragma}")


def _connect_readonly(path: Path) -> sqlite3.Connection:
    """A WAL database in a folder that may not be written to, or on a full disk, has no shared memory: read the bare
    file then."""
    for mode in ("mode=ro", "mode=ro&immutable=1"):
        conn = sqlite3.connect(
            f"{path.absolute().as_uri()}?{mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=PATIENCE / 1000,
        )
        try:
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return conn
        except sqlite3.OperationalError as error:
            conn.close()
            if error.sqlite_errorcode & 0xFF not in _NO_SHARING:
                raise
            last = error
        except sqlite3.Error:
            conn.close()
            raise
    raise last


Mark = tuple[int, int] | None
TAILS = ("", "-wal", "-shm")


def marks_of(path: Path) -> tuple[Mark, ...]:
    """Which files the library's name and those of its journals stand for just now; None for none that we see."""
    return tuple(_mark(f"{path}{tail}") for tail in TAILS)


def _mark(path: str) -> Mark:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Db:
    """A connection whose faults are LibraryErrors. Use it from one thread at a time."""

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self.conn, self.path = conn, path
        self.patience = PATIENCE / 1000  # seconds that a write waits for other programs' writes
        self._turns = Turns(path.parent)
        #: Another connection to the same, for reading. Raises sqlite3.Error.
        self.beside: Callable[[], sqlite3.Connection] = lambda: connect(self.path, readonly=True)
        self.on_damage: Callable[[], None] = lambda: None
        self.before_write: Callable[[], None] = lambda: None
        self.on_moved: list[Callable[[], None]] = []  # another connection took this one's place
        self.after_commit: list[Callable[[], None]] = []

    def told(self, error: BaseException) -> LibraryError:
        """The LibraryError for `error`; damage is remembered for the next opening."""
        told = translate(error, self.path)
        if isinstance(told, LibraryDamaged):
            self.on_damage()
        return told

    def run(self, sql: str, args: Sequence[object] = ()) -> sqlite3.Cursor:
        try:
            return self.conn.execute(sql, args)
        except FAULTS as error:
            raise self.told(error) from error

    def many(self, sql: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self.conn.executemany(sql, rows)
        except FAULTS as error:
            raise self.told(error) from error

    def all(self, sql: str, args: Sequence[object] = ()) -> list[Row]:
        try:
            return self.conn.execute(sql, args).fetchall()
        except FAULTS as error:
            raise self.told(error) from error

    def one(self, sql: str, args: Sequence[object] = ()) -> Row | None:
        try:
            row: Row | None = self.conn.execute(sql, args).fetchone()
        except FAULTS as error:
            raise self.told(error) from error
        return row

    def value(self, sql: str, args: Sequence[object] = ()) -> Any:
        """The first column of the first row, None without a row."""
        row = self.one(sql, args)
        return row[0] if row else None

    def each(self, sql: str, args: Sequence[object] = ()) -> Generator[Row, None, None]:
        """Rows one by one, as they are asked for: the rest is never read. Close it: it holds the moment it reads."""
        cursor = self.run(sql, args)
        try:
            yield from cursor
        except FAULTS as error:
            raise self.told(error) from error
        finally:
            cursor.close()

    @contextmanager
    def write(self, durable: bool = False) -> Iterator[None]:
        """One transaction; inside another, part of it. Raises LibraryBusy when the patience is over.

        durable: on the platter before it returns. BEGIN IMMEDIATE: a reading transaction that turns into a
        writing one fails at once when somebody else wrote meanwhile, whatever the patience.
        """
        if self.conn.in_transaction:
            yield
            return
        self.before_write()
        if durable:
            self.run("PRAGMA synchronous=FULL")
        try:
            self._begin()
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                self.after_commit.clear()
                # SQLite rolls back by itself on a full disk; a second ROLLBACK would hide the reason.
                if self.conn.in_transaction:
                    self.conn.execute("ROLLBACK")
                raise
        finally:
            if durable:
                self.run("PRAGMA synchronous=NORMAL")
        waiting, self.after_commit = self.after_commit, []
        for call in waiting:
            call()

    def _begin(self) -> None:
        try:
            self._turns.begin(self.conn, self.patience)
        except FAULTS as error:
            raise self.told(error) from error

    def moved(self) -> None:
        """The connection is another one from here on: what was kept of the old one's is let go."""
        self.release()
        self._turns = Turns(self.path.parent)
        for call in self.on_moved:
            call()

    def release(self) -> None:
        """Give up everything but the connection."""
        self._turns.close()

    def close(self) -> None:
        self.release()
        self.conn.close()


def ids_json(ids: Iterable[int]) -> str:
    """For `IN (SELECT value FROM json_each(?))`: any number of ids in one parameter."""
    return json.dumps([int(i) for i in ids])


def storable(text: str) -> str:
    """`text` with lone surrogates replaced: JSON may hold them, UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def whole(number: int | None) -> int | None:
    """`number` within SQLite's 64 bits."""
    return None if number is None else max(-(2**63), min(2**63 - 1, int(number)))
