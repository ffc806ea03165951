"""When something goes wrong that nobody foresaw: one sentence for the reader, and a report fit to be sent to strangers.

A report says where in the program it happened and what kind of error it was. It never holds what the error says: that
may be a title, an address with a password, or a line of somebody's library. Paths are shown from the package on.
"""

from __future__ import annotations

import linecache
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path, PurePath

from tui_news import __version__

MOST_FRAMES = 60
MOST_CAUSES = 8


def report(error: BaseException, folder: Path | None, now: int, stopped: str = "it") -> str:
    """Write the report; the sentence to print. stopped: what the error ended, the program if not given. Never raises:
    it is what runs when all else failed."""
    inmost = error
    while isinstance(inmost, BaseExceptionGroup):
        inmost = inmost.exceptions[0]
    what = f"tuinews: an error in the program ended {stopped} ({type(inmost).__name__})"
    try:
        path = (folder or _state_folder()) / f"report-{now}.txt"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text("\n".join(lines(error)) + "\n", encoding="utf-8", errors="replace")
    except Exception:
        return f"{what}; the report could not be written. Your library is safe."
    return f"{what}; what happened is in {path}. Your library is safe."


def lines(error: BaseException) -> Iterator[str]:
    """The report: versions, then each error of the chain, the last first, with the places it went through."""
    import platform
    import sqlite3  # here: the screen starts without them

    yield f"tuinews {__version__}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {sys.platform}"
    yield "Nothing of your library, your feeds or your folders is in this report."
    link: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if link is None:
            return
        yield f"\n{type(link).__module__}.{type(link).__name__}"
        yield from _places(link)
        link = _before(link)


def _before(error: BaseException) -> BaseException | None:
    """What led to the error. Textual's WorkerFailed has it in `error`, a task group's error among its `exceptions`."""
    if isinstance(error, BaseExceptionGroup):
        return error.exceptions[0]
    inside = getattr(error, "error", None)
    if isinstance(inside, BaseException):
        return inside
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    for frame in frames[-MOST_FRAMES:]:
        shown = _shown(frame.filename)
        yield f"  {shown}:{frame.lineno} in {frame.name}"
        ours = shown.startswith("tui_news/") and shown.endswith(".py")
        if ours and (line := linecache.getline(frame.filename, frame.lineno or 0).strip()):
            yield f"    {line[:200]}"


def _shown(filename: str) -> str:
    """The path from the package on: what stands before it is somebody's folder."""
    parts = PurePath(filename).parts
    for root in ("site-packages", "dist-packages"):
        if root in parts:
            return "/".join(parts[parts.index(root) + 1 :])
    if "tui_news" in parts:
        return "/".join(parts[len(parts) - 1 - parts[::-1].index("tui_news") :])
    return "/".join(parts[-2:]) if filename.startswith(sys.base_prefix) else parts[-1]


def _state_folder() -> Path:
    from tui_news.paths import default_paths

    return default_paths().state
