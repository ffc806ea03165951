"""What is unpacked in a worker comes to the same as what is unpacked on its way, and fails in the same words."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_news.models import FetchError
from tui_news.web import problems
from tui_news.web.inflate import CodingError, TooLarge, body_for
from tui_news.web.unpacking import unpacked

URL = "https://kai.example/feed"
DATA = b"<rss>" + bytes(range(256)) * 40 + b"</rss>"
LIMIT = 20_000


def packed(data: bytes) -> bytes:
    """Without the time: it would be part of a test's name, which must be the same in each process that collects it."""
    return gzip.compress(data, mtime=0)


def on_its_way(body: bytes, limit: int = LIMIT) -> bytes | str:
    collector = body_for("gzip", limit)
    try:
        collector.feed(body)
        return collector.finish()
    except (CodingError, TooLarge) as error:
        return str(problems.explain(error, URL))


def in_a_worker(body: bytes, limit: int = LIMIT) -> bytes | str:
    try:
        return unpacked(body, limit, URL)
    except FetchError as error:
        return str(error)


def raw(data: bytes) -> bytes:
    deflate = zlib.compressobj(wbits=-15)
    return deflate.compress(data) + deflate.flush()


NAMED = b"\x1f\x8b\x08\x1c" + bytes(6) + b"\x02\x00xx" + b"name\x00" + b"remark\x00" + raw(DATA)
TAIL = zlib.crc32(DATA).to_bytes(4, "little") + len(DATA).to_bytes(4, "little")


@pytest.mark.parametrize(
    ("body", "comes_to"),
    [
        (packed(DATA), DATA),
        (NAMED + TAIL, DATA),
        (packed(DATA[:99]) + packed(DATA[99:]), DATA),
        (packed(DATA) + b"what else the server says", DATA),
        (zlib.compress(DATA), DATA),
        (raw(DATA), DATA),
        (b"", b""),
        (packed(b""), b""),
    ],
    ids=["gzip", "with a name", "two members", "garbage after it", "zlib", "raw", "nothing", "nothing, packed"],
)
def test_every_kind_of_packing(body, comes_to):
    assert in_a_worker(body) == comes_to == on_its_way(body)


@pytest.mark.parametrize(
    "body",
    [
        packed(DATA)[:-9],
        packed(DATA)[:-3],
        NAMED + bytes(8),
        b"not packed at all",
        packed(bytes(LIMIT + 1)),
        packed(bytes(50_000_000)),
        packed(b"") * 70,
    ],
    ids=["cut", "cut in its checksum", "another checksum", "no gzip", "too large", "far too large", "too many members"],
)
def test_what_is_broken_or_too_large_is_said_in_the_same_words(body):
    assert isinstance(in_a_worker(body), str)
    assert in_a_worker(body) == on_its_way(body)


def test_as_much_as_the_limit_allows():
    assert in_a_worker(packed(bytes(LIMIT))) == bytes(LIMIT)


@given(st.binary(max_size=3000), st.integers(0, 40), st.binary(max_size=3))
@example(DATA, 3, b"")
def test_whatever_was_done_to_it_on_the_way(data, at, put):
    body = bytearray(packed(data))
    body[at : at + len(put)] = put
    assert in_a_worker(bytes(body)) == on_its_way(bytes(body))


def test_without_the_swift_library(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "isal", None)
    assert in_a_worker(packed(DATA)) == DATA
