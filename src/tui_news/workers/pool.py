"""A few worker processes and the line in front of them."""

from __future__ import annotations

import asyncio
import signal
from collections import deque
from types import TracebackType
from typing import Any

from tui_news.models import TuinewsError
from tui_news.workers.process import Died, Process
from tui_news.workers.staff import Staff
from tui_news.workers.wire import Job, Keep, Reply, failed, pack, trouble

RECYCLE = 1000  # jobs a process does before a fresh one takes its place: libraries in C leak
MIB = 1024 * 1024


class Lanes:
    """Turns for `size` at a time, in order of arrival, urgent ones first."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._urgent: deque[asyncio.Future[None]] = deque()
        self._normal: deque[asyncio.Future[None]] = deque()

    async def enter(self, urgent: bool) -> None:
        if self._free:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        (self._urgent if urgent else self._normal).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()  # the turn came in the same breath: it is the next one's
            raise

    @property
    def waiting(self) -> int:
        return len(self._urgent) + len(self._normal)

    def leave(self) -> None:
        for line in (self._urgent, self._normal):
            while line:
                if not (turn := line.popleft()).done():
                    turn.set_result(None)
                    return
        self._free += 1


class Workers:
    """Processes that run our functions on hostile input, under limits, and can be killed at any time.

    They start at the first need and end with the `async with`. size: how many at once. keep: what becomes of a
    report of an error that nobody foresaw.
    """

    def __init__(self, size: int = 2, *, recycle: int = RECYCLE, keep: Keep = lambda report: "") -> None:
        self._lanes, self._recycle, self._keep = Lanes(size), recycle, keep
        self._staff = Staff()
        self._busy: set[asyncio.Task[Any]] = set()
        self._closed = False

    async def __aenter__(self) -> Workers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def run(
        self,
        spec: str,
        *args: Any,
        seconds: float = 15.0,
        memory_mb: int = 300,
        urgent: bool = False,
        behind: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Calls "package.module:function" in a worker. Arguments and result are pickled, the result up to 64 MB.

        seconds: of wall clock, waiting in line excluded. memory_mb: on top of what the worker holds. urgent: before
        all that are not, and by a fresh process where none is idle. behind: jobs of the kind that the caller holds
        back until this is done. Raises TuinewsError only: the function's own, or
        one that says what became of it. Cancelling kills the worker that was at it.
        """
        job = Job(spec, args, kwargs, seconds, memory_mb * MIB)
        work = asyncio.ensure_future(self._work(job, urgent, behind))
        self._busy.add(work)
        try:
            reply = await work
        except asyncio.CancelledError:
            # A close() is not this caller's cancellation: it gets an error to show, as for any other end.
            if self._closed and not _being_cancelled():
                raise trouble(spec, "the program is closing") from None
            raise
        finally:
            self._busy.discard(work)
        return _unwrap(spec, reply, self._keep)

    async def _work(self, job: Job, urgent: bool, behind: int) -> Reply:
        if self._closed:
            raise trouble(job.spec, "the program is closing")
        await self._lanes.enter(urgent)
        try:
            return await self._ask(job, _packed(job), urgent, behind)
        finally:
            self._lanes.leave()

    async def _ask(self, job: Job, data: bytes, urgent: bool, behind: int) -> Reply:
        spec, seconds = job.spec, job.seconds
        process = await self._take(spec, urgent, behind)
        whole = False
        try:
            async with asyncio.timeout(seconds):
                reply = await process.ask(data)
            whole = reply.what not in ("memory", "large") and process.jobs < self._recycle and not self._closed
            self._staff.did(process, spec, reply.spent)
            return reply
        except TimeoutError:
            raise trouble(spec, f"took more than {seconds:g} s") from None
        except Died as error:
            why = f"took more than {seconds:g} s" if error.signal == signal.SIGXCPU else "stopped unexpectedly"
            raise trouble(spec, why) from None
        finally:
            if whole:
                self._staff.give_back(process)
            else:
                await self._staff.dismiss(process)

    async def _take(self, spec: str, urgent: bool, behind: int) -> Process:
        try:
            return await self._staff.find(spec, self._lanes.waiting + behind, urgent)
        except OSError as error:  # no more processes, memory or descriptors
            raise trouble(spec, f"no worker could be started ({type(error).__name__})") from error

    async def close(self) -> None:
        """Ends every process, whatever it is doing, and waits until all are gone. What waits is told so."""
        self._closed = True
        busy = list(self._busy)
        for work in busy:
            work.cancel()
        await asyncio.gather(*busy, return_exceptions=True)
        await self._staff.close()


def _packed(job: Job) -> bytes:
    """When its turn has come and not before: a hundred feeds that wait need not be in memory twice."""
    try:
        return pack(job)
    except Exception as error:  # whatever an argument's own pickling raises
        raise trouble(job.spec, f"its arguments cannot travel ({type(error).__name__})") from error


def _being_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def _unwrap(spec: str, reply: Reply, keep: Keep) -> Any:
    if reply.what == "done":
        return reply.value
    if reply.what == "ours":
        assert isinstance(reply.value, TuinewsError)
        raise reply.value
    if reply.what == "other":
        raise failed(spec, reply.value, keep)
    raise trouble(spec, "needed too much memory" if reply.what == "memory" else "its result is too large")
