"""What the lists of quotes share: moving, narrowing by words, copying."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from tui_news.text.cite import Citation, as_markdown, as_text
from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.widgets.field import Field
from tui_news.ui.widgets.marked_quotes import MarkedQuotes
from tui_news.ui.widgets.quotes_list import AnyQuote, Group, QuotesList, matching
from tui_news.ui.widgets.reading_messages import QuoteChosen, QuoteCopied

FAR = 1_000_000
Answer = TypeVar("Answer")


class QuotesDialog(Dialog[Answer]):
    """Subclasses give `groups` and `citation`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("space", "page(1)", show=False),
        Binding("tab,right_curly_bracket", "speaker(False)", show=False),
        Binding("shift+tab,left_curly_bracket", "speaker(True)", show=False),
        Binding("enter,l", "choose", show=False),
        Binding("y", "copy", show=False),
        Binding("Y", "copy_markdown", show=False),
        Binding("slash", "filter", show=False),
        Binding("q,h,quotation_mark", "close", show=False),
    ]
    words = ""

    def groups(self) -> Sequence[Group]:
        raise NotImplementedError

    def citation(self, quote: AnyQuote) -> Citation:
        raise NotImplementedError

    def body(self) -> Iterable[Widget]:
        field = Field(placeholder="Words of a quote, or a name", compact=True, select_on_focus=False)
        field.display = False
        yield field
        yield MarkedQuotes()

    @property
    def list(self) -> QuotesList:
        return self.query_one(QuotesList)

    def on_mount(self) -> None:
        self.list.focus()

    def show_list(self, at: AnyQuote | None = None) -> None:
        """The groups that the typed words leave, the cursor where it was as far as that is there."""
        self.list.show(matching(self.groups(), self.words), at or self.list.current)
        self.note("" if self.list.quotes else f"No quote and no name has “{self.words}”.")

    # narrowing
    def action_filter(self) -> None:
        field = self.query_one(Input)
        field.display = True
        field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.words = event.value
        self.show_list()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._end_typing(keep=True)

    def on_key(self, event: Key) -> None:
        if not self.query_one(Input).has_focus:
            return
        if event.key in ("down", "up"):
            self.list.move(1 if event.key == "down" else -1)
            event.stop()
        elif event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self._end_typing(keep=True)

    def action_close(self) -> None:
        """esc: out of the typing first, then out of the narrowing, then away."""
        if self.query_one(Input).has_focus or self.words:
            self._end_typing(keep=False)
        else:
            super().action_close()

    def _end_typing(self, keep: bool) -> None:
        field = self.query_one(Input)
        if not keep:
            field.value = ""
        field.display = bool(field.value)
        self.list.focus()

    # the keys
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

    def action_copy_markdown(self) -> None:
        if (quote := self.list.current) is not None:
            self.app.copy_to_clipboard(as_markdown(self.citation(quote)))
            self.note("Copied the quote with its source, as Markdown.")

    def on_quote_copied(self, message: QuoteCopied) -> None:
        self.app.copy_to_clipboard(as_text(self.citation(message.quote)))
        self.note("Copied the quote with its source.")

    def on_quote_chosen(self, message: QuoteChosen) -> None:
        self.dismiss(message.quote)  # type: ignore[arg-type]
