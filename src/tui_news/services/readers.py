"""The documents of feeds are read several a job.

One of a feed that was plain at the last visit takes a millisecond or two, and seven if nobody has seen it yet; the way
to the worker and back, through a loop that has much else to do, takes longer. A large document is a job by itself, and
so is each of a lot that came to nothing.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import NamedTuple

from tui_news.models import Digest, Response, TuinewsError
from tui_news.services.storing import Held, asked, digest
from tui_news.services.tools import Tools

LOT = 10  # documents a job
ROOM = 4_000_000  # bytes of a lot
UNSEEN = 3  # times as many as if it had been seen before: nine new ones a job, and the worker waits half as often
LARGE = 500_000  # bytes: a document that is a job by itself
MOST_PACKED = 30  # times as large as it came: nobody says more of itself than that
SECONDS = 5.0  # of a lot; after that each has its own time
SPEC = "tui_news.services.digesting:digest_feeds"
AT_ONCE = 2  # lots: one is at hand when the worker is done with the other
EVIDENCE = 16  # feeds that have come, before those to come are thought to be like them
TURNS = 6  # of the loop, until a process that is there has been asked


class _Waiting(NamedTuple):
    answer: Response
    held: Held
    made: asyncio.Future[Digest | None]


class Readers:
    """For one refresh. Close it when that is over, or stopped."""

    def __init__(self, tools: Tools, feeds: int = 0, left: Callable[[], int] = lambda: 0) -> None:
        """feeds: how many are asked; left: how many of them are not done yet."""
        self._tools, self._feeds, self._left = tools, feeds, left
        self._line: deque[_Waiting] = deque()
        self._open = self._came = self._weighed = 0  # documents that are here now, all that came, and their weight
        self._going: set[asyncio.Task[None]] = set()
        self._starting: set[asyncio.Task[None]] = set()

    def prepare(self) -> None:
        """Both workers import what they need while the answers are under way."""
        self._starting = {asyncio.ensure_future(self._start()) for _ in range(AT_ONCE)}

    async def _start(self) -> None:
        with suppress(TuinewsError):  # the first document will say so
            await self._tools.workers.run(SPEC, [], now=self._tools.now, urgent=True)

    async def digest(self, answer: Response, held: Held) -> Digest:
        """As `storing.digest`, maybe with others."""
        made = None
        if _size(answer) <= LARGE:
            one = _Waiting(answer, held, asyncio.get_running_loop().create_future())
            self._line.append(one)
            self._open, self._came, self._weighed = self._open + 1, self._came + 1, self._weighed + _weight(one)
            if len(self._going) < AT_ONCE:
                self._going.add(asyncio.ensure_future(self._go()))
            try:
                made = await one.made
            finally:
                self._open -= 1
        return made if made is not None else await digest(self._tools, answer, held)

    def close(self) -> None:
        """Nobody waits for what is being read."""
        for task in (*self._going, *self._starting):
            task.cancel()

    async def _go(self) -> None:
        try:
            await self._read_all()
        finally:  # in the same breath as it saw nothing in line: who comes then starts another
            self._going.discard(asyncio.current_task())

    async def _read_all(self) -> None:
        lot, found = self._lot(), list[Digest | None]()
        done: list[_Waiting] = []
        while lot:
            reading = asyncio.ensure_future(self._read(lot))
            try:
                await _turns(TURNS if done else 0)  # the worker is asked for more, and then what it brought is stored
                _deliver(done, found)
                found = await reading
            except asyncio.CancelledError:
                reading.cancel()
                raise
            except Exception:  # whatever it is: read alone, the one whose fault it is will say so
                found = [None] * len(lot)
            done, lot = lot, self._lot()
        _deliver(done, found)

    def _lot(self) -> list[_Waiting]:
        lot, room = list[_Waiting](), ROOM
        while self._line and len(lot) < LOT and room > 0:
            one = self._line.popleft()
            if not one.made.done():  # else its trip was given up
                lot.append(one)
                room -= _weight(one)
        return lot

    async def _read(self, lot: list[_Waiting]) -> list[Digest | None]:
        documents = [asked(one.answer, one.held) for one in lot]
        found: list[Digest | None] = await self._tools.workers.run(
            SPEC, documents, now=self._tools.now, seconds=SECONDS, behind=self._behind()
        )
        return found

    def _behind(self) -> int:
        """Lots that are in line, and that will be if the feeds to come are as those before."""
        coming = max(self._left() - self._open, 0)
        again = coming / max(self._feeds - coming, EVIDENCE)
        weight = sum(map(_weight, self._line)) + again * self._weighed
        return int(max(weight / ROOM, (len(self._line) + again * self._came) / LOT))


def _deliver(lot: Sequence[_Waiting], found: Sequence[Digest | None]) -> None:
    for one, made in zip(lot, found, strict=True):
        if not one.made.done():
            one.made.set_result(made)


async def _turns(number: int) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def _weight(one: _Waiting) -> int:
    return _size(one.answer) * (1 if one.held.marks else UNSEEN)


def _size(answer: Response) -> int:
    """Bytes of its document; of one that is packed, what the packing says itself (RFC 1952 2.3.1), within bounds."""
    size = len(answer.body)
    return min(max(size, int.from_bytes(answer.body[-4:], "little")), MOST_PACKED * size) if answer.packed else size
