"""The real program, run as a person or cron would run it, and watched: time, memory of it and its children, bytes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-m", "tui_news")
PAGE = os.sysconf("SC_PAGE_SIZE")
EVERY = 0.03  # seconds between two looks at the memory


@dataclass(frozen=True)
class Done:
    """A run. code: None when it had to be killed. peak_mb: the most that it and its children held at one time."""

    code: int | None
    out: bytes
    err: bytes
    seconds: float
    peak_mb: float

    @property
    def hung(self) -> bool:
        return self.code is None


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "TUINEWS_HOME": str(home), "NO_PROXY": "*", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def run(
    home: Path,
    *args: str,
    limit: float = 70,
    data: bytes | None = None,
    command: Sequence[str] = PROGRAM,
    first: Callable[[], object] | None = None,
) -> Done:
    """Run a verb to its end, or kill it and all it started after `limit` seconds. first: what the child does before it
    becomes the program."""
    start = time.monotonic()
    process = subprocess.Popen(
        [*command, *args],
        preexec_fn=first,
        stdin=subprocess.PIPE if data is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(home),
        start_new_session=True,
    )
    watch = Watch(process.pid)
    try:
        out, err = process.communicate(data, timeout=limit)
        code: int | None = process.returncode
    except subprocess.TimeoutExpired:
        code = None
        end_tree(process.pid)
        out, err = process.communicate()
    return Done(code, out, err, time.monotonic() - start, watch.end())


class Watch:
    """Looks at the memory of a process and all below it until told to end."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self.over.wait(EVERY):
            self.peak = max(self.peak, sum(map(resident, tree(self.pid))))

    def end(self) -> float:
        self.over.set()
        self._thread.join()
        return self.peak / 2**20


def resident(pid: int) -> int:
    """Bytes of memory held, 0 for a process that is gone."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


def children(pid: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    found, stack = [], [pid]
    while stack:
        one = stack.pop()
        found.append(one)
        stack += children(one)
    return found


def end_tree(pid: int) -> None:
    for one in reversed(tree(pid)):
        with suppress(OSError):
            os.kill(one, signal.SIGKILL)


def _stat(path: Path) -> list[str]:
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return ["Z"] + ["0"] * 20


def state(pid: int) -> str:
    """A process' letter as in `ps`: Z for one that is gone."""
    return _stat(Path(f"/proc/{pid}/stat"))[0]


def ticks(pid: int) -> int:
    """CPU time used, in hundredths of a second."""
    return sum(map(int, _stat(Path(f"/proc/{pid}/stat"))[11:13]))


def busy(pid: int) -> bool:
    """Whether any of its threads runs, would run if it were let, or waits for a disk."""
    return any(_stat(task)[0] in "RD" for task in Path(f"/proc/{pid}/task").glob("*/stat"))


def query(home: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Rows of the library, read only; [] when there is none yet."""
    path = home / "data" / "library.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=20)) as db:
        return db.execute(sql, values).fetchall()


def damage(home: Path) -> str:
    """What SQLite finds wrong with the library: "" when all is well."""
    wrong = [str(row[0]) for row in query(home, "PRAGMA integrity_check") if row[0] != "ok"]
    wrong += [f"foreign key {row}" for row in query(home, "PRAGMA foreign_key_check")]
    return "; ".join(wrong[:3])


def log_text(home: Path) -> str:
    """Everything that the program wrote down beside the library."""
    texts = [path.read_text("utf-8", "replace") for path in (home / "state").rglob("*") if path.is_file()]
    return "\n".join(texts)
