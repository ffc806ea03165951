"""Smart feeds: queries saved under a name."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.models import SmartFeed, TuinewsError
from tui_news.store.connection import Db, storable
from tui_news.text.sanitize import clean_line

LONGEST = 200  # characters of a name


class SmartFeeds:
    """`library.smart`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, db: Db, clock: Callable[[], float]) -> None:
        self._db, self._clock = db, clock

    def all(self) -> tuple[SmartFeed, ...]:
        """In their order: by position, then name without regard to case."""
        rows = self._db.all("SELECT id, name, query, position FROM smart_feed")
        rows.sort(key=lambda row: (row[3], row[1].casefold(), row[0]))
        return tuple(SmartFeed(*row) for row in rows)

    def get(self, smart_id: int) -> SmartFeed | None:
        row = self._db.one("SELECT id, name, query, position FROM smart_feed WHERE id = ?", (smart_id,))
        return SmartFeed(*row) if row else None

    def named(self, name: str) -> SmartFeed | None:
        """The one of that name, without regard to case."""
        wanted = clean_line(name, LONGEST).casefold()
        return next((smart for smart in self.all() if smart.name.casefold() == wanted), None)

    def add(self, name: str, query: str, position: int = 0) -> int:
        """Its id. Raises TuinewsError for an empty name, or one that is taken."""
        name = self._free(name, None)
        cursor = self._db.run(
            "INSERT INTO smart_feed(name, query, position, added) VALUES (?, ?, ?, ?)",
            (name, storable(query), position, int(self._clock())),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def edit(self, smart_id: int, name: str | None = None, query: str | None = None) -> None:
        """Change what is not None. Raises TuinewsError for an empty name, or one that is taken."""
        with self._db.write(durable=True):
            if name is not None:
                self._db.run("UPDATE smart_feed SET name = ? WHERE id = ?", (self._free(name, smart_id), smart_id))
            if query is not None:
                self._db.run("UPDATE smart_feed SET query = ? WHERE id = ?", (storable(query), smart_id))

    def remove(self, smart_id: int) -> None:
        self._db.run("DELETE FROM smart_feed WHERE id = ?", (smart_id,))

    def _free(self, name: str, own: int | None) -> str:
        name = storable(clean_line(name, LONGEST))
        if not name:
            raise TuinewsError("A smart feed needs a name", "none was given", "type a few words")
        held = self.named(name)
        if held is not None and held.id != own:
            raise TuinewsError(f"The name “{name}” is taken", "another smart feed has it", "choose another")
        return name
