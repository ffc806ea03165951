"""The reader's tags on stories. Kept by feed and identity like marks: a story that comes back has its tags."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tui_news.models import TuinewsError
from tui_news.store.connection import Db, ids_json, storable
from tui_news.text.sanitize import clean_line

LONGEST = 60  # characters


class Tags:
    """`library.tags`. Tags differ in letters, not in capitals; the first spelling is shown."""

    def __init__(self, db: Db, clock: Callable[[], float]) -> None:
        self._db, self._clock = db, clock

    def all(self) -> tuple[tuple[str, int], ...]:
        """(tag, stories with it), by name. Stories of removed feeds do not count."""
        rows = self._db.all(
            """SELECT tag, count(*) FROM story_tag JOIN story USING (feed_id, identity) WHERE (hidden & 1) = 0
            GROUP BY tag ORDER BY tag"""
        )
        return tuple((row[0], row[1]) for row in rows)

    def of(self, story_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The tags of each story that has any, by name."""
        rows = self._db.all(
            """SELECT story.id, tag FROM json_each(?) AS j JOIN story ON story.id = j.value
            JOIN story_tag USING (feed_id, identity) ORDER BY tag""",
            (ids_json(story_ids),),
        )
        found: dict[int, list[str]] = {}
        for story_id, tag in rows:
            found.setdefault(story_id, []).append(tag)
        return {story_id: tuple(tags) for story_id, tags in found.items()}

    def add(self, story_ids: Iterable[int], tag: str) -> list[int]:
        """Put the tag on; the ids that did not have it. Raises TuinewsError for a tag that is none."""
        name = self._spelled(tag_name(tag))
        with self._db.write():
            ids = self._with(name, story_ids, False)
            self._db.run(
                """INSERT OR IGNORE INTO story_tag(tag, feed_id, identity, at) SELECT ?, feed_id, identity, ?
                FROM story WHERE id IN (SELECT value FROM json_each(?))""",
                (name, int(self._clock()), ids_json(ids)),
            )
        return ids

    def remove(self, story_ids: Iterable[int], tag: str) -> list[int]:
        """Take the tag off; the ids that had it."""
        name = tag_name(tag)
        with self._db.write():
            ids = self._with(name, story_ids, True)
            self._db.run(
                """DELETE FROM story_tag WHERE tag = ? AND (feed_id, identity) IN
                (SELECT feed_id, identity FROM story WHERE id IN (SELECT value FROM json_each(?)))""",
                (name, ids_json(ids)),
            )
        return ids

    def _with(self, tag: str, story_ids: Iterable[int], have: bool) -> list[int]:
        rows = self._db.all(
            """SELECT id FROM story WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS
            (SELECT 1 FROM story_tag AS t WHERE t.tag = ? AND t.feed_id = story.feed_id
            AND t.identity = story.identity) = ?""",
            (ids_json(story_ids), tag, int(have)),
        )
        return [row[0] for row in rows]

    def _spelled(self, tag: str) -> str:
        held = self._db.value("SELECT tag FROM story_tag WHERE tag = ? LIMIT 1", (tag,))
        return str(held or tag)


def tag_name(text: str) -> str:
    """The tag as it is kept: one line without #, " or ( ) around it. Raises TuinewsError when nothing is left."""
    name = storable(clean_line(text.replace('"', " "), LONGEST)).strip("#() ")
    if not name:
        raise TuinewsError("A tag needs a name", f"“{clean_line(text, 40)}” has no letter in it", "type a word")
    return name
