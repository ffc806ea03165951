"""Whose stories a refresh fetches ahead, and how many."""

from __future__ import annotations

import pytest

from fakes import NOW, Clock, FakeWeb, item, make_tools, page, rss
from tui_news.models import FetchError, View
from tui_news.services import packing
from tui_news.services.packing import DAY, prefetch
from tui_news.services.subscribing import add

FEED = "https://coast.example/feed"
WORDS = "The harbour was quiet when the boat came in, and nobody on the quay had expected it so early in the year. " * 6


def dated(number, date):
    made = item(number, guid=f"tag:{number}")
    head, _, rest = made.partition("<pubDate>")
    return f"{head}<pubDate>{date}{rest[rest.index('</pubDate>') :]}"


def numbers(urls):
    return sorted(int(url.rpartition("/")[2]) for url in urls if "wp-json" not in url)


@pytest.fixture
async def tools(tmp_path):
    """Stories 1..8 of today, 9 of last month; 1, 2 read; 1, 9 starred."""
    items = [*(item(n, guid=f"tag:{n}") for n in range(1, 9)), dated(9, "Fri, 21 Aug 2026 08:00:00 +0000")]
    web = FakeWeb({FEED: rss(*items)})
    web.pages |= {f"https://coast.example/{n}": page(f"Story {n}", WORDS, WORDS) for n in range(1, 10)}
    made = make_tools(tmp_path, web, Clock())
    await add(made, FEED)
    by = {int(row.title.split()[1]): row.id for row in made.library.stories.page(View(), None, 20)}
    made.library.stories.set_read([by[1], by[2]], True)
    made.library.stories.set_starred([by[1], by[9]], True)
    web.asked.clear()
    yield made
    made.library.close()


async def ahead(tools, **options):
    tools.web.asked.clear()
    feeds = {feed.id for feed in tools.library.feeds.all()}
    await prefetch(tools, feeds, lambda story: None, **options)
    return numbers(tools.web.urls)


async def test_unread_of_the_week_a_few_a_refresh_until_all_are_held(tools):
    assert await ahead(tools) == [4, 5, 6, 7, 8]
    assert await ahead(tools) == [3]
    assert await ahead(tools) == []


@pytest.mark.parametrize(
    ("policy", "first", "then"),
    [("all", [4, 5, 6, 7, 8], [1, 2, 3]), ("starred", [1, 9], []), ("off", [], []), ("odd", [], [])],
)
async def test_the_other_policies(tools, policy, first, then):
    assert await ahead(tools, policy=policy) == first
    assert await ahead(tools, policy=policy) == then


async def test_only_the_feeds_that_were_refreshed(tools):
    packed = await prefetch(tools, (), lambda story: None)
    assert (packed.asked, tools.web.asked) == (0, [])
    assert (await prefetch(tools, {999}, lambda story: None)).asked == 0


async def test_sixty_in_all(tools, monkeypatch):
    monkeypatch.setattr(packing, "IN_ALL", 2)
    assert await ahead(tools) == [7, 8]


async def test_pages_of_the_list_are_followed(tools, monkeypatch):
    monkeypatch.setattr(packing, "PAGE", 2)
    assert await ahead(tools, policy="starred") == [1, 9]


async def test_what_fails_makes_room_for_a_day(tools):
    for number in (4, 5, 6, 7, 8):
        tools.web.pages[f"https://coast.example/{number}"] = FetchError("status", "no", "500", status=500)
    tried = {}
    assert await ahead(tools, tried=tried) == [4, 5, 6, 7, 8]
    assert await ahead(tools, tried=tried) == [3]
    assert await ahead(tools, tried=tried) == []
    tools.clock.now = NOW + DAY
    assert await ahead(tools, tried=tried) == [4, 5, 6, 7, 8]


async def test_with_the_plug_out_nothing_counts_as_tried(tools):
    tools.web.down = True
    tried = {}
    await ahead(tools, tried=tried)
    assert tried == {}
    tools.web.down = False
    assert await ahead(tools, tried=tried) == [4, 5, 6, 7, 8]


async def test_a_count_that_rose_is_looked_at_by_the_storys_age_and_one_of_nought_costs_nothing(tmp_path):
    story, rest = "https://coast.example/1", "https://coast.example/wp-json/wp/v2/comments"

    def feed(count):
        return rss(item(1, extra=f"<slash:comments>{count}</slash:comments>"))

    class Site(FakeWeb):
        async def get(self, url, **kwargs):
            if url.startswith(rest):
                self.pages[url] = b"[]"
            return await super().get(url, **kwargs)

    tools = make_tools(tmp_path, Site({FEED: feed(0), story: page("Story 1", WORDS, WORDS)}), Clock())
    try:
        await add(tools, FEED)
        from tui_news.services.refresh import refresh

        assert await ahead(tools) == [1], "the page, and no request for comments"
        tools.web.pages[FEED] = feed(3)
        tools.clock.now = NOW + 60
        await refresh(tools, force=True)
        row = tools.library.stories.page(View(), None, 1)[0]
        assert row.comments_hint == 3
        tools.web.asked.clear()
        await prefetch(tools, {row.feed_id}, lambda story: None)
        assert any(url.startswith(rest) for url in tools.web.urls)
        held = tools.library.stories.page(View(), None, 1)[0]
        assert held.offline
        tools.web.asked.clear()
        await prefetch(tools, {row.feed_id}, lambda story: None)
        assert tools.web.asked == [], "the site has none: the count alone is no reason to ask each time"
        tools.clock.now = NOW + DAY
        await prefetch(tools, {row.feed_id}, lambda story: None)
        assert any(url.startswith(rest) for url in tools.web.urls)
    finally:
        tools.library.close()
