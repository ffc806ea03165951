"""A connection as our transport needs it, straight over a socket: bytes out, bytes in, encrypted where asked.

asyncio's own transports read ahead into buffers of their own, and have a second protocol with two more for TLS: for
hundreds of connections most of a refresh's memory. Here what nobody has asked for stays with the system, and OpenSSL
reads and writes the socket itself. Nothing waits for a goodbye: a program that is to end at once cannot.
"""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ssl

ROOM = 32 * 1024  # bytes that are handed out at once

_LATER = (BlockingIOError, InterruptedError)


class Wire:
    """One connection. One at a time may read, and one may write."""

    _nothing: tuple[type[Exception], ...] = _LATER  # raised where nothing has come
    _to_hear: tuple[type[Exception], ...] = ()  # and by TLS, where it has something to hear first, or to say
    _to_say: tuple[type[Exception], ...] = ()

    def __init__(self, sock: socket.socket) -> None:
        """sock: connected, and not blocking."""
        self._loop, self._sock, self._number = asyncio.get_running_loop(), sock, sock.fileno()
        self._reader: asyncio.Future[bytes] | None = None
        self._watched, self._open = False, True
        self._secure: ssl.SSLSocket | None = None

    async def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Speak TLS from here on, with the host of that name. Raises OSError (ssl.SSLError is one).

        Nothing was read before: what somebody on the way said is taken for TLS, and is none.
        """
        import ssl

        self._unwatch()
        self._to_hear, self._to_say = (ssl.SSLWantReadError,), (ssl.SSLWantWriteError,)
        self._nothing = (*_LATER, ssl.SSLWantReadError)
        secure = context.wrap_socket(self._sock, server_hostname=host, do_handshake_on_connect=False)
        self._sock = self._secure = secure
        await self._tried(secure.do_handshake, writing=False)

    async def write(self, data: bytes) -> None:
        """A connection that is gone takes it too: reading then says so, or brings what the server said before."""
        left = memoryview(data)
        try:
            while left and self._open:
                left = left[await self._tried(partial(self._sock.send, left), writing=True) :]
        except OSError:
            pass

    async def read(self) -> bytes:
        """What has come, b"" at the end. Raises OSError when the connection broke."""
        if not self._open:
            return b""
        if self._secure is not None and self._secure.pending():
            await asyncio.sleep(0)  # it lies with OpenSSL, of which the system knows nothing
            return self._sock.recv(ROOM)
        self._reader = self._loop.create_future()
        try:
            if not self._watched:
                self._loop.add_reader(self._number, self._come)
                self._watched = True
            return await self._reader
        finally:
            self._reader = None

    def _come(self) -> None:
        """Something has come, or the end. It is read if somebody waits for it."""
        if self._reader is None:
            self._unwatch()
        elif not self._reader.done():
            try:
                self._reader.set_result(self._sock.recv(ROOM))
            except self._nothing:
                pass
            except self._to_say:  # TLS has something to say first
                self._loop.add_writer(self._number, self._say)
            except OSError as error:
                self._reader.set_exception(error)

    def _say(self) -> None:
        self._loop.remove_writer(self._number)
        self._come()

    async def _tried(self, step: Callable[[], Any], writing: bool) -> Any:
        """`step`, again and again until the system lets it. Raises OSError."""
        while True:
            try:
                return step()
            except self._to_hear:
                writes = False
            except self._to_say:
                writes = True
            except _LATER:
                writes = writing
            self._unwatch()
            await _ready(self._loop, self._number, writes)

    def _unwatch(self) -> None:
        if self._watched:
            self._watched = False
            self._loop.remove_reader(self._number)

    def quiet(self) -> bool:
        """Whether it stands and nothing lies unread: only then may another request go out on it. If something does, it
        may be lost by this question: close it."""
        if not self._open:
            return False
        try:
            self._sock.recv(1)
        except self._nothing:
            return True
        except OSError:
            pass
        return False

    def close(self) -> None:
        """Nobody may be writing; who reads is told of an end."""
        if self._open:
            self._open = False
            self._unwatch()
            self._loop.remove_writer(self._number)
            self._sock.close()
            if self._reader is not None and not self._reader.done():
                self._reader.set_result(b"")

    async def aclose(self) -> None:
        self.close()


async def _ready(loop: asyncio.AbstractEventLoop, number: int, writing: bool) -> None:
    """Until the socket of that number can be read, or written to. Nobody else may watch it for that meanwhile."""
    ready = loop.create_future()
    watch, unwatch = (loop.add_writer, loop.remove_writer) if writing else (loop.add_reader, loop.remove_reader)
    watch(number, _wake, ready)
    try:
        await ready
    finally:
        unwatch(number)


def _wake(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


class Dialler:
    """Dials an address; the names are the guard's affair."""

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the guard's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Wire:
        """Raises OSError. The time is the caller's to limit."""
        sock = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        try:
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else a request waits for TLS' last word
            try:
                sock.connect((host, port))
            except _LATER:
                await _ready(asyncio.get_running_loop(), sock.fileno(), writing=True)
                if error := sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
                    raise OSError(error, os.strerror(error)) from None
            return Wire(sock)
        except BaseException:
            sock.close()
            raise
