"""A program in a pseudo-terminal of 80x24: what is on its screen, since when, and what it cost to get there.

What comes is noted with its time, and looked at (pyte) when the program pauses: looking makes nothing late.
"""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pyte

ROWS, COLUMNS = 24, 80
PAUSE = 0.03  # s without a byte in which the screen is looked at
Look = Callable[[list[str]], bool]  # of the screen's rows


class Cost(NamedTuple):
    wall: float  # ms
    cpu: float  # ms, of all its processes
    written: int  # bytes


class Visit:
    """A program from its exec to its end. As a context manager: it is ended."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.start = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (ROWS, COLUMNS))
            os.execvpe(command[0], list(command), dict(env))
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)

    def __enter__(self) -> Visit:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        self.rest(5, quiet=5)  # what it says at leaving must go somewhere, until it closes the terminal
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.master)
        os.waitpid(self.pid, 0)

    def first(self, look: Look, limit: float = 120) -> Cost:
        """From its exec until the screen is such."""
        at, _, written = self._until(look, limit)
        return Cost((at - self.start) * 1000, cpu_of(self.pid), written)

    def press(self, keys: bytes, look: Look, limit: float = 120) -> Cost:
        """From the key until the screen is such."""
        cpu, start = cpu_of(self.pid), time.perf_counter()
        os.write(self.master, keys)
        at, _, written = self._until(look, limit)
        return Cost((at - start) * 1000, cpu_of(self.pid) - cpu, written)

    def key(self, key: bytes, quiet: float = 0.15) -> Cost:
        """From the key until the last byte of its answer, before it is quiet for so long; in two seconds none is one."""
        cpu, start = cpu_of(self.pid), time.perf_counter()
        os.write(self.master, key)
        select.select([self.master], [], [], 2)
        at, written = self.rest(3, quiet)
        return Cost(((at or start) - start) * 1000, cpu_of(self.pid) - cpu, written)

    def rest(self, limit: float = 3.0, quiet: float = 0.4) -> tuple[float, int]:
        """Wait until nothing has been written for so long; when the last byte came (0: none did), how many did."""
        at, count, end = 0.0, 0, time.perf_counter() + limit
        while time.perf_counter() < end and (data := self._read(quiet)):
            at, count = time.perf_counter(), count + len(data)
            self._stream.feed(data)
        return at, count

    def _until(self, look: Look, limit: float) -> tuple[float, bytes, int]:
        end, written = time.perf_counter() + limit, 0
        came: list[tuple[float, bytes]] = []
        while time.perf_counter() < end:
            if data := self._read(PAUSE):
                came.append((time.perf_counter(), data))
                written += len(data)
                if came[-1][0] - came[0][0] < 0.5:
                    continue
            while came:
                at, data = came.pop(0)
                self._stream.feed(data)
                if look(self.screen.display):
                    for _, rest in came:
                        self._stream.feed(rest)
                    return at, data, written
        raise RuntimeError("never saw what was awaited; on the screen is:\n" + "\n".join(self.screen.display))

    def _read(self, seconds: float) -> bytes:
        if not select.select([self.master], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.master, 65536)
        except OSError:  # it has ended
            return b""


def cpu_of(pid: int) -> float:
    """ms of CPU of a process and those that it started, by the scheduler's clock; a thread that is gone is not counted."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").glob("*"):
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0]) / 1e6
            total += sum(cpu_of(int(child)) for child in (task / "children").read_text().split())
    return total


def settled(visit: Visit) -> None:
    """What a start does after its first screen is over."""
    visit.rest(8, quiet=1)
