"""A stretch of text around the words that were searched for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.text.query.words import fold
from tui_news.text.sanitize import clean_line

BEFORE, WIDTH = 40, 160  # characters


def snippet(pattern: re.Pattern[str] | None, texts: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """(one clean line, the words' places in it), from the first text that has any of the words.

    Without one (the words may stand in parts the snippet's text lacks) the start of the first text.
    """
    for text in texts:
        match = pattern.search(fold(text)) if pattern is not None else None
        if match and pattern is not None:
            return _around(pattern, text, match.start())
    start = next((text for text in texts if text), "")
    return clean_line(start[:WIDTH]), ()


def _around(pattern: re.Pattern[str], text: str, place: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Cut at spaces, with "…" where text is left out; the places are found again in the cleaned line."""
    start, end = max(0, place - BEFORE), min(len(text), max(0, place - BEFORE) + WIDTH)
    if start:
        space = text.find(" ", start, place)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", place + 1, end)
        end = space if space > place + BEFORE else end
    line = clean_line(text[start:end])
    line = f"{'…' if start else ''}{line}{'…' if end < len(text) else ''}"
    return line, tuple(match.span() for match in pattern.finditer(fold(line)) if match.end() > match.start())
