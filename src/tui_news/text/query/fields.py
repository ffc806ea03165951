"""The fields of the language, and what their values may be."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Mapping

from tui_news.text.query.nodes import Field, Place, QueryError, Text

IS = ("unread", "read", "starred", "muted", "offline")
HAS = ("comments", "new", "quotes", "tags")
PLACES: Mapping[str, Place] = {
    "title": "title", "author": "author", "body": "body", "comments": "comments", "comment": "comments",
    "quote": "quote",
}  # fmt: skip
TIMES: Mapping[str, str] = {"newer": "newer", "since": "newer", "older": "older", "before": "older"}
HELP: Mapping[str, str] = {
    "feed": "a feed, by words of its title, its address or its number",
    "folder": "a folder and those inside it",
    "tag": "a tag of yours; tag:* has any",
    "is": "one of " + ", ".join(IS),
    "has": "one of " + ", ".join(HAS),
    "title": "words of the title", "author": "words of the author’s name", "body": "words of the text",
    "comments": "words of the comments and their authors", "comment": "the same as comments:",
    "quote": "words that somebody says in the story",
    "speaker": "who is quoted", "lang": "a language: en, nb, de",
    "newer": "an age or a date: 36h 2d 3w 6mo 1y, 2026-11-01, today", "since": "the same as newer:",
    "older": "an age or a date, as for newer:", "before": "the same as older:",
}  # fmt: skip
AGE = re.compile(r"(\d{1,5})(min|h|d|w|mo|m|y)", re.ASCII)
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
DAYS = ("today", "yesterday")
UNITS = {"min": 60, "h": 3600, "d": 86400, "w": 604800, "mo": 2629800, "m": 2629800, "y": 31557600}  # seconds
LANGUAGES: Mapping[str, tuple[str, ...]] = {"no": ("no", "nb", "nn")}  # a language in several codes
_LANG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", re.ASCII)


def field(name: str, value: str, prefix: bool, text: str, at: int, value_at: int) -> Text | Field:
    """The node for `name:value`. at, value_at: where the two stand in `text`. Raises QueryError."""
    if name in PLACES:
        return Text(value, PLACES[name], prefix, at)
    made = TIMES.get(name, name)
    checked = CHECKS.get(made, _any)(value) if value or made != "tag" else ""
    if checked is None:
        raise QueryError(f"{name}: is {HELP[name]}", text, value_at)
    return Field(made, checked, prefix and made == "tag", at)


def _any(value: str) -> str | None:
    return " ".join(value.split()) or None


def _one_of(known: tuple[str, ...]) -> Callable[[str], str | None]:
    return lambda value: value.lower() if value.lower() in known else None


def _time(value: str) -> str | None:
    value = value.lower()
    if value in DAYS or AGE.fullmatch(value):
        return value
    date = DATE.fullmatch(value)
    if date and int(date[1]) >= 1 and 1 <= int(date[2] or 1) <= 12 and 1 <= int(date[3] or 1) <= 31:
        return value
    return None


def _lang(value: str) -> str | None:
    return value.lower().replace("_", "-") if _LANG.fullmatch(value) else None


CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "is": _one_of(IS),
    "has": _one_of(HAS),
    "newer": _time,
    "older": _time,
    "lang": _lang,
}


def spelt(wanted: str, languages: Iterable[str]) -> list[str]:
    """Those that are the wanted one, or one of its kinds: no is nb_NO too."""
    codes = tuple(f"{code}-" for code in LANGUAGES.get(wanted, (wanted,)))
    return [one for one in languages if f"{one.lower().replace('_', '-')}-".startswith(codes)]


def inside(folder: str, wanted: str) -> bool:
    """`News/Norway` is inside News, News/Norway, and (said short) Norway."""
    return bool(wanted) and f"/{wanted}/" in f"/{folder}/"


def moment(value: str, now: int) -> int:
    """An age or a date (of the reader's own days) in seconds since the epoch."""
    age = AGE.fullmatch(value)
    if age:
        return now - int(age[1]) * UNITS[age[2]]
    date = DATE.fullmatch(value)
    year, month, day = (int(date[1]), int(date[2] or 1), int(date[3] or 1)) if date else time.localtime(now)[:3]
    day -= value == "yesterday"
    try:
        return int(time.mktime((year, month, day, 0, 0, 0, 0, 0, -1)))
    except (OverflowError, ValueError):  # a year before the epoch of some systems, or one far ahead
        return -(2**40) if year < 1970 else 2**40
