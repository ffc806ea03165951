"""Before the first frame and after the last: the terminal shows the stored picture until the list is there, and the
list as it will open next time is kept when the reader leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual.driver import Driver

from tui_news.ui import frame

if TYPE_CHECKING:
    from tui_news.ui.app import TuinewsApp
    from tui_news.ui.screens.reader import ReaderScreen

ALT_SCREEN = "\x1b[?1049h"
PATIENCE = 1.0  # seconds after which what there is is shown, list or no list
LOOKS = 200  # at most, for widgets that have no more to tell each other: one that waits for something is not waited for


def behind_picture(base: type[Driver], attributes: list[Any]) -> type[Driver]:
    """`base`, taking over a terminal that shows the picture: some terminals clear the other screen when it is entered
    again. `attributes` are the terminal's own, to be given back at the end."""

    class BehindPicture(base):  # type: ignore[misc, valid-type]
        entered = False

        def start_application_mode(self) -> None:
            super().start_application_mode()
            if not self.entered:
                self.entered, self.attrs_before = True, attributes

        def write(self, data: str) -> None:
            if self.entered or data != ALT_SCREEN:
                super().write(data)

    return BehindPicture


def when_quiet(reader: ReaderScreen, then: Callable[[], object]) -> None:
    """Call `then` as soon as nothing that was told to a widget waits to be heard."""
    loop = asyncio.get_running_loop()

    def look(looks: int) -> None:
        busy = any(pump.message_queue_size for pump in (reader.app, reader, *reader.walk_children()))
        if busy and looks:
            loop.call_soon(look, looks - 1)
        else:
            reader.call_later(then)

    loop.call_soon(look, LOOKS)


def tick(reader: ReaderScreen) -> None:
    """What Textual does at its next sixtieth of a second, at once: lay out, paint, call who waited for that."""
    reader._on_timer_update()


def paint(reader: ReaderScreen) -> None:
    """The same, and what was held back is painted even if nothing else is to be."""
    tick(reader)
    if reader._compositor._dirty_regions:
        reader._compositor_refresh()


def leave(app: TuinewsApp) -> None:
    """End the app; what the next start will open with is drawn once more, unseen, and kept in `app.last_frame`."""
    reader = app.reader
    if app.screen is not reader or app.is_headless:
        app.exit()
        return
    app.curtain = "end"
    app.leave()
    reader.attempt(lambda: _as_at_start(reader))
    app.call_after_refresh(app.call_after_refresh, _keep, app)


def _as_at_start(reader: ReaderScreen) -> None:
    reader.show_story(False)
    reader.remove_class("-zen")
    reader.panes.go("list")
    reader.lists.kept = set()
    reader.status.clear()
    reader.status.progress("")
    reader.top.set(offline=False)
    reader.lists.start(reader.start)


def _keep(app: TuinewsApp) -> None:
    reader = app.reader
    try:
        app.last_frame = frame.take(reader) or ""
    finally:
        app.exit()
