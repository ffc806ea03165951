"""The same words quoted twice, one person in two spellings, and passages that comments quote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Block
from tui_news.text.quotes.again import RUN, compare, prints, said_words
from tui_news.text.quotes.cited import Passages, cited
from tui_news.text.quotes.people import Heard, one_person, person_key

A = "We shall mend the sea wall before the first storm of the winter, whatever it costs"
ARTICLE = (
    Block("heading", "The sea wall"),
    Block("para", f"“{A},” the mayor said. She left."),
    Block("code", "print(1)"),
    Block("para", "Nobody asked the harbour master. He would have said no, and he would have been right."),
    Block("para", "市長は「もう待てない」と述べた。"),
)


# said again
@pytest.mark.parametrize(
    ("second", "relation", "lacks"),
    [
        (f"“{A.upper()}!”", "same", 0),
        ("We shall mend the sea wall before the first storm", "shorter", 6),
        (f"Listen: {A}, I promise", "longer", 3),
        ("My friends, we shall mend the sea wall before the first storm comes", "overlaps", 9),
        ("We shall mend the sea", "shorter", 11),
    ],
)
def test_what_the_second_is_to_the_first(second, relation, lacks):
    shared = compare(said_words(A), said_words(second))
    assert shared is not None
    assert (shared.relation, shared.lacks) == (relation, lacks)


@pytest.mark.parametrize("second", ["We shall mend it", "no", "", "The wall before the storm was mended by us all"])
def test_other_words_are_not_said_again(second):
    assert compare(said_words(A), said_words(second)) is None


def test_marks_apostrophes_and_diacritics_make_no_difference():
    assert said_words("“Wé don’t—know!”") == said_words("We don't know") == ("we", "dont", "know")
    assert said_words("もう待てない") == tuple("もう待てない")


WORD = st.sampled_from(["a", "b", "c", "d", "e", "f", "g"])


@given(st.lists(WORD, max_size=20), st.lists(WORD, min_size=RUN, max_size=20), st.lists(WORD, max_size=20))
def test_what_shares_a_run_shares_a_print(before, run, after):
    assert prints(run) & prints([*before, *run, *after])


@given(st.text(max_size=200), st.text(max_size=200))
def test_comparing_takes_any_text(first, second):
    one, two = said_words(first), said_words(second)
    shared, back = compare(one, two), compare(two, one)
    assert (shared is None) == (back is None)
    if shared is not None:
        assert prints(one) & prints(two) or shared.words < RUN


# people
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Åse Ødegård", "ase odegard"),
        ("Statsminister Åse Ødegård (Ap)", "ase odegard"),
        ("Anne-Marie O’Dowd’s", "anne-marie o'dowd"),
        ("the mayor", "the"),
        ("Президент Анна Лебедева", "анна лебедева"),
        ("李强", "李强"),
        ("Mayor", "mayor"),
        ("", ""),
    ],
)
def test_keys_of_names(name, key):
    assert person_key(name) == key


def heard(*names: str, feed: int = 1) -> list[Heard]:
    return [Heard(person_key(name), name, 1, frozenset({feed})) for name in names]


def test_a_full_name_takes_its_surname_and_its_shorter_form():
    person = one_person(heard("Odd Roger Enoksen", "Enoksen", "Odd Enoksen"), {})
    assert set(person.values()) == {"odd roger enoksen"}


@pytest.mark.parametrize(
    "names",
    [("Ada Birk", "Olav Birk", "Birk"), ("the ministry", "a spokesman for the ministry"), ("Ada Birk", "Olav Ness")],
)
def test_what_is_not_clear_stays_apart(names):
    assert all(key == person for key, person in one_person(heard(*names), {}).items())


def test_the_readers_merge_comes_first_and_a_ring_ends():
    found = heard("Ada Birk", "Olav Birk", "Birk")
    assert one_person(found, {"birk": "olav birk"})["birk"] == "olav birk"
    ring = one_person(found, {"ada birk": "olav birk", "olav birk": "ada birk"})
    assert set(ring) == {"ada birk", "olav birk", "birk"}


@given(st.dictionaries(st.sampled_from("abcd"), st.sampled_from("abcd")))
def test_any_merges_end(merged):
    person = one_person([Heard(key, key, 1) for key in "abcd"], merged)
    assert set(person) >= set("abcd")


# comments
def place(blocks, article=ARTICLE):
    return [
        (blocks[link.block].text[link.start : link.end], article[link.target].text[link.at : link.until])
        for link in cited(blocks, article)
    ]


def test_a_block_quotation_is_found_in_the_article():
    said = (Block("para", "nobody asked the Harbour Master.", quote=1), Block("para", "They should have."))
    assert place(said) == [("nobody asked the Harbour Master", "Nobody asked the harbour master")]


def test_a_block_quotation_with_its_middle_left_out_is_found_in_parts():
    said = (Block("para", "We shall mend the sea wall [...] whatever it costs. And more, they say.", quote=1),)
    assert place(said) == [("We shall mend the sea wall", "We shall mend the sea wall"), ("whatever it costs",) * 2]


def test_an_exact_run_in_marks_is_found_and_a_short_or_changed_one_is_not():
    said = (Block("para", 'He says "he would have been right" and “no, and”, “we shall mend the land wall”.'),)
    assert place(said) == [("he would have been right",) * 2]


def test_words_in_no_marks_are_no_quotation():
    assert place((Block("para", "Nobody asked the harbour master, you know."),)) == []


def test_a_passage_over_two_blocks_is_placed_in_the_first():
    said = (Block("para", "said. She left. print(1) Nobody asked the harbour master", quote=1),)
    assert place(said) == [("said. She left. print(1) Nobody asked the harbour master", "said. She left")]


def test_a_script_without_spaces():
    assert place((Block("para", "もう待てない", quote=1),)) == [("もう待てない",) * 2]


@given(st.text(max_size=300), st.integers(0, 2))
def test_any_comment(text, level):
    blocks = (Block("para", text, quote=level),)
    for link in cited(blocks, Passages(ARTICLE)):
        assert 0 <= link.start < link.end <= len(text)
        assert 0 <= link.at < link.until <= len(ARTICLE[link.target].text)
