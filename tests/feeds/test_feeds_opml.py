"""Subscription lists: everyone's dialect in, a valid list out, nothing but web addresses."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.feeds.opml import read_opml, read_opml_report, write_opml
from tui_news.feeds.starter import STARTER
from tui_news.models import FeedError, Subscription


def opml(body: str, head: str = "<head><title>x</title></head>") -> bytes:
    return f'<?xml version="1.0"?><opml version="2.0">{head}<body>{body}</body></opml>'.encode()


def test_folders_names_and_sites() -> None:
    found = read_opml(
        opml(
            """<outline text="News"><outline title="Norway &amp; fjords">
            <outline type="rss" text="short" title="NRK" xmlUrl="https://nrk.example/rss" htmlUrl="https://nrk.example/"/>
            </outline><outline text="BBC" xmlUrl="https://bbc.example/rss"></outline></outline>
            <outline XMLURL='http://c.example/?a=1&amp;b=2'/>
            <outline text="a/b"><outline xmlUrl="https://d.example/rss" category="/beside"/></outline>
            <outline text="E" xmlUrl="https://e.example/rss" category="/Tech/Linux,/Other"/>"""
        )
    )
    assert found == [
        Subscription("https://nrk.example/rss", "NRK", "https://nrk.example/", "News/Norway & fjords"),
        Subscription("https://bbc.example/rss", "BBC", "", "News"),
        Subscription("http://c.example/?a=1&b=2"),
        Subscription("https://d.example/rss", folder="a∕b", tags=("beside",)),
        Subscription("https://e.example/rss", "E", "", "Tech/Linux", ("Other",)),
    ]


def test_a_feed_that_holds_outlines_is_no_folder() -> None:
    found = read_opml(
        opml("<outline text='A' xmlUrl='https://a.example'><outline xmlUrl='https://b.example'/></outline>")
    )
    assert [(one.url, one.folder) for one in found] == [("https://a.example/", ""), ("https://b.example/", "")]


@pytest.mark.parametrize(
    "address",
    ["exec:touch /tmp/x", "|touch /tmp/x", "filter:x:https://a.example", "file:///etc/passwd", "/etc/passwd", "--help",
     "javascript:alert(1)", "example.org", "query:x", "http:///x", "ftp://a.example/x"],
)  # fmt: skip
def test_only_web_addresses(address: str) -> None:
    found, skipped = read_opml_report(opml(f'<outline xmlUrl="{address}"/><outline xmlUrl="https://ok.example"/>'))
    assert [one.url for one in found] == ["https://ok.example/"]
    assert len(skipped) == 1
    assert "only web addresses" in skipped[0]


def test_each_feed_once() -> None:
    found, skipped = read_opml_report(
        opml(
            "<outline xmlUrl='https://A.example/x'/><outline xmlUrl='feed://a.example/x'/><outline xmlUrl='http://a.example/x'/>"
        )
    )
    assert [one.url for one in found] == ["https://a.example/x"]
    assert len(skipped) == 2
    assert "more than once" in skipped[0]


def test_other_dialects() -> None:
    found = read_opml(
        opml(
            """<!-- <outline xmlUrl="https://commented.example"/> --><outline type="rss" url="https://old.example/rss"/>
            <outline type="link" url="https://page.example/"/><outline text="https://t.example/" xmlUrl="https://t.example/"/>
            <outline text="raw &amp;amp; ok" xmlUrl="https://r.example/?a=1&copy=2&amp;c=3"/><outline/>
            <outline text="a > b" x:xmlUrl="builtin:edition/feed.xml"/></outline></outline>"""
        )
    )
    assert [(one.url, one.title) for one in found] == [
        ("https://old.example/rss", ""), ("https://t.example/", ""), ("https://r.example/?a=1&copy=2&c=3", "raw & ok"),
        ("builtin:edition/feed.xml", "a > b"),
    ]  # fmt: skip


def test_encodings_and_damage() -> None:
    text = '<?xml version="1.0" encoding="{}"?><opml><body><outline text="Blåbær" xmlUrl="https://b.example"/>'
    for encoding in ("utf-8", "iso-8859-1", "utf-16"):
        assert read_opml(text.format(encoding).encode(encoding))[0].title == "Blåbær"
    torn = opml("<outline xmlUrl='https://a.example'/><!-- never closed <outline xmlUrl='https://b.example'/>")
    assert len(read_opml(torn)) == 2
    cut = read_opml_report(b"<opml><body><outline xmlUrl='https://a.example'/><outline xmlUrl='https://b")
    assert (len(cut[0]), cut[1]) == (1, ["the file ends in the middle of the list: what stands before was taken"])
    assert read_opml(b"<opml><body><outline text='a&#x1b;[2J' xmlUrl='https://a.example'/>")[0].title == "a\ufffd[2J"
    assert len(read_opml(b"<opml><outline text='never<outline xmlUrl='https://a.example'/>")) == 1


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no OPML"),
        (b"https://a.example\nhttps://b.example\n", "no OPML"),
        (b"<html><body/></html>", "no OPML"),
        (b"\x00\x01\x02", "no OPML"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml/>', "entities"),
    ],
)
def test_what_is_no_list(data: bytes, why: str) -> None:
    with pytest.raises(FeedError, match=why):
        read_opml(data)


def test_an_empty_list_is_a_list() -> None:
    assert read_opml_report(opml("")) == ([], [])


def test_deep_and_long_lists() -> None:
    depth = 20_000
    deep = read_opml(
        opml("<outline text='d'>" * depth + "<outline xmlUrl='https://a.example'/>" + "</outline>" * depth)
    )
    assert deep[0].folder == "/".join(["d"] * 20)


def test_a_list_longer_than_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_news.feeds.opml._MOST", 10)
    found, skipped = read_opml_report(opml("".join(f"<outline xmlUrl='https://a.example/{i}'/>" for i in range(12))))
    assert len(found) == 10
    assert [reason.partition(": ")[2] for reason in skipped] == ["the list is longer than 10 feeds"] * 2


def test_a_million_open_quotes_take_no_time() -> None:
    assert read_opml(b"<opml>" + b'<outline "' * 200_000) == []


def test_written_lists_nest_folders_once() -> None:
    feeds = [
        Subscription("https://a.example/", 'A & "B" <c>', "https://a.example/site", "News/Norway"),
        Subscription("https://b.example/", "B", folder="News"),
        Subscription("https://c.example/", folder="News/Norway"),
        Subscription("https://d.example/", "D\x1b\n", folder=""),
    ]
    text = write_opml(feeds, "My <list>", now=1772452800)
    root = ElementTree.fromstring(text)
    assert root.findtext("head/title") == "My <list>"
    assert root.findtext("head/dateCreated") == "Mon, 02 Mar 2026 12:00:00 +0000"
    assert [one.get("text") for one in root.findall("body/outline")] == ["D\ufffd\n", "News"]
    assert [one.get("text") for one in root.findall("body/outline[2]/outline")] == ["B", "Norway"]
    assert "dateCreated" not in write_opml([])


PATHS = st.lists(
    st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="/"), min_size=1, max_size=5), max_size=3
)


@given(
    st.lists(
        st.tuples(st.integers(0, 10**6), st.text(max_size=12), PATHS.map("/".join)),
        max_size=8,
        unique_by=lambda x: x[0],
    )
)
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_valid_and_read_again(rows: list[tuple[int, str, str]]) -> None:
    feeds = [Subscription(f"https://a.example/{i}?x=1&y=2", title, "", folder) for i, title, folder in rows]
    text = write_opml(feeds)
    ElementTree.fromstring(text)
    again = read_opml(text.encode())
    assert {one.url for one in again} == {one.url for one in feeds}
    assert write_opml(read_opml(write_opml(again).encode())) == write_opml(again)


@given(
    st.lists(
        st.sampled_from(
            ["<outline ", "xmlUrl=", "'https://a.example'", '"', "'", ">", "/>", "</outline>", "<!--", "&#0;"]
        )
        | st.text(max_size=4),
        max_size=30,
    ).map("".join)
)
@settings(max_examples=80)
def test_any_soup(soup: str) -> None:
    for one in read_opml(b"<opml>" + soup.encode("utf-8", "replace").replace(b"<!ENTITY", b"")):
        assert one.url.startswith(("http://", "https://"))


def test_the_starter_list() -> None:
    assert len(STARTER) >= 20
    assert len({one.url for one in STARTER}) == len(STARTER)
    assert all(
        one.title and one.folder and one.url.startswith("https://") and one.site.startswith("https://")
        for one in STARTER
    )
    assert {one.url for one in read_opml(write_opml(STARTER).encode())} == {one.url for one in STARTER}
