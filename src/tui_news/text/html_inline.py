"""The text of the block that is being written: white space folded, spans kept in step with it."""

from __future__ import annotations

import re
import unicodedata

from tui_news.models import Span
from tui_news.models.article import SpanStyle
from tui_news.text.sanitize import scrub_after

STYLES: dict[str, SpanStyle] = {
    "em": "em", "i": "em", "dfn": "em", "var": "em", "cite": "em",
    "strong": "strong", "b": "strong",
    "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "a": "link", "sup": "sup", "sub": "sub",
    "del": "strike", "s": "strike", "strike": "strike",
    "mark": "mark", "ins": "mark",
}  # fmt: skip
_SPACE = re.compile(r"[ \t\n\r\f]+")
MOST_OPEN = 60


class Inline:
    """Text and spans of one block. `verbatim`: inside <pre>, where white space counts."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length, self.last = 0, ""
        self.spans: list[Span] = []
        self.opened: list[tuple[str, int, str | None]] = []
        self.verbatim = False
        self.quoting = 0
        self.lead = ""

    def add(self, text: str) -> None:
        if self.verbatim:
            self._append(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))
            return
        text = _SPACE.sub(" ", text)
        if not self.length or self.last in (" ", "\n"):
            text = text.lstrip(" ")
        if text and self.lead:
            text, self.lead = (text if text[0] in "—–-" else self.lead + text), ""
        if text:
            self._append(text)

    def _append(self, text: str) -> None:
        """Cleaned after the last decoding, here and only here; breaks that are no line feeds become spaces."""
        text = scrub_after(self.last, text)
        if not self.verbatim:
            text = text.replace("\n", " ")
        if text:
            self.parts.append(text)
            self.length += len(text)
            self.last = text[-1]

    def break_line(self) -> bool:
        """A <br>. True when it is the second in a row: the paragraph ends."""
        if self.verbatim:
            self._append("\n")
            return False
        if not self.length:
            return False
        if self.last == "\n":
            return True
        self.parts.append("\n")
        self.length, self.last = self.length + 1, "\n"
        return False

    def open(self, name: str, href: str | None) -> None:
        if name in STYLES and len(self.opened) < MOST_OPEN:
            self.opened.append((name, self.length, href))

    def close(self, name: str) -> None:
        for index in range(len(self.opened) - 1, -1, -1):
            if self.opened[index][0] == name:
                _, start, href = self.opened.pop(index)
                self._span(name, start, href)
                return

    def _span(self, name: str, start: int, href: str | None) -> None:
        if start < self.length and (name != "a" or href):
            self.spans.append(Span(start, self.length, STYLES[name], href))

    def take(self) -> tuple[str, tuple[Span, ...]]:
        """The block's text and spans; what is still open goes on in the next block."""
        for name, start, href in self.opened:
            self._span(name, start, href)
        self.opened = [(name, 0, href) for name, _, href in self.opened]
        text, spans = "".join(self.parts), self.spans
        self.parts, self.length, self.last, self.spans = [], 0, "", []
        return self._trimmed(text, spans)

    def _trimmed(self, text: str, spans: list[Span]) -> tuple[str, tuple[Span, ...]]:
        if self.verbatim:
            return text.strip("\n").rstrip(), ()
        short = text.strip()
        lead = len(text) - len(text.lstrip())
        text = re.sub(r" *\n *", "\n", short) if "\n" in short else short
        if "\n" in short and len(text) != len(short):
            spans = _moved(short, spans, lead)
            lead = 0
        found = (_cut(span, lead, len(text), text) for span in spans)
        kept = {span for span in found if span is not None}
        return text, tuple(sorted(kept, key=lambda span: (span.start, -span.end, span.style)))

    def rtl(self, text: str) -> bool:
        """Whether the first letter that has a direction runs from right to left."""
        if text.isascii():
            return False
        for character in text[:200]:
            direction = unicodedata.bidirectional(character)
            if direction in ("L", "R", "AL"):
                return direction != "L"
        return False


def _moved(short: str, spans: list[Span], lead: int) -> list[Span]:
    """Spans after the spaces around line breaks are gone."""
    places, place = [], 0
    gone = {index for found in re.finditer(r" *\n *", short) for index in range(*found.span()) if short[index] == " "}
    for index in range(len(short) + 1):
        places.append(place)
        place += index not in gone
    limit = len(short)
    return [
        Span(places[min(max(s.start - lead, 0), limit)], places[min(max(s.end - lead, 0), limit)], s.style, s.href)
        for s in spans
    ]


def _cut(span: Span, lead: int, length: int, text: str) -> Span | None:
    """The span inside the trimmed text, without the spaces at its own ends."""
    start, end = max(span.start - lead, 0), min(span.end - lead, length)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end, span.style, span.href) if start < end else None
