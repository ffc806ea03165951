"""Who says what in a story: its quotes under the names of those who said them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual import events

from tui_news.models import PlacedQuote
from tui_news.text.cells import cell_fit
from tui_news.text.wrap import wrap
from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.reading_messages import QuoteChosen, QuoteCopied
from tui_news.ui.widgets.speakers import SPEAKERS, UNNAMED, mark_of, speaker_looks

Groups = Sequence[tuple[str, Sequence[PlacedQuote]]]
NOBODY = "Nobody named"
INDENT = 2


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
        self._groups: Groups = ()
        self.quotes: list[PlacedQuote] = []
        self._lines: list[Line] = []
        self._firsts: list[int] = []  # each quote's first row
        self._counts: list[int] = []

    def show(self, groups: Groups, at: PlacedQuote | None = None) -> None:
        """The quotes by speaker, the most quoted first; "" are those nobody is named for. at: where to begin."""
        self._groups = [(speaker, quotes) for speaker, quotes in groups if quotes]
        self.quotes = [quote for _, quotes in self._groups for quote in quotes]
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
    def current(self) -> PlacedQuote | None:
        return self.quotes[self.cursor] if self.quotes else None

    def move(self, by: int) -> bool:
        """So many quotes on (or back); whether the cursor moved."""
        return self._go(self.cursor + by)

    def next_speaker(self, back: bool = False) -> bool:
        """To the first quote of the next (or previous) speaker."""
        starts: list[int] = []
        at = 0
        for _, quotes in self._groups:
            starts.append(at)
            at += len(quotes)
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


def quote_lines(groups: Groups, width: int) -> tuple[list[Line], list[int], list[int]]:
    """All rows, each quote's first row, and how many rows each quote has."""
    lines: list[Line] = []
    firsts: list[int] = []
    counts: list[int] = []
    looks = speaker_looks(sorted((q for _, quotes in groups for q in quotes), key=lambda q: (q.block, q.start)))
    for number, (speaker, quotes) in enumerate(groups):
        if number:
            lines.append(BLANK)
        look = looks.get(speaker or None, UNNAMED)
        name = cell_fit(speaker or NOBODY, max(1, width - 6))
        lines.append(LineBuilder().add(mark_of(look), look).add(name, "strong").add(f" {len(quotes)}", "muted").line())
        for quote in quotes:
            firsts.append(len(lines))
            text = quote.text.replace("\n", " ")
            for start, end in wrap(text, max(1, width - INDENT)):
                lines.append(LineBuilder().add(" " * INDENT).add(text[start:end]).line(INDENT))
            counts.append(len(lines) - firsts[-1])
    return lines, firsts, counts
