"""RSS, Atom, RDF and CDF: what of them reaches a parsed entry, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.feeds.parse import newest, parse_feed
from tui_news.feeds.repair import MOST_ENTRIES
from tui_news.models import Enclosure, FeedError, ParsedEntry, ParsedFeed
from tui_news.text.html import html_to_blocks
from tui_news.text.sanitize import is_safe

URL = "https://feeds.example/ferry.xml"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
    ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom" xmlns:talk="http://purl.org/syndication/thread/1.0"'
)


def rss(items: str, channel: str = "<title>Ferry News</title><link>https://example.org/blog/</link>") -> ParsedFeed:
    return parse_feed(f'<rss version="2.0" {SPACES}><channel>{channel}{items}</channel></rss>'.encode(), URL)


def item(inside: str) -> ParsedEntry:
    return rss(f"<item>{inside}</item>").entries[0]


def atom(inside: str, head: str = "", attributes: str = "") -> ParsedFeed:
    text = (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>A</title>{head}<entry>{inside}</entry></feed>'
    )
    return parse_feed(text.encode(), URL)


def test_rss_whole() -> None:
    feed = rss(
        """<item><title>Night ferry &amp;amp; day ferry</title><link>https://example.org/1</link>
        <guid isPermaLink="false">https://example.org/?p=102</guid><dc:creator>Ann</dc:creator><dc:creator>Bo</dc:creator>
        <pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate><category>Boats</category><category>Boats</category>
        <description>Short &lt;b&gt;one&lt;/b&gt;</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>
        <comments>https://example.org/1#comments</comments><wfw:commentRss>/1/feed/</wfw:commentRss>
        <slash:comments>12</slash:comments><enclosure url="/a.mp3" type="audio/mpeg" length="12"/>
        <media:content url="https://example.org/v.mp4" medium="video"/><media:content url="/i.jpg" type="image/jpeg"/>
        <media:content url="https://example.org/a.mp3" type="audio/mpeg"/></item>""",
        """<title>Ferry News</title><link>https://example.org/blog/</link><language>en-gb</language><ttl>30</ttl>
        <description>All &lt;i&gt;boats&lt;/i&gt;</description><generator>https://wordpress.org/?v=6.1</generator>
        <atom:link href="/feed/" rel="self" type="application/rss+xml"/><atom:link rel="hub" href="https://hub.example/"/>
        <atom:link rel="edit" href="/x"/>""",
    )
    entry = feed.entries[0]
    assert (feed.title, feed.link, feed.subtitle, feed.kind) == (
        "Ferry News",
        "https://example.org/blog/",
        "All boats",
        "rss20",
    )
    assert (feed.language, feed.ttl, feed.generator) == ("en-gb", 1800, "https://wordpress.org/?v=6.1")
    assert [(link.rel, link.href) for link in feed.links if link.rel != "alternate"] == [
        ("self", "https://feeds.example/feed/"), ("hub", "https://hub.example/"),
    ]  # fmt: skip
    assert (entry.id, entry.link) == ("https://example.org/?p=102", "https://example.org/1")
    assert (entry.title, entry.author, entry.tags) == ("Night ferry & day ferry", "Ann, Bo", ("Boats",))
    assert (entry.published, entry.updated) == (1772452800, None)
    assert (entry.summary, entry.content) == ("Short <b>one</b>", "<p>Long</p>")
    assert (entry.comments, entry.comment_count) == ("https://example.org/1#comments", 12)
    assert entry.comment_feed == "https://example.org/1/feed/"
    assert entry.enclosures == (
        Enclosure("https://example.org/a.mp3", "audio/mpeg", 12), Enclosure("https://example.org/v.mp4", "", None),
    )  # fmt: skip


def test_atom_whole() -> None:
    feed = atom(
        """<id>tag:x,2026:1</id><title type="html">A &lt;b&gt;big&lt;/b&gt; boat &amp;amp; more</title><link href="story"/>
        <link rel="replies" type="text/html" href="story#c" t:count="3"/>
        <link rel="replies" type="application/rss+xml" href="story/c.rss"/>
        <link rel="replies" type="application/atom+xml" href="story/c.atom" t:count="5"/>
        <author><name>Ann</name><email>ann@example.org</email></author><updated>2026-03-02T12:00:00Z</updated>
        <category term="b" label="Boats"/><summary>1 &lt; 2</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hi <em>you</em></p></div></content>""",
        '<link href="https://example.org/"/><generator uri="https://wordpress.org/" version="6.1">WordPress</generator>',
        'xml:lang="nb" xml:base="https://example.org/b/" xmlns:t="http://purl.org/syndication/thread/1.0"',
    )
    entry = feed.entries[0]
    assert (feed.kind, feed.language, feed.generator) == ("atom10", "nb", "WordPress 6.1 https://wordpress.org/")
    assert (entry.title, entry.link, entry.author) == ("A big boat & more", "https://example.org/b/story", "Ann")
    assert (entry.published, entry.updated) == (1772452800, 1772452800)
    assert (entry.comments, entry.comment_feed) == (
        "https://example.org/b/story#c",
        "https://example.org/b/story/c.atom",
    )
    assert (entry.comment_count, entry.tags, entry.language) == (3, ("Boats",), "nb")
    assert (entry.summary, entry.content) == ("<p>1 &lt; 2</p>", "<p>Hi <em>you</em></p>")


@pytest.mark.parametrize("prefix", ["thr", "thread", "ns1"])
def test_the_thread_extension_is_known_by_its_address_not_its_prefix(prefix: str) -> None:
    feed = atom(
        f"<id>1</id><{prefix}:total>42</{prefix}:total>",
        attributes=f'xmlns:{prefix}="http://purl.org/syndication/thread/1.0"',
    )
    assert feed.entries[0].comment_count == 42


def test_the_rss_replies_link_serves_where_there_is_no_atom_one() -> None:
    feed = atom(
        '<link rel="replies" type="application/rss+xml" href="https://x.example/c"/><link rel="replies" href="/p"/>'
    )
    assert feed.entries[0].comment_feed == "https://x.example/c"
    assert feed.entries[0].comments == "https://feeds.example/p"


@pytest.mark.parametrize("count", ["many", "-3", "1e9", "999999999999", ""])
def test_a_count_that_is_none(count: str) -> None:
    assert item(f"<title>x</title><slash:comments>{count}</slash:comments>").comment_count is None


@pytest.mark.parametrize(
    ("document", "kind", "link"),
    [
        ('<rss version="0.91"><channel><title>T</title><item><title>S</title><link>/s</link></item></channel></rss>', "rss091u", "https://feeds.example/s"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>T</title></channel><item rdf:about="/s"><title>S</title><link>/s</link><dc:date>2026-03-02</dc:date></item></rdf:RDF>', "rss10", "https://feeds.example/s"),
        ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>T</title></channel><item><title>S</title><link>/s</link></item></rdf:RDF>', "rss090", "https://feeds.example/s"),
        ('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>T</title><entry><title>S</title><link rel="alternate" type="text/html" href="/s"/></entry></feed>', "atom03", "https://feeds.example/s"),
        ('<CHANNEL><TITLE>T</TITLE><ITEM HREF="/s"><TITLE>S</TITLE></ITEM></CHANNEL>', "cdf", "https://feeds.example/s"),
    ],
)  # fmt: skip
def test_every_other_kind(document: str, kind: str, link: str) -> None:
    feed = parse_feed(document.encode(), URL)
    assert (feed.kind, feed.title) == (kind, "T")
    assert (feed.entries[0].title, feed.entries[0].link) == ("S", link)


def test_links_of_rss_follow_the_site_and_those_of_atom_the_document() -> None:
    assert item("<title>x</title><link>story/1</link>").link == "https://example.org/blog/story/1"
    assert (
        atom('<link href="story/1"/>', '<link href="https://example.org/"/>').entries[0].link
        == "https://feeds.example/story/1"
    )


def test_the_sites_link_when_it_is_not_html() -> None:
    feed = atom("<id>1</id>", '<link rel="alternate" type="application/json" href="/site"/>')
    assert feed.link == "https://feeds.example/site"
    assert atom("<id>1</id>").link == ""


def test_an_alternate_link_of_another_type_is_the_story() -> None:
    feed = atom('<link rel="related" href="/r"/><link rel="alternate" type="application/pdf" href="/s.pdf"/>')
    assert feed.entries[0].link == "https://feeds.example/s.pdf"


@pytest.mark.parametrize("order", [1, -1])
def test_the_story_is_the_alternate_link_wherever_it_stands(order: int) -> None:
    links = [
        '<link rel="enclosure">https://example.org/e.mp3</link>',
        '<link rel="alternate">https://example.org/s</link>',
    ]
    assert atom("".join(links[::order])).entries[0].link == "https://example.org/s"


def test_the_original_comes_before_feedburners_own_link() -> None:
    burner = 'xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"'
    text = (
        f"<item {burner}><link>https://proxy.example/~r/1</link><fb:origLink>https://example.org/s</fb:origLink></item>"
    )
    assert rss(text).entries[0].link == "https://example.org/s"


def test_a_video_feeds_description() -> None:
    feed = atom(
        """<id>yt:video:1</id><link rel="alternate" href="https://video.example/watch?v=1"/><m:group><m:title>Boat</m:title>
        <m:content url="https://video.example/v/1" type="application/x-shockwave-flash"/>
        <m:description>A boat\n\nand a ferry &lt;3</m:description></m:group>""",
        attributes='xmlns:m="http://search.yahoo.com/mrss/"',
    )
    assert "and a ferry" in feed.entries[0].summary


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "http://[bad", "data:text/html,x", "mailto:a@b.example"]
)
def test_links_that_must_not_be_followed(link: str) -> None:
    entry = item(f"<title>x</title><link>{link}</link><comments>{link}</comments><enclosure url='{link}'/>")
    assert (entry.link, entry.comments, entry.enclosures) == ("", "", ())


def test_only_the_edition_links_to_itself() -> None:
    text = (
        b"<rss><channel><link>builtin:edition/</link><item><link>builtin:edition/a.html</link></item></channel></rss>"
    )
    assert parse_feed(text, "builtin:edition/feed.xml").entries[0].link == "builtin:edition/a.html"
    assert parse_feed(text, URL).entries[0].link == ""


def test_guids_stay_as_written() -> None:
    assert item("<title>x</title><guid>  story 7 </guid>").id == "story 7"
    assert item("<title>x</title><guid>https://example.org/7</guid>").link == "https://example.org/7"
    assert item("<title>x</title>").id == ""


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("AT&amp;amp;T", "AT&T"),
        ("AT&amp;amp;amp;T", "AT&T"),
        ("Caf&amp;eacute;", "Café"),
        ("&lt;b&gt;Bold&lt;/b&gt; word", "Bold word"),
        ("One&lt;br/&gt;two&lt;i&gt;x&lt;/i&gt;", "One twox"),
        ("a &lt; b &gt; c", "a < b > c"),
        ("It&amp;#8217;s", "It’s"),
        ("two\n   lines", "two lines"),
        ("a&#27;[2Jb", "a\ufffd[2Jb"),
        ("&#xD800;", "\ufffd"),
        ("&lt;p&gt;a&lt;/p&gt;&lt;!-- b --&gt;&lt;p&gt;c&lt;/p&gt;", "a c"),
        ("<![CDATA[Tom & Jerry]]>", "Tom & Jerry"),
    ],
)
def test_titles(written: str, shown: str) -> None:
    assert item(f"<title>{written}</title>").title == shown


def test_a_plain_atom_title_keeps_its_tags() -> None:
    assert atom('<title type="text">The &lt;br&gt; tag</title>').entries[0].title == "The <br> tag"


def test_bodies_are_capped_and_not_cut_inside_a_tag() -> None:
    body = "x" * 1_048_570 + "&lt;b class='y'&gt;bold&lt;/b&gt;"
    assert item(f"<description>{body}</description>").summary == "x" * 1_048_570
    assert len(item(f"<description>{'y' * 1_100_000}</description>").summary) == 1_048_576
    assert len(item(f"<title>{'z' * 5_000_000}</title>").title) == 1000


def test_the_longest_readable_content_is_the_body() -> None:
    entry = atom(
        '<content type="text">a\n\nb</content><content type="image/png">iVBO</content>',
    ).entries[0]
    assert entry.content == "<p>a</p><p>b</p>"
    decoded = atom('<content type="application/octet-stream">PGI+SGk8L2I+</content>').entries[0]
    assert decoded.content == "<b>Hi</b>"
    assert atom('<content type="image/png">iVBO</content>').entries[0].content == ""


def test_each_author_keeps_their_own_name() -> None:
    """feedparser gives the one's mail address to the next, and cuts names by it: "Ann (ple"."""
    ann, bo = "<author><name>Ann</name><email>ann@a.example</email></author>", "<author><name>Bo</name></author>"
    cato = "<author><email>c@a.example</email><name><![CDATA[Cato]]></name></author>"
    odd = "<x:y xmlns:x='urn:x'/>"  # of a kind that only feedparser reads
    assert atom(f"<title>T</title>{ann}{bo}{cato}{odd}").entries[0].author == "Ann, Bo, Cato"
    assert (
        atom(f"<title>T</title>{ann}<author><name/><email>d@a.example</email></author>{odd}").entries[0].author[:3]
        == "Ann"
    )
    assert atom(f"<title>T</title><author><email>d@a.example</email></author>{odd}").entries[0].author == "d@a.example"


def test_content_of_a_type_that_is_none_is_read() -> None:
    assert (
        atom('<title>T</title><content type="hxml">&lt;p>Words&lt;/p></content>').entries[0].content == "<p>Words</p>"
    )


def test_a_line_of_markup_does_not_stand_for_a_plain_story() -> None:
    """feedparser calls a description after an XHTML body another content."""
    story = "The ferry is late again, and nobody knows why it is. " * 3
    body = '<body xmlns="http://www.w3.org/1999/xhtml"><p>In short</p></body>'
    assert item(f"<title>T</title>{body}<description>{story}</description>").content == f"<p>{story.strip()}</p>"
    told = atom(
        f'<title>T</title><content type="text">{story}</content><content type="html">&lt;b>{story}&lt;/b></content>'
    )
    assert told.entries[0].content.startswith("<b>")


def test_what_stands_before_the_root_is_not_cut_off_where_it_holds_stories() -> None:
    text = (
        '<item><title>T</title><link>https://e.example/1</link></item></channel></rss>junk<rss version="2.0"><channel>'
    )
    assert [entry.title for entry in parse_feed(text.encode(), URL).entries] == ["T"]


def test_an_address_stands_for_a_missing_name() -> None:
    assert item("<author>ann@example.org (Ann)</author>").author == "Ann"
    assert item("<author>ann@example.org</author>").author == "ann@example.org"
    assert item("<title>x</title>").author == ""


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>0</ttl>", None),
        ("<ttl>soon</ttl>", None),
        ("<ttl>9999999</ttl>", 30 * 86400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>", 1800),
        ("<sy:updatePeriod> Daily </sy:updatePeriod>", 86400),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 3600),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>100000</sy:updateFrequency>", 60),
        ("<sy:updatePeriod>often</sy:updatePeriod>", None),
    ],
)
def test_how_long_to_leave_it_alone(channel: str, seconds: int | None) -> None:
    assert rss("", channel).ttl == seconds


def test_lists_are_bounded() -> None:
    tags = "".join(f"<category>c{i}</category>" for i in range(80))
    media = "".join(f"<enclosure url='/{i}.mp3' length='x'/>" for i in range(80))
    entry = item(f"<title>x</title>{tags}{media}")
    assert (len(entry.tags), len(entry.enclosures)) == (50, 50)
    assert entry.enclosures[0].length is None


def test_dates_after_tomorrow_are_dropped_when_now_is_known() -> None:
    body = b"<rss><channel><item><pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate></item></channel></rss>"
    assert parse_feed(body, URL, now=1772452800 - 90000).entries[0].published is None
    assert parse_feed(body, URL).entries[0].published == 1772452800


def test_the_newest_entries_are_kept_in_their_order() -> None:
    dates = [5, None, 9, 7, None]
    entries = [ParsedEntry(str(i), "", "", published=date) for i, date in enumerate(dates)]
    assert [entry.id for entry in newest(entries, 3)] == ["0", "2", "3"]
    assert [entry.id for entry in newest(entries, 4)] == ["0", "1", "2", "3"]


def test_a_feed_of_too_many_entries() -> None:
    items = "".join(f"<item><guid>{i}</guid></item>" for i in range(2 * MOST_ENTRIES + 50))
    feed = rss(items)
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.entries[0].id == "0"
    assert f"holds {2 * MOST_ENTRIES + 50} entries" in feed.warnings[0]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        (b"\x00\x00\x00\x00", "empty"),
        (b"<!DOCTYPE html><html><head><title>x</title></head><body><item>y</item></body></html>", "web page"),
        (b"<opml version='2.0'><body/></opml>", "OPML"),
        (b"<sitemapindex><sitemap/></sitemapindex>", "another kind (sitemapindex)"),
        (b"/etc/passwd", "neither XML nor JSON"),
        (b"http://127.0.0.1:9/", "neither XML nor JSON"),
        (b"\x89PNG\r\n\x1a\n\x00", "neither"),
    ],
)
def test_what_is_no_feed(body: bytes, why: str) -> None:
    with pytest.raises(FeedError) as caught:
        parse_feed(body, URL)
    assert why in str(caught.value)


def test_broken_feeds_give_what_they_hold() -> None:
    cut = b"<rss version='2.0'><channel><title>T</title><item><title>One</title></item><item><title>Tw"
    feed = parse_feed(cut, URL)
    assert feed.entries[0].title == "One"
    assert "not well-formed" in feed.warnings[0]
    undeclared = rss("<item><title>a&nbsp;b</title><zzz:x>1</zzz:x><link>https://example.org/?a=1&b=2</link></item>")
    assert undeclared.entries[0].link == "https://example.org/?a=1&b=2"
    assert rss("<item><title>a\x0bb</title></item>").entries[0].title == "a\ufffdb"


def test_entities_of_the_document_open_no_files() -> None:
    body = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>a&x;b</title></channel></rss>'
    assert "root:" not in parse_feed(body, URL).title


def test_whatever_feedparser_raises_is_a_broken_feed(monkeypatch: pytest.MonkeyPatch) -> None:
    import feedparser

    def fail(*args: object, **kwargs: object) -> None:
        raise OverflowError("deep\nin there")

    monkeypatch.setattr(feedparser, "parse", fail)
    with pytest.raises(FeedError, match="OverflowError: deep in there"):
        parse_feed(b"<!DOCTYPE rss><rss><channel><title>a</title></channel></rss>", URL)


def test_the_servers_language_counts() -> None:
    feed = parse_feed(b"<rss><channel><item/></channel></rss>", URL, {"content-language": "nn"})
    assert feed.language == "nn"


PIECES = st.sampled_from(
    ["<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<link>", "<feed xmlns='http://www.w3.org/2005/Atom'>",
     "<entry>", "<content type='xhtml'>", "<![CDATA[", "]]>", "<!--", "&#x1b;", "&amp;#27;", "&lt;b&gt;", "\x9b2J", "<guid>",
     "<pubDate>", "<category>", "<source>", "<image>", "<author>", "<name>", "\u202e", "http://[", "<enclosure url='x'/>"]
)  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_any_soup_of_tags(soup: str) -> None:
    try:
        feed = parse_feed(("<rss><channel>" + soup).encode("utf-8", "replace"), URL)
    except FeedError:
        return
    assert is_safe(feed.title + feed.link + feed.generator + feed.subtitle)
    for entry in feed.entries:
        assert is_safe(entry.title + entry.author + entry.link + "".join(entry.tags))
        assert "\n" not in entry.title + entry.author


def test_a_body_keeps_the_base_that_its_element_gives() -> None:
    inside = '<content type="html" xml:base="/other/place/">&lt;a href="x.html"&gt;x&lt;/a&gt;</content>'
    entry = atom(inside, head='<link href="https://example.org/blog/"/>').entries[0]
    (block,) = html_to_blocks(entry.content, "https://example.org/blog/story")
    assert [span.href for span in block.spans] == ["https://feeds.example/other/place/x.html"]


def test_a_body_without_relative_links_stays_as_it_came() -> None:
    inside = '<content type="html" xml:base="/other/">&lt;a href="https://a.example/"&gt;x&lt;/a&gt;</content>'
    assert atom(inside).entries[0].content == '<a href="https://a.example/">x</a>'


def test_an_atom_entry_without_an_author_has_the_feeds() -> None:
    head = (
        "<id>tag:a</id><author><name>Ann</name></author><category term='sea'/><updated>2026-03-02T12:00:00Z</updated>"
    )
    feed = atom("<title>t</title><id>1</id>", head=head)
    assert (feed.id, feed.author, feed.tags, feed.entries[0].author) == ("tag:a", "Ann", ("sea",), "Ann")
    assert feed.updated == 1772452800
    assert rss("<item><title>t</title></item>", "<managingEditor>Ed</managingEditor>").entries[0].author == ""


def test_an_episode_may_have_no_more_than_a_subtitle() -> None:
    spaces = 'xmlns:itunes="http://www.itunes.com/DTDs/Podcast-1.0.dtd"'
    text = f"""<rss version="2.0" {spaces}><channel><itunes:summary>All of it</itunes:summary>
    <item><guid>1</guid><itunes:subtitle>Who was there</itunes:subtitle></item></channel></rss>"""
    feed = parse_feed(text.encode(), URL)
    assert (feed.subtitle, feed.entries[0].summary) == ("All of it", "Who was there")


@pytest.mark.parametrize(
    ("head", "kind", "word"),
    [("", "text/plain; charset=utf-8", "plain text"), ('<?xml version="1.0" encoding="utf-nine"?>', "", "encoding")],
)
def test_false_claims_are_noted_and_the_feed_is_read(head: str, kind: str, word: str) -> None:
    text = head + '<rss version="2.0"><channel><title>T</title><item><title>a</title></item></channel></rss>'
    feed = parse_feed(text.encode(), URL, {"content-type": kind})
    assert [entry.title for entry in feed.entries] == ["a"]
    assert any(word in warning for warning in feed.warnings)


@pytest.mark.parametrize(
    ("title", "line"),
    [("safe&lt;!-- more", "safe"), ("a&lt;!-- x --&gt;b", "ab"), ("sa&lt;!-- -- not white &gt;fe", "safe")],
)
def test_comments_in_titles_are_no_words(title: str, line: str) -> None:
    assert atom(f'<title type="html">{title}</title>').entries[0].title == line


def _atom(inner: str, attributes: str = "") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {attributes}><title>T</title>{inner}</feed>'.encode()


def test_relative_bases_add_up_and_leave_ids_alone() -> None:
    entry = '<entry xml:base="b/"><title>t</title><id>1</id><link href="c"/><content type="html" xml:base="d/">'
    body = _atom(entry + '&lt;a href="e">x&lt;/a></content></entry>', 'xml:base="/root/"')
    (story,) = parse_feed(body, "https://site.example/feeds/atom.xml").entries
    assert (story.link, story.id) == ("https://site.example/root/b/c", "/root/1")
    (block,) = html_to_blocks(story.content, story.link)
    assert [span.href for span in block.spans] == ["https://site.example/root/b/d/e"]


@pytest.mark.parametrize(("guid", "link"), [("42", ""), ("https://a.example/42", "https://a.example/42"), ("/p/42", "https://site.example/p/42")])  # fmt: skip
def test_an_id_is_a_page_only_where_it_is_an_address(guid: str, link: str) -> None:
    (story,) = parse_feed(_atom(f"<entry><title>t</title><id>{guid}</id></entry>"), "https://site.example/f").entries
    assert story.link == link


def test_a_planets_entry_has_the_author_of_where_it_came_from() -> None:
    entry = (
        "<entry><title>t</title><id>1</id><source><title>S</title><author><name>Ann</name></author></source></entry>"
    )
    assert parse_feed(_atom(entry)).entries[0].author == "Ann"
