"""Blocks of text as rows: wrapped once to offsets, made into lines only when a row is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tui_news.models import Block
from tui_news.text.cells import cell_len, clusters
from tui_news.text.wrap import wrap
from tui_news.ui.widgets.lines import Line, LineBuilder, Run

GUTTER = 2  # cells left of the text: a mark and a space
MARK = "▎"
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
    align: where shorter rows stand within `width` cells.
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
    wraps: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        room = max(1, self.width - cells_of(self.first)) if self.first else self.width
        self.wraps = self.wraps or wrap(self.text, room) or [(0, 0)]

    @property
    def rows(self) -> int:
        return len(self.wraps)

    def offset(self, row: int) -> int:
        return self.wraps[row][0]

    def row_of(self, offset: int) -> int:
        """The row that shows this offset (the last one past the end)."""
        for row, (_, end) in enumerate(self.wraps):
            if offset < end:
                return row
        return len(self.wraps) - 1

    def line(self, row: int, extra: Sequence[Run] = ()) -> Line:
        start, end = self.wraps[row]
        build = LineBuilder()
        if self.gutter:
            look = next((run.style for run in self.marks if run.start < end and run.end > start), "")
            build.add(MARK if look else " ", look).add(" " * (self.gutter - 1))
        for text, style in self.first if row == 0 else self.rest:
            build.add(text, style)
        lead = build.length - (self.kept if row == 0 else 0)
        if self.align != "left":
            space = self.width - cells_of(self.first) - cell_len(self.text[start:end])
            build.add(" " * max(0, space if self.align == "right" else space // 2))
        at = build.length
        build.add(self.text[start:end], self.look)
        build.runs(self.runs, start, end, at).runs(tuple(extra), start, end, at)
        return build.line(lead)


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
    """Code: no wrapping at words; rows too long go on in the next row. The ground reaches the column's edge."""

    text: str
    width: int
    before: Parts = ()
    gutter: int = GUTTER
    wraps: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        room = max(1, self.width - 2 - cells_of(self.before))
        self.wraps = cut(self.text.rstrip("\n"), room)

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
        room = self.width - cells_of(self.before)
        build.add(" ", "code-block")
        at = build.length
        shown = self.text[start:end]
        build.add(shown + " " * max(0, room - 1 - cell_len(shown)), "code-block")
        return build.runs(tuple(extra), start, end, at).line(at)


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
