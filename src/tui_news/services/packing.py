"""Making stories readable offline before they are opened: full text and comments, within a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain

from tui_news.models import FetchError, StoryRow, ThreadError, TuinewsError, View
from tui_news.models.late import dataclass
from tui_news.services.discussing import fetch_comments, in_browser, is_due
from tui_news.services.reading import fetch_article
from tui_news.services.tools import Tools

PER_FEED, IN_ALL = 5, 60
DAY = 86_400
RECENT = 7 * DAY
PAGE = 400


@dataclass(frozen=True, slots=True)
class Packed:
    """Stories asked for, stories wholly held afterwards, and the sentences of those that failed.

    offline: the network went away on the way; the rest was not tried.
    """

    asked: int
    held: int
    errors: tuple[str, ...] = ()
    offline: bool = False


async def pack(tools: Tools, story_ids: Sequence[int], told: Callable[[int], None] = lambda story: None) -> Packed:
    """Fetch article and thread of each story, a few at a time. Never raises for a story's sake."""
    errors: list[str] = []
    gate = asyncio.Semaphore(6)

    async def one(story_id: int) -> None:
        async with gate:
            try:
                changed = await fetch_article(tools, story_id)
                if _wants_comments(tools, story_id):
                    changed |= await fetch_comments(tools, story_id)
            except TuinewsError as error:
                if isinstance(error, ThreadError) and in_browser(tools, story_id):
                    told(story_id)  # where the comments are is now noted; no fetch could bring more
                    return
                errors.append(str(error))
                if isinstance(error, FetchError) and error.kind == "offline":
                    raise
                return
            if changed:
                told(story_id)

    offline = False
    try:
        async with asyncio.TaskGroup() as group:
            for story_id in story_ids:
                group.create_task(one(story_id))
    except* FetchError:
        offline = True  # the plug is out: the rest would fail in the same words
    held = sum(row.offline for row in tools.library.stories.rows(story_ids).values())
    return Packed(len(story_ids), held, tuple(errors), offline)


def _wants_comments(tools: Tools, story_id: int) -> bool:
    """A hint of nought costs no request."""
    story = tools.library.stories.get(story_id)
    feed = tools.library.feeds.get(story.row.feed_id) if story is not None else None
    wanted = feed is None or feed.settings.comments != "never"
    return story is not None and story.row.comments_hint != 0 and wanted


async def prefetch(
    tools: Tools,
    feeds: Collection[int],
    told: Callable[[int], None],
    *,
    policy: str = "unread",
    tried: dict[int, int] | None = None,
) -> Packed:
    """After a refresh of `feeds`: the newest few stories of each that are not held, so that a train ride has them.

    policy: "starred" | "unread" | "all" (the last two: of the last week) | "off". tried: when a story was last tried
    in vain; it is left alone for a day, so that a few broken ones do not take the places of those behind them.
    """
    failed = {} if tried is None else tried
    taken: dict[int, int] = {}
    chosen: list[int] = []
    wishes = {feed.id: feed.settings for feed in tools.library.feeds.all()}
    eager = [feed for feed in feeds if feed in wishes and "always" in (wishes[feed].full_text, wishes[feed].comments)]
    for row in _all_candidates(tools, policy, eager) if feeds else ():
        if len(chosen) >= IN_ALL:
            break
        fresh = tools.now - failed.get(row.id, 0) < DAY
        if row.feed_id in feeds and taken.get(row.feed_id, 0) < PER_FEED and not fresh and _lacks(tools, row):
            taken[row.feed_id] = taken.get(row.feed_id, 0) + 1
            chosen.append(row.id)
    packed = await pack(tools, chosen, told)
    if not packed.offline:
        rows = tools.library.stories.rows(chosen).values()
        failed.update({row.id: tools.now for row in rows if not row.offline})
    return packed


def _all_candidates(tools: Tools, policy: str, eager: Sequence[int]) -> Iterator[StoryRow]:
    """The policy's, and the recent unread ones of feeds whose full text or comments are always wanted."""
    seen = set()
    places = [_candidates(tools, policy), *(_recent(tools, View("feed", id=feed, unread_only=True)) for feed in eager)]
    for row in chain.from_iterable(places):
        if row.id not in seen:
            seen.add(row.id)
            yield row


def _candidates(tools: Tools, policy: str) -> Iterator[StoryRow]:
    """The policy's stories, newest first."""
    if policy not in ("starred", "unread", "all"):
        return
    yield from _recent(tools, View(policy), 0 if policy == "starred" else None)


def _recent(tools: Tools, view: View, since: int | None = None) -> Iterator[StoryRow]:
    """The view's stories since then (a week ago), newest first."""
    since = tools.now - RECENT if since is None else since
    after = None
    while rows := tools.library.stories.page(view, after, PAGE):
        for row in rows:
            if row.sort < since:
                return
            yield row
        after = rows[-1].key


def _lacks(tools: Tools, row: StoryRow) -> bool:
    """Whether the story is not wholly held, or the feed counts more comments and it is time to ask again.

    A feed may count what the thread never brings (pingbacks): by the story's age, not by the count alone.
    """
    if not row.offline:
        return True
    if (row.comments_hint or 0) <= (row.comments or 0):
        return False
    story = tools.library.stories.get(row.id)
    return story is not None and is_due(tools.library.threads.get(row.id), story, tools.now, by_count=False)
