"""What `quick` knows by name: modules and their addresses, and the elements of a feed and of an entry.

A field "" is known and read by nobody; an element that is not here leaves the feed to feedparser.
"""

from __future__ import annotations

import re

ATOM = "http://www.w3.org/2005/atom"
JETPACK = {"xmlns": "com-wordpress:feed-additions:1", "feed": "site", "item": "post-id"}
SPACES = {  # the modules whose elements we read, by our own names; in lower case, as feedparser compares them
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://wellformedweb.org/commentapi/": "wfw",
    "http://purl.org/rss/1.0/modules/slash/": "slash",
    "http://purl.org/rss/1.0/modules/syndication/": "sy",
    "http://purl.org/syndication/thread/1.0": "thr",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://search.yahoo.com/mrss/": "media",
    ATOM: "atom",
}
# Modules of which feedparser makes something, in words or roots that we would have to follow: it reads those feeds.
ITS_OWN = re.compile(
    r"(?i)itunes|podcast-1\.0|georss|opengis|web\.resource\.org/cc|creativecommons|webns\.net|podlove|xhtml|rdf"
    r"|purl\.org/dc/terms|purl\.org/rss/1\.0/$|search\.yahoo\.com/mrss$|netscape\.com|backend\.userland\.com/rss"
    r"|blogs\.law\.harvard|purl\.org/(?:atom|pie|echo)|example\.com|necho|modules/rss091"
)
# Prefixes by which feedparser knows elements of a module that is declared under an address it has never heard of.
ITS_PREFIXES = frozenset(
    ("admin", "cc", "content", "creativecommons", "dc", "dcterms", "feedburner", "georss", "gml", "itunes", "media",
     "psc", "slash", "sy", "thr", "wfw", "xhtml")
)  # fmt: skip

RSS_FEED = {
    "title": "title", "link": "link", "description": "subtitle", "language": "language", "generator": "generator",
    "ttl": "ttl", "image": "image", "item": "item", "atom:link": "attributes",
    "sy:updateperiod": "sy_updateperiod", "sy:updatefrequency": "sy_updatefrequency",
    "pubdate": "published", "lastbuilddate": "updated", "managingeditor": "author", "category": "category",
    **dict.fromkeys(("copyright", "webmaster", "docs", "sy:updatebase"), ""),
}  # fmt: skip
RSS_ITEM = {
    "title": "title", "link": "link", "description": "summary", "content:encoded": "content", "guid": "id",
    "pubdate": "published", "dc:date": "updated", "author": "author", "dc:creator": "author", "category": "category",
    "comments": "comments", "enclosure": "enclosure", "wfw:commentrss": "wfw_commentrss",
    "slash:comments": "slash_comments", "thr:total": "thr_total", "feedburner:origlink": "feedburner_origlink",
    "atom:link": "attributes", "media:content": "media", "media:thumbnail": "", "source": "",
}  # fmt: skip
ATOM_FEED = {
    "title": "title", "subtitle": "subtitle", "link": "attributes", "id": "id", "generator": "generator",
    "entry": "item", "author": "person", "updated": "updated", "category": "category",
    **dict.fromkeys(("icon", "logo", "rights"), ""),
    "sy:updateperiod": "sy_updateperiod", "sy:updatefrequency": "sy_updatefrequency",
}  # fmt: skip
ATOM_ITEM = {
    "title": "title", "summary": "summary", "content": "content", "id": "id", "published": "published",
    "updated": "updated", "author": "person", "link": "attributes", "category": "category", "rights": "",
    "thr:total": "thr_total", "wfw:commentrss": "wfw_commentrss", "feedburner:origlink": "feedburner_origlink",
    "slash:comments": "slash_comments", "media:content": "media", "media:thumbnail": "", "thr:in-reply-to": "",
}  # fmt: skip
