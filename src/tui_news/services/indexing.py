"""The search index follows in a process of its own while a refresh still brings stories: there is a core to spare."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress

from tui_news.models import TuinewsError
from tui_news.services.index_job import ENOUGH
from tui_news.services.tools import Tools

WORTH = 500  # and of which a process should have so many at hand, if it is to be the one
LONG = 4800  # but not for ever
REST = 200  # and at the end, when the processes are there
OWN = 100  # of which each first takes those that it has at hand, if it is so many
AT_ONCE = 2  # as there are workers
TURNS = 6  # of the loop, until a process that is there has been asked
SECONDS = 20.0


class Indexer:
    """Told of what is stored, has it indexed now and then. What it does not get to is left to whoever comes after."""

    def __init__(self, tools: Tools) -> None:
        self._tools, self._due, self._resting = tools, 0, False
        self._going: list[asyncio.Future[None]] = []

    def stored(self, count: int) -> None:
        self._due += count
        if self._due >= ENOUGH and all(one.done() for one in self._going):
            self._going = [asyncio.ensure_future(self._run())]

    async def rest(self) -> None:
        """No more will be stored: what is due now is worth less. Back when the processes have been asked."""
        self._resting = True
        if self._due >= REST:
            own = [asyncio.ensure_future(self._job(OWN)) for _ in range(AT_ONCE if self._due >= AT_ONCE * WORTH else 0)]
            self._going.append(asyncio.ensure_future(self._rest(own)))
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def finish(self) -> None:
        """Wait until nobody is at it."""
        await asyncio.gather(*self._going)

    async def _run(self) -> None:
        missed = 0  # the process that came free had few of them at hand: the other one is the next to
        while self._due >= ENOUGH and not self._resting and missed < AT_ONCE:
            done = await self._job(0 if self._due >= LONG else WORTH)
            missed = 0 if done else missed + 1

    async def _rest(self, own: Collection[asyncio.Future[int]]) -> None:
        await asyncio.gather(*own)
        if self._due >= REST:
            await self._job(0)

    async def _job(self, least: int) -> int:
        """How many stories that were: none, if it comes to nothing."""
        done = 0
        with suppress(TuinewsError):  # whoever comes after will say so
            spec, paths = "tui_news.services.index_job:catch_up", self._tools.library.paths
            # beside the others: it is long
            done = await self._tools.workers.run(spec, paths, SECONDS, least, seconds=3 * SECONDS, urgent=True)
        self._due = max(self._due - done, 0)
        return done
