"""Which stories have some words, asked of the index once and kept until it changes.

A list asks for the same words several times: in each of its orders, for each page, for its count. To gather all stories
of a common word takes 15 ms at 100,000 stories, to look them up in what was gathered a fifth of that.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from tui_news.store.connection import Db
from tui_news.store.endings import Endings

ALMOST_ALL = 64  # rows of the index that may lack the words, for these to be sought one by one
STEP = 16  # parts into which a range with some of them is divided
KEPT = 4  # sets of stories that outlive the list that asked
ROOM = 250_000  # stories in all of them: about 3 MB


class Hits:
    """Of one connection that has the index as `ix`. Each set is a temporary table in memory."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._made: dict[str, tuple[str, int]] = {}  # by expression: the table and how many it holds, last used last
        self._lacking: dict[str, tuple[int, ...] | None] = {}
        self._old: list[str] = []  # out of date; a list may be reading them
        self._free: list[str] = []
        self._tables = 0
        self._version: int | None = None
        self._endings = Endings(db)

    def spelt(self, match: str) -> str:
        """The same query with as many beginnings of words as possible spelt out: quicker for a stretch of the index."""
        self._check()
        return self._endings.spelt(match)

    def held(self, match: str) -> str:
        """The table, if it is there already; else ""."""
        self._check()
        return self._made[match][0] if match in self._made else ""

    def of(self, match: str) -> str:
        """The table whose `id` are the stories that match."""
        self._check()
        found = self._made.pop(match, None) or self._make(match)
        self._made[match] = found
        return found[0]

    def lacking(self, match: str) -> tuple[int, ...] | None:
        """The rows of the index that do not match, if they are very few: to gather all others would be the most work
        for the shortest list. What all stories have in common is counted in a fifth of the time."""
        self._check()
        if match not in self._lacking:
            last = int(self._db.value("SELECT coalesce(max(docid), 0) FROM ix.doc"))
            self._lacking[match] = self._gaps(match, 1, last, ALMOST_ALL)
        return self._lacking[match]

    def _gaps(self, match: str, first: int, last: int, most: int) -> tuple[int, ...] | None:
        sql = "SELECT count(*) FROM ix.words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
        gaps = last - first + 1 - int(self._db.value(sql, (match, first, last)))
        if gaps > most:
            return None
        if gaps in (0, last - first + 1):
            return tuple(range(first, first + gaps))
        found: tuple[int, ...] = ()
        step = -(-(last - first + 1) // STEP)
        for start in range(first, last + 1, step):
            found += self._gaps(match, start, min(last, start + step - 1), most) or ()
        return found

    def tidy(self) -> None:
        """Let go of what was asked long ago. Nobody may be reading a set."""
        kept, room = 0, ROOM
        for match, (name, size) in reversed(list(self._made.items())):
            kept, room = kept + 1, room - size
            if kept > 1 and (kept > KEPT or room < 0):
                del self._made[match]
                self._old.append(name)
        for name in self._old:
            self._db.run(f"DELETE FROM temp.{name}")
        self._free += self._old
        self._old = []

    def _check(self) -> None:
        version = self._db.value("PRAGMA ix.data_version")
        if version != self._version:
            self._endings.forget()
            self._old += [name for name, _ in self._made.values()]
            self._made, self._lacking, self._version = {}, {}, version

    def _make(self, match: str) -> tuple[str, int]:
        name = self._free.pop() if self._free else self._table()
        made = self._db.run(
            f"""INSERT INTO temp.{name} SELECT story_id FROM ix.words JOIN ix.doc ON docid = words.rowid
            WHERE words MATCH ?""",
            (match,),
        )
        return name, made.rowcount

    def _table(self) -> str:
        self._tables += 1
        name = f"hits_{self._tables}"
        self._db.run(f"CREATE TEMP TABLE {name}(id INTEGER PRIMARY KEY)")
        return name
