"""Times for people and for JSON. Times are Unix seconds (UTC); any integer is shown, beyond the calendar clamped."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from tui_news.text.ago import ago
from tui_news.text.lazy import lazily

__all__ = ["ago", "ago_words", "day", "iso", "parse_iso"]

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FIRST, _LAST = -62_135_596_800 + 86_400, 253_402_300_799 - 86_400  # years 1..9999, less a day for time zones
_ISO = lazily(
    r"\s*(\d{4})-?(\d\d)(?:-?(\d\d))?"
    r"(?:(?:T|t|\s+)(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d{1,30})?)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*",
    re.ASCII,
)


_UNITS = {"m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}


def ago_words(then: int, now: int) -> str:
    """How long ago, to be read in a sentence: "just now", "5 minutes ago", "1 day ago"."""
    short = ago(then, now)
    if short == "now":
        return "just now"
    number = short.rstrip("mhdwoy")
    unit = _UNITS[short.removeprefix(number)]
    return f"{number} {unit}{'' if number == '1' else 's'} ago"


def day(then: int, tz: tzinfo | None = UTC) -> str:
    """The date in words, "Fri 22 Oct 2021", in UTC or the zone given (None: the reader's own)."""
    t = _moment(then).astimezone(tz)
    return f"{_DAYS[t.weekday()]} {t.day} {_MONTHS[t.month - 1]} {t.year}"


def iso(t: int) -> str:
    """ISO 8601 in UTC: "2021-10-22T08:30:00Z"."""
    return _moment(t).replace(tzinfo=None).isoformat() + "Z"


def parse_iso(s: str) -> int | None:
    """Seconds of an ISO 8601 date or time (no zone: UTC), None if it is none. Fractions are cut off."""
    m = _ISO.fullmatch(s[:80]) if len(s) < 80 else None
    if not m or (m[3] is None and (m[4] is not None or "-" not in s)):
        return None
    year, month, date, hour, minute, second = (int(m[i] or (1 if i == 3 else 0)) for i in range(1, 7))
    try:
        if (hour, minute, second) == (24, 0, 0):
            return _seconds(datetime(year, month, date, tzinfo=_zone(m[7]))) + 86_400
        return _seconds(datetime(year, month, date, hour, minute, min(second, 59), tzinfo=_zone(m[7])))
    except ValueError:
        return None


def _moment(t: int) -> datetime:
    return _EPOCH + timedelta(seconds=min(max(t, _FIRST), _LAST))


def _seconds(moment: datetime) -> int:
    """`datetime.timestamp` overflows on offsets at the ends of the calendar; subtraction does not."""
    return (moment - _EPOCH) // timedelta(seconds=1)


def _zone(mark: str | None) -> tzinfo:
    if not mark or mark[0] not in "+-":
        return UTC
    digits = mark[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return timezone(timedelta(minutes=-minutes if mark[0] == "-" else minutes))
