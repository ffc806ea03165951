"""Finding words whatever their case and accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.folding import find_all, fold


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("SEA", "The sea, the Seaside.", ["sea", "Sea"]),
        ("cafe", "Two Cafés and a café.", ["Café", "café"]),
        ("Tromsø", "tromso and TROMSØ", ["tromso", "TROMSØ"]),
        ("aero", "Ærø", ["Ærø"]),
        ("strasse", "Die Straße.", ["Straße"]),
        ("it's", "It’s late", ["It’s"]),
        ('"yes"', "“Yes” and «yes»", ["“Yes”", "«yes»"]),
        ("e\u0301t\u00e9", "cet été, cet e\u0301te\u0301!", ["été", "e\u0301te\u0301"]),
        ("two  words", "two\nwords, two\u00a0words", ["two\nwords", "two\u00a0words"]),
        ("שלום", "שָׁלוֹם", ["שָׁלוֹם"]),
        ("か", "がか", ["か"]),
        ("и", "й и", ["и"]),
        ("1.5 (a)", "1.5 (a), 1x5 (a)", ["1.5 (a)"]),
        ("  ", "a b", []),
        ("-", "a – b", ["–"]),
    ],
)
def test_words_are_found_as_people_type_them(words: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_all(words, text)] == found


@given(st.text(max_size=60))
def test_every_folded_letter_knows_its_place(text: str) -> None:
    folded, places = fold(text)
    assert len(folded) == len(places)
    assert all(0 <= place < len(text) for place in places)
    assert list(places) == sorted(places)


@given(st.text(max_size=20), st.text(max_size=40))
def test_hits_are_stretches_of_the_text(words: str, text: str) -> None:
    end_before = 0
    for start, end in find_all(words, text):
        assert end_before <= start < end <= len(text)
        end_before = start
