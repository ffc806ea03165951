"""Starting the reader: library first, then the screen, then (after the first paint) the network's process."""

from __future__ import annotations

import gc
import os
import sys
import threading
import time

from tui_news.cli import DONE, ERROR, UNUSABLE
from tui_news.config import load_settings
from tui_news.models import LibraryError
from tui_news.paths import Paths, default_paths
from tui_news.services.contracts import EDITION
from tui_news.services.desk import LibraryDesk
from tui_news.services.opening import open_library


def open_reader() -> int:
    """Open the reader on the terminal. Without one, say so: a screen drawn into a pipe helps nobody."""
    gc.disable()  # until the first paint, see TuinewsApp: imports make much that lives for ever and nothing that dies
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return _fail("the reader needs a terminal; `tuinews list` and `tuinews read` print", ERROR)
    try:
        desk = open_desk(default_paths())
    except LibraryError as error:
        return _fail(str(error), UNUSABLE)
    except OSError as error:
        return _fail(f"the library's folder cannot be used: {error}; see `tuinews dirs`", UNUSABLE)
    return _run(desk)


def _fail(sentence: str, code: int) -> int:
    print(f"tuinews: {sentence}", file=sys.stderr)
    return code


def open_desk(paths: Paths) -> LibraryDesk:
    """The library's desk. A library made just now gets the built-in edition, once."""
    paths.make()
    fresh = not paths.library.exists()
    library = open_library(paths)
    if fresh and not library.feeds.all():
        with library.write(durable=True):
            library.feeds.add(EDITION.url, title=EDITION.title, now=int(time.time()))
    return LibraryDesk(library)


def _run(desk: LibraryDesk) -> int:
    from tui_news.services.courier import ProcessCourier
    from tui_news.services.warming import warm
    from tui_news.ui.app import TuinewsApp

    paths = default_paths()
    loaded = load_settings(paths.settings)
    try:
        app = TuinewsApp(desk, ProcessCourier(), settings=loaded.settings, report_folder=paths.state)
        app.notices = (*desk.library.notices, *loaded.warnings)
        warming = threading.Timer(0.7, warm)
        warming.daemon = True  # after the first paint: what opening the first story needs
        warming.start()
        app.run()
    finally:
        desk.close()
    return app.return_code or DONE
