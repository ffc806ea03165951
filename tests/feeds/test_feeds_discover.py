"""From an address to a feed: what is one, which of a page's is the site's, what a person may paste."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.feeds.discover import clean_address, find_feeds, guesses, is_feed

PAGE = "https://example.org/blog/"


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("<rss version='2.0'><channel/></rss>", "text/html"),
        ("\n\n<?xml version='1.0'?>\n<!-- made by hand --><feed><title>x</title></feed>", "application/octet-stream"),
        ("<rdf:RDF xmlns:rdf='x'></rdf:RDF>", ""),
        ("<CHANNEL><TITLE>x</TITLE></CHANNEL>", ""),
        ("<!DOCTYPE rss [" + "<!ATTLIST a b CDATA 'c'>" * 20_000 + "]><rss/>", ""),
        ('{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": [', "text/plain"),
        ('{"title": "x", "items": [{"id": "1"}]}', "application/json"),
        ("<b>Notice</b>: x in y.php\n<?xml version='1.0'?><rss/>", "text/html"),
    ],
)
def test_a_feed_by_what_it_is(body: str, content_type: str) -> None:
    assert is_feed(body.encode(), content_type)
    if "[" not in body:
        assert is_feed(body.encode("utf-16"), content_type)


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><html><body>RSS</body></html>", "<feed><animal/></feed>", "<opml/>", "", "hello", "{}", "[1]", "{",
        '{"items": {"title": {"home_page_url": 1}}}', "<html><rss></rss></html>", "<svg/>",
    ],
)  # fmt: skip
def test_no_feed_by_what_it_is(body: str) -> None:
    assert not is_feed(body.encode(), "application/rss+xml")


def hrefs(page: str, url: str = PAGE) -> list[str]:
    return [link.href for link in find_feeds(page.encode(), url)]


def test_the_sites_feed_comes_before_its_comments() -> None:
    page = """<html><head>
    <link rel="alternate" type="application/rss+xml" title="Site » Comments Feed" href="/comments/feed/">
    <link rel="alternate" type="application/rss+xml" title="Site » Kommentar-Feed" href="/x/feed/">
    <link rel="ALTERNATE" type="application/atom+xml; charset=utf-8" title="Boats" href="/category/boats/feed/">
    <link rel="alternate" type="application/rss+xml" title="Site » Feed" href="/feed/">
    <link rel="alternate" type="application/feed+json" href="/feed.json">
    </head><body><a href="/rss">RSS</a><a href="/about">About</a></body></html>"""
    assert hrefs(page) == [
        "https://example.org/feed/", "https://example.org/feed.json", "https://example.org/category/boats/feed/",
        "https://example.org/rss", "https://example.org/comments/feed/", "https://example.org/x/feed/",
    ]  # fmt: skip


def test_a_page_of_a_part_of_the_site_wants_its_own_feed_no_less() -> None:
    page = """<link rel=alternate type=application/rss+xml href="/category/boats/feed/">
    <link rel=alternate type=application/rss+xml href="/feed/">"""
    assert hrefs(page, "https://example.org/category/boats/")[0] == "https://example.org/category/boats/feed/"
    assert hrefs(page)[0] == "https://example.org/feed/"


def test_other_ways_to_name_a_feed() -> None:
    page = """<head><base href="https://cdn.example/b/"><link rel="feed" href="a.xml">
    <link rel="alternate" type="application/json" title="JSON Feed" href="j">
    <link rel="alternate" type="application/json" title="Post 102" href="/wp-json/wp/v2/posts/102">
    <link rel="alternate" type="application/json+oembed" href="/oembed/feed"><link rel="alternate" hreflang="de" href="/de/">
    <link rel="alternate stylesheet" type="text/xml" href="/feed.css"><link rel="alternate" type="text/xml" href="rss.xml">
    <link rel="alternate" type="application/rss+xml" href=""><link rel="alternate" type="application/rss+xml" href="javascript:x">
    </head><a href="feed:https://f.example/feed">x</a><a href="/?feed=rss2">y</a><a type="application/atom+xml" href="/q">z</a>
    <a href="/feedback">no</a><a href="/news/feed.html">no</a><a>none</a><a href="https://example.org/blog/">self</a>"""
    assert hrefs(page) == [
        "https://cdn.example/b/a.xml", "https://cdn.example/b/j", "https://cdn.example/b/rss.xml",
        "https://f.example/feed", "https://cdn.example/?feed=rss2", "https://cdn.example/q",
    ]  # fmt: skip


def test_a_base_that_is_none() -> None:
    assert hrefs('<base target="_top"><base href="x"><a href="rss.xml">RSS</a>') == ["https://example.org/blog/rss.xml"]


@pytest.mark.parametrize("page", ["", " ", "\x00", "<", "<!-- -->", "plain words", "<a href='http://[x'>feed</a>"])
def test_pages_without(page: str) -> None:
    assert hrefs(page) == []


def test_no_more_than_a_screenful() -> None:
    assert len(hrefs("".join(f'<a href="/{i}/feed/">x</a>' for i in range(100)))) == 20


@given(
    st.lists(
        st.sampled_from(
            [
                "<a href='/feed'>",
                "<link rel=alternate ",
                "type=application/rss+xml",
                ">",
                "<base href=",
                "'",
                "</a>",
                "\x00",
                "<svg>",
            ]
        )
        | st.text(max_size=4),
        max_size=20,
    ).map("".join)
)
@settings(max_examples=80, deadline=None)
def test_any_page(page: str) -> None:
    for link in find_feeds(page.encode("utf-8", "replace"), PAGE):
        assert link.href.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("page", "first"),
    [
        ("https://example.org", "https://example.org/feed/"),
        ("https://example.org/blog", "https://example.org/blog/feed/"),
        ("https://example.org/a.html", "https://example.org/feed/"),
        ("https://www.youtube.com/channel/UCabc/videos", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabc"),
        ("https://www.youtube.com/playlist?list=PL1", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL1"),
        ("https://old.reddit.com/r/norway/", "https://www.reddit.com/r/norway/.rss"),
        ("https://github.com/ann/boats/tree/main", "https://github.com/ann/boats/releases.atom"),
        ("https://medium.com/@ann", "https://medium.com/feed/@ann"),
        ("https://social.example/@ann", "https://social.example/@ann.rss"),
        ("https://github.com/ann", "https://github.com/ann/feed/"),
        ("https://youtube.com/watch?v=1", "https://youtube.com/watch/feed/"),
    ],
)
def test_guesses(page: str, first: str) -> None:
    found = guesses(page)
    assert found[0] == first
    assert len(found) == len(set(found))


@pytest.mark.parametrize("page", ["http://h.example//[", "http://h.example//evil.example/", "https://h.example/a//b"])
def test_guesses_stay_on_the_site(page: str) -> None:
    assert {urlsplit(guess).netloc for guess in guesses(page)} == {"h.example"}


def test_no_guesses_for_what_is_no_site() -> None:
    assert guesses("builtin:edition/") == guesses("mailto:a@b.example") == []
    assert "https://example.org/feed.json" in guesses("https://example.org/x/y")


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("example.org", "https://example.org/"),
        ("  https://example.org/feed \n", "https://example.org/feed"),
        ("<https://example.org/feed>", "https://example.org/feed"),
        ("feed://example.org/rss", "https://example.org/rss"),
        ("feed:https://example.org/rss", "https://example.org/rss"),
        ("feed:http://example.org/rss", "http://example.org/rss"),
        ("FEED:example.org", "https://example.org/"),
        ("//example.org/rss", "https://example.org/rss"),
        ("HTTP://Example.org/a b", "http://example.org/a%20b"),
        ("blåbær.example/rss", "https://xn--blbr-roah.example/rss"),
        ("example.org:8080/rss", "http://example.org:8080/rss"),
        ("https://example.org/rss#latest", "https://example.org/rss"),
        ("localhost:8000", "http://localhost:8000/"),
        ("127.0.0.1/feed", "http://127.0.0.1/feed"),
        ("[::1]:80/feed", "http://[::1]:80/feed"),
        ("builtin:edition/feed.xml", "builtin:edition/feed.xml"),
    ],
)
def test_what_a_person_pastes(pasted: str, address: str) -> None:
    assert clean_address(pasted) == address


@pytest.mark.parametrize(
    "pasted",
    [
        "", "feed", "/etc/passwd", "./feed.xml", "~/feed", "C:\\feeds", "exec:ls", "exec:ls.example/x", "|ls", "--help", "-",
        "javascript:alert(1)", "file:///etc/passwd", "filter:cat:https://x.example", "ann@example.org", "mailto:a@b.example",
        "ftp://x.example", "https://", "http:///x", "https://[x", "builtin:../secret", "builtin:edition/../x", "two words",
        "data:text/xml,<rss/>", "example..org", "$(ls).example", "`ls`.example", "feed:", "htp://x.example", "https:x",
    ],
)  # fmt: skip
def test_what_is_no_address(pasted: str) -> None:
    assert clean_address(pasted) is None


@given(st.text(max_size=60))
def test_any_pasted_text(text: str) -> None:
    found = clean_address(text)
    assert found is None or (
        found.isascii() and found.isprintable() and found.startswith(("http://", "https://", "builtin:"))
    )
    if found:
        assert clean_address(found) == found
