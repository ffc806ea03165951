"""Manners: few connections at once, and silence towards a host that asked for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime

from tui_news.web.address import Place
from tui_news.web.limits import PER_HOST, RETRY_BAD, RETRY_MOST, TOTAL


def retry_after(headers: Mapping[str, str], now: float) -> int | None:
    """Retry-After in seconds, 0..24 h (RFC 9110 §10.2.3: seconds or a date); a bad value means 10 minutes."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        # 20 digits are a number too; thousands of digits would make int() raise.
        return min(int(value[:12]), RETRY_MOST)
    try:
        seconds = parsedate_to_datetime(value).timestamp() - now
    except (ValueError, TypeError, OverflowError, OSError, IndexError):
        return RETRY_BAD
    return int(min(max(seconds, 0), RETRY_MOST))


class Manners:
    """Who may ask whom, now. One for the life of a client.

    Times are of `monotonic`, so that a clock put right neither frees nor silences a host.
    """

    def __init__(
        self, per_host: int = PER_HOST, total: int = TOTAL, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_host, self._all, self._monotonic = per_host, asyncio.Semaphore(total), monotonic
        self._hosts: dict[Place, asyncio.Semaphore] = {}
        self._users: dict[Place, int] = {}
        self._until: dict[Place, float] = {}

    @asynccontextmanager
    async def turn(self, place: Place) -> AsyncIterator[None]:
        """A connection's turn. The host's line comes first: waiting for a slow host must not cost others a turn."""
        lane = self._hosts.setdefault(place, asyncio.Semaphore(self._per_host))
        self._users[place] = self._users.get(place, 0) + 1
        try:
            async with lane, self._all:
                yield
        finally:
            self._users[place] -= 1
            if not self._users[place]:  # thousands of article hosts must not pile up
                del self._users[place], self._hosts[place]

    def silence(self, place: Place, seconds: int) -> None:
        """The host asked not to be asked for so many seconds."""
        if seconds > 0:
            self._until[place] = max(self._until.get(place, 0.0), self._monotonic() + seconds)

    def wait(self, place: Place) -> int:
        """Seconds for which the host still wants silence, 0 if it does not."""
        left = self._until.get(place, 0.0) - self._monotonic()
        if left <= 0:
            self._until.pop(place, None)
            return 0
        return int(left) + 1
