"""A small dialog: one of a few lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList


class ChooseScreen(Dialog[int]):
    """Answers the number of the chosen line."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVING, Binding("enter,l,space", "choose", show=False)]
    hint_text = "j/k moves · enter chooses · esc closes"

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        self.title_text = title
        super().__init__()
        self.choices = choices

    def body(self) -> Iterable[Widget]:
        yield ChoiceList(self.choices)

    @property
    def moved(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def action_choose(self) -> None:
        self.dismiss(self.moved.cursor)

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        self.action_choose()
