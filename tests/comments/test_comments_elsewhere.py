"""WordPress sites whose comments somebody else keeps: asked first, then told, never an empty pane."""

import pytest

from comments.commentsfakes import Web, rest_item, rest_page, run
from tui_news.comments.sources import fetch_thread, find_ref, find_ref_in_page
from tui_news.comments.sources.contract import Elsewhere
from tui_news.models import ParsedEntry

SITE = "https://site.example/"
STORY = f"{SITE}2026/story/"
BASE = f"{SITE}wp-json/"
BOX = b"<html><body><p>Words.</p><div id='disqus_thread'></div></body></html>"
EMPTY = b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>"
NONE = rest_page([], 0)
PLAIN = b"<html><body><div id='comments'></div></body></html>"


def ref_of(comments=f"{STORY}#comments", count=3):
    entry = ParsedEntry(f"{SITE}?p=7", STORY, "T", comments=comments, comment_count=count)
    return find_ref(entry, SITE, f'<{BASE}>; rel="https://api.w.org/"')


def web_of(ref, page, rest=NONE):
    answers = {route.url: EMPTY for route in ref.routes if route.name in ("atom", "rss")}
    rest_url = next(route.url for route in ref.routes if route.name == "rest")
    return Web({**answers, f"{rest_url}&page=1": rest, STORY: page})


async def test_a_box_on_the_page_where_the_site_itself_has_none():
    ref = ref_of()
    with pytest.raises(Elsewhere, match="The comments are on Disqus") as caught:
        await fetch_thread(ref, web_of(ref, BOX).fetch, run)
    told = caught.value.ref
    assert (told.source, told.routes, told.count_hint, told.page_url) == ("links", (), 3, STORY)


async def test_a_copy_that_wordpress_holds_is_read():
    ref = ref_of(f"{STORY}#disqus_thread")
    web = web_of(ref, BOX, rest_page([rest_item(1)], 1))
    assert [one.id for one in (await fetch_thread(ref, web.fetch, run)).comments] == ["1"]


@pytest.mark.parametrize("page", [BOX, PLAIN, 404])
async def test_the_feed_alone_may_name_the_keeper(page):
    ref = ref_of(f"{STORY}#disqus_thread", None)
    with pytest.raises(Elsewhere, match="The comments are on Disqus"):
        await fetch_thread(ref, web_of(ref, page).fetch, run)


async def test_where_everything_is_refused_the_box_tells():
    ref = ref_of()
    with pytest.raises(Elsewhere):
        await fetch_thread(ref, Web({STORY: BOX}).fetch, run)


async def test_a_page_without_a_box_is_just_empty():
    ref = ref_of()
    fetched = await fetch_thread(ref, web_of(ref, PLAIN).fetch, run)
    assert (fetched.comments, fetched.total) == ((), 0)


async def test_comments_on_the_page_are_read_whatever_box_stands_beside_them():
    ref = ref_of()
    page = BOX.replace(b"<p>Words", b"<li id='comment-4'><p>Said.</p></li><p>Words")
    web = web_of(ref, page, 401)
    assert [one.id for one in (await fetch_thread(ref, web.fetch, run)).comments] == ["4"]


async def test_a_page_with_a_box_is_asked_by_the_sites_own_way_first():
    head = f"<link rel='https://api.w.org/' href='{BASE}'><link rel='shortlink' href='{SITE}?p=7'>"
    ref = find_ref_in_page(STORY, f"<html><head>{head}</head><body><div id='disqus_thread'></div></body></html>")
    assert (ref.source, dict(ref.meta)["keeper"]) == ("wordpress", "Disqus")
    with pytest.raises(Elsewhere):
        await fetch_thread(ref, web_of(ref, BOX).fetch, run)
