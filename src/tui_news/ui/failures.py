"""When something goes wrong that nobody foresaw: one sentence for the reader, the details in a file."""

from __future__ import annotations

import platform
import traceback
from pathlib import Path

from rich.text import Text

from tui_news import __version__


def report(error: BaseException, folder: Path | None, now: int) -> str:
    """Write the details down; the sentence to print. Never raises: it is what runs when all else failed."""
    details = "".join(traceback.format_exception(error))
    about = f"tuinews {__version__}, Python {platform.python_version()}, {platform.platform()}\n\n"
    what = f"tuinews: an error in the program ended it ({type(error).__name__})"
    try:
        path = (folder or _state_folder()) / f"report-{now}.txt"
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(about + details, encoding="utf-8", errors="replace")
    except OSError:
        return f"{what}; the report could not be written. Your library is safe."
    return f"{what}; what happened is in {path}. Your library is safe."


def _state_folder() -> Path:
    from tui_news.paths import default_paths

    return default_paths().state


def printable(sentence: str) -> Text:
    """For the terminal after the app is gone: as it is, no markup, never wrapped inside the path."""
    return Text(sentence, no_wrap=True, overflow="ignore")
