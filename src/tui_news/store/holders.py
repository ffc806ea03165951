"""Who writes to the library just now, where the system tells: Linux lists every lock with the process that holds it."""

from __future__ import annotations

import os
from pathlib import Path

from tui_news.text.sanitize import clean_line

LOCKS = Path("/proc/locks")


def writer_of(library: Path) -> str:
    """ " (python3, process 4711)" for another process with a writing lock on the library, "" when nobody can say. Read
    when a wait was in vain and not before: the list is long on a busy machine."""
    try:
        files = [found for tail in ("-shm", "") if (found := _file(f"{library}{tail}"))]
        lines = LOCKS.read_text("ascii", "replace").splitlines()
    except OSError:
        return ""
    held = [words for line in lines if len(words := line.split()) > 5 and "WRITE" in words and "->" not in words]
    for file in files:
        for words in held:
            pid = words[words.index("WRITE") + 1]
            if words[words.index("WRITE") + 2] == file and pid.isdigit() and int(pid) not in (0, os.getpid()):
                return f" ({_name(pid)}process {pid})"
    return ""


def _file(path: str) -> str:
    """A file as /proc/locks names it."""
    try:
        found = os.stat(path)
    except OSError:
        return ""
    return f"{os.major(found.st_dev):02x}:{os.minor(found.st_dev):02x}:{found.st_ino}"


def _name(pid: str) -> str:
    try:
        return clean_line(Path(f"/proc/{pid}/comm").read_text("utf-8", "replace"), 40) + ", "
    except OSError:
        return ""
