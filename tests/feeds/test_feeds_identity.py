"""The short way to an address's lasting form says what the long one says."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.feeds.identity import _canonical, _tidy, canonical

_PARTS = st.sampled_from(
    ["http", "https", "HTTP", "://", ":", "//", "/", "example.org", "Example.ORG", ":8080", "user:pw@", "[::1]", "?a=1",
     "?utm_source=x", "&", "#one", "story", "%20", " ", "\t", "é", ";v=1", "..", "."]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_PARTS, max_size=8).map("".join))
def test_short_and_long_agree(url: str) -> None:
    assert canonical(url) == _canonical(url)


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(min_codepoint=1, max_codepoint=0x17F), max_size=20))
def test_whatever_the_path_holds(path: str) -> None:
    assert canonical(f"http://example.org/{path}") == _canonical(f"http://example.org/{path}")


@pytest.mark.parametrize(
    ("url", "lasting"),
    [
        ("http://example.org/a/b.html", "https://example.org/a/b.html"),
        ("https://Example.org", "https://example.org/"),
        ("http://example.org:8080/a", "http://example.org:8080/a"),
        ("https://example.org/a?utm_source=feed&id=3#c", "https://example.org/a?id=3#c"),
        ("tag:example.org,2026:1", "tag:example.org,2026:1"),
    ],
)
def test_what_changes_while_the_page_stays_is_left_out(url: str, lasting: str) -> None:
    assert canonical(url) == lasting


BLANKS = "".join(filter(str.isspace, map(chr, range(sys.maxunicode))))


@given(st.text(alphabet=f"ab\xe9\u2019\u200b\ud800 {BLANKS}", max_size=30), st.integers(0, 3))
def test_white_space_is_one_space_in_long_texts_too(text: str, times: int) -> None:
    text = text + ("words and\n\n  words " * 20 + text) * times
    assert _tidy(text) == " ".join(text.split()).encode("utf-8", "surrogatepass")


@pytest.mark.parametrize("letter", ["a", "\xe9", "\u2019", "\U0001f600"])
def test_each_kind_of_white_space_parts_the_words_of_a_long_text(letter: str) -> None:
    for blank in BLANKS:
        text = f"{blank}{letter * 100}{blank}b{blank * 3} {letter * 100}{blank}"
        assert _tidy(text) == f"{letter * 100} b {letter * 100}".encode(), repr(blank)
