"""Quotes in an article's blocks: one text for context, and every find put back into its block."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tui_news.models import Block, PlacedQuote, Quote
from tui_news.models.article import How
from tui_news.models.late import dataclass
from tui_news.text.quotes.find import find_quotes

_READ = frozenset({"para", "item", "heading", "caption", "footnote"})
_GAP = "\n\n"
_CREDIT = re.compile(r"^[^\S\n]*[–—―~-]+[^\S\n]*(?P<name>[^\W\d_][^\n]{1,79})$")
_BLANK = re.compile(r"\n[^\S\n]*(?=\n)")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Block number `block` stands at `start` of the joined text; `stub`: a stand-in for a block quotation."""

    start: int
    end: int
    block: int
    stub: bool = False


def quotes_in(blocks: Sequence[Block], lang: str | None = None) -> tuple[PlacedQuote, ...]:
    """The quotations of an article, sorted by block and start; offsets are into each block's text.

    Headings yield no speech; code, tables and pictures nothing; a block quotation one quote of kind "block" for each
    of its blocks; a pull quote nothing when the article's text holds its words anyway.
    """
    text, pieces = _joined(blocks)
    starts = [piece.start for piece in pieces]
    placed: list[PlacedQuote] = []
    leads: dict[int, Quote] = {}
    for quote in find_quotes(text, lang):
        piece = pieces[max(0, bisect_right(starts, quote.start) - 1)]
        if quote.kind == "block":
            continue  # blocks tell their quotations themselves; ">" in a paragraph is somebody's bullet
        if piece.stub:
            leads.setdefault(piece.block, quote)
        else:
            placed.extend(_placed(quote, piece, pieces, blocks))
    placed.extend(_block_quotes(blocks, leads))
    return tuple(sorted(placed, key=lambda q: (q.block, q.start, -q.end)))


def _joined(blocks: Sequence[Block]) -> tuple[str, list[_Piece]]:
    parts: list[str] = []
    pieces: list[_Piece] = []
    at = 0
    for n, block in enumerate(blocks):
        if block.kind not in _READ or block.pull or not block.text.strip():
            continue
        stub = block.quote > 0
        led = bool(parts) and parts[-1].rstrip().endswith((":", "："))
        if stub and not led:
            continue
        # A blank line inside a block must not look like a paragraph of its own; lengths stay the same.
        text = "“Yes.”" if stub else _BLANK.sub(lambda m: " " * len(m.group()), block.text)
        parts.append(text)
        pieces.append(_Piece(at, at + len(text), n, stub))
        at += len(text) + len(_GAP)
    return _GAP.join(parts), pieces


def _placed(quote: Quote, first: _Piece, pieces: Sequence[_Piece], blocks: Sequence[Block]) -> Iterator[PlacedQuote]:
    """Put a quote into its block; one that runs on into the next is cut at the border."""
    at = pieces.index(first) if quote.end > first.end else -1
    covered = [first] if at < 0 else [p for p in pieces[at:] if p.start < quote.end]
    for piece in covered:
        start, end = max(quote.start, piece.start) - piece.start, min(quote.end, piece.end) - piece.start
        if piece.stub:
            continue
        block = blocks[piece.block]
        words = block.text[start:end]
        if block.kind == "heading" and quote.kind == "speech":
            yield PlacedQuote(piece.block, start, end, "term", words)
        else:
            yield PlacedQuote(piece.block, start, end, quote.kind, words, quote.speaker, quote.how)


def _block_quotes(blocks: Sequence[Block], leads: dict[int, Quote]) -> Iterator[PlacedQuote]:
    said = ""
    n = 0
    while n < len(blocks):
        end = n
        while end < len(blocks) and (blocks[end].quote > 0 or blocks[end].pull) and blocks[end].pull == blocks[n].pull:
            end += 1
        if end == n:
            n += 1
            continue
        run = [i for i in range(n, end) if blocks[i].kind in _READ and blocks[i].text.strip()]
        if run and blocks[n].pull:
            said = said or _folded(" ".join(b.text for b in blocks if not b.pull and b.kind in _READ))
            run = [] if all(_repeats(blocks[i].text, said) for i in run) else run
        yield from _run(blocks, run, next((leads[i] for i in run if i in leads and leads[i].speaker), None))
        n = end


def _run(blocks: Sequence[Block], run: Sequence[int], lead: Quote | None) -> Iterator[PlacedQuote]:
    """One block quotation: its credit line ("— Name") names the speaker and is not quoted itself."""
    if not run:
        return
    words, credit = _credited(blocks[run[-1]].text)
    speaker = credit or (lead.speaker if lead else None)
    how: How = "" if speaker is None else "stated" if credit or lead is None else lead.how
    for i in run:
        text = blocks[i].text
        end = words if i == run[-1] and credit else len(text)
        start = len(text) - len(text.lstrip())
        end = len(text[:end].rstrip())
        if end > start:
            yield PlacedQuote(i, start, end, "block", text[start:end], speaker, how)


def _credited(text: str) -> tuple[int, str | None]:
    """Where a block quotation's own words end, and whom its last line credits."""
    at = text.rstrip().rfind("\n") + 1
    found = _CREDIT.match(text.rstrip()[at:])
    if not found:
        return len(text), None
    name = re.split(r"[,(;:]| – | — ", found["name"])[0].strip(' ."“”')
    words = name.split()
    named = bool(words) and len(words) <= 7 and (words[0][0].isupper() or not words[0][0].islower())
    return (at, name) if named and name[-1:] not in "!?…" else (len(text), None)


def _repeats(text: str, said: str) -> bool:
    words = _credited(text)[0]
    return _folded(text[:words]) in said


def _folded(text: str) -> str:
    """Letters and digits only, so that marks, dashes and case do not hide a repetition."""
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))
