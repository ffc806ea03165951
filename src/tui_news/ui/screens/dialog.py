"""What all the small screens over the reader share: a frame, a title, a line of hints, and esc."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui_news.services.contracts import Fact

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer], Generic[Answer]):
    """Subclasses give `body`. esc answers None."""

    BINDINGS = [Binding("escape", "close", "Close", show=False)]  # noqa: RUF012
    title_text = ""
    hint_text = "esc closes"

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content(self.title_text), classes="dialog-title", markup=False)
            yield from self.body()
            yield Static(Content(""), classes="dialog-note", markup=False)
            yield Static(Content(self.hint_text), classes="dialog-hint", markup=False)

    def body(self) -> Iterable[Widget]:
        return ()

    def note(self, sentence: str, bad: bool = False) -> None:
        """Say something inside the dialog."""
        place = self.query_one(".dialog-note", Static)
        place.update(Content(sentence))
        place.set_class(bad, "-bad")
        place.display = bool(sentence)

    def heard(self, fact: Fact) -> None:
        """A report of the courier while the dialog is open."""

    def action_close(self) -> None:
        self.dismiss(None)


class Page(Dialog[None]):
    """A dialog to read: the moving keys work, and q closes it too."""

    BINDINGS = [  # noqa: RUF012
        Binding("q,question_mark,h", "close", show=False),
        Binding("j,down", "by(1)", show=False),
        Binding("k,up", "by(-1)", show=False),
        Binding("space,pagedown,ctrl+f", "page(1)", show=False),
        Binding("pageup,ctrl+b", "page(-1)", show=False),
        Binding("ctrl+d", "page(1, 0.5)", show=False),
        Binding("ctrl+u", "page(-1, 0.5)", show=False),
        Binding("g,home", "go(0)", show=False),
        Binding("G,end", "go(1000000)", show=False),
    ]
    hint_text = "j/k moves · esc closes"

    @property
    def moved(self) -> object:
        """The widget the keys move: it has move, page_rows and go."""
        from tui_news.ui.widgets.text_page import TextPage

        return self.query_one(TextPage)

    def action_by(self, lines: int) -> None:
        self.moved.move(lines)  # type: ignore[attr-defined]

    def action_page(self, direction: int, part: float = 1.0) -> None:
        self.moved.page_rows(direction, part)  # type: ignore[attr-defined]

    def action_go(self, line: int) -> None:
        self.moved.go(line)  # type: ignore[attr-defined]
