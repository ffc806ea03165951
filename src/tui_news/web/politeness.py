"""Manners: few connections at once, and silence towards a host that asked for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Final

from tui_news.web.address import Place
from tui_news.web.limits import PER_HOST, RETRY_BAD, RETRY_MOST, SECURE, connections

# Seconds from one request to the next, where a site asks for that. lobste.rs grants 30 a minute, and asks programs
# to sleep for a second.
PACED: Final[Mapping[str, float]] = {"lobste.rs": 1.0}
_MOMENT: Final = 1_000_000_000  # a RateLimit-Reset from here on is a moment, in Unix seconds, and no span


def retry_after(headers: Mapping[str, str], now: float) -> int | None:
    """Retry-After in seconds, 0..24 h (RFC 9110 §10.2.3: seconds or a date); a bad value means 10 minutes.

    Without one: RateLimit-Reset, if nothing is left of what was granted; answers that are no refusal tell it, too.
    """
    value = headers.get("retry-after", "").strip()
    return _seconds(value, now) if value else _reset(headers, now)


def _reset(headers: Mapping[str, str], now: float) -> int | None:
    """RateLimit-Reset or X-RateLimit-Reset: seconds, Unix seconds or an ISO date, as each program likes."""
    for prefix in ("", "x-"):
        value = headers.get(f"{prefix}ratelimit-reset", "").strip()
        if value and headers.get(f"{prefix}ratelimit-remaining", "").strip() in ("", "0"):
            number = int(value[:12]) if value.isascii() and value.isdigit() else 0
            return _bounded(number - now) if number >= _MOMENT else _seconds(value, now)
    return None


def _seconds(value: str, now: float) -> int:
    if value.isascii() and value.isdigit():
        # 20 digits are a number too; thousands of digits would make int() raise.
        return min(int(value[:12]), RETRY_MOST)
    from email.utils import parsedate_to_datetime  # few answers have a date there, and nobody else needs it

    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(value)
            return _bounded((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)
        except (ValueError, TypeError, OverflowError, OSError, IndexError):
            continue
    return RETRY_BAD


def _bounded(seconds: float) -> int:
    return int(min(max(seconds, 0), RETRY_MOST))


class Manners:
    """Who may ask whom, now. One for the life of a client.

    Times are of `monotonic`, so that a clock put right neither frees nor silences a host. paced: the least seconds
    between the starts of two requests to a host, where there is such a rule.
    """

    def __init__(
        self,
        per_host: int = PER_HOST,
        total: int | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        paced: Mapping[str, float] = PACED,
    ) -> None:
        self._sleep, self._paced, self._next = sleep, paced, dict.fromkeys(paced, 0.0)
        self._per_host, self._all, self._monotonic = per_host, asyncio.Semaphore(total or connections()), monotonic
        self._secure = asyncio.Semaphore(SECURE)
        self._hosts: dict[Place, asyncio.Semaphore] = {}
        self._users: dict[Place, int] = {}
        self._until: dict[Place, float] = {}

    @asynccontextmanager
    async def turn(self, place: Place, secure: bool = False) -> AsyncIterator[None]:
        """A connection's turn. The host's line comes first: waiting for a slow host must not cost others a turn.
        secure: by TLS, of which there are fewer."""
        lane = self._hosts.setdefault(place, asyncio.Semaphore(self._per_host))
        self._users[place] = self._users.get(place, 0) + 1
        try:
            async with lane:
                await self._pace(place[0])
                async with self._secure if secure else nullcontext(), self._all:
                    yield
        finally:
            self._users[place] -= 1
            if not self._users[place]:  # thousands of article hosts must not pile up
                del self._users[place], self._hosts[place]

    async def _pace(self, host: str) -> None:
        """Waits until the host may be asked again; the next one is put off from then on."""
        if host not in self._paced:
            return
        now = self._monotonic()
        start = max(now, self._next[host])
        self._next[host] = start + self._paced[host]
        if start > now:
            await self._sleep(start - now)

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
