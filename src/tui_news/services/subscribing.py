"""Subscribing: from whatever a person pasted to a feed in the library with its first stories."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tui_news.feeds.discover import clean_address, find_feeds, guesses, is_feed
from tui_news.models import Feed, FeedError, FetchError, ParsedFeed, Response, TuinewsError
from tui_news.models.late import dataclass
from tui_news.services.patience import patiently
from tui_news.services.refresh import ACCEPT
from tui_news.services.storing import parse, store_feed
from tui_news.services.tools import Tools

PAGE_ACCEPT = ACCEPT.replace("*/*;q=0.5", "text/html;q=0.8, */*;q=0.5")
MOST_TRIED = 6


@dataclass(frozen=True, slots=True)
class Added:
    """A subscription made (or found): the feed, how many stories it holds, the newest one's id."""

    feed: Feed
    stories: int
    first_story: int | None
    already: bool = False


async def add(tools: Tools, address: str, *, folder: str = "", title: str = "") -> Added:
    """Find the feed at the address, subscribe, store its stories. Raises TuinewsError (one sentence)."""
    url = clean_address(address)
    if url is None:
        raise TuinewsError(
            f"{address.strip()[:200]!r} is no address that can be subscribed",
            "only http and https addresses are",
            "give a site's or a feed's address, such as example.org",
        )
    known = tools.library.feeds.by_url(url)
    if known is not None and known.last_success is not None:
        return _added(tools, known.id, already=True)
    answer, parsed = await _find(tools, url)
    return await _subscribe(tools, answer, parsed, folder, title)


async def _find(tools: Tools, url: str) -> tuple[Response, ParsedFeed]:
    page = await tools.web.get(url, accept=PAGE_ACCEPT)
    if is_feed(page.body, page.content_type):
        return page, await parse(tools, page)
    named = [link.href for link in find_feeds(page.body, page.final_url)]
    for candidate in _some([*named, *guesses(page.final_url)]):
        found = await _try(tools, candidate, page.final_url)
        if found:
            return found
    why = "the page names no feed" if not named else "the feeds that the page names could not be read"
    raise FeedError(f"no feed was found at {url}", why, "look on the site for a link called RSS or Atom and add that")


def _some(candidates: list[str]) -> Iterator[str]:
    yield from list(dict.fromkeys(candidates))[:MOST_TRIED]


async def _try(tools: Tools, url: str, page_url: str) -> tuple[Response, ParsedFeed] | None:
    """The candidate's feed, or None. A link that a page gave may not lead to a private address of ours."""
    try:
        answer = await tools.web.get(url, accept=ACCEPT, near=page_url)
        if is_feed(answer.body, answer.content_type):
            return answer, await parse(tools, answer)
    except (FetchError, TuinewsError):
        return None
    return None


async def _subscribe(tools: Tools, answer: Response, parsed: ParsedFeed, folder: str, title: str) -> Added:
    enter = partial(tools.library.feeds.add, answer.moved_to or answer.url, title=title, site=parsed.link)
    feed_id, created = await patiently(tools, lambda: enter(folder=folder, now=tools.now))
    await patiently(tools, lambda: store_feed(tools, feed_id, answer, parsed))
    return _added(tools, feed_id, already=not created)


def _added(tools: Tools, feed_id: int, already: bool) -> Added:
    feed = tools.library.feeds.get(feed_id)
    assert feed is not None
    return Added(feed, feed.total, tools.library.stories.first_of(feed_id), already)
