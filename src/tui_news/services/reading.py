"""A story's full text: from the library if held, else made from the feed's body or fetched from its page."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.articles.feedbody import from_feed
from tui_news.models import Article, FetchError, Story, ThreadRef, TuinewsError
from tui_news.services.tools import Tools

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
LIMIT = 8 * 1024 * 1024
MOST_RENDERED = 200  # after a refresh; finding quotes takes a few milliseconds a story
INLINE_LIMIT = 200_000  # a larger feed body is rendered in a worker: its HTML may be made to be slow


def feed_article(story: Story, now: int) -> Article:
    """The feed's own text as an article, at once and without a worker; a huge body is cut and says so."""
    html = story.html[:INLINE_LIMIT]
    article = from_feed(html, story.row.url, title=story.row.title, lang=story.lang, now=now)
    return article


def needs_page(story: Story) -> bool:
    """Whether the story's page should be fetched: the feed has only a teaser, and there is a page to fetch."""
    return story.teaser and story.row.url.startswith(("http://", "https://", "builtin:"))


async def fetch_article(tools: Tools, story_id: int, *, force: bool = False) -> bool:
    """Make sure that the story's article is held. True when something new was stored. Raises TuinewsError."""
    story = tools.library.stories.get(story_id)
    if story is None:
        return False
    if needs_page(story) or force:
        if not force and tools.library.articles.get(story_id, source="page"):
            return False
        await _from_page(tools, story)
        return True
    if tools.library.articles.get(story_id, source="feed"):
        return False
    await store_feed_article(tools, story)
    return True


async def store_feed_article(tools: Tools, story: Story) -> None:
    """Render the feed's own body in a worker and keep it: its quotes are then found, counted and searched."""
    article = await tools.workers.run(
        "tui_news.articles.feedbody:from_feed",
        story.html,
        story.row.url,
        title=story.row.title,
        lang=story.lang,
        now=tools.now,
    )
    tools.library.articles.put(story.row.id, article)


async def _from_page(tools: Tools, story: Story) -> None:
    answer = await tools.web.get(story.row.url, accept=ACCEPT, limit=LIMIT, near=story.feed_url)
    if answer.content_type and "html" not in answer.content_type and "xml" not in answer.content_type:
        raise FetchError(
            "protocol",
            f"{story.row.url} is no page to read here",
            f"it is {answer.content_type}",
            "o opens it in the browser",
        )
    article = await tools.workers.run(
        "tui_news.articles.extract:extract",
        answer.body,
        answer.final_url,
        answer.headers.get("content-type", ""),
        story.html,
        story.row.title,
        story.lang,
        tools.now,
    )
    tools.library.articles.put(story.row.id, article, raw=answer.body)
    await _look_for_thread(tools, story, answer.body, answer.final_url, answer.headers.get("link", ""))


async def _look_for_thread(tools: Tools, story: Story, page: bytes, url: str, link_header: str) -> None:
    """The page was fetched anyway: remember the thread that it names, if the feed named none."""
    held = tools.library.threads.get(story.row.id)
    if story.thread is not None or (held is not None and held.ref is not None):
        return
    try:
        ref = await tools.workers.run("tui_news.comments.sources:find_ref_in_page", url, page, link_header)
    except TuinewsError:
        return
    if isinstance(ref, ThreadRef):
        tools.library.threads.remember_ref(story.row.id, ref)


async def render_new(tools: Tools, story_ids: Sequence[int], most: int = MOST_RENDERED) -> int:
    """Render the feed's body of the newest of these stories that need no page, so that lists know their quotes.

    The others are rendered when they are opened. How many were done; none fails for another's sake.
    """
    done = 0
    rows = sorted(tools.library.stories.rows(story_ids).values(), key=lambda row: -row.sort)
    for row in rows[:most]:
        story = tools.library.stories.get(row.id)
        if story and not needs_page(story) and not tools.library.articles.get(row.id, source="feed"):
            try:
                await store_feed_article(tools, story)
                done += 1
            except TuinewsError:
                continue
    return done
