"""What a person is called by is sought without patterns, and found where patterns would find it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tui_news.ui.widgets.speakers import _alone, _goes_on, _places, short_names

WORDS = ["Anna", "Berg", "Xi", "van", "der", "Ås", "O'Neil", "St.", "_x", "日本", "Berg2"]
BETWEEN = [" ", "\n", ", ", "-", "", ".", "’", "_", "٣", " É", " é", " z", " 7", "Berg"]
texts = st.lists(st.sampled_from(WORDS + BETWEEN) | st.text(max_size=2), max_size=30).map("".join)
names = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map(" ".join)


@given(names, texts, st.integers(1, 2))
def test_a_surname_stands_alone_where_the_pattern_finds_it(name: str, text: str, count: int) -> None:
    end = " ".join(name.split()[-min(count, len(name.split()) - 1) :])
    before = name[: -len(end)].split()[-1]
    pattern = rf"(?<!{re.escape(before)} )\b{re.escape(end)}\b"
    assert _alone(end, name, text) == (re.search(pattern, text) is not None)


@given(st.sampled_from(WORDS), texts)
def test_a_first_name_stands_by_itself_where_the_pattern_finds_it(word: str, text: str) -> None:
    found = re.search(rf"\b{re.escape(word)}\b(?! [^\W\d_a-z])", text)
    assert any(not _goes_on(text, place) for place in _places(word, text)) == (found is not None)


def test_everybody_is_called_by_the_surname_or_nobody() -> None:
    text = "Anna Berg came first. “Early,” Berg said. Odd Nord, said Nord, was late."
    assert short_names(["Anna Berg", "Odd Nord"], text) == {"Anna Berg": "Berg", "Odd Nord": "Nord"}
    assert short_names(["Anna Berg", "Odd Nord"], "Anna Berg. Odd Nord.") == {
        "Anna Berg": "Anna Berg",
        "Odd Nord": "Odd Nord",
    }
    assert short_names(["Xi Jinping"], "Xi Jinping spoke. Xi said no.", tight=True) == {"Xi Jinping": "Xi Jinping"}
