from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as drawn

from tui_news.text.cells import cell_fit, cell_len, clusters, is_narrow


def test_every_assigned_character_is_as_wide_as_it_is_drawn():
    known = [
        chr(o)
        for o in (*range(0x20, 0x3400), *range(0x9F00, 0xAC10), *range(0xD7A0, 0x12000), *range(0x16000, 0x20010))
        if unicodedata.category(chr(o)) not in ("Cc", "Cn", "Co", "Cs")
    ]
    wrong = [hex(ord(c)) for c in known if cell_len(c) != drawn(c) and unicodedata.category(c) not in ("Zl", "Zp")]
    assert len(known) > 30_000
    assert wrong == []


@given(
    st.text(
        st.sampled_from("a1#©❤☠\ufe0f\u200d👩👧🏳🌈漢क्षิ\u0301🏿한é🇫🇷 ") | st.characters(exclude_categories=("C",)),
        max_size=20,
    )
)
def test_sequences_are_as_wide_as_they_are_drawn(text):
    if all(unicodedata.category(c) != "Cn" for c in text):
        assert cell_len(text) == drawn(text)
    parts = clusters(text)
    assert "".join(text[a:b] for a, b, _ in parts) == text
    assert sum(width for _, _, width in parts) == cell_len(text)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("abc", 3),
        ("“é”", 3),
        ("漢字", 4),
        ("👨\u200d👩\u200d👧", 2),
        ("❤\ufe0f", 2),
        ("e\u0301", 1),
        ("한", 2),
        ("🫩", 2),
        ("ที่", 1),
    ],
)
def test_widths(text, cells):
    assert cell_len(text) == cells


def test_more_characters_than_are_remembered():
    assert cell_len("".join(map(chr, range(0x3400, 0x3400 + 60_000)))) > 60_000


def test_narrow_text_may_have_line_breaks():
    assert is_narrow("a\nb")
    assert is_narrow("“é”\nя")
    assert not is_narrow("漢")


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
        ("漢字", 3, "漢…"),
        ("漢字", 2, "…"),
        ("e\u0301é", 1, "…"),
    ],
)
def test_fitting(text, width, fitted):
    assert cell_fit(text, width) == fitted


@given(st.text(max_size=20), st.integers(0, 12))
def test_what_is_fitted_fits(text, width):
    assert cell_len(cell_fit(text, width)) <= width
