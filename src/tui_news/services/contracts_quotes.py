"""What the screen asks of the library about quotes and speakers: `desk.quotes`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tui_news.models import Block, Cited, PlacedQuote, SaidAgain, Speaker, SpokenQuote

__all__ = ["Cited", "PlacedQuote", "Quotes", "SaidAgain", "Speaker", "SpokenQuote"]


class Quotes(Protocol):
    """Quotes across the library. Reads what is indexed (the courier indexes, off the screen's way); raises LibraryError
    only. Acts are journalled: `desk.undo()` takes them back."""

    def speakers(self, match: str = "", limit: int = 1000) -> tuple[Speaker, ...]:
        """Who speaks, the most quoted first; `match`: words, or their beginnings, of one of the spellings."""
        ...

    def of(self, name: str, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        """What this person said, in any spelling, newest story first."""
        ...

    def newest(self, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        """Every spoken or block quote, those of the newest stories first."""
        ...

    def in_story(self, story_id: int) -> tuple[SpokenQuote, ...]:
        """The story's spoken and block quotes in its order, as indexed."""
        ...

    def said_again(self, story_id: int, text: str) -> tuple[SaidAgain, ...]:
        """Where other stories have the words of `text` (a quote in this story), oldest first; who cut them."""
        ...

    def set_speaker(self, story_id: int, quote: PlacedQuote, name: str | None) -> str:
        """The reader says who said it (None: nobody we know); kept for good. What was done, in words."""
        ...

    def merge(self, name: str, into: str) -> str:
        """`name` is `into`, in every story; kept for good. What was done, in words. Raises TuinewsError if they are
        the same or a name is empty."""
        ...

    def corrected(self, story_id: int, quotes: Sequence[PlacedQuote]) -> tuple[PlacedQuote, ...]:
        """An article's quotes with the reader's word on their speakers (`desk.open` has done it already)."""
        ...

    def cited(self, comments: Sequence[Sequence[Block]], article: Sequence[Block]) -> tuple[tuple[Cited, ...], ...]:
        """For each comment's blocks: the passages of the article it quotes, and where those stand in it."""
        ...
