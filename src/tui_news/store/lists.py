"""Lists of stories: keyset pages, counts, the next unread one. Reads only."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tui_news.models import Story, StoryKey, StoryRow, View
from tui_news.store import entries
from tui_news.store.by_feed import FEW_OF_EACH, FORTIETH, NARROW, in_feeds, next_batch
from tui_news.store.connection import Db, Row, ids_json, storable
from tui_news.store.doubles import all_doubles, doubles_of
from tui_news.store.entries import ROW, ROWS, WIDTH, story_row
from tui_news.store.finder import Asking, asks
from tui_news.store.folders import sidebar_order
from tui_news.store.query import FEW
from tui_news.store.views import KINDS, MIXED, Plan, by_mark, copies, gathered, kept, plan, rank, talk

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

DAY = 86400
MANY = 40  # feeds in a folder: so many have much of all there is, and picking theirs from it is less work


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
        self.finder: Finder  # set by the library: it needs the whole of it
        self._asking: Asking

    def use(self, finder: Finder) -> Finder:
        self.finder, self._asking = finder, Asking(finder)
        return finder

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

    # orders
    def _ids(self, view: View, after: StoryKey | None, back: bool = False) -> Iterator[int]:
        """The ids after `after`, lazily: what is not asked for is not read. Close it, or let it end."""
        if view.kind not in KINDS:
            return
        if view.order == "comments":
            yield from self._by_talk(view, after, back)
        elif view.order == "oldest":
            yield from self._by_time(view, after, not back)
        elif view.order == "feed":
            yield from self._by_feed(view, after, back)
        elif view.order == "unread" and not (view.unread_only or view.kind == "unread"):
            yield from self._unread_first(view, after, back)
        else:
            yield from self._by_time(view, after, back)

    def _unread_first(self, view: View, after: StoryKey | None, back: bool) -> Iterator[int]:
        halves = ["read", "unread"] if back else ["unread", "read"]
        if after is not None and halves[0] == ("read" if not after.read or after.id in view.keep else "unread"):
            del halves[0]
        for half in halves:
            kept = view.keep if half == "read" else ()  # they stand where they stood when they were unread
            yield from (one for one in self._by_time(view, after, back, half) if one not in kept)
            after = None

    def _by_feed(self, view: View, after: StoryKey | None, back: bool) -> Iterator[int]:
        feeds = self._feeds_of(view)
        muted = set(self._muted()) if view.kind in MIXED else set()
        wanted = self._asking.feeds(view, feeds)
        order = [feed for feed in self._ranks() if (wanted is None or feed in wanted) and feed not in muted]
        order = order[::-1] if back else order
        if after is not None and after.feed in order:
            order = order[order.index(after.feed) :]
        if view.kind not in FEW_OF_EACH and not asks(view):
            for feed in order:
                start = after if after is not None and after.feed == feed else None
                plans = [self._plan(view, feed), *self._copies(view, feeds, [feed])]
                yield from self._merged([self._keys(one, start, back) for one in plans], back)
            return
        size, many, found = (len(order) if self._narrow(view) else 1), len(order), 0
        while order:
            batch, order = order[:size], order[size:]
            rows = self._of_feeds(view, feeds, batch, many)
            rows += [row for one in self._copies(view, feeds, batch) for row in self.finder.all(*one.rows())]
            yield from in_feeds(rows, batch, after, back)
            found += len(rows)
            size = next_batch(found, many - len(order), len(order))

    def _of_feeds(self, view: View, feeds: list[int] | None, batch: list[int], many: int) -> list[Row]:
        """(feed, sort, id) of the batch's stories; perhaps of others too, which are left out later."""
        rows: list[Row] = []
        for half in self._asking.halves(view):
            words, rest = self._asking.common(view, half)
            one = plan(view, None, batch, (), "", rest, self.finder.few, half)
            if words is None or (one.index not in NARROW and len(batch) > max(1, many // FORTIETH)):
                rows += self.finder.all(*self._gathering(view, feeds, batch, many, half).rows())
            else:
                from tui_news.store.stretches import sifted  # not needed for the first paint

                rows += sifted(self.finder, gathered(one), words)
        return rows

    def _narrow(self, view: View) -> bool:
        """Whether words are asked for of a few stories only: those of all feeds are read at once."""
        if view.kind in FEW_OF_EACH:
            return True
        words, rest = self._asking.common(view, False) if asks(view) else (None, ())
        return words is not None and plan(view, parts=rest, few=self.finder.few).index in NARROW

    def _gathering(self, view: View, feeds: list[int] | None, batch: list[int], many: int, half: bool) -> Plan:
        """A plan for these feeds of so many: a few are read from their own index, most by looking at all there is."""
        if len(batch) * FORTIETH <= many:
            return gathered(self._plan(view, feeds=batch, half=half))
        most = feeds is None and len(batch) * 2 > many > MANY
        return self._plan(view, feeds=None if most else batch, half=half)

    def _copies(self, view: View, feeds: list[int] | None, some: Sequence[int] = (), only: str = "") -> list[Plan]:
        """As `copies`; of `some` of the view's feeds, if it says which."""
        if not feeds or False not in self._asking.halves(view):
            return []
        base = copies(view, feeds, only, self._asking.parts(view))
        where = (*base.scope, "feed_id IN (SELECT value FROM json_each(?))")
        return [replace(base, scope=where, args=(*base.args, ids_json(some))) if some else base]

    def _by_talk(self, view: View, after: StoryKey | None, back: bool) -> Iterator[int]:
        feeds, without, start = self._feeds_of(view), self._without(view), None if back else after
        streams: list[Generator[Row, None, None]] = []
        for half in self._asking.halves(view):
            found = None if back else self._in_stretches(view, after, False, "", half, by_talk=True)
            streams.append(found or self._talks(view, self._plan(view, None, feeds, without, half=half), start))
        streams += [self._talks(view, one, start) for one in self._copies(view, feeds)]
        rows: Iterator[Row] = merge(*streams, reverse=True)
        if back:  # only `N` asks for it, and only once: what is before, the nearest first
            first = None if after is None else (after.talk, after.sort, after.id)
            rows = iter([row for row in rows if first is None or row > first][::-1])
        yield from _closing(rows, streams)

    def _talks(self, view: View, one: Plan, after: StoryKey | None) -> Generator[Row, None, None]:
        """(talk, sort, id), the most comments first: sorted, if so few match; else from the index of all there is."""
        if asks(view) or view.kind == "today":
            rows = self.finder.all(*talk(one, after, FEW + 1))
            if len(rows) <= FEW:
                yield from sorted(rows, reverse=True)
                return
        with closing(self.finder.each(*talk(one, after))) as each:
            yield from each

    def _by_time(self, view: View, after: StoryKey | None, back: bool, only: str = "") -> Iterator[int]:
        feeds = self._feeds_of(view)
        streams: list[Generator[Row, None, None]] = []
        for half in self._asking.halves(view):
            found = self._in_stretches(view, after, back, only, half)
            plans = self._by_feeds(view, feeds, only, half) if found is None else []
            streams += [found] if found is not None else [self._keys(one, after, back) for one in plans]
        streams += [self._keys(one, after, back) for one in self._copies(view, feeds, only=only)]
        yield from self._merged(streams, back)

    def _by_feeds(self, view: View, feeds: list[int] | None, only: str, half: bool) -> list[Plan]:
        if feeds is None:
            return [self._plan(view, muted=self._without(view), only=only, half=half)]
        if len(feeds) > MANY or (asks(view) and len(feeds) > 1):
            return [self._plan(view, feeds=feeds, only=only, half=half)]
        # Each feed's rows come lazily from its own index: the merge reads one row a feed more than it gives.
        return [self._plan(view, feed, only=only, half=half) for feed in feeds]

    def _in_stretches(
        self, view: View, after: StoryKey | None, back: bool, only: str, half: bool, by_talk: bool = False
    ) -> Generator[Row, None, None] | None:
        """The rows of a list of common words, if its other conditions leave many stories to look through."""
        words, rest = self._asking.common(view, half)
        if words is None:
            return None
        from tui_news.store.stretches import stretches  # not needed for the first paint

        feeds = self._feeds_of(view)
        one, some = (feeds[0], None) if feeds and len(feeds) == 1 else (None, feeds)
        base = plan(view, one, some, self._without(view), only, rest, self.finder.few, half)
        return stretches(self.finder, base, words, after, back, by_talk)

    def _keys(self, one: Plan, after: StoryKey | None, back: bool) -> Generator[Row, None, None]:
        return self.finder.each(*one.keys(after, back))

    def _merged(self, streams: list[Generator[Row, None, None]], back: bool) -> Generator[int, None, None]:
        yield from _closing(merge(*streams, reverse=not back), streams)

    def _kept(self, view: View, unread: bool = False) -> list[int]:
        if view.kind not in KINDS:
            return []
        feeds, found = self._feeds_of(view), []
        for half in self._asking.halves(view):
            parts, lasting = self._asking.parts(view, half), self._asking.parts(view, half, lasting=True)
            query = kept(view, feeds, unread, parts, lasting, half)
            found += [row[0] for row in self.finder.all(*query)] if query else []
        return found

    def _plan(
        self,
        view: View,
        feed_id: int | None = None,
        feeds: Sequence[int] | None = None,
        muted: Sequence[int] = (),
        only: str = "",
        half: bool | None = None,
    ) -> Plan:
        """half: that of the stories a rule mutes, or the other; the view's own, where no query is asked."""
        half = view.kind == "muted" if half is None else half
        return plan(view, feed_id, feeds, muted, only, self._asking.parts(view, half), self.finder.few, half)

    def _ranks(self) -> dict[int, int]:
        """Feeds by id, in the order of the sidebar."""
        return {feed: number for number, feed in enumerate(sidebar_order(self._db))}

    def _muted(self) -> list[int]:
        return [row[0] for row in self._db.all("SELECT id FROM feed WHERE muted = 1 AND removed_at IS NULL")]

    def _without(self, view: View) -> list[int]:
        return self._muted() if view.kind in MIXED else []

    def _feeds_of(self, view: View) -> list[int] | None:
        """The view's feeds; None: all. A folder has those of the folders inside it too."""
        if view.kind == "feed":
            return [view.id]
        if view.kind != "folder":
            return None
        rows = self._db.all("SELECT id, folder FROM feed WHERE removed_at IS NULL AND muted = 0")
        inside = view.name + "/"
        return [row[0] for row in rows if row[1] == view.name or row[1].startswith(inside)]

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


def _closing(rows: Iterator[Row], streams: list[Generator[Row, None, None]]) -> Generator[int, None, None]:
    try:
        for row in rows:
            yield row[-1]
    finally:
        for stream in streams:
            stream.close()
