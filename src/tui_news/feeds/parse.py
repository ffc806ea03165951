"""Bytes to a parsed feed: `parse_feed`. Slow on hostile input, so it runs in a worker that can be killed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tui_news.feeds.decoding import allowed, changes_no_xml, decode, false_claims
from tui_news.feeds.jsonfeed import parse_json_feed
from tui_news.feeds.repair import MOST_ENTRIES, root_of, thinned, trimmed
from tui_news.feeds.rss_atom import parse_xml_feed
from tui_news.models import FeedError, ParsedEntry, ParsedFeed


def parse_feed(
    body: bytes, url: str = "", headers: Mapping[str, str] | None = None, *, now: int | None = None
) -> ParsedFeed:
    """Parse a feed document of any kind: RSS, Atom, RDF, CDF, JSON Feed. Raises FeedError for anything else.

    url: where it came from, to resolve relative links. headers: the response's, names in lower case ("content-type",
    "content-language" are read). now: dates later than a day after it are dropped (default: those after 2100).
    """
    headers = headers or {}
    return parse_text(readable(body, headers), body, url, headers, now=now)


def readable(body: bytes, headers: Mapping[str, str]) -> str:
    """The document's text, in characters that its kind allows. Raises FeedError for an empty one."""
    text = _written(body, headers)
    return text if root_of(text) == "json" else allowed(text)


def readings(body: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    """What to try reading: the text as it is, if a parser of XML refuses what is not allowed in it; then, if that is
    another, as `readable` has it. Raises FeedError for an empty one."""
    text = _written(body, headers)
    tried = root_of(text) == "json" or changes_no_xml(text)
    if tried:
        yield text
    mended = text if root_of(text) == "json" else allowed(text)
    if not tried or mended != text:
        yield mended


def _written(body: bytes, headers: Mapping[str, str]) -> str:
    text = trimmed(decode(body, headers.get("content-type", "")))
    if not text.lstrip("\0 \t\r\n"):
        raise FeedError("this is no feed", "it is empty", "try again later, or look for another feed of the site")
    return text


def parse_text(
    text: str, body: bytes, url: str, headers: Mapping[str, str], *, now: int | None = None, judged: bool = False
) -> ParsedFeed:
    """As `parse_feed`, of what `readable` made of the body. judged: the quick reading has left it to feedparser."""
    if root_of(text) == "json":
        parsed, count = parse_json_feed(text, url, now), 0
    else:
        text, count = thinned(text)
        parsed = with_claims(parse_xml_feed(text, url, headers, now, judged=judged), body, headers)
    return _newest(parsed, max(count, len(parsed.entries)))


def with_claims(parsed: ParsedFeed, body: bytes, headers: Mapping[str, str]) -> ParsedFeed:
    """With what the server or the document wrongly says of it among the warnings."""
    claims = tuple(false_claims(body, headers.get("content-type", "")))
    return replace(parsed, warnings=(*parsed.warnings, *claims)) if claims else parsed


def _newest(parsed: ParsedFeed, count: int) -> ParsedFeed:
    """The feed with its newest `MOST_ENTRIES` entries, in its own order."""
    if len(parsed.entries) <= MOST_ENTRIES:
        return parsed
    kept = newest(parsed.entries, MOST_ENTRIES)
    note = f"the feed holds {count} entries: the newest {MOST_ENTRIES} were taken"
    return replace(parsed, entries=kept, warnings=(*parsed.warnings, note))


def newest(entries: Sequence[ParsedEntry], most: int) -> tuple[ParsedEntry, ...]:
    """The newest entries by date; undated ones count as older, and as the older the later they come."""
    order = sorted(range(len(entries)), key=lambda i: (-(entries[i].published or 0), i))
    return tuple(entries[i] for i in sorted(order[:most]))
