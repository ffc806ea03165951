"""httpx's requests over wires of our own. httpx's transport takes most of a request's time, and a refresh is requests.

HTTP/1.1 is read by h11, as there. Who is dialled is the guard's to say. Proxies stay with httpx: see `dialling`.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from typing import Any

import h11
import httpx

from tui_news.web.guard import Guard
from tui_news.web.wire import Wire

HEAD = 100 * 1024  # bytes of a status line and its headers, or of a chunk's own
KEPT_SECONDS = 5.0  # that an idle connection waits for another request
HINTS = 100  # answers before the answer (1xx); each costs time, and they may go on for ever
PACKING = (
    256 * 1024
)  # bytes around the body's own that are borne with, and as many again as the body has: a chunk of one
# byte costs as much time as one of 60,000
REST = 4  # pieces of an answer that is not wanted which are passed over for the sake of its connection
TURN = 256  # pieces of a body after which others have a turn

Origin = tuple[bytes, bytes, int | None]


class Transport(httpx.AsyncBaseTransport):
    """Raises what httpx's own would: ConnectError, ReadTimeout, RemoteProtocolError …, and the guard's refusal."""

    def __init__(self, guard: Guard, context: ssl.SSLContext, most: int) -> None:
        """most: idle connections that are kept."""
        self._guard, self._context, self._most = guard, context, most
        self._idle: dict[_Line, Origin] = {}  # oldest first

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        origin = (request.url.raw_scheme, request.url.raw_host, request.url.port)
        limits: dict[str, float | None] = request.extensions.get("timeout", {})
        line = self._kept(origin) or _Line(await self._dial(request.url, limits.get("connect")))
        try:
            await line.send(request, limits.get("write"))
            head = await line.head(limits.get("read"))
        except BaseException:
            line.wire.close()
            raise
        told = {"http_version": b"HTTP/" + head.http_version, "reason_phrase": head.reason}
        body = _Body(self, origin, line, limits.get("read"))
        return httpx.Response(head.status_code, headers=head.headers.raw_items(), stream=body, extensions=told)

    async def aclose(self) -> None:
        for line in self._idle:
            line.wire.close()
        self._idle.clear()

    async def _dial(self, url: httpx.URL, seconds: float | None) -> Wire:
        if url.scheme not in ("http", "https"):
            raise httpx.UnsupportedProtocol(f"no such scheme: {url.scheme}")
        secure = url.scheme == "https"
        host = url.raw_host.decode("ascii")
        try:
            async with asyncio.timeout(seconds):
                wire: Wire = await self._guard.connect_tcp(host, url.port or (443 if secure else 80))
                if secure:
                    await self._secured(wire, host)
        except TimeoutError as error:
            raise httpx.ConnectTimeout("no connection in time") from error
        except OSError as error:
            raise httpx.ConnectError(str(error)) from error
        return wire

    async def _secured(self, wire: Wire, host: str) -> None:
        try:
            await wire.secure(self._context, host)
        except BaseException:
            wire.close()
            raise

    def _kept(self, origin: Origin) -> _Line | None:
        """An idle connection to there, the one last used; those that have ended or waited too long are let go."""
        now, found = asyncio.get_running_loop().time(), None
        for line, place in list(self._idle.items()):
            if not line.wire.quiet or now > line.until:
                del self._idle[line]
                line.wire.close()
            elif place == origin:
                found = line
        if found is not None:
            del self._idle[found]
        return found

    def released(self, origin: Origin, line: _Line) -> None:
        """Its answer was taken, or nobody wants the rest: it is kept where another request may follow."""
        if not line.reusable():
            line.wire.close()
            return
        line.until = asyncio.get_running_loop().time() + KEPT_SECONDS
        self._idle[line] = origin
        if len(self._idle) > self._most:
            oldest = next(iter(self._idle))
            del self._idle[oldest]
            oldest.wire.close()


class _Line:
    """A connection and what is said on it. until: when an idle one is let go, by the loop's clock. taken: bytes read
    for this answer so far."""

    def __init__(self, wire: Wire) -> None:
        self.wire, self.until, self.taken = wire, 0.0, 0
        self._http = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=HEAD)

    async def send(self, request: httpx.Request, seconds: float | None) -> None:
        try:
            asked = h11.Request(method=request.method, target=request.url.raw_path, headers=request.headers.raw)
            said = self._http.send(asked) or b""
            assert isinstance(request.stream, httpx.AsyncByteStream)
            async for data in request.stream:
                said += self._http.send(h11.Data(data=data)) or b""
            said += self._http.send(h11.EndOfMessage()) or b""
        except h11.LocalProtocolError as error:
            raise httpx.LocalProtocolError(str(error)) from error
        try:
            async with asyncio.timeout(seconds):
                await self.wire.write(said)
        except TimeoutError as error:
            raise httpx.WriteTimeout("nobody reads the request") from error

    async def head(self, seconds: float | None) -> h11.Response:
        for _ in range(HINTS):
            if isinstance(event := await self.event(seconds), h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                break
        raise httpx.RemoteProtocolError("an answer that begins with something else")

    async def event(self, seconds: float | None) -> Any:
        """The next of h11's events."""
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                raise httpx.RemoteProtocolError(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            data = await self._more(seconds)
            if not data and self._http.their_state is h11.SEND_RESPONSE:
                raise httpx.RemoteProtocolError("Server disconnected without sending a response.")
            self.taken += len(data)
            self._http.receive_data(data)

    async def _more(self, seconds: float | None) -> bytes:
        try:
            async with asyncio.timeout(seconds):
                return await self.wire.read()
        except TimeoutError as error:
            raise httpx.ReadTimeout("nothing came in time") from error
        except OSError as error:
            raise httpx.ReadError(str(error)) from error

    def _skip(self) -> None:
        """Passes over the rest of an answer that nobody wants, if it is short and here: a "304 Not Modified", as most
        answers are, has not told of its end, and would cost a connection."""
        with contextlib.suppress(h11.RemoteProtocolError):
            for _ in range(REST):
                if self._http.their_state is not h11.SEND_BODY or self._http.next_event() is h11.NEED_DATA:
                    return

    def reusable(self) -> bool:
        """Whether both have said all, and they no more than that (it would be read as the next answer); then it is
        ready for the next request."""
        self._skip()
        more, _ = self._http.trailing_data
        if more or not (self._http.our_state is h11.DONE and self._http.their_state is h11.DONE and self.wire.quiet):
            return False
        self._http.start_next_cycle()
        self.taken = 0
        return True


class _Body(httpx.AsyncByteStream):
    """The answer's body as it comes; closed, it gives the connection back."""

    def __init__(self, transport: Transport, origin: Origin, line: _Line, seconds: float | None) -> None:
        self._transport, self._origin, self._line, self._seconds = transport, origin, line, seconds
        self._open = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = got = 0
        while isinstance(event := await self._line.event(self._seconds), h11.Data):
            pieces, got = pieces + 1, got + len(event.data)
            if self._line.taken > PACKING + 2 * got:
                raise httpx.RemoteProtocolError("more packing than body")
            if pieces % TURN == 0:
                await asyncio.sleep(0)
            yield bytes(event.data)

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._transport.released(self._origin, self._line)
