"""The one way to the network. Everything that can go wrong comes out as a FetchError that people can read.

What asks knows HTTP and nothing else (`dialling.Ways`); this module decides: its own redirects (each checked), its own
bounded inflating, one limit of time over all of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING

from tui_news.models import FetchError, Response
from tui_news.models.late import dataclass
from tui_news.web import limits, problems
from tui_news.web.address import Address, AddressError, Place, granted, is_private_host, parse
from tui_news.web.dialling import Ways
from tui_news.web.faults import Broken
from tui_news.web.guard import GRANT
from tui_news.web.headers import decode, plain_headers, request_headers
from tui_news.web.inflate import Kept, TooLarge, body_for
from tui_news.web.politeness import Manners, retry_after

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from tui_news.web.cookies import Jar
    from tui_news.web.proxied import Proxied
    from tui_news.web.transport import Reply

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
BUILTIN = "builtin:"  # `builtin.SCHEME`, which is imported when it is asked for
Seat = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class _Trip:
    """One fetch: what was asked, and what its redirects gather."""

    url: str
    method: str
    headers: Mapping[str, str]
    limit: int
    seconds: float
    first: Address
    grant: frozenset[Place]
    near: str = ""
    left: float = 0.0
    cookies: Jar | None = None
    seat: Seat | None = None
    unpack: bool = True
    clock: asyncio.Timeout | None = None

    async def wait(self, turn: Awaitable[object]) -> None:
        """Standing in line costs none of the fetch's time."""
        loop, when = asyncio.get_running_loop(), self.clock.when() if self.clock is not None else None
        start = loop.time()
        if self.clock is not None:
            self.clock.reschedule(None)
        await turn
        seconds = loop.time() - start
        self.left += seconds
        if self.clock is not None and when is not None:
            self.clock.reschedule(when + seconds)


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    packed: bool
    location: str | None


class Web:
    """The network, for the life of the program: `async with Web() as web: await web.get(url)`.

    clock: Unix seconds, for dates in Retry-After. per_host, total: connections at once (total: as
    many as the system grants descriptors for, `limits.connections`). root: see `builtin.answer`.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.time,
        *,
        per_host: int = limits.PER_HOST,
        total: int | None = None,
        root: Traversable | None = None,
    ) -> None:
        self._clock, self._root = clock, root
        self._manners, self._large = Manners(per_host, total), asyncio.Semaphore(limits.LARGE_AT_ONCE)
        self._ways: Ways | None = None

    async def __aenter__(self) -> Web:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._ways is not None:
            ways, self._ways = self._ways, None
            await ways.aclose()

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = {},
        accept: str = "",
        limit: int = limits.FEED_LIMIT,
        seconds: float = limits.FETCH_SECONDS,
        near: str = "",
        method: str = "GET",
        seat: Seat | None = None,
        unpack: bool = True,
    ) -> Response:
        """Fetches a document, following up to ten redirects. Raises FetchError, and nothing else.

        limit: bytes, on the wire and decoded. seconds: for all of it, redirects included, waiting in line excluded.
        near: the address on whose behalf we ask. A private address or `builtin:` is reached only if the reader
        typed it (near="") or `near` is of the same host and port. 304 comes back as a Response if the headers ask
        a conditional question; every other status outside 2xx is a FetchError of kind "status". seat: waited for
        before a body is read. unpack: False leaves a body that comes packed so, and says so (`Response.packed`).
        """
        try:
            if url.startswith(BUILTIN):
                return self._builtin(url, headers, near)
            asked = {"accept": accept or "*/*", **{name.lower(): value for name, value in headers.items()}}
            first = parse(url)
            grant = granted(url, near) if near else frozenset({first.place})
            trip = _Trip(url, method, asked, limit, seconds, first, grant, near, left=seconds)
            trip.seat, trip.unpack = seat, unpack
            return await self._travel(trip)
        except FetchError:
            raise
        except Exception as error:
            # "from None": the causes hold requests, and requests hold passwords.
            raise problems.explain(error, url) from None

    def _builtin(self, url: str, headers: Mapping[str, str], near: str) -> Response:
        from tui_news.web import builtin

        found = builtin.answer(url, headers, self._root) if not near or near.startswith(BUILTIN) else None
        if found is None:
            raise problems.problem("refused", url, "the built-in edition is only for itself")
        return found

    async def _travel(self, trip: _Trip) -> Response:
        here, permanent = trip.first, True
        seen: set[tuple[str, str]] = set()
        for hop in range(limits.REDIRECTS + 1):
            if (state := (here.url, _cookie_state(trip))) in seen:
                raise problems.problem("protocol", trip.url, "it redirects in a circle", "check the address")
            seen.add(state)
            answer = await self._turn(trip, here)
            if answer.location is None:
                return self._arrived(trip, here, answer, moved=bool(hop) and permanent)
            permanent = permanent and answer.status in _PERMANENT
            here = _next(trip, here, answer.location)
        raise problems.problem("protocol", trip.url, "it redirects too often", "check the address")

    async def _turn(self, trip: _Trip, here: Address) -> _Answer:
        """One request in its turn. Waiting in line costs none of the fetch's time: it is not the server's fault."""
        if is_private_host(here.host) and here.place not in trip.grant:
            raise problems.private(trip.url, "" if here is trip.first else here.url)
        self._heed_silence(trip, here.place)
        loop = asyncio.get_running_loop()
        async with self._manners.turn(here.place, here.scheme == "https"):
            self._heed_silence(trip, here.place)  # it may have been asked for while we stood in line
            start = loop.time()
            async with asyncio.timeout(trip.left) as trip.clock:
                answer = await self._ask(trip, here)
            trip.left -= loop.time() - start
            wait = retry_after(answer.headers, self._clock())
            if answer.status == 429 or (answer.status == 503 and wait is not None):
                self._manners.silence(here.place, limits.RETRY_BAD if wait is None else wait)
        return answer

    def _heed_silence(self, trip: _Trip, place: Place) -> None:
        if wait := self._manners.wait(place):
            raise problems.silenced(trip.url, wait)

    def _open(self) -> Ways:
        """Made at the first need: where there are proxies, it takes a while."""
        if self._ways is None:
            self._ways = Ways()
        return self._ways

    async def _ask(self, trip: _Trip, here: Address) -> _Answer:
        ways = self._open()
        # DNS rebinding: a name that led abroad may lead home only where the reader typed it, and no redirect or page.
        typed = here is trip.first and not trip.near
        known = ways.guard.public_hosts
        GRANT.set(trip.grant if typed else frozenset(place for place in trip.grant if place[0] not in known))
        if ways.guard.forbids(here.host, here.place) and ways.lead_straight(here.url):
            raise problems.private(trip.url)
        headers = request_headers(trip.headers, trip.first, here)
        if (cookies := _cookies(trip, here)) and not any(name == b"cookie" for name, _ in headers):
            headers.append((b"cookie", cookies))
        async with asyncio.timeout(limits.ANSWER_SECONDS):
            reply = await ways.ask(trip.method, here, headers)
        try:
            return await self._read(trip, here, reply)
        finally:
            await reply.aclose()

    async def _read(self, trip: _Trip, here: Address, reply: Reply | Proxied) -> _Answer:
        headers = plain_headers(reply.raw)
        location = None
        if reply.status in _REDIRECTS:
            location = next((decode(value) for name, value in reply.raw if name.lower() == b"location"), None)
        if location is not None and any(name.lower() == b"set-cookie" for name, _ in reply.raw):
            from tui_news.web.cookies import Jar

            trip.cookies = trip.cookies or Jar()
            trip.cookies.take(here.url, reply.raw)
        wanted = 200 <= reply.status < 300 and trip.method != "HEAD"
        body, packed = await self._body(reply, headers, trip) if wanted else (b"", False)
        return _Answer(reply.status, headers, body, packed, location)

    async def _body(self, reply: Reply | Proxied, headers: Mapping[str, str], trip: _Trip) -> tuple[bytes, bool]:
        """The body within the limit, decoded or still packed. An answer that breaks off is an error: half a feed is not
        a feed."""
        body = body_for(headers.get("content-encoding", ""), trip.limit, trip.unpack)
        if (length := headers.get("content-length", "")).isdigit() and int(length[:20]) > trip.limit:
            raise TooLarge
        if trip.seat is not None:
            await trip.wait(trip.seat())
        try:
            async with contextlib.AsyncExitStack() as turn:
                large = False
                async for data in _steady(reply):
                    body.feed(data)
                    if not large and body.size > limits.LARGE:
                        large = True
                        await trip.wait(turn.enter_async_context(self._large))  # the rest stays on the wire
        except Broken as error:
            why, todo = "the answer breaks off in the middle", "it is tried again later"
            raise problems.problem("protocol", trip.url, why, todo) from error
        return body.finish(), isinstance(body, Kept)

    def _arrived(self, trip: _Trip, here: Address, answer: _Answer, moved: bool) -> Response:
        status = answer.status
        conditional = "if-none-match" in trip.headers or "if-modified-since" in trip.headers
        fine = status == 304 if not 200 <= status < 300 else status != 206 or "range" in trip.headers
        if not fine or (status == 304 and not conditional):
            raise problems.status_problem(trip.url, status, retry_after(answer.headers, self._clock()))
        # An address with credentials stays as it was typed: the new one would come without them.
        moved_to = here.url if moved and trip.first.auth is None else None
        return Response(
            trip.url, here.url, status, answer.headers, answer.body, moved_to, trip.seconds - trip.left, answer.packed
        )


def _next(trip: _Trip, here: Address, location: str) -> Address:
    """Where a redirect leads. Credentials in it are ignored."""
    try:
        if not location.strip():
            raise AddressError("the redirect leads nowhere")
        return parse(location, here.url)
    except AddressError as error:
        why = f"it redirects to an address that cannot be fetched ({error})"
        raise problems.problem("refused", trip.url, why) from None


def _cookie_state(trip: _Trip) -> str:
    return trip.cookies.state if trip.cookies is not None else ""


def _cookies(trip: _Trip, here: Address) -> bytes:
    """What goes to there of what this fetch was given on its way; a flood of it goes nowhere."""
    found = trip.cookies.header(here.url).encode() if trip.cookies is not None else b""
    return found if len(found) <= limits.COOKIE_LIMIT else b""


async def _steady(reply: Reply | Proxied) -> AsyncIterator[bytes]:
    """The raw body as it comes; TimeoutError if it only drips."""
    loop = asyncio.get_running_loop()
    start, got = loop.time(), 0
    async for data in reply.pieces():
        got += len(data)
        spent = loop.time() - start
        if spent > limits.SLOW_AFTER and got < spent * limits.SLOW_BYTES:
            raise TimeoutError
        yield data
