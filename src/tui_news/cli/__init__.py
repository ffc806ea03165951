"""The command line: the verbs for scripts, cron, pipes and screen readers; without a verb, the reader itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence

DONE, ERROR, USAGE, SOME_FAILED, UNUSABLE = 0, 1, 2, 3, 4


def main(argv: Sequence[str] | None = None) -> int:
    """Run a verb, or the reader when there is none. Returns the exit code; every error is one line on stderr."""
    args = list(sys.argv[1:] if argv is None else argv)
    if not args:
        return _open()
    from tui_news.cli.parser import run

    return run(args)


def _open() -> int:
    # Before everything else: the list as it was left stands on the screen while the rest is imported.
    from tui_news import picture

    shown = None
    try:
        shown = picture.show()
        from tui_news.cli.start import open_reader

        return _said(open_reader(shown))
    except KeyboardInterrupt:  # ctrl-c before the screen has the keys: nothing has begun
        if shown is not None:
            shown.take_down()
        return 130


def _said(code: int) -> int:
    """`code`, after what was written has gone out. A closed terminal takes nothing: Python would end with 120."""
    import os

    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code
