"""A story's full text: from the library if held, else made from the feed's body or fetched from its page."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from tui_news.articles.paged import MOST_PAGES, join
from tui_news.articles.siterules import SiteRule, load_rules
from tui_news.articles.version import EXTRACTOR
from tui_news.articles.wordpress import FIELDS
from tui_news.models import Article, FetchError, Response, Story, ThreadRef, TuinewsError
from tui_news.services.patience import patiently
from tui_news.services.tools import Tools
from tui_news.store.articles import HeldPage

ACCEPT = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5"
LIMIT = 8 * 1024 * 1024
DAY = 86_400
WEEK = 7 * DAY
INLINE_LIMIT = 200_000  # a larger feed body is rendered in a worker: its HTML may be made to be slow


def feed_article(story: Story, now: int) -> Article:
    """The feed's own text as an article, at once and without a worker; a huge body is cut and says so."""
    from tui_news.articles.feedbody import from_feed  # its phrases take a hundredth of a second to load

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
    if wants_page(tools, story) or force:
        if not force and (tools.library.articles.get(story_id, source="page") or _tried_today(tools, story_id)):
            return False
        await _from_page(tools, story)
        return True
    if tools.library.articles.get(story_id, source="feed"):
        return False
    await store_feed_article(tools, story)
    return True


def _tried_today(tools: Tools, story_id: int) -> bool:
    """Whether the page was read within a day and did not hold the story: a paywall is not asked at every opening."""
    held = tools.library.articles.get(story_id, source="feed")
    return held is not None and bool(held.note) and tools.now - held.fetched_at < DAY


def wants_page(tools: Tools, story: Story) -> bool:
    """As `needs_page`, with what the reader set for the feed coming first."""
    feed = tools.library.feeds.get(story.row.feed_id)
    wish = feed.settings.full_text if feed is not None else "auto"
    if wish == "never":
        return False
    return needs_page(replace(story, teaser=True)) if wish == "always" else needs_page(story)


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
    put = tools.library.articles.put
    await patiently(tools, lambda: put(story.row.id, article, extractor=EXTRACTOR))


async def _from_page(tools: Tools, story: Story) -> None:
    """WordPress' own word where the site gives it; else the story's page, or pages."""
    if await _from_wordpress(tools, story):
        return
    rule = site_rule(tools, story.row.url)
    answer = await tools.web.get(story.row.url, accept=ACCEPT, limit=LIMIT, near=story.feed_url)
    if answer.content_type and "html" not in answer.content_type and "xml" not in answer.content_type:
        raise FetchError(
            "protocol",
            f"{story.row.url} is no page to read here",
            f"it is {answer.content_type}",
            "o opens it in the browser",
        )
    raw = await with_next_pages(tools, story, answer, rule.next if rule else "")
    kind = answer.headers.get("content-type", "")
    await read_held(tools, story, HeldPage(raw, answer.final_url, kind), rule)
    await _look_for_thread(tools, story, answer.body, answer.final_url, answer.headers.get("link", ""))


async def _from_wordpress(tools: Tools, story: Story) -> bool:
    """Whether the post's own record was the story. A site that refuses is not asked again for a week."""
    from tui_news.comments.sources.wordpress_find import post_url  # all sources come with it: not to draw a feed's text

    url = post_url(story.thread, FIELDS) if story.thread is not None else ""
    site = urlsplit(url).netloc
    if not url or tools.now - int(tools.library.memos.get("no-rest", site) or 0) < WEEK:
        return False
    try:
        answer = await tools.web.get(url, accept="application/json", limit=LIMIT, near=story.feed_url)
    except FetchError as error:
        if error.kind == "offline":
            raise
        tools.library.memos.put("no-rest", site, str(tools.now), tools.now)
        return False
    article = await tools.workers.run(
        "tui_news.articles.wordpress:from_rest",
        answer.body,
        story.row.url,
        feed_text=story.html,
        title=story.row.title,
        lang=story.lang,
        now=tools.now,
    )
    if article is None:
        return False
    keep = partial(tools.library.articles.put, story.row.id, article, answer.body, url=story.row.url)
    await patiently(tools, partial(keep, kind="application/json", extractor=EXTRACTOR))
    return True


async def read_held(
    tools: Tools, story: Story, page: HeldPage, rule: SiteRule | None, fetched_at: int | None = None
) -> None:
    """Read a page that is at hand, and keep both. fetched_at: when it came, now if not given. Raises TuinewsError when
    the reader dies of it."""
    article = await tools.workers.run(
        "tui_news.articles.extract:extract",
        page.raw,
        page.url or story.row.url,
        page.kind,
        story.html,
        story.row.title,
        story.lang,
        tools.now if fetched_at is None else fetched_at,
        rule,
    )
    keep = partial(tools.library.articles.put, story.row.id, article, page.raw, url=page.url)
    await patiently(tools, partial(keep, kind=page.kind, extractor=EXTRACTOR))


def site_rule(tools: Tools, url: str) -> SiteRule | None:
    """The reader's own rule for a site, from `sites.toml`; None without one. What is wrong in it `doctor` says."""
    path = tools.rules
    return load_rules(path).of(urlsplit(url).hostname or "") if path is not None else None


async def with_next_pages(tools: Tools, story: Story, first: Response, selector: str) -> bytes:
    """The page with those that follow it in the same story, as one record. What fails on the way ends it quietly:
    the first page is a story as well."""
    pages, seen, size = [(first.final_url, first.body)], {first.final_url}, len(first.body)
    answer = first
    while len(pages) < MOST_PAGES and size < LIMIT:
        kind = answer.headers.get("content-type", "")
        try:
            url = await tools.workers.run(
                "tui_news.articles.paged:next_page", answer.body, answer.final_url, kind, selector
            )
            if not url or url in seen:
                break
            answer = await tools.web.get(url, accept=ACCEPT, limit=LIMIT, near=story.feed_url)
        except TuinewsError:
            break
        if answer.final_url in seen:
            break
        seen |= {url, answer.final_url}
        pages.append((answer.final_url, answer.body))
        size += len(answer.body)
    return join(pages)


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
