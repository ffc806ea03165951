"""JSON Feed 1.0 and 1.1 (jsonfeed.org). Every field may be missing, of the wrong type, or absurd."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tui_news.feeds import texts
from tui_news.feeds.dates import parse_date
from tui_news.feeds.decoding import without_surrogates
from tui_news.models import Enclosure, FeedError, Link, ParsedEntry, ParsedFeed

MOST = 50
_DEEP = "it is nested deeper than any feed"


def parse_json_feed(text: str, url: str, now: int | None = None) -> ParsedFeed:
    """Parse a JSON Feed document. Raises FeedError for JSON that is no feed, or no JSON."""
    top = _load(text)
    if not isinstance(top, dict) or not _is_feed(top):
        raise FeedError("this is no feed", "it is JSON, but no JSON Feed", "look for the site's RSS, Atom or JSON feed")
    base = texts.web_url(top.get("home_page_url"), url) or url
    items = top.get("items", [])
    if not isinstance(items, list):
        raise FeedError("the feed could not be read", "what should be its list of items is none")
    everyones = ", ".join(_authors(top))  # who wrote what names nobody (JSON Feed 1.1, "authors")
    entries = tuple(
        _entry(item, base, everyones, now) for item in items if isinstance(item, dict) and _has_something(item)
    )
    skipped = len(items) - len(entries)
    return ParsedFeed(
        title=texts.title_line(top.get("title"), False),
        link=texts.web_url(top.get("home_page_url"), url),
        entries=entries,
        subtitle=texts.title_line(top.get("description"), False),
        kind="json11" if "1.1" in _text(top.get("version")) else "json1",
        language=texts.language(top.get("language")),
        generator=texts.line(top.get("generator"), 200),
        links=tuple(_feed_links(top, base)),
        author=everyones,
        warnings=(f"{skipped} of {len(items)} items held nothing that could be read",) if skipped else (),
    )


def is_json_feed(text: str) -> bool:
    """Whether a JSON document is a feed. A long one may be cut off: then its beginning must name the version."""
    if "jsonfeed.org/version" in text[:65536].replace("\\/", "/"):
        return True
    try:
        top = _load(text)
    except FeedError:
        return False
    return isinstance(top, dict) and _is_feed(top)


def _load(text: str) -> Any:
    try:
        return json.loads(text, strict=False, parse_int=_integer, parse_constant=lambda name: None)
    except RecursionError:
        raise FeedError("this is no feed", _DEEP) from None
    except ValueError as error:
        raise FeedError("the feed could not be read", f"its JSON is broken ({texts.line(str(error), 100)})") from None


def _integer(digits: str) -> int | str:
    """Ids may be numbers of any length: those beyond 64 bits stay text, which stores and compares just as well."""
    return int(digits) if len(digits) < 19 else digits


def _is_feed(top: dict[str, Any]) -> bool:
    if "jsonfeed.org/version" in _text(top.get("version")):
        return True
    items = top.get("items")
    named = any(isinstance(top.get(key), str) for key in ("feed_url", "home_page_url", "title"))
    return named and isinstance(items, list) and any(isinstance(i, dict) and _has_something(i) for i in items)


def _has_something(item: dict[str, Any]) -> bool:
    keys = ("id", "url", "external_url", "title", "content_html", "content_text", "summary")
    return any(_text(item.get(key)) for key in keys)


def _text(value: object) -> str:
    """Text, or a number as text (JSON Feed 1.1: an id of another type is coerced); "" for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return without_surrogates(str(value))


def _entry(item: dict[str, Any], base: str, everyones: str, now: int | None) -> ParsedEntry:
    link = texts.web_url(item.get("url"), base) or texts.web_url(item.get("external_url"), base)
    entry_id = _text(item.get("id")).strip()
    published, updated = (parse_date(_text(item.get(key)), now=now) for key in ("date_published", "date_modified"))
    content_html, content_text = _text(item.get("content_html")), _text(item.get("content_text"))
    return ParsedEntry(
        id=entry_id,
        link=link or texts.web_url(entry_id),
        title=texts.title_line(item.get("title"), False),
        author=", ".join(_authors(item)) or everyones,
        published=published if published is not None else updated,
        updated=updated,
        summary=texts.body(_text(item.get("summary")), False),
        content=texts.body(content_html, True) if content_html else texts.body(content_text, False),
        links=tuple(_item_links(item, base)),
        enclosures=tuple(_enclosures(item.get("attachments"), base)),
        tags=tuple(_tags(item.get("tags"))),
        language=texts.language(item.get("language")),
    )


def _authors(item: dict[str, Any]) -> Iterator[str]:
    """Names of `authors` (1.1), else of `author` (1.0)."""
    many = item.get("authors")
    for author in (many if isinstance(many, list) and many else [item.get("author")])[:10]:
        name = texts.line(author.get("name") if isinstance(author, dict) else author, 200)
        if name:
            yield name


def _tags(tags: object) -> Iterator[str]:
    clean = (texts.line(_text(tag), 100) for tag in (tags[:MOST] if isinstance(tags, list) else ()))
    yield from dict.fromkeys(tag for tag in clean if tag)


def _enclosures(attachments: object, base: str) -> Iterator[Enclosure]:
    for item in attachments[:MOST] if isinstance(attachments, list) else ():
        url = texts.web_url(item.get("url"), base) if isinstance(item, dict) else ""
        if url:
            size = item.get("size_in_bytes")
            length = int(size) if _text(size) and isinstance(size, int | float) and 0 <= size < 2**53 else None
            yield Enclosure(url, texts.line(item.get("mime_type"), 100), length)


def _item_links(item: dict[str, Any], base: str) -> Iterator[Link]:
    """The story that a link blog's item is about."""
    external = texts.web_url(item.get("external_url"), base)
    if external:
        yield Link(external, "related", title="")


def _feed_links(top: dict[str, Any], base: str) -> Iterator[Link]:
    for key, rel in (("feed_url", "self"), ("next_url", "next")):
        url = texts.web_url(top.get(key), base)
        if url:
            yield Link(url, rel, "application/feed+json")
    hubs = top.get("hubs")
    for hub in hubs[:MOST] if isinstance(hubs, list) else ():
        url = texts.web_url(hub.get("url"), base) if isinstance(hub, dict) else ""
        if url:
            yield Link(url, "hub", texts.line(hub.get("type"), 100))
