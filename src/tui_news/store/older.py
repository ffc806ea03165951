"""A library of an older schema where nothing may be written: read from a copy in memory, brought up to date there.

The file is not touched. The copy may be read and not written to: what the reader does waits, as with every library that
is open for reading, and is stored if the file can be written to later.
"""

from __future__ import annotations

import itertools
import os
import sqlite3

from tui_news.models import LibraryError
from tui_news.store.connection import Db, settle
from tui_news.store.migrate import step_by_step
from tui_news.store.schema import MIGRATIONS

MOST = 512 * 1024 * 1024  # bytes of a file that is worth its size in memory
_NUMBER = itertools.count()


def in_memory(db: Db) -> Db:
    """A connection to an up-to-date copy of what `db` reads; closes `db`. Raises LibraryError."""
    what, todo = f"The library {db.path}", "make the file and its folder writable, once"
    try:
        if os.stat(db.path).st_size > MOST:
            raise LibraryError(what, "an older version wrote it, and it is too large to be read from memory", todo)
        name = f"file:/tuinews-{os.getpid()}-{next(_NUMBER)}?vfs=memdb"
        try:
            copy = Db(_shared(name), db.path)
        except sqlite3.Error as error:  # before SQLite 3.36
            raise LibraryError(what, "an older version wrote it", todo) from error
        try:
            db.run("VACUUM INTO ?", (name,))
            step_by_step(copy, MIGRATIONS)
            copy.run("PRAGMA query_only=ON")
            copy.beside = lambda: _shared(name)
        except BaseException:
            copy.close()
            raise
    finally:
        db.close()
    return copy


def _shared(name: str) -> sqlite3.Connection:
    """A database in memory that every connection of this process by that name sees; it is gone with the last."""
    conn = sqlite3.connect(name, uri=True, isolation_level=None, check_same_thread=False)
    settle(conn)
    return conn
