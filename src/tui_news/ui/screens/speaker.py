"""A speaker's page: what one person said in all the stories held, when, where, and where it was said again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_news.models import SaidAgain, Speaker, SpokenQuote
from tui_news.text.cite import Citation
from tui_news.text.dates import day
from tui_news.ui.screens.quotes_dialog import QuotesDialog
from tui_news.ui.widgets.quotes_list import AnyQuote, Group, by_story

MOST_AGAIN = 8


class SpeakerScreen(QuotesDialog[SpokenQuote]):
    """Answers the quote to open. `again` finds where a quote was said again; `link` is its address, at the quote."""

    hint_text = "enter opens it there · a said again · / filter · y copy · esc"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("a", "again", show=False)]

    def __init__(
        self,
        person: Speaker,
        quotes: Sequence[SpokenQuote],
        again: Callable[[SpokenQuote], Sequence[SaidAgain]],
        link: Callable[[SpokenQuote], str],
    ) -> None:
        super().__init__()
        self.person, self.quotes, self._again, self._link = person, quotes, again, link
        self.title_text = about(person)

    def on_mount(self) -> None:
        super().on_mount()
        self.show_list()

    def groups(self) -> Sequence[Group]:
        return by_story(self.quotes)

    def citation(self, quote: AnyQuote) -> Citation:
        assert isinstance(quote, SpokenQuote)
        speaker = quote.speaker + ("" if quote.sure else "?")
        return Citation(quote.text, speaker, quote.feed, day(quote.when), self._link(quote))

    def action_again(self) -> None:
        if not isinstance(quote := self.list.current, SpokenQuote):
            return
        found = self._again(quote)
        if not found:
            self.note("No other story that is held has these words.")
            return
        lines = [again_line(one) for one in found[:MOST_AGAIN]]
        if len(found) > MOST_AGAIN:
            lines.append(f"and {len(found) - MOST_AGAIN} more")
        self.note("\n".join(["Said again:", *lines]))


def about(person: Speaker) -> str:
    """`Odd Roger Enoksen · 12 quotes in 4 stories · Fri 22 Oct 2021 to Mon 1 Nov 2021`, and other spellings."""
    said = "1 quote" if person.quotes == 1 else f"{person.quotes} quotes"
    where = "1 story" if person.stories == 1 else f"{person.stories} stories"
    first, last = day(person.first), day(person.last)
    parts = [person.name, f"{said} in {where}", first if first == last else f"{first} to {last}"]
    if len(person.feeds) > 1:
        parts.append(f"{len(person.feeds)} sources")
    others = [name for name in person.spellings if name != person.name]
    if others:
        parts.append("also " + ", ".join(others[:4]) + (" …" if len(others) > 4 else ""))
    return " · ".join(parts)


def again_line(one: SaidAgain) -> str:
    """Which story has the words too, when, and who cut them."""
    words = "1 word" if one.lacks == 1 else f"{one.lacks} words"
    cut = {
        "same": "the same words", "shorter": f"cut by {words}", "longer": f"has {words} more",
        "overlaps": f"{one.words} words of it",
    }[one.relation]  # fmt: skip
    return f"· {one.quote.feed}, {day(one.quote.when)}: {one.quote.title} ({cut})"
