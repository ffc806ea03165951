"""A connection as httpx's transport needs it, straight over asyncio: bytes out, bytes in, encrypted where asked.

The shape of what `Guard` hands out: dialled by address, closed by `aclose`. Nothing waits for a goodbye: a program that
is to end at once cannot.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable
from typing import Any

ROOM = 32 * 1024  # bytes that may lie here unread; and as many are handed out at once


class Wire(asyncio.Protocol):
    """Reads no more from the network than somebody takes: what lies unread is bounded."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._held, self._eof = bytearray(), False
        self._error: Exception | None = None
        self._reader: asyncio.Future[None] | None = None
        self._writer: asyncio.Future[None] | None = None
        self._resting = False

    # what the loop tells
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._held += data
        if len(self._held) > ROOM and not self._resting and self._transport is not None:
            self._resting = True
            self._transport.pause_reading()
        _wake(self._reader)

    def eof_received(self) -> bool:
        self._eof = True
        _wake(self._reader)
        return False

    def connection_lost(self, error: Exception | None) -> None:
        self._eof, self._error = True, error
        _wake(self._reader)
        _wake(self._writer)

    def pause_writing(self) -> None:
        self._writer = self._loop.create_future()

    def resume_writing(self) -> None:
        _wake(self._writer)
        self._writer = None

    # what we do with it
    async def secure(self, context: ssl.SSLContext, host: str) -> None:
        """Speak TLS from here on, with the host of that name. Raises OSError (ssl.SSLError is one)."""
        if self._transport is None or self._eof:
            raise ConnectionResetError("the connection ended before it was secure")
        if self._held:  # anybody on the way can say it, and afterwards it would pass for the host's own words
            raise ssl.SSLError("something was said before the connection was secure")
        secured = await self._loop.start_tls(self._transport, self, context, server_hostname=host)
        if secured is None:
            raise ConnectionResetError("the connection ended before it was secure")
        self._transport = secured

    async def write(self, data: bytes) -> None:
        """A connection that is gone takes it too: reading then says so, or brings what the server said before."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(data)
        if self._writer is not None and not self._eof:
            await self._writer

    async def read(self) -> bytes:
        """What has come, b"" at the end. Raises OSError when the connection broke."""
        while not self._held:
            if self._error is not None:
                raise self._error
            if self._eof:
                return b""
            self._reader = self._loop.create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        data = bytes(self._held[:ROOM])
        del self._held[:ROOM]
        if self._resting and len(self._held) <= ROOM and self._transport is not None:
            self._resting = False
            self._transport.resume_reading()
        return data

    @property
    def quiet(self) -> bool:
        """Whether it stands and nothing lies unread: only then may another request go out on it."""
        return not (self._eof or self._held or self._transport is None or self._transport.is_closing())

    def close(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    async def aclose(self) -> None:
        self.close()


def _wake(waiting: asyncio.Future[None] | None) -> None:
    if waiting is not None and not waiting.done():
        waiting.set_result(None)


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
        """Raises OSError; TimeoutError after so many seconds."""
        async with asyncio.timeout(timeout):
            _, wire = await asyncio.get_running_loop().create_connection(Wire, host, port)
        return wire
