"""One worker process as the parent sees it: started, asked, killed."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import Any

from tui_news.workers.wire import IN_ARENA, LENGTH, RESULT_LIMIT, Arena, Reply, unpack

_READ_LIMIT = 1 << 20


class Died(Exception):
    """The process ended before it answered. `signal`: what ended it, 0 if nothing did."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.signal = -code if code is not None and code < 0 else 0


class Process:
    """A child in a process group of its own, so that what it starts dies with it and ctrl+c does not reach it."""

    def __init__(self, process: asyncio.subprocess.Process, arena: Arena | None = None) -> None:
        self._arena = arena
        self._process, self.jobs, self._gone = process, 0, False
        self.done: set[str] = set()  # the kinds of jobs for which it has imported what they need

    @classmethod
    async def start(cls, spec: str) -> Process:
        """Starts a child that will be asked for `spec` first: 50 to 100 ms. Cancelled on the way, none is left."""
        arena = Arena.make()
        starting = asyncio.ensure_future(_spawn(spec, arena))
        try:
            return cls(await asyncio.shield(starting), arena)
        except asyncio.CancelledError:
            with contextlib.suppress(OSError):
                await cls(await starting).kill()
            if arena is not None:
                arena.close()
            raise
        except OSError:
            if arena is not None:
                arena.close()
            raise

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, data: bytes) -> Reply:
        """Sends a packed job and waits for the reply. Raises Died."""
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        self.jobs += 1
        try:
            into.write(self._arena.laid(data) if self._arena else data)
            await into.drain()
            size = LENGTH.unpack(await out.readexactly(LENGTH.size))[0]
            lies = size & IN_ARENA and self._arena
            if (size := size & ~IN_ARENA) > RESULT_LIMIT:
                return Reply("large")
            reply: Any = unpack(lies.take(size) if lies else await out.readexactly(size))
        except (OSError, EOFError) as error:  # EOFError: IncompleteReadError is one
            raise Died(await self.kill()) from error
        assert isinstance(reply, Reply)
        return reply

    async def kill(self) -> int | None:
        """Ends the process and all it started, and waits until it is gone: no zombie, no descriptor. Its exit code."""
        if self._gone:
            return self._process.returncode
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM when only zombies are left
            os.killpg(self._process.pid, signal.SIGKILL)
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        into.close()
        # asyncio's wait() waits for the pipes too, and a pipe it paused for a large reply never ends by itself.
        while await out.read(_READ_LIMIT):
            pass
        code = await self._process.wait()
        arena, self._arena, self._gone = self._arena, None, True
        if arena is not None:
            arena.close()
        return code


#: Arenas reserve address space by the 64 MB; a large page once read would stay in the heap (see services/courier.py).
#: Once that size is set, glibc returns free pages beyond 128 kB at once: deflating a story takes 280 kB, and its pages
#: would come and go with each, which costs more than the deflating. So they would with pages of its own.
_THRIFT = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "524288", "MALLOC_TRIM_THRESHOLD_": "4194304"}


async def _spawn(spec: str, arena: Arena | None = None) -> asyncio.subprocess.Process:
    # -P: the directory the reader stands in must not become a place to import from. Our own path is handed on whole,
    # so that the child finds what we found, however we were started.
    path = os.pathsep.join(place or os.getcwd() for place in sys.path)
    env = {**os.environ, "PYTHONPATH": path, **_THRIFT}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "tui_news.workers.child",
        spec,
        *([str(arena.number)] if arena else []),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # the terminal is the screen's; libraries in C write where they like
        start_new_session=True,
        limit=_READ_LIMIT,
        env=env,
        pass_fds=(arena.number,) if arena else (),
    )
