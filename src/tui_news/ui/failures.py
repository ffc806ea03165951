"""What becomes of errors nobody foresaw. The sentence and the report are `services.reporting`'s."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from tui_news.models import TuinewsError
from tui_news.services.reporting import report, told

if TYPE_CHECKING:
    from tui_news.ui.app import TuinewsApp

__all__ = ["Strays", "report", "told"]


class Strays:
    """Errors that no message of the app's brought: in a task that nobody awaits, in a thread. The reader goes on, and
    is told once of each; Python would print them over the screen, or say nothing at all."""

    def __init__(self, app: TuinewsApp) -> None:
        self.app, self._told = app, set[tuple[str, int]]()

    def mind(self, loop: asyncio.AbstractEventLoop) -> None:
        """From here on."""

        def of_thread(args: threading.ExceptHookArgs) -> None:
            if isinstance(args.exc_value, Exception):
                loop.call_soon_threadsafe(self.tell, args.exc_value)

        if not self.app.is_headless:  # a test's own hooks stay
            threading.excepthook = of_thread
            loop.set_exception_handler(self._of_task)

    def _of_task(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            self.tell(error)

    def tell(self, error: Exception) -> None:
        place = _place(error)
        if self.app.leaving or not self.app.is_running or place in self._told:
            return
        self._told.add(place)
        now = int(self.app.now())
        if isinstance(error, TuinewsError):
            self.app.say(str(error))
        else:
            self.app.say(told(error, self.app.report_folder, now, "a part of it").removeprefix("tuinews: "))


def _place(error: BaseException) -> tuple[str, int]:
    """Where it began, so that what fails every two seconds is told once."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return ("", 0) if trace is None else (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
