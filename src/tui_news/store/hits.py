"""Which stories have some words, asked of the index once and kept until it changes.

A list asks for the same words several times: in each of its orders, for each page, for its count.
"""

from __future__ import annotations

import json

from tui_news.store.bits import bits_of
from tui_news.store.connection import Db
from tui_news.store.endings import Endings
from tui_news.store.pieces import STRUCTURE, pieces_in

ALMOST_ALL = 64  # rows of the index that may lack the words, for these to be sought one by one
SAMPLE = 1000  # rows of the index that say whether it is worth while to count all
STEP = 16  # parts into which a range with some of them is divided
KEPT = 8  # sets of stories that outlive the list that asked
ROWS = 200_000  # of the index, whose stories are read at a time: as many numbers are in memory
_HAVING = """SELECT json_group_array(story_id) FROM ix.words JOIN ix.doc ON docid = words.rowid
    WHERE words MATCH ? AND words.rowid BETWEEN ? AND ?"""
_FIRST = """SELECT json_group_array(story_id) FROM (SELECT story_id FROM ix.words
    JOIN ix.doc ON docid = words.rowid WHERE words MATCH ? LIMIT ?)"""


class Hits:
    """Of one connection that has the index as `ix`. A set of stories is a number (see `store.bits`)."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._made: dict[str, int] = {}  # by expression, last used last
        self._many: dict[str, int] = {}  # more stories than so many match
        self._lacking: dict[str, tuple[int, ...] | None] = {}
        self._version: int | None = None
        self._shape: tuple[int, int] | None = None
        self._endings = Endings(db)

    def spelt(self, match: str) -> str:
        """The same query with as many beginnings of words as possible spelt out: quicker for a stretch of the index."""
        self._check()
        return self._endings.spelt(match)

    def held(self, match: str) -> int | None:
        """The set, if it is there already."""
        self._check()
        return self._made.get(match)

    def of(self, match: str) -> int:
        """The stories that match."""
        self._check()
        found = self._made.pop(match, None)
        self._made[match] = found = self._gather(match) if found is None else found
        return found

    def few(self, match: str, most: int) -> bool:
        """Whether at most so many stories match: they are then gathered."""
        if (held := self.held(match)) is not None:
            return held.bit_count() <= most
        if self._many.get(match, -1) >= most:
            return False
        found = json.loads(self._db.value(_FIRST, (match, most + 1)))
        if len(found) > most:
            self._many[match] = most
            return False
        self._made[match] = bits_of(found)
        return True

    def lacking(self, match: str) -> tuple[int, ...] | None:
        """The rows of the index that do not match, if they are very few: to gather all others would be the most work
        for the shortest list. What all stories have in common is counted in a fifth of the time."""
        self._check()
        if match not in self._lacking:
            found = self._open_ended if "*" in match else self._without
            self._lacking[match] = found(match)
        return self._lacking[match]

    def _without(self, match: str) -> tuple[int, ...] | None:
        """The last rows first: where many of those lack it, all others need not be counted."""
        last = self._last()
        if self._gaps(match, max(1, last - SAMPLE), last, ALMOST_ALL, divided=False) is None:
            return None
        rows_with = self._endings.rows_with(match)
        if rows_with is not None and (rows_with == last or last - rows_with > ALMOST_ALL):
            return () if rows_with == last else None
        return self._gaps(match, 1, last, ALMOST_ALL)

    def _open_ended(self, match: str) -> tuple[int, ...] | None:
        """The same for any ending, which costs as much to count as to gather: if (almost) all have one of the words."""
        last = self._last()
        word, rows_with = self._endings.commonest(match, last)
        if not word or last - rows_with > ALMOST_ALL:
            return None
        # Counted already: no second time if none lacks it.
        rows = self.lacking(f'"{word}"') if rows_with != last else ()
        if not rows:
            return rows
        sql = "SELECT rowid FROM ix.words WHERE words MATCH ? AND rowid IN (SELECT value FROM json_each(?))"
        having = {row[0] for row in self._db.all(sql, (self._endings.spelt(match), json.dumps(rows)))}
        return tuple(row for row in rows if row not in having)

    def _gaps(self, match: str, first: int, last: int, most: int, divided: bool = True) -> tuple[int, ...] | None:
        sql = "SELECT count(*) FROM ix.words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        gaps = last - first + 1 - int(self._db.value(sql, (match, first, last)))
        if gaps > most:
            return None
        if not divided or gaps in (0, last - first + 1):
            return tuple(range(first, first + gaps))
        found: tuple[int, ...] = ()
        step = -(-(last - first + 1) // STEP)
        for start in range(first, last + 1, step):
            found += self._gaps(match, start, min(last, start + step - 1), most) or ()
        return found

    def many_lack(self, match: str) -> None:
        """Too many rows do not match for `lacking`: somebody has seen it."""
        self._check()
        self._lacking[match] = None

    def shape(self) -> tuple[int, int]:
        """(rows of the index, pieces that it is in)."""
        self._check()
        if self._shape is None:
            self._shape = self._last(), pieces_in(self._db.value(STRUCTURE.format(index="ix")))
        return self._shape

    def tidy(self) -> None:
        """Let go of what was asked long ago."""
        for match in list(self._made)[:-KEPT]:
            del self._made[match]

    def _check(self) -> None:
        version = self._db.value("PRAGMA ix.data_version")
        if version != self._version:
            self._endings.forget()
            self._made, self._many, self._lacking, self._version, self._shape = {}, {}, {}, version, None

    def _gather(self, match: str) -> int:
        last = self._last()
        step = last + 1 if "*" in match else ROWS  # words with any ending are merged for each question
        found = 0
        for start in range(0, last + 1, step):
            found |= bits_of(json.loads(self._db.value(_HAVING, (match, start, start + step - 1))))
        return found

    def _last(self) -> int:
        return int(self._db.value("SELECT coalesce(max(docid), 0) FROM ix.doc"))
