"""Comments that a story's page itself marks up as such, for machines: microformats, microdata, JSON-LD.

The last resort, for any site: nothing says that the page has them all, and each visit fetches the whole page.
"""

from __future__ import annotations

import re
from typing import Any

from tui_news.comments.sources.addresses import origin
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.models import Comment, Fetched, ParsedEntry, Response, Route, ThreadRef
from tui_news.text.lazy import lazily

KINDS = ("microformats", "microdata", "jsonld")  # where they are as many: richest first
_HERE = "tui_news.comments.sources.page_markup"
_MARKS = lazily(r"h-cite|[pu]-comment|itemtype|itemprop|ld\+json", re.IGNORECASE)


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """Never by a feed's entry: only the page tells."""
    return None


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """The page itself, by each kind of markup that has comments, the one with the most first."""
    if not origin(url) or not _MARKS.search(html):
        return None
    from tui_news.comments.sources.page import html_tree

    root, page = html_tree(html), url.partition("#")[0]
    counts = {kind: len(_read(kind, root, page)) for kind in KINDS} if root is not None else {}
    kinds = sorted((kind for kind, count in counts.items() if count), key=lambda kind: -counts[kind])
    if not kinds:
        return None
    return ThreadRef("page", f"page|{page}", tuple(Route(kind, page) for kind in kinds), f"{page}#comments")


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """The comments in the page. Raises ThreadError, FetchError."""
    answer: Response = await line.fetch(route.url, accept="text/html, */*;q=0.5")
    if answer.content_type not in ("", "text/html", "application/xhtml+xml"):
        raise not_this(route.url, "it is no page")
    comments: tuple[Comment, ...] = await line.run(f"{_HERE}:parse", answer.body, route.url, route.name)
    return Fetched(comments, "partial", route.name)


def parse(body: bytes, url: str, kind: str) -> tuple[Comment, ...]:
    """The comments of one kind of markup. Raises ThreadError when the page has none."""
    from tui_news.comments.sources.page import html_tree
    from tui_news.comments.sources.page_found import comments_of

    root = html_tree(body)
    found = _read(kind, root, url) if root is not None else []
    if not found:
        raise not_this(url, "nothing on the page is marked up as comments")
    return comments_of(found, url)


def _read(kind: str, root: Any, page: str) -> list[Any]:
    """The comments of one kind of markup. The tree stays whole: each reader takes out of its own what it reads."""
    from copy import deepcopy

    from tui_news.comments.sources import page_jsonld, page_microdata, page_microformats

    readers = {"microformats": page_microformats.read, "microdata": page_microdata.read, "jsonld": page_jsonld.read}
    return list(readers[kind](deepcopy(root), page)) if kind in readers else []


SOURCE = Source("page", find, find_in_page, fetch)
