"""JSON Feed: whole, and with every field wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.feeds.parse import parse_feed
from tui_news.models import Enclosure, FeedError, ParsedFeed

VERSION = "https://jsonfeed.org/version/1.1"
URL = "https://example.org/feed.json"


def read(top: Any) -> ParsedFeed:
    return parse_feed(json.dumps(top).encode(), URL)


def test_whole() -> None:
    feed = read(
        {
            "version": VERSION, "title": "Ferry News", "home_page_url": "https://example.org/", "description": "Boats",
            "feed_url": URL, "next_url": "?page=2", "language": "en_GB", "generator": "Quay 2",
            "hubs": [{"type": "WebSub", "url": "https://hub.example/"}, 3],
            "items": [
                {
                    "id": "a-1", "url": "/a", "external_url": "https://other.example/x", "title": "Tom &amp; Co",
                    "content_html": "<p>Hi</p>", "content_text": "Hi", "summary": "One\n\nTwo <3", "language": "nb",
                    "date_published": "2026-03-02T12:00:00Z", "date_modified": "2026-03-03T12:00:00Z",
                    "authors": [{"name": "Ann"}, {"name": "Bo"}, {}, 4], "tags": ["boats", "boats", 7, None],
                    "attachments": [
                        {"url": "/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12},
                        {"url": "/b.mp3", "size_in_bytes": "big"}, {"mime_type": "x"}, "no",
                    ],
                }
            ],
        }
    )  # fmt: skip
    entry = feed.entries[0]
    assert (feed.title, feed.link, feed.subtitle, feed.kind) == (
        "Ferry News",
        "https://example.org/",
        "Boats",
        "json11",
    )
    assert (feed.language, feed.generator) == ("en-GB", "Quay 2")
    assert [(link.rel, link.href) for link in feed.links] == [
        ("self", URL), ("next", "https://example.org/?page=2"), ("hub", "https://hub.example/"),
    ]  # fmt: skip
    assert (entry.id, entry.link, entry.title) == ("a-1", "https://example.org/a", "Tom & Co")
    assert (entry.content, entry.summary) == ("<p>Hi</p>", "<p>One</p><p>Two &lt;3</p>")
    assert (entry.published, entry.updated) == (1772452800, 1772539200)
    assert (entry.author, entry.tags, entry.language) == ("Ann, Bo", ("boats", "7"), "nb")
    assert entry.enclosures == (
        Enclosure("https://example.org/a.mp3", "audio/mpeg", 12), Enclosure("https://example.org/b.mp3"),
    )  # fmt: skip
    assert entry.links[0].href == "https://other.example/x"


def test_older_and_thinner() -> None:
    feed = read(
        {
            "version": "https://jsonfeed.org/version/1",
            "items": [
                {"id": 7, "content_text": "a\nb", "author": {"name": "Ann"}, "date_modified": "2026-03-02T12:00:00Z"},
                {"id": "https://example.org/only-id"},
                {"title": "no id", "attachments": {}, "tags": "x", "authors": []},
            ],
        }
    )
    first, second, third = feed.entries
    assert (feed.kind, feed.title, feed.link, feed.links) == ("json1", "", "", ())
    assert (first.id, first.content, first.author, first.published) == ("7", "<p>a<br>\nb</p>", "Ann", 1772452800)
    assert second.link == "https://example.org/only-id"
    assert (third.id, third.title, third.enclosures, third.tags) == ("", "no id", (), ())


def test_without_a_version_a_list_of_items_with_a_title_is_a_feed() -> None:
    assert len(read({"title": "x", "items": [{"id": "1"}, 5, {}, {"id": True}]}).entries) == 1
    assert "3 of 4 items" in read({"title": "x", "items": [{"id": "1"}, 5, {}, {"id": True}]}).warnings[0]


@pytest.mark.parametrize(
    "body",
    [
        b"{}", b"[]", b"[1,2]", b'{"items": []}', b'{"title": "x", "items": [1]}', b"{", b'{"a": NaN',
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}',
        b"[" * 100_000, b'{"a":' * 100_000, b'{"items": [{"id": 1}]}',
    ],
)  # fmt: skip
def test_json_that_is_no_feed(body: bytes) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(body, URL)
    assert "\n" not in str(caught.value)


def test_hostile_values() -> None:
    body = (
        '\ufeff{"version":"https:\\/\\/jsonfeed.org\\/version\\/1.1","title":"a\\ud800b\\u001b[2J","items":['
        '{"id":' + "9" * 4000 + ',"title":{"a":1},"content_html":"x\\ud800","size":NaN,"url":"javascript:alert(1)"},'
        '{"id":1e999,"url":"http://[bad","date_published":"9999-12-31T23:59:59-12:00","author":"\\udfff"},'
        '{"id":"\\ud800","url":[],"tags":{},"date_published":7}]}'
    )
    feed = parse_feed(body.encode(), URL)
    assert "\x1b" not in feed.title
    assert "\ud800" not in feed.title
    assert [entry.link for entry in feed.entries] == ["", "", ""]
    assert [entry.published for entry in feed.entries] == [None, None, None]
    assert feed.entries[0].id == "9" * 4000
    assert feed.entries[0].content == "x\ufffd"
    assert feed.entries[1].id == "inf"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["id", "url", "title", "content_html", "content_text", "summary", "author", "authors", "tags", "attachments",
     "date_published", "date_modified", "language", "external_url"]
)  # fmt: skip
TOP = st.sampled_from(
    ["title", "home_page_url", "feed_url", "hubs", "language", "generator", "description", "next_url"]
)


@given(st.dictionaries(TOP, VALUES), st.lists(st.dictionaries(KEYS, VALUES) | VALUES, max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_types(top: dict[str, Any], items: list[Any]) -> None:
    feed = read({**top, "version": VERSION, "items": items})
    assert len(feed.entries) <= len(items)
    assert json.dumps([entry.title for entry in feed.entries]).isascii()
    assert all(entry.link.startswith(("", "http")) for entry in feed.entries)


def test_items_that_name_nobody_are_by_the_feeds_authors() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "authors": [{"name": "Ann"}, {"name": "Bo"}],
        "items": [{"id": "1", "title": "a"}, {"id": "2", "title": "b", "author": {"name": "Cy"}}],
    }
    parsed = parse_feed(json.dumps(feed).encode())
    assert [entry.author for entry in parsed.entries] == ["Ann, Bo", "Cy"]
    assert parsed.author == "Ann, Bo"


def test_numbers_where_text_is_due_and_the_other_way_round() -> None:
    item = {"id": 7, "date_published": 1_704_067_200, "attachments": [{"url": "https://a.example/a.mp3", "size_in_bytes": 12.0}]}  # fmt: skip
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [item]}).encode()
    (story,) = parse_feed(body, "https://a.example/feed.json").entries
    assert (story.id, story.published, story.enclosures[0].length) == ("7", 1_704_067_200, 12)
