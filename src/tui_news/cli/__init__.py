"""The command line: the verbs for scripts, cron, pipes and screen readers; without a verb, the reader itself."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False  # as `typing` has it, which the stored picture does not wait for: it takes half as long as Python
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

DONE, ERROR, USAGE, SOME_FAILED, UNUSABLE = 0, 1, 2, 3, 4


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb, or the reader when there is none. Returns the exit code; every error is one line on stderr."""
    args = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        _streams()
        _no_tracebacks()
    try:
        if not args:
            return _open(quiet=argv is None)
        if argv is None:
            _quiet()
        from tui_news.cli.parser import run

        return run(args) if argv is not None else _said(run(args))
    except Exception as error:
        _tell(error)
        return ERROR if argv is not None else _said(ERROR)


def program() -> NoReturn:
    """`main`, and the end of the process. After a verb all was said and every file is closed: to take apart one by one
    whatever was imported takes Python as long as a dozen feeds, so it is spared unless somebody waits for the end."""
    code = main()
    if sys.argv[1:] and not _awaited():
        os._exit(code)
    sys.exit(code)


def _awaited() -> bool:
    """Whether a thread that is no daemon still runs, or anything is to be done at the end: one thing always is,
    logging's, which writes out what we have not. Who cannot tell waits."""
    import atexit
    import threading

    count = getattr(atexit, "_ncallbacks", None)
    others = (one for one in threading.enumerate() if one is not threading.main_thread())
    return count is None or count() > 1 or not all(one.daemon for one in others)


def _open(quiet: bool) -> int:
    # Before everything else: the list as it was left stands on the screen while the rest is imported.
    from tui_news import picture

    shown = None
    try:
        shown = picture.show()
        gc.disable()  # until the first paint, see TuinewsApp: what imports make lives for ever
        from tui_news.ui.spared import spare

        spare()
        if quiet:
            _quiet()
        from tui_news.cli.start import open_reader

        return _said(open_reader(shown))
    except KeyboardInterrupt:  # ctrl-c before the screen has the keys: nothing has begun
        if shown is not None:
            shown.take_down()
        return 130
    except Exception:
        if shown is not None:
            shown.take_down()
        raise


def _streams() -> None:
    """Python has no stream where a descriptor was closed, and the next file to be opened would get its number: what is
    printed would stand in it. A closed input is an empty one; to print to a closed output fails, as it should."""
    for number, name, mode, way in (
        (0, "stdin", "r", os.O_RDONLY),
        (1, "stdout", "w", os.O_RDONLY),
        (2, "stderr", "w", os.O_WRONLY),
    ):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, way)
            if opened != number:  # the numbers below are taken, so that this is the one
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - for good


def _no_tracebacks() -> None:
    """Whatever ends the program, or a part of it, in whatever way Python would show it otherwise."""
    sys.excepthook = lambda kind, error, trace: _tell(error)
    sys.unraisablehook = lambda args: None  # an object that could not be cleared away: nobody can do anything


def _quiet() -> None:
    """The same of threads and libraries, of which there are none yet when the stored picture is shown."""
    import logging
    import threading

    logging.lastResort = None  # what a library has to tell, and asyncio of a task that failed and nobody waits for
    threading.excepthook = lambda args: None  # the reader minds its own threads, see `ui.failures`


def _tell(error: BaseException) -> None:
    """Nothing may be wrong with this: it is what runs when all else failed."""
    try:
        import time

        from tui_news.services.reporting import told
        from tui_news.text.sanitize import clean_line

        sentence = clean_line(told(error, None, int(time.time())), 2000)
    except Exception:
        sentence = f"tuinews: an error in the program ended it ({type(error).__name__}). Your library is safe."
    try:
        print(sentence, file=sys.stderr, flush=True)
    except (OSError, ValueError):
        pass  # the terminal is gone


def _said(code: int) -> int:
    """`code`, after what was written has gone out. A closed terminal takes nothing: Python would end with 120."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            from tui_news.cli.output import drop

            drop(stream)
    return code
