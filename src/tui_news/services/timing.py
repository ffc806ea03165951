"""When to ask a feed again. Pure; times in seconds.

The bounds are those that NetNewsWire and Miniflux keep: not more than once an hour unless the reader says so, not less
than once a day whatever a server says ("max-age as long as 16 years" was seen).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC

HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY
LEAST = 600  # what a reader's own interval and a server's wish may come down to
REDIRECTS = 3  # answers in a row that came by the same permanent redirect, before the address is believed
BUSY_HOST = "its server asked us to wait (Retry-After)"


def next_check(now: int, ttl: int | None, headers: Mapping[str, str], interval: int | None = None) -> tuple[int, str]:
    """When a feed that answered is due again and why: the longest of an hour, its ttl, max-age and Expires, at most
    a day. interval: minutes that the reader set for the feed; they come before what the feed would like."""
    if interval:
        return now + max(interval * 60, LEAST), f"as you set it: every {span(interval * 60)}"
    waits = [(HOUR, "hourly")]
    if ttl:
        waits.append((ttl, "the feed asks for it (ttl)"))
    age = re.search(r"max-age\s*=\s*\"?(\d{1,12})", headers.get("cache-control", ""), re.I)
    if age:
        waits.append((int(age[1]), "the server asks for it (max-age)"))
    elif (left := _expires(headers.get("expires", ""), now)) is not None:
        waits.append((left, "the server asks for it (Expires)"))
    wait, why = max(waits)
    return now + min(wait, DAY), why if wait <= DAY else f"{why}, but a day is the most"


def _expires(value: str, now: int) -> int | None:
    if not value:
        return None
    from email.utils import parsedate_to_datetime  # most feeds have no date there, and nobody else needs it

    try:
        moment = parsedate_to_datetime(value)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()) - now
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def span(seconds: int) -> str:
    """A length of time in words: "15 minutes", "3 hours", "2 days"."""
    for size, noun in ((DAY, "day"), (HOUR, "hour"), (60, "minute")):
        if seconds >= size:
            count = round(seconds / size)
            return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
    return "a moment"


def after_failure(now: int, failures: int, retry_after: int | None) -> tuple[int, str]:
    """When a feed that failed for the `failures`th time is due again: doubling from an hour to a day, never off."""
    wait = min(HOUR * 2 ** min(max(failures - 1, 0), 5), DAY)
    why = f"failed {failures} times in a row" if failures > 1 else "failed once"
    if retry_after and retry_after > wait:
        return now + min(retry_after, DAY), BUSY_HOST
    return now + wait, f"{why}, so it waits longer" if failures > 1 else why


def after_redirect(held: str, moves: int, moved_to: str | None) -> tuple[str, int, str | None]:
    """(moved_to, moves, the address to store if it is time) after an answer that came by way of `moved_to`.

    One permanent redirect may be a hotel's network or a mistake; three answers in a row are a move.
    """
    if not moved_to:
        return "", 0, None
    count = moves + 1 if moved_to == held else 1
    return moved_to, count, moved_to if count >= REDIRECTS else None


def conditional(etag: str, modified: str, last_success: int | None, now: int, *, every: int = WEEK) -> dict[str, str]:
    """Headers of a conditional GET. Dropped once in `every` seconds: a 304 hides what the server does not count as a
    change, and some servers answer nothing else for ever."""
    if last_success is None or (last_success // every) != (now // every):
        return {}
    headers = {}
    if etag:
        headers["If-None-Match"] = etag
    if modified:
        headers["If-Modified-Since"] = modified
    return headers


def unconditional_every(link_header: str) -> int:
    """How often a feed is asked for without conditions, by its last Link header. WordPress dates its feeds by their
    stories: comments that arrive change the counts in the feed and not its date, so a 304 keeps them from us."""
    return DAY if "https://api.w.org/" in link_header else WEEK
