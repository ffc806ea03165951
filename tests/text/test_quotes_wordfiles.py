"""The word lists: every file is whole, and the reader's own are added to ours."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from tui_news.text.quotes import find_quotes, wordfiles
from tui_news.text.quotes.lexicon import Lexicon, lexicon
from tui_news.text.quotes.wordfiles import own_problems, read, use_own

DATA = Path(wordfiles.__file__).with_name("data")
LANGS = sorted(path.stem for path in DATA.glob("??.toml"))
KNOWN = {entry.name for entry in fields(Lexicon)} - {"lang"} | {"like"}


@pytest.fixture
def own(tmp_path):
    use_own(tmp_path)
    yield tmp_path
    use_own(tmp_path / "none")


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_holds_known_lists_in_lower_case(lang):
    lists = wordfiles.language(lang)
    assert set(lists) <= KNOWN
    made = lexicon(lang)
    assert made.say
    assert made.lang == lang
    for entry in fields(Lexicon):
        value = getattr(made, entry.name)
        if isinstance(value, frozenset):
            assert {word for word in value if word != word.lower() or not word.strip("\"'")} == set(), entry.name


def test_every_language_that_is_told_apart_by_its_words_reads_without_fault():
    for table in read("languages").values():
        for lang, common in table.items():
            find_quotes(f"“{common},” {common}", lang)


def test_a_language_without_a_file_reads_as_english():
    assert lexicon("is").say == lexicon("en").say
    assert lexicon("../x").say == lexicon("en").say


def test_the_readers_own_words_are_added(own):
    text = "Ada Birk whiffled “never again” at the gate."
    assert [(quote.kind, quote.speaker) for quote in find_quotes(text, "en")] == [("term", None)]
    (own / "en.toml").write_text('say = "Whiffled"\naccording = "by the lights of"\n')
    use_own(own / "elsewhere")
    use_own(own)
    assert [(quote.kind, quote.speaker) for quote in find_quotes(text, "en")] == [("speech", "Ada Birk")]
    assert ("by", "the", "lights", "of") in lexicon("en").according
    assert "said" in lexicon("en").say


@pytest.mark.parametrize("text", ["say = [1]", "say = ", "\udcff", "[say]\nx = 1"])
def test_a_file_with_a_fault_is_left_out_and_named(own, text):
    (own / "no.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert "sier" in lexicon("no").say
    (problem,) = own_problems(own)
    assert problem.startswith(f"{own / 'no.toml'} is not used: ")


def test_no_folder_is_no_problem(tmp_path):
    assert own_problems(tmp_path / "nowhere") == []
