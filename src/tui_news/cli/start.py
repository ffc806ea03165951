"""Starting the reader: library first, then the screen, then (after the first paint) the network's process."""

from __future__ import annotations

import gc
import logging
import os
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

from tui_news import picture
from tui_news.cli import DONE, ERROR, UNUSABLE
from tui_news.config import load_settings
from tui_news.models import LibraryError
from tui_news.paths import Paths, default_paths
from tui_news.picture import Shown
from tui_news.services.contracts import EDITION
from tui_news.services.desk import LibraryDesk
from tui_news.services.opening import open_to_read

if TYPE_CHECKING:
    from tui_news.ui.app import TuinewsApp

SWITCH = 0.001  # seconds that what reads keys and what writes to the terminal, threads both, wait for a busy loop


def open_reader(shown: Shown | None = None) -> int:
    """Open the reader on the terminal. Without one, say so: a screen drawn into a pipe helps nobody.

    shown: the stored picture, which stands on the terminal already.
    """
    sys.setswitchinterval(SWITCH)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return _fail("the reader needs a terminal; `tuinews next`, `tuinews list` and `tuinews read` print", ERROR)
    if os.environ.get("TERM") == "dumb":
        return _line_by_line()
    if not sys.stderr.isatty():
        os.dup2(sys.stdout.fileno(), sys.stderr.fileno())  # Textual draws there: `2>file` would show an empty screen
    logging.lastResort = None  # what a library has to tell would stand on the screen
    with Taken(shown):
        try:
            desk = open_desk(default_paths())
        except (LibraryError, OSError) as error:
            return _fail(_why(error), UNUSABLE, shown)
        return _run(desk, shown)


def _line_by_line() -> int:
    from tui_news.cli.plain import read_line_by_line

    gc.enable()
    try:
        open_desk(default_paths()).close()  # made if there is none, with something to read
    except (LibraryError, OSError) as error:
        return _fail(_why(error), UNUSABLE)
    return read_line_by_line()


def _why(error: LibraryError | OSError) -> str:
    """A folder that may not even be looked into is the system's refusal, not SQLite's."""
    from tui_news.services.reporting import told

    return told(error, None, int(time.time())).removeprefix("tuinews: ")


def _left(app: TuinewsApp, shown: Shown | None) -> None:
    """The terminal as it was, should the app not have come to that."""
    driver = app._driver
    if getattr(driver, "taken", False):
        picture.give_back()
    if shown is not None and driver is not None and getattr(driver, "entered", False):
        shown.up = False


def _fail(sentence: str, code: int, shown: Shown | None = None) -> int:
    if shown is not None:
        shown.take_down()
    from tui_news.cli.output import complain  # who opens the reader does not need it

    complain(sentence)
    return code


class Taken:
    """While the terminal is ours, from the stored picture on: whatever ends us gives it back as it was."""

    def __init__(self, shown: Shown | None) -> None:
        self.shown = shown
        self.attributes = None if shown is not None else picture.attributes()

    def __enter__(self) -> None:
        if self.shown is not None:
            for name in (signal.SIGTERM, signal.SIGHUP):  # until the app minds them itself
                signal.signal(name, self._end)

    def _end(self, number: int, frame: object) -> None:
        if self.shown is not None:
            self.shown.take_down()
        os._exit(128 + number)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self.shown is not None:
            self.shown.restore()
        elif self.attributes is not None:
            picture.Shown(self.attributes).restore()


def open_desk(paths: Paths) -> LibraryDesk:
    """The library's desk. A library made just now gets the built-in edition, once."""
    fresh = not os.path.exists(paths.library)
    library = open_to_read(paths)
    if fresh and not library.feeds.all():
        with library.write(durable=True):
            library.feeds.add(EDITION.url, title=EDITION.title, now=int(time.time()))
    return LibraryDesk(library, waits=True)


def _warm() -> None:
    from importlib import import_module

    from tui_news.services.warming import warm
    from tui_news.ui.screens import late_rooms

    warm()
    for name in ("palette", "widgets.story_view", *(f"screens.{module}" for module in late_rooms.MODULES)):
        import_module(f"tui_news.ui.{name}")
    from tui_news.ui.screens.furnishing import rehearsed

    rehearsed(int(time.time()))


def _run(desk: LibraryDesk, shown: Shown | None) -> int:
    from tui_news.services.courier import ProcessCourier
    from tui_news.ui.app import TuinewsApp
    from tui_news.ui.spared import spared

    spared()

    paths = default_paths()
    terminal = shown.attributes if shown is not None else None
    size = os.get_terminal_size(1)
    app = None
    try:
        loaded = load_settings(paths.settings)
        app = TuinewsApp(desk, ProcessCourier(), settings=loaded.settings, report_folder=paths.state, terminal=terminal)
        app.notices = (*desk.library.notices, *loaded.warnings)
        warming = threading.Timer(0.3, _warm)
        warming.daemon = True  # after the first paint: what opening the first story needs
        warming.start()
        app.run()
    finally:
        if app is not None:
            _left(app, shown)
        desk.close()
    if desk.lost:
        _fail(desk.lost, ERROR)
    if app.failure:
        return _fail(app.failure.removeprefix("tuinews: "), ERROR)
    if desk.lost:
        return ERROR
    if app.last_frame and size == os.get_terminal_size(1):
        picture.save(size.columns, size.lines, app.last_frame, int(time.time()))
    return app.return_code or DONE
