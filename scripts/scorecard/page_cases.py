"""Pages and threads that strangers may serve: each an answer as it goes over the wire. CANARY: host:port that nobody may
connect to. `python scripts/scorecard pages` serves them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable

from variant_feeds import MIB, chunked, moved, reply

WORDS = "The harbour was closed for the night, and the ferry stayed where it was until the storm had gone. "
MARK = "\x1b]0;CNRY7F\x07\u202e\x9b2J"


def page(body: str, head: str = "", *more: str) -> bytes:
    text = f"<!doctype html><html><head><title>t</title>{head}</head><body>{body}</body></html>"
    return reply(text.encode("utf-8", "surrogatepass"), "text/html; charset=utf-8", *more)


def story(inside: str = "", head: str = "") -> bytes:
    return page(f"<article><h1>t</h1><p>{WORDS * 4}</p>{inside}<p>{WORDS * 4}</p></article>", head)


def pages(canary: str) -> dict[str, bytes]:
    """name → answer for /page/NAME."""
    away = f"http://{canary}"
    said = "“The harbour is closed,” said Ann Berg. "
    deep_ld = '{"a":' * 40_000 + "1" + "}" * 40_000
    ld = "<script type='application/ld+json'>{}</script>".format
    return {
        "good": story(),
        "good-two": story("<blockquote>x</blockquote>"),
        "deep-div": page("<div>" * 150_000 + WORDS),
        "deep-inline": story("<b><i><u>" * 40_000),
        "deep-list": story("<ul><li>" * 40_000),
        "deep-table": story("<table><tr><td>" * 20_000),
        "deep-quote": story("<blockquote>" * 40_000),
        "deep-svg": story("<svg><foreignObject>" * 30_000),
        "deep-font": story("<font><p>" * 20_000),
        "many-p": page("<article>" + f"<p>{WORDS}</p>" * 60_000 + "</article>"),
        "many-br": story("x<br>" * 1_000_000),
        "many-a": story("<a href='/x'>x</a> " * 200_000),
        "many-a-open": story("<a href=/x>" * 200_000),
        "many-img": story("<img src=/i.png alt=x>" * 100_000),
        "many-figure": story("<figure><img src=/i.png><figcaption>x</figcaption></figure>" * 30_000),
        "many-said": story("".join(f"<p>{said * 12}</p>" for _ in range(2_000))),
        "many-marks": story("<p>" + "“" * 300_000 + "</p>"),
        "many-marks-two": story("<p>" + '"x" ' * 200_000 + "</p>"),
        "many-names": story("<p>" + "said Ann Berg, " * 60_000 + "</p>"),
        "many-cells": story("<table>" + ("<tr>" + "<td>x</td>" * 300 + "</tr>") * 600 + "</table>"),
        "span": story("<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr></table>"),
        "many-style": story("<style>" + "a{b:c}" * 1_000_000 + "</style>"),
        "many-class": story("".join(f"<div class='{'comment ' * 50}' id=c{n}>x</div>" for n in range(8_000))),
        "attribute-long": story("<p title='" + "y" * 4 * MIB + "'>x</p>"),
        "attributes": story("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">x</p>"),
        "one-word": story("<p>" + "y" * 3 * MIB + "</p>"),
        "marks": story("<p>" + "a\u0301\u0300" * 300_000 + "</p>"),
        "entities": story("&amp;&lt;&#x202e;&#27;&notit;" * 100_000),
        "less": story("<" * 1_000_000),
        "comment-open": story("<!--" * 300_000),
        "comment-dash": story("<!-" * 500_000),
        "cdata": story("<![CDATA[" * 100_000),
        "script-open": story("<script>" * 100_000),
        "nul": story("a\0b\0" * 300_000),
        "controls": story(f"<p>{MARK}</p><h2>{MARK}</h2><pre>{MARK}</pre><a href='http://x/{MARK}'>{MARK}</a>" * 50, f"<title>{MARK}</title><meta name=author content='{MARK}'>"),
        "surrogates": reply(b"<article><p>" + WORDS.encode() * 6 + b"\xed\xa0\x80\xff\xfe</p></article>", "text/html; charset=utf-8"),
        "utf16": reply(f"<article><p>{WORDS * 8}</p></article>".encode("utf-16"), "text/html"),
        "utf7": reply(b"<meta charset=utf-7><p>+ADw-script+AD4-" + WORDS.encode() * 6, "text/html; charset=utf-7"),
        "charset-odd": reply(f"<p>{WORDS * 8}</p>".encode(), "text/html; charset=zlib_codec"),
        "charset-long": reply(f"<p>{WORDS * 8}</p>".encode(), "text/html; charset=" + "x" * 50_000),
        "kind-feed": reply(f"<p>{WORDS * 8}</p>".encode(), "application/xhtml+xml"),
        "kind-pdf": reply(b"%PDF-1.7\n" + b"\0\xff" * 100_000, "application/pdf"),
        "kind-none": reply(f"<p>{WORDS * 8}</p>".encode(), ""),
        "kind-escape": reply(f"<p>{WORDS * 8}</p>".encode(), "text/\x1b]0;CNRY7F\x07html"),
        "bomb": reply(gzip.compress(b"<p>" * 100 * MIB, 9), "text/html", "Content-Encoding: gzip"),
        "bomb-small": reply(gzip.compress(b"<div><p>x " * 700_000, 9), "text/html", "Content-Encoding: gzip"),
        "claims": reply(b"<p>x", "text/html").replace(b"Content-Length: ", b"Content-Length: 99999999999"),
        "cut": story()[:-200].replace(b"Content-Length: ", b"Content-Length: 9"),
        "chunks": chunked(*(b"<p>" + WORDS.encode() for _ in range(50)), after=b"zz\r\n"),
        "empty": reply(b"", "text/html"),
        "ld-deep": story(head=ld(deep_ld)),
        "ld-big": story(head=ld(json.dumps({"@type": "NewsArticle", "articleBody": WORDS * 50_000}))),
        "ld-graph": story(head=ld(json.dumps({"@graph": [{"@type": "NewsArticle", "articleBody": WORDS * 9, "comment": [{"@type": "Comment", "text": "x", "author": {"name": n}}]} for n in range(4_000)]}))),
        "ld-many": story(head=ld('{"@type":"NewsArticle","articleBody":"' + WORDS * 8 + '"}') * 3_000),
        "ld-types": story(head=ld('{"@type":[["NewsArticle"]],"headline":{"a":[1]},"author":[[[]]],"datePublished":1e999,"articleBody":["x",{}]}')),
        "ld-escape": story(head=ld(json.dumps({"@type": "NewsArticle", "headline": MARK, "author": {"name": MARK}, "articleBody": WORDS * 9 + MARK}))),
        "base-away": story("<a href='x'>y</a><img src='i.png'>", f"<base href='{away}/'>"),
        "base-script": story("<a href='x'>y</a>", "<base href='javascript:alert(1)//'>"),
        "refresh-away": story(head=f"<meta http-equiv=refresh content='0;url={away}/'>"),
        "canonical-away": story(head=f"<link rel=canonical href='{away}/'><link rel=amphtml href='{away}/a'><meta property='og:url' content='{away}/'>"),
        "next-away": story(f"<a rel=next href='{away}/page/next-away?page=2'>2</a>", f"<link rel=next href='{away}/page/next-away?page=2'>"),
        "next-self": story("<a rel=next href='?page=2'>2</a><a href='?page=3'>3</a><a href='?page=4'>4</a>"),
        "next-endless": story("".join(f"<a href='?page={n}'>{n}</a>" for n in range(2, 90)) + "<p>" + "z" * 3_000_000 + "</p>"),
        "images-away": story(f"<img src='{away}/i.png' srcset='{away}/j.png 2x'><video poster='{away}/p' src='{away}/v'><picture><source srcset='{away}/s'></picture><iframe src='{away}/f'></iframe><object data='{away}/o'></object><embed src='{away}/e'>", f"<meta property='og:image' content='{away}/og'><link rel=stylesheet href='{away}/c'><link rel=preload as=image href='{away}/l'>"),
        "moved-away": moved(f"{away}/x"),
        "moved-name": moved(f"http://localhost:{canary.rpartition(':')[2]}/x"),
        "isso-away": story(f"<script data-isso='{away}/' src='{away}/js/embed.min.js'></script><section id=isso-thread data-isso-id='/x'></section>"),
        "wp-away": page(f"<article><p>{WORDS * 8}</p></article>", f"<link rel='https://api.w.org/' href='{away}/wp-json/'><link rel=alternate type=application/json href='{away}/wp-json/wp/v2/posts/7'><link rel=shortlink href='{away}/?p=7'>", f'Link: <{away}/wp-json/>; rel="https://api.w.org/"'),
        "discourse-away": story(f"<div id=discourse-comments></div><script>DiscourseEmbed={{discourseUrl:'{away}/',topicId:7}}</script>"),
        "mastodon-away": story(f"<a class=comments href='{away}/@ann/109999999999999999'>comments</a>", f"<link rel=replies href='{away}/@ann/109999999999999999'>"),
        "lemmy-away": story(f"<a href='{away}/post/7'>comments</a>"),
        "ghost-away": story(f"<script data-ghost-comments='{away}/' data-api='{away}/ghost/api/' data-post-id=7 src='{away}/comments-ui.min.js'></script>"),
        "atom-away": story(head=f"<link rel=alternate type='application/atom+xml' title='Comments' href='{away}/comments/feed/'>"),
        "comments-many": story("".join(f"<div class='comment' id='comment-{n}' itemscope itemtype='https://schema.org/Comment'><span itemprop=author>a{n}</span><p itemprop=text>giraffe {n}</p></div>" for n in range(12_000))),
        "comments-deep": story("<div class=comment itemscope itemtype='https://schema.org/Comment'><span itemprop=author>a</span><p itemprop=text>giraffe</p>" * 8_000),
        "comments-same": story("".join("<li class='comment' id='comment-1'><article><p>giraffe</p></article></li>" for _ in range(9_000))),
        "comments-entries": story("<div class='h-entry'>" + "".join("<div class='u-comment h-cite'><p class='p-name e-content'>giraffe</p><a class='u-url' href='javascript:1'>x</a></div>" for _ in range(6_000)) + "</div>"),
        "comments-escape": story("".join(f"<div class=comment itemscope itemtype='https://schema.org/Comment'><span itemprop=author>{MARK}</span><p itemprop=text>{MARK}</p></div>" for _ in range(20))),
    }  # fmt: skip


def one(number: int, **more: object) -> dict[str, object]:
    made = {"id": number, "post": 1, "parent": 0, "author_name": "kari", "date_gmt": "2026-03-02T09:00:00", "content": {"rendered": f"<p>giraffe {number}</p>"}, "link": "", "status": "approved", "type": "comment"}  # fmt: skip
    return {**made, **more}


def threads(canary: str) -> dict[str, Callable[[int], bytes]]:
    """name → the answer of WordPress' REST to the nth page of a thread."""

    def answered(comments: object, *more: str) -> bytes:
        text = comments if isinstance(comments, str) else json.dumps(comments)
        return reply(text.encode("utf-8", "surrogatepass"), "application/json", *more)

    def always(comments: object, *more: str) -> Callable[[int], bytes]:
        return lambda number: answered(comments, *more)

    few, total = [one(n) for n in range(1, 4)], "X-WP-Total: {}"
    deep = "[" * 60_000 + "]" * 60_000
    return {
        "good": always(few, total.format(3), "X-WP-TotalPages: 1"),
        "good-two": always(few, total.format(3), "X-WP-TotalPages: 1"),
        "endless": lambda number: answered([one(number * 1000 + n) for n in range(100)], total.format(10**9), "X-WP-TotalPages: 10000000"),
        "same-again": always([one(n) for n in range(100)], total.format(9_000), "X-WP-TotalPages: 90"),
        "counts": always(few, "X-WP-Total: " + "9" * 5000, "X-WP-TotalPages: -1"),
        "counts-words": always(few, f"X-WP-Total: {MARK}".encode("latin-1", "replace").decode("latin-1"), "X-WP-TotalPages: NaN"),
        "chain": always([one(n, parent=n - 1) for n in range(1, 6_000)]),
        "ring": always([one(n, parent=n % 500 + 1) for n in range(1, 501)]),
        "self": always([one(n, parent=n) for n in range(1, 200)]),
        "orphans": always([one(n, parent=10**9 + n) for n in range(1, 3_000)]),
        "twins": always([one(7) for _ in range(5_000)]),
        "wide": always([one(n, parent=1 if n > 1 else 0) for n in range(1, 9_000)]),
        "ids": always([one(10**30), one(-5), one(1e300), one(True), one("\x1b[2J"), one(None), one([]), one({})]),  # type: ignore[arg-type]
        "types": always([None, 1, [], "x", {"id": 1}, {"content": 5, "id": 2}, one(3, content=[]), one(4, author_name={}), one(5, date_gmt=[1]), one(6, link=7)]),
        "dates": always([one(n, date_gmt=date) for n, date in enumerate(("9999-99-99T99:99:99", "0000-00-00T00:00:00", "-1", "2026-03-02T09:00:00+99:99", "1" * 9000, "١٢٣٤", "2262-04-12T00:00:00"))]),
        "texts": always([one(n, author_name=MARK * 200, content={"rendered": MARK * 400}, author_url="javascript:1", link=f"http://{canary}/") for n in range(100)]),
        "bodies": always([one(n, content={"rendered": "<blockquote>" * 3_000 + "x"}) for n in range(60)]),
        "body": always([one(1, content={"rendered": "<p>y</p>" * 400_000})]),
        "images": always([one(n, author_avatar_urls={"96": f"http://{canary}/a.png"}, content={"rendered": f"<img src='http://{canary}/i.png'>giraffe"}) for n in range(9)]),
        "deep": always(deep),
        "deep-inside": always(f'[{{"id":1,"content":{{"rendered":"giraffe","x":{deep}}}}}]'),
        "surrogates": always('[{"id":1,"parent":0,"author_name":"\\ud800","date_gmt":"2026-03-02T09:00:00","content":{"rendered":"giraffe \\udfff\\u0000\\u001b[2J"}}]'),
        "numbers": always('[{"id":' + "9" * 9000 + ',"content":{"rendered":"giraffe"}}]'),
        "page": always("<html><body>Log in</body></html>"),
        "nothing": always(""),
        "bomb": lambda number: reply(gzip.compress(b"[" + b" " * 200 * MIB, 9), "application/json", "Content-Encoding: gzip"),
        "large": lambda number: answered([one(number * 1000 + n, content={"rendered": "z" * 90_000}) for n in range(100)], total.format(900), "X-WP-TotalPages: 9"),
        "away": lambda number: moved(f"http://{canary}/x"),
        "link-away": always(few, f'Link: <http://{canary}/more>; rel="next"', "X-WP-TotalPages: 2"),
        "cut": lambda number: answered(few)[:-40].replace(b"Content-Length: ", b"Content-Length: 9"),
    }  # fmt: skip
