"""What a page's markup names as furniture goes; a story never does, however its wrapping is called."""

from __future__ import annotations

import pytest

from tui_news.articles.agreement import merged
from tui_news.articles.furniture import prune
from tui_news.articles.repair import page_tree
from tui_news.models import Block, Span

STORY = "".join(
    f"<p>Sentence {number} of the story says at some length what was decided about the bridge, by whom, and when.</p>"
    for number in range(12)
)
SHORT = "<p>Ten more bridges you should see</p>"


def left(body):
    root = page_tree(f"<html><body>{body}</body></html>")
    prune(root)
    return root.text_content()


@pytest.mark.parametrize(
    "names",
    [
        "newsletter-form", "relatedArticles", "promo__wrapper", "author-bio", "most-read", "recirc-unit", "tag-list",
        "js-cookie-notice", "comments-area", "article__newsletter", "social-share", "ad-slot ads", "sr-only",
        "c-sidebar",
    ],
)  # fmt: skip
def test_furniture_goes_by_its_name(names):
    assert SHORT[3:-4] not in left(f'<main>{STORY}<div class="{names}">{SHORT}</div></main>')
    assert SHORT[3:-4] not in left(f'<main>{STORY}<section id="{names}">{SHORT}</section></main>')


@pytest.mark.parametrize("names", ["share-container", "paywall", "has-related", "comments-wrapper", "ads", "hidden"])
def test_a_story_stays_whatever_it_is_wrapped_in(names):
    assert "Sentence 11" in left(f'<div class="{names}">{STORY}</div><ul><li>Menu</li></ul>')


@pytest.mark.parametrize(
    "names",
    ["l-sidebar-fixed l-segment l-article-body-segment", "field--name-body label-hidden", "with-sidebar", "memories",
     "pullquote-social", "adventure", "sharecropping", "related-footnotes"],
)  # fmt: skip
def test_names_that_only_look_like_it_stay(names):
    paragraphs = STORY * 8  # so that a share of the page does not save it
    assert "Ten more bridges" in left(f'{paragraphs}<div class="{names}">{SHORT}</div>')


def test_hidden_and_pressed_things_go_and_hidden_stories_stay():
    assert left(f'{STORY}<div hidden>a</div><p>b</p><button>c</button><div style="display: none">d</div>').endswith("b")
    assert "Sentence 3" in left(f'{STORY * 4}<div style="display:none">{STORY}</div>')


def test_what_only_the_generous_reading_has_stays_among_its_neighbours():
    root = page_tree(
        "<html><body><div id=story><p>One is sure.</p><p>Two is sure.</p><p>Three is asked.</p>"
        "<p>All of this is a link</p></div><div id=other><p>Four is elsewhere.</p></div>"
        "<h2>The standfirst says what the page says of itself</h2></body></html>"
    )
    linked = Block("para", "All of this is a link", (Span(0, 21, "link", "https://x.example/"),))
    texts = ["One is sure.", "Two is sure.", "Three is asked.", "Four is elsewhere."]
    one, two, three, four = (Block("para", text) for text in texts)
    standfirst = Block("heading", "The standfirst says what the page says of itself", level=2)
    got = merged([standfirst, one, two, three, linked, four], [one, two], root, standfirst.text)
    assert got == (standfirst, one, two, three)
    assert merged([one, two], [one, two], root) == (one, two)


def test_a_block_that_stands_nowhere_stays_when_it_is_long():
    root = page_tree("<html><body><p>One is sure.</p></body></html>")
    long = Block("para", "Words that were put together from several elements of the page, " * 3)
    short = Block("para", "A few words")
    assert merged([Block("para", "One is sure."), long, short], [Block("para", "One is sure.")], root)[1:] == (long,)
