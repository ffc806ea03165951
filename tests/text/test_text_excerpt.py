"""What a row has room for, around the words that are lit."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.cells import cell_len
from tui_news.text.excerpt import excerpt

TOLD = (
    "…votes to pay for the last boat of the day. It will sail until at least 2029. [image: A small ferry at the quay]…"
)


def shown(word: str, width: int, text: str = TOLD) -> str:
    line, spans = excerpt(text, [match.span() for match in re.finditer(word, text)], width)
    assert all(line[begin:end] == word for begin, end in spans)
    assert spans
    return line


@pytest.mark.parametrize(
    ("word", "width", "wanted"),
    [
        ("boat", 77, "…to pay for the last boat of the day. It will sail until at least 2029.…"),
        ("boat", 40, "…for the last boat of the day. It will…"),
        ("ferry", 77, "…day. It will sail until at least 2029. [image: A small ferry at the quay]…"),
        ("ferry", 30, "…A small ferry at the quay]…"),
        ("boat", 200, TOLD),
    ],
)
def test_it_is_cut_between_words(word: str, width: int, wanted: str) -> None:
    assert shown(word, width) == wanted


def test_where_there_are_no_words_it_is_cut_anywhere() -> None:
    assert shown("船", 21, "水" * 40 + "船" + "水" * 40) == "…水水水船水水水水水…"
    assert shown("ferry", 20, f"https://vesterhavn.example/{'a' * 30}ferry{'b' * 40}") == "…aaaaaaferrybbbbbbb…"


def test_without_a_word_it_is_the_beginning() -> None:
    assert excerpt("The ferry sails at nine", [], 12) == ("The ferry…", ())
    assert excerpt("The ferry sails… and more", [], 19) == ("The ferry sails…", ())
    assert excerpt("The ferry", [(4, 9)], 0) == ("", ())


@given(st.text("ab 水é\u0301…-", max_size=120), st.integers(0, 120), st.integers(1, 6), st.integers(0, 60))
def test_it_fits_and_the_first_word_is_in_sight(text: str, place: int, length: int, width: int) -> None:
    found = text[place : place + length]
    spans = [(place, place + len(found))] if found.strip(" …") == found != "" else []
    line, kept = excerpt(text, spans, width)
    assert cell_len(line) <= width
    assert all(0 <= begin < end <= len(line) for begin, end in kept)
    if spans and width >= 24:
        assert [line[begin:end] for begin, end in kept] == [found]
    assert line in text or line.strip("…") in text
