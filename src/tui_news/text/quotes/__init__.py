"""Find quoted words in a text and say whose they are, without a model: rules over marks, verbs and names.

The rules are imported on first use: who only compares names or words does not wait for them.
"""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.models import Block, PlacedQuote, Quote

DETECTOR = 13  # grows when the rules find more or better: stored stories are then read anew

__all__ = ["DETECTOR", "find_quotes", "quotes_in"]


def find_quotes(text: str, lang: str | None = None) -> list[Quote]:
    """The quotations of a plain text, sorted by start; offsets are code points, marks included, end exclusive.

    lang: the text's language if known ("nb-NO"); otherwise it is guessed. Never raises; linear in the text's length.
    """
    from tui_news.text.quotes.find import find_quotes as find

    return find(text, lang)


def quotes_in(blocks: Sequence[Block], lang: str | None = None) -> tuple[PlacedQuote, ...]:
    """The quotations of an article, sorted by block and start; offsets are into each block's text.

    Headings yield no speech; code, tables and pictures nothing; a block quotation one quote of kind "block" for each
    of its blocks; a pull quote nothing when the article's text holds its words anyway.
    """
    from tui_news.text.quotes.blocks import quotes_in as find

    return find(blocks, lang)
