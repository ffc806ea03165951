"""Quotes across the library: who says what, where it was said again, and the reader's own word on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_news.models import Block, Cited, PlacedQuote, SaidAgain, Speaker, SpokenQuote, TuinewsError
from tui_news.store import Library
from tui_news.text.quotes.cited import Passages, cited
from tui_news.text.quotes.wordfiles import own_problems
from tui_news.text.sanitize import clean_line

NAME = 120  # characters


class LibraryQuotes:
    """`desk.quotes`; see `contracts_quotes`."""

    def __init__(self, library: Library, clock: Callable[[], float]) -> None:
        self._library, self._clock = library, clock

    def speakers(self, match: str = "", limit: int = 1000) -> tuple[Speaker, ...]:
        return self._library.quotes.speakers(match, limit)

    def of(self, name: str, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        return self._library.quotes.of(name, limit)

    def newest(self, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        """Every spoken or block quote, those of the newest stories first."""
        return self._library.quotes.newest(limit)

    def index(self) -> list[str]:
        """Bring the index up to date, for a program without a courier; what is wrong with the reader's word lists."""
        while self._library.quotes.update(limit=500):
            pass
        return own_problems(self._library.paths.config / "quotes")

    def in_story(self, story_id: int) -> tuple[SpokenQuote, ...]:
        return self._library.quotes.in_story(story_id)

    def said_again(self, story_id: int, text: str) -> tuple[SaidAgain, ...]:
        return self._library.quotes.said_again(story_id, text)

    def set_speaker(self, story_id: int, quote: PlacedQuote, name: str | None) -> str:
        chosen = clean_line(name or "", NAME) or None
        words = f"naming {chosen} as a quote's speaker" if chosen else "taking a quote's speaker away"
        now = int(self._clock())
        with self._library.write(durable=True):
            undo = self._library.quotes.set_speaker(story_id, quote.text, chosen, now)
            self._library.journal.record(words, [undo], now=now)
        return words

    def merge(self, name: str, into: str) -> str:
        old, new = clean_line(name, NAME), clean_line(into, NAME)
        if not old or not new:
            raise TuinewsError("The speakers were not merged", "a name is empty", "give two names")
        if old == new:
            raise TuinewsError("The speakers were not merged", "they are the same", "give another name")
        words = f"merging {old} into {new}"
        now = int(self._clock())
        with self._library.write(durable=True):
            undo = self._library.quotes.merge(old, new, now)
            self._library.journal.record(words, [undo], now=now)
        return words

    def corrected(self, story_id: int, quotes: Sequence[PlacedQuote]) -> tuple[PlacedQuote, ...]:
        return self._library.quotes.corrected(story_id, quotes)

    def cited(self, comments: Sequence[Sequence[Block]], article: Sequence[Block]) -> tuple[tuple[Cited, ...], ...]:
        passages = Passages(article)
        return tuple(cited(blocks, passages) for blocks in comments)
