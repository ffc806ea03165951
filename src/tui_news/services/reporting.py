"""When something goes wrong that nobody foresaw: one sentence for the reader, and a report fit to be sent to strangers.

A report says where in the program it happened and what kind of error it was. It never holds what the error says: that
may be a title, an address with a password, or a line of somebody's library. Paths are shown from the package on.
"""

from __future__ import annotations

import errno
import linecache
import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path, PurePath

from tui_news import __version__
from tui_news.models import TuinewsError

MOST_FRAMES = 60
MOST_CAUSES = 8
KEPT = 20  # reports; one more, and the oldest goes
#: What a system says of a disk, a folder or its own limits: no fault of the program, and a sentence is all that helps.
_SYSTEM = {
    getattr(errno, name)
    for name in (
        "EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "EFBIG", "EIO", "ENOENT", "ENOTDIR", "EISDIR", "ELOOP",
        "ENAMETOOLONG", "EMFILE", "ENFILE", "ESTALE", "ENODEV", "ENXIO",
    )
    if hasattr(errno, name)
}  # fmt: skip


def told(error: BaseException, folder: Path | None, now: int, stopped: str = "it") -> str:
    """The one sentence for an error that has come to the end of the program: its own where it has one, what the system
    refused, else that of a report. Never raises."""
    if isinstance(error, TuinewsError):
        return f"tuinews: {error}"
    if isinstance(error, OSError) and error.filename and error.errno and error.errno in _SYSTEM:
        name, why = os.fsdecode(error.filename), os.strerror(error.errno)
        return f"tuinews: {name} cannot be used: {why[:1].lower()}{why[1:]}; check the disk and who may use it"
    return report(error, folder, now, stopped)


def report(error: BaseException, folder: Path | None, now: int, stopped: str = "it") -> str:
    """Write the report; the sentence to print. stopped: what the error ended, the program if not given. Never raises:
    it is what runs when all else failed."""
    inmost = error
    while isinstance(inmost, BaseExceptionGroup):
        inmost = inmost.exceptions[0]
    what = f"tuinews: an error in the program ended {stopped} ({type(inmost).__name__})"
    try:
        path = _written(folder or _state_folder(), now, "\n".join(lines(error)) + "\n")
    except Exception:
        return f"{what}; the report could not be written. Your library is safe."
    return f"{what}; what happened is in {path}. Your library is safe."


def _written(folder: Path, now: int, text: str) -> Path:
    """A file of its own for each report; one that says the same as another of this second is that one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in (f"report-{now}.txt", *(f"report-{now}-{number}.txt" for number in range(2, 9))):
        path = folder / name
        try:
            with open(path, "x", encoding="utf-8", errors="replace") as stream:
                stream.write(text)
            break
        except FileExistsError:
            if path.read_text(encoding="utf-8", errors="replace") == text:
                break
    _thin(folder)
    return path


def _thin(folder: Path) -> None:
    held = sorted(folder.glob("report-*.txt"), key=lambda path: path.stat().st_mtime)
    for path in held[:-KEPT]:
        path.unlink(missing_ok=True)


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
