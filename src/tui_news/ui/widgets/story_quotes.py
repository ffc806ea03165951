"""The quotes of a story: going from one to the next, and the lens that shows what is said."""

from __future__ import annotations

from typing import Any

from tui_news.models import PlacedQuote, SpokenQuote
from tui_news.ui.widgets.lens import LENSES, OFF, ONLY, quotes_in_order
from tui_news.ui.widgets.lines import Run
from tui_news.ui.widgets.speakers import speaker_name
from tui_news.ui.widgets.story_base import StoryBase
from tui_news.ui.widgets.story_doc import Lit


class StoryQuotes(StoryBase):
    """`lens` is one of `lens.OFF`, `DIM`, `ONLY`; it ends with the story."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._quote: PlacedQuote | None = None

    def _forget_story(self) -> None:
        super()._forget_story()
        self._quote, self.lens = None, OFF

    # Quotes.
    @property
    def spoken(self) -> list[PlacedQuote]:
        """The story's spoken and block quotes in order."""
        article = self.opened.article if self.opened else None
        quotes = article.quotes if article else ()
        return quotes_in_order(quotes)

    def current_quote(self) -> PlacedQuote | None:
        """The quote gone to last, while it is on the screen."""
        rows = self._quote_rows(self._quote) if self._quote else None
        return self._quote if rows and rows[0] < self.top + self.rows and rows[1] >= self.top else None

    def next_quote(self, back: bool = False) -> bool:
        """Go to the next quote after the current one, or after the top of the screen; False at the last."""
        quotes = self.spoken
        if (current := self.current_quote()) is not None and current in quotes:
            number = quotes.index(current) + (-1 if back else 1)
        else:
            ahead = [n for n, q in enumerate(quotes) if (rows := self._quote_rows(q)) and rows[0] >= self.top]
            first = ahead[0] if ahead else len(quotes)
            number = first - 1 if back else first
        if not 0 <= number < len(quotes):
            return False
        self.go_to_quote(quotes[number])
        return True

    def go_to_quote(self, quote: PlacedQuote) -> None:
        """Show a quote and light it."""
        rows = self._quote_rows(quote)
        if rows is None:
            return
        self._quote = quote
        self._light()
        self._set_comment(None)
        self._reveal(rows[0], rows[1] - rows[0] + 1, margin=2)
        self._tell()

    def go_to_spoken(self, spoken: SpokenQuote) -> None:
        """Go to a quote that the library's index names."""
        same = [quote for quote in self.spoken if quote.block == spoken.block and quote.start == spoken.start]
        near = same or [quote for quote in self.spoken if quote.text == spoken.text]
        if near:
            self.go_to_quote(near[0])

    def refresh_quote(self) -> None:
        """The story was shown anew: the current quote may have another speaker."""
        old = self._quote
        same = [quote for quote in self.spoken if old and (quote.block, quote.start) == (old.block, old.start)]
        self._quote = same[0] if same else None
        self._light()
        self._tell()

    def _quote_rows(self, quote: PlacedQuote) -> tuple[int, int] | None:
        if self.doc is None:
            return None
        first = self.doc.article.row_of(quote.block, quote.start)
        last = self.doc.article.row_of(quote.block, max(quote.start, quote.end - 1))
        return None if first is None or last is None else (first, last)

    def _hit_runs(self) -> Lit:
        """What is lit beside the current quote, under it."""
        return Lit()

    def _light(self) -> None:
        """Put together what is lit, and draw."""
        lit = self._hit_runs()
        if (quote := self._quote) is not None:
            run = Run(quote.start, quote.end, "quote-current")
            lit.article[quote.block] = [*lit.article.get(quote.block, ()), run]
        self.lit = lit
        self.forget()

    def place_context(self) -> str:
        quotes = self.spoken
        if (quote := self.current_quote()) is not None and quote in quotes and self.comment_cursor is None:
            return f"quote {quotes.index(quote) + 1}/{len(quotes)} {speaker_name(quote)}".rstrip()
        return super().place_context()

    # The lens.
    def next_lens(self) -> int:
        """From all of the text to what is said in it, to that alone, and back; which it is now."""
        self.set_lens((self.lens + 1) % LENSES)
        return self.lens

    def set_lens(self, lens: int) -> None:
        """Another lens, at the same place in the text."""
        was, self.lens = self.lens, lens
        if self.doc is None or was == lens:
            return
        quote = self.current_quote()
        held = self._hold()
        self._lay_out(held)
        if ONLY in (was, lens) and quote is not None:
            self.go_to_quote(quote)
