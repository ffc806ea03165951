"""When something goes wrong that nobody foresaw: one sentence for the reader, and a report fit to be sent to strangers.

What a report says is made by `tui_news.reports`, in whichever process met the error.
"""

from __future__ import annotations

import errno
import os
from pathlib import Path

from tui_news.models import TuinewsError
from tui_news.reports import words_of, written

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
    if lacking := _lacking(error):
        return f"tuinews: the system refused: {lacking}; close what you do not need, or raise the limit"
    return report(error, folder, now, stopped)


def _lacking(error: BaseException) -> str:
    """What the system ran short of, "" for any other error."""
    if isinstance(error, MemoryError):
        return "there is no memory left"
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return "no more threads or processes are allowed"
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN):
        return os.strerror(error.errno).lower()
    return ""


def report(error: BaseException, folder: Path | None, now: int, stopped: str = "it") -> str:
    """Write the report; the sentence to print. stopped: what the error ended, the program if not given. Never raises:
    it is what runs when all else failed."""
    inmost = error
    while isinstance(inmost, BaseExceptionGroup):
        inmost = inmost.exceptions[0]
    what = f"tuinews: an error in the program ended {stopped} ({type(inmost).__name__})"
    try:
        path = written(folder or _state_folder(), now, words_of(error))
    except Exception:
        return f"{what}; the report could not be written. Your library is safe."
    return f"{what}; what happened is in {path}. Your library is safe."


def keep(words: str, folder: Path, now: int) -> str:
    """Put down what a worker reports; the rest of the sentence about it. Never raises."""
    try:
        return f"what happened is in {written(folder, now, words)}"
    except Exception:
        return "the report could not be written"


def _state_folder() -> Path:
    from tui_news.paths import default_paths

    return default_paths().state
