"""Any comment feed with threading (RFC 4685): Blogger, TypePad, and programs nobody here has heard of; RSS, flat.

A story's entry names the feed by rel=replies; each comment names what it answers, the story or another comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from tui_news.comments.sources import json_thread
from tui_news.comments.sources.addresses import host, join, links, origin, path
from tui_news.comments.sources.atom_xml import Entry, Page, parse_page
from tui_news.comments.sources.contract import Line, Source, not_this
from tui_news.comments.sources.wordpress import fetch_page
from tui_news.models import (
    Comment,
    Fetched,
    FetchError,
    ParsedEntry,
    Response,
    Route,
    ThreadError,
    ThreadRef,
)
from tui_news.models.comments import Coverage
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily

MAX_COMMENTS = 5_000
MAX_PAGES = 250  # documents of one thread; Blogger sends 25 comments in each
RSS_KNOWS = frozenset({"author", "created", "body"})
ACCEPT = "application/atom+xml, application/rss+xml;q=0.9, application/xml;q=0.8, */*;q=0.5"
_PARSE_JSON = f"{json_thread.__name__}:parse"
_PARSE = f"{parse_page.__module__}:{parse_page.__name__}"
_TYPEPAD = lazily(r"tag:typepad\.com,\d{4}:post-", re.IGNORECASE)
_TYPEPAD_ID = lazily(r"\bcomment-(6a[0-9a-f]{24,40})$", re.IGNORECASE)
_LAST = lazily(r"(\d{1,25})/?$")
_START = lazily(r"([?&]start-index=)\d{1,9}")
_SITES_FEED = lazily(r"/comments/feed(?:/(?:atom|rss2?))?$|^/feeds/comments/(?:default|full|summary)$")
_WHICH_FEED = lazily(r"(?:^|&)(?:feed|format|type|alt|withcomments)=[\w-]*")
_OWN_FEED = lazily(r"/feeds/\d{1,25}/comments/(?:default|full|summary)$|/comments/(?:atom|index|rss)\.xml$")


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """The thread of an entry that names a feed of comments; None for one that is itself a comment."""
    if not entry.comment_feed and _TYPEPAD.match(entry.id) and path(entry.link).endswith(".html"):
        return _typepad(entry)
    if not origin(entry.comment_feed) or "#comment" in entry.id or _is_the_sites(entry.comment_feed):
        return None
    page = entry.comments if origin(entry.comments) else ""
    return reference(entry.comment_feed, entry.link, entry.id, page, entry.comment_count)


def _typepad(entry: ParsedEntry) -> ThreadRef:
    """TypePad's feeds name only the story's page for its comments; their feed stands below it, under a fixed name."""
    stem = origin(entry.link) + path(entry.link).removesuffix(".html")
    ref = reference(f"{stem}/comments/atom.xml", entry.link, entry.id, f"{entry.link}#comments", entry.comment_count)
    return replace(ref, routes=(*ref.routes, Route("html", entry.link)))


def _is_the_sites(feed: str) -> bool:
    """Whether a feed is that of the whole site's comments, as some programs name it in each entry."""
    where, query = path(feed), feed.partition("?")[2]
    return bool(_SITES_FEED.search(where)) or not (where or _WHICH_FEED.sub("", query))


def reference(feed: str, story: str, post: str = "", page: str = "", hint: int | None = None) -> ThreadRef:
    """post: the story's id in its feed, by which comments answer it."""
    meta = tuple((name, value) for name, value in (("post", post), ("story", story)) if value)
    return ThreadRef("atom", feed, (Route("atom", feed),), page or story or feed, hint, meta)


def find_in_page(url: str, html: str, link_header: str) -> ThreadRef | None:
    """The thread of a page whose head names a feed of its own comments."""
    if not origin(url):
        return None
    for href, rel, kind in links(link_header):
        if rel == "replies" and "xml" in kind:
            return reference(join(url, href), url)
    if "+xml" not in html:
        return None
    from tui_news.comments.sources.page import html_tree

    root = html_tree(html)
    for link in root.iter("link") if root is not None else ():
        rels, kind = str(link.get("rel") or "").lower().split(), str(link.get("type") or "").lower()
        href = join(url, str(link.get("href") or "").strip())
        if "+xml" in kind and origin(href) and ("replies" in rels or ("alternate" in rels and _is_own(href, url))):
            return reference(href, url)
    return None


def _is_own(href: str, url: str) -> bool:
    """Whether a feed is that of this page's comments: Blogger's has the post's number, others stand below the page."""
    where = path(href)
    if not _OWN_FEED.search(where) or host(href) != host(url):
        return False
    stem = re.sub(r"\.\w{2,5}$", "", path(url))
    return where.startswith("/feeds/") or bool(stem and where.startswith(f"{stem}/"))


@dataclass(slots=True)
class _Haul:
    """Documents as they come in. more: there is more that did not come."""

    entries: dict[str, Entry] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    more: str = ""

    def take(self, page: Page) -> bool:
        """Whether the document brought anything."""
        self.pages.append(page)
        if page.cut:
            self.more = "The feed ends in its middle."
        before = len(self.entries)
        for entry in page.entries:
            if len(self.entries) >= MAX_COMMENTS:
                self.more = f"Reading stopped at {MAX_COMMENTS:,} comments."
                break
            self.entries.setdefault(entry.comment.id, entry)
        return len(self.entries) > before

    @property
    def total(self) -> int | None:
        return self.pages[-1].total


async def fetch(ref: ThreadRef, route: Route, line: Line) -> Fetched:
    """The feed and the documents it goes on in. Raises ThreadError, FetchError for the first; a later one that fails
    leaves what came. html: the story's page, where the feed is gone."""
    if route.name == "html":
        return await fetch_page(route, line)
    answer = await line.fetch(route.url, accept=ACCEPT)
    if json_thread.looks_like_json(answer.body):
        comments, more = await line.run(_PARSE_JSON, answer.body, route.url)
        return Fetched(comments, "partial", route.name, warnings=(more,) if more else ())
    haul = await read(route, line, answer)
    meta = dict(ref.meta)
    post, story = meta.get("post", ""), meta.get("story", ref.page_url)
    comments = threaded(haul.entries.values(), haul.pages[0], post, story)
    if _TYPEPAD.match(post):  # under the names that the page has them by
        comments = numbered(comments, {one.id: found[1] for one in comments if (found := _TYPEPAD_ID.search(one.id))})
    rss = haul.pages[0].kind == "rss" and not any(entry.replies for entry in haul.entries.values())
    knows = {"knows": RSS_KNOWS} if rss else {}
    return Fetched(comments, _coverage(haul), route.name, haul.total, warnings=_warnings(haul), **knows)


async def read(route: Route, line: Line, first: Response | None = None) -> _Haul:
    """Document after document, within the budget; each address once. first: the answer for the route, if it is here."""
    haul = _Haul()
    url, asked = route.url, {route.url}
    haul.take(await _document(url, line, first))
    while not haul.more:
        url = _following(haul, url)
        if not url or url in asked:
            break
        if len(haul.pages) >= MAX_PAGES:
            haul.more = f"Reading stopped after {MAX_PAGES:,} documents."
            break
        asked.add(url)
        try:
            brought = haul.take(await _document(url, line))
        except (FetchError, ThreadError) as error:
            haul.more = f"Older comments did not come: {error.why or error.what}."
            break
        if not brought:
            break
    return haul


async def _document(url: str, line: Line, answer: Response | None = None) -> Page:
    answer = answer or await line.fetch(url, accept=ACCEPT)
    if answer.content_type in ("text/html", "application/xhtml+xml", "application/json"):
        raise not_this(url, "it is no feed")
    page: Page = await line.run(_PARSE, answer.body, url)
    return page


def _following(haul: _Haul, url: str) -> str:
    """The next document's address: as the feed says, or for Blogger by number, when it counts more than came."""
    page = haul.pages[-1]
    if page.next or not page.blogger or page.start is None or page.total is None:
        return page.next
    start = page.start + len(page.entries)
    if not page.entries or start > page.total:
        return ""
    if _START.search(url):
        return _START.sub(rf"\g<1>{start}", url)
    return f"{url}{'&' if '?' in url else '?'}start-index={start}"


def _coverage(haul: _Haul) -> Coverage:
    """Complete when all that are counted came. A single document from newest to oldest is a window of the newest.

    Anything else proves nothing about what is absent: with a comment gone between two documents, the rest moves up
    and one falls through the gap; and some programs cut their feed at a place that is not the oldest.
    """
    if haul.more:
        return "partial"
    if haul.total is not None and len(haul.entries) == haul.total:
        return "complete"
    dates = [entry.comment.created for entry in haul.entries.values()]
    known = [date for date in dates if date is not None]
    falling = all(later >= earlier for later, earlier in pairwise(known))
    return "newest" if len(haul.pages) == 1 and len(known) == len(dates) and falling else "partial"


def _warnings(haul: _Haul) -> tuple[str, ...]:
    if haul.more:
        return (haul.more,)
    if haul.total is not None and len(haul.entries) < haul.total:
        return (f"{len(haul.entries):,} of {haul.total:,} comments came.",)
    return ()


def threaded(entries: Iterable[Entry], page: Page, post: str, story: str) -> tuple[Comment, ...]:
    """The comments with their parents. post: the story's id; story: its address."""
    held = [entry for entry in entries if entry.comment.id != post]
    places = _Places(held, page, post, story)
    answered = [places.parent(entry) for entry in held]
    alone = _only_answer(held, answered)
    found = []
    for entry, parent in zip(held, answered, strict=True):
        if parent not in places.ids and places.elsewhere(entry):
            continue
        found.append(replace(entry.comment, parent=None if parent == alone else parent))
    return tuple(found)


def _only_answer(held: Sequence[Entry], answered: Sequence[str | None]) -> str | None:
    """What everything answers that answers nothing held, in a thread without a root: the story, by a name unknown."""
    ids = {entry.comment.id for entry in held}
    outside = {parent for parent in answered if parent not in ids}
    return next(iter(outside)) if len(outside) == 1 else None


class _Places:
    """Where a comment of a thread can be found: by its id, its page's address, Blogger's address of it."""

    def __init__(self, held: Sequence[Entry], page: Page, post: str, story: str) -> None:
        self.ids = {entry.comment.id for entry in held}
        self.posts = {name for name in (post, story, page.id, page.page) if name}
        self.stories = {_bare(name) for name in (story, page.page) if origin(name)}
        self.story = story
        at_story = (
            entry.comment.url for entry in held if entry.comment.url and _bare(entry.comment.url) == _bare(story)
        )
        # Only where comments have addresses on their stories' pages does another page mean another story.
        self.here = any("#" in url or "?" in url for url in at_story)
        linked = [(entry.comment.url, entry.comment.id) for entry in held if entry.comment.url]
        # A program without addresses for comments links each to its story: that names none of them.
        self.by_link = {url: key for url, key in linked if "#" in url or _bare(url) not in self.stories}
        self.by_own = {_own(entry.own): entry.comment.id for entry in held if entry.own}

    def parent(self, entry: Entry) -> str | None:
        """The parent's id, held or not; None for an answer to the story."""
        if "/comments/" in path(entry.related):
            return self._related(entry)
        refs = [found for found in (self._named(reply.ref, reply.href) for reply in entry.replies) if found]
        return next((ref for ref in refs if ref in self.ids), refs[0] if refs else None)

    def _named(self, ref: str, href: str) -> str | None:
        if ref in self.ids or not (ref or href):
            return ref or None
        if href in self.by_link:
            return self.by_link[href]
        if ref in self.posts or ("#" not in href and "?" not in href and _bare(href) in self.stories):
            return None
        return ref or href

    def _related(self, entry: Entry) -> str | None:
        """Blogger: the address of the comment answered. When it is not held, its id is made after the comment's own."""
        own = self.by_own.get(_own(entry.related))
        if own:
            return own
        number, mine = _LAST.search(_own(entry.related)), _LAST.search(entry.comment.id)
        return entry.comment.id[: mine.start()] + number.group(1) if number and mine else None

    def elsewhere(self, entry: Entry) -> bool:
        """Whether a comment is on another story's page: a feed of replies may hold those to others (RFC 4685 §4)."""
        own = entry.comment.url or ""
        if not self.here or not own or _bare(own) in self.stories or host(own) != host(self.story):
            return False
        return not {_bare(reply.href) for reply in entry.replies} & self.stories


def _own(url: str) -> str:
    """Blogger names a comment by its blog's host and by its own: the path's end is what they share."""
    return path(url).rpartition("/comments/")[2] or path(url)


def _bare(url: str) -> str:
    return host(url) + path(url)


def numbered(comments: Iterable[Comment], ids: Mapping[str, str]) -> tuple[Comment, ...]:
    """Comments with other names for them and their parents, where `ids` has one."""
    return tuple(
        replace(
            comment,
            id=ids.get(comment.id, comment.id),
            parent=ids.get(comment.parent, comment.parent) if comment.parent else None,
        )
        for comment in comments
    )


SOURCE = Source("atom", find, find_in_page, fetch)
