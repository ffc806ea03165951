"""What several feeds brought is written in one transaction: a commit costs a page of each index, whoever wrote there.

Nobody is told of a feed before it is committed, and one that cannot be written costs no other: then each is alone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from tui_news.services.patience import HURRY, patiently
from tui_news.services.tools import Tools

T = TypeVar("T")
MOST = 32  # feeds that wait for each other
LINGER = 0.05  # seconds that the first of them waits
TURN = 0.03  # seconds of a transaction, after which the rest has the next one: the reader's marks wait behind it


class Together:
    """Writes that wait a moment for company. flying: how many trips there are; if all of them wait here, none does."""

    def __init__(self, tools: Tools, flying: Callable[[], int]) -> None:
        self._tools, self._flying, self._told = tools, flying, 0  # told: those that are written, and have yet to land
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []
        self._most = MOST  # who wait for each other: no more than the last transaction had time for
        self._timer: asyncio.TimerHandle | None = None

    async def write(self, work: Callable[[], T]) -> T:
        """As `patiently`: does `work`, a whole transaction, maybe as part of a larger one. Done twice, the second time
        after all was taken back, it must come to the same."""
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[tuple[T] | None] = loop.create_future()
        self._waiting.append((work, mine))
        self.look()
        if self._waiting and self._timer is None:
            self._timer = loop.call_later(LINGER, self._flush)
        try:
            done = await mine
        finally:
            self._told -= mine.done() and not mine.cancelled()
        return done[0] if done is not None else await patiently(self._tools, work)

    def look(self) -> None:
        """Writes, if nobody is left to wait for: call it when a trip has ended, too."""
        if self._waiting and len(self._waiting) >= min(self._most, self._flying() - self._told):
            self._flush()

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        left = [(work, future) for work, future in waiting if not future.done()]  # else it was cancelled meanwhile
        if left and (left := self._some(left)):
            self._waiting = [*left, *self._waiting]
            self._timer = asyncio.get_running_loop().call_later(0, self._flush)  # a worker may be waiting to be asked

    def _some(self, waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]]) -> list[Any]:
        """One transaction, and what of them is left."""
        clock = asyncio.get_running_loop().time
        done: list[Any] = []
        self._most = MOST
        try:
            with self._tools.library.hurry(HURRY), self._tools.library.write():
                end = clock() + TURN
                for work, _ in waiting:
                    done.append(work())
                    if clock() >= end:
                        self._most = min(len(done), MOST)
                        break
        except Exception:  # taken back: one of them, or another program's write; each finds out for itself
            return self._tell(waiting, [None] * len(waiting))
        return self._tell(waiting, [(result,) for result in done])

    def _tell(self, waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]], told: list[Any]) -> list[Any]:
        for (_, future), result in zip(waiting, told, strict=False):
            future.set_result(result)
        self._told += len(told)
        return waiting[len(told) :]
