"""Moving in from another reader: what would happen is shown first, then asked."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget
from textual.widgets import Input

from tui_news.services.contracts import Courier, Fact, MoveTold
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.field import Field

SHOWN = 8  # lines of what is left out


class ImportScreen(Dialog[MoveTold]):
    """Answers what was imported, once it is."""

    title_text = "Import from another reader"
    hint_text = "enter looks what is there, and once more imports it · esc closes"

    def __init__(self, courier: Courier) -> None:
        super().__init__()
        self.courier = courier
        self.asked = ""  # what was looked at, and is imported when enter is pressed again
        self.waiting = False

    def body(self) -> Iterable[Widget]:
        yield Field(placeholder="newsboat, newsraft, or a file: ~/feeds.opml", id="path", compact=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.value.strip() != self.asked:
            self.asked = ""

    def on_input_submitted(self, event: Input.Submitted) -> None:
        words = event.value.strip()
        if not words or self.waiting:
            return
        self.waiting = True
        self.note("Importing…" if self.asked else "Looking…")
        self.courier.move(words, dry=not self.asked)
        if not self.asked:
            self.asked = words

    def heard(self, fact: Fact) -> None:
        if not isinstance(fact, MoveTold):
            return
        self.waiting = False
        if fact.error:
            self.asked = ""
            self.note(fact.error, bad=True)
        elif not fact.dry:
            self.dismiss(fact)
        else:
            said, *rest = _shown(fact.lines) or [""]  # what to do now stands above a list that may be cut
            self.note("\n".join([said, "Enter imports it; u takes it back.", *([""] if rest else []), *rest]))


def _shown(lines: Iterable[str]) -> list[str]:
    lines = list(lines)
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], f"… and {more} more lines of it"] if more > 0 else lines
