"""Lists of quotes: a story's under those who said them or in its order, a person's under the stories."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import ClassVar, NamedTuple

from textual import events

from tui_news.models import PlacedQuote, SpokenQuote
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import day
from tui_news.text.folding import find_all
from tui_news.text.wrap import wrap
from tui_news.ui.widgets.lens import quotes_in_order
from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.reading_messages import QuoteChosen, QuoteCopied
from tui_news.ui.widgets.speakers import DOUBT, SPEAKERS, UNNAMED, mark_of, speaker_looks

AnyQuote = PlacedQuote | SpokenQuote
Pairs = Sequence[tuple[str, Sequence[PlacedQuote]]]
NOBODY = "Nobody named"
INDENT = 2


class Group(NamedTuple):
    """Quotes under a heading: `name` strong behind a speaker's mark, `tail` quiet after it."""

    name: str
    tail: str
    look: str
    quotes: Sequence[AnyQuote]


def by_speaker(pairs: Pairs) -> list[Group]:
    """The quotes under the names of those who said them, as they come."""
    looks = _looks(pairs)
    return [
        Group(name or NOBODY, f" {len(quotes)}", looks.get(name or None, UNNAMED), quotes)
        for name, quotes in pairs
        if quotes
    ]


def in_order(pairs: Pairs) -> list[Group]:
    """The quotes as the text has them; who goes on speaking is not named again."""
    looks = _looks(pairs)
    quotes = quotes_in_order([quote for _, some in pairs for quote in some])
    return [
        Group(name or NOBODY, "", looks.get(name or None, UNNAMED), list(run))
        for name, run in groupby(quotes, key=lambda quote: quote.speaker or "")
    ]


def by_story(quotes: Sequence[SpokenQuote]) -> list[Group]:
    """One person's quotes under the stories they stand in."""
    runs = [list(run) for _, run in groupby(quotes, key=lambda quote: quote.story_id)]
    return [Group(run[0].title or "Untitled", f" · {run[0].feed} · {day(run[0].when)}", UNNAMED, run) for run in runs]


def _looks(pairs: Pairs) -> dict[str | None, str]:
    return speaker_looks(quotes_in_order([quote for _, quotes in pairs for quote in quotes]))


def matching(groups: Iterable[Group], words: str) -> list[Group]:
    """Those whose heading has the words, whole, and of the others the quotes that have them."""
    if not words.strip():
        return list(groups)
    found: list[Group] = []
    for group in groups:
        if any(find_all(words, group.name + group.tail)):
            found.append(group)
        elif some := [quote for quote in group.quotes if any(find_all(words, quote.text))]:
            found.append(group._replace(quotes=some))
    return found


class QuotesList(LineView):
    """`cursor` is a quote. Keys are the screen's: `move`, `next_speaker`, `choose` (enter), `copy` (y)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--speaker", *(f"line--speaker-{number}" for number in range(1, SPEAKERS + 1))
    }  # fmt: skip
    DEFAULT_CSS = """
    QuotesList {
        & > .line--speaker { color: $text-muted; }
        & > .line--speaker-1 { color: $text-success; }
        & > .line--speaker-2 { color: $text-accent; }
        & > .line--speaker-3 { color: $text-primary; }
        & > .line--speaker-4 { color: $text-error; }
        & > .line--speaker-5 { color: $text-warning; }
        & > .line--speaker-6 { color: $text-secondary; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._groups: Sequence[Group] = ()
        self.quotes: list[AnyQuote] = []
        self._lines: list[Line] = []
        self._firsts: list[int] = []  # each quote's first row
        self._counts: list[int] = []

    def show(self, groups: Sequence[Group], at: AnyQuote | None = None) -> None:
        """The groups that have quotes. at: where to begin."""
        self._groups = [group for group in groups if group.quotes]
        self.quotes = [quote for group in self._groups for quote in group.quotes]
        self.set_reactive(QuotesList.cursor, self.quotes.index(at) if at in self.quotes else 0)
        self._lay_out()

    def _lay_out(self) -> None:
        if not self.columns:
            return
        lines, firsts, counts = quote_lines(self._groups, self.columns)
        self._lines, self._firsts, self._counts = lines, firsts, counts
        self.set_line_count(len(lines))
        self._show_cursor()

    # What the keys do.
    @property
    def current(self) -> AnyQuote | None:
        return self.quotes[self.cursor] if self.quotes else None

    def move(self, by: int) -> bool:
        """So many quotes on (or back); whether the cursor moved."""
        return self._go(self.cursor + by)

    def next_speaker(self, back: bool = False) -> bool:
        """To the first quote of the next (or previous) speaker."""
        starts: list[int] = []
        at = 0
        for group in self._groups:
            starts.append(at)
            at += len(group.quotes)
        place = bisect_right(starts, self.cursor) - 1 + (-1 if back else 1)
        return 0 <= place < len(starts) and self._go(starts[place])

    def choose(self) -> bool:
        if (quote := self.current) is not None:
            self.post_message(QuoteChosen(quote))
        return quote is not None

    def copy(self) -> bool:
        if (quote := self.current) is not None:
            self.post_message(QuoteCopied(quote))
        return quote is not None

    def _go(self, number: int) -> bool:
        number = max(0, min(number, len(self.quotes) - 1))
        moved = number != self.cursor
        self.cursor = number
        self._show_cursor()
        return moved

    def _show_cursor(self) -> None:
        """The first quote of a speaker is shown with the name above it."""
        if self._firsts:
            first, count = self.item_rows(self.cursor)
            above = 1 if first and self._lines[first - 1].lead == 0 and self._lines[first - 1].text else 0
            self.reveal(first - above - (first - above == 1), count + above)

    # LineView's side.
    def item_rows(self, item: int) -> tuple[int, int]:
        return (self._firsts[item], self._counts[item]) if item < len(self._firsts) else (0, 0)

    def row_key(self, line: int) -> Hashable:
        return self.is_cursor_row(line) and (1 + self.has_focus)

    def line_at(self, line: int) -> Line | None:
        return self._lines[line] if 0 <= line < len(self._lines) else None

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out()

    def on_click(self, event: events.Click) -> None:
        number = bisect_right(self._firsts, event.y + self.top) - 1
        if number >= 0 and self.text_selection is None:
            self._go(number)
            self.choose()


def quote_lines(groups: Sequence[Group], width: int) -> tuple[list[Line], list[int], list[int]]:
    """All rows, each quote's first row, and how many rows each quote has. A quote whose speaker is likely, but not
    said, has a question mark before it.
    """
    lines: list[Line] = []
    firsts: list[int] = []
    counts: list[int] = []
    for number, (heading, tail, look, quotes) in enumerate(groups):
        if number:
            lines.append(BLANK)
        name = cell_fit(heading, max(width // 3, width - 1 - cell_len(tail)))
        rest = cell_fit(tail, max(0, width - 1 - cell_len(name)))
        lines.append(LineBuilder().add(mark_of(look), look).add(name, "strong").add(rest, "muted").line())
        for quote in quotes:
            firsts.append(len(lines))
            text = quote.text.replace("\n", " ")
            for row, (start, end) in enumerate(wrap(text, max(1, width - INDENT))):
                doubt = DOUBT if row == 0 and quote.speaker and not quote.sure else " "
                lines.append(LineBuilder().add(" ").add(doubt, "accent").add(text[start:end]).line(INDENT))
            counts.append(len(lines) - firsts[-1])
    return lines, firsts, counts
