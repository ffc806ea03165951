"""Who said this: the reader names the speaker of a quote, or says that two names are one person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_news.text.cells import cell_fit
from tui_news.text.sanitize import clean_line
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList
from tui_news.ui.widgets.field import Field

MOST_NAMES = 8
SHOWN = 160  # cells of the quote


class Named(NamedTuple):
    """name: "" = nobody we know. everywhere: all of the old name's quotes, in every story."""

    name: str
    everywhere: bool


class NameSpeaker(Dialog[Named]):
    """`known` gives names that begin like what is typed, those of the story first."""

    title_text = "Who said this?"
    hint_text = "type a name, ↓ ↑ picks one · enter keeps · tab this quote or all of theirs · esc leaves it"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "scope", show=False, priority=True),
        Binding("down,ctrl+n", "by(1)", show=False, priority=True),
        Binding("up,ctrl+p", "by(-1)", show=False, priority=True),
    ]

    def __init__(self, quote: str, now: str, known: Callable[[str], Sequence[str]]) -> None:
        super().__init__()
        self.quote, self.old, self.known, self.everywhere = quote, now, known, False

    def body(self) -> Iterable[Widget]:
        yield Static(Content(cell_fit(" ".join(self.quote.split()), SHOWN)), classes="dialog-quiet", markup=False)
        yield Field(placeholder="A name; nothing: nobody we know", compact=True, select_on_focus=False)
        yield ChoiceList(())
        yield Static(Content(""), classes="dialog-quiet", id="scope", markup=False)

    @property
    def names(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def on_mount(self) -> None:
        self.names.marked = True
        self.query_one(Input).focus()
        self._suggest("")
        self._tell_scope()

    def _suggest(self, typed: str) -> None:
        """The names to pick from; none is picked until the arrows do."""
        names = [name for name in self.known(typed) if name != self.old][:MOST_NAMES]
        typed_one = Choice(typed or "nobody we know", "as typed" if typed else "the quote has no speaker")
        self.names.choices = (typed_one, *(Choice(name) for name in names))
        self.names.styles.height = len(self.names.choices)
        self.names.rebuilt(0)

    def _tell_scope(self) -> None:
        only = "( ) " if self.everywhere else "(•) "
        both = "(•) " if self.everywhere else "( ) "
        words = f"{only}this quote   {both}everything by {self.old}, in every story" if self.old else "this quote"
        self.query_one("#scope", Static).update(Content(words))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(clean_line(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep()

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        self._keep()

    def _keep(self) -> None:
        typed = clean_line(self.query_one(Input).value)
        name = self.names.choices[self.names.cursor].name if self.names.cursor else typed
        if self.everywhere and not name:
            self.note("Everything by somebody needs a name to go to.", bad=True)
            return
        self.dismiss(Named(name, self.everywhere))

    def action_by(self, rows: int) -> None:
        self.names.move(rows)

    def action_scope(self) -> None:
        self.everywhere = bool(self.old) and not self.everywhere
        self._tell_scope()
