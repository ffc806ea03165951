"""The same story in several feeds: found by address or guid, shown once where feeds are mixed, marked as one.

Nothing is thrown away: each feed keeps its own, and its own list shows it. See migrations_flow for what is stored.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from tui_news.store.connection import Db, ids_json
from tui_news.store.migrations_flow import STAND

MOST = 12  # feeds with the same story: an address that more have is no story's
_KEYS = "INSERT OR IGNORE INTO twinkey(key, story_id) VALUES (?, ?)"
TOGETHER = "NOT EXISTS (SELECT 1 FROM memo WHERE kind = 'twins' AND key = 'apart')"


def with_twins(db: Db, ids: Sequence[int]) -> list[int]:
    """The ids, and those of the same stories in other feeds."""
    rows = db.all(
        f"""SELECT other.id FROM story JOIN story AS other ON other.twin = story.twin
        WHERE story.id IN (SELECT value FROM json_each(?)) AND story.twin IS NOT NULL AND {TOGETHER}""",
        (ids_json(ids),),
    )
    return list(dict.fromkeys([*ids, *(row[0] for row in rows)]))


Named = tuple[int, int, str, str, str]  # a story: id, feed, and what it goes by: address, guid, title


def join(db: Db, ids: Sequence[int], new: Sequence[Named] = ()) -> list[int]:
    """Inside a transaction: find the twins of these stories. The ids of stories whose group changed. new: more of them,
    just stored, and so with no keys yet."""
    from tui_news.text.twins import twin_keys

    named = [*_unkeyed(db, ids), *new]
    keyed = {story_id: (twin_keys(*names), feed_id) for story_id, feed_id, *names in named}
    shared = _shared(db, [key for keys, _ in keyed.values() for key in set(keys)])
    alone = [(key, story_id) for story_id, (keys, _) in keyed.items() if shared.isdisjoint(keys) for key in keys]
    db.many(_KEYS, alone)
    changed: list[int] = []
    for story_id, (keys, feed_id) in keyed.items():
        if shared.isdisjoint(keys):
            continue  # nearly all: nobody else has their keys
        db.many(_KEYS, [(key, story_id) for key in keys])
        members = {member for key in keys for member in _members(db, key, story_id, feed_id)}
        if members:
            changed += _group(db, [story_id, *members])
    return changed


def _unkeyed(db: Db, ids: Sequence[int]) -> list[Named]:
    """Those of the ids that are held, in that order; the keys they had are gone."""
    if not ids:
        return []
    chosen = ids_json(ids)
    db.run("DELETE FROM twinkey WHERE story_id IN (SELECT value FROM json_each(?))", (chosen,))
    return db.all(
        "SELECT s.id, feed_id, url, guid, title FROM json_each(?) AS j JOIN story s ON s.id = j.value ORDER BY j.key",
        (chosen,),
    )


def _shared(db: Db, keys: list[int]) -> set[int]:
    """Those of the keys that several of the stories at hand have, or any other story."""
    rows = db.all("SELECT DISTINCT key FROM twinkey WHERE key IN (SELECT value FROM json_each(?))", (ids_json(keys),))
    return {row[0] for row in rows} | {key for key, times in Counter(keys).items() if times > 1}


def _members(db: Db, key: int, story_id: int, feed_id: int) -> list[int]:
    """The other stories of that key; none when a feed has several: then it is the address of no single story."""
    rows = db.all(
        "SELECT id, feed_id FROM twinkey JOIN story ON id = story_id WHERE key = ? AND id <> ? LIMIT ?",
        (key, story_id, MOST),
    )
    feeds = [feed_id, *(row[1] for row in rows)]
    return [row[0] for row in rows] if len(set(feeds)) == len(feeds) and len(rows) < MOST else []


def _group(db: Db, ids: list[int]) -> list[int]:
    """One group of these and of what each was in, unless that would put two stories of a feed together."""
    rows = db.all(
        """SELECT id, feed_id, read, starred FROM story WHERE id IN (SELECT value FROM json_each(?1)) OR twin IN
        (SELECT twin FROM story WHERE id IN (SELECT value FROM json_each(?1)) AND twin IS NOT NULL)""",
        (ids_json(ids),),
    )
    if len({row[1] for row in rows}) < len(rows):
        return []
    group = [row[0] for row in rows]
    chosen = ids_json(group)
    db.run("UPDATE story SET twin = ? WHERE id IN (SELECT value FROM json_each(?))", (min(group), chosen))
    db.run(f"UPDATE story SET hidden = {STAND} WHERE twin = ?", (min(group),))
    _share_tags(db, chosen)
    return group


def _share_tags(db: Db, chosen: str) -> None:
    """A tag on the one that is no longer shown is on the one that stands for it."""
    db.run(
        """INSERT OR IGNORE INTO story_tag(tag, feed_id, identity, at)
        SELECT tag, other.feed_id, other.identity, at FROM story JOIN story_tag USING (feed_id, identity)
        JOIN story AS other ON other.twin = story.twin WHERE story.id IN (SELECT value FROM json_each(?))""",
        (chosen,),
    )


class Twins:
    """`library.twins`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def catch_up(self, limit: int = 500) -> int:
        """Look at stories that were stored before twins were known, newest first; how many were."""
        held = self._db.value("SELECT value FROM memo WHERE kind = 'twins' AND key = 'backlog'")
        if held is None:
            return 0
        rows = self._db.all("SELECT id FROM story WHERE id <= ? ORDER BY id DESC LIMIT ?", (int(held), limit))
        with self._db.write():
            share_marks(self._db, join(self._db, [row[0] for row in rows]))
            if len(rows) < limit:
                self._db.run("DELETE FROM memo WHERE kind = 'twins' AND key = 'backlog'")
            else:
                self._db.run(
                    "UPDATE memo SET value = ? WHERE kind = 'twins' AND key = 'backlog'", (str(rows[-1][0] - 1),)
                )
        return len(rows)

    @property
    def apart(self) -> bool:
        """Whether the reader wants each feed's own shown everywhere."""
        return self._db.value("SELECT 1 FROM memo WHERE kind = 'twins' AND key = 'apart'") is not None

    def set_apart(self, apart: bool) -> None:
        if apart == self.apart:
            return
        with self._db.write(durable=True):
            if apart:
                self._db.run("INSERT OR REPLACE INTO memo(kind, key, value) VALUES ('twins', 'apart', '1')")
            else:
                self._db.run("DELETE FROM memo WHERE kind = 'twins' AND key = 'apart'")
            self._db.run(f"UPDATE story SET hidden = {STAND} WHERE twin IS NOT NULL")

    def of(self, story_id: int) -> list[int]:
        """The same story in other feeds, the first to come first."""
        rows = self._db.all(
            """SELECT other.id FROM story JOIN story AS other ON other.twin = story.twin WHERE story.id = ?
            AND story.twin IS NOT NULL AND other.id <> story.id AND (other.hidden & 3) = 0 ORDER BY other.id""",
            (story_id,),
        )
        return [row[0] for row in rows]


def share_marks(db: Db, ids: Sequence[int]) -> None:
    """Inside a transaction: what was read or starred in one feed is so in the others."""
    for start in range(0, len(ids), 500):
        chosen = ids_json(islice(ids, start, start + 500))
        for what in ("read", "starred"):
            rows = db.all(
                f"""SELECT id FROM story WHERE id IN (SELECT value FROM json_each(?)) AND twin IS NOT NULL
                AND {what} = 0 AND {TOGETHER}
                AND EXISTS (SELECT 1 FROM story AS other WHERE other.twin = story.twin AND other.{what} = 1)""",
                (chosen,),
            )
            marked = ids_json(row[0] for row in rows)
            db.run(
                f"""INSERT INTO status(feed_id, identity, {what}, {what}_at) SELECT feed_id, identity, 1, 0 FROM story
                WHERE id IN (SELECT value FROM json_each(?))
                ON CONFLICT DO UPDATE SET {what} = 1, {what}_at = excluded.{what}_at""",
                (marked,),
            )
            db.run(f"UPDATE story SET {what} = 1 WHERE id IN (SELECT value FROM json_each(?))", (marked,))
