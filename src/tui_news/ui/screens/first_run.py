"""The very first screen of an empty library: four ways to begin, one key each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList

WAYS = {
    "edition": Choice("The built-in edition", "to look around in, no network needed", "e"),
    "starter": Choice("A starter list", "tick well-known feeds", "s"),
    "import": Choice("Import a file", "the OPML list of another reader", "i"),
    "add": Choice("An address", "of a feed, or of a site you like", "a"),
}


class FirstRunScreen(Dialog[str]):
    """Answers the name of the way that was chosen."""

    title_text = "Welcome. What would you like to read?"
    hint_text = "j/k moves · enter chooses · esc later"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        *(Binding(choice.key, f"way('{way}')", show=False) for way, choice in WAYS.items()),
        Binding("enter,l", "chosen", show=False),
        Binding("q", "close", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        yield ChoiceList(list(WAYS.values()))

    @property
    def moved(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def action_way(self, way: str) -> None:
        self.dismiss(way)

    def action_chosen(self) -> None:
        self.dismiss(list(WAYS)[self.moved.cursor])

    def on_choice_list_clicked(self) -> None:
        self.action_chosen()
