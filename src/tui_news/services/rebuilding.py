"""Articles made again, offline, from what was kept of them: the feed's text, or the page as it came."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_news.models import TuinewsError
from tui_news.services.reading import read_held, site_rule, store_feed_article
from tui_news.services.tools import Tools


def stories_with_articles(tools: Tools) -> list[int]:
    return [row[0] for row in tools.library.db.all("SELECT DISTINCT story_id FROM article ORDER BY story_id DESC")]


async def rebuild(tools: Tools, story_ids: Sequence[int], told: Callable[[int], None] = lambda done: None) -> int:
    """How many stories were made again. One that cannot be keeps the article it has."""
    done = 0
    for story_id in story_ids:
        try:
            done += await _one(tools, story_id)
        except TuinewsError:
            continue
        told(done)
    return done


async def _one(tools: Tools, story_id: int) -> bool:
    story = tools.library.stories.get(story_id)
    if story is None:
        return False
    page = tools.library.articles.page(story_id)
    if story.html:
        await store_feed_article(tools, story)
    if page is not None:
        await read_held(tools, story, page, site_rule(tools, story.row.url))
    return bool(story.html or page)
