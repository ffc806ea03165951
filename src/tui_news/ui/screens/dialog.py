"""What all the small screens over the reader share: a frame, a title, a line of hints, esc, and moving keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Generic, Protocol, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from tui_news.services.contracts import Fact
from tui_news.ui.themes import DIALOGS
from tui_news.ui.widgets.steady import Going
from tui_news.ui.widgets.text_page import TextPage

Answer = TypeVar("Answer")
MOVING = (
    Binding("j,down", "by(1)", show=False),
    Binding("k,up", "by(-1)", show=False),
    Binding("pagedown,ctrl+f", "page(1)", show=False),
    Binding("pageup,ctrl+b", "page(-1)", show=False),
    Binding("ctrl+d", "page(1, 0.5)", show=False),
    Binding("ctrl+u", "page(-1, 0.5)", show=False),
    Binding("g,home", "go(0)", show=False),
    Binding("G,end", "go(1000000)", show=False),
)


class Movable(Protocol):
    """What the moving keys need of a widget."""

    def move(self, rows: int) -> object: ...
    def page_rows(self, direction: int, part: float = 1.0) -> object: ...
    def go(self, index: int) -> object: ...


class Leaving(Going, Screen[Answer], Generic[Answer]):
    """A screen that leaves once: a second esc, typed before the first was answered, is still on its way to it then,
    and would take the screen below, or the last one there is."""

    CSS_PATH = DIALOGS

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()


class Dialog(Leaving[Answer], ModalScreen[Answer], Generic[Answer]):
    """Subclasses give `body`, and `moved` if they take the keys of MOVING. esc answers None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", "Close", show=False)]
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

    @property
    def moved(self) -> Movable:
        return self.query_one(TextPage)

    def note(self, sentence: str, bad: bool = False) -> None:
        """Say something inside the dialog; below it when a key was quicker than the dialog is furnished."""
        places = self.query(".dialog-note").results(Static)
        place = next(iter(places), None)
        if place is None:
            self.app.reader.say(sentence)  # type: ignore[attr-defined]
            return
        place.update(Content(sentence))
        place.set_class(bad, "-bad")
        place.display = bool(sentence)

    def heard(self, fact: Fact) -> None:
        """A report of the courier while the dialog is open."""

    def action_close(self) -> None:
        self.dismiss(None)

    def action_by(self, rows: int) -> None:
        if self.is_mounted:
            self.moved.move(rows)

    def action_page(self, direction: int, part: float = 1.0) -> None:
        if self.is_mounted:
            self.moved.page_rows(direction, part)

    def action_go(self, index: int) -> None:
        if self.is_mounted:
            self.moved.go(index)


class Page(Dialog[None]):
    """A dialog to read in: the moving keys scroll, and q closes it too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("space", "page(1)", show=False),
        Binding("q,h,question_mark", "close", show=False),
    ]
    hint_text = "j/k moves · esc closes"
