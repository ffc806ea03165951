"""Who says what: the story's quotes by speaker; enter goes there, y copies with the source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui_news.models import OpenStory, PlacedQuote
from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.screens.story_out import cited
from tui_news.ui.widgets.lines import Line, Run
from tui_news.ui.widgets.quotes_list import Groups, QuotesList
from tui_news.ui.widgets.reading_messages import QuoteChosen, QuoteCopied

FAR = 1_000_000


class MarkedQuotes(QuotesList):
    """The cursor also has a mark: a background alone is nothing where there are no colours."""

    def line_at(self, line: int) -> Line | None:
        shown = super().line_at(line)
        if shown is None or not shown.text or not self.is_cursor_row(line):
            return shown
        return replace(shown, text="▌" + shown.text[1:], runs=(*shown.runs, Run(0, 1, "accent")))


class QuotesScreen(Dialog[PlacedQuote]):
    """Answers the quote to go to."""

    title_text = "Who says what"
    hint_text = "j/k moves · tab speaker · enter goes there · y copies · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("space", "page(1)", show=False),
        Binding("tab,right_curly_bracket", "speaker(False)", show=False),
        Binding("shift+tab,left_curly_bracket", "speaker(True)", show=False),
        Binding("enter,l", "choose", show=False),
        Binding("y", "copy", show=False),
        Binding("q,h,quotation_mark", "close", show=False),
    ]

    def __init__(self, opened: OpenStory, groups: Groups, at: PlacedQuote | None = None) -> None:
        """at: the quote the reader is at, where the list begins."""
        super().__init__()
        self.opened, self.groups, self.at = opened, groups, at

    def body(self) -> Iterable[Widget]:
        yield MarkedQuotes()

    @property
    def list(self) -> QuotesList:
        return self.query_one(QuotesList)

    def on_mount(self) -> None:
        self.list.show(self.groups, self.at)

    def action_by(self, rows: int) -> None:
        self.list.move(rows)

    def action_page(self, direction: int, part: float = 1.0) -> None:
        self.list.move(direction * max(1, int(self.list.rows * part) // 3))

    def action_go(self, index: int) -> None:
        self.list.move(index or -FAR)

    def action_speaker(self, back: bool) -> None:
        self.list.next_speaker(back)

    def action_choose(self) -> None:
        self.list.choose()

    def action_copy(self) -> None:
        self.list.copy()

    def on_quote_chosen(self, message: QuoteChosen) -> None:
        self.dismiss(message.quote)

    def on_quote_copied(self, message: QuoteCopied) -> None:
        from tui_news.text.cite import as_text

        self.app.copy_to_clipboard(as_text(cited(message.quote, self.opened)))
        self.note("Copied the quote with its source.")
