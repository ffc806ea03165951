"""Stories cut into pages: what follows is told by addresses; what every page repeats is said once."""

from __future__ import annotations

import pytest

from tui_news.articles.extract import extract
from tui_news.articles.paged import MOST_PAGES, appended, follows, join, next_page, split
from tui_news.models import Block

URL = "https://news.example/2026/the-bridge/"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (URL, URL + "2/"),
        (URL, URL + "page/2/"),
        (URL, URL + "?page=2"),
        (URL + "?page=2", URL + "?page=3"),
        (URL + "2/", URL + "3/"),
        (URL + "page/9", URL + "page/10"),
        ("https://a.example/story-1234.html", "https://a.example/story-1234-2.html"),
        ("https://a.example/story,1234.html", "https://a.example/story,1234,2.html"),
        ("https://a.example/story/seite-2", "https://a.example/story/seite-3"),
        ("https://a.example/s?id=77", "https://a.example/s?id=77&seite=2"),
        ("https://a.example/story", "https://www.a.example/story/2"),
    ],
)
def test_the_next_page_is_the_storys_address_with_a_number_one_higher(url, link):
    assert follows(link, url)


@pytest.mark.parametrize(
    "link",
    [
        URL, URL + "3/", "https://news.example/2026/another/2/", "https://other.example/2026/the-bridge/2/",
        URL + "?page=1", URL + "#page-2", "https://news.example/?page=2", "https://news.example/page/2/",
        URL + "comment-page-2/", URL + "?cpage=2", URL + "2024/",
    ],
)  # fmt: skip
def test_other_addresses_are_other_pages(link):
    if link in ("https://news.example/?page=2", "https://news.example/page/2/"):
        assert not follows(link, "https://news.example/")  # a site's front page is no story
    else:
        assert not follows(link, URL)


def test_a_link_is_found_and_those_of_comments_and_other_stories_are_not():
    page = f'<html><body><p>x</p><a class="more" href="{URL}2/">Next page</a></body></html>'.encode()
    assert next_page(page, URL) == URL + "2/"
    assert next_page(b'<link rel="next" href="/2026/the-bridge/?page=2">', URL) == URL + "?page=2"
    assert next_page(b'<a rel="next" href="/2026/the-next-story/">Next story</a>', URL) == ""
    assert next_page(f'<div class="comments-nav"><a href="{URL}?page=2">2</a></div>'.encode(), URL) == ""
    assert next_page(b"<p>No pages here.</p>", URL) == next_page(b"", URL) == ""


def test_a_rule_says_where_the_next_page_is():
    page = b'<a class="on" href="/2026/the-bridge/finale">On</a><a class="on" href="/x">y</a>'
    assert next_page(page, URL, "", "a.on") == "https://news.example/2026/the-bridge/finale"
    assert next_page(page, URL, "", "a.off") == ""


def test_pages_become_one_record_and_are_taken_apart_again():
    pages = [(URL, b"one"), (URL + "2/", b"two\xff"), (URL + "3/", b"")]
    assert split(join(pages), URL) == pages
    assert split(b"alone", URL) == [(URL, b"alone")]
    assert len(split(join([(URL, b"x")] * 40), URL)) == MOST_PAGES


def test_what_every_page_repeats_is_said_once_and_a_page_with_nothing_new_ends_it():
    first = (Block("para", "The standfirst of the story, on all of its pages."), Block("para", "One."))
    more = (first[0], Block("rule", ""), Block("para", "Two, which is as long as a paragraph of a story is."))
    assert appended(first, more) == (*first, *more[1:])
    assert appended(first, first) is None
    assert appended(first, (Block("para", "Page 2 of 2"),)) is None


def page_of(number):
    text = f"Paragraph of page {number}, with enough words in it to be taken for the story by whoever reads it. "
    return f"""<html><body><article><h1>The bridge</h1><div class="entry-content"><p>Said on every page: the bridge has
    a name now, as everybody in town knows, and nobody likes it.</p>{f"<p>{text * 3}</p>" * 1}<p>{text * 4}</p>
    </div></article></body></html>""".encode()


def test_a_record_of_pages_is_one_story():
    record = join([(URL, page_of(1)), (URL + "2/", page_of(2)), (URL + "3/", page_of(3))])
    article = extract(record, URL, "text/html", title="The bridge")
    text = "\n".join(block.text for block in article.blocks)
    assert [f"Paragraph of page {number}" in text for number in (1, 2, 3)] == [True] * 3
    assert text.count("Said on every page") == 1
    assert text.index("page 1") < text.index("page 2") < text.index("page 3")
