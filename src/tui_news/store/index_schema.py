"""The search index's file: made, opened, thrown away. It holds nothing that the library cannot give again."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tui_news.store.connection import PAGE_SIZE

VERSION = 2
# The columns as they lie in the index. A story's word in any but the first costs two bytes more: the body is first. In
# version 1 it was third; such an index is as good, only half as large again, and stays until it is made anew.
COLUMNS = ("body", "comments", "title", "author")
ORDERS = {1: ("title", "author", "body", "comments"), VERSION: COLUMNS}
HASH_SIZE = 16 * 1024 * 1024  # bytes gathered before FTS5 writes a segment: half the time of its default
MERGE = 40  # segments of a level, until they are merged: at its default, 4, a fifth of the time goes into merging
CRISIS = 64  # and until they are merged whatever it takes: a merge of all leaves a file of twice the size
TOKENS = 'tokenize="unicode61 remove_diacritics 2"'
_SCHEMA = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5({', '.join(COLUMNS)}, content='', {TOKENS})",
    # A contentless table cannot forget a row (before SQLite 3.43): a re-read story gets a new one, and this map
    # says which row is current.
    "CREATE TABLE IF NOT EXISTS doc(docid INTEGER PRIMARY KEY AUTOINCREMENT, story_id INTEGER NOT NULL UNIQUE)",
    "CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL)",
)


def open_index(path: Path, milliseconds: int) -> sqlite3.Connection:
    """A connection to the index, its tables made. Raises sqlite3.Error (damaged, locked, no FTS5) or OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    conn = _connect(path, milliseconds)
    version = _version(conn)
    if version and version not in ORDERS:
        conn.close()
        remove_index(path)
        conn = _connect(path, milliseconds)
        version = _version(conn)
    try:
        if not version:
            _make(conn)
    except BaseException:
        conn.close()
        raise
    return conn


def _connect(path: Path, milliseconds: int) -> sqlite3.Connection:
    conn = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=milliseconds / 1000)
    try:
        conn.execute(f"PRAGMA page_size={PAGE_SIZE}")
        conn.execute("PRAGMA journal_mode=WAL")
        conn.execute("PRAGMA synchronous=OFF")
    except BaseException:
        conn.close()
        raise
    return conn


def _version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _make(conn: sqlite3.Connection) -> None:
    conn.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA:
        conn.execute(statement)
    for setting, value in (("hashsize", HASH_SIZE), ("automerge", MERGE), ("crisismerge", CRISIS)):
        conn.execute("INSERT INTO words(words, rank) VALUES (?, ?)", (setting, value))
    conn.execute(f"PRAGMA user_version={VERSION}")
    conn.execute("COMMIT")


def remove_index(path: Path) -> None:
    for tail in ("", "-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)
