"""The ids of a list in its order, lazily: what is not asked for is not read. Which way: docs/technotes/query.md."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from heapq import merge
from itertools import accumulate
from typing import TYPE_CHECKING

from tui_news.models import StoryKey, View
from tui_news.store.asking import Asking, asks
from tui_news.store.connection import Db, Row, ids_json
from tui_news.store.folders import sidebar_order
from tui_news.store.query import FEW
from tui_news.store.views import KINDS, MIXED, Plan, copies, gathered, plan, talk

if TYPE_CHECKING:
    from tui_news.store.finder import Finder
    from tui_news.store.query import Part

PILOT = 500  # stories of the first feeds, which say how many more a page takes
LOOKED = 1500  # stories of other feeds, of which what is dear is asked one by one
FEW_OF_EACH = ("today", "starred", "muted")  # lists that are short in any library: all their feeds at once
FIRST = 8  # feeds to read after one that has nothing
FORTIETH = 40  # of all stories so many are read row by row from their feeds' index; for more, that of all is walked
NARROW = ("", "story_starred", "story_has_new")  # ways in to a few stories
MUCH = 1200  # rows that are sorted in less time than all stories are walked past
PAGE = 400  # rows that are wanted, mostly
MANY = 40  # feeds in a folder: so many have much of all there is, and picking theirs from it is less work


class Orders:
    """What `Lists` reads its pages from."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self.finder: Finder  # set by the library: it needs the whole of it
        self._asking: Asking

    def use(self, finder: Finder) -> Finder:
        self.finder, self._asking = finder, Asking(finder)
        return finder

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
        """Where each feed has few of the list's stories, for many feeds at once: a question a feed costs a tenth of a
        millisecond and more, and 200 feeds may have no answer at all."""
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
        size, many, found = self._first(view, order), len(order), 0
        while order:
            batch, order = order[:size], order[size:]
            soon = 3 * LOOKED if found else LOOKED  # if the first had nothing, the next will have little
            rows = self._of_feeds(view, feeds, batch, many, soon)
            rows += self._copied(view, feeds, batch)
            yield from in_feeds(rows, batch, after, back)
            found += len(rows)
            size = next_batch(found, many - len(order), len(order))
            if found and self._walked(view, order[:size]):
                size = max(size, MUCH * (many - len(order)) // found)  # all are walked past: no second time
            if not found and size < len(order):  # not more than is read from the feeds' own index
                size = max(1, self._within(order[:size], sum(self._held().values()) // FORTIETH))

    def _of_feeds(self, view: View, feeds: list[int] | None, batch: list[int], many: int, soon: int) -> list[Row]:
        """(feed, sort, id) of the batch's stories; perhaps of others too, which are left out later. soon: so many
        stories are asked one by one about what is dear."""
        rows: list[Row] = []
        for half in self._asking.halves(view):
            dear, rest = self._asking.dear(view, half, False)
            scarce = bool(dear) and self._scarce(view, feeds, half)
            if dear and self._stories(batch) > max(soon, self._stories(batch[:1])) and not scarce:
                dear, rest = self._asking.narrowed(view, half)
            if dear:
                from tui_news.store.stretches import sifted  # not needed for the first paint

                one = plan(view, None, batch, (), "", rest, self._asking.few, half)
                rows += sifted(self.finder, one if scarce else gathered(one), dear)
            else:
                rows += self.finder.all(*self._gathering(view, feeds, batch, many, half).rows())
        return rows

    def _walked(self, view: View, feeds: Sequence[int]) -> bool:
        """Whether these are so many stories that all there are may be walked past to find theirs."""
        stories = self._stories(feeds)
        sifted = stories <= 3 * LOOKED and asks(view) and self._asking.dear(view, False, False)[0]
        return not sifted and stories * FORTIETH > self._stories(tuple(self._held()))

    def _scarce(self, view: View, feeds: list[int] | None, half: bool) -> bool:
        """Whether what is not dear leaves few stories: to ask them is less than to gather what is."""

        def few() -> bool:
            one = plan(view, None, feeds, (), "", self._asking.dear(view, half, False)[1], self._asking.few, half)
            return one.index in NARROW or len(self.finder.all(*one.some(FEW + 1))) <= FEW

        return self._asking.once(("scarce", view.filter, view.id, half), few)

    def _first(self, view: View, order: Sequence[int]) -> int:
        """How many feeds to read first: all, where that is a few stories; or as many as are soon looked through."""
        if view.kind in FEW_OF_EACH:
            return len(order)
        dear = self._asking.dear(view, False, False)[0] if asks(view) else ()
        if not dear:
            by_id = asks(view) and not plan(view, parts=self._asking.parts(view), few=self._asking.few).index
            return len(order) if by_id else 1
        if self._scarce(view, self._feeds_of(view), False):
            return len(order)
        return max(1, self._within(order, PILOT))

    def _within(self, order: Sequence[int], most: int) -> int:
        """How many of the first feeds have at most so many stories between them."""
        held = self._held()
        return sum(total <= most for total in accumulate(held.get(feed, 0) for feed in order))

    def _stories(self, feeds: Sequence[int]) -> int:
        held = self._held()
        return sum(held.get(feed, 0) for feed in feeds)

    def _held(self) -> dict[int, int]:
        """How many stories each feed has."""
        return self._asking.once("held", lambda: dict(self._db.all("SELECT feed_id, total FROM tally")))

    def _gathering(self, view: View, feeds: list[int] | None, batch: list[int], many: int, half: bool) -> Plan:
        """A plan for these feeds of so many: a few are read from their own index, most by looking at all there is."""
        if self._stories(batch) * FORTIETH <= self._stories(tuple(self._held())):
            return gathered(self._plan(view, feeds=batch, half=half))
        own = gathered(self._plan(view, feeds=batch, half=half))
        if self._sooner(own, batch) or (len(batch) * 2 < many and own.by_feed):
            return own
        most = feeds is None and len(batch) * 2 > many > MANY
        return self._plan(view, feeds=None if most else batch, half=half)

    def _sooner(self, own: Plan, batch: Sequence[int]) -> bool:
        """Whether these feeds' own index is read sooner than that of all there is, though each story in it that a set
        holds may be a row to read: eighty times the step that passes it over, which is half of the other index's."""
        every = self._stories(tuple(self._held()))
        held = 0 if own.by_feed else own.bits.bit_count() if own.bits is not None else every
        return own.index.startswith("story_feed") and self._stories(batch) * (every + 80 * held) < 2 * every * every

    def _copies(
        self,
        view: View,
        feeds: list[int] | None,
        some: Sequence[int] = (),
        only: str = "",
        parts: Sequence[Part] | None = None,
    ) -> list[Plan]:
        """As `copies`; of `some` of the view's feeds, if it says which. parts: other conditions than the view's."""
        if not feeds or False not in self._asking.halves(view):
            return []
        base = copies(view, feeds, only, self._asking.parts(view) if parts is None else parts)
        where = (*base.scope, "feed_id IN (SELECT value FROM json_each(?))")
        return [replace(base, scope=where, args=(*base.args, ids_json(some))) if some else base]

    def _copied(self, view: View, feeds: list[int] | None, some: Sequence[int]) -> list[Row]:
        """(feed, sort, id) of the copies in some feeds: few, so nothing is gathered for them."""
        dear, rest = self._asking.dear(view, False, False) if asks(view) and feeds else ((), ())
        if not dear:
            return [row for one in self._copies(view, feeds, some) for row in self.finder.all(*one.rows())]
        from tui_news.store.stretches import sifted  # not needed for the first paint

        return [row for one in self._copies(view, feeds, some, parts=rest) for row in sifted(self.finder, one, dear)]

    def _copies_in_stretches(
        self,
        view: View,
        feeds: list[int] | None,
        after: StoryKey | None,
        back: bool,
        only: str = "",
        by_talk: bool = False,
    ) -> list[Generator[Row, None, None]]:
        """The same in the list's order; none where nothing is dear."""
        dear, rest = self._asking.dear(view, False, not by_talk) if asks(view) and feeds else ((), ())
        if all(map(self.finder.made, dear)):
            return []
        from tui_news.store.stretches import stretches  # not needed for the first paint

        plans = self._copies(view, feeds, only=only, parts=rest)
        return [stretches(self.finder, one, dear, after, back, by_talk) for one in plans]

    def _by_talk(self, view: View, after: StoryKey | None, back: bool) -> Iterator[int]:
        feeds, without = self._feeds_of(view), self._without(view)
        streams: list[Generator[Row, None, None]] = []
        for half in self._asking.halves(view):
            found = self._in_stretches(view, after, back, "", half, by_talk=True)
            streams.append(found or self._talks(view, self._plan(view, None, feeds, without, half=half), after, back))
        copied = self._copies_in_stretches(view, feeds, after, back, by_talk=True)
        streams += copied or [self._talks(view, one, after, back) for one in self._copies(view, feeds)]
        yield from self._merged(streams, back)

    def _talks(self, view: View, one: Plan, after: StoryKey | None, back: bool) -> Generator[Row, None, None]:
        """(talk, sort, id), the most comments first: sorted, if so few match and may be found without walking as much
        as the index by comments is (today's are the end of any list by time); else from that index."""
        if view.kind == "today" or (asks(view) and one.index != "story_all"):
            rows = self.finder.all(*talk(one, after, FEW + 1, back))
            if len(rows) <= FEW:
                yield from sorted(rows, reverse=not back)
                return
        with closing(self.finder.rows(*talk(one, after, back=back))) as each:
            yield from each

    def _by_time(self, view: View, after: StoryKey | None, back: bool, only: str = "") -> Iterator[int]:
        feeds = self._feeds_of(view)
        streams: list[Generator[Row, None, None]] = []
        for half in self._asking.halves(view):
            found = self._in_stretches(view, after, back, only, half)
            plans = self._by_feeds(view, feeds, only, half) if found is None else []
            streams += [found] if found is not None else [self._keys(one, after, back) for one in plans]
        copied = self._copies_in_stretches(view, feeds, after, back, only)
        streams += copied or [self._keys(one, after, back) for one in self._copies(view, feeds, only=only)]
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
        dear, rest = self._asking.dear(view, half, not by_talk) if asks(view) else ((), ())
        if all(map(self.finder.made, dear)):
            return None  # nothing is dear, or it was gathered for the other half
        from tui_news.store.stretches import stretches  # not needed for the first paint

        feeds = self._feeds_of(view)
        one, some = (feeds[0], None) if feeds and len(feeds) == 1 else (None, feeds)
        base = plan(view, one, some, self._without(view), only, rest, self._asking.few, half)
        return stretches(self.finder, base, dear, after, back, by_talk)

    def _keys(self, one: Plan, after: StoryKey | None, back: bool) -> Generator[Row, None, None]:
        return self.finder.rows(*one.keys(after, back))

    def _merged(self, streams: list[Generator[Row, None, None]], back: bool) -> Generator[int, None, None]:
        yield from _closing(merge(*streams, reverse=not back), streams)

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
        return plan(view, feed_id, feeds, muted, only, self._asking.parts(view, half), self._asking.few, half)

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


def _closing(rows: Iterator[Row], streams: list[Generator[Row, None, None]]) -> Generator[int, None, None]:
    try:
        for row in rows:
            yield row[-1]
    finally:
        for stream in streams:
            stream.close()


def in_feeds(rows: Sequence[Row], feeds: Sequence[int], after: StoryKey | None, back: bool) -> Iterator[int]:
    """The ids of (feed, sort, id) rows, feed by feed in this order, the newest first (back: last), from `after` on.

    Rows of other feeds are left out."""
    held: dict[int, list[tuple[int, int]]] = {feed: [] for feed in feeds}
    for feed, sort, story_id in rows:
        if feed in held:
            held[feed].append((sort, story_id))
    for feed, stories in held.items():
        stories.sort(reverse=not back)  # when its turn comes: of a long list few are asked for
        start = (after.sort, after.id) if after is not None and feed == after.feed else None
        yield from (key[1] for key in stories if start is None or (key > start if back else key < start))


def next_batch(found: int, seen: int, left: int) -> int:
    """How many feeds to read next, after `seen` of them had `found` rows: what a page still wants, and a fifth more to
    be sure; never less than there were, so that a list that is read to its end takes few questions."""
    if not found:
        return FIRST if seen < FIRST else left
    return max(seen, -(-max(0, PAGE - found) * seen * 6 // (found * 5)))
