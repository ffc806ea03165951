"""What cases are made of: pieces that hurt, the words of each language that is parsed, and whole answers of our own."""

from __future__ import annotations

from typing import Any

PIECES = (
    "<", ">", "</", "/>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&#x1b;", "&#xd800;", "&#x110000;", "&#0;", "&amp;", "&lt;", '"', "'", "“", "”", "«", "»", "„", "—", "–", "> ", "\n", "\n\n", "\t", "\r", "\x00", "\x1b]0;x\x07", "\x9b", "\u202e", "\u200d", "\u200c", "\u0301", "\ud800", "\ufeff", "\u2028", "\x85", "\x0b",
    "<p>", "</p>", "<blockquote>", "<table>", "<tr>", "<td>", "<pre>", "<a href=", "javascript:", "http://a.b/", "https://[::1", "//[", "http://a.b:99999/", "<img src=x alt=", "<base href=", "<br>", "<ul>", "<li>", "<svg>", "<script>", "<template>", "<rss>", "<channel>", "<item>", "<title>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "<opml>", "<outline xmlUrl='", "text='", "<!DOCTYPE x [", "<!ENTITY a 'b'>",
    "{", "}", "[", "]", ":", ",", "\\", "%", "$", "\\ud800", "null", "1e999", "said Ann Lee", "told us", "он сказал", "日本語", "「", "」", "שלום", "👩‍👩‍👧", "a", "word ", "0", "9" * 30, "-1", "²", "١٢", "x" * 300,
)  # fmt: skip
WRONG = (
    "", " ", "0", "-1", "1.5", "true", "null", "NaN", "1e400", "9" * 25, "9" * 5000, "//[::", "http://[", "https://a.example:x/", "javascript:alert(1)", "mailto:", "../..", "#", "?", "\x1b[2J", "\ud800", "\u202e", "2026-13-45T99:99:99Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "10000-01-01", "Mon, 99 Foo 99999 25:61:61 +9999", "٣", "a/b/c", "0.1.2.3.4", "\\", "'\"<>&",
)  # fmt: skip
NUMBERS = (
    0, 1, 2, -1, 3.5, 1e300, 2**31, 2**53, 2**63, 2**64, -(2**70), 10**400, float("nan"), float("inf"), 1_600_000_000,
    1_600_000_000_000, 1e18,
)  # fmt: skip
ENCODINGS = (None, None, None, "latin-1", "utf-16", "utf-16-be", "utf-32", "cp1251", "shift_jis", "gb18030", "cp037", "euc-kr")  # fmt: skip
ROOTS = (
    ("<rss version='2.0'><channel>", "</channel></rss>"),
    (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:media='http://search.yahoo.com/mrss/' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:georss='http://www.georss.org/georss'><channel>",
        "</channel></rss>",
    ),
    (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0' xml:base='http://a.b/c/'>",
        "</feed>",
    ),
    ("<feed version='0.3' xmlns='http://purl.org/atom/ns#'>", "</feed>"),
    (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>",
        "</rdf:RDF>",
    ),
    ("<opml version='2.0'><body>", "</body></opml>"),
    ("<opml version='1.0'><head><title>x</title></head><body><outline text='f'>", "</outline></body></opml>"),
    ("<!DOCTYPE x [<!ENTITY e 'f'>]><rss><channel>", "</channel></rss>"),
    ("<html><body><div id='comments'>", "</div></body></html>"),
    ("<html><head><base href='//[::'><title>t</title>", "</head></html>"),
    ("<CHANNEL BASE='http://a.b/'>", "</CHANNEL>"),
    ("<?xml version='1.0' encoding='utf-7'?><rss version='0.91'><channel>", "</channel></rss>"),
)
ELEMENTS = (
    "title", "link", "guid", "id", "description", "summary", "content", "content:encoded", "pubDate", "updated", "dc:date", "published", "author", "name", "email", "dc:creator", "category", "enclosure", "media:group", "media:content", "media:title", "thr:in-reply-to", "thr:total", "slash:comments", "wfw:commentRss", "comments", "language", "image", "url", "ttl", "outline", "itunes:duration", "itunes:image", "itunes:author", "georss:point", "source", "generator", "logo", "rights",
    "p", "blockquote", "a", "b", "code", "h2", "ul", "li", "ol", "table", "tr", "td", "th", "figure", "figcaption", "img", "iframe", "video", "details", "dl", "dt", "dd", "q", "sup", "pre", "hr", "div", "span", "ruby", "rt", "math", "svg", "noscript", "script", "style", "head", "body", "meta", "base", "link rel='alternate' type='application/rss+xml'", "link rel='next'", "script type='application/ld+json'", "a rel='next'", "article", "aside", "footer", "form", "select", "option", "textarea", "object", "embed", "audio", "picture", "source",
    "article class='h-entry u-comment'", "li class='comment' id='comment-1'", "cite class='fn'", "div id='disqus_thread'", "ol class='commentlist'", "div itemprop='comment' itemscope itemtype='https://schema.org/Comment'", "meta name='generator'", "link rel='https://api.w.org/'", "section id='isso-thread'", "div class='comment-content'", "time class='dt-published'", "a class='u-url'", "p class='p-author h-card'",
)  # fmt: skip
ATTRIBUTES = (
    "href='/x'", "href='javascript:x'", "href='//[::'", "href='http://a.b:x/'", "rel='alternate'", "rel='replies'", "rel='enclosure'", "rel='self'", "type='html'", "type='xhtml'", "type='text'", "type='application/rss+xml'", "url='http://a.b/c'", "src='http://a.b/i.png'", "src='//[::'", "srcset='a 1x, b 2x'", "xmlUrl='http://a.b/f'", "htmlUrl='//['", "text='&#x1b;[2J'", "title='x'", "isPermaLink='false'", "length='-1'", "length='9e99'", "length='²'", "xml:base='//[::'", "xml:base='/d/'", "term='t'", "label='l'", "ref='1'", "category='/a/b,c'", "itemprop='comment' itemscope", "itemprop='text'", "itemprop='dateCreated'", "id='comment-1'", "class='comment depth-2'", "class='depth-99999999999999999999'", "mode='base64'", "mode='escaped'", "xml:lang='\u202e'", "colspan='99999999'", "rowspan='-3'", "start='9999999999999999999999'", "value='²'", "align='right'", "dir='rtl'", "content='WordPress 6'", "datetime='2026-99-99'", "data-isso-id='/x'", "data-title='“x”'", "width='1'", "hidden", "thr:count='3'",
)  # fmt: skip
JSON_KEYS = (
    "children", "comments", "replies", "items", "descendants", "posts", "hidden_replies", "thread", "post_stream", "meta", "post", "record", "author", "content", "comment", "creator", "counts", "account",
    "id", "parent", "parent_id", "text", "body", "html", "cooked", "content_html", "author_name", "username", "display_name", "created_at", "created_at_i", "created", "date_gmt", "time", "score", "url", "link", "uri", "short_id", "depth", "path", "in_reply_to_id", "reply_to_post_number", "post_number", "rendered", "member", "name", "kids", "deleted", "dead", "by", "type",
    "version", "title", "home_page_url", "feed_url", "date_published", "date_modified", "authors", "attachments", "mime_type", "size_in_bytes", "tags", "external_url", "summary", "content_text", "hubs", "language", "@context", "@type", "@graph", "articleBody", "headline", "datePublished",
)  # fmt: skip

_LINK = {
    "$type": "app.bsky.richtext.facet#link",
    "uri": "https://b.example/",
}
_BLUE = {
    "uri": "at://did:plc:abc/app.bsky.feed.post/3k1", "cid": "c", "indexedAt": "2026-10-01T08:00:00Z", "likeCount": 3, "replyCount": 1,
    "author": {"did": "did:plc:abc", "handle": "ann.example", "displayName": "Ann"},
    "record": {"text": "Hei på deg b.example", "createdAt": "2026-10-01T08:00:00Z", "facets": [{"index": {"byteStart": 11, "byteEnd": 20}, "features": [_LINK]}]},
    "embed": {"$type": "app.bsky.embed.external#view", "external": {"uri": "https://b.example/", "title": "B", "description": "d"}},
}  # fmt: skip
_TOOT = {
    "id": "2", "in_reply_to_id": "1", "content": "<p>Hei <a href='https://b.example'>b</a></p>", "created_at": "2026-10-01T08:00:00.000Z", "url": "https://a.example/@ann/2", "spoiler_text": "", "sensitive": False, "favourites_count": 2, "replies_count": 1, "language": "nb", "emojis": [{"shortcode": "x", "url": "https://a.example/x.png"}], "media_attachments": [{"type": "image", "url": "https://a.example/i.png", "description": "a picture"}], "poll": None,
    "account": {"id": "7", "acct": "ann@b.example", "username": "ann", "display_name": "Ann", "url": "https://b.example/@ann"},
}  # fmt: skip
_LEMMY = {
    "comment": {"id": 5, "creator_id": 7, "post_id": 1, "content": "**Hei** > b", "path": "0.4.5", "published": "2026-10-01T08:00:00.1Z", "updated": None, "deleted": False, "removed": False, "distinguished": False, "ap_id": "https://a.example/comment/5"},
    "creator": {"id": 7, "name": "ann", "display_name": None, "actor_id": "https://a.example/u/ann", "admin": False, "bot_account": False},
    "counts": {"score": 4, "child_count": 0}, "post": {"id": 1, "creator_id": 7}, "creator_is_moderator": True, "creator_is_admin": False,
}  # fmt: skip
_GHOST = {
    "id": "65f0c0ffee65f0c0ffee65f0", "html": "<p>Hei</p>", "status": "published", "created_at": "2026-10-01T08:00:00.000Z", "edited_at": None, "member": {"id": "m", "name": "Ann", "expertise": "Editor"}, "count": {"likes": 2, "replies": 1},
}  # fmt: skip
_LOBSTER = {
    "short_id": "abc123", "created_at": "2026-10-01T08:00:00.000-05:00", "is_deleted": False, "is_moderated": False, "score": 3, "flags": 0, "parent_comment": None, "comment": "<p>Hei</p>", "comment_plain": "Hei", "depth": 0, "commenting_user": "ann", "url": "https://a.example/c/abc123",
}  # fmt: skip
_POST = {
    "id": 11, "post_number": 2, "reply_to_post_number": 1, "username": "ann", "name": "Ann", "user_id": 7, "cooked": "<p>Hei</p><aside class='quote' data-username='b'><blockquote>x</blockquote></aside>", "created_at": "2026-10-01T08:00:00Z", "updated_at": "2026-10-01T09:00:00Z", "actions_summary": [{"id": 2, "count": 3}], "deleted_at": None, "hidden": False, "topic_id": 9, "topic_slug": "hei", "admin": False, "moderator": False, "user_deleted": False, "post_type": 1,
}  # fmt: skip
_ISSO = {
    "id": 3, "parent": None, "text": "<p>Hei</p>", "author": "Ann", "website": "https://b.example", "created": 1600000000.5, "modified": None, "likes": 1, "dislikes": 0, "mode": 1, "hash": "x", "total_replies": 0, "hidden_replies": 0, "replies": [],
}  # fmt: skip
_WP = {
    "id": 4, "parent": 0, "post": 1, "author": 0, "author_name": "Ann &amp; Co", "author_url": "https://b.example", "date": "2026-10-01T10:00:00", "date_gmt": "2026-10-01T08:00:00", "content": {"rendered": "<p>Hei</p>"}, "link": "https://a.example/story/#comment-4", "status": "approved", "type": "comment", "meta": [],
}  # fmt: skip
_HN = {
    "id": 3, "parent_id": 1, "author": "ann", "text": "Hei <p> b &gt; c", "created_at": "2026-10-01T08:00:00.000Z", "created_at_i": 1600000000, "type": "comment", "points": None, "children": [],
}  # fmt: skip
_OTHER = {
    "id": "a1", "parent_id": None, "author": {"name": "Ann"}, "body": "Hei", "created_at": "2026-10-01T08:00:00Z", "score": 1, "children": [],
}  # fmt: skip
ANSWERS: dict[str, tuple[Any, ...]] = {  # an answer of each source, our own words
    "json_thread": ({"title": "t", "comments": [_OTHER, {**_OTHER, "id": "a2", "children": [{**_OTHER, "id": "a3"}]}]}, [_OTHER, {**_OTHER, "id": "b", "parent_id": "a1"}]),
    "hackernews_tree": ({"id": 1, "author": "bob", "title": "t", "type": "story", "children": [{**_HN, "children": [{**_HN, "id": 5, "parent_id": 3}]}, {**_HN, "id": 6, "author": None, "text": None}]},),
    "hackernews_item": ({"id": 3, "by": "ann", "kids": [4, 5], "parent": 1, "text": "Hei", "time": 1600000000, "type": "comment", "deleted": False, "dead": False},),
    "discourse": ({"id": 9, "slug": "hei", "title": "t", "posts_count": 2, "post_stream": {"posts": [{**_POST, "post_number": 1, "reply_to_post_number": None}, _POST], "stream": [10, 11, 12]}, "details": {"created_by": {"id": 7, "username": "ann"}}},),
    "wordpress_posts": ([{"id": 1, "slug": "story", "link": "https://a.example/story/", "comment_status": "open", "author": 7}],),
    "isso": ({"id": None, "total_replies": 2, "hidden_replies": 0, "replies": [{**_ISSO, "replies": [{**_ISSO, "id": 4, "parent": 3}], "total_replies": 1}], "config": {}},),
    "ghost": ({"comments": [{**_GHOST, "replies": [{**_GHOST, "id": "65f0c0ffee65f0c0ffee65f1", "in_reply_to_id": None}]}], "meta": {"pagination": {"page": 1, "limit": 20, "pages": 2, "total": 22, "next": 2}}},),
    "bluesky": ({"thread": {"$type": "app.bsky.feed.defs#threadViewPost", "post": _BLUE, "replies": [{"post": {**_BLUE, "uri": "at://did:plc:abc/app.bsky.feed.post/3k2"}, "replies": [{"blocked": True, "uri": "at://x"}]}]}},),
    "lemmy": ({"comments": [_LEMMY, {**_LEMMY, "comment": {**_LEMMY["comment"], "id": 6, "path": "0.4.5.6", "deleted": True}}]},),
    "lobsters": ({"short_id": "s1", "comment_count": 2, "submitter_user": "bob", "comments": [_LOBSTER, {**_LOBSTER, "short_id": "abc124", "depth": 1, "parent_comment": "abc123", "commenting_user": {"username": "bob"}}]},),
    "mastodon": ({"ancestors": [], "descendants": [_TOOT, {**_TOOT, "id": "3", "in_reply_to_id": "2"}]},),
    "wordpress_rest": ([_WP, {**_WP, "id": 5, "parent": 4, "author": 7}],),
}  # fmt: skip
JSON_FEED = (
    {"version": "https://jsonfeed.org/version/1.1", "title": "Quay", "home_page_url": "https://a.example/", "feed_url": "https://a.example/feed.json", "language": "nb", "authors": [{"name": "Ann", "url": "https://a.example/ann"}], "hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items": [{"id": "1", "url": "https://a.example/1", "external_url": "https://b.example/", "title": "Storm", "content_html": "<p>Hei</p>", "summary": "s", "date_published": "2026-10-01T08:00:00Z", "date_modified": "2026-10-02T08:00:00+02:00", "authors": [{"name": "Bo"}], "tags": ["a", "b"], "language": "en", "attachments": [{"url": "https://a.example/a.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12, "duration_in_seconds": 3}]}, {"id": 2, "content_text": "Plain & simple"}]},
)  # fmt: skip
COMMENT_FEEDS = (
    "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'><title>Comments</title><id>urn:c</id><updated>2026-10-01T08:00:00Z</updated><link rel='next' href='/p2'/><entry><id>https://a.example/story#comment-1</id><title>By: Ann</title><updated>2026-10-01T08:00:00Z</updated><published>2026-10-01T08:00:00Z</published><author><name>Ann</name><uri>https://b.example</uri></author><link rel='alternate' href='https://a.example/story#comment-1'/><thr:in-reply-to ref='https://a.example/story' href='https://a.example/story' type='text/html'/><content type='html'>&lt;p&gt;Hei&lt;/p&gt;</content></entry><entry><id>x2</id><author><name>Bo</name></author><thr:in-reply-to ref='https://a.example/story#comment-1'/><summary>Svar</summary></entry></feed>",
    "<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>Comments on: Storm</title><link>https://a.example/story</link><item><title>By: Ann</title><link>https://a.example/story#comment-4</link><dc:creator>Ann</dc:creator><pubDate>Fri, 02 Oct 2026 08:30:00 +0000</pubDate><guid isPermaLink='false'>https://a.example/?p=1#comment-4</guid><description>Hei</description><content:encoded><![CDATA[<p>In reply to <a href=\"https://a.example/story#comment-3\">Bo</a>.</p><p>Hei</p>]]></content:encoded></item></channel></rss>",
)  # fmt: skip
COMMENT_PAGES = (
    "<html><body class='single'><ol class='comment-list'><li id='comment-4' class='comment even depth-1'><article id='div-comment-4' class='comment-body'><footer><b class='fn'>Ann</b> <a href='/story/#comment-4'><time datetime='2026-10-01T08:00:00+00:00'>x</time></a></footer><div class='comment-content'><p>Hei</p></div><div class='reply'><a>Reply</a></div></article><ol class='children'><li id='comment-5' class='comment depth-2'><article class='comment-body'><cite class='fn'>Bo</cite><div class='comment-content'>Svar</div></article></li></ol></li></ol></body></html>",
    "<html><body><div class='h-entry'><a class='u-url' href='/story'></a><div class='u-comment h-cite' id='c1'><a class='p-author h-card' href='https://b.example'>Ann</a> <time class='dt-published' datetime='2026-10-01T08:00:00Z'></time><a class='u-url' href='/story#c1'></a><div class='e-content'>Hei<div class='u-comment h-cite'><span class='p-author'>Bo</span><p class='p-content'>Svar</p></div></div></div></div></body></html>",
    "<html><body itemscope itemtype='https://schema.org/Article'><div itemprop='comment' itemscope itemtype='https://schema.org/Comment' id='c1'><span itemprop='author' itemscope><span itemprop='name'>Ann</span></span><time itemprop='dateCreated' datetime='2026-10-01'></time><p itemprop='text'>Hei</p><div itemprop='comment' itemscope itemtype='https://schema.org/Comment'><p itemprop='text'>Svar</p></div></div></body></html>",
    '<html><head><script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"t","articleBody":"Long text","url":"https://a.example/story","author":{"name":"Ann"},"datePublished":"2026-10-01","comment":[{"@type":"Comment","@id":"c1","text":"Hei","author":{"@type":"Person","name":"Ann","url":"https://b.example"},"dateCreated":"2026-10-01T08:00:00Z","upvoteCount":3,"comment":[{"@type":"Comment","text":"Svar"}]}]}</script></head><body></body></html>',
)  # fmt: skip
PAGES = (
    *COMMENT_PAGES,
    "<html><head><title>Storm</title><meta charset='utf-8'><link rel='alternate' type='application/rss+xml' href='/feed'><link rel='canonical' href='/story'><link rel='https://api.w.org/' href='https://a.example/wp-json/'><link rel='alternate' type='application/json' href='https://a.example/wp-json/wp/v2/posts/7'></head><body><nav><a href='/'>Home</a></nav><article><h1>Storm</h1><p class='byline'>By Ann</p><p>“It is a long storm,” said Ann Lee, who lives there. The road is closed until Friday, and nobody knows when the ferry goes again.</p><p>A second paragraph with enough words in it to be read as a part of the story by anything that counts words in paragraphs.</p><a href='/story?page=2' rel='next'>Next page</a><section id='isso-thread' data-isso-id='/story'></section><script src='/isso/js/embed.min.js' data-isso='/isso/'></script></article></body></html>",
)  # fmt: skip
WORDS = (
    "“", "”", '"', "'", "‘", "’", "«", "»", "„", "‚", "‹", "›", "「", "」", "『", "』", "–", "—", "- ", ", ", ". ", "! ", "? ", ": ", "\n", " ", " ", " ", "(", ")", "…", "said", "says", "told us", "sa", "sier", "sagte", "a dit", "dijo", "сказал", "заявила", "説明した", "と述べた", "powiedział", "disse", "according to", "ifølge", "Ann Lee", "Mr Smith", "the minister", "statsminister Støre", "Olav O’Brien", "he", "she", "hun", "the “new” plan", "We will", "it is", "a hope", "Vi skal", "to the BBC", "on Friday", "5", "1990s", "'90s", "don’t", "rock 'n' roll", "6'2\"", "它说", "他说：", "كتب", "קרא", "\u200f", "\u00a0", "\u202f", "<<", ">>", "``", "''", ",,", "[...]",
)  # fmt: skip
DATES = (
    "2026", "26", "1999", "0000", "10000", "-", "/", ".", ":", " ", " ", ",", "T", "Z", "+02:00", "-0530", "+99:99", "GMT", "CEST", "PST", "EST5EDT", "UT", "Mon", "Tue, ", "Friday", "Jan", "February", "Dec", "okt", "août", "März", "января", "Σεπ", "2026年10月2日", "오전", "오후", "午後", "PM", "am", "noon", "08", "8", "30", "31", "99", "24:00:00", "23:59:60", "1600000000", "1600000000000", "12:30:15.123456", "W53", "2nd", "th", "klo ", "kl. ", "at", "today", "ago", "Day", "²", "٢", "9" * 20,
)  # fmt: skip
QUERIES = (
    "feed:", "folder:", "tag:", "tag:*", "is:unread", "is:starred", "is:offline", "is:x", "has:comments", "has:tags", "has:quotes", "title:", "author:", "body:", "comments:", "quote:", "speaker:", "lang:", "lang:nb", "newer:", "newer:2d", "older:2026-02-31", "newer:2026-13", "since:yesterday", "before:99999y", "newer:0001", "newer:9999-12-31", "AND ", "OR ", "NOT ", "and ", "-", "(", ")", '"', "“", "”", "*", " ", " ", "storm", "ferry*", "Å", "https://a.b/?x=1", "a:b", "C++", "don’t", "日本", "12", "feed:3", "^", "NEAR(", "{", "}", "+", "\\", ";", "--", "'",
)  # fmt: skip
LISTS = (
    "https://a.example/feed", "http://b.example/rss?x=1", "feed://c.example/f", "https://[::1", "https://a.b:x/", '"query:Unread:unread = \\"yes\\""', "query:", "exec:~/x", "filter:y:https://a.b/", "file:///etc/passwd", "@ Section", "@", "$(cmd)", " ", " ", "\t", "\n", "\n", "\n", '"', '\\"', "\\", '"~Title"', "~t", "!", '"!"', "tag", '"two words"', "#", "# c", "<", "{", "reload-period 30", "<opml version='2.0'><body>", "<outline text='a' xmlUrl='https://a.example/f'/>", "<outline text='f'>", "</outline>", "</body></opml>", "https://a.example/feed",
)  # fmt: skip
FILTERS = (
    "title", "content", "author", "feedtitle", "rssurl", "unread", "flags", "age", "tags", "guid", " ", " ", " ", "=", "!=", "=~", "!~", "#", "!#", "<", ">", "<=", ">=", "between", "and", "or", "&&", "||", "(", ")", '"', '"yes"', '"no"', '"a|b"', '"^x.*$"', '"\\"q\\""', "1:7", '"0:2"', "3", "-1", "9" * 400, "\\", "²",
)  # fmt: skip
TOML = (
    "theme", "density", "text_width", "refresh_minutes", "keep_days", "backups", "pack_megabytes", "player", "notify", "preset", "prefetch", "threads", "[keys]", "[share]", "[[keys]]", "[", "]", "=", " = ", "\n", "\n", "\n", '"nord"', "'x'", '"""', "'''", "true", "1", "-1", "99999999999999999999", "0x10", "1e3", "nan", "2026-10-02", "12:30:00", "{", "}", "{a = 1}", "[1, 2]", "# c", ".", "a.b", '"news.example"', '["news.example"]', "keep", "drop", "title", "author", "next", '"div.story"', '"a[href"', '"::before"', '":is("', '"a:contains(x)"', '"p:nth-child(2n+1)"', '["a", "b"]', '"*|*"', '"x|y"', '"a > b ~ c"', '":has(a)"', '":lang(nb)"', '"[a=\\"\\\\\\"]"', "app.quit", "story.open", '"j,k"', '"ctrl+x"', '","', "list.open", '"esc"', '"xdg-open {url}"', "\\u0000", "\\ud800",
)  # fmt: skip
HEADERS = (
    "max-age=", "max-age=60", "no-cache", "s-maxage=1", "private", ", ", "; ", "=", '"', "0", "3600", "-1", "²", "٣", "9" * 20, "Fri, 02 Oct 2026 08:30:00 GMT", "Fri, 99 Foo 99999 25:61:61 GMT", "2026-10-02T08:30:00Z", "Thu, 01 Jan 1970", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "<https://a.example/f>", "<", ">", "rel=", 'rel="next"', "rel='self'", "type=application/rss+xml", 'rel="replies alternate"', "https://api.w.org/", "charset=", "charset=utf-8", "charset=\"x'", "text/html", "application/feed+json", "utf-7", "idna", "unicode_escape", "rot13", "zlib_codec", "hex", "\x00", "é", "\u3042", " ", "W/\"x\"", "'", "\\",
)  # fmt: skip
ADDRESSES = (
    "http://", "https://", "HTTP:", "//", "/", "\\", "@", ":", "?", "#", "&", "=", ";", ".", "..", "%", "%2f", "%00", "%ff", "[", "]", "[::1]", "[fe80::1%25eth0]", "::ffff:127.0.0.1", "127.0.0.1", "0x7f.1", "2130706433", "017700000001", "localhost", "a.example", "A.Example.", "xn--", "xn--a", "münchen.example", "。", "①②⑦.⓪.⓪.①", "user:pass", "80", "99999", "-1", "²", "٣", "builtin:edition/feed", "builtin:", "mailto:a@b.c", "mailto:", "javascript:x", "data:,x", "file:///etc", "feed:", "feed://", "utm_source=x", "page=2", "p/3", "story-2.html", "index.php", "amp/", "#!x", " ", "\t", "\n", "\u200b", "\u202e", "\ud800", "é", "日本", "👩‍👩‍👧", "x" * 300, "a." * 130,
)  # fmt: skip
SAID = (  # by a terminal: parts of what it says of keys, the mouse, its size and itself, and what is typed
    "\x1b", "\x1b", "\x1b[", "\x1b[", "\x1bO", "\x1bP", "\x1b]", "\x1b[<", "\x1b[M", "\x1b[?", "\x1b[48;", "\x1b[200~", "\x1b[201~", "\x1b[20", "0~", "1~", "\x1b[27u", "u", "~", "A", "D", "F", "P", "S", "R", "t", "m", "M", "I", "O", "$y", "?2048;1$y", ";", ";", ":", ":3", ";1:1", "-", "0", "1", "5", "27", "35", "64", "97", "127", "200", "255", "1114111", "1114112", "55296", "57344", "57444", "99999999", "9" * 19, "2048", "\x00", "\x03", "\x08", "\x09", "\x0d", "\x1a", "\x7f", "\x80", "\x9b", "q", "Q", "j", "b", "f", "å", "§", "語", "\u202e", "\ud800", "\ufffd", "a paste\nof lines", "٣",
)  # fmt: skip
HEAD = (  # of an answer
    "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\n", "HTTP/1.0 200 OK\r\n", "HTTP/1.1 200 \r\n", "HTTP/1.1 304\r\n", "HTTP/1.1 204 x\r\n", "HTTP/1.1 206 x\r\n", "HTTP/1.1 301 x\r\nLocation: ", "HTTP/1.1 302 x\r\nLocation: ", "HTTP/1.1 308 x\r\nlocation: ", "HTTP/1.1 404 x\r\n", "HTTP/1.1 429 x\r\nRetry-After: ", "HTTP/1.1 503 x\r\nretry-after: ", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 x\r\nlink: <x>\r\n\r\n", "HTTP/1.1 101 x\r\n\r\n", "HTTP/1.1 999 x\r\n", "HTTP/2 200\r\n", "HTTP/0.9 200 OK\r\n", "ICY 200 OK\r\n", "<html>", "\r\n",
)  # fmt: skip
LINES = (
    "\r\n", "\r\n\r\n", "\n", "\r", "\n\n", "Content-Length: ", "Content-Length: 5\r\n", "Content-Length: 0\r\n", "content-length: 5, 5\r\n", "Content-Length: -1\r\n", "Content-Length: +5\r\n", "Content-Length: 5_0\r\n", "Content-Length: 99999999999999999999\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: identity\r\n", "transfer-encoding: Chunked \r\n", "Content-Encoding: gzip\r\n", "Content-Encoding: deflate\r\n", "Content-Encoding: br\r\n", "Content-Encoding: gzip, gzip\r\n", "content-encoding: identity\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n", "Connection: upgrade\r\nUpgrade: h2c\r\n", "Keep-Alive: timeout=5\r\n", "Content-Type: text/xml; charset=", "ETag: W/\"x\x1b\"\r\n", "Last-Modified: x\x85\r\n", "Set-Cookie: a=b; Domain=.example; Path=/\r\n", "Set-Cookie: ;;=;\x1b\r\n", "Location: http://127.0.0.1/\r\n", "Link: <//[::>; rel=x\r\n", "X: y\r\n folded\r\n", " folded\r\n", ": x\r\n", "X : y\r\n", "X\x00: y\r\n", "X: \x00\x1b[2J\r\n", "X: \u00e5\r\n", "X: \u3042\r\n", "5\r\n", "5\r\nhello\r\n", "0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n", "ffffffffffffffffffff\r\n", "5;x=\"\r\n\"\r\nhello\r\n", "-5\r\n", "0x5\r\nhello\r\n", "5 \r\nhello\r\n", "hello", "x" * 700, "X: " + "y" * 4000 + "\r\n", "\x1f\x8b\x08", "\x78\x9c", "3600", "http://8.8.8.8/2", "https://8.8.8.8/", "http://127.0.0.1:1/", "http://within.example/", "http://there.example/", "//8.8.4.4/", "/there", "http://[::1]/", "http://0x7f.1/", "ftp://8.8.8.8/", "javascript:x", "file:///etc/passwd", "http://a:b@8.8.8.8/", "http://8.8.8.8:99999/", "\x00next\x00", "\x00next\x00", "utf-7",
)  # fmt: skip
