from __future__ import annotations

import pytest

from fakes import FakeWeb, item, make_tools, rss
from tui_news.models import FeedError, FetchError, Response, TuinewsError
from tui_news.services.subscribing import add

SITE = "https://coast.example/"
FEED = "https://coast.example/feed"
PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" title="Coast" href="/feed"></head><body>Hello</body></html>"""


@pytest.fixture
def web():
    return FakeWeb({SITE: PAGE, FEED: rss(item(1), item(2))})


@pytest.fixture
def tools(tmp_path, web):
    made = make_tools(tmp_path, web)
    yield made
    made.library.close()


async def test_a_feeds_address_is_subscribed_and_stored(tools):
    added = await add(tools, FEED, folder="News/Coast")
    assert (added.feed.title, added.feed.url, added.feed.folder) == ("Coast Post", FEED, "News/Coast")
    assert added.stories == 2
    assert tools.library.stories.get(added.first_story).row.title == "Story 2"
    assert not added.already


async def test_a_sites_address_leads_to_its_feed(tools):
    added = await add(tools, "coast.example")
    assert added.feed.url == FEED


async def test_adding_again_says_so_and_asks_nobody(tools, web):
    await add(tools, FEED)
    web.asked.clear()
    added = await add(tools, FEED)
    assert added.already
    assert added.stories == 2
    assert web.asked == []


async def test_a_moved_feed_is_subscribed_where_it_went(tools, web):
    there = "https://coast.example/new-feed"
    web.pages[FEED] = Response(FEED, there, 200, {}, rss(item(1)), moved_to=there)
    assert (await add(tools, FEED)).feed.url == there


async def test_a_page_that_names_no_feed_is_guessed_at_and_then_a_sentence(tools, web):
    web.pages[SITE] = b"<html><body>Nothing here</body></html>"
    web.pages["https://coast.example/feed/"] = rss(item(3))
    assert (await add(tools, SITE)).stories == 1
    web.pages["https://quiet.example/"] = b"<html><body>Nothing here</body></html>"
    with pytest.raises(FeedError, match="the page names no feed"):
        await add(tools, "https://quiet.example/")


async def test_feeds_that_cannot_be_read_are_said(tools, web):
    web.pages[FEED] = b"<html>a page</html>"
    with pytest.raises(FeedError, match="could not be read"):
        await add(tools, SITE)


@pytest.mark.parametrize("address", ["", "exec:ls", "/etc/passwd", "javascript:alert(1)", "file:///etc/passwd"])
async def test_what_is_no_address_is_refused_before_anything_is_asked(tools, web, address):
    with pytest.raises(TuinewsError, match="no address that can be subscribed"):
        await add(tools, address)
    assert web.asked == []


async def test_an_unreachable_site_is_its_error(tools, web):
    web.down = True
    with pytest.raises(FetchError, match="no connection"):
        await add(tools, SITE)
    assert tools.library.feeds.all() == ()


async def test_a_title_of_ones_own_stays(tools):
    added = await add(tools, FEED, title="My coast")
    assert added.feed.title == "My coast"


async def test_a_removed_feed_comes_back_with_its_stories(tools):
    first = await add(tools, FEED)
    with tools.library.write():
        tools.library.stories.set_read([first.first_story], True)
        tools.library.feeds.remove(first.feed.id)
    again = await add(tools, FEED)
    assert again.feed.id == first.feed.id
    assert tools.library.stories.get(first.first_story).row.read
