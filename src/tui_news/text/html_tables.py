"""Tables: rows of cell texts where a table holds data, plain blocks where it only lays out a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui_news.models import Block

_SIMPLE = frozenset(("para", "item", "code"))
_LONGEST_CELL = 400


@dataclass(slots=True)
class Cell:
    blocks: list[Block]
    header: bool
    span: int

    @property
    def text(self) -> str:
        return " ".join(block.text.replace("\n", " ") for block in self.blocks)

    @property
    def simple(self) -> bool:
        few = len(self.blocks) <= 3 and all(block.kind in _SIMPLE and not block.quote for block in self.blocks)
        return few and sum(len(block.text) for block in self.blocks) <= _LONGEST_CELL


@dataclass(slots=True)
class Table:
    """A table that is being read. While a cell or caption is open, the blocks outside wait in `outside`."""

    rows: list[list[Cell]] = field(default_factory=list)
    heads: list[bool] = field(default_factory=list)
    captions: list[Block] = field(default_factory=list)
    in_head: bool = False
    outside: list[Block] | None = None
    open_cell: tuple[bool, int] | None = None
    in_caption: bool = False

    def start_row(self) -> None:
        self.rows.append([])
        self.heads.append(self.in_head)

    def start_cell(self, out: list[Block], header: bool, span: int) -> list[Block]:
        out = self.end_caption(self.end_cell(out))
        if not self.rows:
            self.start_row()
        self.outside, self.open_cell = out, (header, span)
        return []

    def end_cell(self, out: list[Block]) -> list[Block]:
        if self.open_cell is None or self.outside is None:
            return out
        self.rows[-1].append(Cell(out, *self.open_cell))
        outside, self.outside, self.open_cell = self.outside, None, None
        return outside

    def start_caption(self, out: list[Block]) -> list[Block]:
        out = self.end_caption(self.end_cell(out))
        self.outside, self.in_caption = out, True
        return []

    def end_caption(self, out: list[Block]) -> list[Block]:
        if not self.in_caption or self.outside is None:
            return out
        self.captions.extend(out)
        outside, self.outside, self.in_caption = self.outside, None, False
        return outside

    def end(self, out: list[Block], quote: int) -> list[Block]:
        """The blocks outside with the table's at their end."""
        out = self.end_caption(self.end_cell(out))
        rows = [
            (row, head) for row, head in zip(self.rows, self.heads, strict=True) if any(cell.blocks for cell in row)
        ]
        out.extend(self.captions)
        if not _is_data([row for row, _ in rows]):
            out.extend(block for row, _ in rows for cell in row for block in cell.blocks)
            return out
        texts = tuple(tuple(_row_texts(row)) for row, _ in rows)
        text = "\n".join("\t".join(row) for row in texts)
        out.append(Block("table", text, quote=quote, rows=texts, head=_head_rows(rows)))
        return out


def _is_data(rows: list[list[Cell]]) -> bool:
    """Two columns and two rows at least (or header cells), and nothing in a cell that a line cannot hold."""
    cells = [cell for row in rows for cell in row]
    wide = any(len(row) >= 2 for row in rows)
    tall = len(rows) >= 2 or any(cell.header for cell in cells)
    return wide and tall and all(cell.simple for cell in cells)


def _row_texts(row: list[Cell]) -> list[str]:
    texts: list[str] = []
    for cell in row:
        texts += [cell.text, *[""] * (max(cell.span, 1) - 1)]
    return texts


def _head_rows(rows: list[tuple[list[Cell], bool]]) -> int:
    count = 0
    for row, head in rows:
        if not (head or all(cell.header for cell in row)):
            break
        count += 1
    return count if count < len(rows) else min(count, 1)
