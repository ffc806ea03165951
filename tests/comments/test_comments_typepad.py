"""TypePad: feeds that name a page only, the feed of comments below it, and the page where that feed is gone."""

from __future__ import annotations

import pytest

from comments.commentsfakes import Web, run
from tui_news.comments.sources import atom_thread, fetch_thread, find_ref
from tui_news.comments.sources.wordpress_html import parse_page
from tui_news.models import ParsedEntry

POST = "tag:typepad.com,2003:post-6a017d3e79c482970c01bb098db7b9970d"
STORY = "https://harbour.example/my-blog/2026/03/the-quay.html"
FEED = "https://harbour.example/my-blog/2026/03/the-quay/comments/atom.xml"
FIRST, SECOND = "6a017d3e79c482970c01bb098db7ba0001", "6a017d3e79c482970c01bb098db7ba0002"

ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:t="http://purl.org/syndication/thread/1.0"><id>tag:typepad.com,2003:c</id>
<entry><id>tag:typepad.com,2003:comment-{SECOND}</id><author><name>Liv</name></author>
<published>2026-03-02T10:00:00-08:00</published><t:in-reply-to ref="tag:typepad.com,2003:comment-{FIRST}"/>
<content type="html">&lt;p&gt;It is.&lt;/p&gt;</content></entry>
<entry><id>tag:typepad.com,2003:comment-{FIRST}</id><author><name>Per</name></author>
<published>2026-03-02T09:00:00-08:00</published><t:in-reply-to ref="{POST}"/>
<content type="html">&lt;p&gt;Is it wide?&lt;/p&gt;</content></entry></feed>""".encode()

PAGE = f"""<html><body><div id="comments"><div class="comment" id="comment-{FIRST}">
<div class="comment-content" id="comment-{FIRST}-content"><p>Is it wide?</p></div>
<p class="comment-footer">Posted by: <a href="https://per.example/">Per</a> |
<a href="#comment-{FIRST}">March 02, 2026 at 09:00 AM</a></p></div>
<div class="comment" id="comment-{SECOND}"><div class="comment-content"><p>It is.</p></div>
<p class="comment-footer">Posted by: Liv | <a href="#comment-{SECOND}">March 02, 2026 at 10:00 AM</a></p></div>
</div></body></html>""".encode()


def entry(**fields):
    return ParsedEntry(POST, STORY, "The quay", comments=STORY, comment_count=2, **fields)


def test_the_feed_of_comments_stands_below_the_story():
    ref = find_ref(entry(), "https://harbour.example/my-blog/", "", "TypePad")
    assert (ref.source, ref.page_url, ref.count_hint) == ("atom", f"{STORY}#comments", 2)
    assert [(route.name, route.url) for route in ref.routes] == [("atom", FEED), ("html", STORY)]
    own = find_ref(entry(comment_feed=f"{STORY}.xml"), "https://harbour.example/", "")
    assert [route.url for route in own.routes] == [f"{STORY}.xml"]


async def by(pages):
    ref = atom_thread.find(entry(), "", "")
    return await fetch_thread(ref, Web(pages).fetch, run)


async def test_feed_and_page_name_a_comment_alike():
    fetched = await by({FEED: ATOM})
    assert {one.id: (one.parent, one.author) for one in fetched.comments} == {
        FIRST: (None, "Per"), SECOND: (FIRST, "Liv"),
    }  # fmt: skip
    gone = await by({STORY: PAGE})
    assert (gone.route, {one.id for one in gone.comments}) == ("html", {FIRST, SECOND})


def test_a_name_on_the_page_only_where_it_is_set_apart():
    comments, _ = parse_page(PAGE, STORY)
    assert [(one.author, one.created, one.blocks[0].text) for one in comments] == [
        ("Per", None, "Is it wide?"), ("", None, "It is."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "odd", ['<a href="s://[">x</a>', '<a href="http://[::">x</a>', "&#1<time></time>", "<time>&#x1b;</time>&#2;"]
)
def test_what_is_odd_in_a_page_costs_nothing_else(odd):
    """A link that is none, and references to what no document may hold."""
    page = f"<ol><li id='comment-4' class='comment'><b class='fn'>Ann</b><div class='comment-content'>Words{odd}</div></li></ol>"
    ((found,), _) = parse_page(page.encode(), STORY)
    assert found.blocks[0].text.startswith("Words")
