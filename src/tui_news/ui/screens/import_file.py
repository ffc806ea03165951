"""Import another reader's list of feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.widget import Widget
from textual.widgets import Input

from tui_news.models import TuinewsError
from tui_news.ui.screens.dialog import Dialog


class ImportScreen(Dialog[tuple[int, int]]):
    title_text = "Import feeds"
    hint_text = "enter imports · esc closes"

    def __init__(self, read: Callable[[str], tuple[int, int]]) -> None:
        super().__init__()
        self.read = read

    def body(self) -> Iterable[Widget]:
        yield Input(placeholder="Path of an OPML file: ~/feeds.opml", id="path", compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        path = event.value.strip()
        if not path:
            return
        try:
            self.dismiss(self.read(path))
        except TuinewsError as error:
            self.note(str(error), bad=True)
