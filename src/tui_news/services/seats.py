"""How many documents of a refresh are in memory together: each takes a seat before its body is read, and has it until
it is stored. Hundreds of feeds may be asked at once, for most have nothing to tell; what has, waits on the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

MOST = 64


class Seats:
    """For one refresh."""

    def __init__(self, most: int = MOST) -> None:
        self._free = asyncio.Semaphore(most)

    @asynccontextmanager
    async def one(self) -> AsyncIterator[Seat]:
        """A seat that is not taken yet; it is free again at the end."""
        seat = Seat(self._free)
        try:
            yield seat
        finally:
            seat.leave()


class Seat:
    """Awaited when it is needed; a second time it is there."""

    def __init__(self, free: asyncio.Semaphore) -> None:
        self._free, self._taken = free, False

    async def __call__(self) -> None:
        if not self._taken:
            await self._free.acquire()
            self._taken = True

    def leave(self) -> None:
        if self._taken:
            self._taken = False
            self._free.release()
