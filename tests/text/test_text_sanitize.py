from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.sanitize import _PLAIN, UNSAFE, clean_line, clean_text, is_safe, scrub_after

ESC = "\x1b"
LIVING = [
    "שלום עולם", "مرحبا ٣٫١٤ بالعالم", "می\u200cخواهم", "tiê\u0301ng Viê\u0323t", "ที่นี่", "བླ་མ རྒྱུད", "क्षत्रिय नमस्ते", "क\u094d\u200dष",
    "👨\u200d👩\u200d👧\u200d👦", "🏳\ufe0f\u200d🌈", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "🇫🇷", "👍🏿", "1\ufe0f\u20e3",
    "“quoted” – it’s 5 €", "漢字かな한글", "۱۰\u200cها", "قال \u06dd", "ﷺ", "a\u00a0b",
]  # fmt: skip


@pytest.mark.parametrize("text", LIVING)
def test_living_scripts_come_out_as_they_went_in(text):
    assert clean_line(text) == text
    assert clean_text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"AA{ESC}]52;c;eA=={ESC}\\ZZ", "AA]52;c;eA==\\ZZ"),
        (f"AA{ESC}[31mZZ", "AA[31mZZ"),
        ("AA\x9b31mZZ", "AA31mZZ"),
        ("AA\x00\x07\x7fZZ", "AAZZ"),
        ("AA\u202emoc\u2066x\u200e\u200f\u061cZZ", "AAmocxZZ"),
        ("AA\u200b\u2060\ufeff\u00ad\u180eZZ", "AAZZ"),
        ("AA\u3164\u115f\u1160\uffa0\u2800ZZ", "AA ZZ"),
        ("AA\U000e0041\U000e0042ZZ", "AAZZ"),
        ("AA😀\U000e0173\U000e0165ZZ", "AA😀ZZ"),
        ("AA\u034f\u034fZZ", "AAZZ"),
        ("AA\ud800ZZ", "AA\ufffdZZ"),
        ("AA\ud83d\ude00ZZ", "AA😀ZZ"),
        ("AA\ufdd0\ue000\U0001ffff\U0002ffffZZ", "AA\ufffd\ufffd\ufffd\ufffdZZ"),
        ("AA\u2028x\u2029y\r\nz\v\fZZ", "AA x y z ZZ"),
        ("a  b", "a b"),
        ("  a \t b\u00a0 c  ", "a b c"),
        ("a\u200db\u200c c\u200d", "ab c"),
        ("☠\ufe0f\ufe0f\ufe0f", "☠\ufe0f"),
        ("\u0301a", "◌\u0301a"),
        ("👩\u200d\ufe0f", "👩\ufe0f"),
        ("\u200d", ""),
    ],
)
def test_one_row(text, expected):
    assert clean_line(text) == expected


def test_marks_are_bounded_and_have_a_base():
    assert clean_text("e" + "\u0301" * 20_000 + "ZZ") == "e" + "\u0301" * 8 + "ZZ"
    assert clean_text("𑀓" + "\U00011038" * 30) == "𑀓" + "\U00011038" * 8
    assert clean_text("a\n\u0301b") == "a\n◌\u0301b"


def test_breaks_and_tabs():
    assert clean_text("a\r\nb\rc\u2028d\x85e\tf") == "a\nb\nc\nd\ne f"
    assert clean_text("\tx", code=True) == "    x"
    assert clean_line("\n\na\n\n\nb\n") == "a b"


def test_limits_say_that_they_cut():
    assert clean_line("x" * 2000, 10) == "x" * 9 + "…"
    assert clean_text("ab cd", 4) == "ab…"
    assert clean_text("ab", 0) == ""
    assert clean_line("AA" + "\n" * 5000 + "ZZ", 10) == "AA ZZ"
    assert clean_text("👩\u200d👧" * 10, 3) == "👩…"


def test_what_is_unsafe():
    assert is_safe("a\nb – é 漢")
    for bad in ("\t", "\r", ESC, "\x9b", "\u202e", "\u2066", "\u200b", "\ud800", "\u2028"):
        assert not is_safe(f"a{bad}b")
        assert UNSAFE.sub("", f"a{bad}b") == "ab"


def test_the_plain_set_holds_nothing_that_needs_a_look():
    import re

    plain = re.compile(f"[{_PLAIN}]")
    odd = [hex(o) for o in range(0x110000) if plain.match(chr(o)) and o != 10 and unicodedata.category(chr(o)) in ODD]
    assert odd == []


ODD = ("Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me", "Mc", "Zl", "Zp")


def test_the_seam_between_two_pieces():
    assert scrub_after("e" + "\u0301" * 8, "\u0301\u0301x") == "x"
    assert scrub_after("a", "\u0301") == "\u0301"
    assert scrub_after("", "\u0301") == "◌\u0301"
    assert scrub_after("a\n", "\u0301") == "◌\u0301"
    assert scrub_after("می", "\u200cخ") == "\u200cخ"
    assert scrub_after("plain", "too") == "too"
    assert scrub_after("\u200c", "\u200d") == ""


odd_text = st.text(
    st.characters() | st.sampled_from("\u200d\u200c👩❤\ufe0f\u0301क\u094dم\U000e0041\U000e007f🏴\u3164\n\t \x1b\ud800"),
    max_size=60,
)


@given(odd_text)
def test_cleaning_twice_changes_nothing_and_the_result_is_safe(text):
    for clean in (clean_line, clean_text, lambda s: clean_text(s, code=True), lambda s: clean_line(s, 12)):
        once = clean(text)
        assert is_safe(once)
        assert clean(once) == once
        once.encode()
    assert "\n" not in clean_line(text)


@given(st.text(st.characters(categories=("L", "N", "P", "S")), max_size=60))
def test_visible_characters_are_kept(text):
    kept = [c for c in text if c not in "\u3164\u115f\u1160\uffa0\u2800\U0001d159"]
    assert [c for c in clean_text(text) if c != " "] == kept


def test_clean_text_is_fast():
    text = "The quick “brown” fox – jumps; naïve café. 漢字かな " * 21_000
    best = 9.0
    for _ in range(3):
        started = time.perf_counter()
        assert clean_text(text, 2_000_000) is text
        best = min(best, time.perf_counter() - started)
    assert best < 0.2  # a tenth of that on an idle machine


@pytest.mark.parametrize("text", ["\t\u0301", " \u0301x", "\u3164\u0301x", "\n\u0e31a", "\u00a0\u0301"])
def test_a_mark_that_stood_on_a_space_gets_a_base(text):
    line = clean_line(text)
    assert line.startswith("◌")
    assert clean_line(line) == line
