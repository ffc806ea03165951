"""Which process does a job: one at hand, another soon, or a fresh one.

A fresh one costs a fifth of a second of processor time, most of it imports. Jobs of a few milliseconds are done sooner
by the one that is there: another is started only where the line is long, or where nobody has come free for a while.
"""

from __future__ import annotations

import asyncio
from collections import deque

from tui_news.workers.process import Process

SOON = 0.2  # seconds to wait for a process that is at something else
FIRST = 1.0  # and for one that is starting: another would be ready later still
STEPS = 6  # of the loop, which may have been held up itself: an answer that has come takes so many to be read
WORTH = 0.4  # seconds of CPU that the line will take, from which on it is worth another process
GUESS = 0.02  # seconds of CPU of a job that nobody has done yet
NEW_TO_IT = 0.15  # and from which on one that is idle, but has done no such job, should import what it needs for it


class Staff:
    """The processes, idle ones and how many there are in all."""

    def __init__(self) -> None:
        self.idle: list[Process] = []
        self._here = self._starting = 0
        self._able: dict[str, int] = {}  # how many processes have done such a job
        self._wanting: deque[tuple[str, asyncio.Future[Process]]] = deque()
        self._pace: dict[str, float] = {}  # seconds of CPU that such a job takes, as of late

    async def find(self, spec: str, waiting: int, urgent: bool) -> Process:
        """A process for the job, idle or fresh. waiting: how many jobs are in line. Raises OSError when none starts."""
        if (process := await self._idle(spec)) is not None:
            return process
        worth = NEW_TO_IT if self.idle else WORTH
        short = self._here and not urgent and (waiting + 1) * self._pace.get(spec, GUESS) < worth
        if short and (process := await self._soon(spec)) is not None:
            return process
        if (process := await self._idle("")) is not None:
            return process
        self._here += 1
        self._starting += 1
        try:
            return await Process.start(spec)
        except BaseException:
            self._here -= 1
            self._starting -= 1
            raise

    async def _idle(self, spec: str) -> Process | None:
        """An idle one that has done such a job, or that anybody may have where nobody has."""
        for process in reversed(self.idle[:]):
            if process in self.idle and (spec in process.done or not self._able.get(spec)):
                self.idle.remove(process)
                if process.alive:
                    return process
                await self.dismiss(process)
        return None

    async def _soon(self, spec: str) -> Process | None:
        """One that comes free within a moment."""
        turn: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._wanting.append((spec, turn))
        try:
            await asyncio.wait((turn,), timeout=FIRST if self._starting else SOON)
            for _ in range(0 if turn.done() else STEPS):
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            if turn.done():
                self.give_back(turn.result())  # it came in the same breath: it is the next one's
            raise
        finally:
            turn.cancel()
        return turn.result() if turn.done() and not turn.cancelled() else None

    def give_back(self, process: Process) -> None:
        """It is free: for the first who waits and would have such a one, else idle."""
        while self._wanting and self._wanting[0][1].done():
            self._wanting.popleft()
        for spec, turn in self._wanting:
            if not turn.done() and (spec in process.done or not self._able.get(spec)):
                turn.set_result(process)
                return
        self.idle.append(process)

    def did(self, process: Process, spec: str, seconds: float) -> None:
        """It did such a job. The first one includes what it had to import."""
        self._starting -= not process.done
        if spec in process.done:
            self._pace[spec] = 0.8 * self._pace.get(spec, seconds) + 0.2 * seconds
        else:
            process.done.add(spec)
            self._able[spec] = self._able.get(spec, 0) + 1

    async def dismiss(self, process: Process) -> None:
        """It is to go: dead, retired, or at something that must be stopped."""
        self._here -= 1
        self._starting -= not process.done
        for spec in process.done:
            self._able[spec] -= 1
        await process.kill()

    async def close(self) -> None:
        """Ends those that are idle: call it when none is at anything."""
        idle, self.idle = self.idle, []
        await asyncio.gather(*(self.dismiss(process) for process in idle))
