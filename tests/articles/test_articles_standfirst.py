"""Which paragraph stands first: named by its markup, set apart by its type, or said again in the page's description."""

from __future__ import annotations

import pytest

from tui_news.articles.extract import extract
from tui_news.articles.standfirst import with_standfirst
from tui_news.models import Block, Span
from tui_news.text.html import html_to_blocks

FIRST = "The council pays for the last boat of the day until 2029."
BODY = tuple(Block("para", f"Paragraph {n} tells what happened next in the hall.") for n in range(4))


def marked(*blocks, about=""):
    return [block.text for block in with_standfirst(blocks, about) if block.lead]


def strong(text, part=1.0):
    return Block("para", text, (Span(0, int(len(text) * part), "strong"),))


@pytest.mark.parametrize(
    "name", ["standfirst", "article__stand-first", "dek", "c-ingress", "Vorspann", "chapo", "post-subtitle"]
)
def test_the_pages_own_word_is_believed(name):
    blocks = html_to_blocks(f'<p class="{name}">{FIRST}</p><p>Then.</p>')
    assert [block.lead for block in blocks] == [True, False]


@pytest.mark.parametrize("name", ["first", "dekorasjon", "leader", "outstanding", "subtitles"])
def test_other_names_are_none(name):
    assert not any(block.lead for block in html_to_blocks(f'<p class="{name}">{FIRST}</p>'))


def test_an_opening_all_in_bold_is_one_and_half_of_it_is_none():
    assert marked(strong(FIRST), *BODY) == [FIRST]
    assert marked(strong(FIRST, 0.5), *BODY) == []
    assert marked(strong(FIRST), strong("And all the rest of it is bold as well, as on some pages."), *BODY) == []


def test_a_picture_may_come_before_it():
    assert marked(Block("image", "A boat"), Block("caption", "The boat."), strong(FIRST), *BODY) == [FIRST]


def test_what_the_page_says_of_itself_is_one_and_its_beginning_is_none():
    assert marked(Block("para", FIRST), *BODY, about=FIRST.replace(" ", "  ")) == [FIRST]
    assert marked(Block("para", FIRST), *BODY, about=FIRST[:40]) == []
    assert marked(Block("para", FIRST), *BODY) == []


def test_a_note_of_two_lines_and_a_long_opening_have_none():
    assert marked(strong(FIRST), BODY[0]) == []
    assert marked(strong(FIRST * 10), *BODY) == []


def test_a_page_that_calls_everything_so_is_not_believed():
    assert marked(*(Block("para", block.text, lead=True) for block in BODY)) == []


def test_it_comes_through_from_a_page():
    body = "".join(
        f"<p>Paragraph {n} of the story, with enough words to be one, tells what came next.</p>" for n in range(9)
    )
    page = f"<html><head><title>Ferry</title></head><body><article><h1>Ferry</h1><p class='standfirst'>{FIRST}</p>{body}</article></body></html>"
    article = extract(page.encode(), "https://quay.example/ferry", "text/html", title="Ferry")
    assert [block.text for block in article.blocks if block.lead] == [FIRST]
