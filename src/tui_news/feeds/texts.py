"""Feed texts into what a parsed entry holds: titles as one clean line, bodies as HTML within a limit."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from tui_news.feeds.decoding import without_surrogates
from tui_news.text.sanitize import clean_line, clean_url
from tui_news.text.urls import is_ready

BODY_LIMIT = 1_048_576
BUILTIN = "builtin:"
_LINE_INPUT = 8000  # a title of 5 MB is cut before any pattern looks at it
_SHORT = 200  # characters that may be remembered

_TAG = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|<[/!?a-zA-Z][^<>]*>|<!--.*", re.S | re.I)
_BREAKING = re.compile(r"<(?:br|/?p|/?div|/?li|/?h\d|/?td)\b", re.I)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TWICE = re.compile(
    r"&(?:amp|quot|apos|nbsp|#0?3[489]|#x2[267]|#8\d{3}|#x20[0-9a-f]{2}|[lr][sd]quo|[mn]dash|hellip);", re.I
)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8}){0,4}")


def line(text: object, limit: int = 1000) -> str:
    """Plain text as one clean line; whatever is not text gives ""."""
    return clean_line(text[:_LINE_INPUT], limit) if isinstance(text, str) else ""


def word(text: object) -> str:
    """As `line`, of at most 100 characters, for what entries say again and again: "alternate", "text/html"."""
    return _word(text) if isinstance(text, str) and len(text) <= _SHORT else line(text, 100)


@lru_cache(maxsize=256)
def _word(text: str) -> str:
    return line(text, 100)


def name(text: object) -> str:
    """As `title_line` of HTML, for the names of authors and tags, which a feed repeats."""
    return _name(text) if isinstance(text, str) and len(text) <= _SHORT else title_line(text, True)


@lru_cache(maxsize=1024)
def _name(text: str) -> str:
    return title_line(text, True)


def title_line(text: object, is_html: bool) -> str:
    """A title as one clean line: HTML without its tags, references decoded.

    Plain titles are kept as they are but for references: no reader means "&amp;" when writing "AT&amp;amp;T", while
    "a < b" and "<br>" in a plain title are words.
    """
    if not isinstance(text, str):
        return ""
    text = text[:_LINE_INPUT]
    if "<" not in text and "&" not in text:
        return clean_line(text)
    if is_html:
        text = _REFERENCE.sub(_decoded, _TAG.sub(_spaced, text))
    return clean_line(_TWICE.sub(_decoded, text))


def _spaced(match: re.Match[str]) -> str:
    return " " if _BREAKING.match(match[0]) else ""


def _decoded(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def body(text: str, is_html: bool) -> str:
    """A body as HTML of at most `BODY_LIMIT` characters, not cut inside a tag; plain text becomes paragraphs."""
    text = without_surrogates(text)
    if not is_html:
        text = paragraphs(text[:BODY_LIMIT])
    if len(text) <= BODY_LIMIT:
        return text.strip()
    cut = text[:BODY_LIMIT]
    opened = cut.rfind("<")
    return cut[:opened] if opened > cut.rfind(">") else cut


def paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, other line ends are line breaks."""
    parts = (part.strip() for part in _BLANK_LINES.split(text.replace("\r\n", "\n")))
    return "".join("<p>" + html.escape(part, quote=False).replace("\n", "<br>\n") + "</p>" for part in parts if part)


def url(text: object, base: str = "") -> str:
    """A link resolved against the base, if it is one that may be followed (http, https, mailto); else "".

    Links to the built-in edition count only where the base says that it is the edition that makes them.
    """
    if not isinstance(text, str) or not text.strip():
        return ""
    return clean_url(without_surrogates(text.strip()), base, builtin=base.startswith(BUILTIN)) or ""


def web_url(text: object, base: str = "") -> str:
    """As `url`, for what can be fetched (no mailto)."""
    if not text:
        return ""
    if isinstance(text, str) and is_ready(text):
        return text
    found = url(text, base)
    return "" if found.startswith("mailto:") else found


def language(text: object) -> str | None:
    """A language tag (BCP 47) such as "nb" or "en-GB", else None."""
    if not text or not isinstance(text, str):
        return None
    text = text.strip()
    return text.replace("_", "-") if _LANGUAGE.fullmatch(text) else None


def count(value: object) -> int | None:
    """A number of comments: a whole number that is not absurd, else None."""
    digits = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 8 else None
