"""Bytes to a parsed feed: `parse_feed`. Slow on hostile input, so it runs in a worker that can be killed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui_news.feeds.decoding import allowed, decode, false_claims
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
    text = trimmed(decode(body, headers.get("content-type", "")))
    if not text.strip("\0 \t\r\n"):
        raise FeedError("this is no feed", "it is empty", "try again later, or look for another feed of the site")
    if root_of(text) == "json":
        parsed, count = parse_json_feed(text, url, now), 0
    else:
        text, count = thinned(allowed(text))
        parsed = parse_xml_feed(text, url, headers, now)
        claims = tuple(false_claims(body, headers.get("content-type", "")))
        parsed = replace(parsed, warnings=(*parsed.warnings, *claims)) if claims else parsed
    return _newest(parsed, max(count, len(parsed.entries)))


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
