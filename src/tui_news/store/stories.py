"""Stories: what a refresh stores, the reader's marks and places. Lists are in `store.lists`."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from tui_news.models import Entry, Known
from tui_news.store import entries
from tui_news.store.connection import Db, ids_json, storable
from tui_news.store.lists import Lists
from tui_news.store.twins import join, share_marks, with_twins

_TRUE_TALLY = """SELECT feed.id, count(story.id) - coalesce(sum(read), 0), count(story.id), coalesce(sum(starred), 0)
    FROM feed LEFT JOIN story ON feed_id = feed.id AND (hidden & 2) = 0 GROUP BY feed.id"""

SOURCE = 16  # letters of that part; a hash without one ends in a shorter, which is none

_TAGGED = "SELECT tag, story.id FROM story_tag JOIN story USING (feed_id, identity)"


class Stories(Lists):
    """`library.stories`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, db: Db, clock: Callable[[], float]) -> None:
        super().__init__(db)
        self._clock = clock
        self.stored: Callable[[list[int]], None] = lambda ids: None  # told in the transaction which were stored

    # what a refresh needs
    def known(self, feed_id: int) -> tuple[Known, ...]:
        """Every story held of the feed, oldest first, read or not."""
        rows = self._db.all(
            """SELECT id, identity, guid, url, title, published, sort, content_hash, read, first_seen
            FROM story WHERE feed_id = ? ORDER BY id""",
            (feed_id,),
        )
        return tuple(Known(*(*row[:8], bool(row[8]), row[9])) for row in rows)

    def names(self, feed_id: int) -> list[tuple[str, str, str, int | None]]:
        """What every story held of the feed goes by: identity, address, title and date."""
        return self._db.all("SELECT identity, url, title, published FROM story WHERE feed_id = ?", (feed_id,))

    def sources(self, feed_id: int) -> str:
        """What each story held of the feed was made from: the hashes' last parts, a space between them. As one text
        they travel to a worker, which rarely looks."""
        sql = f"SELECT group_concat(substr(content_hash, -{SOURCE}), ' ') FROM story WHERE feed_id = ?"
        return self._db.value(sql, (feed_id,)) or ""

    def store(self, feed_id: int, new: Sequence[Entry], changed: Sequence[tuple[int, Entry]], now: int) -> list[int]:
        """Store what a refresh decided; the ids of the new stories, in order.

        A new entry whose identity is held already updates that story. Marks follow a story to its new identity.
        """
        with self._db.write():
            made = entries.store(self._db, feed_id, new, changed, now)
            mended, ids = [story_id for story_id, _ in changed], [story_id for story_id, _ in made]
            fresh = [(story_id, feed_id, one.url, one.guid, one.title) for story_id, one in made]
            share_marks(self._db, join(self._db, mended, fresh))
            self.stored([*ids, *mended])
        return ids

    def set_read(self, ids: Iterable[int], read: bool) -> list[int]:
        """Mark, the same stories in other feeds too; the ids that changed."""
        return self._mark("read", ids, read)

    def set_starred(self, ids: Iterable[int], starred: bool) -> list[int]:
        """Star or unstar; the ids that changed."""
        return self._mark("starred", ids, starred)

    def _mark(self, what: Literal["read", "starred"], ids: Iterable[int], value: bool) -> list[int]:
        with self._db.write():
            rows = self._db.all(
                f"SELECT id FROM story WHERE id IN (SELECT value FROM json_each(?)) AND {what} <> ?",
                (ids_json(with_twins(self._db, list(ids))), int(value)),
            )
            changed = [row[0] for row in rows]
            chosen = ids_json(changed)
            self._db.run(
                f"""INSERT INTO status(feed_id, identity, {what}, {what}_at) SELECT feed_id, identity, ?, ? FROM story
                WHERE id IN (SELECT value FROM json_each(?))
                ON CONFLICT DO UPDATE SET {what} = excluded.{what}, {what}_at = excluded.{what}_at""",
                (int(value), int(self._clock()), chosen),
            )
            self._db.run(
                f"UPDATE story SET {what} = ? WHERE id IN (SELECT value FROM json_each(?))", (int(value), chosen)
            )
        return changed

    def position(self, story_id: int) -> str:
        """Where the reader was; "" at the start."""
        found = self._db.value(
            "SELECT position FROM story JOIN status USING (feed_id, identity) WHERE story.id = ?", (story_id,)
        )
        return str(found or "")

    def save_position(self, story_id: int, position: str) -> None:
        with self._db.write():
            self._db.run(
                """INSERT INTO status(feed_id, identity, position) SELECT feed_id, identity, ? FROM story WHERE id = ?
                ON CONFLICT DO UPDATE SET position = excluded.position""",
                (storable(position), story_id),
            )

    def preferred(self, story_id: int) -> str:
        """Which article the reader asked for: "feed", "page", or "" when never asked."""
        return str(self._db.value("SELECT prefer FROM story WHERE id = ?", (story_id,)) or "")

    def prefer(self, story_id: int, source: Literal["feed", "page"]) -> None:
        """Remember the choice; the story's quote count then is that article's."""
        with self._db.write():
            self._db.run("UPDATE story SET prefer = ? WHERE id = ?", (source, story_id))
            entries.settle(self._db, story_id)

    # mending
    def miscounted(self) -> bool:
        """Whether any feed's tally differs from a count of its stories, or what has a tag from its tags."""
        tally, tagged = "SELECT * FROM tally", "SELECT * FROM tagged"
        pairs = ((_TRUE_TALLY, tally), (_TAGGED, tagged), (tagged, _TAGGED))
        return any(self._db.all(f"SELECT 1 FROM ({one} EXCEPT {other}) LIMIT 1") for one, other in pairs)

    def recount(self) -> None:
        """Count every feed's stories anew, and look up every tag's."""
        with self._db.write():
            self._db.run(f"INSERT OR REPLACE INTO tally {_TRUE_TALLY}")
            self._db.run("DELETE FROM tagged")
            self._db.run(f"INSERT OR IGNORE INTO tagged {_TAGGED}")
