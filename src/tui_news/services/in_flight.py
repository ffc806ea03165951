"""What a long piece of work is waiting for, and how it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tui_news.services.contracts import Fact, RefreshWaits

LATE = 3.0  # seconds after which a feed is named that has not answered
EVERY = 1.0


class InFlight:
    """The feeds that are being asked, and since when."""

    def __init__(self, total: int, tell: Callable[[Fact], None]) -> None:
        self._total, self._tell, self._done = total, tell, 0
        self._since: dict[int, tuple[float, str]] = {}

    def __len__(self) -> int:
        return len(self._since)

    @contextmanager
    def trip(self, feed_id: int, title: str) -> Iterator[None]:
        self._since[feed_id] = asyncio.get_running_loop().time(), title
        try:
            yield
        finally:
            del self._since[feed_id]
            self._done += 1

    async def watch(self) -> None:
        """Names the one that is waited for longest, every second, until cancelled."""
        while True:
            await asyncio.sleep(EVERY)
            self.look(asyncio.get_running_loop().time())

    def look(self, now: float) -> None:
        if self._since:
            start, title = min(self._since.values())
            if now - start >= LATE:
                self._tell(RefreshWaits(title, int(now - start), len(self._since) - 1, self._done, self._total))


async def unless(stop: asyncio.Event | None, work: Coroutine[Any, Any, None]) -> bool:
    """Do the work, unless or until it is stopped: then it is cancelled, and False. Raises what the work raises."""
    going = asyncio.ensure_future(work)
    stopped = asyncio.ensure_future(stop.wait() if stop is not None else asyncio.Event().wait())
    try:
        await asyncio.wait({going, stopped}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        if cut := not going.done():
            going.cancel()
            with suppress(asyncio.CancelledError):
                await going
    if not cut:
        await going
    return not cut
