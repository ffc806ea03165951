"""WordPress' four routes, each on answers written for the purpose."""

from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import Web, rest_item, rest_page, run
from tui_news.comments.sources import fetch_thread, find_ref
from tui_news.comments.sources.contract import Line
from tui_news.comments.sources.wordpress import fetch
from tui_news.comments.sources.wordpress_feed import parse_feed
from tui_news.comments.sources.wordpress_html import parse_page
from tui_news.comments.sources.wordpress_rest import parse_comments, parse_posts
from tui_news.models import FetchError, ParsedEntry, Route, ThreadError, ThreadRef

SITE = "https://site.example/"
STORY = f"{SITE}story/"
API = f'<{SITE}wp-json/>; rel="https://api.w.org/"'
REF = find_ref(ParsedEntry(f"{SITE}?p=7", STORY, "A story", comment_feed=f"{STORY}feed/", author="Eva"), SITE, API)
REST = REF.routes[0].url
AUTHOR = f"{SITE}wp-json/wp/v2/posts/7?_fields=author"


def route(name, ref=REF):
    return next(route for route in ref.routes if route.name == name)


async def by(name, pages, ref=REF):
    web = Web(pages)
    return await fetch(ref, route(name, ref), Line(web.fetch, run)), web


def tree(fetched):
    return {comment.id: comment.parent for comment in fetched.comments}


# REST


async def test_rest_brings_all_with_their_parents():
    items = [rest_item(1), rest_item(2, 1, author_name="Tom &amp; <b>Jo</b>\x1b[31m", author_url="https://t.example/")]
    fetched, web = await by("rest", {f"{REST}&page=1": rest_page(items, 2)})
    assert (fetched.coverage, fetched.total, fetched.route, fetched.warnings) == ("complete", 2, "rest", ())
    assert tree(fetched) == {"1": None, "2": "1"}
    second = fetched.comments[1]
    assert second.author_url == "https://t.example/"
    assert "\x1b" not in second.author
    assert second.author.startswith("Tom & ")
    assert second.created == 1772442220
    assert second.url == f"{STORY}#comment-2"
    assert [block.text for block in second.blocks] == ["Words of 2."]
    assert len(web.asked) == 1


async def test_pages_are_all_fetched_and_counted():
    pages = {
        f"{REST}&page=1": rest_page([rest_item(n) for n in range(1, 101)], 230, 3),
        f"{REST}&page=2": rest_page([rest_item(n) for n in range(101, 201)], 230, 3),
        f"{REST}&page=3": rest_page([rest_item(n) for n in range(201, 231)], 230, 3),
    }
    fetched, web = await by("rest", pages)
    assert (len(fetched.comments), fetched.coverage) == (230, "complete")
    assert len(web.asked) == 3


async def test_a_page_that_shifts_is_read_again_and_else_called_partial():
    first = [rest_item(n) for n in range(1, 101)]
    pages = {
        f"{REST}&page=1": rest_page(first, 102, 2),
        f"{REST}&page=2": rest_page([rest_item(102)], 101, 2),
    }
    fetched, web = await by("rest", pages)
    assert web.asked.count(f"{REST}&page=2") == 2
    assert fetched.coverage == "complete" if len(fetched.comments) == fetched.total else fetched.coverage == "partial"
    pages[f"{REST}&page=2"] = rest_page([], 103, 2)
    fetched, _ = await by("rest", pages)
    assert (fetched.coverage, len(fetched.comments)) == ("partial", 100)
    assert fetched.warnings[0].startswith("100 of 10")


async def test_what_came_before_a_page_failed_is_kept_and_no_more_asked_for():
    items = [rest_item(number) for number in range(1, 101)]
    pages = {f"{REST}&page=1": rest_page(items, 950, 10)} | {f"{REST}&page={number}": 503 for number in range(2, 11)}
    fetched, web = await by("rest", pages)
    assert (len(fetched.comments), fetched.coverage, fetched.total) == (100, "partial", 950)
    assert "the site answered 503" in fetched.warnings[0]
    assert len(web.asked) <= 3


async def test_no_more_than_five_thousand_are_asked_for():
    pages = {f"{REST}&page={n}": rest_page([rest_item(n)], 8_112, 82) for n in range(1, 83)}
    fetched, web = await by("rest", pages)
    assert len(web.asked) == 50
    assert fetched.warnings == ("50 of 8,112 comments came.",)


async def test_the_next_part_of_a_thread_too_long_for_one_fetch():
    pages = {f"{REST}&page={n}": rest_page([rest_item(n)], 8_112, 82) for n in range(1, 83)}
    web = Web(pages)
    fetched = await fetch_thread(REF, web.fetch, run, more=5_000)
    assert web.asked[0].endswith("&page=50")
    assert len(web.asked) == 33
    assert (fetched.coverage, fetched.total) == ("partial", 8_112)


async def test_without_a_total_nothing_is_called_complete():
    pages = {
        f"{REST}&page=1": rest_page([rest_item(n) for n in range(1, 101)], None),
        f"{REST}&page=2": rest_page([rest_item(101)], None),
    }
    fetched, web = await by("rest", pages)
    assert (fetched.coverage, len(fetched.comments), len(web.asked)) == ("partial", 101, 2)
    odd = (rest_page([rest_item(1)], 1)[0], {"x-wp-total": "many"})
    assert (await by("rest", {f"{REST}&page=1": odd}))[0].coverage == "partial"


async def test_the_storys_author_is_told_by_number():
    items = [rest_item(1, author=4), rest_item(2, author=5, author_name="Eva"), rest_item(3)]
    pages = {f"{REST}&page=1": rest_page(items, 3), AUTHOR: b'{"author": 4}'}
    fetched, _ = await by("rest", pages)
    assert [comment.role for comment in fetched.comments] == ["op", "", ""]


@pytest.mark.parametrize("answer", [401, b"<html>", b"[]"])
async def test_where_the_number_is_kept_back_by_the_name_of_a_registered_writer(answer):
    items = [rest_item(1, author=4, author_name="Eva"), rest_item(2, author_name="Eva"), rest_item(3, author=5)]
    fetched, _ = await by("rest", {f"{REST}&page=1": rest_page(items, 3), AUTHOR: answer})
    assert [comment.role for comment in fetched.comments] == ["op", "", ""]


async def test_a_slug_leads_to_the_post_with_the_same_address():
    ref = find_ref(ParsedEntry(STORY, STORY, "A story"), SITE, API)
    lookup = f"{SITE}wp-json/wp/v2/posts?slug=story&_fields=id,link,author"
    posts = [
        {"id": 6, "link": f"{SITE}2020/story/", "author": 9},
        {"id": 7, "link": "http://www.site.example/story", "author": 4},
        "junk",
    ]
    pages = {lookup: json.dumps(posts).encode(), f"{REST}&page=1": rest_page([rest_item(1, author=4)], 1)}
    fetched, web = await by("rest", pages, ref)
    assert [comment.role for comment in fetched.comments] == ["op"]
    assert web.asked == [lookup, f"{REST}&page=1"]
    with pytest.raises(ThreadError) as caught:
        await by("rest", {lookup: b"[]"}, ref)
    assert caught.value.kind == "notthis"


async def test_a_number_of_another_domain_must_not_bring_another_storys_comments():
    ref = find_ref(ParsedEntry("http://old.example/?p=7", STORY, "A story"), SITE, "")
    url = route("rest", ref).url
    fetched, _ = await by("rest", {f"{url}&page=1": rest_page([rest_item(1)], 1)}, ref)
    assert len(fetched.comments) == 1
    other = rest_item(1, link=f"{SITE}other/#comment-1")
    with pytest.raises(ThreadError):
        await by("rest", {f"{url}&page=1": rest_page([other], 1)}, ref)
    unlinked = rest_item(1, link="")
    assert (await by("rest", {f"{url}&page=1": rest_page([unlinked], 1)}, ref))[0].comments


@pytest.mark.parametrize("body", [b"<html>nope</html>", b'{"code": "rest_cannot_read"}', b"", b"\xff\xfe"])
def test_what_is_no_list_is_no_thread(body):
    with pytest.raises(ThreadError) as caught:
        parse_comments(body, STORY)
    assert caught.value.kind == "notthis"


def test_odd_fields_never_break_a_page():
    items = [
        rest_item(1, content=None, author_name=None, date_gmt="0001-01-01T00:00:00", parent=True, author_url="javascript:x"),
        rest_item(2, content={"rendered": 5}, date_gmt="soon", link=None, type="pingback", parent="1", author="x"),
        {"id": 0}, {"id": None}, {"id": "²"}, "text", None,
    ]  # fmt: skip
    first, second = parse_comments(json.dumps(items).encode(), STORY)
    assert (first.author, first.created, first.blocks, first.parent, first.author_url) == ("", None, (), None, None)
    assert (second.kind, second.parent, second.created, second.author_id) == ("pingback", "1", None, None)


def test_a_body_is_cut_at_its_limit_and_quotes_are_quotes():
    (one,) = parse_comments(json.dumps([rest_item(1, content={"rendered": "x" * 200_000})]).encode(), STORY)
    assert len(one.body) == 65_536
    (one,) = parse_comments(
        json.dumps([rest_item(1, content={"rendered": "<p>&gt; Did you?</p><p>I did.</p>"})]).encode(), STORY
    )
    assert [(block.text, block.quote) for block in one.blocks] == [("Did you?", 1), ("I did.", 0)]


def test_posts_are_read_as_a_list_or_one():
    assert parse_posts(b'{"author": 3}') == (("", "", "3"),)
    assert parse_posts(b'[{"id": 1, "link": "x"}, 5]') == (("1", "x", ""),)


# Feeds

ATOM = f"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0">
<entry><title>By: Bea</title><author><name> Bea\u202e </name><uri>https://bea.example/</uri></author>
<id>{SITE}?p=7#comment-12</id><link href="{STORY}#comment-12"/><published>2026-03-02T09:20:40Z</published>
<content type="html">&lt;p&gt;Als Antwort auf &lt;a href="{STORY}#comment-11"&gt;Ann&lt;/a&gt;.&lt;/p&gt;
&lt;p&gt;Indeed &amp;amp; so.&lt;/p&gt;</content><t:in-reply-to ref="{SITE}?p=7#comment-11" href="x"/></entry>
<entry><author>Ann</author><id>{SITE}?p=7#comment-11</id><updated>2026-03-02T09:00:00Z</updated>
<content type="html">First &amp;lt;3</content><t:in-reply-to ref="{SITE}?p=7"/></entry>
</feed>""".encode()

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<item><title>By: Bea</title><link>{STORY}#comment-12</link><dc:creator>Bea</dc:creator>
<pubDate>Mon, 02 Mar 2026 09:20:40 +0000</pubDate><guid>{SITE}?p=7#comment-12</guid>
<description>short</description><content:encoded><![CDATA[<p>In reply to <a href="{STORY}#comment-11">Ann</a>.</p>
<p>Indeed.</p>]]></content:encoded></item>
<item><link>{STORY}#comment-11</link><author>Ann</author><description>First.</description></item>
<item><title>No number</title></item></channel></rss>""".encode()


async def test_the_atom_feed_knows_who_answers_whom():
    fetched, _ = await by("atom", {f"{STORY}feed/atom/": ATOM})
    assert (fetched.coverage, fetched.route, "parent" in fetched.knows) == ("newest", "atom", True)
    assert tree(fetched) == {"12": "11", "11": None}
    bea, ann = fetched.comments
    assert (bea.author, bea.author_url, bea.created) == ("Bea", "https://bea.example/", 1772443240)
    assert [block.text for block in bea.blocks] == ["Indeed & so."]
    assert (ann.author, ann.created, ann.blocks[0].text) == ("Ann", 1772442000, "First <3")


async def test_the_rss_feed_tells_a_reply_by_its_first_paragraph():
    fetched, _ = await by("rss", {f"{STORY}feed/": RSS})
    assert "parent" not in fetched.knows
    assert tree(fetched) == {"12": "11", "11": None}
    assert [comment.blocks[0].text for comment in fetched.comments] == ["Indeed.", "First."]
    assert fetched.comments[1].author == "Ann"


def test_a_feed_of_something_else_is_no_thread():
    for body in (b"", b"<html><p>x</html>", b"<rss><channel><item><guid>a</guid></item></channel></rss>", b"\x00"):
        with pytest.raises(ThreadError):
            parse_feed(body, STORY)
    assert parse_feed(b"<rss><channel></channel></rss>", STORY) == ()


def test_a_broken_feed_gives_what_it_holds():
    (bea,) = parse_feed(ATOM[: ATOM.index(b"</entry>") + 20], STORY)
    assert bea.id == "12"


async def test_a_comment_feeds_headers_lead_to_all_the_comments():
    ref = find_ref(ParsedEntry(STORY, STORY, "A story", comment_feed=f"{STORY}feed/"), SITE, "")
    assert [route.name for route in ref.routes] == ["atom", "rss", "html"]
    alternate = f'<{SITE}wp-json/wp/v2/posts/7>; rel="alternate"; type="application/json"'
    pages = {
        f"{STORY}feed/atom/": (ATOM, {"link": alternate}),
        f"{REST}&page=1": rest_page([rest_item(n) for n in (10, 11, 12)], 3),
    }
    fetched, _ = await by("atom", pages, ref)
    assert (fetched.route, len(fetched.comments)) == ("rest", 3)
    pages[f"{REST}&page=1"] = 401
    fetched, _ = await by("atom", pages, ref)
    assert (fetched.route, len(fetched.comments)) == ("atom", 2)


# Pages


def li(number, body, inside="", extra=""):
    return f"""<li id="comment-{number}" class="comment {extra}"><article id="div-comment-{number}" class="comment-body">
    <footer class="comment-meta"><div class="comment-author vcard"><img class="avatar"><b class="fn"><a class="url"
    href="/u{number}">Writer {number}</a></b> <span class="says">says:</span></div>
    <div class="comment-metadata"><a href="#comment-{number}"><time datetime="2026-03-02T10:0{number}:00+01:00">x</time></a></div>
    </footer><div class="comment-content"><p>{body}</p></div><div class="reply"><a class="comment-reply-link"
    href="?replytocom={number}#comment-{number}">Reply</a></div></article>{inside}</li>"""


def thread(*items):
    return f'<html><body><div id="comments"><ol class="comment-list">{"".join(items)}</ol></div></body></html>'.encode()


def test_a_pages_comments_nest_as_their_elements_do():
    page = thread(li(1, "One", f'<ol class="children">{li(2, "Two", extra="bypostauthor")}</ol>'), li(3, "Three"))
    comments, pages = parse_page(page, STORY)
    assert [(one.id, one.parent, one.author, one.role) for one in comments] == [
        ("1", None, "Writer 1", ""), ("2", "1", "Writer 2", "op"), ("3", None, "Writer 3", ""),
    ]  # fmt: skip
    assert [one.blocks[0].text for one in comments] == ["One", "Two", "Three"]
    assert comments[0].created == 1772442060
    assert comments[0].author_url == f"{SITE}u1"
    assert comments[0].url == f"{STORY}#comment-1"
    assert pages == ()


def test_old_themes_have_no_content_class_and_empty_anchors():
    page = b"""<ol class="commentlist"><li class="pingback"><a id="comment-4"></a><cite>Ola</cite> says:
    <div class="commentmetadata"><a href="#comment-4">1 May</a></div><p>Old <b>words</b>.</p> and a tail
    <div class="reply">Reply</div> here</li></ol>"""
    ((one,), _) = parse_page(page, STORY)
    assert one.kind == "pingback"
    text = " ".join(block.text for block in one.blocks)
    assert "Old words." in text
    assert "Reply" not in text
    assert "tail" in text
    assert "here" in text
    assert one.created is None


def test_a_name_is_shown_only_when_it_is_set_apart():
    def author(html):
        ((one,), _) = parse_page(
            f'<div id="comment-1"><div class="comment-content">x</div>{html}</div>'.encode(), STORY
        )
        return one.author, one.author_url

    assert author('<div class="comment-author"><strong>Ida</strong> 5 May</div>') == ("Ida", None)
    assert author('<div class="comment-author"><a href="https://ida.example/">Ida</a> 5 May</div>')[0] == "Ida"
    assert author('<div class="comment-author">Ida 5 May</div>') == ("", None)
    assert author('<div class="comment-author">Ida</div>') == ("Ida", None)
    assert author('<div class="comment-author"><a href="#comment-1">5 May</a></div>') == ("", None)
    assert author(f'<b class="fn">{"x" * 100}</b>') == ("", None)
    assert author("") == ("", None)


def test_a_body_in_the_comment_body_class_loses_the_furniture_around_it():
    page = b"""<div id="li-comment-1"><div class="comment-body"><div class="vcard">Ann</div><time>now</time>
    <p>Words.</p><form>x</form></div></div>"""
    ((one,), _) = parse_page(page, STORY)
    assert [block.text for block in one.blocks] == ["Words."]


def test_a_page_without_comments_may_still_be_their_place():
    assert parse_page(b'<div id="respond">Write</div>', STORY) == ((), ())
    for body in (b"", b"<p>Just words</p>"):
        with pytest.raises(ThreadError):
            parse_page(body, STORY)


async def test_further_pages_of_a_thread_are_read():
    nav = f"""<nav><a href="{STORY}comment-page-2/#comments">2</a><a href="{STORY}comment-page-1/#comments">1</a>
    <a href="https://else.example/story/comment-page-3/">3</a><a href="{SITE}other/comment-page-4/">4</a></nav>"""
    pages = {
        STORY: (thread(li(3, "Three")).replace(b"</body>", nav.encode() + b"</body>"), {"content-type": "text/html"}),
        f"{STORY}comment-page-1/": thread(li(1, "One")),
        f"{STORY}comment-page-2/": thread(li(2, "Two"), li(3, "Three")),
    }
    fetched, web = await by("html", pages)
    assert sorted(tree(fetched)) == ["1", "2", "3"]
    assert (fetched.coverage, "parent" in fetched.knows, len(fetched.warnings)) == ("partial", False, 1)
    assert len(web.asked) == 3
    _, others = parse_page(pages[STORY][0], f"{STORY}comment-page-2/")
    assert others == (f"{STORY}comment-page-1/",)


async def test_themes_that_link_only_the_next_older_page_are_followed_to_the_first():
    def older(number):
        return f'<nav><a href="{STORY}comment-page-{number}/#comments">Older comments</a></nav>' if number else ""

    pages = {f"{STORY}comment-page-{n}/": thread(li(n, "Words"), older(n - 1)) for n in (1, 2, 3)}
    fetched, web = await by("html", {STORY: thread(li(4, "Words"), older(3)), **pages})
    assert [comment.id for comment in fetched.comments] == ["4", "3", "2", "1"]
    assert len(web.asked) == 4


async def test_a_picture_is_no_page():
    with pytest.raises(ThreadError):
        await by("html", {STORY: (b"PNG", {"content-type": "image/png"})})


async def test_a_refusal_is_handed_on():
    with pytest.raises(FetchError):
        await by("rest", {})


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.text(alphabet="<>/\"'= lidvcoment-123\x00", max_size=200))
def test_no_bytes_break_a_parser(noise, html):
    for parse, body in (
        (parse_comments, noise),
        (parse_feed, noise),
        (parse_feed, b"<rss><item><guid>#comment-1</guid><description>" + noise),
        (parse_page, noise),
        (parse_page, b'<li id="comment-1">' + html.encode() + b'<li id="comment-2">' + noise),
    ):
        with contextlib.suppress(ThreadError):
            assert isinstance(parse(body, STORY), tuple)


def test_a_ref_without_a_page_falls_back_to_its_own_address():
    ref = ThreadRef("wordpress", "k", (Route("rest", REST),), f"{STORY}#comments", None, (("check", "1"),))
    assert route("rest", ref).url == REST
