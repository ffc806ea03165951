"""The quotes of an article, by our word lists and the reader's own."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.models import Block, PlacedQuote
from tui_news.paths import default_paths
from tui_news.text.quotes import quotes_in
from tui_news.text.quotes.wordfiles import use_own

OWN = "quotes"  # the folder in the config folder


def spoken(blocks: Sequence[Block], lang: str | None) -> tuple[PlacedQuote, ...]:
    """See `text.quotes.quotes_in`."""
    use_own(default_paths().config / OWN)
    return tuple(quotes_in(blocks, lang))
