"""One line to type in, in the place of the hints: to filter a list, to find in a story."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.events import Key
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.widgets import Input


class Prompt(Horizontal):
    """Hidden until `ask`ed. on_change hears every change; on_done the words, or None when esc was pressed."""

    DEFAULT_CSS = """
    Prompt {
        height: 1; display: none; background: $background;
        & Static { width: auto; padding: 0 1; color: $primary; text-style: bold; }
        & Input { width: 1fr; height: 1; border: none; padding: 0; background: $surface; }
        & .note { max-width: 60%; height: 1; color: $warning; text-style: none; display: none; }
    }
    """

    _change: Callable[[str], None] | None = None
    _done: Callable[[str | None], None] | None = None

    def furnish(self) -> None:
        """Its label and its field, made before they are first asked for: the first screen does without."""
        from tui_news.ui.widgets.field import Field

        if not self.children:
            note = Static(markup=False, classes="note")
            self.mount(Static(markup=False), Field(compact=True, select_on_focus=False), note)

    @property
    def asking(self) -> bool:
        return self._done is not None

    def ask(self, label: str, value: str, change: Callable[[str], None], done: Callable[[str | None], None]) -> None:
        from tui_news.ui.widgets.field import Field

        self.furnish()
        self.query_one(Static).update(Content(label))
        field = self.query_one(Field)
        with field.prevent(Field.Changed):
            field.value = value
        field.cursor_position = len(value)
        self.tell("")
        self._change, self._done = change, done
        self.display = True
        self.screen.add_class("-asking")
        field.focus()

    def tell(self, wrong: str) -> None:
        """What is wrong with the words so far, beside them; "" for nothing."""
        note = self.query_one(".note", Static)
        note.update(Content(wrong))
        note.display = bool(wrong)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._change is not None:
            self._change(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish(event.value)

    def on_key(self, event: Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self._finish(None)

    def _finish(self, words: str | None) -> None:
        done, self._done, self._change = self._done, None, None
        self.display = False
        self.screen.remove_class("-asking")
        if done is not None:
            done(words)
