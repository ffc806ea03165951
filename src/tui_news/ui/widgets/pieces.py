"""Blocks of text as rows: wrapped once to offsets, made into lines only when a row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Protocol

from tui_news.models import Block
from tui_news.models.late import dataclass
from tui_news.text.cells import cell_len, clusters
from tui_news.text.wrap import wrap
from tui_news.ui.widgets.lines import Line, LineBuilder, Run
from tui_news.ui.widgets.speakers import DOUBT, mark_of

GUTTER = 2  # cells left of the text: a mark and a space
MARK = "▎"  # the bar of a block quote
WIDOW = 9  # a last row of one word this short asks for company
CODE_BAR, CODE_ON = "│ ", "↪ "  # beside code, and beside a row that is the rest of the one above
LEAST_TEXT = 8  # cells that bars and indents leave to the text, however deep it stands
Parts = tuple[tuple[str, str], ...]  # (text, look) from left to right


class Piece(Protocol):
    """Some rows that belong together. `offset`/`row_of` turn a row into a place in the text and back."""

    @property
    def rows(self) -> int: ...
    def line(self, row: int, extra: Sequence[Run] = ()) -> Line:
        """Row `row`; `extra` runs over the piece's text lie on top (current quote, search hits)."""
        ...

    def offset(self, row: int) -> int: ...
    def row_of(self, offset: int) -> int: ...


@dataclass(slots=True)
class TextPiece:
    """Wrapped text behind a prefix. `marks`: stretches whose rows get a mark in the gutter, in that look.

    kept: how many code points at the end of `first` belong to the text (an item's marker) and are copied with it.
    align: where shorter rows stand within `width` cells. skew: where the block's own words begin in `text`.
    doubts: where quotes begin whose speaker is doubtful: a question mark stands behind the mark of their first row.
    last: what stands right of the first row (the marker of an item that is read from the right), blank on the others.
    """

    text: str
    width: int
    look: str = ""
    runs: tuple[Run, ...] = ()
    first: Parts = ()
    rest: Parts = ()
    marks: tuple[Run, ...] = ()
    gutter: int = GUTTER
    kept: int = 0
    align: str = "left"
    skew: int = 0
    last: str = ""
    doubts: tuple[int, ...] = ()
    wraps: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        room = max(1, self.width - cells_of(self.first) - cell_len(self.last))
        self.wraps = self.wraps or without_widow(self.text, wrap(self.text, room), room) or [(0, 0)]

    @property
    def rows(self) -> int:
        return len(self.wraps)

    def offset(self, row: int) -> int:
        return max(0, self.wraps[row][0] - self.skew)

    def row_of(self, offset: int) -> int:
        """The row that shows this offset (the last one past the end)."""
        offset += self.skew
        for row, (_, end) in enumerate(self.wraps):
            if offset < end:
                return row
        return len(self.wraps) - 1

    def line(self, row: int, extra: Sequence[Run] = ()) -> Line:
        start, end = self.wraps[row]
        build = LineBuilder()
        if self.gutter:
            look = next((run.style for run in self.marks if run.start < end and run.end > start), "")
            doubtful = self.gutter > 1 and any(start <= at < end for at in self.doubts)
            build.add(mark_of(look) if look else " ", look)
            build.add((DOUBT if doubtful else "").ljust(self.gutter - 1), "muted" if doubtful else "")
        for text, style in self.first if row == 0 else self.rest:
            build.add(text, style)
        if self.align != "left":
            space = self.width - cells_of(self.first) - cell_len(self.text[start:end]) - cell_len(self.last)
            build.add(" " * max(0, space if self.align == "right" else space // 2))
        lead = build.length - (self.kept if row == 0 else 0)
        at = build.length
        build.add(self.text[start:end], self.look)
        build.runs(self.runs, start, end, at)
        build.runs(tuple(extra), start - self.skew, end - self.skew, at)
        if row == 0 and self.last:
            build.add(self.last, "marker")
        return build.line(lead, joint=joint(self.text, self.wraps, row))


def joint(text: str, wraps: Sequence[tuple[int, int]], row: int) -> str:
    """What stands between a row and the next in the text: copied, wrapped rows become one again."""
    if row + 1 >= len(wraps):
        return "\n"
    between = text[wraps[row][1] : wraps[row + 1][0]]
    return "\n" if "\n" in between else " " * bool(between)


def without_widow(text: str, wraps: list[tuple[int, int]], room: int) -> list[tuple[int, int]]:
    """The rows with company for a short word alone on the last one, where the row above can spare its last word."""
    if len(wraps) < 2:
        return wraps
    (above, above_end), (start, end) = wraps[-2:]
    alone = end - start <= WIDOW and " " not in text[start:end] and text[above_end:start] == " "
    cut = text.rfind(" ", above, above_end) if alone else -1
    if cut < above + room // 2 or end - cut - 1 > room:
        return wraps
    return [*wraps[:-2], (above, cut), (cut + 1, end)]


@dataclass(slots=True)
class LinesPiece:
    """Rows made beforehand (tables, rules, headings of the thread)."""

    lines: tuple[Line, ...]

    @property
    def rows(self) -> int:
        return len(self.lines)

    def offset(self, row: int) -> int:
        return row

    def row_of(self, offset: int) -> int:
        return max(0, min(offset, len(self.lines) - 1))

    def line(self, row: int, extra: Sequence[Run] = ()) -> Line:
        return self.lines[row]


@dataclass(slots=True)
class CodePiece:
    """Code: never wrapped at words; a row too long goes on in the next one behind a mark. A bar stands beside it, and
    its ground reaches the column's edge.
    """

    text: str
    width: int
    before: Parts = ()
    gutter: int = GUTTER
    wraps: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        room = max(1, self.width - len(CODE_BAR) - cells_of(self.before))
        self.text = self.text.rstrip("\n")
        self.wraps = cut(self.text, room)

    @property
    def rows(self) -> int:
        return len(self.wraps)

    def offset(self, row: int) -> int:
        return self.wraps[row][0]

    def row_of(self, offset: int) -> int:
        rows = [row for row, (start, _) in enumerate(self.wraps) if start <= offset]
        return rows[-1] if rows else 0

    def line(self, row: int, extra: Sequence[Run] = ()) -> Line:
        start, end = self.wraps[row]
        build = LineBuilder().add(" " * self.gutter)
        for text, style in self.before:
            build.add(text, style)
        room = self.width - cells_of(self.before) - len(CODE_BAR)
        goes_on = start > 0 and self.text[start - 1] != "\n"
        build.add(CODE_ON if goes_on else CODE_BAR, "marker" if goes_on else "rule")
        at = build.length
        shown = self.text[start:end]
        build.add(shown + " " * max(0, room - cell_len(shown)), "code-block")
        return build.runs(tuple(extra), start, end, at).line(at, joint=joint(self.text, self.wraps, row))


def cut(text: str, width: int) -> list[tuple[int, int]]:
    """Offsets of rows: at every newline, and wherever a row is full."""
    rows: list[tuple[int, int]] = []
    at = 0
    for line in text.split("\n"):
        start, used = 0, 0
        for first, _, cells in clusters(line):
            if used + cells > width and first > start:
                rows.append((at + start, at + first))
                start, used = first, 0
            used += cells
        rows.append((at + start, at + len(line)))
        at += len(line) + 1
    return rows


def quote_bars(block: Block, width: int) -> Parts:
    """The gutters of the block quotes a block stands in, as far as text has room beside them; three looks by depth."""
    if not block.quote:
        return ()
    shown = min(block.quote, max(0, (width - LEAST_TEXT) // 2))
    return tuple((MARK + " ", f"quote-{min(level, 3)}") for level in range(1, shown + 1))


def cells_of(parts: Parts) -> int:
    return sum(cell_len(text) for text, _ in parts)
