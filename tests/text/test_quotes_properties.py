"""Whatever the text: spans in bounds, in order, nested or apart, and never an exception; and time grows with length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Block
from tui_news.text.quotes import find_quotes, quotes_in

MARKS = "\"“”„‟«»‹›‘’‚‛'「」『』《》〈〉〝〞〟–—-―`"
WORDS = ["said", "Ann Berg", "sagte", "sier", "dit", "who", ",", ".", "?", ":", "\n", "\n\n", "(", ")", "the", "der", "he", "and", "“", "”", "\"",
         "'", "– ", "«", "»", "5", "U.S.", "à", "說", "は", "은", "according to", "laut", "so", " ", "l'", "–", "was", "by", "von", "zitiert", "Worten"]  # fmt: skip
LANGS = st.sampled_from(
    [None, "en", "de", "no", "sv", "fr", "es", "ru", "ja", "zh", "ko", "he", "ar", "tr", "nl", "pl", "zz"]
)
TEXTS = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=MARKS + "ab .,\n", max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.lists(st.sampled_from(WORDS), max_size=60).map("".join),
)


def check(text: str, lang: str | None) -> None:
    quotes = find_quotes(text, lang)
    assert quotes == sorted(quotes, key=lambda q: (q.start, -q.end))
    open_ends: list[int] = []
    for quote in quotes:
        assert 0 <= quote.start < quote.end <= len(text)
        while open_ends and open_ends[-1] <= quote.start:
            open_ends.pop()
        assert not open_ends or quote.end <= open_ends[-1]
        assert (quote.kind == "nested") == bool(open_ends)
        assert quote.speaker is None or (quote.kind == "speech" and quote.speaker.strip())
        open_ends.append(quote.end)


@settings(max_examples=250, deadline=None)
@given(TEXTS, LANGS)
def test_any_text(text: str, lang: str | None) -> None:
    check(text, lang)


PROSE = "The mayor of Bo said it was late. Ann Berg, who saw it, told the paper that nobody had asked her. – Vi reiser, sier hun."


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(PROSE)), st.sampled_from([*MARKS, "\n\n", "''"])), max_size=12), LANGS)
def test_marks_strewn_into_prose(strewn: list[tuple[int, str]], lang: str | None) -> None:
    text = PROSE
    for at, mark in sorted(strewn, reverse=True):
        text = text[:at] + mark + text[at:]
    check(text, lang)


KINDS = st.sampled_from(["heading", "para", "item", "code", "table", "caption", "image", "footnote"])
BLOCKS = st.lists(
    st.builds(Block, KINDS, TEXTS, quote=st.integers(0, 2), pull=st.booleans()), max_size=8
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(BLOCKS, LANGS)
def test_any_blocks(blocks: list[Block], lang: str | None) -> None:
    quotes = quotes_in(blocks, lang)
    assert list(quotes) == sorted(quotes, key=lambda q: (q.block, q.start, -q.end))
    for quote in quotes:
        block = blocks[quote.block]
        assert 0 <= quote.start < quote.end <= len(block.text)
        assert block.text[quote.start : quote.end] == quote.text
        assert block.kind not in {"code", "table", "image"}
        assert not (block.kind == "heading" and quote.kind == "speech")


@pytest.mark.parametrize(
    "pattern",
    ["\"", "“", "“a”", "“a” said Bob ", "« a, dit ", "– a, sier ", "(“", "«»‘’„“", "Bob Smith said “w w w w w w” ",
     "“a\n\n", "[(", "a said “b c d e f”, ", "according to ", "— a —", "A, ", "'s ' s", "A", "A-", "A'", "– ,       ", "– a,\u00a0 ", "“a " + " " * 40, "\n ", "a.", "1.", "“a!” "],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "no", "ja"])
def test_time_grows_with_the_length_and_no_faster(pattern: str, lang: str) -> None:
    def cost(size: int) -> float:
        text = (pattern * (size // len(pattern) + 1))[:size]
        best = 1e9
        for _ in range(2):
            start = time.process_time()
            find_quotes(text, lang)
            best = min(best, time.process_time() - start)
        return best

    assert cost(8_000) <= 12 * cost(1_500) + 0.05
