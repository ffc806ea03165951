"""The quick reading of common feeds: what it takes, feedparser would have found; what it should not take, it leaves."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_news.feeds import quick, quick_texts, rss_atom

RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:wfw="http://wellformedweb.org/CommentAPI/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:x="urn:ours"><channel>
<title>The Quay &amp; Harbour</title><link>https://quay.example/</link><description>News of the quay</description>
<language>en-gb</language><generator>https://press.example/?v=2</generator><ttl>60</ttl>
<atom:link href="https://quay.example/feed" rel="self" type="application/rss+xml"/>
<image><url>https://quay.example/i.png</url><title>Not the feed</title><link>https://no.example/</link></image>
<item><title><![CDATA[The council&#8217;s ferry]]></title><link>https://quay.example/ferry</link>
<guid isPermaLink="false">https://quay.example/?p=7</guid><pubDate>Fri, 02 Oct 2026 08:30:00 +0200</pubDate>
<dc:creator>Ingrid Solheim</dc:creator><category domain="places">Quay</category><category>Ferries</category>
<description>Short.</description><content:encoded><![CDATA[<p>Long &amp; whole.</p>]]></content:encoded>
<comments>https://quay.example/ferry#c</comments><slash:comments>14</slash:comments>
<wfw:commentRSS>https://quay.example/ferry/feed</wfw:commentRSS><x:mood>calm</x:mood>
<enclosure url="https://quay.example/a.mp3" type="AUDIO/mpeg" length="12"/><media:thumbnail url="https://quay.example/t"/>
</item>
<item><guid>https://quay.example/storm</guid><title>Storm</title><author>The desk</author></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0" xml:lang="nb">
<title type="html">Kai &amp;amp; havn</title><subtitle>Nytt</subtitle><id>urn:feed</id><updated>2026-10-02T08:00:00Z</updated>
<link href="https://kai.example/"/><link rel="self" href="https://kai.example/feed"/><generator version="2">Press</generator>
<author><name>Redaksjonen</name></author>
<entry><id>urn:1</id><title>Ferja går</title><updated>2026-10-02T08:00:00+02:00</updated>
<published>2026-10-01T08:00:00Z</published><link href="https://kai.example/1"/>
<link rel="replies" type="application/atom+xml" href="https://kai.example/1/c" t:count="3"/><t:total>4</t:total>
<author><name>Ola</name><email>ola@kai.example</email></author><author><name>Kari</name></author>
<category term="kai" label="Kaia"/><content type="html">&lt;p&gt;Hele&lt;/p&gt;</content><summary>Kort</summary></entry>
<entry><id>https://kai.example/2</id><title>Uten lenke</title><updated>2026-10-02T08:00:00Z</updated>
<content>ren tekst</content></entry></feed>"""


def judged(text: str):
    """As feedparser's reading comes out."""
    taken, quick.read = quick.read, lambda text: None
    try:
        return rss_atom.parse_xml_feed(text, "https://asked.example/feed", {})
    finally:
        quick.read = taken


@pytest.mark.parametrize("text", [RSS, ATOM])
def test_a_common_feed_reads_as_feedparser_reads_it(text):
    assert quick.read(text) is not None
    assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}) == judged(text)


def test_what_it_reads_is_there():
    feed = rss_atom.parse_xml_feed(RSS, "https://asked.example/feed", {})
    first, second = feed.entries
    assert (feed.title, feed.link, feed.language, feed.ttl) == (
        "The Quay & Harbour", "https://quay.example/", "en-gb", 3600,
    )  # fmt: skip
    assert (first.title, first.author, first.comment_count) == ("The council’s ferry", "Ingrid Solheim", 14)
    assert (first.content, first.summary) == ("<p>Long &amp; whole.</p>", "Short.")
    assert first.comment_feed == "https://quay.example/ferry/feed"
    assert first.enclosures[0].type == "audio/mpeg"
    assert second.link == "https://quay.example/storm"


@pytest.mark.parametrize("before", ["</image>", "</language>", "<title>The Quay &amp; Harbour</title>"])
def test_what_jetpack_says_of_its_site_is_read_over(before):
    text = RSS.replace(before, f'{before}<site xmlns="com-wordpress:feed-additions:1">12345</site>')
    text = text.replace("</item>", '<post-id xmlns="com-wordpress:feed-additions:1">7</post-id></item>')
    assert quick.read(text) is not None
    assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}) == judged(text)


def test_a_picture_of_an_author_is_read_over():
    picture = '<g:image rel="urn:thumbnail" width="32" src="https://kai.example/ola.png"/>'
    text = ATOM.replace("<name>Ola</name>", f"{picture}<name>Ola</name>").replace(
        "<name>Kari</name>", f"<name>Kari</name> {picture}"
    )
    text = text.replace('xml:lang="nb"', 'xmlns:g="http://schemas.google.com/g/2005" xml:lang="nb"')
    assert quick.read(text) is not None
    assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}) == judged(text)


def test_a_count_of_comments_counts_in_any_feed():
    text = ATOM.replace("<t:total>4</t:total>", "").replace('t:count="3"', "")
    text = text.replace('xml:lang="nb"', 'xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xml:lang="nb"')
    text = text.replace("<summary>", "<slash:comments>6</slash:comments><summary>")
    assert quick.read(text) is not None
    assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}).entries[0].comment_count == 6
    assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}) == judged(text)


def with_item(item: str) -> str:
    return RSS.replace("<item>", f"<item>{item}", 1)


ODD = {
    "an element of another space in the head": RSS.replace("<ttl>60</ttl>", '<author xmlns="urn:ours">Odd</author>'),
    "one like Jetpack's that holds another": RSS.replace(
        "<ttl>60</ttl>", '<site xmlns="com-wordpress:feed-additions:1"><title>Odd</title></site>'
    ),
    "one like Jetpack's in an item": with_item('<site xmlns="com-wordpress:feed-additions:1">1</site>'),
    "a document type": "<!DOCTYPE rss>" + RSS,
    "a part missing": RSS[:-9],
    "an entity of its own": with_item("<x:y>&nbsp;</x:y>"),
    "markup inside a text": with_item("<author>a<b>c</b></author>"),
    "a title twice": with_item("<title>Another</title>"),
    "a title with tags": RSS.replace("Storm", "&lt;b&gt;Storm&lt;/b&gt;"),
    "an address as author": RSS.replace("The desk", "desk@quay.example (The desk)"),
    "a date of its own kind": RSS.replace("Fri, 02 Oct 2026 08:30:00 +0200", "2026. október 2."),
    "a title of Media RSS": with_item("<media:title>Other</media:title>"),
    "an element nobody knows": with_item("<fulltext>a</fulltext>"),
    "an undeclared prefix": with_item("<y:z>a</y:z>"),
    "a prefix declared on the way": with_item('<y:z xmlns:y="urn:y">a</y:z>'),
    "a language on the way": with_item('<x:y xml:lang="fr">a</x:y>'),
    "a base": RSS.replace("<channel>", '<channel xml:base="https://b.example/">'),
    "what was encoded twice": RSS.replace("The desk", "Bjørn".encode().decode("latin-1")),
    "Windows' quotes": RSS.replace("The desk", "\x93desk\x94"),
    "XHTML": ATOM.replace("<content>ren tekst</content>", '<content type="xhtml"><div>a</div></content>'),
    "content elsewhere": ATOM.replace("<content>ren", '<content src="https://kai.example/x">ren'),
    "RDF": '<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>',
    "another root": "<opml/>",
    "another Atom": ATOM.replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#"),
    "an attribute's undeclared prefix": RSS.replace("<image>", '<image rdf:about="x">'),
    "a language without its prefix": RSS.replace("<image>", '<image lang="nb">'),
    "a prefix that feedparser knows": RSS.replace(' xmlns:x="urn:ours"', ' xmlns:dcterms="urn:ours"').replace("x:mood", "dcterms:created"),
    "a page of comments that it mends": with_item("<comments>http:///quay.example/c</comments>"),
    "a count with attributes": ATOM.replace("<t:total>", '<t:total lang2="x">'),
    "authors of which one has no name": ATOM.replace("<name>Kari</name>", "<email>kari@kai.example</email>"),
    "an author's two names": ATOM.replace("<name>Kari</name>", "<name>Kari</name><name></name>"),
    "no version": RSS.replace(' version="2.0"', ""),
}  # fmt: skip


ODD |= {
    "words beside an author's name": ATOM.replace("<name>Ola", "of <name>Ola"),
    "words after an author's name": ATOM.replace("Ola</name>", "Ola</name> of"),
    "an element in an author's name": ATOM.replace("<name>Ola", "<name><t:b/>Ola"),
    "an element of its own in an unread one": with_item("<x:y><x:z/></x:y>"),
    "an element in a picture's address": RSS.replace("i.png</url>", "i.png<x:y/></url>"),
    "a channel with attributes": RSS.replace("<channel>", '<channel x:y="z">'),
    "no channel": RSS.replace("channel>", "canal>"),
    "an item in an item": with_item("<item/>"),
    "entities of entities": '<!DOCTYPE rss [<!ENTITY a "b"><!ENTITY b "&a;&a;&a;">]>' + with_item("<x:y>&b;</x:y>"),
    "a podcast": RSS.replace('xmlns:x="urn:ours"', 'xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd"').replace("x:mood", "i:mood"),
}  # fmt: skip


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_left_to_feedparser(text):
    assert quick.read(text) is None


def test_comments_and_instructions_part_nothing():
    text = with_item("<!-- a note --><x:y>a<!-- b --></x:y><?note a?>").replace("The desk", "The <!-- our -->desk")
    assert quick.read(text) is not None
    assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}) == judged(text)


@pytest.mark.parametrize("inner", ["<x:y>", "<x:y/>", "<ttl/>"])
def test_more_elements_than_memory_is_for_are_not_gathered(inner, monkeypatch):
    monkeypatch.setattr(quick, "_LARGE", 1000)
    monkeypatch.setattr(quick, "_MOST_ELEMENTS", 500)
    monkeypatch.setattr(quick, "_Quick", None)  # whoever asks for it fails
    assert quick.read('<rss version="2.0" xmlns:x="urn:x"><channel>' + inner * 500) is None


def test_elements_within_elements_without_end_are_no_crash():
    depth = 100_000
    text = RSS.replace("<image>", "<x:y>" * depth + "</x:y>" * depth + "<image>")
    assert quick.read(text) is None


@given(
    st.text(st.characters(min_codepoint=0x7E, max_codepoint=0x101) | st.sampled_from("aé’日Ã\x80\xbfÂô😀"), max_size=8)
)
@settings(max_examples=300)
@example("Ã©")
@example("Âô")
@example("\x9f")
def test_what_feedparser_mends_is_seen_among_the_bytes(text):
    mended = re.search("[\x80-\x9f]|[\xc2-\xf4][\x80-\xbf]", text) is not None
    if mended:
        with pytest.raises(quick_texts.Odd):
            quick_texts.heal(text)
    else:
        quick_texts.heal(text)


WORDS = st.text(st.sampled_from(" \n\tab<>&;#89’é\x93Ã¥:/.@\"'日"), max_size=12)
PLAIN = st.sampled_from(
    ["", "Storm", " a b ", "https://q.example/?a=1&b=2", "14", "2026-10-02T08:00:00Z", "&amp;", "&#8217;"]
)
TEXT = WORDS | PLAIN
NAMES = st.sampled_from(
    [*("title", "link", "description", "guid", "pubDate", "author", "category", "comments", "source", "ttl", "language"),
     *("content:encoded", "dc:creator", "dc:date", "slash:comments", "wfw:commentRss", "x:mood", "media:title"),
     *("media:content", "atom:link", "enclosure", "generator", "image")]
)  # fmt: skip
ATOM_NAMES = st.sampled_from(
    ["title", "link", "summary", "content", "id", "published", "updated", "category", "t:total", "author", "rights"]
)
ATTRIBUTES = st.dictionaries(
    st.sampled_from(["type", "href", "rel", "isPermaLink", "url", "term", "domain", "label", "t:count", "length"]),
    TEXT | st.sampled_from(["html", "text", "xhtml", "text/html", "self", "alternate", "false", "true"]),
    max_size=2,
)


@st.composite
def element(draw, names):
    name = draw(names)
    wanted = name in ("atom:link", "enclosure", "media:content") or draw(st.integers(0, 4)) == 0
    given = draw(ATTRIBUTES) if wanted else {}
    if not name.startswith(("x:", "atom:")) and names is NAMES:
        given.pop("t:count", None)
    told = "".join(f" {key}={quoteattr(value)}" for key, value in given.items())
    return f"<{name}{told}>{escape(draw(TEXT))}</{name}>"


BETWEEN = st.sampled_from(
    ["<!-- a note -->", "<?note a?>", "words", "\n ", "<x:y><x:z>a</x:z></x:y>", "<x:y>a<!-- b -->c</x:y>"]
)
PARTS = st.sampled_from(
    ["<name>Ola</name>", "<name/>", "<email>ola@kai.example</email>", "<uri>urn:o</uri>", " ", "of", "<x:z>a</x:z>"]
)
PEOPLE = st.lists(PARTS, max_size=3).map(lambda parts: f"<author>{''.join(parts)}</author>")


def document(names, opening, item, closing):
    any_element = element(names) | PEOPLE if names is ATOM_NAMES else element(names)
    fields = st.lists(st.one_of(*[any_element] * 5, BETWEEN), max_size=6).map("".join)
    items = st.lists(fields.map(lambda inner: f"<{item}>{inner}</{item}>"), max_size=3).map("".join)
    return st.tuples(fields, items, fields).map(lambda parts: opening + "".join(parts) + closing)


OPENINGS = st.one_of(
    document(NAMES, RSS[: RSS.index("<channel>") + 9].replace(' xmlns:x=', ' xmlns:t="urn:t" xmlns:x='), "item", "</channel></rss>"),
    document(ATOM_NAMES, ATOM[: ATOM.index("<title")].replace(" xmlns:t=", ' xmlns:x="urn:x" xmlns:t='), "entry", "</feed>"),
)  # fmt: skip


@given(OPENINGS)
@settings(max_examples=150, deadline=None)
def test_what_it_takes_of_any_feed_is_what_feedparser_finds(text):
    if quick.read(text) is not None:
        assert rss_atom.parse_xml_feed(text, "https://asked.example/feed", {}) == judged(text)
