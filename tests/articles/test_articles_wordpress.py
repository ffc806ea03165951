"""A post as WordPress gives it is the story, exactly; anything else is None."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.articles.extract import ONLY_FEED, extract
from tui_news.articles.wordpress import from_rest

URL = "https://site.example/2026/the-bridge/"
TEXT = "The council renamed the north bridge on Monday, after a debate that ran past midnight and pleased nobody. " * 3


def post(html, link=URL, **more):
    return {
        "id": 5, "link": link, "title": {"rendered": "The &#8216;north&#8217; bridge"},
        "content": {"rendered": html, "protected": False},
        "date_gmt": "2026-09-21T08:00:00", "modified_gmt": "2026-09-22T08:00:00", **more,
    }  # fmt: skip


def test_a_post_is_read_with_its_title_and_dates():
    html = (
        f"<h2>Names</h2><ol start='3'><li>North</li></ol><p>{TEXT}</p><div class='sharedaddy'><p>Share this</p></div>"
    )
    got = from_rest(json.dumps(post(html)).encode(), URL, now=7)
    assert got is not None
    assert [(block.kind, block.marker) for block in got.blocks] == [("heading", ""), ("item", "3."), ("para", "")]
    assert (got.source, got.title, got.fetched_at) == ("page", "The ‘north’ bridge", 7)
    assert (got.published, got.updated) == (1789977600, 1790064000)


def test_a_list_of_posts_is_searched_by_address():
    posts = [
        post("<p>Another</p>", "https://site.example/other/"),
        post(f"<p>{TEXT}</p>", "http://site.example/x/the-bridge"),
    ]
    got = from_rest(json.dumps(posts).encode(), URL)
    assert got is not None
    assert got.blocks[0].text == TEXT.strip()


@pytest.mark.parametrize(
    "payload",
    [
        post(f"<p>{TEXT}</p>", "https://site.example/elsewhere/"),
        post(f"<p>{TEXT}</p>", content={"rendered": f"<p>{TEXT}</p>", "protected": True}),
        post("<p>Only the beginning of it … [more]</p>"),
        post(""), {"code": "rest_post_invalid_id"}, [], None, 5, "x",
    ],
)  # fmt: skip
def test_what_is_not_the_story_is_none(payload):
    assert from_rest(json.dumps(payload).encode(), URL) is None


@pytest.mark.parametrize("link", ["//[::", "http://[", "https://site.example:x/[/the-bridge/"])
def test_an_address_that_is_none_is_another_posts(link):
    assert from_rest(json.dumps([post(f"<p>{TEXT}</p>", link), post(f"<p>{TEXT}</p>")]).encode(), URL) is not None


def test_less_than_the_feed_gave_is_none():
    assert from_rest(json.dumps(post(f"<p>{TEXT}</p>")).encode(), URL, feed_text=f"<p>{TEXT}</p>" * 4) is None


def test_a_stored_post_is_read_again_as_what_it_is():
    held = json.dumps(post(f"<p>{TEXT}</p>")).encode()
    assert extract(held, URL, "application/json").blocks[0].text == TEXT.strip()
    fallback = extract(b"{}", URL, "application/json", feed_text=f"<p>{TEXT}</p>")
    assert (fallback.source, fallback.note) == ("feed", ONLY_FEED)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda x: st.lists(x) | st.dictionaries(
    st.sampled_from(["link", "content", "rendered", "title", "date_gmt", "protected"]), x), max_leaves=12))  # fmt: skip
def test_any_json_is_survived(value):
    from_rest(json.dumps(value).encode(), URL)
    from_rest(json.dumps({"link": URL, "content": {"rendered": f"<p>{TEXT}</p>"}, "title": value}).encode(), URL)


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(data):
    from_rest(data, URL)
