"""Our own wires: no more lies unread than there is room for, nothing is lost, and an end is told."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tui_news.web.wire import ROOM, Dialler, Wire

CERTIFICATES = Path(__file__).parent / "certificates"
READ = 256 * 1024  # bytes that the loop hands over at once
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def wired(serve: Serve) -> AsyncIterator[Wire]:
    async def whole(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await serve(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(whole, "127.0.0.1", 0)
    wire = await Dialler().connect_tcp("127.0.0.1", server.sockets[0].getsockname()[1], timeout=10)
    try:
        yield wire
    finally:
        wire.close()
        server.close()


async def test_what_nobody_takes_stays_with_the_server() -> None:
    held_up = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(256):
            writer.write(b"x" * ROOM)
            if writer.transport.get_write_buffer_size() > ROOM:
                held_up.set()
            await writer.drain()

    async with wired(serve) as wire:
        await held_up.wait()  # 16 MB are more than any system keeps on the way
        got = 0
        while data := await wire.read():
            assert len(data) <= ROOM
            assert len(wire._held) <= ROOM + READ
            got += len(data)
        assert got == 256 * ROOM
        assert not wire.quiet


async def test_what_was_said_before_the_end_is_read() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(5))

    async with wired(serve) as wire:
        assert wire.quiet
        await wire.write(b"hello")
        told = b""
        while data := await wire.read():
            told += data
        assert told == b"hello"
        await wire.write(b"nobody is there")  # no error: reading is what tells
        assert await wire.read() == b""


async def test_a_broken_connection_is_an_error_to_read() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(1)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    async with wired(serve) as wire:
        await wire.write(b"1")
        with pytest.raises(OSError, match="reset"):
            await wire.read()


async def test_what_was_said_before_the_connection_was_secure_is_not_believed(tls_context: Any) -> None:
    """Anybody on the way can say it; afterwards it would pass for the host's own words."""
    heard = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged")
        await writer.drain()
        await heard.wait()
        await writer.start_tls(tls_context("good"))

    async with wired(serve) as wire:
        wire._reader = asyncio.get_running_loop().create_future()  # as if somebody read
        await wire._reader
        heard.set()
        with pytest.raises(ssl.SSLError):
            await wire.secure(ssl.create_default_context(cafile=CERTIFICATES / "ca.pem"), "localhost")


async def test_nobody_there() -> None:
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(ConnectionRefusedError):
        await Dialler().connect_tcp("127.0.0.1", port)


def test_a_connection_with_tls_has_a_small_buffer() -> None:
    from asyncio.sslproto import SSLProtocol

    from tui_news.web.dialling import open_client

    open_client()
    assert SSLProtocol.max_size <= 32 * 1024
