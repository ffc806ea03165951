"""The lesser parts of an RSS or Atom entry as feedparser found them: links, enclosures, authors, tags, comments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui_news.feeds import texts
from tui_news.models import Enclosure, Link

MOST = 50
_PERIODS = {"hourly": 3600, "daily": 86400, "weekly": 7 * 86400, "monthly": 30 * 86400, "yearly": 365 * 86400}
SHORTEST, LONGEST = 60, 30 * 86400


def _records(raw: Any, key: str) -> list[Any]:
    found = dict.get(raw, key)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def entry_links(raw: Any, base: str, counts: Sequence[str]) -> tuple[Link, ...]:
    """All links but enclosures, resolved. counts: where their number of comments may be (thr:count, RFC 4685 §4)."""
    found = []
    for item in _records(raw, "links")[:MOST]:
        href = texts.web_url(item.get("href"), base)
        rel = texts.word(item.get("rel")) or "alternate"
        if href and rel != "enclosure":
            kind, title = texts.word(item.get("type")), texts.line(item.get("title"), 200)
            found.append(Link(href, rel, kind, title, _first_count(item, counts)))
    return tuple(found)


def _first_count(item: Any, keys: Sequence[str]) -> int | None:
    for key in keys:
        value = item.get(key)
        if value is not None and (number := texts.count(value)) is not None:
            return number
    return None


def comment_links(links: Sequence[Link]) -> tuple[str, str, int | None]:
    """From rel=replies links (RFC 4685 §4): a page, a feed (Atom before RSS), and a count; "" and None when missing."""
    page = feed = ""
    number: int | None = None
    for link in links:
        if link.rel != "replies":
            continue
        number = link.count if number is None else number
        if "atom" in link.type:
            feed = link.href
        elif "xml" in link.type or "json" in link.type:
            feed = feed or link.href
        else:
            page = page or link.href
    return page, feed, number


def enclosures(raw: Any, base: str) -> tuple[Enclosure, ...]:
    """Enclosures, then sound and video that Media RSS names beside them; each address once."""
    attached = [item for item in _records(raw, "links") if item.get("rel") == "enclosure"]
    media = [item for item in _records(raw, "media_content") if _plays(item)]
    found: dict[str, Enclosure] = {}
    for item in [*attached, *media]:
        url = texts.web_url(item.get("href") or item.get("url"), base)
        if url and url not in found and len(found) < MOST:
            size = _size(item.get("length") or item.get("filesize"))
            found[url] = Enclosure(url, texts.word(item.get("type")), size)
    return tuple(found.values())


def _plays(item: Any) -> bool:
    return str(item.get("type") or item.get("medium") or "").startswith(("audio", "video"))


def _size(value: object) -> int | None:
    digits = str(value).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 16 else None


def authors(raw: Any) -> list[str]:
    """Names, each once; an address only where there is no name."""
    names = [texts.name(item.get("name") or item.get("email")) for item in _records(raw, "authors")[:10]]
    names = [name for name in names if name] or [texts.name(dict.get(raw, "author"))]
    return list(dict.fromkeys(name[:200] for name in names if name))


def tags(raw: Any) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in _records(raw, "tags"):
        tag = texts.name(item.get("label") or item.get("term"))[:100]
        if tag:
            found[tag] = None
        if len(found) == MOST:
            break
    return tuple(found)


def period(feed: Any) -> int | None:
    """How long the feed asks to be left alone, in seconds: RSS ttl (minutes), else the syndication module."""
    minutes = texts.count(dict.get(feed, "ttl"))
    if minutes:
        return _clamped(minutes * 60)
    every = _PERIODS.get(str(dict.get(feed, "sy_updateperiod") or "").strip().lower())
    if every is None:
        return None
    return _clamped(every // max(texts.count(dict.get(feed, "sy_updatefrequency")) or 1, 1))


def _clamped(seconds: int) -> int:
    return max(SHORTEST, min(LONGEST, seconds))
