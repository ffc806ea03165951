"""Paragraphs of a plain text: parted by blank lines, or by the end of a line too long to be a wrapped one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_news.text.quotes.spans import Para

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|(?<=[^\n]{100})\n")


def paragraphs(text: str) -> Iterator[Para]:
    """Yield the paragraphs of `text` in order, without the white space at their ends."""
    at = 0
    for gap in _BLANK.finditer(text):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Para]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Para(start, end)
