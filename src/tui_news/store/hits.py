"""Which stories have some words, asked of the index once and kept until it changes.

A list asks for the same words several times: in each of its orders, for each page, for its count. To gather all stories
of a common word takes 15 ms at 100,000 stories, to look them up in what was gathered a fifth of that.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from tui_news.store.connection import Db

KEPT = 4  # sets of stories that outlive the list that asked
ROOM = 250_000  # stories in all of them: about 3 MB


class Hits:
    """Of one connection that has the index as `ix`. Each set is a temporary table in memory."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._made: dict[str, tuple[str, int]] = {}  # by expression: the table and how many it holds, last used last
        self._old: list[str] = []  # out of date; a list may be reading them
        self._free: list[str] = []
        self._tables = 0
        self._version: int | None = None

    def held(self, match: str) -> bool:
        """Whether the set is there already."""
        self._check()
        return match in self._made

    def of(self, match: str) -> str:
        """The table whose `id` are the stories that match."""
        self._check()
        found = self._made.pop(match, None) or self._make(match)
        self._made[match] = found
        return found[0]

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
            self._old += [name for name, _ in self._made.values()]
            self._made, self._version = {}, version

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
