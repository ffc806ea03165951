"""Ways to change a feed that a reader should survive, each a function (bytes, chance) -> bytes, or (bytes, content type)."""

from __future__ import annotations

import html
import json
import random
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from fuzz_pieces import COMMENT_FEEDS, JSON_FEED, PIECES
from places import SHARED

Change = Callable[[bytes, random.Random], Any]
LARGEST = 40_000
OWN = (
    *COMMENT_FEEDS,
    """<?xml version="1.0"?><rss version="0.91"><channel><title>Quay</title><link>https://a.example/</link><description>d</description><item><title>Storm &amp; sea</title><link>https://a.example/1</link><description>&lt;p&gt;Hei&lt;/p&gt;</description></item></channel></rss>""",
    """<?xml version="1.0" encoding="utf-8"?><rss version="0.92"><channel><title>Quay</title><link>https://a.example/</link><item><description>No title here</description><enclosure url="https://a.example/a.mp3" length="3" type="audio/mpeg"/><source url="https://b.example/f">B</source><category domain="x">sea</category></item></channel></rss>""",
    """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel rdf:about="https://a.example/"><title>Quay</title><link>https://a.example/</link><items><rdf:Seq><rdf:li resource="https://a.example/1"/></rdf:Seq></items></channel><item rdf:about="https://a.example/1"><title>Storm</title><link>https://a.example/1</link><dc:creator>Ann</dc:creator><dc:date>2026-10-01T08:00:00+02:00</dc:date><dc:subject>sea</dc:subject><content:encoded><![CDATA[<p>Hei på deg</p>]]></content:encoded></item></rdf:RDF>""",
    """<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="nb"><title mode="escaped" type="text/html">Kai &amp;amp; sjø</title><link rel="alternate" type="text/html" href="https://a.example/"/><modified>2026-10-01T08:00:00Z</modified><entry><title>Storm</title><link rel="alternate" type="text/html" href="/1"/><id>tag:a.example,2026:1</id><issued>2026-10-01T08:00:00Z</issued><modified>2026-10-01T09:00:00Z</modified><author><name>Ann</name><email>ann@a.example</email></author><content type="text/html" mode="escaped">&lt;p&gt;Hei&lt;/p&gt;</content></entry><entry><title>To</title><content type="application/xhtml+xml" mode="xml"><div xmlns="http://www.w3.org/1999/xhtml"><p>To</p></div></content></entry></feed>""",
    """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:base="https://a.example/x/"><title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Quay <b>now</b></div></title><id>urn:f</id><updated>2026-10-01T08:00:00Z</updated><author><name>Desk</name></author><link rel="self" href="/feed"/><link href="/"/><entry xml:base="y/"><title>Storm</title><id>urn:1</id><link href="1.html"/><link rel="enclosure" href="a.mp3" type="audio/mpeg" length="3"/><published>2026-10-01T08:00:00Z</published><updated>2026-10-01T08:00:00Z</updated><category term="sea" label="Sea"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Hei <a href="z">z</a></p></div></content><media:group><media:title>T</media:title><media:content url="https://a.example/v.mp4" type="video/mp4"/><media:description>D</media:description></media:group></entry></feed>""",
    """<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:psc="http://podlove.org/simple-chapters" xmlns:georss="http://www.georss.org/georss" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Pod</title><link>https://a.example/</link><itunes:author>Ann</itunes:author><itunes:owner><itunes:name>Ann</itunes:name><itunes:email>a@a.example</itunes:email></itunes:owner><itunes:image href="https://a.example/i.png"/><item><title>One</title><itunes:title>Uno</itunes:title><itunes:duration>1:02:03</itunes:duration><itunes:summary>About it</itunes:summary><guid isPermaLink="false">g1</guid><pubDate>Thu, 01 Oct 2026 08:00:00 GMT</pubDate><enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="12345"/><georss:point>59.9 10.7</georss:point><psc:chapters version="1.2"><psc:chapter start="0" title="Start"/></psc:chapters><podcast:transcript url="https://a.example/t.vtt" type="text/vtt"/></item></channel></rss>""",
    """<?XML VERSION="1.0"?><CHANNEL HREF="https://a.example/c.cdf" BASE="https://a.example/" LASTMOD="2026-10-01T08:00"><TITLE>Quay</TITLE><ABSTRACT>About</ABSTRACT><LOGO HREF="l.gif" STYLE="ICON"/><ITEM HREF="1.html" LASTMOD="2026-10-01T08:00"><TITLE>Storm</TITLE><ABSTRACT>Hei</ABSTRACT></ITEM></CHANNEL>""",
)  # fmt: skip
SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/", "dc": "http://purl.org/dc/elements/1.1/", "media": "http://search.yahoo.com/mrss/", "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd", "georss": "http://www.georss.org/georss", "psc": "http://podlove.org/simple-chapters", "slash": "http://purl.org/rss/1.0/modules/slash/", "atom": "http://www.w3.org/2005/Atom", "dcterms": "http://purl.org/dc/terms/", "thr": "http://purl.org/syndication/thread/1.0", "podcast": "https://podcastindex.org/namespace/1.0",
}  # fmt: skip
MODULES = (
    "<media:content url='https://m.example/v.mp4' type='video/mp4' medium='video'/>", "<media:group><media:title>Group</media:title><media:content url='https://m.example/v.mp4'/><media:thumbnail url='https://m.example/t.png'/></media:group>", "<media:title>M</media:title>", "<media:description type='html'>&lt;b&gt;d&lt;/b&gt;</media:description>", "<itunes:author>Pod</itunes:author>", "<itunes:summary>Sum</itunes:summary>", "<itunes:subtitle>Sub</itunes:subtitle>", "<itunes:image href='https://m.example/i.png'/>", "<itunes:title>T</itunes:title>", "<dc:creator>Creator</dc:creator>", "<dc:date>2026-10-03</dc:date>", "<dc:title>Dc</dc:title>", "<dc:identifier>id:1</dc:identifier>", "<dc:subject>subject</dc:subject>", "<dcterms:created>2026-10-04T00:00:00Z</dcterms:created>", "<georss:point>1 2</georss:point>", "<psc:chapters><psc:chapter start='1' title='c'/></psc:chapters>", "<content:encoded><![CDATA[<p>Whole</p>]]></content:encoded>", "<slash:comments>4</slash:comments>", "<atom:link rel='replies' href='https://a.example/c'/>", "<atom:updated>2026-10-05T00:00:00Z</atom:updated>", "<thr:total>3</thr:total>", "<podcast:person>Bo</podcast:person>", "<enclosure url='https://m.example/e.mp3' type='audio/mpeg' length='9'/>", "<author>Bo Berg</author>", "<author><name>Bo Berg</name></author>", "<category>extra</category>", "<guid>https://a.example/guid</guid>", "<id>urn:extra</id>", "<link>https://a.example/link</link>", "<link href='https://a.example/link'/>", "<title>Second title</title>", "<pubDate>Mon, 05 Oct 2026 10:00:00 EST</pubDate>", "<published>2026-10-06T10:00:00+05:30</published>", "<description>Second &lt;i&gt;text&lt;/i&gt;</description>", "<summary type='html'>S</summary>", "<content type='text'>C</content>", "<content type='html' xml:base='https://other.example/'>&lt;a href='x'&gt;x&lt;/a&gt;</content>", "<source><title>Src</title><link href='https://s.example/'/></source>", "<comments>https://a.example/comments</comments>", "<body xmlns='http://www.w3.org/1999/xhtml'><p>Xhtml</p></body>", "<xhtml:body xmlns:xhtml='http://www.w3.org/1999/xhtml'><xhtml:p>X</xhtml:p></xhtml:body>",
)  # fmt: skip
DATES = (
    "Thu, 01 Oct 2026 08:00:00 GMT", "Thu, 1 Oct 26 8:00 EST", "2026-10-01", "2026-10-01T08:00:00.123+02:00", "20261001T080000Z", "2026-274", "10/01/2026 08:00", "1 October 2026", "Oct 1, 2026 8:00 AM", "2026년 10월 1일", "Πεμ, 01 Οκτ 2026 08:00:00 EET", "2026-október-01T08:00:00Z", "2026-10-01 08:00:00", "Thursday, 01 October 2026 08:00:00 -0500", "Sun Jan 4 16:29:06 PST 2026", "2026-W40-4", "01.10.2026", "jeudi 1 octobre 2026", "1790000000", "2026-10-01T24:00:00Z", "2026-10-01T08:00:60Z", "00-10-01",
)  # fmt: skip
_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)\b[^>]*>", re.I)
_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|rdf|feed|channel)\b[^>]*?(?=/?>)", re.I)
_TEXT = re.compile(rb"(<((?:[\w.-]+:)?(?:title|description|summary|content|encoded|author|name|tagline|subtitle|info|copyright|creator|guid|link)[\w]*)\b[^>]*>)([^<]{0,4000})(</\2\s*>)", re.I)  # fmt: skip
_DATE = re.compile(rb"(<(?:[\w.-]+:)?(?:pubDate|date|updated|published|issued|modified|created|lastBuildDate)\b[^>]*>)([^<]*)(</)", re.I)  # fmt: skip


@cache
def samples() -> list[tuple[str, bytes]]:
    """(name, document): ours, and the corpora's that are feeds and small."""
    found = [(f"own-{number}", text.encode()) for number, text in enumerate(OWN)]
    found += [(f"json-{number}", json.dumps(one).encode()) for number, one in enumerate(JSON_FEED)]
    folder = SHARED / "feed_corpora"
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix in (".xml", ".atom", ".rss", ".rdf", ".json", ".cdf") and path.stat().st_size < LARGEST:
            data = path.read_bytes()
            if path.suffix == ".json" or _ROOT.search(data[:4000]):
                found.append((path.relative_to(folder).as_posix(), data))
    return found


def text_of(data: bytes) -> str:
    from tui_news.feeds.decoding import decode

    return decode(data)


def another_encoding(data: bytes, chance: random.Random) -> tuple[bytes, str]:
    text = re.sub(r"<\?xml[^>]*\?>", "", text_of(data), count=1).lstrip("\ufeff \r\n")
    name = chance.choice(("utf-8", "utf-16", "utf-16-be", "utf-16-le", "utf-32", "iso-8859-1", "windows-1252", "koi8-r", "shift_jis", "gb18030", "euc-jp", "iso-8859-15", "big5"))  # fmt: skip
    said = chance.choice((name, name, name, "utf-8", "us-ascii", "no-such", ""))
    text = (f"<?xml version='1.0' encoding='{said}'?>" if said else "") + text
    body = text.encode(name, "xmlcharrefreplace")
    header = chance.choice(
        ("", "", "application/xml", f"application/rss+xml; charset={name}", "text/xml", f"text/html; charset={said}")
    )
    return body, header


def other_prefixes(data: bytes, chance: random.Random) -> bytes:
    for prefix in set(re.findall(rb"xmlns:([\w.-]+)=", data)):
        if chance.random() < 0.6 and prefix != b"xml":
            other = chance.choice((b"n", b"X", b"a.b", b"ns1", b"content2")) + prefix[:1]
            data = re.sub(rb"xmlns:" + re.escape(prefix) + rb"=", b"xmlns:" + other + b"=", data)
            data = re.sub(rb"(</?)" + re.escape(prefix) + rb":", rb"\1" + other + b":", data)
            data = re.sub(rb"(\s)" + re.escape(prefix) + rb":([\w-]+=)", rb"\1" + other + rb":\2", data)
    return data


def with_cdata(data: bytes, chance: random.Random) -> bytes:
    def put(match: re.Match[bytes]) -> bytes:
        text = match[3].decode("utf-8", "surrogateescape")
        if chance.random() < 0.4 or "]]>" in text:
            return match[0]
        inside = html.unescape(text) if "&" in text else text
        return (
            match[1]
            + b"<![CDATA["
            + inside.replace("]]>", "").encode(
                "utf-8", "surrogatepass" if "\ud800" <= max(inside, default="") <= "\udbff" else "surrogateescape"
            )
            + b"]]>"
            + match[4]
        )

    return _TEXT.sub(put, data)


def without_cdata(data: bytes, chance: random.Random) -> bytes:
    return re.sub(
        rb"<!\[CDATA\[(.*?)\]\]>",
        lambda match: html.escape(match[1].decode("latin-1"), False).encode("latin-1"),
        data,
        flags=re.S,
    )


def cut_off(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(len(data) // 3, len(data))]


def attributes_moved(data: bytes, chance: random.Random) -> bytes:
    def put(match: re.Match[bytes]) -> bytes:
        given = re.findall(rb"""\s[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*')""", match[2])
        if b"".join(given).strip() != match[2].strip():
            return match[0]
        chance.shuffle(given)
        given = [re.sub(rb'="([^"\']*)"$', rb"='\1'", one) if chance.random() < 0.3 else one for one in given]
        return match[1] + b"".join(given) + match[3]

    return re.sub(rb"(<[\w:.-]+)((?:\s[^<>]*?)?)(\s*/?>)", put, data)


def with_base(data: bytes, chance: random.Random) -> bytes:
    base = chance.choice((b"https://base.example/d/", b"/d/", b"d/e", b"..", b"", b"urn:x", b"//b.example"))
    where = chance.choice((_ENTRY, _ROOT, re.compile(rb"<(?:content|summary|link|title)\b", re.I)))
    return where.sub(lambda match: match[0].rstrip(b">/") + b" xml:base='" + base + b"'" + match[0][len(match[0].rstrip(b">/")) :], data, count=chance.choice((0, 1)))  # fmt: skip


def another_version(data: bytes, chance: random.Random) -> bytes:
    data = re.sub(rb'(<rss[^>]*version=["\'])[\d.]+', rb"\g<1>" + chance.choice((b"0.90", b"0.91", b"0.92", b"0.93", b"0.94", b"1.0", b"2.0", b"2.0.1", b"3.0", b"")), data)  # fmt: skip
    if chance.random() < 0.5:
        data = data.replace(b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns#") if chance.random() < 0.5 else data.replace(b"http://purl.org/atom/ns#", b"http://www.w3.org/2005/Atom")  # fmt: skip
    return data


def other_case(data: bytes, chance: random.Random) -> bytes:
    how = chance.choice((bytes.upper, bytes.lower, bytes.capitalize))
    names = set(re.findall(rb"<([A-Za-z]\w*)\b", data))
    for name in chance.sample(sorted(names), min(len(names), chance.randint(1, 3))):
        data = re.sub(rb"(</?)" + name + rb"\b", lambda match, name=name: match[1] + how(name), data)
    return data


def with_modules(data: bytes, chance: random.Random) -> bytes:
    some = chance.sample(MODULES, chance.randint(1, 4))
    if chance.random() < 0.9:
        needed = [f" xmlns:{name}='{uri}'" for name, uri in SPACES.items() if f"<{name}:" in "".join(some) and f"xmlns:{name}=".encode() not in data]  # fmt: skip
        data = _ROOT.sub(lambda match: match[0] + "".join(needed).encode(), data, count=1)
    where = _ENTRY if chance.random() < 0.85 else re.compile(rb"<channel\b[^>]*>|<feed\b[^>]*>", re.I)
    return where.sub(
        lambda match: match[0] + "".join(some).encode() if not match[0].endswith(b"/>") else match[0], data
    )


def other_dates(data: bytes, chance: random.Random) -> bytes:
    return _DATE.sub(lambda match: match[1] + chance.choice(DATES).encode() + match[3], data)


def odd_letters(data: bytes, chance: random.Random) -> bytes:
    odd = chance.choice((b"&nbsp;", b"&rsquo;", b"&", b"<", b"&#8217;", b"&#x1b;", b"\x0b", b"\x1b", b"\x00", b"&bogus;", b"&#xd800;", b"&amp;amp;", b"\xff", b"\xc3", "’".encode(), b"\x92", b"]]>", b"--", b"<br>", b"&lt;b&gt;"))  # fmt: skip
    return _TEXT.sub(lambda match: match[1] + match[3] + odd + match[4] if chance.random() < 0.5 else match[0], data)


def parts_moved(data: bytes, chance: random.Random) -> bytes:
    """A stretch twice, gone, or elsewhere."""
    one, two = sorted((chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)))
    two = min(two, one + 300)
    kind = chance.randrange(3)
    if kind == 0:
        return data[:two] + data[one:two] + data[two:]
    return data[:one] + data[two:] if kind == 1 else data[two:] + data[one:two] + data[:one]


def pieces_put(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        data = data[:at] + chance.choice(PIECES).encode("utf-8", "surrogatepass") + data[at:]
    return data


def bytes_changed(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if changed:
            changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def something_before(data: bytes, chance: random.Random) -> bytes:
    return chance.choice((b"\n\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\xef\xbb\xbf", b"<!-- a > b -->\n", b"Warning: mysql_connect() in <b>x.php</b>\n", b"<?php ?>", b"<!DOCTYPE rss [<!ENTITY x 'y'>]>", b"\x00", b" <?xml-stylesheet href='x'?>", b"<br />\n")) + data  # fmt: skip


def emptied(data: bytes, chance: random.Random) -> bytes:
    return _TEXT.sub(lambda match: match[1] + match[4] if chance.random() < 0.4 else match[0], data)


def comments_put(data: bytes, chance: random.Random) -> bytes:
    what = chance.choice(
        (b"<!-- c -->", b"<?p i?>", b"<!-- <item><title>no</title></item> -->", b"<![CDATA[]]>", b"\n \t")
    )
    return re.sub(rb"(?<=>)(?=<)", lambda match: what if chance.random() < 0.2 else b"", data)


CHANGES: tuple[Change, ...] = (
    another_encoding, other_prefixes, with_cdata, without_cdata, cut_off, attributes_moved, with_base, another_version, other_case,
    with_modules, with_modules, other_dates, odd_letters, parts_moved, pieces_put, bytes_changed, something_before, emptied, comments_put,
)  # fmt: skip
