"""Long looks at the whole file, on a connection of their own: run in a worker, they keep nobody waiting."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tui_news.store.connection import FAULTS, connect


def look(path: str) -> list[str]:
    """What SQLite finds wrong in the file, in its words; [] when it is sound. Reads all of it, writes nothing."""
    try:
        conn = connect(Path(path), readonly=True)
    except FAULTS as error:
        return [str(error)]
    try:
        told = "\n".join(str(row[0]) for row in conn.execute("PRAGMA quick_check(20)")).splitlines()
        found = [line for line in told if line != "ok" and not line.startswith("***")]  # a heading, and one line each
        found += [f"{row[0]} row {row[1]} belongs to nothing" for row in conn.execute("PRAGMA foreign_key_check")]
    except FAULTS as error:
        return [str(error)]
    finally:
        conn.close()
    return found[:20]


def copy_to(path: str, target: str) -> list[str]:
    """A consistent copy of the live library, whole or not at all, put in place only when it is sound itself.

    What went wrong, in words; [] when it is there.
    """
    part = Path(f"{target}.{os.getpid()}.part")
    try:
        conn = connect(Path(path), readonly=True)
        try:
            conn.execute("VACUUM INTO ?", (str(part),))
        finally:
            conn.close()
        problems = look(str(part))
        if not problems:
            _settle(part)
            os.replace(part, target)
        return problems
    except (OSError, *FAULTS) as error:
        return [str(error)]
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def _settle(part: Path) -> None:
    part.chmod(0o600)
    handle = os.open(part, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
