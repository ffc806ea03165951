"""Quotes with their source, and links that open at them."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Block
from tui_news.text.cite import Citation, as_markdown, as_text, fragment, link_to

HOPE = Citation("“It is a hope.”", "Kari Nordmann", "Coast Post", "Fri 22 Oct 2021", "https://coast.example/1")


def test_a_citation_says_who_where_when_and_how_to_get_there() -> None:
    assert as_text(HOPE) == "“It is a hope.” — Kari Nordmann, Coast Post, Fri 22 Oct 2021, https://coast.example/1"
    assert as_markdown(HOPE) == (
        "> “It is a hope.”\n>\n> — Kari Nordmann, [Coast Post](https://coast.example/1), Fri 22 Oct 2021"
    )


def test_what_is_not_known_is_left_out_and_bare_words_get_marks() -> None:
    assert as_text(Citation("Vi\nvil ha svar.", "", "", "", "")) == "“Vi vil ha svar.”"
    assert as_text(Citation("– Vi vil ha svar", "Ola", "", "", "")) == "– Vi vil ha svar — Ola"
    assert as_markdown(Citation("«*Nei*»", "", "", "", "")) == "> «\\*Nei\\*»"


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("She said: “We won, again & again-and-again,” and left.", "“We won, again & again-and-again,”",
         "We%20won%2C%20again%20%26%20again%2Dand%2Dagain"),
        ("“One two three four five six seven eight nine ten eleven.”", None,
         "One%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven"),
        ("Yes, said Ola. “Yes,” said Kari.", "“Yes,”", "Yes%2C%20said%20Ola.%20%E2%80%9C-,Yes"),
        ("“ ”", None, ""),
        ("“First line\nsecond line”", None, "First%20line,second%20line"),
    ],
)  # fmt: skip
def test_a_fragment_names_the_words(text: str, words: str | None, expected: str) -> None:
    start = text.index(words) if words else 0
    found = fragment([text], 0, start, start + len(words or text))
    assert found.replace("%E2%80%9C-,", "%E2%80%9C-,") == expected


def test_a_script_without_spaces_is_named_by_its_ends() -> None:
    text = "「" + "".join(chr(0x4E00 + n) for n in range(60)) + "」"
    first, last = fragment([text], 0, 0, len(text)).split(",")
    assert unquote(first) == text[1:17]
    assert unquote(last) == text[-17:-1]


def test_a_link_keeps_its_own_fragment() -> None:
    blocks = (Block("para", "Words."),)
    assert link_to("https://a.example/x", blocks, 0, 0, 5) == "https://a.example/x#:~:text=Words"
    assert link_to("https://a.example/x#top", blocks, 0, 0, 5) == "https://a.example/x#top:~:text=Words"
    assert link_to("https://a.example/x", blocks, 7, 0, 5) == "https://a.example/x"
    assert link_to("https://a.example/x", blocks, 0, 5, 5) == "https://a.example/x"


@given(st.lists(st.text(max_size=50), min_size=1, max_size=4), st.data())
def test_a_fragment_is_ascii_whose_commas_and_hyphens_are_its_own(texts: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[number])))
    end = data.draw(st.integers(start, len(texts[number])))
    found = fragment(texts, number, start, end)
    assert found.isascii()
    assert not set(found) & set(' &#"<>\n')
    assert found.count(",") <= 2
    assert found.count("-") == found.count("-,") <= 1
