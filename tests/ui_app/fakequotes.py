"""`desk.quotes` made of plain Python: what was asked is noted, answers are set by the test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_news.models import Block, Cited, PlacedQuote, SaidAgain, Speaker, SpokenQuote


@dataclass
class FakeQuotes:
    people: tuple[Speaker, ...] = ()
    said: tuple[SpokenQuote, ...] = ()
    again: tuple[SaidAgain, ...] = ()
    links: dict[int, tuple[Cited, ...]] = field(default_factory=dict)
    calls: list[tuple[object, ...]] = field(default_factory=list)

    def speakers(self, match: str = "", limit: int = 1000) -> tuple[Speaker, ...]:
        return tuple(one for one in self.people if match.lower() in one.name.lower())[:limit]

    def of(self, name: str, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        return tuple(quote for quote in self.said if quote.speaker == name)[:limit]

    def newest(self, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        return self.said[:limit]

    def in_story(self, story_id: int) -> tuple[SpokenQuote, ...]:
        return tuple(quote for quote in self.said if quote.story_id == story_id)

    def said_again(self, story_id: int, text: str) -> tuple[SaidAgain, ...]:
        self.calls.append(("said_again", story_id, text))
        return self.again

    def set_speaker(self, story_id: int, quote: PlacedQuote, name: str | None) -> str:
        self.calls.append(("set_speaker", story_id, quote.text, name))
        return f"naming {name} as a quote's speaker" if name else "taking a quote's speaker away"

    def merge(self, name: str, into: str) -> str:
        self.calls.append(("merge", name, into))
        return f"merging {name} into {into}"

    def corrected(self, story_id: int, quotes: Sequence[PlacedQuote]) -> tuple[PlacedQuote, ...]:
        return tuple(quotes)

    def cited(self, comments: Sequence[Sequence[Block]], article: Sequence[Block]) -> tuple[tuple[Cited, ...], ...]:
        return tuple(self.links.get(number, ()) for number in range(len(comments)))
