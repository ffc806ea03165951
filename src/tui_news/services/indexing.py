"""The search index follows in a process of its own while a refresh still brings stories: there is a core to spare."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from tui_news.models import TuinewsError
from tui_news.paths import Paths
from tui_news.services.tools import Tools

ENOUGH = 1600  # stories that are worth a job, and a transaction of its own
WORTH = 500  # and of which a process should have so many at hand, if it is to be the one
LONG = 4800  # but not for ever
REST = 200  # and at the end, when the processes are there
SECONDS = 20.0


class Indexer:
    """Told of what is stored, has it indexed now and then. What it does not get to is left to whoever comes after."""

    def __init__(self, tools: Tools) -> None:
        self._tools, self._due, self._enough = tools, 0, ENOUGH
        self._going: asyncio.Future[None] | None = None

    def stored(self, count: int) -> None:
        self._due += count
        if self._due >= self._enough and (self._going is None or self._going.done()):
            self._going = asyncio.ensure_future(self._run())

    def rest(self) -> None:
        """No more will be stored: what is due now is worth less."""
        self._enough = REST
        self.stored(0)

    async def _run(self) -> None:
        paths = self._tools.library.paths
        with suppress(TuinewsError):  # whoever comes after will say so
            while self._due >= self._enough:
                due, self._due = self._due, 0
                others = self._enough == REST or due >= LONG
                job = ("tui_news.services.indexing:catch_up", paths, SECONDS, 0 if others else WORTH)
                # beside the others: it is long
                done = await self._tools.workers.run(*job, seconds=3 * SECONDS, urgent=True)
                self._due = max(self._due + due - done, 0)
                if not done and (others or self._enough != REST):
                    break  # another process has them at hand: soon it may be the one that is free

    async def finish(self) -> None:
        """Wait until nobody is at it."""
        if self._going is not None:
            await self._going


def catch_up(paths: Paths, seconds: float, least: int = 0) -> int:
    """Index what is due, for so long at most, until few are left: a transaction for each handful that comes meanwhile
    costs the index a piece of its own, which must be merged. How many stories that were. least: only those that this
    process has at hand, and none if they are fewer. Raises LibraryError."""
    from tui_news.store.at_hand import AT_HAND

    if len(AT_HAND) < least:
        return 0
    from tui_news.services.opening import open_library
    from tui_news.store.search import BATCH

    end, done = time.monotonic() + seconds, 0
    library = open_library(paths)
    try:
        while time.monotonic() < end:
            done += (count := library.search.update(BATCH, AT_HAND, least))
            if count < ENOUGH:
                break
    finally:
        library.close()
    return done
