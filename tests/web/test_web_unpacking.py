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
        (gzip.compress(DATA), DATA),
        (NAMED + TAIL, DATA),
        (gzip.compress(DATA[:99]) + gzip.compress(DATA[99:]), DATA),
        (gzip.compress(DATA) + b"what else the server says", DATA),
        (zlib.compress(DATA), DATA),
        (raw(DATA), DATA),
        (b"", b""),
        (gzip.compress(b""), b""),
    ],
)
def test_every_kind_of_packing(body, comes_to):
    assert in_a_worker(body) == comes_to == on_its_way(body)


@pytest.mark.parametrize(
    "body",
    [
        gzip.compress(DATA)[:-9],
        gzip.compress(DATA)[:-3],
        NAMED + bytes(8),
        b"not packed at all",
        gzip.compress(bytes(LIMIT + 1)),
        gzip.compress(bytes(50_000_000)),
        gzip.compress(b"") * 70,
    ],
)
def test_what_is_broken_or_too_large_is_said_in_the_same_words(body):
    assert isinstance(in_a_worker(body), str)
    assert in_a_worker(body) == on_its_way(body)


def test_as_much_as_the_limit_allows():
    assert in_a_worker(gzip.compress(bytes(LIMIT))) == bytes(LIMIT)


@given(st.binary(max_size=3000), st.integers(0, 40), st.binary(max_size=3))
@example(DATA, 3, b"")
def test_whatever_was_done_to_it_on_the_way(data, at, put):
    packed = bytearray(gzip.compress(data))
    packed[at : at + len(put)] = put
    assert in_a_worker(bytes(packed)) == on_its_way(bytes(packed))


def test_without_the_swift_library(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "isal", None)
    assert in_a_worker(gzip.compress(DATA)) == DATA
