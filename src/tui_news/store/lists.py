"""Lists of stories: keyset pages, counts, the next unread one. Reads only."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from tui_news.models import Story, StoryKey, StoryRow, View
from tui_news.store import entries
from tui_news.store.connection import ids_json, storable
from tui_news.store.doubles import all_doubles, doubles_of
from tui_news.store.entries import ROW, ROWS, WIDTH, story_row
from tui_news.store.orders import Orders
from tui_news.store.views import KINDS, by_mark, kept, rank

DAY = 86400


class Tally(NamedTuple):
    """unread, today (unread of the last 24 hours), starred, total stories, feeds subscribed."""

    unread: int
    today: int
    starred: int
    total: int
    feeds: int


class Lists(Orders):
    """The reading half of `library.stories`."""

    def _begin(self) -> None:
        """Another list is made: what was found of words long ago is let go, and queries are read anew."""
        self.finder.tidy()
        self._asking.anew()

    def page(self, view: View, after: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        """The view's rows after `after`, in the view's order."""
        return self._page(view, after, limit, back=False)

    def page_before(self, view: View, before: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        """The last `limit` rows before `before` (None: of all), in the view's order."""
        return self._page(view, before, limit, back=True)[::-1]

    def _page(self, view: View, key: StoryKey | None, limit: int, back: bool) -> tuple[StoryRow, ...]:
        """The nearest rows beyond `key`, the nearest first."""
        self._begin()
        ids = list(islice(self._ids(view, key, back), limit))
        found = self.rows([*ids, *self._kept(by_mark(view))] if view.keep else ids)
        if not view.keep:
            return tuple(found[story_id] for story_id in ids if story_id in found)
        feeds = self._ranks() if view.order == "feed" else {}
        start = None if key is None else rank(view, key, feeds)
        ranked = sorted(
            ((rank(view, row.key, feeds), row) for row in found.values()), key=itemgetter(0), reverse=not back
        )
        beyond = (row for place, row in ranked if start is None or (place > start if back else place < start))
        return tuple(islice(beyond, limit))

    def size(self, view: View) -> int:
        """How many rows the view has in all, those of `keep` included."""
        self._begin()
        return self._count(view) + (len(self._kept(view)) if view.keep else 0)

    def rows(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        """Rows by id, muted ones too; those of removed feeds are not there."""
        found = self._db.all(ROWS, (ids_json(ids),))
        return {row[0]: story_row(row) for row in found}

    def latest(self, ids: Sequence[int], limit: int) -> list[int]:
        """The newest of these, newest first, without their rows: they may be twenty thousand."""
        found = self._db.all(
            """SELECT s.id FROM json_each(?) AS j JOIN story AS s ON s.id = j.value WHERE (s.hidden & 1) = 0
            ORDER BY s.sort DESC, s.id DESC LIMIT ?""",
            (ids_json(set(ids)), limit),
        )
        return [row[0] for row in found]

    def get(self, story_id: int) -> Story | None:
        """The story with its feed's own body and what fetching needs."""
        row = self._db.one(
            f"""SELECT {ROW}, f.url, f.site, f.headers, s.guid, b.html, s.teaser, b.ref, t.ref, b.comments_url,
            s.lang, b.extras FROM story AS s JOIN feed AS f ON f.id = s.feed_id
            LEFT JOIN body AS b ON b.story_id = s.id LEFT JOIN thread AS t ON t.story_id = s.id
            WHERE s.id = ? AND (s.hidden & 1) = 0""",
            (story_id,),
        )
        return entries.story(story_row(row[:WIDTH]), row[WIDTH:]) if row else None

    def newest(self, feed_id: int, limit: int) -> tuple[int, ...]:
        """The ids of the feed's newest stories, newest first."""
        self._asking.anew()
        return tuple(islice(self._ids(View("feed", id=feed_id), None), limit))

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
            """SELECT coalesce(sum(CASE WHEN muted THEN 0 ELSE unread END), 0), coalesce(sum(starred), 0),
            coalesce(sum(CASE WHEN muted THEN 0 ELSE total END), 0), count(*)
            FROM feed JOIN tally ON feed_id = id WHERE removed_at IS NULL"""
        )
        assert row is not None
        doubles = all_doubles(self._db)
        today = self._count(View("today", since=now - DAY if since is None else since, unread_only=True))
        return Tally(row[0] - doubles.unread, today, row[1] - doubles.starred, row[2] - doubles.total, row[3])

    def next_unread(self, view: View, after: StoryKey | None, back: bool = False) -> StoryRow | None:
        """The unread story after `after` in the view; from a feed or folder on to the next ones in their order.

        back: the one before, and the feeds before. None at the end: nothing ever starts again from the top.
        """
        self._asking.anew()
        for place, start in self._onwards(view, after, back):
            for story_id in self._ids(replace(place, unread_only=True, keep=frozenset()), start, back):
                row = self.rows([story_id]).get(story_id)
                if row is not None and (after is None or row.id != after.id):
                    return row
        return None

    def _onwards(self, view: View, after: StoryKey | None, back: bool) -> Iterator[tuple[View, StoryKey | None]]:
        """Where to look for the next one: the view, then what lies behind it."""
        yield view if view.kind in KINDS else View("unread"), after
        if view.filter:
            yield from self._onwards(replace(view, filter=""), after, back)
            return
        if view.kind == "today" and not back and after is not None:
            yield replace(view, kind="unread"), after
        if view.kind not in ("feed", "folder"):
            return
        here = set(self._feeds_of(view) or ())
        order = list(self._ranks())
        places = [index for index, feed in enumerate(order) if feed in here]
        if places:
            beyond = order[: places[0]][::-1] if back else order[places[-1] + 1 :]
            muted = set(self._muted())
            for feed in beyond:
                if feed not in muted and feed not in here:
                    yield View("feed", id=feed, order=view.order), None

    def unread_ids(self, view: View) -> list[int]:
        """Every unread story of the view, those of `keep` included, in its order."""
        self._asking.anew()
        ids = list(self._ids(replace(view, unread_only=True), None))
        return list(dict.fromkeys([*ids, *self._kept(view, unread=True)])) if view.keep else ids

    def ids(self, view: View) -> tuple[int, ...]:
        """Every story of the view in its order, without those of `keep`."""
        self._asking.anew()
        return tuple(self._ids(view, None))

    def _kept(self, view: View, unread: bool = False) -> list[int]:
        if view.kind not in KINDS:
            return []
        feeds, found = self._feeds_of(view), []
        for half in self._asking.halves(view):
            parts, lasting = self._asking.apart(view, half), self._asking.parts(view, half, lasting=True)
            query = kept(view, feeds, unread, parts, lasting, half)
            found += [row[0] for row in self.finder.all(*query)] if query else []
        return found

    def _count(self, view: View) -> int:
        if view.kind not in KINDS:
            return 0
        unread = view.unread_only or view.kind == "unread"
        feeds, muted = self._feeds_of(view), self._without(view)
        if view.filter or view.kind in ("today", "smart", "muted") or (view.kind == "starred" and unread):
            one = feeds[0] if feeds and len(feeds) == 1 else None
            halves = self._asking.halves(view)
            plans = [self._plan(view, one, None if one else feeds, muted, half=half) for half in halves]
            plans += self._copies(view, feeds)
            return sum(int(self.finder.all(*held.count())[0][0]) for held in plans)
        column = "starred" if view.kind == "starred" else "unread" if unread else "total"
        sql = f"SELECT coalesce(sum({column}), 0) FROM tally JOIN feed ON id = feed_id WHERE removed_at IS NULL"
        if feeds is None:
            where = "" if view.kind == "starred" else " AND muted = 0"
            return int(self._db.value(sql + where)) - int(getattr(doubles_of(self._db, None, bool(where)), column))
        chosen = ids_json(feeds)
        held = int(self._db.value(f"{sql} AND id IN (SELECT value FROM json_each(?))", (chosen,)))
        return held if view.kind == "feed" else held - int(getattr(doubles_of(self._db, feeds), column))
