"""The words of most stories are told by a look, and come to what the long way comes to."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text import stripped as shortcut
from tui_news.text.stripped import plainly_stripped, stripped

PIECES = st.lists(
    st.sampled_from(
        [
            "<p>", "</p>", "<strong>", "</S>", "<-x>", "<!--", "-->", "<!", "<script>", "</script>", "<STYLE", "<Scr", "<İ>",
            "<", ">", "/", "a", "b c", "&lt;", "&amp", "&#60;", "&#x3C", "&nbsp;", "&notit;", "&#", "&", ";", "\n", "“", "ſ",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip
NUMBERS = st.builds(
    lambda start, zeros, digits, end: f"&#{start}{'0' * zeros}{digits}{end}",
    st.sampled_from(["", "x", "X"]),
    st.sampled_from([0, 1, 30, 60, 5000]),
    st.one_of(st.integers(0, 0x11FFFF).map(str), st.sampled_from(["", "41", "80", "1f600", "d800", "9" * 60])),
    st.sampled_from([";", "", ";;", "g", " "]),
)


def long_way(text: str) -> str:
    lower = text.lower()
    for name in ("script", "style"):
        text = shortcut._without(text, name) if f"<{name}" in lower else text
    return re.sub(r"<[/!?]?[a-zA-Z-][^<>]*>", " ", text)


@given(PIECES)
def test_the_short_way_comes_to_the_same(text: str) -> None:
    assert stripped(text) == html.unescape(long_way(text))


@given(PIECES)
def test_what_is_plain_has_no_comment(text: str) -> None:
    assert plainly_stripped(text) is None or "<!" not in text


@given(NUMBERS)
def test_a_number_means_what_it_means_in_html(reference: str) -> None:
    value = reference.replace("0" * 5000, "0" * 50)  # of more digits than 4,300, `html.unescape` makes an error
    assert stripped(f"a{reference}b") == html.unescape(f"a{value}b")


@pytest.mark.parametrize("start", ["", "x"])
def test_a_number_of_many_digits_is_no_letter(start: str) -> None:
    assert stripped(f"a &#{start}{'9' * 5000}; b") == "a \ufffd b"
