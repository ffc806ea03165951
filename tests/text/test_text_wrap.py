from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.cells import cell_len
from tui_news.text.wrap import wrap

BREAKING = " \n\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"


def lines(text, width):
    return [text[a:b] for a, b in wrap(text, width)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, [""]),
        ("one two three", 7, ["one two", "three"]),
        ("one  two   three", 7, ["one", "two", "three"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("ab abcdefghij", 4, ["ab", "abcd", "efgh", "ij"]),
        ("a\n\nb\n", 10, ["a", "", "b", ""]),
        ("well-known", 6, ["well-", "known"]),
        ("see well-known", 9, ["see well-", "known"]),
        ("this—that", 6, ["this—", "that"]),
        ("run --option", 7, ["run", "--optio", "n"]),
        ("    deep code here", 12, ["    deep", "code here"]),
        ("        deep", 6, ["deep"]),
        ("      ", 3, [""]),
        ("x" * 5, 1, ["xx", "xx", "x"]),
        ("漢字かな交じり文", 6, ["漢字か", "な交じ", "り文"]),
        ("漢字。「引用」です", 6, ["漢字。", "「引", "用」で", "す"]),
        ("読むRSS reader を", 8, ["読むRSS", "reader", "を"]),
        ("👨\u200d👩\u200d👧👧👧", 4, ["👨\u200d👩\u200d👧👧", "👧"]),
        ("  漢字 漢字漢字", 6, ["  漢字", "漢字漢", "字"]),
        ("\u3000\u3000漢字", 4, ["漢字"]),
        ("\u3000" * 4, 4, [""]),
        ("漢" + "」" * 5, 4, ["漢」", "」」", "」」"]),
        ("e\u0301 " * 3, 3, ["e\u0301 e\u0301", "e\u0301"]),
        ("\xa0\xa0\xa0\xa0 x", 3, ["\xa0\xa0\xa0", "\xa0 x"]),
    ],
)
def test_lines(text, width, expected):
    assert lines(text, width) == expected


def test_every_line_but_the_wide_ones_is_simple():
    text = "plain enough for offsets\n漢字かな交じり文\nshort"
    assert lines(text, 10) == ["plain", "enough for", "offsets", "漢字かな交", "じり文", "short"]


def test_the_measure_can_be_replaced():
    assert wrap("漢字 かな", 2, cell_len=len) == [(0, 2), (3, 5)]


pool = st.sampled_from(
    [
        *"ab -—漢字「」。、1()",
        "\n",
        "  ",
        "\u3000",
        "\xa0",
        "👩",
        "\u200d",
        "\ufe0f",
        "e\u0301",
        "ที่",
        "longword",
        "\u2003",
    ]
)


@given(st.lists(pool, max_size=40).map("".join) | st.text(max_size=40), st.integers(2, 14))
def test_lines_fit_and_lose_nothing_but_space(text, width):
    last = 0
    for start, end in wrap(text, width):
        assert last <= start <= end
        assert not text[last:start].strip(BREAKING)
        assert "\n" not in text[start:end]
        assert cell_len(text[start:end]) <= width
        last = end
    assert not text[last:].strip(BREAKING)
