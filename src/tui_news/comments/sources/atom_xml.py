"""One document of a comment feed as values: Atom with RFC 4685, and RSS. Run in a worker; comments come out rendered.

Elements are told by their namespace's address, never by the prefix a feed happens to give it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from tui_news.comments.render import BODY_LIMIT, address_of, blocks_of, key_of, name_of, said_key, time_of
from tui_news.comments.sources.addresses import join
from tui_news.comments.sources.contract import not_this
from tui_news.comments.sources.page import inner_html, text_of, xml_text, xml_tree
from tui_news.models import Comment, ThreadError
from tui_news.models.comments import State
from tui_news.models.late import dataclass
from tui_news.text.lazy import lazily

XML_LIMIT = 12_000_000  # bytes of one document
ID_LIMIT = 1_000
MAX_ENTRIES = 5_000
MAX_REFS = 8  # of one comment; more is no conversation
_TAG = lazily(r"[A-Za-z_][A-Za-z0-9_-]*")
_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "",
    "http://purl.org/syndication/thread/1.0": "thr:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://schemas.google.com/g/2005": "gd:",
    "http://a9.com/-/spec/opensearchrss/1.0/": "os:",
    "http://a9.com/-/spec/opensearch/1.1/": "os:",
}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
# A document type can stand only before the first element; what stands in a comment or an instruction there is skipped.
_BEFORE = lazily(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_END = lazily(r"</(?:\w{1,20}:)?(?:feed|rss|RDF)\s*>(?:\s|<!--[^>]*-->)*$")
_PUBLISHED, _UPDATED = ("published", "issued", "pubDate", "dc:date"), ("updated", "modified")
_ADMIN = lazily(r"administrator|moderator", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reply:
    """What one thr:in-reply-to says: the id it answers, and the page where that is."""

    ref: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment whose parent is yet to be settled. related: Blogger's address of what it answers; own: its own."""

    comment: Comment
    replies: tuple[Reply, ...] = ()
    related: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One document. total: openSearch:totalResults. next: the address of the following one. page: the story's.

    cut: the document ends in its middle.
    """

    entries: tuple[Entry, ...]
    kind: str
    next: str = ""
    total: int | None = None
    start: int | None = None
    id: str = ""
    page: str = ""
    blogger: bool = False
    cut: bool = False


def parse_page(body: bytes, url: str) -> Page:
    """The comments of one document, in its order. Raises ThreadError "notthis" when it is no feed, "broken" when it
    declares a document type: a comment feed has no use for entities but to grow or to read files."""
    text = xml_text(body[:XML_LIMIT])
    root, cut = feed_tree(text, url), _END.search(text[-400:]) is None
    kind = {"feed": "atom", "rss": "rss", "rdf": "rss"}.get(_name(root).lower()) if root is not None else None
    if root is None or kind is None:
        raise not_this(url, "it is no feed")
    channel = root if kind == "atom" else _first(root, "channel", root)
    head = list(channel)
    items = list(_items(root))
    # The last comment of a document that was cut off may lack its words: it must not empty the one that is held.
    found = (_entry(item, url) for item in (items[:-1] if cut else items))
    links = {rel: href for rel, _, href in reversed(list(_links(head, _based(channel, url))))}
    name = _text(_first(channel, "id"))
    return Page(
        entries=tuple(entry for entry in found if entry),
        kind=kind,
        next=address_of(links.get("next", "")) or "",
        total=_number(_text(_first(channel, "os:totalResults"))),
        start=_number(_text(_first(channel, "os:startIndex"))),
        id=_resolved(_based(channel, url), name),
        page=links.get("alternate", ""),
        blogger="blogger" in _text(_first(channel, "generator")).lower() or name.startswith("tag:blogger.com"),
        cut=cut,
    )


def feed_tree(text: str, where: str) -> Any | None:
    """The root element, ill-formed documents included; None for nothing. Raises ThreadError for a document type."""
    start = _BEFORE.match(text)
    if start and text[start.end() : start.end() + 2] == "<!":
        raise ThreadError("broken", f"No comments could be read from {where}", "it declares a document type")
    return xml_tree(text)


def _name(element: Any) -> str:
    """The element's name behind our own prefix for its namespace; "?" and the name for namespaces unknown."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, local = tag.rpartition("}")
    return _PREFIXES.get(space.removeprefix("{"), "?") + local


def _items(root: Any) -> Iterator[Any]:
    """Entries where feeds have them: below the root, or below a channel. Not deeper: an entry may quote another."""
    count = 0
    for child in root:
        for item in child if _name(child) == "channel" else (child,):
            if _name(item) in ("entry", "item") and count < MAX_ENTRIES:
                count += 1
                yield item


def _first(element: Any, name: str, default: Any = None) -> Any:
    return next((child for child in element if _name(child) == name), default)


def _text(element: Any) -> str:
    return text_of(element).strip() if element is not None else ""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _based(element: Any, url: str) -> str:
    """The address that relative ones in the element start from (xml:base, from the outside in)."""
    above = [element, *element.iterancestors()]
    base = url
    for place in reversed(above):
        base = _resolved(base, place.get(_BASE) or "") or base
    return base


def _resolved(base: str, reference: str) -> str:
    reference = key_of(reference.strip(), XML_LIMIT)
    return (join(base, reference) or reference)[:ID_LIMIT] if reference else ""


def _links(children: list[Any], base: str) -> Iterator[tuple[str, str, str]]:
    """(rel, type, address) of each link; RSS writes the address between the tags."""
    for child in children:
        if _name(child) == "link":
            href = _resolved(base, child.get("href") or _text(child))
            if href:
                yield (child.get("rel") or "alternate").lower(), (child.get("type") or "").lower(), href


def _entry(item: Any, url: str) -> Entry | None:
    base = _based(item, url)
    fields: dict[str, Any] = {}
    for child in item:
        fields.setdefault(_name(child), child)
    links: dict[str, str] = {}
    for rel, _, href in _links(list(item), base):
        links.setdefault(rel, href)
    key = _resolved(base, _text(fields.get("id", fields.get("guid")))) or links.get("alternate", "") or _said(fields)
    if not key:
        return None
    replies = [_reply(child, base) for child in item if _name(child) == "thr:in-reply-to"][:MAX_REFS]
    return Entry(
        _comment(key, item, fields, links.get("alternate", ""), base),
        tuple(reply for reply in replies if reply.ref or reply.href),
        links.get("related", ""),
        links.get("self", links.get("edit", "")),
    )


def _said(fields: dict[str, Any]) -> str:
    """A key for a comment that its feed gives none, which is the same at the next visit; "" for a bare title."""
    html = _html({name: field for name, field in fields.items() if name != "title"})
    dates = (_text(fields[name]) for name in (*_PUBLISHED, *_UPDATED) if name in fields)
    return said_key(_author(fields)[0], next(dates, ""), html) if html else ""


def _reply(element: Any, base: str) -> Reply:
    return Reply(_resolved(base, element.get("ref") or ""), _resolved(base, element.get("href") or ""))


def _comment(key: str, item: Any, fields: dict[str, Any], link: str, base: str) -> Comment:
    published, updated = _date(fields, *_PUBLISHED), _date(fields, *_UPDATED)
    created = updated if published is None else published
    name, address = _author(fields)
    address = _resolved(base, address)
    html = _html(fields)
    blocks = blocks_of(html, link or base)
    # Isso empties a removed comment that others answered: markup without a word, by nobody.
    state: State = _removed(item, html) or ("deleted" if html.strip() and not (blocks or name) else "live")
    live = state == "live"
    return Comment(
        id=key,
        parent=None,
        author=name_of(name),
        created=created,
        body=html[:BODY_LIMIT] if live else "",
        blocks=blocks if live else (),
        author_url=address_of(address),
        # Programs that store a comment write both dates, a moment apart.
        edited=updated if created is not None and updated is not None and updated > created + 60 else None,
        url=address_of(link),
        state=state,
    )


def _date(fields: dict[str, Any], *names: str) -> int | None:
    found = (time_of(_text(fields[name])) for name in names if name in fields)
    return next((moment for moment in found if moment is not None), None)


def _removed(item: Any, html: str) -> State | None:
    """Blogger keeps a removed comment's place, with a sentence for its words and a property that tells."""
    for child in item:
        if _name(child) == "gd:extendedProperty" and child.get("name") == "blogger.contentRemoved":
            return "moderated" if _ADMIN.search(html) else "deleted"
    return None


def _author(fields: dict[str, Any]) -> tuple[str, str]:
    """(name, address) of the first author. The feed's own author is the story's, not that of a comment without one."""
    author = fields.get("author")
    if author is None:
        return _text(fields.get("dc:creator")), ""
    if not len(author):
        return _text(fields.get("dc:creator")) or _text(author), ""
    uri = _first(author, "uri", _first(author, "url"))
    return _text(_first(author, "name")), _text(uri)


def _html(fields: dict[str, Any]) -> str:
    """The words as HTML, whichever way they are written: escaped, as elements, or plain."""
    names = ("content:encoded", "content", "description", "summary", "title")
    found = ((name, fields[name]) for name in names if name in fields)
    return next((html for html in (_written(name, element) for name, element in found) if html.strip()), "")


def _written(name: str, element: Any) -> str:
    kind = (element.get("type") or "").lower()
    if kind.endswith(("xhtml", "xhtml+xml", "/xml")) or any(isinstance(child.tag, str) for child in element):
        return _elements(element)
    text = text_of(element)
    if name in ("content:encoded", "description") or "html" in kind or element.get("mode") == "escaped":
        return text
    return escape(text.strip(), quote=False).replace("\n", "<br>")


def _elements(element: Any) -> str:
    """XHTML as HTML: namespaces go, for the words' reader knows tags by their plain names."""
    for child in element.iter():
        if isinstance(child.tag, str):
            name = child.tag.rpartition("}")[2].rpartition(":")[2]
            # An undeclared prefix is part of a name that libxml2 read, and lxml does not write.
            child.tag = name if _TAG.fullmatch(name) else "span"
    return inner_html(element)
