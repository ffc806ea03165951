"""Subscribing: from whatever a person pasted to a feed in the library with its first stories."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from tui_news.feeds.discover import clean_address, find_feeds, guesses, is_feed
from tui_news.models import Digest, Feed, FeedError, FetchError, Response, TuinewsError
from tui_news.models.late import dataclass
from tui_news.services.patience import patiently
from tui_news.services.refresh import ACCEPT
from tui_news.services.storing import digest, store_digest
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
    answer, made = await _find(tools, url)
    return await _subscribe(tools, answer, made, folder, title)


async def _find(tools: Tools, url: str) -> tuple[Response, Digest]:
    try:
        page = await tools.web.get(url, accept=PAGE_ACCEPT)
    except FetchError as error:
        if error.status >= 429 or error.kind in ("timeout", "protocol"):
            error.todo = "nothing was subscribed; try again later"  # a feed of ours would be, by itself
        raise
    if is_feed(page.body, page.content_type):
        return page, await digest(tools, page)
    named = [link.href for link in find_feeds(page.body, page.final_url)]
    for candidate in _some([*named, *guesses(page.final_url)]):
        found = await _try(tools, candidate, page.final_url)
        if found:
            return found
    why = "the page names no feed" if not named else "the feeds that the page names could not be read"
    raise FeedError(f"no feed was found at {url}", why, "look on the site for a link called RSS or Atom and add that")


def _some(candidates: list[str]) -> Iterator[str]:
    yield from list(dict.fromkeys(candidates))[:MOST_TRIED]


async def _try(tools: Tools, url: str, page_url: str) -> tuple[Response, Digest] | None:
    """The candidate's feed, or None. A link that a page gave may not lead to a private address of ours."""
    try:
        answer = await tools.web.get(url, accept=ACCEPT, near=page_url)
        if is_feed(answer.body, answer.content_type):
            return answer, await digest(tools, answer)
    except (FetchError, TuinewsError):
        return None
    return None


async def _subscribe(tools: Tools, answer: Response, made: Digest, folder: str, title: str) -> Added:
    enter = partial(tools.library.feeds.add, answer.moved_to or answer.url, title=title, site=made.feed.link)
    feed_id, created = await patiently(tools, lambda: enter(folder=folder, now=tools.now))
    await patiently(tools, lambda: store_digest(tools, feed_id, answer, made))
    return _added(tools, feed_id, already=not created)


def _added(tools: Tools, feed_id: int, already: bool) -> Added:
    feed = tools.library.feeds.get(feed_id)
    assert feed is not None
    return Added(feed, feed.total, tools.library.stories.first_of(feed_id), already)
