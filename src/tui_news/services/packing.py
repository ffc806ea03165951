"""Making stories readable offline before they are opened: full text and comments, within a budget."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tui_news.models import FetchError, TuinewsError
from tui_news.services.discussing import fetch_comments
from tui_news.services.reading import fetch_article
from tui_news.services.tools import Tools

PER_FEED, IN_ALL = 5, 60


@dataclass(frozen=True, slots=True)
class Packed:
    """Stories asked for, stories wholly held afterwards, and the sentences of those that failed."""

    asked: int
    held: int
    errors: tuple[str, ...] = ()


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
                errors.append(str(error))
                if isinstance(error, FetchError) and error.kind == "offline":
                    raise
                return
            if changed:
                told(story_id)

    try:
        async with asyncio.TaskGroup() as group:
            for story_id in story_ids:
                group.create_task(one(story_id))
    except* FetchError:
        pass  # the plug is out: the rest would fail in the same words
    held = sum(row.offline for row in tools.library.stories.rows(story_ids).values())
    return Packed(len(story_ids), held, tuple(errors))


def _wants_comments(tools: Tools, story_id: int) -> bool:
    """A hint of nought costs no request."""
    story = tools.library.stories.get(story_id)
    return story is not None and story.row.comments_hint != 0


async def prefetch(tools: Tools, new: Sequence[int], told: Callable[[int], None]) -> Packed:
    """After a refresh: the newest few of each feed's new stories, so that a train ride has them."""
    rows = sorted(tools.library.stories.rows(new).values(), key=lambda row: -row.sort)
    taken: dict[int, int] = {}
    chosen: list[int] = []
    for row in rows:
        if taken.get(row.feed_id, 0) < PER_FEED and len(chosen) < IN_ALL:
            taken[row.feed_id] = taken.get(row.feed_id, 0) + 1
            chosen.append(row.id)
    return await pack(tools, chosen, told)
