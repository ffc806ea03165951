"""A comment's body as clean blocks, and its other fields as clean lines. Run in a worker, at fetch time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256

from tui_news.models import Block
from tui_news.text.plain import fold_quote_lines
from tui_news.text.sanitize import UNSAFE, clean_line, clean_url

BODY_LIMIT = 65_536  # characters of one body; nobody reads more, and a thousand of these must fit
AUTHOR_LIMIT = 200
_EARLIEST, _LATEST = 0, 4_102_444_800  # 1970 and 2100: dates outside are mistakes, not dates


def blocks_of(html: str, base: str) -> tuple[Block, ...]:
    """The body's blocks; paragraphs that start with ">" are quotes. Links are made absolute against `base`."""
    from tui_news.text.html import html_to_blocks  # here: a worker that reads feeds finds threads, and renders none

    return tuple(fold_quote_lines(html_to_blocks(html[:BODY_LIMIT], base)))


def name_of(author: object) -> str:
    return clean_line(author, AUTHOR_LIMIT) if isinstance(author, str) else ""


def key_of(name: str, limit: int = 1_000) -> str:
    """A comment's key as its source wrote it, without what a terminal would obey: keys are printed too, in JSON."""
    return UNSAFE.sub("", name[:limit]).replace("\n", "")


def said_key(author: str, date: str, html: str) -> str:
    """A key made from what a comment says, for one that its source gives none."""
    told = "\0".join((author, date, html[:2_000]))
    return f"said-{sha256(told.encode('utf-8', 'replace')).hexdigest()[:20]}"


def address_of(url: object, base: str = "") -> str | None:
    return clean_url(url, base) if isinstance(url, str) and url.strip() else None


def time_of(value: object, assume_utc: bool = False) -> int | None:
    """Unix seconds of an ISO 8601 or RFC 2822 date, or of a number; None when it is none, or has no zone.

    assume_utc: a date without a zone is UTC (WordPress' date_gmt). Never a guess otherwise.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _sane(value / 1_000 if _LATEST < value < _LATEST * 1_000 else value)  # some count in thousandths
    if not isinstance(value, str) or not 8 <= len(value.strip()) <= 64:
        return None
    if re.fullmatch(r"\d{9,13}", value.strip(), re.ASCII):
        return time_of(int(value))
    moment = _moment(value.strip())
    if moment is None or (moment.tzinfo is None and not assume_utc):
        return None
    try:
        return _sane((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(text)
        # "-0000" is UTC whose zone of origin is not told (RFC 5322 §3.3).
        return moment.replace(tzinfo=UTC) if text.endswith("-0000") else moment
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sane(seconds: float) -> int | None:
    return int(seconds) if _EARLIEST < seconds < _LATEST else None
