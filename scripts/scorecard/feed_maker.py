"""Feeds as most are: RSS and Atom with the elements that `feeds/quick.py` knows, and now and then something odd."""

from __future__ import annotations

import random
from xml.sax.saxutils import escape, quoteattr

from tui_news.feeds import quick_names

TEXTS = (
    "", " ", "Storm", " a b ", "https://q.example/?a=1&b=2", "https://q.example/a b", "/relative", "14", "-1", "2026-10-02T08:00:00Z", "Fri, 02 Oct 2026 08:30:00 +0200", "Fri, 02 Oct 2026 25:30:00", "yesterday", "&amp;", "&#8217;", "&nbsp;x", "a < b", "<b>Storm</b>", "<p>Long &amp; whole.</p>", "x</p>", "&lt;i&gt;", "ann@a.example (Ann)", "Ann Lee", "Bjørn", "BjÃ¸rn", "\x93q\x94", "日本", "שלום", "e\u0301", "\u200b", "urn:1", "tag:a.example,2026:1", "true", "false", "en-GB", "nb_NO", "en", "hourly", "2", "html", "\n\n two\n lines \t", "]]&gt;", "http:///x", "https://a.example/?x&copy=1", "https://a.example/&lt;", "'", '"', "é", "\u00a0", "x" * 400,
)  # fmt: skip
RSS_NAMES = (
    "title", "link", "description", "guid", "pubDate", "author", "category", "comments", "source", "ttl", "language", "content:encoded", "dc:creator", "dc:date", "slash:comments", "wfw:commentRss", "x:mood", "media:title", "media:content", "media:thumbnail", "atom:link", "enclosure", "generator", "image", "copyright", "lastBuildDate", "managingEditor", "webMaster", "docs", "sy:updatePeriod", "sy:updateFrequency", "feedburner:origLink", "itunes:author", "dc:title", "dc:subject", "cloud", "textInput", "fulltext", "body", "PubDate", "GUID", "thr:total", "atom:updated", "atom:author", "slash:section", "dc:language", "rating", "skipHours", "expirationDate", "content", "summary", "name", "id", "published", "updated",
)  # fmt: skip
ATOM_NAMES = (
    "title", "link", "link", "summary", "content", "id", "published", "updated", "category", "thr:total", "thr:in-reply-to", "author", "contributor", "rights", "source", "subtitle", "generator", "icon", "logo", "sy:updatePeriod", "wfw:commentRss", "media:content", "media:group", "feedburner:origLink", "x:mood", "Title", "issued", "modified", "dc:creator", "dc:date", "description", "pubDate", "guid",
)  # fmt: skip
ATTRIBUTE_NAMES = ("type", "href", "rel", "isPermaLink", "url", "term", "domain", "scheme", "label", "thr:count", "length", "title", "hreflang", "uri", "version", "mode", "src", "medium", "xml:lang", "rdf:about", "ISPERMALINK", "Type", "fileSize", "width")  # fmt: skip
ATTRIBUTE_TEXTS = (*TEXTS, "html", "text", "xhtml", "text/html", "text/plain", "HTML", "application/xhtml+xml", "self", "alternate", "enclosure", "replies", "via", "Alternate", "audio/mpeg", "AUDIO/mpeg", "application/atom+xml", "12", "base64", "escaped")  # fmt: skip
SPACES = (
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"', ' xmlns:dc="http://purl.org/dc/elements/1.1/"', ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"', ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"', ' xmlns:media="http://search.yahoo.com/mrss/"', ' xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"', ' xmlns:thr="http://purl.org/syndication/thread/1.0"', ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"', ' xmlns:x="urn:ours"',
)  # fmt: skip


PLAIN = ("Storm", "", "https://q.example/x", "2", "Ann", "hourly")
USUAL = {
    "title": ("Storm", "The council&#8217;s ferry", "AT&amp;T", "a < b", "日本", " a b "), "pubdate": ("Fri, 02 Oct 2026 08:30:00 +0200", "Fri, 02 Oct 2026 08:30:00 GMT", "2026-10-02T08:00:00Z", ""),
    "link": ("https://q.example/1", "https://q.example/?a=1&b=2", "/relative", "https://q.example/a b", ""), "guid": ("https://q.example/1", "urn:1", "?p=7", ""), "id": ("urn:1", "https://q.example/2"),
    "description": ("Short.", "<p>Long &amp; whole.</p>", "a & b", "two\n\nlines", ""), "content:encoded": ("<p>Long &amp; whole.</p>", "", "plain"), "summary": ("Kort", "<b>x</b>"), "content": ("<p>Hele</p>", "ren tekst", ""),
    "author": ("Ann Lee", "The desk"), "dc:creator": ("Ann Lee", "Bjørn"), "category": ("sea", "Sea", ""), "language": ("en-GB", "nb_NO"), "ttl": ("60", "x"), "slash:comments": ("14", "0", "-1"), "thr:total": ("4", "x"),
    "updated": ("2026-10-02T08:00:00Z", "2026-10-02T08:00:00.5+02:00"), "published": ("2026-10-01T08:00:00Z",), "lastbuilddate": ("Fri, 02 Oct 2026 08:30:00 GMT",), "dc:date": ("2026-10-02T08:00:00Z", "2026-10-02"),
}  # fmt: skip
HREFS = ("https://q.example/1", "/relative", "https://q.example/?a=1&b=2", "", "urn:x", "javascript:x", "mailto:a@b.c")


SPELT = {"pubdate": "pubDate", "lastbuilddate": "lastBuildDate", "wfw:commentrss": "wfw:commentRss", "feedburner:origlink": "feedburner:origLink", "managingeditor": "managingEditor", "sy:updateperiod": "sy:updatePeriod", "sy:updatefrequency": "sy:updateFrequency"}  # fmt: skip


def words_for(chance: random.Random, name: str) -> str:
    return chance.choice(USUAL.get(name.lower(), USUAL.get(name, PLAIN)) if chance.random() < 0.985 else TEXTS)


def element(chance: random.Random, name: str, atom: bool) -> str:
    wanted = name in ("atom:link", "enclosure", "media:content", "media:thumbnail") or (name == "link" and atom)
    given = {}
    if wanted and chance.random() < 0.97:
        given["url" if name in ("enclosure", "media:content", "media:thumbnail") else "href"] = chance.choice(
            HREFS if chance.random() < 0.98 else TEXTS
        )
    if wanted and chance.random() < 0.6:
        given[chance.choice(("rel", "type", "length", "title"))] = chance.choice(
            ("self", "alternate", "enclosure", "replies", "text/html", "audio/mpeg", "AUDIO/mpeg", "12", "Alternate")
        )
    if name == "guid" and chance.random() < 0.4:
        given["isPermaLink"] = chance.choice(("true", "false", "False", ""))
    if name in ("content", "summary", "title") and chance.random() < 0.3:
        given["type"] = chance.choice(("html", "text", "text/html", "text/plain", "HTML"))
    if name == "category" and chance.random() < 0.5:
        given[chance.choice(("term", "label", "domain", "scheme"))] = chance.choice(("sea", "Sea", ""))
    if chance.random() < 0.008:
        given[chance.choice(ATTRIBUTE_NAMES)] = chance.choice(ATTRIBUTE_TEXTS)
    told = "".join(f" {key}={quoteattr(value)}" for key, value in given.items())
    if name == "author" and atom and chance.random() < 0.95:
        some = chance.sample(
            (("name", "Ann"), ("email", "a@a.example"), ("uri", "https://b.example/"), ("name", "")),
            chance.randint(0, 3),
        )
        return f"<author{told}>" + "".join(f"<{part}>{text}</{part}>" for part, text in some) + "</author>"
    if name == "image" and chance.random() < 0.95:
        return f"<image{told}><url>https://a.example/i</url><title>{escape(words_for(chance, 'title'))}</title><link>https://a.example/</link></image>"
    if wanted and chance.random() < 0.93:
        return f"<{name}{told}/>"
    text = words_for(chance, name)
    inside = f"<![CDATA[{text}]]>" if chance.random() < 0.25 and "]]>" not in text else escape(text)
    if chance.random() < 0.004:
        inside += chance.choice(("<b>x</b>", "<!-- c -->", "<?pi x?>", "<![CDATA[y]]>", " "))
    return f"<{name}{told}>{inside}</{name}>"


def made(chance: random.Random) -> str:
    """A feed of the kind that `quick` is for, nearly always: elements it knows, mostly each once."""
    atom = chance.random() < 0.4
    spaces = "".join(one for one in SPACES if chance.random() < 0.995)
    if atom:
        lang = chance.choice(("", "", ' xml:lang="nb"', ' xml:lang=""'))
        opening, closing, item = f'<feed xmlns="http://www.w3.org/2005/Atom"{spaces}{lang}>', "</feed>", "entry"
        of_feed, of_item, all_names = quick_names.ATOM_FEED, quick_names.ATOM_ITEM, ATOM_NAMES
    else:
        spaces += ' xmlns:atom="http://www.w3.org/2005/Atom"'
        version = chance.choice(("2.0", "2.0", "2.0", "0.91", "0.92", "2.0.1", "0.94", "0.93"))
        opening, closing, item = f'<rss version="{version}"{spaces}><channel>', "</channel></rss>", "item"
        of_feed, of_item, all_names = quick_names.RSS_FEED, quick_names.RSS_ITEM, RSS_NAMES
    heads = [name for name in of_feed if of_feed[name] != "item"] + ["x:mood"]
    parts = [some(chance, heads, all_names, atom)]
    parts += [
        f"<{item}>{some(chance, [*of_item, 'x:mood'], all_names, atom)}</{item}>" for _ in range(chance.randint(0, 3))
    ]
    return (
        opening + "\n".join(parts) + (some(chance, heads, all_names, atom) if chance.random() < 0.05 else "") + closing
    )


def some(chance: random.Random, names: list[str], odd: tuple[str, ...], atom: bool) -> str:
    picked = chance.sample(names, min(len(names), chance.randint(0, 8)))
    again = [name for name in picked if name in ("category", "atom:link", "media:content", "enclosure", "author") or (atom and name == "link")]  # fmt: skip
    picked += again * (chance.random() < 0.3) + [chance.choice(odd)] * (chance.random() < 0.02)
    return "".join(element(chance, SPELT.get(name, name) if chance.random() < 0.7 else name, atom) for name in picked)
