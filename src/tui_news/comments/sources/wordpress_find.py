"""Where a WordPress post's comments are, learnt from what is already at hand: a feed entry, a header, a page.

A post has a number and its site a REST base; the number is in the entry's guid ("https://site/?p=102"), the base in
the Link header of any answer of the site. Either may be missing; each route below is built from what there is.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote, unquote

from tui_news.comments.sources.addresses import host, links, origin, path
from tui_news.comments.sources.links import keeper_in_address
from tui_news.models import ParsedEntry, Route, ThreadRef

API = "https://api.w.org/"
FIELDS = "id,parent,author,author_name,author_url,date_gmt,content,link"
_POST_ID = re.compile(r"(?:^|&)(?:p|page_id)=(\d{1,15})(?:&|$)")
_REST_POST = re.compile(r"^(.*?/)wp/v2/(?:posts|pages)/(\d{1,15})/?$")
_FEED_PATH = re.compile(r"/feed/?(?:(?:atom|rss2?)/?)?(?:\?[^#]*)?$")
_FEED_QUERY = re.compile(r"[?&](?:amp;)?feed=(?:rss2?|atom|comments-rss2)(?:&|$)")


def from_guid(guid: str) -> tuple[str, str] | None:
    """(site root, post id) of "https://site/?p=102"; None for other guids, a forum's "viewtopic.php?p=5" included."""
    head, _, query = guid.strip().partition("?")
    if not query:  # as it is with most addresses
        return None
    found = _POST_ID.search(query.replace("&amp;", "&").replace("&#038;", "&") if "&" in query else query)
    root = head.removesuffix("index.php")
    if not (found and origin(root)):
        return None
    if root == origin(root):
        root += "/"
    return (root, found.group(1)) if root.endswith("/") else None


@lru_cache(maxsize=64)  # asked for each story of a feed, whose header is one
def base_in_header(header: str) -> str:
    """The site's REST base, as the Link header of any of its answers gives it; "" if it does not."""
    return next((href for href, rel, _ in links(header) if rel == API and origin(href)), "")


def post_in_header(header: str) -> tuple[str, str] | None:
    """(REST base, post id), as the headers of a post's page and of its comment feed give them."""
    for href, rel, kind in links(header):
        if rel == "alternate" and kind == "application/json":
            found = from_rest_address(href)
            if found:
                return found
    base = base_in_header(header)
    guids = (from_guid(href) for href, rel, _ in links(header) if rel == "shortlink")
    return next(((base, guid[1]) for guid in guids if guid and base), None)


def from_rest_address(href: str) -> tuple[str, str] | None:
    """(REST base, post id) of a post's own REST address."""
    found = _REST_POST.match(unquote(href))
    return (found.group(1), found.group(2)) if found and origin(href) else None


def rest_url(base: str, what: str, query: str) -> str:
    """`what` under a REST base, which on sites with plain permalinks is itself a query ("…/?rest_route=/")."""
    return f"{base}{what}{'&' if '?' in base else '?'}{query}"


def comments_url(base: str, post: str) -> str:
    return rest_url(base, "wp/v2/comments", f"post={post}&per_page=100&order=asc&orderby=date_gmt&_fields={FIELDS}")


def post_url(ref: ThreadRef, fields: str) -> str:
    """The REST address of the post that a thread hangs under, "" when it cannot be told. fields: what to ask for."""
    notes = dict(ref.meta)
    base, post = notes.get("base", ""), notes.get("post", "")
    if ref.source != "wordpress" or not base:
        return ""
    if post and not notes.get("check"):
        return rest_url(base, f"wp/v2/posts/{post}", f"_fields={fields}")
    story = next((route.url for route in ref.routes if route.name == "html"), "")
    slug = path(story).rpartition("/")[2]
    return rest_url(base, "wp/v2/posts", f"slug={quote(slug, '%')}&_fields={fields}") if slug else ""


def is_post_feed(url: str) -> bool:
    """Whether an address looks like WordPress' feed of one post's comments (not the whole site's)."""
    if path(url).endswith("/comments/feed") or (not path(url) and "p=" not in url):
        return False
    return bool(_FEED_PATH.search(url) or _FEED_QUERY.search(url))


def find(entry: ParsedEntry, feed_link: str, link_header: str) -> ThreadRef | None:
    """The thread of a feed entry; None when nothing says that WordPress made it, or it is itself a comment."""
    if "#comment-" in entry.id:
        return None
    guid = from_guid(entry.id)
    feed = entry.comment_feed if entry.comment_feed and is_post_feed(entry.comment_feed) else ""
    base = base_in_header(link_header)
    if base and host(base) not in {host(entry.link), host(guid[0]) if guid else ""}:
        base = ""  # an aggregator's own base says nothing about the sites it quotes
    if not (guid or feed or base) or not origin(entry.link or feed):
        return None
    root = _root(base, guid, entry.link, feed_link)
    if guid and not base:
        base = root + ("?rest_route=/" if from_guid(entry.link) else "wp-json/")
    page = entry.comments if origin(entry.comments) else ""
    post, check = (guid[1], host(guid[0]) != host(entry.link)) if guid else ("", False)
    ref = reference(base, post, entry.link, feed, page, entry.comment_count, root, check, entry.author)
    keeper = keeper_in_address(page)
    return replace(ref, meta=(*ref.meta, ("keeper", keeper))) if ref is not None and keeper else ref


def _root(base: str, guid: tuple[str, str] | None, link: str, feed_link: str) -> str:
    """The site's root address. A guid keeps the name the site had when it was made: http, www, an old domain."""
    if base:
        return root_of_base(base)
    if guid is None:
        return ""
    root = guid[0]
    if host(root) == host(link):
        return origin(link) + root[len(origin(root)) :]
    return origin(link) + "/" if host(link) == host(feed_link) else root


def root_of_base(base: str) -> str:
    return base.partition("?")[0].removesuffix("index.php").removesuffix("wp-json/")


def reference(
    base: str,
    post: str,
    link: str,
    feed: str = "",
    page: str = "",
    hint: int | None = None,
    root: str = "",
    check: bool = False,
    author: str = "",
) -> ThreadRef | None:
    """The thread with all routes that can be built, the richest first. check: the number is from another domain,
    so that what it leads to must be compared with the story's address. author: the story's, by name."""
    story = link.partition("#")[0]
    routes = [*_rest_routes(base, post, story), *_feed_routes(feed, story, root, post)]
    if origin(story):
        routes.append(Route("html", story))
    if not routes:
        return None
    key = f"{root}|{post}" if root and post else story or feed
    notes = (("post", post), ("base", base), ("check", "1" if check else ""), ("author", author))
    meta = tuple([note for note in notes if note[1]])
    return ThreadRef("wordpress", key, tuple(routes), page or f"{story or feed}#comments", hint, meta)


def _rest_routes(base: str, post: str, story: str) -> list[Route]:
    if base and post:
        return [Route("rest", comments_url(base, post))]
    slug = path(story).rpartition("/")[2]
    if base and slug:
        return [Route("rest", rest_url(base, "wp/v2/posts", f"slug={quote(slug, '%')}&_fields=id,link,author"))]
    return []


def _feed_routes(feed: str, story: str, root: str, post: str) -> list[Route]:
    """The Atom feed knows who answers whom, the RSS one hardly; both hold the ten newest."""
    feed = feed.replace("&amp;", "&").replace("&#038;", "&")
    if "feed=" in feed:
        return [Route(kind, re.sub(r"feed=[\w-]+", f"feed={name}", feed)) for kind, name in _KINDS]
    if feed:
        stem = re.sub(r"/feed/?(?:(?:atom|rss2?)/?)?(\?[^#]*)?$", "/feed/", feed)
    elif origin(story) and "?" not in story and path(story):
        stem = story.rstrip("/") + "/feed/"
    elif root and post:
        return [Route(kind, f"{root}?feed={name}&p={post}") for kind, name in _KINDS]
    else:
        return []
    return [Route("atom", stem + "atom/"), Route("rss", stem)]


_KINDS = (("atom", "atom"), ("rss", "rss2"))
