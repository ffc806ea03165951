"""Quotes across the library: who speaks how often, what they said where, and what was said again."""

from __future__ import annotations

from typing import Literal

from tui_news.models.article import How, QuoteKind
from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """One person (or office), in all their spellings, the commonest first as `name`.

    quotes, stories: how many of them. first, last: dates of their stories, Unix seconds.
    """

    name: str
    quotes: int
    stories: int
    first: int
    last: int
    spellings: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpokenQuote:
    """A quote where it stands: code points `start`..`end` of block number `block` of the story's shown article.

    speaker: as the reader set or merged it, else as found; `how` says which. when: the story's date, Unix seconds.
    """

    id: int
    story_id: int
    block: int
    start: int
    end: int
    kind: QuoteKind
    text: str
    speaker: str
    how: How
    title: str
    feed: str
    url: str
    when: int

    @property
    def sure(self) -> bool:
        """Whether the speaker may be shown without a question mark."""
        return self.how not in ("carried", "doubtful")


@dataclass(frozen=True, slots=True)
class SaidAgain:
    """The same words in another story. relation: what that one is to the quote asked about: the "same" words,
    "shorter" (it cut `lacks` words), "longer" (the quote asked about cut them), or it "overlaps" in `words` words."""

    quote: SpokenQuote
    relation: Literal["same", "shorter", "longer", "overlaps"]
    words: int
    lacks: int


@dataclass(frozen=True, slots=True)
class Cited:
    """A comment quotes the article: code points `start`..`end` of the comment's block number `block` say what stands
    in the article's block `target` from `at` to `until`."""

    block: int
    start: int
    end: int
    target: int
    at: int
    until: int
