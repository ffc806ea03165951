"""What an import writes beside stories, and how it is taken back.

Its undo: {"op": "stories_added", "ids": [...]}, {"op": "statuses_added", "feed": n, "identities": [...]}.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from tui_news.store.connection import Db, ids_json, storable

OPS = frozenset({"stories_added", "statuses_added"})


def take_back(db: Db, op: Mapping[str, object]) -> None:
    match op:
        case {"op": "stories_added", "ids": list(ids)}:
            forget_stories(db, ids)
        case {"op": "statuses_added", "feed": int(feed_id), "identities": list(identities)}:
            forget_statuses(db, feed_id, identities)


def forget_stories(db: Db, ids: Iterable[int]) -> None:
    """Delete stories that an import brought, and their marks: the feed may bring them anew, as unread.

    It is asked for all it has at its next visit: what it brought to these stories went with them.
    """
    with db.write():
        chosen = ids_json(ids)
        db.run(
            """UPDATE feed SET etag = '', modified = '', body_hash = '' WHERE id IN
            (SELECT feed_id FROM story WHERE id IN (SELECT value FROM json_each(?)))""",
            (chosen,),
        )
        db.run(
            """DELETE FROM status WHERE (feed_id, identity) IN
            (SELECT feed_id, identity FROM story WHERE id IN (SELECT value FROM json_each(?)))""",
            (chosen,),
        )
        db.run("INSERT OR REPLACE INTO dirty(story_id) SELECT value FROM json_each(?)", (chosen,))
        db.run("DELETE FROM story WHERE id IN (SELECT value FROM json_each(?))", (chosen,))


def read_ahead(db: Db, feed_id: int, identities: Iterable[str], now: int) -> list[str]:
    """Note as read what is not held: should the feed bring it, it is no news. The identities that were not known."""
    made = []
    with db.write():
        for identity in map(storable, identities):
            cursor = db.run(
                "INSERT OR IGNORE INTO status(feed_id, identity, read, read_at) VALUES (?, ?, 1, ?)",
                (feed_id, identity, now),
            )
            if cursor.rowcount > 0:
                made.append(identity)
    return made


def forget_statuses(db: Db, feed_id: int, identities: Iterable[str]) -> None:
    """Undo `read_ahead`, but for stories that have come since."""
    with db.write():
        db.run(
            """DELETE FROM status WHERE feed_id = ?1 AND identity IN (SELECT value FROM json_each(?2))
            AND identity NOT IN (SELECT identity FROM story WHERE feed_id = ?1)""",
            (feed_id, json.dumps(list(identities))),
        )


def marks_of(db: Db, feed_id: int) -> dict[str, tuple[bool, bool]]:
    """(read, starred) by identity, of stories held and of those that only left a mark."""
    rows = db.all("SELECT identity, read, starred FROM status WHERE feed_id = ?", (feed_id,))
    return {row[0]: (bool(row[1]), bool(row[2])) for row in rows}
