"""Tables drawn to fit a column. What is too wide gives way in this order: cells wrap; columns go on in a second table
under the first; each row becomes a list of `Header: value`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui_news.models.late import dataclass
from tui_news.text.cells import cell_len
from tui_news.text.wrap import wrap
from tui_news.ui.widgets.lines import Line, LineBuilder, Run, shifted

LEAST = 6  # cells under which a column is no longer readable
WORD = 14  # a word longer than this may be cut, rather than the table taken apart
TALL = 8  # rows of text in a cell from which a grid is harder to read than a list
BETWEEN = " │ "
_NUMBER = re.compile(r"[-+−±~<>≈]?\s?[$€£¥]?\s?\d[\d\s.,:/–-]*\s?(?:%|‰|[^\W\d_]{1,3})?\.?|[-–—−.]?")


class Cell(NamedTuple):
    """A cell's text, and where it begins in the block's text."""

    text: str
    at: int


class Part(NamedTuple):
    """`text[start:end]` of the block stands at offset `at` of a line."""

    at: int
    start: int
    end: int


class Drawn(NamedTuple):
    line: Line
    parts: tuple[Part, ...] = ()


Row = tuple[Cell, ...]


@dataclass(slots=True)
class TablePiece:
    """A table at a width; rows are found by the text they show, as in any other piece."""

    drawn: tuple[Drawn, ...]

    @property
    def rows(self) -> int:
        return len(self.drawn)

    def offset(self, row: int) -> int:
        shown = [part.start for part in self.drawn[row].parts if part.end > part.start]
        if shown or row + 1 >= len(self.drawn):
            return min(shown, default=0)
        return self.offset(row + 1)

    def row_of(self, offset: int) -> int:
        ahead = [row for row, one in enumerate(self.drawn) for part in one.parts if part.start <= offset < part.end]
        if ahead:
            return ahead[0]
        before = [row for row, one in enumerate(self.drawn) if any(part.start <= offset for part in one.parts)]
        return before[-1] if before else 0

    def line(self, row: int, extra: Sequence[Run] = ()) -> Line:
        line, parts = self.drawn[row]
        lit = [
            run._replace(start=max(run.start, start) - start + at, end=min(run.end, end) - start + at)
            for at, start, end in parts
            for run in extra
            if run.start < end and run.end > start
        ]
        return Line(line.text, (*line.runs, *lit), line.lead, line.fill) if lit else line


def table_piece(rows: Sequence[Sequence[str]], head: int, width: int, indent: int = 0) -> TablePiece:
    """The table within `width` cells, moved right by `indent`."""
    cells = _cells(rows)
    drawn = _draw(cells, head, width - indent) if cells and cells[0] else []
    return TablePiece(
        tuple(Drawn(shifted(line, indent), tuple(p._replace(at=p.at + indent) for p in parts)) for line, parts in drawn)
    )


def table_lines(rows: Sequence[Sequence[str]], head: int, width: int, indent: int = 0) -> tuple[Line, ...]:
    """The rows of `table_piece`."""
    return tuple(one.line for one in table_piece(rows, head, width, indent).drawn)


def _cells(rows: Sequence[Sequence[str]]) -> list[Row]:
    """Cells with their places in the block's text (rows joined by newlines, cells by tabs), all rows equally long."""
    columns = max((len(row) for row in rows), default=0)
    out: list[Row] = []
    at = 0
    for row in rows:
        made: list[Cell] = []
        for text in row:
            made.append(Cell(text.replace("\n", " "), at))
            at += len(text) + 1
        out.append((*made, *[Cell("", at - 1)] * (columns - len(made))))
    return out


def _draw(rows: list[Row], head: int, width: int) -> list[Drawn]:
    natural = [max(cell_len(row[number].text) for row in rows) for number in range(len(rows[0]))]
    least = [min(max(_longest_word(row[number].text) for row in rows), WORD) for number in range(len(rows[0]))]
    if (widths := fit_columns(natural, width - len(BETWEEN) * (len(natural) - 1), least)) is not None:
        grid = _as_grid(rows, head, widths)
        if max(_heights(rows, widths), default=1) <= TALL or len(widths) < 2:
            return grid
    if chunks := _chunks(natural, width):
        return _as_grids(rows, head, natural, chunks)
    return _as_list(rows, head, width)


def _longest_word(text: str) -> int:
    return max((cell_len(word) for word in text.split()), default=0)


def _heights(rows: list[Row], widths: list[int]) -> list[int]:
    return [max(len(wrap(cell.text, width)) for cell, width in zip(row, widths, strict=True)) for row in rows]


def fit_columns(natural: list[int], room: int, least: Sequence[int] = ()) -> list[int] | None:
    """Column widths that add up to at most `room`: narrow columns keep theirs, wide ones share what is left.

    None when a column would get fewer cells than its `least` (or than LEAST).
    """
    widths = [max(1, width) for width in natural]
    if sum(widths) <= room:
        return widths
    floor = [min(width, max(LEAST, low)) for width, low in zip(widths, least or [LEAST] * len(widths), strict=True)]
    if sum(floor) > room:
        return None
    share, held = room, set[int]()
    while True:  # columns that need less than a fair share, or more than it at the least, are settled first
        open_ = [number for number in range(len(widths)) if number not in held]
        fair = share // max(1, len(open_))
        settled = [n for n in open_ if widths[n] <= fair] or [n for n in open_ if floor[n] > fair]
        if not settled:
            break
        for number in settled:
            widths[number] = widths[number] if widths[number] <= fair else floor[number]
            share -= widths[number]
            held.add(number)
    for place, number in enumerate(open_):
        widths[number] = share // len(open_) + (1 if place < share % len(open_) else 0)
    return widths


def _chunks(natural: list[int], width: int) -> list[range] | None:
    """Columns in groups that fit beside the first one; None when a column has more than some words in it."""
    if len(natural) < 4 or max(natural) > width // 3:
        return None
    chunks: list[range] = []
    start, used = 1, natural[0]
    for number in range(1, len(natural)):
        need = len(BETWEEN) + natural[number]
        if used + need > width and number > start:
            chunks.append(range(start, number))
            start, used = number, natural[0]
        used += need
    return [*chunks, range(start, len(natural))]


def _as_grids(rows: list[Row], head: int, natural: list[int], chunks: list[range]) -> list[Drawn]:
    out: list[Drawn] = []
    for chunk in chunks:
        if out:
            out.append(Drawn(Line("")))
        columns = [0, *chunk]
        part = [tuple(row[number] for number in columns) for row in rows]
        out += _as_grid(part, head, [max(1, natural[number]) for number in columns])
    return out


def _as_grid(rows: list[Row], head: int, widths: list[int]) -> list[Drawn]:
    out: list[Drawn] = []
    right = [_is_numbers(rows[head:], number) for number in range(len(widths))]
    tall = max(_heights(rows, widths), default=1) > 1
    for number, row in enumerate(rows):
        cells = [wrap(cell.text, width) or [(0, 0)] for cell, width in zip(row, widths, strict=True)]
        for part in range(max(len(cell) for cell in cells)):
            out.append(_grid_line(row, cells, part, widths, right, "strong" if number < head else ""))
        if number + 1 == head:
            out.append(_rule("─", "─┼─", widths))
        elif tall and number + 1 < len(rows) and number + 1 > head:
            out.append(_rule("┄", "┄┼┄", widths))
    return out


def _grid_line(
    row: Row, cells: list[list[tuple[int, int]]], part: int, widths: list[int], right: list[bool], look: str
) -> Drawn:
    build, parts = LineBuilder(), list[Part]()
    for column, (cell, spans, width) in enumerate(zip(row, cells, widths, strict=True)):
        start, end = spans[part] if part < len(spans) else (0, 0)
        shown = cell.text[start:end]
        blank = " " * (width - cell_len(shown))
        build.add(blank if right[column] else "")
        parts.append(Part(build.length, cell.at + start, cell.at + end))
        build.add(shown, look)
        if column + 1 < len(widths):
            build.add("" if right[column] else blank).add(BETWEEN, "rule")
    return Drawn(build.line(), tuple(parts))


def _rule(dash: str, cross: str, widths: list[int]) -> Drawn:
    rule = cross.join(dash * width for width in widths)
    return Drawn(Line(rule, (Run(0, len(rule), "rule"),)))


def _is_numbers(rows: list[Row], column: int) -> bool:
    texts = [row[column].text.strip() for row in rows]
    return any(any(map(str.isdigit, text)) for text in texts) and all(_NUMBER.fullmatch(text) for text in texts)


def _as_list(rows: list[Row], head: int, width: int) -> list[Drawn]:
    """Each row as `Header: value` lines, a blank line between rows; values that are empty are left out."""
    names = [cell.text for cell in rows[head - 1]] if 0 < head < len(rows) else [""] * len(rows[0])
    out: list[Drawn] = []
    for number, row in enumerate(rows[head:] if any(names) else rows):
        if number:
            out.append(Drawn(Line("")))
        for name, cell in zip(names, row, strict=True):
            if cell.text.strip():
                out += _list_lines(f"{name}: " if name else "", cell, width)
    return out


def _list_lines(label: str, cell: Cell, width: int) -> list[Drawn]:
    text, out = label + cell.text, list[Drawn]()
    for start, end in wrap(text, max(8, width)):
        mark = min(len(label), end) - start
        runs = (Run(0, mark, "strong"),) if mark > 0 else ()
        first = max(start, len(label))
        part = (Part(first - start, cell.at + first - len(label), cell.at + end - len(label)),) if end > first else ()
        out.append(Drawn(Line(text[start:end], runs), part))
    return out
