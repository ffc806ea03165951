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


class Answering:
    """A wire on whose other end somebody has said all of it, and hangs up or breaks it off."""

    def __init__(self, said: bytes, dice: random.Random) -> None:
        self.left, self.open = list(pieces(said, dice)), True
        self.error = dice.choice((None, None, ConnectionResetError()))

    async def write(self, data: bytes) -> None:
        pass

    async def read(self) -> bytes:
        await asyncio.sleep(0)
        if self.open and self.left:
            return self.left.pop(0)
        if self.error is not None:
            raise self.error
        return b""

    def quiet(self) -> bool:
        return self.open and not self.left and self.error is None

    def close(self) -> None:
        self.open = False

    async def aclose(self) -> None:
        self.close()


class Dialled:
    """Dials nobody: each connection is answered with the next of what was drawn."""

    def __init__(self) -> None:
        self.answers: list[bytes] = []
        self.dice = random.Random(0)
        self.hosts: list[str] = []

    async def connect_tcp(self, host: str, port: int, **given: Any) -> Any:
        self.hosts.append(host)
        if not self.answers:
            raise ConnectionRefusedError
        return Answering(self.answers.pop(0), self.dice)


@cache
def network() -> tuple[Any, Dialled]:
    from tui_news.web.dialling import Ways

    dialled = Dialled()

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if "within" in host else ["8.8.4.4"]

    ways = Ways()
    ways.guard._inner, ways.guard._resolve = dialled, resolve
    return ways, dialled


@cache
def loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()


def answers(given: str | bytes) -> None:
    """Heads, bodies and redirects of a server: a document within its limit, or our own error; nobody within is asked."""
    loop().run_until_complete(asked(raw(given)))


async def asked(data: bytes) -> None:
    from tui_news.models import FetchError
    from tui_news.web.client import Web

    ways, dialled = network()
    dialled.dice = random.Random(zlib.crc32(data))
    dialled.answers = data.split(b"\x00next\x00")
    dialled.hosts.clear()
    ways.guard.private_hosts.clear()
    web = Web(lambda: 1_790_000_000)
    web._ways = ways
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
    await ways.straight.aclose()
    assert set(dialled.hosts) <= {"8.8.8.8", "8.8.4.4"}, dialled.hosts


def assert_printable(said: str) -> None:
    assert said.isprintable(), said


WAYS: dict[str, Callable[[str | bytes], None]] = {one.__name__: one for one in (keys, answers)}
