"""The gate before a parse: churn does not open it, news does."""

from __future__ import annotations

import pytest

from tui_news.feeds.fingerprint import fingerprint

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Quay</title><link>https://quay.example/</link>
<lastBuildDate>Thu, 01 Oct 2026 00:00:00 GMT</lastBuildDate><ttl>60</ttl>
<item><title>Fog</title><pubDate>Thu, 01 Oct 2026 00:00:00 GMT</pubDate><description>Grey &lt;p&gt;</description></item>
<item><title>Sun</title><description><![CDATA[<!-- kept --> Yellow]]></description></item>
</channel></rss><!-- made in 0.12 s -->"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><updated>2026-10-01T00:00:00Z</updated>
<entry><title>Fog</title><id>1</id><updated>2026-10-01T00:00:00Z</updated></entry></feed>"""


@pytest.mark.parametrize(
    ("document", "old", "new"),
    [
        (RSS, "<lastBuildDate>Thu, 01 Oct 2026 00:00:00 GMT", "<lastBuildDate>Fri, 02 Oct 2026 09:30:00 GMT"),
        (RSS, "0.12 s", "0.57 s"),
        (ATOM, "<updated>2026-10-01T00:00:00Z</updated>\n", "<updated>2026-10-02T07:00:00Z</updated>\n"),
    ],
)
def test_churn_is_no_news(document: str, old: str, new: str) -> None:
    assert old in document
    assert fingerprint(document.replace(old, new).encode()) == fingerprint(document.encode())


@pytest.mark.parametrize(
    ("document", "old", "new"),
    [
        (RSS, "<title>Quay", "<title>Harbour"),
        (RSS, "<ttl>60", "<ttl>90"),
        (RSS, "https://quay.example/", "https://harbour.example/"),
        (RSS, "<pubDate>Thu", "<pubDate>Fri"),  # a story's own date
        (RSS, "<!-- kept -->", "<!-- other -->"),  # in a story every byte counts
        (RSS, "Yellow", "Golden"),
        (ATOM, "<id>1</id><updated>2026-10-01", "<id>1</id><updated>2026-10-02"),
    ],
)
def test_anything_of_a_story_or_about_the_feed_is(document: str, old: str, new: str) -> None:
    assert document.count(old) == 1
    assert fingerprint(document.replace(old, new).encode()) != fingerprint(document.encode())


@pytest.mark.parametrize("body", [b"", b"{}", RSS.encode("utf-16"), b"<!-- 1 --><rss></rss>"])
def test_of_what_is_no_plain_xml_every_byte_counts(body: bytes) -> None:
    assert fingerprint(body) != fingerprint(body + b"<!-- 2 -->")
