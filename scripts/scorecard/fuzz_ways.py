"""Fuzz targets: what a terminal says, and what a server answers."""

from __future__ import annotations

import asyncio
import random
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from fuzz_targets import check_url, raw

LIMIT = 3000  # bytes of an answer that are taken


def pieces(data: Any, dice: random.Random) -> Iterator[Any]:
    """The whole in some order of halves, single signs and lumps."""
    while data:
        size = dice.choice((1, 2, 5, 30, 4096))
        yield data[:size]
        data = data[size:]


def keys(given: str | bytes) -> None:
    """Whatever a terminal, a paste or another program's leftovers say: keys, or nothing. However it is cut, it is the same."""
    from textual.events import Key, Paste, Resize

    from tui_news.ui.escapes import Escapes, Sequences

    text = raw(given).decode("utf-8", "replace")
    dice = random.Random(zlib.crc32(raw(given)))
    writing = dice.random() < 0.5
    escapes = Escapes(Sequences(False))
    found = []
    for piece in pieces(text, dice):
        found += escapes.read(piece, writing)
    escapes.parser._timeout_time = 0.0 if escapes.parser._timeout_time is not None else None
    found += escapes.tick()
    for event in found:
        if isinstance(event, Key):
            (event.key + (event.character or "") + event.name).encode()
        if isinstance(event, Paste):
            assert "\x1b" not in event.text, event
        if isinstance(event, Resize):
            assert 0 < event.size.area <= 1_000_000, event
    whole, cut = Escapes(Sequences(False)), Escapes(Sequences(False))
    once = whole.part(text, writing)
    assert once + whole._held == "".join(cut.part(one, writing) for one in pieces(text, dice)) + cut._held


class Answering(asyncio.Transport):
    """A connection on whose other end somebody has said all of it, and hangs up or breaks it off."""

    def __init__(self, wire: Any, said: bytes, dice: random.Random) -> None:
        super().__init__()
        self.wire, self.left, self.closed, self.resting = wire, list(pieces(said, dice)), False, False
        self.error = dice.choice((None, None, ConnectionResetError()))
        self.loop = asyncio.get_running_loop()

    def write(self, data: Any) -> None:
        self.loop.call_soon(self.say)

    def say(self) -> None:
        while self.left and not self.resting and not self.closed:
            self.wire.data_received(self.left.pop(0))
        if not self.left and not self.closed:
            self.closed = True
            if self.error is None:
                self.wire.eof_received()
            self.wire.connection_lost(self.error)

    def pause_reading(self) -> None:
        self.resting = True

    def resume_reading(self) -> None:
        self.resting = False
        self.loop.call_soon(self.say)

    def is_closing(self) -> bool:
        return self.closed

    def abort(self) -> None:
        self.closed = True

    close = abort


class Dialled:
    """Dials nobody: each connection is answered with the next of what was drawn."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.dice = random.Random(0)
        self.hosts: list[str] = []

    async def connect_tcp(self, host: str, port: int, **given: Any) -> Any:
        from tui_news.web.wire import Wire

        self.hosts.append(host)
        if not self.answers:
            raise ConnectionRefusedError
        wire = Wire()
        wire.connection_made(Answering(wire, self.answers.pop(0), self.dice))
        return wire


@cache
def network() -> tuple[Any, Any, Dialled]:
    from tui_news.web.dialling import open_client
    from tui_news.web.guard import Guard

    dialled = Dialled()

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if "within" in host else ["8.8.4.4"]

    client, _ = open_client()
    guard = Guard(dialled, resolve)
    client._transport._guard = guard
    return client, guard, dialled


@cache
def loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def answers(given: str | bytes) -> None:
    """Heads, bodies and redirects of a server: a document within its limit, or our own error; nobody within is asked."""
    loop().run_until_complete(asked(raw(given)))


async def asked(data: bytes) -> None:
    from tui_news.models import FetchError
    from tui_news.web.client import Web

    client, guard, dialled = network()
    dialled.dice = random.Random(zlib.crc32(data))
    dialled.answers = data.split(b"\x00next\x00")
    dialled.hosts.clear()
    guard.private_hosts.clear()
    web = Web(lambda: 1_790_000_000)
    web._client, web._guard = client, guard
    for _ in range(2):  # the second on a connection that was kept, if one was
        try:
            found = await web.get("http://8.8.8.8/feed", limit=LIMIT, seconds=20)
        except FetchError as error:
            said = str(error)
            assert_printable(said)
            continue
        assert len(found.body) <= LIMIT
        check_url(found.url)
        for name, value in found.headers.items():
            assert name in ("etag", "last-modified") or value.isprintable(), (name, value)
    await client._transport.aclose()
    assert set(dialled.hosts) <= {"8.8.8.8", "8.8.4.4"}, dialled.hosts


def assert_printable(said: str) -> None:
    assert said.isprintable(), said


WAYS: dict[str, Callable[[str | bytes], None]] = {one.__name__: one for one in (keys, answers)}
