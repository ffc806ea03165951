"""When to ask a feed again. Pure; times in seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping

HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY


def next_check(now: int, ttl: int | None, headers: Mapping[str, str]) -> tuple[int, str]:
    """When a feed that answered is due again and why: the longest of an hour, its ttl and max-age, at most a day."""
    waits = [(HOUR, "hourly")]
    if ttl:
        waits.append((ttl, "the feed asks for it (ttl)"))
    age = re.search(r"max-age\s*=\s*(\d{1,9})", headers.get("cache-control", ""), re.I)
    if age:
        waits.append((int(age[1]), "the server asks for it (max-age)"))
    wait, why = max(waits)
    return now + min(wait, DAY), why


def after_failure(now: int, failures: int, retry_after: int | None) -> tuple[int, str]:
    """When a feed that failed for the `failures`th time is due again: doubling from an hour to a day, never off."""
    wait = min(HOUR * 2 ** min(max(failures - 1, 0), 5), DAY)
    why = f"failed {failures} times in a row" if failures > 1 else "failed once"
    if retry_after and retry_after > wait:
        return now + min(retry_after, DAY), "the server asked us to wait (Retry-After)"
    return now + wait, why


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
