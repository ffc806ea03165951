"""The starter list: tick the feeds to begin with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import SelectionList
from textual.widgets.selection_list import Selection

from tui_news.models import Subscription
from tui_news.ui.screens.dialog import Dialog


class StarterScreen(Dialog[list[Subscription]]):
    title_text = "Feeds to begin with"
    hint_text = "space ticks · enter subscribes · esc closes"
    BINDINGS = [  # noqa: RUF012
        Binding("enter", "done", show=False, priority=True),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
    ]

    def __init__(self, offered: Sequence[Subscription]) -> None:
        super().__init__()
        self.offered = tuple(offered)

    def body(self) -> Iterable[Widget]:
        yield SelectionList[int](
            *(Selection(self._prompt(item), index) for index, item in enumerate(self.offered)), compact=True
        )

    def _prompt(self, item: Subscription) -> Content:
        return Content.assemble(item.title or item.url, (f"  {item.folder}", "dim"))

    def action_done(self) -> None:
        ticked = self.query_one(SelectionList).selected
        if not ticked:
            self.note("Nothing is ticked yet: space ticks the line you are on.")
            return
        self.dismiss([self.offered[index] for index in sorted(ticked)])
