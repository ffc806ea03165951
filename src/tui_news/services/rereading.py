"""A better reader of pages reads the stored ones again: offline, a few at a time, off everybody's way."""

from __future__ import annotations

from tui_news.articles.version import EXTRACTOR
from tui_news.models import Story, TuinewsError
from tui_news.services.reading import read_held, site_rule, store_feed_article
from tui_news.services.tools import Tools


async def reread(tools: Tools, limit: int = 20) -> int:
    """Read up to `limit` stored pages and feed bodies again that an older extractor read; how many were looked at.

    0: all are up to date. A page that the new one cannot read keeps the article it has.
    """
    articles = tools.library.articles
    outdated = articles.outdated(EXTRACTOR, limit)
    for story_id, source in outdated:
        story = tools.library.stories.get(story_id)
        if story is not None:
            try:
                await _again(tools, story, source)
            except TuinewsError:
                pass
        articles.settle_for(story_id, source, EXTRACTOR)
    return len(outdated)


async def _again(tools: Tools, story: Story, source: str) -> None:
    held = tools.library.articles.page(story.row.id)
    before = tools.library.articles.get(story.row.id, source=source)
    if source == "feed" and held is None:
        await store_feed_article(tools, story)
    elif held is not None:
        await read_held(tools, story, held, site_rule(tools, story.row.url), before.fetched_at if before else 0)
