from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.web.inflate import CodingError, TooLarge, body_for

DATA = b"<rss>" + b"some words, " * 5000 + b"</rss>"


def raw_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def inflate(coding: str, wire: bytes, limit: int = 1 << 20, step: int = 1000) -> bytes:
    body = body_for(coding, limit)
    for start in range(0, len(wire), step):
        body.feed(wire[start : start + step])
    return body.finish()


@pytest.mark.parametrize("step", [1, 2, 7, 1 << 20])
@pytest.mark.parametrize(
    ("coding", "wire"),
    [
        ("", DATA),
        ("identity, Identity", DATA),
        ("gzip", gzip.compress(DATA)),
        ("X-GZIP", gzip.compress(DATA)),
        ("identity, gzip", gzip.compress(DATA)),
        ("deflate", zlib.compress(DATA)),
        ("deflate", raw_deflate(DATA)),
    ],
)
def test_codings_in_any_pieces(coding: str, wire: bytes, step: int) -> None:
    assert inflate(coding, wire, step=step) == DATA


def test_members_in_a_row_and_garbage_after_the_end() -> None:
    assert (
        inflate("gzip", gzip.compress(b"one ") + gzip.compress(b"two") + b"garbage" * 900, step=100_000) == b"one two"
    )


def test_too_many_members() -> None:
    with pytest.raises(CodingError, match="too many parts"):
        inflate("gzip", gzip.compress(b"x") * 100, step=100_000)


def test_an_empty_body_is_empty_whatever_its_coding() -> None:
    assert inflate("gzip", b"") == b""


@pytest.mark.parametrize(
    ("coding", "why"),
    [
        ("gzip, gzip", "several times"),
        (", ".join(["gzip"] * 500), "several times"),
        ("br", "did not ask"),
        ("foo", "did not ask"),
    ],
)
def test_codings_refused(coding: str, why: str) -> None:
    with pytest.raises(CodingError, match=why):
        body_for(coding, 10)


@pytest.mark.parametrize(
    ("wire", "why"),
    [
        (gzip.compress(DATA)[:-9], "breaks off"),
        (gzip.compress(DATA)[:-8] + bytes(8), "broken"),
        (gzip.compress(DATA)[:20] + b"\xff" * 200, "broken"),
        (DATA, "broken"),
        (b"\x1f", "breaks off"),
        (zlib.compress(DATA)[:100], "breaks off"),
    ],
)
def test_broken_compression(wire: bytes, why: str) -> None:
    with pytest.raises(CodingError, match=why):
        inflate("gzip", wire)


def test_limits_hold_decoded_and_on_the_wire() -> None:
    assert len(inflate("gzip", gzip.compress(bytes(5000)), limit=5000)) == 5000
    with pytest.raises(TooLarge):
        inflate("gzip", gzip.compress(bytes(5001)), limit=5000)
    with pytest.raises(TooLarge):
        inflate("", bytes(5001), limit=5000)
    with pytest.raises(TooLarge):
        inflate("gzip", gzip.compress(b"x") + bytes(6000), limit=5000)


def test_a_bomb_takes_no_more_than_the_limit() -> None:
    import tracemalloc

    bomb = gzip.compress(bytes(64 << 20))
    tracemalloc.start()
    with pytest.raises(TooLarge):
        inflate("gzip", bomb, limit=1 << 20, step=1 << 20)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


@settings(max_examples=150)
@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", ""]), st.integers(1, 50))
def test_any_bytes_come_out_bounded_or_as_an_error_of_ours(wire: bytes, coding: str, step: int) -> None:
    try:
        assert len(inflate(coding, wire, limit=200, step=step)) <= 200
    except (CodingError, TooLarge):
        pass
