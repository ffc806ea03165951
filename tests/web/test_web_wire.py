"""Our own wires: no more lies unread than there is room for, nothing is lost, and an end is told."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.web.address import parse
from tui_news.web.transport import request_head
from tui_news.web.wire import ROOM, Dialler, Wire, _ready

CERTIFICATES = Path(__file__).parent / "certificates"
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
            got += len(data)
        assert got == 256 * ROOM
        assert not wire.quiet()


async def test_what_was_said_before_the_end_is_read() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readexactly(5))

    async with wired(serve) as wire:
        assert wire.quiet()
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
        await _ready(asyncio.get_running_loop(), wire._number, writing=False)  # it is here
        heard.set()
        with pytest.raises(ssl.SSLError):
            await wire.secure(trusting(), "localhost")


async def test_nobody_there() -> None:
    server = await asyncio.start_server(lambda r, w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(ConnectionRefusedError):
        await Dialler().connect_tcp("127.0.0.1", port)


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=CERTIFICATES / "ca.pem")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
async def test_by_tls_all_arrives_and_an_end_is_told(tls_context: Any, version: ssl.TLSVersion) -> None:
    """A megabyte each way: more than fits on the way, so that both have to wait for each other."""
    size = 1 << 20
    told = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        context = tls_context("good")
        context.maximum_version = version
        await writer.start_tls(context)
        told.append(await reader.readexactly(size))
        writer.write(bytes(range(256)) * (size // 256))
        await writer.drain()

    async with wired(serve) as wire:
        await wire.secure(trusting(), "localhost")
        assert wire.quiet()
        await wire.write(b"x" * size)
        got = bytearray()
        while data := await wire.read():
            assert len(data) <= ROOM
            got += data
        assert told == [b"x" * size]
        assert bytes(got) == bytes(range(256)) * (size // 256)
        assert not wire.quiet()


async def test_a_name_that_is_not_in_the_certificate_is_not_believed(tls_context: Any) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await writer.start_tls(tls_context("good"))

    async with wired(serve) as wire:
        with pytest.raises(ssl.SSLCertVerificationError):
            await wire.secure(trusting(), "elsewhere.example")


async def test_an_end_before_the_connection_is_secure_is_an_error() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)

    async with wired(serve) as wire:
        with pytest.raises(OSError):  # noqa: PT011 - the system says which
            await wire.secure(trusting(), "localhost")


async def test_what_lies_unread_makes_it_unfit_for_another_request() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"more than was asked for")
        await reader.read()

    async with wired(serve) as wire:
        await _ready(asyncio.get_running_loop(), wire._number, writing=False)
        assert not wire.quiet()


async def test_closed_it_tells_who_reads_and_watches_nothing() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with wired(serve) as wire:
        reading = asyncio.ensure_future(wire.read())
        await asyncio.sleep(0)
        wire.close()
        wire.close()
        assert await reading == b""
        assert await wire.read() == b""
        assert not wire.quiet()
        loop = asyncio.get_running_loop()
        assert not loop.remove_reader(wire._number)
        assert not loop.remove_writer(wire._number)


async def test_what_comes_while_nobody_reads_costs_no_time() -> None:
    """Else the loop would be told of it again and again."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"a")
        await reader.readexactly(1)
        writer.write(b"b" * 10 * ROOM)
        await reader.read()

    async with wired(serve) as wire:
        assert await wire.read() == b"a"
        await wire.write(b"1")
        while wire._watched:  # noqa: ASYNC110 - nobody is told of it
            await asyncio.sleep(0.001)
        assert (await wire.read()).startswith(b"b")


@given(st.binary(max_size=12).map(bytes.strip), st.sampled_from([b"if-none-match", b"x y", b"a:", b""]))
def test_a_request_is_written_as_h11_writes_it_or_not_at_all(value: bytes, name: bytes) -> None:
    where, headers = parse("https://x.org:81/a/../b?c"), [(b"accept", b"*/*"), (name, value)]
    try:
        line = h11.Connection(our_role=h11.CLIENT)
        asked = h11.Request(method="GET", target=b"/b?c", headers=[(b"Host", b"x.org:81"), *headers])
        said = line.send(asked) + line.send(h11.EndOfMessage())
    except h11.LocalProtocolError:
        with pytest.raises(ValueError, match="none"):
            request_head("GET", where, headers)
        return
    assert request_head("GET", where, headers) == said
