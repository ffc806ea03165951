"""The starter list: tick the feeds to begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui_news.models import Subscription
from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList


class StarterScreen(Dialog[list[Subscription]]):
    title_text = "Feeds to begin with"
    hint_text = "space ticks · enter subscribes · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("space,x", "tick", show=False),
        Binding("enter", "done", show=False),
    ]

    def __init__(self, offered: Sequence[Subscription]) -> None:
        super().__init__()
        self.offered = tuple(offered)

    def body(self) -> Iterable[Widget]:
        yield ChoiceList([Choice(item.title or item.url, item.folder) for item in self.offered], tick=True)

    @property
    def moved(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def action_tick(self) -> None:
        self.moved.toggle()
        self.note("")

    def action_done(self) -> None:
        ticked = self.moved.ticked
        if not ticked:
            self.note("Nothing is ticked yet: space ticks the line you are on.")
            return
        self.dismiss([self.offered[index] for index in sorted(ticked)])
