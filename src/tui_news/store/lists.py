"""Lists of stories: keyset pages, counts, the next unread one. Reads only."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from heapq import merge
from itertools import islice
from typing import NamedTuple

from tui_news.models import Story, StoryKey, StoryRow, View
from tui_news.store import entries
from tui_news.store.connection import Db, Row, ids_json, storable
from tui_news.store.views import KINDS, kept, plan
from tui_news.text.sanitize import mask_url

DAY = 86400
WIDTH = 16  # columns of ROW
MANY = 40  # feeds in a folder: so many have much of all there is, and picking theirs from it is less work
ROW = """s.id, s.feed_id, f.name, s.title, s.url, s.author, s.published, s.sort, s.read, s.starred, s.quotes,
    s.comments, s.comments_hint, s.comments_new, s.offline,
    CASE WHEN s.hidden THEN (SELECT group_concat(query, '; ') FROM muted JOIN rule ON rule.id = rule_id
        WHERE muted.story_id = s.id) END"""

ROWS = f"""SELECT {ROW} FROM json_each(?) AS j JOIN story AS s ON s.id = j.value
    JOIN feed AS f ON f.id = s.feed_id WHERE (s.hidden & 1) = 0"""


class Tally(NamedTuple):
    """unread, today (unread of the last 24 hours), starred, total stories, feeds subscribed."""

    unread: int
    today: int
    starred: int
    total: int
    feeds: int


class Lists:
    """The reading half of `library.stories`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def page(self, view: View, after: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        """The view's rows after `after`, newest first."""
        keys = self._keys(view, after, False, limit)
        if view.keep:
            keys = sorted({*keys, *self._kept(view, after)}, reverse=True)[:limit]
        rows = self.rows([key[1] for key in keys])
        return tuple(rows[key[1]] for key in keys if key[1] in rows)

    def size(self, view: View) -> int:
        """How many rows the view has in all, those of `keep` included."""
        return self._count(view) + (len(self._kept(view, None)) if view.keep else 0)

    def rows(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        """Rows by id, muted ones too; those of removed feeds are not there."""
        found = self._db.all(ROWS, (ids_json(ids),))
        return {row[0]: _row(row) for row in found}

    def get(self, story_id: int) -> Story | None:
        """The story with its feed's own body and what fetching needs."""
        row = self._db.one(
            f"""SELECT {ROW}, f.url, f.site, f.headers, s.guid, b.html, s.teaser, b.ref, t.ref, b.comments_url,
            s.lang, b.extras FROM story AS s JOIN feed AS f ON f.id = s.feed_id
            LEFT JOIN body AS b ON b.story_id = s.id LEFT JOIN thread AS t ON t.story_id = s.id
            WHERE s.id = ? AND (s.hidden & 1) = 0""",
            (story_id,),
        )
        return entries.story(_row(row[:WIDTH]), row[WIDTH:]) if row else None

    def newest(self, feed_id: int, limit: int) -> tuple[int, ...]:
        """The ids of the feed's newest stories, newest first."""
        return tuple(key[1] for key in self._keys(View("feed", id=feed_id), None, False, limit))

    def first_of(self, feed_id: int) -> int | None:
        """The story on top of the feed's list."""
        return next(iter(self.newest(feed_id, 1)), None)

    def by_url(self, url: str) -> int | None:
        """The newest story at exactly this address."""
        found: int | None = self._db.value(
            "SELECT id FROM story WHERE url = ? AND hidden = 0 ORDER BY sort DESC, id DESC LIMIT 1", (storable(url),)
        )
        return found

    def unpacked(self, limit: int) -> tuple[int, ...]:
        """Ids of unread or starred stories that are not wholly held for reading offline, newest first."""
        rows = self._db.all(
            """SELECT id FROM story INDEXED BY story_all WHERE hidden = 0 AND offline = 0
            AND (read = 0 OR starred = 1) ORDER BY sort DESC, id DESC LIMIT ?""",
            (limit,),
        )
        return tuple(row[0] for row in rows)

    def counts(self, now: int, since: int | None = None) -> Tally:
        """What the sidebar shows; `today` counts the unread since `since` (default: 24 hours ago)."""
        row = self._db.one(
            """SELECT coalesce(sum(unread), 0), coalesce(sum(starred), 0), coalesce(sum(total), 0), count(*)
            FROM feed JOIN tally ON feed_id = id WHERE removed_at IS NULL"""
        )
        assert row is not None
        today = self._count(View("today", since=now - DAY if since is None else since, unread_only=True))
        return Tally(row[0], today, row[1], row[2], row[3])

    def next_unread(self, view: View, after: StoryKey | None, back: bool = False) -> StoryRow | None:
        """The unread story after `after` in the view, else from the view's start; then the same in all feeds.

        back: the one before, else from the end. The story at `after` is never its own successor.
        """
        inside = replace(view, unread_only=True, keep=frozenset())
        for place in (inside, View("unread")):
            for start in (after, None) if after else (None,):
                for key in self._keys(place, start, back, 2):
                    if after is None or key != (after.sort, after.id):
                        return self.rows([key[1]])[key[1]]
        return None

    def unread_ids(self, view: View) -> list[int]:
        """Every unread story of the view, those of `keep` included, newest first."""
        keys = self._keys(replace(view, unread_only=True), None, False, -1)
        if view.keep:
            keys = sorted({*keys, *self._kept(view, None, unread=True)}, reverse=True)
        return [key[1] for key in keys]

    def _keys(self, view: View, after: StoryKey | None, back: bool, limit: int) -> list[Row]:
        if view.kind not in KINDS:
            return []
        feeds = self._feeds_of(view)
        if feeds is None or len(feeds) > MANY:
            return self._db.all(*plan(view, feeds=feeds).keys(after, back, limit))
        if len(feeds) == 1:
            return self._db.all(*plan(view, feeds[0]).keys(after, back, limit))
        # Each feed's rows come lazily from its own index: the merge reads one row a feed more than it gives.
        streams = [self._db.each(*plan(view, feed).keys(after, back)) for feed in feeds]
        try:
            merged = merge(*streams, reverse=not back)
            return list(merged if limit < 0 else islice(merged, limit))
        finally:
            for stream in streams:
                stream.close()

    def _kept(self, view: View, after: StoryKey | None, unread: bool = False) -> list[Row]:
        query = kept(view, self._feeds_of(view), unread) if view.kind in KINDS else None
        rows = self._db.all(*query) if query else []
        return [row for row in rows if after is None or row < (after.sort, after.id)]

    def _feeds_of(self, view: View) -> list[int] | None:
        """The view's feeds; None: all. A folder has those of the folders inside it too."""
        if view.kind == "feed":
            return [view.id]
        if view.kind != "folder":
            return None
        rows = self._db.all("SELECT id, folder FROM feed WHERE removed_at IS NULL")
        inside = view.name + "/"
        return [row[0] for row in rows if row[1] == view.name or row[1].startswith(inside)]

    def _count(self, view: View) -> int:
        if view.kind not in KINDS:
            return 0
        unread = view.unread_only or view.kind == "unread"
        feeds = self._feeds_of(view)
        if view.filter or view.kind == "today" or (view.kind == "starred" and unread):
            return int(self._db.value(*plan(view, feeds=feeds).count()))
        column = "starred" if view.kind == "starred" else "unread" if unread else "total"
        sql = f"SELECT coalesce(sum({column}), 0) FROM tally JOIN feed ON id = feed_id WHERE removed_at IS NULL"
        if feeds is None:
            return int(self._db.value(sql))
        return int(self._db.value(f"{sql} AND id IN (SELECT value FROM json_each(?))", (ids_json(feeds),)))


def _row(row: Row) -> StoryRow:
    feed = mask_url(row[2])  # a feed without a title goes by its address, and that may hold a password
    marks = bool(row[8]), bool(row[9])
    return StoryRow(*(*row[:2], feed, *row[3:8], *marks, *row[10:14], bool(row[14]), row[15] or ""))
