"""Running text on its way to blocks: white space folded, styles as spans, and the context each block stands in."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from tui_news.models import Block, Span
from tui_news.models.article import BlockKind, SpanStyle
from tui_news.text.html_scan import decode
from tui_news.text.sanitize import scrub, scrub_after

_FOLD = re.compile("[ \t\n\r\f\xa0\u2000-\u200a\u202f\u205f\u3000]{2,}|[\t\n\r\f]")
_ENDS = " \n\xa0"
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff]")
_MAX_STYLES = 100  # open at once


class Context(NamedTuple):
    """What surrounds the text. `item` holds the mark of the list item that has not been used yet."""

    kind: BlockKind = "para"
    level: int = 0
    quote: int = 0
    pull: bool = False
    rtl: bool = False
    pre: bool = False
    lang: str | None = None
    item: list[str] | None = None
    lead: bool = False


class Style:
    """An inline element that is open. `style` None: it only has to be closed."""

    __slots__ = ("href", "name", "start", "style")

    def __init__(self, name: str, style: SpanStyle | None, href: str | None, start: int) -> None:
        self.name, self.style, self.href, self.start = name, style, href, start


class Flow:
    """Collects one block after the other into `out`."""

    def __init__(self) -> None:
        self.out: list[Block] = []
        self.context = Context()
        self.styles: list[Style] = []
        self.count = 0  # blocks so far, wherever they went
        self.lead = ""  # what the next characters are to begin with
        self._parts: list[str] = []
        self._length = 0
        self._spans: list[Span] = []
        self._later: list[Block] = []  # images met inside a paragraph: they follow it
        self._closers: list[str] = []  # of the <q> that are open

    # ── text ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, s: str) -> None:
        """Add characters as they stand in the source, references and all."""
        if "&" in s:
            s = decode(s)
        if self.context.pre:
            s = s.replace("\r\n", "\n").replace("\t", "    ")
            self._add(s if s.isascii() and s.isprintable() else scrub_after(self._before(), s))
            return
        if not (s.isascii() and s.isprintable()):
            s = self._unspaced(_FOLD.sub(" ", s))
            if not (s.isascii() and s.isprintable()):
                s = _FOLD.sub(" ", scrub_after(self._before(), s).replace("\n", " "))
        elif "  " in s:
            s = _FOLD.sub(" ", s)
        self._add(self._unspaced(s))

    def _unspaced(self, s: str) -> str:
        """Without the space that a space or line break before it swallows."""
        return s[1:] if s[:1] == " " and (not self._parts or self._parts[-1][-1] in _ENDS) else s

    def characters(self, s: str) -> None:
        """Add clean characters of one line, as they are."""
        self._add(s)

    def line_break(self) -> None:
        """<br>: a new line in the block; the second one in a row ends the paragraph."""
        if self.context.pre:
            self._add("\n")
        elif self._parts and self._parts[-1][-1] == "\n":
            self.flush()
        elif self._parts:
            if self._parts[-1][-1] in _ENDS:
                self._drop_spaces()
            if self._parts:
                self._add("\n")

    def _add(self, s: str) -> None:
        if s:
            if self.lead:
                s, self.lead = (s if s[0] in "—–-" else self.lead + s), ""
            self._parts.append(s)
            self._length += len(s)

    def _drop_spaces(self) -> None:
        """Take back the spaces at the end, and move what was marked there."""
        while self._parts:
            kept = self._parts[-1].rstrip(_ENDS)
            self._length -= len(self._parts[-1]) - len(kept)
            if kept:
                self._parts[-1] = kept
                break
            self._parts.pop()
        size = self._length
        for style in self.styles:
            style.start = min(style.start, size)
        for i in range(len(self._spans) - 1, -1, -1):
            if self._spans[i].end <= size:
                break
            s = self._spans[i]
            self._spans[i] = Span(min(s.start, size), size, s.style, s.href)

    def _before(self) -> str:
        return "".join(self._parts[-16:])[-32:]

    # ── inline elements ──────────────────────────────────────────────────────────────────────────────────────────

    def open(self, name: str, style: SpanStyle | None, href: str | None = None) -> None:
        if len(self.styles) < _MAX_STYLES:
            self.styles.append(Style(name, style, href, self._length))

    def close(self, name: str) -> None:
        """Close the innermost open inline element of that name, if any."""
        for i in range(len(self.styles) - 1, -1, -1):
            if self.styles[i].name == name:
                self._span(self.styles.pop(i))
                return

    def close_down_to(self, depth: int) -> None:
        """Close what was opened after the first `depth` inline elements: styles do not leak out of table cells."""
        while len(self.styles) > depth:
            self._span(self.styles.pop())

    def quote(self, bare: bool) -> None:
        """<q>: an opening mark, unless the words bring their own (`bare`)."""
        nested = len(self._closers) % 2
        self._closers.append("" if bare else "”’"[nested])
        if not bare:
            self._add("“‘"[nested])

    def unquote(self) -> None:
        if self._closers:
            self._add(self._closers.pop())

    def _span(self, style: Style) -> None:
        if style.style and style.start < self._length:
            self._spans.append(Span(style.start, self._length, style.style, style.href))

    # ── blocks ───────────────────────────────────────────────────────────────────────────────────────────────────

    def flush(self) -> None:
        """End the current block."""
        if self._parts:
            while self._closers:
                self.unquote()
            for style in self.styles:
                self._span(style)
                style.start = 0
            text, spans = "".join(self._parts), self._spans
            self._parts, self._spans, self._length = [], [], 0
            self._block(text, spans)
        self.lead = ""
        if self._later:
            self.count += len(self._later)
            self.out += self._later
            self._later = []

    def put(self, kind: BlockKind, text: str = "", href: str | None = None, spans: tuple[Span, ...] = ()) -> None:
        """A block that is no running text. An image waits until the sentence it stands in is over."""
        block = Block(kind, text, spans, quote=self.context.quote, href=href, pull=self.context.pull, rtl=is_rtl(text))
        if kind == "image" and self._parts:
            self._later.append(block)
            return
        self.flush()
        self.count += 1
        self.out.append(block)

    def number(self) -> None:
        """Let an ordered item's number stand alone when what follows cannot carry it (code, a table)."""
        c = self.context
        if c.item and c.item[0] not in ("", "•"):
            self.out.append(Block("item", "", level=c.level, quote=c.quote, marker=c.item[0], rtl=c.rtl))
            c.item[0] = ""

    def _block(self, raw: str, spans: list[Span]) -> None:
        c = self.context
        if c.pre:
            code = raw.strip("\n").rstrip()
            if code.strip():
                self.number()
                self.count += 1
                self.out.append(Block("code", code, quote=c.quote, lang=c.lang))
            return
        text = raw.strip()
        if not text:
            return
        lead = len(raw) - len(raw.lstrip())
        if not text.isascii() and unicodedata.category(text[0])[0] == "M":
            text, lead = "◌" + text, lead - 1  # what the mark stood on was white space
        if c.kind == "heading":
            text = text.replace("\n", " ")
        placed = _placed(spans, lead, text) if spans else ()
        marker = ""
        if c.item:
            marker, c.item[0] = c.item[0], ""
        self.count += 1
        rtl = c.rtl or (not text.isascii() and is_rtl(text))
        first = c.lead and c.kind == "para" and not c.quote
        self.out.append(Block(c.kind, text, placed, c.level, c.quote, marker, pull=c.pull, rtl=rtl, lead=first))


def _placed(spans: list[Span], lead: int, text: str) -> tuple[Span, ...]:
    """The spans in the stripped text, sorted, outer before inner, without the spaces at their own ends."""
    out = []
    size = len(text)
    for s in spans:
        start, end = max(s.start - lead, 0), min(s.end - lead, size)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            out.append(s if start == s.start and end == s.end else Span(start, end, s.style, s.href))
    out.sort(key=lambda s: (s.start, -s.end))
    return tuple(out)


def is_rtl(text: str) -> bool:
    """Whether the first strong letter of the text is written from right to left."""
    if text.isascii() or not _RTL.search(text):
        return False
    for c in text:
        direction = unicodedata.bidirectional(c)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def clean_attribute(s: str) -> str:
    """An attribute's text on one line, clean."""
    return _FOLD.sub(" ", scrub(_FOLD.sub(" ", s))).strip()[:2000].rstrip("\u200c\u200d")
