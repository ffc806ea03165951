"""The one way to the network. Everything that can go wrong comes out as a FetchError that people can read.

httpx reads, this module decides: its own redirects (each checked), its own bounded inflating, one limit of time
over all of it. httpx 0.28 decodes a whole network read at once, has no total time limit, and lets errors of other
families through; see `_ask` and `problems.explain`.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import field
from importlib.resources.abc import Traversable
from types import TracebackType

import httpx

from tui_news.models import FetchError, Response
from tui_news.models.late import dataclass
from tui_news.web import builtin, limits, problems
from tui_news.web.address import Address, AddressError, Place, granted, is_private_host, parse
from tui_news.web.dialling import hidden_location, hide_location, open_client
from tui_news.web.guard import DIALLED, GRANT, Guard
from tui_news.web.headers import plain_headers, request_headers
from tui_news.web.inflate import TooLarge, body_for
from tui_news.web.politeness import Manners, retry_after

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
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
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies)
    left: float = 0.0
    seat: Seat | None = None
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
        self._client: httpx.AsyncClient | None = None
        self._guard: Guard | None = None

    async def __aenter__(self) -> Web:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

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
    ) -> Response:
        """Fetches a document, following up to ten redirects. Raises FetchError, and nothing else.

        limit: bytes, on the wire and decoded. seconds: for all of it, redirects included, waiting in line excluded.
        near: the address on whose behalf we ask. A private address or `builtin:` is reached only if the reader
        typed it (near="") or `near` is of the same host and port. 304 comes back as a Response if the headers ask
        a conditional question; every other status outside 2xx is a FetchError of kind "status". seat: waited for
        before a body is read.
        """
        try:
            if url.startswith(builtin.SCHEME):
                return self._builtin(url, headers, near)
            asked = {"accept": accept or "*/*", **{name.lower(): value for name, value in headers.items()}}
            trip = _Trip(url, method, asked, limit, seconds, parse(url), granted(url, near), near, left=seconds)
            trip.seat = seat
            return await self._travel(trip)
        except FetchError:
            raise
        except Exception as error:
            # "from None": the causes hold requests, and requests hold passwords.
            raise problems.explain(error, url) from None

    def _builtin(self, url: str, headers: Mapping[str, str], near: str) -> Response:
        found = builtin.answer(url, headers, self._root) if not near or near.startswith(builtin.SCHEME) else None
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

    def _open(self) -> tuple[httpx.AsyncClient, Guard]:
        """The client, made at the first need: loading the certificates costs tens of milliseconds."""
        if self._client is None or self._guard is None:
            self._client, self._guard = open_client()
        return self._client, self._guard

    async def _ask(self, trip: _Trip, here: Address) -> _Answer:
        client, guard = self._open()
        # DNS rebinding: a name that led abroad may lead home only where the reader typed it, and no redirect or page.
        typed = here is trip.first and not trip.near
        GRANT.set(trip.grant if typed else frozenset(p for p in trip.grant if p[0] not in guard.public_hosts))
        url = httpx.URL(here.url)
        direct = client._transport_for_url(url) is client._transport
        if direct and guard.forbids(here.host, here.place):
            raise problems.private(trip.url)
        headers = request_headers(trip.headers, trip.first, here)
        timeouts = {"timeout": client.timeout.as_dict()}
        request = httpx.Request(trip.method, url, headers=headers, extensions=timeouts)
        with contextlib.suppress(ValueError):  # a jar that chokes is a jar without cookies
            _add_cookies(trip, request)
        async with asyncio.timeout(limits.ANSWER_SECONDS):
            send = _send(client, request) if direct else client.send(request, stream=True)
            response = await send
        try:
            return await self._read(trip, response)
        finally:
            await response.aclose()

    async def _read(self, trip: _Trip, response: httpx.Response) -> _Answer:
        headers = plain_headers(response.headers.raw)
        status = response.status_code
        location = hidden_location(response) if status in _REDIRECTS else None
        if location is not None:
            with contextlib.suppress(ValueError):
                trip.cookies.extract_cookies(response)
        wanted = 200 <= status < 300 and trip.method != "HEAD"
        body = await self._body(response, headers, trip) if wanted else b""
        return _Answer(status, headers, body, location)

    async def _body(self, response: httpx.Response, headers: Mapping[str, str], trip: _Trip) -> bytes:
        """The decoded body, within the limit. An answer that breaks off is an error: half a feed is not a feed."""
        body = body_for(headers.get("content-encoding", ""), trip.limit)
        if (length := headers.get("content-length", "")).isdigit() and int(length[:20]) > trip.limit:
            raise TooLarge
        if trip.seat is not None:
            await trip.wait(trip.seat())
        try:
            async with contextlib.AsyncExitStack() as turn:
                large = False
                async for data in _steady(response):
                    body.feed(data)
                    if not large and body.size > limits.LARGE:
                        large = True
                        await trip.wait(turn.enter_async_context(self._large))  # the rest stays on the wire
        except httpx.NetworkError as error:
            why, todo = "the answer breaks off in the middle", "it is tried again later"
            raise problems.problem("protocol", trip.url, why, todo) from error
        return body.finish()

    def _arrived(self, trip: _Trip, here: Address, answer: _Answer, moved: bool) -> Response:
        status = answer.status
        conditional = "if-none-match" in trip.headers or "if-modified-since" in trip.headers
        fine = status == 304 if not 200 <= status < 300 else status != 206 or "range" in trip.headers
        if not fine or (status == 304 and not conditional):
            raise problems.status_problem(trip.url, status, retry_after(answer.headers, self._clock()))
        # An address with credentials stays as it was typed: the new one would come without them.
        moved_to = here.url if moved and trip.first.auth is None else None
        return Response(trip.url, here.url, status, answer.headers, answer.body, moved_to, trip.seconds - trip.left)


async def _send(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
    """Asked again on another connection if a kept one turns out closed: servers close them when they like, and nothing
    was answered (RFC 9112, 9.3.1); or if it answers nonsense: the rest of the answer before, that came late. A
    connection made for this request is believed; each that fails is let go.

    The client's own `send` would add cookies, logins and a log to each answer, none of which we want.
    """
    while True:
        dialled: list[str] = []
        DIALLED.set(dialled)
        try:
            response = await client._transport.handle_async_request(request)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            if dialled:
                raise
        else:
            response.request = request
            await hide_location(response)
            return response


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
    return repr(sorted((cookie.domain, cookie.name, cookie.value) for cookie in trip.cookies.jar))


def _add_cookies(trip: _Trip, request: httpx.Request) -> None:
    if not any(True for _ in trip.cookies.jar):
        return  # the first request of a fetch has none
    trip.cookies.set_cookie_header(request)
    if len(request.headers.get("cookie", "")) > limits.COOKIE_LIMIT:
        del request.headers["cookie"]


async def _steady(response: httpx.Response) -> AsyncIterator[bytes]:
    """The raw body as it comes; TimeoutError if it only drips."""
    loop = asyncio.get_running_loop()
    start, got = loop.time(), 0
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for data in response.stream:
        got += len(data)
        spent = loop.time() - start
        if spent > limits.SLOW_AFTER and got < spent * limits.SLOW_BYTES:
            raise TimeoutError
        yield data
