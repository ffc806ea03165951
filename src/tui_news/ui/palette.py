"""Textual's command palette, kept from ending the program: some of its own steps fail when keys come fast."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, Provider
from textual.css.query import NoMatches
from textual.theme import ThemeProvider
from textual.timer import Timer
from textual.worker import WorkerFailed

from tui_news.ui.themes import DIALOGS


class Themes(ThemeProvider, Provider):
    """Textual's, and a provider even where that was imported while something stood in for its base (`spared`)."""


class Palette(CommandPalette):
    """As Textual's; what is pressed before its list is laid out, or after it has left, does nothing."""

    CSS_PATH = DIALOGS

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

    def set_timer(self, delay: float, callback: Callable[[], Any] | None = None, **options: Any) -> Timer:
        """What was to be shown half a second later has nothing to be shown in when the palette has left."""

        def late() -> Any:
            with contextlib.suppress(NoMatches):
                return callback() if callback is not None and self.app.screen is self else None

        return super().set_timer(delay, late, **options)

    def _watch__list_visible(self) -> None:
        with contextlib.suppress(NoMatches):
            super()._watch__list_visible()

    async def _watch__show_busy(self) -> None:
        with contextlib.suppress(NoMatches):
            await super()._watch__show_busy()

    def dismiss(self, result: object = None) -> AwaitComplete:
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()  # type: ignore[arg-type]


def is_late_search(error: BaseException) -> bool:
    """Whether this is a step of the palette's, begun before it was closed and run after: it finds its parts no more."""
    found = error.error if isinstance(error, WorkerFailed) else error
    if not isinstance(found, NoMatches):
        return False
    step, files = found.__traceback__, set()
    while step is not None:
        files.add(step.tb_frame.f_globals.get("__name__"))
        step = step.tb_next
    return "CommandList" in str(found) or "textual.command" in files
