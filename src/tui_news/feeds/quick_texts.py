"""What the quick reading takes of a text as it is, because feedparser would leave it so."""

from __future__ import annotations

import re
from html.entities import entitydefs

_SECOND_LOOK = re.compile(r"</(\w+)>|&#?\w+;")
# UTF-8 read as Latin-1 ([\xc2-\xf4][\x80-\xbf]), or Windows' own characters ([\x80-\x9f]). Looked for among the bytes,
# where each has this rare one: the patterns of characters would take as long as all the rest of the reading.
_MENDED = re.compile(rb"\xc2(?:[\x80-\x9f]|(?<=\xc3[\x82-\xb4]\xc2))")


class Odd(Exception):
    """Something that only feedparser should read."""


def heal(text: str) -> None:
    """Only what feedparser would leave as it is: it mends what was encoded twice, and Windows' quotes."""
    data = text.encode()
    if b"\xc2" in data and _MENDED.search(data):
        raise Odd


def plain_link(text: str) -> str:
    """A link that feedparser would leave as it is."""
    if ":///" in text or ("&" in text and _SECOND_LOOK.search(text)):
        raise Odd
    return text


def looks_like_html(text: str) -> bool:
    """Whether feedparser would take a plain text for HTML: by its references. By its tags, it should say itself."""
    if ("&" not in text and "<" not in text) or not _SECOND_LOOK.search(text):
        return False
    if re.search(r"</?\w", text):
        raise Odd
    return all(name in entitydefs for name in re.findall(r"&(\w+);", text))
