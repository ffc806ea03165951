"""The copies of the library beside it: which there are, when another is due, which are in surplus."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from pathlib import Path

DAY = 86_400
LARGE = 300 * 2**20  # from here on once a week, and two copies at most
_PATTERN = "library-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].backup.db"
_OLDER = "library-schema*.backup.db"  # made before a migration


def all_of(folder: Path) -> list[Path]:
    """The dated copies, the newest first."""
    return sorted(folder.glob(_PATTERN), reverse=True)


def to_rescue_from(folder: Path) -> list[Path]:
    """Every copy, the last made first."""
    held = [(path.stat().st_mtime, path) for path in (*folder.glob(_PATTERN), *folder.glob(_OLDER)) if path.is_file()]
    return [path for _, path in sorted(held, reverse=True)]


def name_of(folder: Path, now: float) -> Path:
    return folder / f"library-{time.strftime('%Y-%m-%d', time.gmtime(now))}.backup.db"


def interval(size: int) -> int:
    """Seconds between two copies (and two checks) of a library of so many bytes."""
    return DAY if size < LARGE else 7 * DAY


def interval_of(library: Path) -> int:
    return interval(library.stat().st_size)


def is_due(library: Path, now: float) -> bool:
    """Whether the newest copy is older than the interval. One dated in the future counts for nothing (a file's time has
    fractions that `now` may not have)."""
    ages = [now - path.stat().st_mtime for path in all_of(library.parent)]
    size = library.stat().st_size
    return size > 0 and not any(-60 <= age < interval(size) - 3600 for age in ages)


def room_for(library: Path) -> bool:
    """Whether a copy fits with as much again to spare. A copy that fills the disk harms what it is to save."""
    return shutil.disk_usage(library.parent).free > 2 * library.stat().st_size + 64 * 2**20


def drop_surplus(library: Path, keep: int) -> list[Path]:
    """Delete the oldest copies beyond `keep` (of a large library: beyond two); what was deleted."""
    most = keep if library.stat().st_size < LARGE else min(keep, 2)
    surplus = all_of(library.parent)[max(most, 1) :]
    for path in surplus:
        with suppress(OSError):
            path.unlink()
    return surplus
