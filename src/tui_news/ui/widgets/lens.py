"""The quote lens: first everything but what is said grows dim, then only what is said is left. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui_news.models import Article, Block, PlacedQuote
from tui_news.ui.widgets.article_lines import Placed, gap_line, span_runs
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder, Run
from tui_news.ui.widgets.pieces import GUTTER, LinesPiece, TextPiece
from tui_news.ui.widgets.speakers import UNNAMED, mark_of, speaker_looks, speaker_name

OFF, DIM, ONLY = range(3)
LENSES = 3
KEPT = ("speaker", "quote-current", "match", "hint")  # looks that do not grow dim


def dimmed(line: Line) -> Line:
    """The line with all but what is said (and what is lit) in one quiet look."""
    kept = sorted((run.start, run.end) for run in line.runs if run.style.startswith(KEPT))
    at, dims = 0, []
    for start, end in [*kept, (len(line.text), len(line.text))]:
        if start > at:
            dims.append(Run(at, start, "dimmed"))
        at = max(at, end)
    return replace(line, runs=(*line.runs, *dims)) if line.text.strip() else line


def quotes_in_order(quotes: Sequence[PlacedQuote]) -> list[PlacedQuote]:
    """What is said and what is quoted in blocks, in the text's order."""
    return sorted((q for q in quotes if q.kind in ("speech", "block")), key=lambda q: (q.block, q.start))


def only_quotes(article: Article, width: int) -> list[Placed]:
    """The quotes alone, each under the name of who says it; several in a row by the same share it."""
    looks = speaker_looks(article.quotes)
    placed: list[Placed] = []
    name_before: str | None = None
    for quote in quotes_in_order(article.quotes):
        if not 0 <= quote.block < len(article.blocks):
            continue
        look = looks.get(quote.speaker, UNNAMED)
        name = speaker_name(quote) or "Nobody named"
        if name != name_before:
            head = LineBuilder().add(mark_of(look), look).add(" " * (GUTTER - 1)).add(name, "strong")
            placed.append(Placed(LinesPiece((*((BLANK,) if placed else ()), head.line(GUTTER))), -1))
        elif placed:
            placed.append(Placed(LinesPiece((gap_line(0, width),)), -1))
        placed.append(_quote_piece(article.blocks[quote.block], quote, look, width))
        name_before = name
    if not placed:
        placed.append(Placed(TextPiece("Nobody is quoted in this story.", width, "muted"), -1))
    return placed


def _quote_piece(block: Block, quote: PlacedQuote, look: str, width: int) -> Placed:
    text = block.text[quote.start : quote.end]
    said = Run(0, len(text), look)
    spans = tuple(
        run._replace(start=max(0, run.start - quote.start), end=min(len(text), run.end - quote.start))
        for run in span_runs(block)
        if run.start < quote.end and run.end > quote.start
    )
    align = "right" if block.rtl else "left"
    piece = TextPiece(text, width, "", (*spans, said), marks=(said,), align=align)
    return Placed(piece, quote.block, quote.start)
