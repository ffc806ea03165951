"""From an address that a person pasted to a site's feed. Pure: who fetches asks here what to fetch next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from tui_news.feeds import texts
from tui_news.feeds.decoding import decode
from tui_news.feeds.jsonfeed import is_json_feed
from tui_news.feeds.repair import FEED_ROOTS, root_of, trimmed
from tui_news.models import Link

FEED_TYPES = {
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
    "application/x-rss+xml", "text/rss+xml", "text/atom+xml", "application/x-atom+xml",
}  # fmt: skip
_MAYBE_TYPES = {"application/json", "application/xml", "text/xml", ""}
_PAGE_LIMIT = 3_000_000
_MOST_LINKS = 20
_SNIFFED = 2_000_000

_FEED_PATH = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:/|$)|\.(?:rss|atom|rdf)$|(?:feed|rss|atom|index)\.(?:xml|json)$", re.I
)
_FEED_PART = re.compile(r"<(?:[\w-]{1,20}:)?(?:title|item|entry)\b", re.I)
_FEED_WORD = re.compile(r"\b(?:rss|atom|feed)\b", re.I)
_COMMENTS = re.compile(r"comment|kommentar|comentari|commentaire|commenti|reactie|/replies", re.I)
_PARTIAL = re.compile(r"/(?:category|categories|tags?|author|authors|topics?|kategorie|section|search)/", re.I)
_FROM_HUB = re.compile(r"/(?:oembed|wp-json|xmlrpc|opensearch|manifest)", re.I)


def is_feed(body: bytes, content_type: str = "") -> bool:
    """Whether the bytes are a feed, by what they are: an HTML page is none, RSS sent as text/html is one."""
    text = trimmed(decode(body[:_SNIFFED], content_type))
    root = root_of(text)
    if root == "json":
        return is_json_feed(text)
    # <channel> and <feed> are also roots of other XML; a feed's has entries or says whose it is.
    return root in ("rss", "rdf") or (root in FEED_ROOTS and bool(_FEED_PART.search(text)))


def find_feeds(body: bytes, url: str, content_type: str = "") -> list[Link]:
    """The feeds that an HTML page names, best first: what it declares, then links that look like feeds.

    A comment feed comes last: WordPress declares one for the whole site beside the site's own feed. Never raises.
    """
    page = _tree(decode(body[:_PAGE_LIMIT], content_type))
    if page is None:
        return []
    base = _base(page, url)
    declared = list(_declared(page, base))
    linked = sorted(_linked(page, base), key=lambda link: _rank(link, url))
    found: dict[str, Link] = {}
    for link in [*sorted(declared, key=lambda link: _rank(link, url)), *linked]:
        if link.href not in found and link.href != url:
            found[link.href] = link
    best = sorted(found.values(), key=lambda link: _of_comments(link))
    return best[:_MOST_LINKS]


def _tree(text: str) -> Any:
    from lxml import etree, html

    try:
        parser = html.HTMLParser(recover=True, no_network=True, huge_tree=False, encoding="utf-8")
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _base(page: Any, url: str) -> str:
    for element in page.iter("base"):
        return texts.web_url(element.get("href"), url) or url
    return url


def _declared(page: Any, base: str) -> Iterator[Link]:
    """<link rel="alternate" type="…">, and rel="feed" (HTML of an older draft)."""
    for element in page.iter("link"):
        rels = (element.get("rel") or "").lower().split()
        kind = (element.get("type") or "").split(";")[0].strip().lower()
        href, title = texts.web_url(element.get("href"), base), texts.line(element.get("title"), 200)
        if not href or "stylesheet" in rels or _FROM_HUB.search(href):
            continue
        named = bool(_FEED_WORD.search(title) or _FEED_PATH.search(urlsplit(href).path))
        if "feed" in rels or ("alternate" in rels and (kind in FEED_TYPES or (kind in _MAYBE_TYPES and named))):
            yield Link(href, "alternate", kind, title)


def _linked(page: Any, base: str) -> Iterator[Link]:
    """<a> whose address or words look like a feed's."""
    for element in page.iter("a"):
        raw = (element.get("href") or "").strip()
        href = texts.web_url(clean_address(raw) if raw.lower().startswith("feed:") else raw, base)
        if not href:
            continue
        words = texts.line(element.text_content()[:200] or element.get("title"), 200)
        kind = (element.get("type") or "").lower()
        if kind in FEED_TYPES or _FEED_PATH.search(urlsplit(href).path) or "feed=" in urlsplit(href).query:
            yield Link(href, "related", kind, words)


def _of_comments(link: Link) -> bool:
    return bool(_COMMENTS.search(link.title) or _COMMENTS.search(urlsplit(link.href).path))


def _rank(link: Link, url: str) -> tuple[bool, bool, bool, int]:
    """Comments last; feeds of a part of the site after its own; other hosts later; the page's order keeps the rest."""
    path = urlsplit(link.href).path
    own = urlsplit(url).path.rstrip("/")
    partial = bool(_PARTIAL.search(path)) and not (own and path.startswith(own))
    kind_unsure = link.type not in FEED_TYPES and link.rel == "alternate"
    return _of_comments(link), partial, kind_unsure, 0


_GUESSES = (
    "feed/", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed.json", "rss", "feed",
    "feeds/posts/default", "?feed=rss2",
)  # fmt: skip


def guesses(url: str) -> list[str]:
    """Addresses where a site that names no feed may have one all the same, likeliest first."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return []
    root = f"{parts.scheme}://{parts.netloc}/"
    folder = root + parts.path[1:].rstrip("/") + "/" * bool(parts.path.strip("/"))  # joined, "//x" would be a host
    host, path = parts.netloc.lower().removeprefix("www."), parts.path.strip("/").split("/")
    found = list(_special(host, path, parts.query, root))
    if folder != root and not re.search(r"\.\w{2,5}/$", folder):
        found += [urljoin(folder, guess) for guess in _GUESSES[:2]]
    return list(dict.fromkeys([*found, *(urljoin(root, guess) for guess in _GUESSES)]))


def _special(host: str, path: list[str], query: str, root: str) -> Iterator[str]:
    """Sites whose feeds stand elsewhere than their pages say."""
    first, rest = path[0], path[1:]
    if host in ("youtube.com", "m.youtube.com"):
        if first == "channel" and rest:
            yield f"https://www.youtube.com/feeds/videos.xml?channel_id={rest[0]}"
        if first == "playlist" and "list" in parse_qs(query):
            yield f"https://www.youtube.com/feeds/videos.xml?playlist_id={parse_qs(query)['list'][0]}"
    elif host.endswith("reddit.com") and first in ("r", "u", "user") and rest:
        yield f"https://www.reddit.com/{first}/{rest[0]}/.rss"
    elif host == "github.com" and rest:
        yield f"https://github.com/{first}/{rest[0]}/releases.atom"
        yield f"https://github.com/{first}/{rest[0]}/commits.atom"
    elif host in ("medium.com",) and first.startswith("@"):
        yield f"https://medium.com/feed/{first}"
    elif first.startswith("@") and not rest:  # Mastodon and its kin
        yield f"{root}{first}.rss"


_BUILTIN = re.compile(r"builtin:[a-z0-9][a-z0-9/_.-]{0,100}")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d+(?:/|$))")
_HOST = re.compile(
    r"(?:(?:[\w-]+\.)+[^\W\d_][\w-]{1,62}\.?|localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{1,5})?", re.I
)
_LOCAL = re.compile(r"localhost|\d{1,3}(?:\.\d{1,3}){3}|\[", re.I)


def clean_address(text: str) -> str | None:
    """What a person pasted as an address to fetch, or None for anything that is none (paths, commands, scripts).

    "example.org", "feed://…", "feed:https://…", "<https://…>" and "https://…" are addresses; so is "builtin:…".
    """
    text = text.strip().strip("<>").strip()
    if _BUILTIN.fullmatch(text) and ".." not in text:
        return text
    if text[:5].lower() == "feed:":
        rest = text[5:]
        text = rest.lstrip("/") if not rest.lower().startswith(("http:", "https:")) else rest
    if text[:2] == "//":
        text = text[2:]
    if not re.match(r"https?://", text, re.I):
        host = re.split(r"[/?#]", text, maxsplit=1)[0]
        if _SCHEME.match(text) or not _HOST.fullmatch(host):
            return None
        text = ("http://" if _LOCAL.match(host) or ":" in host else "https://") + text
    return texts.web_url(text.partition("#")[0]) or None  # what follows # is never sent: it would be a second feed
