"""What the tallies of feeds count twice: stories that another feed's stands for."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from typing import NamedTuple

from tui_news.store.connection import Db, ids_json


class Doubles(NamedTuple):
    unread: int
    starred: int
    total: int


def all_doubles(db: Db) -> Doubles:
    """As `doubles_of` of all feeds: unread and total of those that are heard, stars of the muted ones too."""
    row = db.one(
        """SELECT coalesce(sum(read = 0 AND heard), 0), coalesce(sum(starred), 0), coalesce(sum(heard), 0)
        FROM (SELECT read, starred, feed_id NOT IN (SELECT id FROM feed WHERE muted = 1) AS heard
        FROM story INDEXED BY story_copy WHERE hidden = 4)"""
    )
    return Doubles(*(row or (0, 0, 0)))


def doubles_of(db: Db, feeds: list[int] | None, heard: bool = True) -> Doubles:
    """What the tallies count twice: the stories of these feeds (None: all) that another one there stands for."""
    args: tuple[object, ...] = ()
    where = "hidden = 4"
    if feeds is None:
        where += " AND feed_id NOT IN (SELECT id FROM feed WHERE muted = 1)" if heard else ""
    else:
        args = (ids_json(feeds),)
        where += """ AND feed_id IN (SELECT value FROM json_each(?1)) AND EXISTS (SELECT 1 FROM story AS other
            WHERE other.twin = story.twin AND other.id < story.id AND (other.hidden & 3) = 0
            AND other.feed_id IN (SELECT value FROM json_each(?1)))"""
    row = db.one(
        f"""SELECT coalesce(sum(read = 0), 0), coalesce(sum(starred), 0), count(*)
        FROM story INDEXED BY story_copy WHERE {where}""",
        args,
    )
    assert row is not None
    return Doubles(*row)
