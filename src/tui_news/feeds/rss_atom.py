"""RSS 0.90 to 2.0, Atom 0.3 and 1.0, RDF and CDF: feedparser reads the XML, this module what feedparser found. The most
common kind of feed is read by `quick` in its place, ten times as fast, where the outcome is the same.

feedparser is given a stream and never the body itself, which it would take for a path or an address and open. It is
given no address either: guids must be what the feed says, not what they become when resolved against an address that
changes with every redirect; links are resolved here.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax import SAXException

from tui_news.feeds import quick, texts
from tui_news.feeds.dates import parse_date
from tui_news.feeds.decoding import without_surrogates
from tui_news.feeds.details import authors, comment_links, enclosures, entry_links, period, tags
from tui_news.feeds.repair import FEED_ROOTS, root_of, without_addresses
from tui_news.models import FeedError, Link, ParsedEntry, ParsedFeed

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_READABLE = ("text/", "application/octet-stream")
_LINK_REL = frozenset({"self", "next", "hub", "alternate", "current", "prev-archive"})
THREADS = "http://purl.org/syndication/thread/1.0"
MOST_LINKS = 50
_ADDRESS = re.compile(r"https?://|builtin:|/", re.I)
_OWN_BASE = re.compile(r"""\bxml:base\s*=\s*["'](?!https?://)""", re.I)
_RELATIVE = re.compile(r"""\b(?:href|src)\s*=\s*["']?(?![a-z][a-z0-9+.-]*:|["'])""", re.I)


def parse_xml_feed(
    text: str, url: str, headers: Mapping[str, str], now: int | None = None, *, judged: bool = False
) -> ParsedFeed:
    """Parse a decoded and repaired XML feed. Raises FeedError when there is none in it. judged: `quick` has left it."""
    root = root_of(text)
    found = {} if root == "html" else _thoroughly(text, url, headers) if judged else _found(text, url, headers)
    return _parsed(found, root, url, now)


def parse_quickly(text: str, url: str, now: int | None = None) -> ParsedFeed | None:
    """The same, if `quick` reads it."""
    found = quick.read(text)
    return None if found is None else parsed_from(found, text, url, now)


def parsed_from(found: Any, text: str, url: str, now: int | None = None) -> ParsedFeed:
    """What `quick` or feedparser has found in the text, as ours."""
    return _parsed(found, root_of(text), url, now)


def _parsed(found: Any, root: str, url: str, now: int | None) -> ParsedFeed:
    entries: list[Any] = found.get("entries") or []
    if not entries and root not in FEED_ROOTS:
        raise FeedError("this is no feed", _what(root), "add the address of the site's RSS or Atom feed")
    feed = found["feed"]
    site = ("" if _only_an_id(feed) else texts.web_url(_get(feed, "link"), url)) or _site(feed, url)
    bases = (url, site) if root == "feed" else (site, url)
    author = ", ".join(authors(feed))  # an Atom entry without one has the feed's (RFC 4287 §4.2.1)
    reader = _Reader(next(filter(None, bases), ""), _thread_prefixes(found), now, author if root == "feed" else "")
    return ParsedFeed(
        title=_title(feed),
        link=site,
        entries=tuple(reader.entry(entry) for entry in entries),
        subtitle=texts.title_line(_get(feed, "subtitle") or _get(feed, "summary"), True),
        kind=found["version"] or ("cdf" if root == "channel" else root if root in FEED_ROOTS else ""),
        language=texts.language(_get(feed, "language")),
        generator=_generator(feed),
        ttl=period(feed),
        links=tuple(_feed_links(feed, url)),
        warnings=tuple(_broken(found)),
        id=_guid(feed),
        author=author,
        published=parse_date(_get(feed, "published"), _get(feed, "published_parsed"), now),
        updated=parse_date(_get(feed, "updated"), _get(feed, "updated_parsed"), now),
        tags=tuple(tags(feed)),
    )


def _found(text: str, url: str, headers: Mapping[str, str]) -> Any:
    """feedparser's result, or the same read quickly."""
    quickly = None if headers.get("content-language") else quick.read(text)
    return _thoroughly(text, url, headers) if quickly is None else quickly


def _thoroughly(text: str, url: str, headers: Mapping[str, str]) -> Any:
    found = _feedparser(text, headers)
    return _rebased(text, url, headers, found) if _OWN_BASE.search(text) else found


def _rebased(text: str, url: str, headers: Mapping[str, str], plain: Any) -> Any:
    """Read again with the address, which a relative xml:base needs to be joined to; guids stay as they are without."""
    found = _feedparser(text, headers, url)
    if len(found["entries"]) != len(plain["entries"]):
        return plain
    for record, before in zip((found["feed"], *found["entries"]), (plain["feed"], *plain["entries"]), strict=True):
        if _get(before, "id") is not None:
            record["id"] = _get(before, "id")
        if _only_an_id(before):
            record["link"] = _get(before, "link")
    return found


def _feedparser(text: str, headers: Mapping[str, str], url: str = "") -> Any:
    """feedparser's result. It raises on some input, in ways that it does not name: any of them is a broken feed."""
    import feedparser

    given = {"content-type": "application/xml; charset=utf-8"}
    if url.startswith(("http://", "https://")):
        given["content-location"] = url
    if headers.get("content-language"):
        given["content-language"] = headers["content-language"]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return feedparser.parse(
                io.BytesIO(without_addresses(text).encode("utf-8")),
                response_headers=given,
                sanitize_html=False,
                resolve_relative_uris=False,
            )
    except Exception as error:
        why = f"its XML is broken ({type(error).__name__}: {texts.line(str(error), 100)})"
        raise FeedError("the feed could not be read", why) from None


def _what(root: str) -> str:
    known = {
        "": "it is neither XML nor JSON",
        "html": "it is a web page",
        "opml": "it is a list of subscriptions (OPML)",
    }
    return known.get(root) or f"it is XML of another kind ({texts.line(root, 40)})"


def _broken(found: Any) -> Iterator[str]:
    error = found.get("bozo_exception")
    if found.get("bozo") and isinstance(error, SAXException):
        yield f"the feed is not well-formed XML ({texts.line(str(error), 120)})"


def _get(record: Any, key: str) -> Any:
    """The value kept under the key itself. feedparser's own look-up answers with other fields when it is missing."""
    return dict.get(record, key)


def _title(record: Any) -> str:
    detail = _get(record, "title_detail")
    kind = detail.get("type") if isinstance(detail, dict) else ""
    return texts.title_line(_get(record, "title"), kind in HTML_TYPES)


def _only_an_id(record: Any) -> bool:
    """Whether feedparser took an id for the link, where there is none, and it is no address: "42" is no page."""
    link, guid = _get(record, "link"), _get(record, "id")
    return isinstance(link, str) and link == guid and not (_get(record, "links") or _ADDRESS.match(link))


def _site(feed: Any, url: str) -> str:
    """The site's address of an Atom feed whose alternate link has another type than HTML."""
    for link in _get(feed, "links") or ():
        if link.get("rel") == "alternate" and texts.web_url(link.get("href"), url):
            return texts.web_url(link.get("href"), url)
    return ""


def _generator(feed: Any) -> str:
    detail = _get(feed, "generator_detail") or {}
    parts = (_get(feed, "generator"), detail.get("version"), detail.get("href"))
    return texts.line(" ".join(part.strip() for part in parts if isinstance(part, str) and part.strip()), 200)


def _feed_links(feed: Any, url: str) -> Iterator[Link]:
    for link in (_get(feed, "links") or ())[:MOST_LINKS]:
        href = texts.web_url(link.get("href"), url)
        if href and link.get("rel") in _LINK_REL:
            yield Link(href, link["rel"], texts.line(link.get("type"), 100), texts.line(link.get("title"), 200))


def _thread_prefixes(found: Any) -> tuple[str, ...]:
    """The document's own prefixes for RFC 4685. feedparser does not know its namespace, so keys follow the prefix."""
    spaces = found.get("namespaces") or {}
    named = [str(prefix).lower() for prefix, uri in spaces.items() if str(uri).rstrip("/#") == THREADS]
    return tuple(named) or ("thr",)


class _Reader:
    """Turns feedparser's entries into ours: `base` resolves their links, `prefixes` are those of RFC 4685."""

    def __init__(self, base: str, prefixes: tuple[str, ...], now: int | None, author: str) -> None:
        self.base, self.now, self.author = base, now, author
        self.totals = ("slash_comments", *(f"{prefix}_total" for prefix in prefixes))
        self.link_counts = (*(f"{prefix}:count" for prefix in prefixes), "count")

    def entry(self, raw: Any) -> ParsedEntry:
        published, updated = self._dates(raw)
        links = entry_links(raw, self.base, self.link_counts)
        comments, comment_feed, comment_count = self._comments(raw, links)
        summary, content, language = _bodies(raw, self.base)
        return ParsedEntry(
            _guid(raw),
            self._link(raw, links),
            _title(raw),
            ", ".join(authors(raw) or authors(_get(raw, "source") or {})) or self.author,
            published,
            updated,
            summary,
            content,
            comments,
            comment_feed,
            comment_count,
            links,
            enclosures(raw, self.base),
            tags(raw),
            language,
        )

    def _link(self, raw: Any, links: tuple[Link, ...]) -> str:
        """The story's page. feedparser may take the last link of any kind for it; FeedBurner puts its own in front."""
        original = texts.web_url(_get(raw, "feedburner_origlink"), self.base)
        if original:
            return original
        pages, link = [link.href for link in links if link.rel == "alternate"], _get(raw, "link")
        if any([page is link for page in pages]):  # cleaned, it has stayed as it is
            return str(link)
        found = "" if _only_an_id(raw) else texts.web_url(link, self.base)
        return found if not pages or found in pages else pages[0]

    def _dates(self, raw: Any) -> tuple[int | None, int | None]:
        """When it was published (else created, else updated) and when it was last changed."""
        updated = self._date(raw, "updated")
        published = self._date(raw, "published")
        if published is None:
            published = self._date(raw, "created")
        return updated if published is None else published, updated

    def _date(self, raw: Any, name: str) -> int | None:
        text = _get(raw, name)
        return parse_date(text, _get(raw, f"{name}_parsed"), self.now) if text else None

    def _comments(self, raw: Any, links: tuple[Link, ...]) -> tuple[str, str, int | None]:
        """The page of comments, their feed, and how many there are said to be."""
        page, feed, number = comment_links(links)
        page = texts.web_url(_get(raw, "comments"), self.base) or page
        feed = feed or texts.web_url(_get(raw, "wfw_commentrss"), self.base)
        for key in self.totals:
            value = _get(raw, key)
            if value is not None and (told := texts.count(value)) is not None:
                return page, feed, told
        return page, feed, number


def _guid(raw: Any) -> str:
    guid = _get(raw, "id")
    return without_surrogates(guid).strip() if isinstance(guid, str) else ""


def _bodies(raw: Any, base: str) -> tuple[str, str, str | None]:
    """Summary and content as HTML, and the language. A summary that only repeats the content is left out."""
    detail = _get(raw, "summary_detail")
    if isinstance(detail, dict):
        summary = _body(detail, base)
    else:  # a podcast's episode may have no more than a subtitle
        summary = texts.body(_get(raw, "summary") or _get(raw, "subtitle") or "", True)
    readable = [item for item in _get(raw, "content") or () if _is_readable(item)]
    best = readable[0] if len(readable) == 1 else max(readable, key=_weight, default=None)
    content = _body(best, base) if best else ""
    language = texts.language(_get(raw, "language"))
    for record in (best, detail) if language is None else ():
        if isinstance(record, dict) and language is None:
            language = texts.language(record.get("language"))
    return "" if summary == content else summary, content, language


def _weight(item: Any) -> int:
    """Marked up is better than plain, if it is not a line beside the whole story."""
    return len(item["value"]) * (3 if item.get("type") in HTML_TYPES else 1)


def _is_readable(item: Any) -> bool:
    """Whether content may be words; a type that is none is a mistake, and no reason to show nothing."""
    if not isinstance(item, dict) or not item.get("value"):
        return False
    kind = item.get("type")
    return kind in HTML_TYPES or str(kind or "").startswith(_READABLE) or "/" not in str(kind or "")


def _body(detail: Any, base: str) -> str:
    """What is said to be binary was base64 (Atom 0.3 and 1.0), and feedparser has decoded it: it is HTML.

    An xml:base of its own goes in front, as HTML writes it: relative links mean something else without it.
    """
    value = detail.get("value")
    if not isinstance(value, str):
        return ""
    kind = detail.get("type")
    plain = kind not in HTML_TYPES and str(kind or "text/html").startswith("text/")
    own = texts.web_url(detail.get("base"), base)
    moved = own and own != base and not plain and _RELATIVE.search(value)
    return texts.body(f'<base href="{own}">{value}' if moved else value, not plain)
