"""WordPress: one source, four routes (REST, Atom, RSS, the page). All four number a comment alike."""

from __future__ import annotations

from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.links import elsewhere
from tui_news.comments.sources.wordpress_find import comments_url, find, post_in_header
from tui_news.comments.sources.wordpress_rest import fetch as fetch_rest
from tui_news.comments.sources.wordpress_rest import probe
from tui_news.models import Comment, Fetched, FetchError, Response, Route, ThreadError, ThreadRef

FEED_KNOWS = {
    "atom": frozenset({"parent", "author", "created", "body"}),
    "rss": frozenset({"author", "created", "body"}),
}
HTML_KNOWS = frozenset({"author", "created", "body"})
MAX_PAGES = 20
_HERE = "tui_news.comments.sources"
_ACCEPT = {
    "atom": "application/atom+xml, application/xml;q=0.9, */*;q=0.5",
    "rss": "application/rss+xml, application/xml;q=0.9, */*;q=0.5",
}


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """One route's comments. Raises ThreadError, FetchError."""
    if route.name == "rest":
        return await fetch_rest(ref, route, line)
    if route.name in FEED_KNOWS:
        return await _fetch_feed(ref, route, line)
    return await fetch_page(route, line, ref.count_hint)


async def _fetch_feed(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    answer: Response = await line.fetch(route.url, accept=_ACCEPT[route.name])
    better = await _by_its_header(ref, answer, line)
    if better is not None:
        return better
    comments = await line.run(f"{_HERE}.wordpress_feed:parse_feed", answer.body, answer.final_url or route.url)
    return Fetched(comments, "newest", route.name, knows=FEED_KNOWS[route.name])


async def _by_its_header(ref: ThreadRef, answer: Response, line: Line) -> Fetched | None:
    """A comment feed's own headers name the post. Where no REST route was known, that is one, and it has them all."""
    post = post_in_header(answer.headers.get("link", ""))
    if post is None or any(route.name == "rest" for route in ref.routes):
        return None
    try:
        return await fetch_rest(ref, Route("rest", comments_url(*post)), line)
    except (FetchError, ThreadError):
        return None


async def fetch_page(route: Route, line: Line, hint: int | None = None) -> Fetched:
    """The page and its further pages of comments. Never complete: pages hide replies to comments that were binned.

    hint: how many the feed counts. Raises Elsewhere where another keeps them.
    """
    comments, pages = await _first_page(route.url, hint, line)
    found = {comment.id: comment for comment in comments}
    warnings: tuple[str, ...] = ("Read from the page: late replies may stand as neighbours.",) if found else ()
    left, known = list(pages), {route.url, *pages}
    for _ in range(MAX_PAGES):
        if not left:
            break
        url = left.pop(0)
        try:
            more, further = await _read(await _page(url, line), url, line)
        except (FetchError, ThreadError) as error:
            warnings += (f"Not all pages of comments came: {error.why or error.what}.",)
            break
        for comment in more:
            found.setdefault(comment.id, comment)
        left += [one for one in further if one not in known]  # many themes link only the next older page
        known.update(further)
    if left and len(warnings) < 2:
        warnings += (f"Reading stopped after {MAX_PAGES} pages of comments.",)
    return Fetched(tuple(found.values()), "partial", "html", knows=HTML_KNOWS, warnings=warnings)


async def _first_page(url: str, hint: int | None, line: Line) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    """Where there are no comments, somebody else's box may be: they are there then, whatever the feed says."""
    answer = await _page(url, line)
    odd: ThreadError | None = None
    try:
        comments, pages = await _read(answer, url, line)
    except ThreadError as error:
        comments, pages, odd = (), (), error
    if not comments and (keeper := await line.run(f"{_HERE}.links:keeper_of", answer.body)):
        raise elsewhere(keeper, url, hint)
    if odd is not None:
        raise odd
    return comments, pages


async def _page(url: str, line: Line) -> Response:
    answer: Response = await line.fetch(url, accept="text/html, */*;q=0.5")
    if answer.content_type not in ("", "text/html", "application/xhtml+xml"):
        raise not_this(url, "it is no page")
    return answer


async def _read(answer: Response, url: str, line: Line) -> tuple[tuple[Comment, ...], tuple[str, ...]]:
    found: tuple[tuple[Comment, ...], tuple[str, ...]] = await line.run(
        f"{_HERE}.wordpress_html:parse_page", answer.body, url
    )
    return found


def _find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    from tui_news.comments.sources.wordpress_page import find_in_page

    return find_in_page(url, html, link_header)


SOURCE = Source("wordpress", find, _find_in_page, fetch, probe=probe)
