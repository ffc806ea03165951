"""Tables: those that hold data become one block of cells, those that only arrange things dissolve into their blocks."""

from __future__ import annotations

from typing import NamedTuple

from tui_news.models import Block, Span
from tui_news.text.html_flow import is_rtl

_MAX_CELLS = 20_000
_MAX_SPAN = 100  # columns or rows one cell may stretch over
_SOLID = frozenset(("table", "code", "embed"))


class Cell(NamedTuple):
    blocks: list[Block]
    head: bool
    columns: int
    rows: int


class Table:
    """A table while it is read. Its cells take the blocks while they are open."""

    __slots__ = ("_head_rows", "_loose", "_parent", "_rows", "in_head")

    def __init__(self) -> None:
        self.in_head = False
        self._parent: list[Block] = []  # where blocks go again when the open cell or caption ends
        self._loose: list[Block] = []  # captions
        self._rows: list[list[Cell]] = []
        self._head_rows: set[int] = set()  # rows of a <thead>

    def start_row(self) -> None:
        self._rows.append([])
        if self.in_head:
            self._head_rows.add(len(self._rows) - 1)

    def start_caption(self, out: list[Block]) -> list[Block]:
        """The list that the caption's blocks go to, instead of `out`. It ends as a cell does."""
        self._parent = out
        return self._loose

    def start_cell(self, out: list[Block], head: bool, columns: int, rows: int) -> list[Block]:
        """A further cell of the last row; the list that its blocks go to, instead of `out`."""
        self._parent = out
        if not self._rows:
            self.start_row()
        self._rows[-1].append(Cell([], head, columns, rows))
        return self._rows[-1][-1].blocks

    def end_cell(self) -> list[Block]:
        """Where blocks go after the cell."""
        return self._parent

    def blocks(self, quote: int, rtl: bool) -> list[Block]:
        """What the table becomes, in the order of the page."""
        cells = [cell for row in self._rows for cell in row]
        if not self._is_data(cells, quote):
            return self._loose + [b for cell in cells for b in cell.blocks]
        rows = [(row, i in self._head_rows) for i, row in enumerate(self._rows) if row]
        head = next((i for i, (row, named) in enumerate(rows) if not named and not all(c.head for c in row)), 1)
        images = [b for cell in cells for b in cell.blocks if b.kind == "image"]
        return [*self._loose, _block(_grid([row for row, _ in rows]), head, quote, rtl), *images]

    def _is_data(self, cells: list[Cell], quote: int) -> bool:
        if sum(1 for row in self._rows if row) < 2 or sum(c.columns * c.rows for c in cells) > _MAX_CELLS:
            return False
        if max(sum(c.columns for c in row) for row in self._rows) < 2 or sum(1 for c in cells if c.blocks) < 2:
            return False
        lenient = any(c.head for c in cells)
        return all(_fits(c.blocks, quote, lenient) for c in cells)


def span_count(s: str) -> int:
    """The number of a colspan or rowspan attribute."""
    return min(max(int(s), 1), _MAX_SPAN) if s.isascii() and s.isdigit() and len(s) < 6 else 1


def _fits(blocks: list[Block], quote: int, lenient: bool) -> bool:
    """Whether a cell can be shown in a row: short running text."""
    if sum(len(b.text) for b in blocks) > (800 if lenient else 300):
        return False
    if any(b.kind in _SOLID or b.quote > quote for b in blocks):
        return False
    return lenient or (len(blocks) <= 2 and all(b.kind == "para" for b in blocks))


def _block(grid: list[list[Cell | None]], head: int, quote: int, rtl: bool) -> Block:
    texts: list[tuple[str, ...]] = []
    spans: list[Span] = []
    at = 0
    for line in grid:
        row = []
        for cell in line:
            text, inner = _cell_text(cell.blocks) if cell else ("", [])
            spans += [Span(s.start + at, s.end + at, s.style, s.href) for s in inner]
            at += len(text) + 1
            row.append(text)
        texts.append(tuple(row))
    joined = "\n".join("\t".join(row) for row in texts)
    return Block("table", joined, tuple(spans), 0, quote, rows=tuple(texts), head=head, rtl=rtl or is_rtl(joined))


def _grid(rows: list[list[Cell]]) -> list[list[Cell | None]]:
    """The cells in their columns: None where a cell stretches over, and at the ends of short rows."""
    grid: list[list[Cell | None]] = []
    hanging: dict[int, int] = {}  # column -> rows that a cell above still covers
    for row in rows:
        line: list[Cell | None] = []
        over, hanging = hanging, {column: left - 1 for column, left in hanging.items() if left > 1}
        for cell in row:
            _cover(line, over)
            if cell.rows > 1:
                hanging |= {len(line) + i: cell.rows - 1 for i in range(cell.columns)}
            line += [cell, *([None] * (cell.columns - 1))]
        _cover(line, over)
        grid.append(line)
    columns = max(map(len, grid))
    if columns * len(grid) <= _MAX_CELLS:
        grid = [line + [None] * (columns - len(line)) for line in grid]
    return grid


def _cover(line: list[Cell | None], over: dict[int, int]) -> None:
    while len(line) in over:
        line.append(None)


def _cell_text(blocks: list[Block]) -> tuple[str, list[Span]]:
    """A cell on one row, with the spans in it."""
    text = ""
    spans: list[Span] = []
    for b in blocks:
        if not b.text:
            continue
        if text:
            text += "; " if b.kind == "item" else " "
        spans += [Span(s.start + len(text), s.end + len(text), s.style, s.href) for s in b.spans]
        text += b.text.replace("\n", " ")
    return text, spans
