"""The pieces (FTS5's segments) that the search index is in: each commit of news leaves one, every question opens all.

To look one story up costs 8 µs in one piece and 160 in fifty, which is what a library has after its first 100,000
stories. They are put together a step at a time, at a quiet moment; the file does not grow by it.
"""

from __future__ import annotations

import sqlite3

PAGES = 500  # written by a step: 30 ms, and 8 MB of the journal
STRUCTURE = "SELECT block FROM {index}.words_data WHERE id = 10"
_NEWER = b"\xff\x00\x00\x01"  # a mark of structures with more to say of each piece


def pieces_in(structure: bytes | None) -> int:
    """How many, by FTS5's own record of them (fts5_index.c: after a cookie of four bytes, numbers of seven bits a byte:
    levels, then segments). 0 for what is no such record."""
    if not isinstance(structure, bytes):  # of a damaged index
        return 0
    at = 8 if structure[4:8] == _NEWER else 4
    _, at = _number(structure, at)
    return _number(structure, at)[0]


def _number(data: bytes, at: int) -> tuple[int, int]:
    """(the number that begins there, where the next one does)."""
    found = 0
    for place in range(at, min(at + 5, len(data))):
        found = found << 7 | data[place] & 127
        if data[place] < 128:
            return found, place + 1
    return 0, len(data)


def merge_step(conn: sqlite3.Connection) -> bool:
    """Put pieces of like size together, so much of it as a step is; whether anything was left to do. Raises
    sqlite3.Error."""
    before = conn.total_changes
    conn.execute("INSERT INTO words(words, rank) VALUES ('merge', ?)", (PAGES,))
    return conn.total_changes - before > 1  # one for the command itself (sqlite.org/fts5.html, 'merge')
