"""Textual's command palette, kept from ending the program: some of its own steps fail when keys come fast."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.css.query import NoMatches
from textual.worker import WorkerFailed


class Palette(CommandPalette):
    """As Textual's; what is pressed before its list is laid out, or after it has left, does nothing."""

    def _action_command_list(self, action: str) -> None:
        try:
            super()._action_command_list(action)
        except (LookupError, NoMatches):  # Textual 8.2: a page down in a list that has no lines yet
            pass

    def _action_cursor_down(self) -> None:
        try:
            super()._action_cursor_down()
        except (LookupError, NoMatches):
            pass

    def dismiss(self, result: object = None) -> AwaitComplete:
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()  # type: ignore[arg-type]


def is_late_search(error: BaseException) -> bool:
    """Whether this is the palette's search, begun before it was closed and run after."""
    return isinstance(error, WorkerFailed) and isinstance(error.error, NoMatches) and "CommandList" in str(error.error)
