"""A field to type in that takes its keys in the order in which they were pressed."""

from __future__ import annotations

from textual.binding import Binding
from textual.events import Key
from textual.widgets import Input

OWN = {binding.key: binding.action for binding in Binding.make_bindings(Input.BINDINGS)}


class Field(Input):
    """Textual's inserts a letter as soon as it comes, but backspace, enter and the like only when they have travelled
    through all that holds the field: typed fast, or on a busy machine, “ab, backspace, c” became “ab”, and ctrl+u took
    what was typed after it."""

    async def on_key(self, event: Key) -> None:
        action = OWN.get(event.key)
        if action is not None:
            event.stop()
            event.prevent_default()  # and thus no search for a binding afterwards
            await self.run_action(action)
