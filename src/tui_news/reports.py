"""Reports of errors nobody foresaw: what they say, and the folder that keeps the last of them.

A report says where in the program it happened and what kind of error it was. It never holds what the error says: that
may be a title, an address with a password, or a line of somebody's library. Paths are shown from the package on.
Whichever process meets the error makes the words; the one that may write puts them down.
"""

from __future__ import annotations

import errno
import linecache
import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

from tui_news import __version__

MOST_FRAMES = 60
MOST_CAUSES = 8
KEPT = 20  # reports; one more, and the oldest goes


def written(folder: Path, now: int, text: str) -> Path:
    """A file of its own for each report, but one for all that say the same: a feed that fails every hour must not
    push out what else is there. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    held = sorted(folder.glob("report-*.txt"), key=lambda path: path.stat().st_mtime)
    for path in held:
        if path.read_text(encoding="utf-8", errors="replace") == text:
            path.touch()
            return path
    path = _put_down(folder, now, text)
    for old in held[: max(len(held) + 1 - KEPT, 0)]:
        old.unlink(missing_ok=True)
    return path


def _put_down(folder: Path, now: int, text: str) -> Path:
    for name in (f"report-{now}.txt", *(f"report-{now}-{number}.txt" for number in range(2, 30))):
        path = folder / name
        with suppress(FileExistsError), open(path, "x", encoding="utf-8", errors="replace") as stream:
            try:
                stream.write(text)
                stream.flush()
            except BaseException:  # a full disk: half a report says nothing, and would push out a whole one
                path.unlink(missing_ok=True)
                raise
            return path
    raise FileExistsError(errno.EEXIST, "too many reports in this second", str(folder))


def words_of(error: BaseException) -> str:
    """The report as text."""
    return "\n".join(lines(error)) + "\n"


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
