from __future__ import annotations

import json
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Block, PlacedQuote, Span
from tui_news.text import codec
from tui_news.text.codec import pack_blocks, pack_quotes, unpack_blocks, unpack_quotes

BLOCKS = (
    Block("heading", "Head", (Span(0, 4, "em"),), level=2),
    Block("para", "“Yes,” she said – 漢", (Span(0, 3, "link", "https://x.example/"),), quote=1, pull=True, rtl=True),
    Block("table", "a\tb", rows=(("a", "b"), ("c", "")), head=1),
    Block("code", "x", lang="py"),
    Block("image", "", href="https://x.example/p.png"),
    Block("rule", ""),
    Block("item", "one", level=1, marker="•"),
)
QUOTES = (PlacedQuote(1, 0, 6, "speech", "“Yes,”", "She"), PlacedQuote(0, 0, 4, "title", "Head"))


def packed(value):
    return b"\x01" + zlib.compress(json.dumps(value).encode())


def outcome(function, *args):
    """What it returns, or the ValueError it raises; any other exception is a failure."""
    try:
        return function(*args)
    except ValueError as error:
        return error


def test_there_and_back():
    assert unpack_blocks(pack_blocks(BLOCKS)) == BLOCKS
    assert unpack_quotes(pack_quotes(QUOTES), BLOCKS) == QUOTES
    assert unpack_blocks(pack_blocks(())) == ()
    assert unpack_blocks(pack_blocks([Block("para", "\ud800")]))[0].text == "?"


def test_it_is_small():
    assert len(pack_blocks([Block("para", "word " * 200)] * 50)) < 1000


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\x02x", b"\x01", b"\x01nonsense", b"\x01" + zlib.compress(b"not json"), packed({"a": 1}), packed([["nokind", "x"]]),
        packed([["para", 1]]), packed([["para", "x", [[0, 5, "em"]]]]), packed([["para", "x", [[0, 1, "nostyle"]]]]),
        packed([["para", "x", [[0, 1, "link", 7]]]]), packed([["para", "x", [], "1"]]), packed([5]), packed([["table", "", [], 0, 0, "", [[1]]]]),
        packed([["para"] + [0] * 20]), packed([[["list"], "x"]]), packed([["para", "x", 5]]), b"\x01" + zlib.compress(b"[" * 100_000),
        pack_blocks(BLOCKS)[:-3], packed([["para", "x", [["a", "b", "em"]]]]), packed([["para", "x", [], 0, 0, "", [5]]]), packed([[]]),
    ],
)  # fmt: skip
def test_garbage_is_a_value_error(data):
    with pytest.raises(ValueError, match=r"."):
        unpack_blocks(data)


@pytest.mark.parametrize(
    "rows",
    [
        [[9, 0, 1, "speech"]],
        [[0, 0, 99, "speech"]],
        [[0, 0, 1, "nokind"]],
        [["x", 0, 1, "speech"]],
        [[0, 0, 1, "speech", 7]],
        [[]],
        [[-1, 0, 1, "speech"]],
    ],
)
def test_quotes_that_do_not_fit_their_blocks(rows):
    with pytest.raises(ValueError, match=r"."):
        unpack_quotes(packed(rows), BLOCKS)


def test_a_record_that_would_fill_the_memory():
    bomb = zlib.compressobj()
    data = b"\x01" + bomb.compress(b"[" + b" " * (65 << 20)) + bomb.flush()
    with pytest.raises(ValueError, match="damaged"):
        unpack_blocks(data)


@given(st.binary(max_size=60))
def test_any_bytes(data):
    for value in (data, b"\x01" + data, b"\x01" + zlib.compress(data)):
        assert isinstance(outcome(unpack_blocks, value), tuple | ValueError)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("para"),
    lambda x: st.lists(x, max_size=5),
    max_leaves=12,
)


@given(st.lists(json_values, max_size=3))
def test_any_rows(rows):
    assert isinstance(outcome(unpack_blocks, packed(rows)), tuple | ValueError)
    assert isinstance(outcome(unpack_quotes, packed(rows), BLOCKS), tuple | ValueError)


@given(st.text(max_size=3000))
def test_whoever_deflates_a_body_zlib_reads_it(text):
    kept = codec.squeeze(text)
    assert zlib.decompress(kept) == text.encode("utf-8", "replace")


def test_without_the_quick_one_zlib_deflates(monkeypatch):
    monkeypatch.setitem(sys.modules, "isal", None)
    deflate = codec._deflate.__wrapped__()
    assert deflate is zlib.compress
