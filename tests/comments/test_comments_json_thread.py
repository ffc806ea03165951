"""JSON where a feed of comments was due."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, run
from tui_news.comments.sources.atom_thread import fetch, reference
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.json_thread import MAX_COMMENTS, parse
from tui_news.models import ThreadError
from tui_news.text.sanitize import is_safe

FEED = "https://blog.example/thread.json"
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "text", "author", "children", "items", "created_at", "url"]), inner, max_size=5
        )
    ),
    max_leaves=30,
)


def said(own, *children, **more):
    return {"id": own, "author": "ann", "text": f"<p>words of {own}", "children": list(children), **more}


async def by(value):
    ref = reference(FEED, "https://blog.example/story")
    web = Web({FEED: (json.dumps(value).encode(), {"content-type": "application/json"})})
    return await fetch(ref, ref.routes[0], Line(web.fetch, run)), web


async def test_a_tree_keeps_its_nesting_and_says_who_began():
    fetched, web = await by({"id": 1, "author": "op", "children": [said(2, said(3)), said(4, author="op")]})
    assert [(one.id, one.parent, one.role) for one in fetched.comments] == [
        ("2", None, ""),
        ("3", "2", ""),
        ("4", None, "op"),
    ]
    assert fetched.comments[0].blocks[0].text == "words of 2"
    assert web.asked == [FEED]


async def test_what_was_deleted_stands_empty_and_what_is_no_comment_is_passed_over():
    gone = {"id": 5, "author": None, "text": None, "children": [said(6)]}
    fetched, _ = await by({"children": [gone, None, "x", 7, {"text": "no id"}, said(8, children=None)]})
    assert [(one.id, one.state) for one in fetched.comments] == [("5", "deleted"), ("6", "live"), ("8", "live")]


async def test_a_json_feed_is_flat():
    item = {
        "id": "a",
        "authors": [{"name": "Ann"}],
        "content_html": "<p>hello",
        "date_published": "2026-03-02T09:00:00Z",
    }
    fetched, _ = await by({"version": "https://jsonfeed.org/version/1.1", "items": [item]})
    (one,) = fetched.comments
    assert (one.author, one.created, one.blocks[0].text) == ("Ann", 1772442000, "hello")


@pytest.mark.parametrize("value", [None, [], {}, {"children": 1}, "x"])
async def test_other_json_is_no_thread(value):
    with pytest.raises(ThreadError):
        await by(value)


def test_reading_stops_and_says_so():
    found, more = parse(json.dumps({"children": [said(n) for n in range(MAX_COMMENTS + 5)]}).encode(), FEED)
    assert len(found) == MAX_COMMENTS
    assert "5,000" in more


@settings(max_examples=150)
@given(JSON)
def test_any_json_is_comments_or_a_thread_error(value):
    try:
        found, _ = parse(json.dumps({"children": value}).encode(), FEED)
    except ThreadError:
        return
    assert all(is_safe(one.author) and all(is_safe(block.text) for block in one.blocks) for one in found)
    assert len({one.id for one in found}) == len(found)


def test_a_key_holds_nothing_that_a_terminal_obeys():
    body = {"children": [{"id": "a\x1b[2J\x7f\ud800b", "author": "Ann", "text": "Hi", "children": [said(2)]}]}
    found, _ = parse(json.dumps(body).encode(), FEED)
    assert [(one.id, one.parent) for one in found] == [("a[2Jb", None), ("2", "a[2Jb")]
