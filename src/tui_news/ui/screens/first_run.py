"""The very first screen of an empty library: four ways to begin, one key each."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_news.ui.screens.dialog import Dialog

WAYS = (
    ("edition", "e", "The built-in edition", "a few stories to look around with, no network needed"),
    ("starter", "s", "A starter list", "tick well-known feeds"),
    ("import", "i", "Import a file", "the OPML list of another reader"),
    ("add", "a", "An address", "of a feed, or of a site you like"),
)


class FirstRunScreen(Dialog[str]):
    title_text = "Welcome. What would you like to read?"
    hint_text = "j/k moves · enter chooses · esc later"
    BINDINGS = [  # noqa: RUF012
        *(Binding(key, f"way('{way}')", show=False) for way, key, _, _ in WAYS),
        Binding("j", "app.simulate_key('down')", show=False),
        Binding("k", "app.simulate_key('up')", show=False),
        Binding("q", "close", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        yield OptionList(*(Option(self._prompt(*way[1:]), id=way[0]) for way in WAYS), compact=True)

    def _prompt(self, key: str, name: str, about: str) -> Content:
        return Content.assemble(
            (f" {key} ", "bold $primary"), (f" {name}", "bold"), (f" · {about}", "$text-muted")
        )

    def action_way(self, way: str) -> None:
        self.dismiss(way)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)
