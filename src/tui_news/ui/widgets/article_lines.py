"""An article's blocks as pieces (rows) at a width. Pure: nothing here knows Textual."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui_news.models import Block, PlacedQuote
from tui_news.text.cells import cell_fit, cell_len
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder, Run
from tui_news.ui.widgets.pieces import (
    GUTTER,
    LEAST_TEXT,
    CodePiece,
    LinesPiece,
    Parts,
    Piece,
    TextPiece,
    cells_of,
    quote_bars,
)
from tui_news.ui.widgets.table_lines import table_lines

SPEAKERS = 6  # looks for speakers; the seventh takes the first again
_SPAN_LOOKS = {
    "em": "em", "strong": "strong", "code": "code", "link": "link", "sup": "", "sub": "", "strike": "strike",
    "mark": "mark",
}  # fmt: skip


def speaker_looks(quotes: Iterable[PlacedQuote]) -> dict[str | None, str]:
    """A look for each speaker, by first appearance; speech nobody is named for has one of its own."""
    looks: dict[str | None, str] = {None: "speaker"}
    for quote in quotes:
        if quote.kind == "speech" and quote.speaker and quote.speaker not in looks:
            looks[quote.speaker] = f"speaker-{(len(looks) - 1) % SPEAKERS + 1}"
    return looks


def span_runs(block: Block) -> tuple[Run, ...]:
    """A block's spans as runs."""
    if not block.spans:
        return ()
    return tuple(
        Run(span.start, span.end, _SPAN_LOOKS.get(span.style, ""), span.href or "")
        for span in block.spans
        if span.start < span.end
    )


def block_piece(block: Block, width: int, speech: Sequence[Run] = (), gutter: int = GUTTER) -> Piece:
    """One block at `width` cells (bars and indents included, the gutter not)."""
    bars = quote_bars(block, width)
    if block.kind == "code":
        return CodePiece(block.text, width, bars, gutter)
    if block.kind == "table" and block.rows:
        return LinesPiece(table_lines(block.rows, block.head, width + gutter, gutter))
    if block.kind == "rule":
        return TextPiece("* * *", width, "muted", first=bars, rest=bars, gutter=gutter, align="centre")
    return _text_piece(block, width, speech, gutter, bars)


def _text_piece(block: Block, width: int, speech: Sequence[Run], gutter: int, bars: Parts) -> TextPiece:
    text, look, link = _wording(block)
    first, rest, kept = bars, bars, 0
    if block.kind == "item":
        mark = cell_fit(block.marker or " ", LEAST_TEXT) + " "
        deepest = max(0, width - cells_of(bars) - cell_len(mark) - LEAST_TEXT) // 2
        indent = (("  " * max(0, min(block.level - 1, deepest)), ""),)
        kept = len(mark)
        first = (*bars, *indent, (mark, "marker"))
        rest = (*bars, *indent, (" " * cell_len(mark), ""))
    elif block.pull:
        first = rest = (*(bars or (("▎ ", "quote-1"),)), ("  ", ""))
    runs = (*span_runs(block), *speech) if text == block.text else link
    align = "right" if block.rtl else "left"
    return TextPiece(text, width, look, runs, first, rest, tuple(speech), gutter, kept, align)


def _wording(block: Block) -> tuple[str, str, tuple[Run, ...]]:
    """What a block says, its look, and its link when the words are ours."""
    if block.kind == "image":
        text = f"[image: {block.text}]" if block.text else "[image]"
        return text, "muted", (Run(0, len(text), "", block.href),) if block.href else ()
    if block.kind == "embed":
        text = block.text or block.href or "embedded page"
        return f"[{text}]", "muted", (Run(1, 1 + len(text), "link", block.href or ""),)
    if block.pull:
        return block.text, "pull", ()
    if block.kind == "heading":
        return block.text, "heading" if block.level <= 2 else "subheading", ()
    looks = {"caption": "caption", "footnote": "muted"}
    return block.text, looks.get(block.kind, "quoted" if block.quote else ""), ()


def gap_between(before: Block, after: Block) -> int:
    """Blank rows between two blocks: none after a heading, inside a list, or before a caption."""
    if before.kind == "heading" or (before.kind == after.kind == "item") or (after.kind == "caption"):
        return 0
    return 1


@dataclass(slots=True)
class Placed:
    """A piece in an article. block: its block's number, negative for what is not a block (title, gaps)."""

    piece: Piece
    block: int


def article_pieces(blocks: Sequence[Block], quotes: Sequence[PlacedQuote], width: int, title: str = "") -> list[Placed]:
    """The blocks in order with the gaps between them. A first heading that repeats the title is left out."""
    looks = speaker_looks(quotes)
    speech: dict[int, list[Run]] = {}
    for quote in quotes:
        if quote.kind == "speech":
            speech.setdefault(quote.block, []).append(Run(quote.start, quote.end, looks[quote.speaker or None]))
    placed: list[Placed] = []
    before: Block | None = None
    for number, block in enumerate(blocks):
        if not placed and block.kind == "heading" and block.text.casefold() == title.casefold():
            continue
        if before is not None and gap_between(before, block):
            placed.append(Placed(LinesPiece((gap_line(min(before.quote, block.quote), width),)), -1))
        placed.append(Placed(block_piece(block, width, speech.get(number, ())), number))
        before = block
    return placed


def gap_line(quote: int, width: int, gutter: int = GUTTER) -> Line:
    """A blank row, which goes on with the bars of the block quotes on both sides of it."""
    build = LineBuilder().add(" " * gutter)
    for text, look in quote_bars(Block("para", "", quote=quote), width):
        build.add(text.rstrip(), look).add(" ")
    return build.line(build.length) if quote else BLANK


class Stack:
    """Pieces one below another: which row belongs to which."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        self.placed = [one for one in placed if one.piece.rows]
        self.starts: list[int] = []
        self.rows = 0
        for one in self.placed:
            self.starts.append(self.rows)
            self.rows += one.piece.rows
        self._of_block = {one.block: place for place, one in enumerate(self.placed) if one.block >= 0}

    def at(self, row: int) -> tuple[Placed, int]:
        """The piece that row is of, and the row within it."""
        place = max(0, bisect_right(self.starts, row) - 1)
        return self.placed[place], row - self.starts[place]

    def row_of(self, block: int, offset: int) -> int | None:
        """The row that shows this place in a block."""
        place = self._of_block.get(block)
        return None if place is None else self.starts[place] + self.placed[place].piece.row_of(offset)

    def anchor(self, row: int) -> tuple[int, int, int]:
        """What a row shows: (block, offset in it, rows below that). Rows above the first block count from the top."""
        place = min(len(self.placed), bisect_right(self.starts, row)) - 1
        while place >= 0 and self.placed[place].block < 0:
            place -= 1
        if place < 0:
            return -1, 0, row
        piece, within = self.placed[place].piece, row - self.starts[place]
        inside = min(within, piece.rows - 1)
        return self.placed[place].block, piece.offset(inside), within - inside


def fitted(text: str, width: int, look: str = "", href: str = "", gutter: int = GUTTER) -> Line:
    """One row, cut to the column."""
    shown = cell_fit(text, width)
    return Line(" " * gutter + shown, (Run(gutter, gutter + len(shown), look, href),), gutter)
