"""Passages of an article that a comment quotes: in a `>` or block quotation, or word for word in quotation marks."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from tui_news.models import Block, Cited
from tui_news.text.quotes.marks import pairs
from tui_news.text.quotes.paras import paragraphs

_WORD = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+")
_STOP = re.compile(r"(?<=[.!?…。！？])[\"'”’»)]*\s+|\s*(?:\[?(?:…|\.\.\.)\]?)\s*|\n+")
_FEW = 4  # words: fewer are found by chance
_FEW_SURE = 3  # in a block quotation, which says that somebody's words follow
_READ = frozenset({"heading", "para", "item", "caption", "footnote", "code"})
_MOST = 200  # passages of one comment that are looked for


class Passages:
    """An article's words, made ready to be looked up many times (once for a thread of thousands)."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.places: list[tuple[int, int, int]] = []  # block, start, end of each word
        parts: list[str] = []
        self.starts: list[int] = []
        at = 1
        for n, block in enumerate(blocks):
            if block.kind in _READ:
                for start, end, word in _words(block.text):
                    self.places.append((n, start, end))
                    self.starts.append(at)
                    parts.append(word)
                    at += len(word) + 1
        self.text = f" {' '.join(parts)} "

    def find(self, words: Sequence[str]) -> tuple[int, int, int] | None:
        """The first place of these words in a row: block, start, end (cut at the block's end)."""
        if not words:
            return None
        found = self.text.find(f" {' '.join(words)} ")
        if found < 0:
            return None
        first = bisect_right(self.starts, found + 1) - 1
        block, start, end = self.places[first]
        for place in self.places[first : first + len(words)]:
            if place[0] == block:
                end = place[2]
        return block, start, end


def cited(comment: Sequence[Block], article: Passages | Sequence[Block]) -> tuple[Cited, ...]:
    """The passages of the article that a comment quotes, in the comment's order; linear in the comment's length.

    A block quotation that is not in the article as a whole (its end or its middle left out) is looked for sentence by
    sentence.
    """
    held = article if isinstance(article, Passages) else Passages(article)
    out: list[Cited] = []
    for n, block in enumerate(comment):
        if block.kind not in _READ or len(out) >= _MOST:
            continue
        if block.quote:
            whole = list(_found(n, block.text, [(0, len(block.text))], _FEW_SURE, held))
            out.extend(whole or _found(n, block.text, _sentences(block.text), _FEW_SURE, held))
        else:
            out.extend(_found(n, block.text, _marked(block.text), _FEW, held))
    return tuple(out[:_MOST])


def _found(n: int, text: str, spans: Sequence[tuple[int, int]], fewest: int, held: Passages) -> Iterator[Cited]:
    """Those of the stretches that the article has, from their first word to their last."""
    for start, end in spans:
        words = list(_words(text[start:end]))
        place = held.find([word for _, _, word in words]) if len(words) >= fewest else None
        if place is not None:
            yield Cited(n, start + words[0][0], start + words[-1][1], *place)


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _WORD.finditer(text):
        word = found.group()
        low = word.lower() if word.isascii() else _plain(word)
        yield found.start(), found.end(), low


def _plain(word: str) -> str:
    low = unicodedata.normalize("NFD", word.casefold())
    return "".join(c for c in low if not unicodedata.combining(c))


def _sentences(text: str) -> list[tuple[int, int]]:
    out, at = [], 0
    for cut in _STOP.finditer(text):
        out.append((at, cut.start()))
        at = cut.end()
    return [*out, (at, len(text))]


def _marked(text: str) -> list[tuple[int, int]]:
    paras = list(paragraphs(text))
    return [(m.inner_start, m.inner_end) for found in pairs(text, paras) for m in found if m.depth == 0]
