"""An article's blocks as pieces (rows) at a width. Pure: nothing here knows Textual."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from tui_news.models import Block, PlacedQuote
from tui_news.models.late import dataclass
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.scripts import with_scripts
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder, Run
from tui_news.ui.widgets.pieces import (
    CODE_BAR,
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
from tui_news.ui.widgets.speakers import is_doubtful, speaker_looks
from tui_news.ui.widgets.table_lines import table_piece

IMAGE = "[image: "
_SPAN_LOOKS = {
    "em": "em", "strong": "strong", "code": "code", "link": "link", "sup": "", "sub": "", "strike": "strike",
    "mark": "mark",
}  # fmt: skip


def span_runs(block: Block) -> tuple[Run, ...]:
    """A block's spans as runs."""
    if not block.spans:
        return ()
    return tuple(
        Run(span.start, span.end, _SPAN_LOOKS.get(span.style, ""), span.href or "")
        for span in block.spans
        if span.start < span.end
    )


def block_piece(
    block: Block,
    width: int,
    speech: Sequence[Run] = (),
    gutter: int = GUTTER,
    reach: int = 0,
    doubts: Sequence[int] = (),
) -> Piece:
    """One block at `width` cells (bars and indents included, the gutter not). reach: cells that what does not wrap
    (code, tables) may take when it needs more.
    """
    bars = quote_bars(block, width)
    if block.kind == "code":
        need = max(map(cell_len, block.text.split("\n"))) + cells_of(bars) + len(CODE_BAR)
        return CodePiece(block.text, max(width, min(reach, need)), bars, gutter)
    if block.kind == "table" and block.rows:
        return table_piece(block.rows, block.head, max(width, reach) + gutter, gutter)
    if block.kind == "rule":
        return TextPiece("* * *", width, "muted", first=bars, rest=bars, gutter=gutter, align="centre")
    return _text_piece(block, width, speech, gutter, bars, doubts)


def _text_piece(
    block: Block, width: int, speech: Sequence[Run], gutter: int, bars: Parts, doubts: Sequence[int] = ()
) -> TextPiece:
    text, look, link, skew = _wording(block)
    first, rest, last, kept = bars, bars, "", 0
    if block.kind == "item":
        mark = cell_fit(block.marker or " ", LEAST_TEXT) + " "
        deepest = max(0, width - cells_of(bars) - cell_len(mark) - LEAST_TEXT) // 2
        indent = "  " * max(0, min(block.level - 1, deepest))
        if block.rtl:
            first = rest = bars
            last = " " + mark.rstrip() + indent
        else:
            kept = len(mark)
            first = (*bars, (indent, ""), (mark, "marker"))
            rest = (*bars, (indent, ""), (" " * cell_len(mark), ""))
    elif block.pull:
        first = rest = (*(bars or (("▎ ", "quote-1"),)), ("  ", ""))
    runs = (*span_runs(block), *speech) if not link and not skew else link
    align = "right" if block.rtl else "left"
    return TextPiece(
        text, width, look, runs, first, rest, tuple(speech), gutter, kept, align, skew, last, tuple(doubts)
    )


def _wording(block: Block) -> tuple[str, str, tuple[Run, ...], int]:
    """What a block says, its look, its link when the words are ours, and where its own words begin in them."""
    if block.kind == "image":
        text = f"{IMAGE}{block.text}]" if block.text else "[image]"
        return text, "muted", (Run(0, len(text), "", block.href),) if block.href else (), len(IMAGE)
    if block.kind == "embed":
        text = block.text or block.href or "embedded page"
        return f"[{text}]", "muted", (Run(1, 1 + len(text), "link", block.href or ""),), 1
    text = with_scripts(block.text, block.spans) if block.spans else block.text
    if block.pull:
        return text, "pull", (), 0
    if block.kind == "heading":
        return text, "heading" if block.level <= 2 else "subheading", (), 0
    if block.lead:
        return text, "lead", (), 0
    looks = {"caption": "caption", "footnote": "muted"}
    return text, looks.get(block.kind, "quoted" if block.quote else ""), (), 0


def gap_between(before: Block, after: Block) -> int:
    """Blank rows between two blocks: none after a heading, inside a list, or before a caption."""
    if before.kind == "heading" or (before.kind == after.kind == "item") or (after.kind == "caption"):
        return 0
    return 1


@dataclass(slots=True)
class Placed:
    """A piece in an article. block: its block's number, negative for what is not a block (title, gaps).

    start: where in the block's text the piece's own text begins (the quote lens shows parts of blocks).
    """

    piece: Piece
    block: int
    start: int = 0


def article_pieces(
    blocks: Sequence[Block], quotes: Sequence[PlacedQuote], width: int, title: str = "", reach: int = 0
) -> list[Placed]:
    """The blocks in order with the gaps between them. A first heading that repeats the title is left out."""
    looks = speaker_looks(quotes)
    speech: dict[int, list[Run]] = {}
    doubts: dict[int, list[int]] = {}
    for quote in quotes:
        if quote.kind == "speech":
            speech.setdefault(quote.block, []).append(Run(quote.start, quote.end, looks[quote.speaker or None]))
            if is_doubtful(quote):
                doubts.setdefault(quote.block, []).append(quote.start)
    placed: list[Placed] = []
    before: Block | None = None
    for number, block in enumerate(blocks):
        if not placed and block.kind == "heading" and block.text.casefold() == title.casefold():
            continue
        if before is not None and gap_between(before, block):
            placed.append(Placed(LinesPiece((gap_line(min(before.quote, block.quote), width),)), -1))
        if block.kind == "code" and block.lang:
            placed.append(Placed(LinesPiece((fitted(block.lang, width, "caption"),)), -1))
        shown = _without_alt(block, blocks[number + 1] if number + 1 < len(blocks) else None)
        piece = block_piece(shown, width, speech.get(number, ()), reach=reach, doubts=doubts.get(number, ()))
        placed.append(Placed(piece, number))
        before = block
    return placed


def _without_alt(block: Block, after: Block | None) -> Block:
    """An image whose caption below says the same words as it does: they are shown once."""
    if block.kind != "image" or after is None or after.kind != "caption" or not block.text:
        return block
    alt, caption = (" ".join(text.casefold().strip(" .").split()) for text in (block.text, after.text))
    return replace(block, text="") if alt and caption.startswith(alt) else block


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
        self._of_block: dict[int, list[int]] = {}
        for place, one in enumerate(self.placed):
            if one.block >= 0:
                self._of_block.setdefault(one.block, []).append(place)

    def at(self, row: int) -> tuple[Placed, int]:
        """The piece that row is of, and the row within it."""
        place = max(0, bisect_right(self.starts, row) - 1)
        return self.placed[place], row - self.starts[place]

    def row_of(self, block: int, offset: int) -> int | None:
        """The row that shows this place in a block; where parts are left out, the first one shown after it."""
        places = self._of_block.get(block)
        if places is None:
            return None
        place = next((one for one in reversed(places) if self.placed[one].start <= offset), places[0])
        return self.starts[place] + self.placed[place].piece.row_of(max(0, offset - self.placed[place].start))

    def near(self, block: int, offset: int) -> int | None:
        """As `row_of`; for a block that is not shown, the first row of the next one that is."""
        row = self.row_of(block, offset)
        later = [shown for shown in self._of_block if shown > block] if row is None else []
        return self.row_of(min(later), 0) if later else row

    def anchor(self, row: int) -> tuple[int, int, int]:
        """What a row shows: (block, offset in it, rows below that). Rows above the first block count from the top."""
        place = min(len(self.placed), bisect_right(self.starts, row)) - 1
        while place >= 0 and self.placed[place].block < 0:
            place -= 1
        if place < 0:
            return -1, 0, row
        one, within = self.placed[place], row - self.starts[place]
        inside = min(within, one.piece.rows - 1)
        return one.block, one.start + one.piece.offset(inside), within - inside


def fitted(text: str, width: int, look: str = "", href: str = "", gutter: int = GUTTER) -> Line:
    """One row, cut to the column."""
    shown = cell_fit(text, width)
    return Line(" " * gutter + shown, (Run(gutter, gutter + len(shown), look, href),), gutter)
