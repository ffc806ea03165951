"""New stories are rendered after a refresh, in lots: lists then know their quotes, and the quotes index finds them.

One job and one transaction a lot: for one story, the way to the worker and back and the commit cost as much as it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from tui_news.articles.version import EXTRACTOR
from tui_news.models import Story, TuinewsError
from tui_news.services.patience import patiently
from tui_news.services.reading import store_feed_article, wants_page
from tui_news.services.tools import Tools

AT_ONCE = 2  # as there are workers
MOST = 50  # after a refresh: one screen or two; finding quotes takes a few milliseconds a story, and somebody waits
LOT = 50  # stories a job: a process that has never done one takes the time of twenty to be able to
ROOM = 400_000  # characters of a lot; a story that is longer is one by itself


async def render_new(tools: Tools, story_ids: Sequence[int], most: int = MOST) -> int:
    """Render the feed's body of the newest of these stories that need no page, so that lists know their quotes.

    The others are rendered when they are opened. How many were done; none fails for another's sake.
    """
    lots = _lots(_due(tools, tools.library.stories.latest(story_ids, most)))
    return sum(await asyncio.gather(*(_render(tools, lots) for _ in range(AT_ONCE))))


def _due(tools: Tools, story_ids: Sequence[int]) -> Iterator[Story]:
    for story_id in story_ids:
        story = tools.library.stories.get(story_id)
        if story and not wants_page(tools, story) and not tools.library.articles.get(story_id, source="feed"):
            yield story


def _lots(stories: Iterator[Story]) -> Iterator[list[Story]]:
    """Read when their turn comes: two hundred bodies need not be in memory together."""
    lot, room = list[Story](), ROOM
    for story in stories:
        if lot and (len(lot) == LOT or len(story.html) > room):
            yield lot
            lot, room = [], ROOM
        lot.append(story)
        room -= len(story.html)
    if lot:
        yield lot


async def _render(tools: Tools, lots: Iterator[list[Story]]) -> int:
    """Takes one after the other from the line; how many stories were done."""
    return sum([await _lot(tools, lot) for lot in lots])


async def _lot(tools: Tools, lot: Sequence[Story]) -> int:
    """All of a lot at once; one by one where that fails, for one of them may have been made to be slow."""
    if len(lot) > 1:
        try:
            return await _together(tools, lot)
        except TuinewsError:
            pass
    return sum([await _alone(tools, story) for story in lot])


async def _together(tools: Tools, lot: Sequence[Story]) -> int:
    bodies = [(story.html, story.row.url, story.row.title, story.lang) for story in lot]
    articles = await tools.workers.run("tui_news.articles.feedbody:from_feeds", bodies, now=tools.now)

    def put() -> None:
        with tools.library.write():
            for story, article in zip(lot, articles, strict=True):
                if article is not None:
                    tools.library.articles.put(story.row.id, article, extractor=EXTRACTOR)

    await patiently(tools, put)
    return sum(article is not None for article in articles)


async def _alone(tools: Tools, story: Story) -> bool:
    try:
        await store_feed_article(tools, story)
    except TuinewsError:
        return False
    return True
