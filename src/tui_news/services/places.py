"""Where other readers keep their files."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tui_news.paths import typed

READERS = ("newsboat", "newsraft")
_FILES = ("urls", "cache.db", "feeds")


def usual_files(reader: str, home: Path, environ: dict[str, str] | None = None) -> list[Path]:
    """The files of that reader which are there: newsboat's urls and cache.db, newsraft's feeds.

    newsboat looks in the XDG folders only if the one for its configuration exists, else in ~/.newsboat.
    """
    env = dict(os.environ) if environ is None else environ
    config = Path(env.get("XDG_CONFIG_HOME") or home / ".config")
    data = Path(env.get("XDG_DATA_HOME") or home / ".local" / "share")
    if reader == "newsraft":
        return _there([config / "newsraft" / "feeds", home / ".newsraft" / "feeds"])[:1]
    for name in ("newsboat", "newsbeuter"):
        own = [home / f".{name}" / file for file in _FILES[:2]]
        xdg = [config / name / "urls", data / name / "cache.db"]
        for files in (xdg, own) if (config / name).is_dir() else (own, xdg):
            if found := _there(files):
                return found
    return []


def _there(files: Iterable[Path]) -> list[Path]:
    return [file for file in files if os.path.isfile(file)]


def files_of(name: str, home: Path | None = None) -> list[Path]:
    """What a person means by `name`: a file, a reader's folder, or a reader's name. [] when there is nothing."""
    path = typed(name)
    if os.path.isdir(path):  # pathlib raises for what may not be looked at
        return _there(path / file for file in _FILES)
    if os.path.exists(path):
        return [path]
    return usual_files(name.lower(), home or typed("~")) if name.lower() in READERS else []
