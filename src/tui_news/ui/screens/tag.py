"""A tag for a story: type one, or pick one that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from tui_news.text.sanitize import clean_line
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList
from tui_news.ui.widgets.field import Field

SHOWN = 8


class TagScreen(Dialog[str]):
    """known: (tag, stories with it). had: tags of the story now, which come off when picked."""

    title_text = "Tag"
    hint_text = "type a tag, ↓ ↑ picks one · enter puts it on, or takes it off · esc leaves it"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "by(1)", show=False, priority=True),
        Binding("up,ctrl+p", "by(-1)", show=False, priority=True),
    ]

    def __init__(self, known: Sequence[tuple[str, int]], had: Sequence[str] = ()) -> None:
        super().__init__()
        self.known, self.had = tuple(known), tuple(had)

    def body(self) -> Iterable[Widget]:
        yield Field(placeholder="A word or two", compact=True, select_on_focus=False)
        yield ChoiceList(())

    @property
    def tags(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def on_mount(self) -> None:
        self.tags.marked = True
        self.query_one(Input).focus()
        self._suggest("")
        if self.had:
            self.note(f"It has: {', '.join(self.had)}")

    def _suggest(self, typed: str) -> None:
        """Its own tags first, then the known ones with these letters; what is typed comes before both."""
        counts = dict(self.known)
        names = [*self.had, *(tag for tag, _ in self.known if tag not in self.had)]
        fits = [tag for tag in names if typed.casefold() in tag.casefold() and tag.casefold() != typed.casefold()]
        lines = [Choice(tag, self._about(tag, counts)) for tag in fits[:SHOWN]]
        self.tags.choices = (*([Choice(typed, self._about(typed, counts))] if typed else []), *lines)
        self.tags.styles.height = max(1, len(self.tags.choices))
        self.tags.empty = "No tags yet: type the first one."
        self.tags.rebuilt(0)

    def _about(self, tag: str, counts: dict[str, int]) -> str:
        if tag in self.had:
            return "comes off"
        return f"{counts[tag]:,}" if tag in counts else "new"

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._suggest(clean_line(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._keep()

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        self._keep()

    def _keep(self) -> None:
        if self.tags.choices:
            self.dismiss(self.tags.choices[self.tags.cursor].name)

    def action_by(self, rows: int) -> None:
        self.tags.move(rows)
