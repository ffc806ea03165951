"""HTTP/1.1 over wires of our own: httpx and its transport take most of a request's time, and a refresh is requests.

What the server says is read by h11. Who is dialled is the guard's to say. Proxies are httpx's affair: see `proxied`.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import h11

from tui_news.web import limits
from tui_news.web.address import Address, target
from tui_news.web.faults import Broken, Nonsense
from tui_news.web.guard import Guard
from tui_news.web.headers import Raw
from tui_news.web.wire import Wire

if TYPE_CHECKING:
    import ssl

HEAD = 100 * 1024  # bytes of a status line and its headers, or of a chunk's own
KEPT_SECONDS = 5.0  # that an idle connection waits for another request
HINTS = 100  # answers before the answer (1xx); each costs time, and they may go on for ever
#: Bytes around the body's own that are borne with, and as many again as the body has: a chunk of one byte costs as much
#: time as one of 60,000.
PACKING = 256 * 1024
REST = 4  # pieces of an answer that is not wanted which are passed over for the sake of its connection
TURN = 256  # pieces of a body after which others have a turn

Trust = Callable[[], Awaitable["ssl.SSLContext"]]


class Transport:
    """Asks, and keeps connections for who asks next. trust: what a secure connection is begun with, asked for then."""

    def __init__(self, guard: Guard, trust: Trust, most: int = limits.KEPT) -> None:
        """most: idle connections that are kept."""
        self._guard, self._trust, self._most = guard, trust, most
        self._idle: dict[_Line, Origin] = {}  # oldest first

    async def ask(self, method: str, where: Address, headers: Raw) -> Reply:
        """The head of the answer, its body to come. Raises Broken, Nonsense, TimeoutError, the guard's refusal and what
        reading certificates raises; the time until then is the caller's to limit.

        Asked again on another connection if a kept one turns out closed: servers close them when they like, and nothing
        was answered (RFC 9112, 9.3.1); or if it answers nonsense: the rest of the answer before, that came late. A
        connection made for this request is believed; each that fails is let go.
        """
        while True:
            kept = self._kept(where.origin)
            line = kept or _Line(await self._dial(where))
            try:
                await line.send(method, where, headers)
                return Reply(await line.head(), self, where.origin, line)
            except (Broken, Nonsense):
                line.wire.close()
                if not kept:
                    raise
            except BaseException:
                line.wire.close()
                raise

    async def aclose(self) -> None:
        for line in self._idle:
            line.wire.close()
        self._idle.clear()

    async def _dial(self, where: Address) -> Wire:
        try:
            context = await self._trust() if where.scheme == "https" else None
            async with asyncio.timeout(limits.CONNECT_SECONDS):
                wire: Wire = await self._guard.connect_tcp(where.host, where.port)
                if context is not None:
                    await _secured(wire, context, where.host)
        except TimeoutError:
            raise
        except OSError as error:
            raise Broken(str(error)) from error
        return wire

    def _kept(self, origin: Origin) -> _Line | None:
        """An idle connection to there, the one last used; those that waited too long or have ended are let go."""
        now = asyncio.get_running_loop().time()
        while self._idle and (oldest := next(iter(self._idle))).until < now:
            self._let_go(oldest)
        for line in [line for line, place in self._idle.items() if place == origin][::-1]:
            if line.wire.quiet():
                del self._idle[line]
                return line
            self._let_go(line)
        return None

    def _let_go(self, line: _Line) -> None:
        del self._idle[line]
        line.wire.close()

    def released(self, origin: Origin, line: _Line) -> None:
        """Its answer was taken, or nobody wants the rest: it is kept where another request may follow."""
        if not line.reusable():
            line.wire.close()
            return
        line.until = asyncio.get_running_loop().time() + KEPT_SECONDS
        self._idle[line] = origin
        if len(self._idle) > self._most:
            self._let_go(next(iter(self._idle)))


Origin = tuple[str, str, int]


async def _secured(wire: Wire, context: ssl.SSLContext, host: str) -> None:
    try:
        await wire.secure(context, host)
    except BaseException:
        wire.close()
        raise


@lru_cache(8)
def _told(method: str) -> h11.Request:
    return h11.Request(method=method, target=b"/", headers=[(b"Host", b"any")])


def request_head(method: str, where: Address, headers: Raw) -> bytes:
    """What is asked, as on the wire. Raises ValueError for what would be another header, or none: validators are the
    server's own words, and may have been taken over from another reader."""
    path, host = target(where.url)
    lines = [f"{method} ".encode() + path + b" HTTP/1.1", b"Host: " + host]
    for name, value in headers:
        if not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise ValueError("a header that is none")
        lines.append(name + b": " + value)
    return b"\r\n".join([*lines, b"", b""])


#: RFC 9110, 5.1 and 5.5.
_NAME = re.compile(rb"[-!#$%&'*+.^_`|~0-9a-zA-Z]+")
#: What could end it; all else a server gets back as it gave it.
_CONTROL = re.compile(rb"[\x00\n\x0b\x0c\r]")


class _Line:
    """A connection and what is said on it. until: when an idle one is let go, by the loop's clock. taken: bytes read
    for this answer so far."""

    def __init__(self, wire: Wire) -> None:
        self.wire, self.until, self.taken = wire, 0.0, 0
        self._http = h11.Connection(our_role=h11.CLIENT, max_incomplete_event_size=HEAD)

    async def send(self, method: str, where: Address, headers: Raw) -> None:
        """Raises ValueError for a header that is none. h11 is told as much of it as reading the answer takes."""
        said = request_head(method, where, headers)
        self._http.send(_told(method))
        self._http.send(h11.EndOfMessage())
        await self.wire.write(said)

    async def head(self) -> h11.Response:
        for _ in range(HINTS):
            if isinstance(event := await self.event(None), h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse) or event.status_code == 101:
                break
        raise Nonsense("an answer that begins with something else")

    async def event(self, seconds: float | None) -> Any:
        """The next of h11's events. seconds: that may pass without a byte."""
        while True:
            try:
                event = self._http.next_event()
            except h11.RemoteProtocolError as error:
                raise Nonsense(str(error)) from error
            if event is not h11.NEED_DATA:
                return event
            data = await self._more(seconds)
            if not data and self._http.their_state is h11.SEND_RESPONSE:
                raise Nonsense("the connection ended without an answer", begun=False)
            self.taken += len(data)
            self._http.receive_data(data)

    async def _more(self, seconds: float | None) -> bytes:
        try:
            if seconds is None:
                return await self.wire.read()
            async with asyncio.timeout(seconds):
                return await self.wire.read()
        except TimeoutError:
            raise
        except OSError as error:
            raise Broken(str(error)) from error

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
        if more or not (self._http.our_state is h11.DONE and self._http.their_state is h11.DONE and self.wire.quiet()):
            return False
        self._http.start_next_cycle()
        self.taken = 0
        return True


class Reply:
    """An answer: its status and headers, and its body as it comes; closed, it gives the connection back."""

    def __init__(self, head: h11.Response, transport: Transport, origin: Origin, line: _Line) -> None:
        self.status, self.raw = head.status_code, list(head.headers)
        self._transport, self._origin, self._line, self._open = transport, origin, line, True

    async def pieces(self) -> AsyncIterator[bytes]:
        """Raises Broken, Nonsense and TimeoutError."""
        pieces = got = 0
        while isinstance(event := await self._line.event(limits.READ_SECONDS), h11.Data):
            pieces, got = pieces + 1, got + len(event.data)
            if self._line.taken > PACKING + 2 * got:
                raise Nonsense("more packing than body")
            if pieces % TURN == 0:
                await asyncio.sleep(0)
            yield bytes(event.data)

    async def aclose(self) -> None:
        if self._open:
            self._open = False
            self._transport.released(self._origin, self._line)
