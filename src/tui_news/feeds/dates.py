"""Dates as feeds write them: RFC 822, RFC 3339, Unix time, and what feedparser knows beside.

A feed's date decides what is on top of a list, so a false one is worse than none: years outside 1990…2100, offsets of
more than a day and figures that only look like a date give None, and the story is then dated by when it was seen.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache
from typing import Any

from tui_news.feeds.worded_dates import half_days, worded, zone

EARLIEST = calendar.timegm((1990, 1, 1, 0, 0, 0))
LATEST = calendar.timegm((2101, 1, 1, 0, 0, 0))
DAY = 86400

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ]\s*(\d\d?):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?",
    re.I,
)
_OFFSET = re.compile(r"([+-])(\d\d):?(\d\d)?")
_UNIX = re.compile(r"(\d{9,10})(\d{3})?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# As nearly every feed writes them, RSS or Atom. Days and zones come again and again.
_USUAL = re.compile(r"([^:]{11,17})(\d\d):(\d\d):(\d\d)(.{1,6})", re.ASCII)
_DAY = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(\d\d?) ({'|'.join(_MONTHS)}) ([12]\d\d\d) "
    r"|(\d\d\d\d)-(\d\d)-(\d\d)T",
    re.ASCII,
)
_ZONE = re.compile(r" (?:GMT|[+-]\d\d[0-5]\d)|Z|[+-]\d\d:\d\d", re.ASCII)
_EPOCH = date(1970, 1, 1).toordinal()
_FALSE_YEAR = re.compile(r"[+-]?(?:0000|\d{5,7}|\d{9,})(?!\d)|-\d")
# Zones that RFC 822 does not name and email.utils takes for UTC; minutes east of it.
_ZONES = {
    "CET": 60, "CEST": 120, "MET": 60, "MEST": 120, "EET": 120, "EEST": 180, "WEST": 60, "BST": 60, "MSK": 180,
    "IST": 330, "JST": 540, "KST": 540, "HKT": 480, "SGT": 480, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780,
    "AKST": -540, "AKDT": -480, "HST": -600, "BRT": -180, "ART": -180,
}  # fmt: skip


def parse_date(raw: object, parsed: Any = None, now: int | None = None) -> int | None:
    """A date as Unix seconds, or None for a missing, unreadable or absurd one (later than a day after `now`).

    parsed: feedparser's reading (a UTC time tuple), used for forms that neither RFC describes.
    """
    text = raw.strip()[:100] if isinstance(raw, str) else ""
    if not text:
        return None
    if parsed is None:
        return plausible(_read(text), now)
    return plausible(_told(text, parsed), now)


@lru_cache(maxsize=256)
def _read(text: str) -> int | None:
    """A date of a form that we know ourselves. `quick` asks whether it is one, and then it is read."""
    return _told(text, None)


def _told(text: str, parsed: Any) -> int | None:
    if (known := _usual(text)) is not None:
        return known
    iso = _ISO.match(text)
    seconds = _iso(iso) if iso else _unix(text)
    if iso and not iso[4] and ":" in text[iso.end() :]:  # "2024-01-02 오후 03:04:05": feedparser knows more
        told = _from_tuple(parsed)
        seconds = seconds if told is None else told
    if seconds is None and not iso and not _FALSE_YEAR.match(text):
        readers = (_worded, _rfc822) if half_days(text) else (_rfc822, _worded)
        tried = (read(text) for read in readers)  # nearly always the first one knows, and words in many languages cost
        seconds = next((value for value in tried if value is not None), None)
        seconds = _from_tuple(parsed) if seconds is None else seconds
    return seconds


def plausible(seconds: int | None, now: int | None = None) -> int | None:
    """The time if it lies between 1990 and tomorrow (without `now`: the end of 2100)."""
    if seconds is None or not EARLIEST <= seconds < LATEST:
        return None
    return None if now is not None and seconds > now + DAY else seconds


def _iso(match: re.Match[str]) -> int | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    return _seconds(year, month, day, hour, minute, second, _minutes_east(match[7] or ""))


def _usual(text: str) -> int | None:
    """A date of the usual form; None where another way may know it."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    day, hour, minute, second, zone = match.groups()
    days, east = _days(day), _east(zone)
    if days is None or east is None or (day[-1] == " ") is not (zone[0] == " "):
        return None
    return _at(days, int(hour), int(minute), int(second), east)


@lru_cache(maxsize=512)
def _days(day: str) -> int | None:
    """ "Fri, 02 Oct 2026 " or "2026-10-02T" as days since 1970."""
    match = _DAY.fullmatch(day)
    if match is None:
        return None
    if match[4]:
        return _days_since_epoch(int(match[4]), int(match[5]), int(match[6]))
    return _days_since_epoch(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))


@lru_cache(maxsize=64)
def _east(zone: str) -> int | None:
    return _minutes_east(zone.strip()) if _ZONE.fullmatch(zone) else None


def _minutes_east(zone: str) -> int | None:
    """An offset like "+01:00" in minutes; None when it is none that the Earth has."""
    match = _OFFSET.fullmatch(zone)
    if match is None:
        return 0
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    if minutes > 15 * 60:
        return None
    return -minutes if match[1] == "-" else minutes


def _unix(text: str) -> int | None:
    match = _UNIX.fullmatch(text)
    return int(match[1]) if match else None


def _rfc822(text: str) -> int | None:
    from email.utils import parsedate_tz  # here: few dates need it, and it takes 9 ms of a worker's start

    try:
        parts = parsedate_tz(text)
    except (ValueError, IndexError, TypeError):  # email.utils on figures it did not foresee
        return None
    if parts is None:
        return None
    east = _ZONES.get(text.rsplit(None, 1)[-1].upper(), zone(text))  # email.utils takes +01:00 for UTC
    rest = 0
    if east is None:
        east, rest = divmod(parts[9] or 0, 60)
    if rest or abs(east) > 15 * 60:
        return None
    return _seconds(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], east)


def _worded(text: str) -> int | None:
    parts = worded(text)
    if parts is None or abs(parts[6]) > 15 * 60:
        return None
    return _seconds(*parts[:6], _ZONES.get(text.rsplit(None, 1)[-1].upper(), parts[6]))


def _from_tuple(parsed: Any) -> int | None:
    try:
        year, month, day, hour, minute, second = (int(part) for part in tuple(parsed)[:6])
    except (TypeError, ValueError):
        return None
    return _seconds(year, month, day, hour, minute, second, 0)


def _seconds(year: int, month: int, day: int, hour: int, minute: int, second: int, east: int | None) -> int | None:
    """None for an impossible date. "24:00:00" is the next midnight and a leap second the second before it."""
    days = None if east is None else _days_since_epoch(year, month, day)
    return None if days is None or east is None else _at(days, hour, minute, second, east)


def _days_since_epoch(year: int, month: int, day: int) -> int | None:
    try:
        return date(year, month, day).toordinal() - _EPOCH
    except (ValueError, OverflowError):
        return None


def _at(days: int, hour: int, minute: int, second: int, east: int) -> int | None:
    if hour > 24 or minute > 59 or min(hour, minute, second) < 0:
        return None
    return ((days * 24 + hour) * 60 + minute - east) * 60 + min(second, 59)
