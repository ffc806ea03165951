"""Reading, discussing and packing, over a web made of a dict."""

from __future__ import annotations

import json

import pytest

from fakes import NOW, Clock, FakeWeb, item, make_tools, page, rss
from tui_news.comments.sources import find_ref
from tui_news.models import FetchError, ParsedEntry, Response, ThreadError
from tui_news.services.discussing import _remember, _remembered, fetch_comments, is_due, site_of
from tui_news.services.packing import pack, prefetch
from tui_news.services.reading import feed_article, fetch_article
from tui_news.services.rendering import render_new
from tui_news.services.subscribing import add

FEED = "https://coast.example/feed"
LONG = (
    "The harbour was quiet when the boat came in, and nobody on the quay had expected it to be so early in the year. "
    * 6
)
REST = "https://coast.example/wp-json/wp/v2/comments"


def comment(number: int, parent: int = 0, text: str = "Well said.") -> dict[str, object]:
    return {
        "id": number, "parent": parent, "author": 0, "author_name": f"Reader {number}", "author_url": "",
        "date_gmt": "2026-09-21T08:00:00", "content": {"rendered": f"<p>{text}</p>"},
        "link": f"https://coast.example/1#comment-{number}", "type": "comment",
    }  # fmt: skip


class CommentWeb(FakeWeb):
    """Answers the REST route, whatever its parameters, from `comments`; `rest` may be an error instead."""

    comments: list[dict[str, object]]
    rest: Exception | None = None

    async def get(self, url, **kwargs):
        if url.startswith(REST) and not self.down:
            self.asked.append((url, {}))
            if self.rest:
                raise self.rest
            headers = {
                "x-wp-total": str(len(self.comments)),
                "x-wp-totalpages": "1",
                "content-type": "application/json",
            }
            return Response(url, url, 200, headers, json.dumps(self.comments).encode())
        return await super().get(url, **kwargs)


@pytest.fixture
def web():
    extra = "<slash:comments>2</slash:comments><wfw:commentRss>https://coast.example/1/feed/</wfw:commentRss>"
    feed = rss(
        item(1, "The early boat", extra=extra),
        item(2, "All of it", f"<p>{LONG}</p><p>“It is early,” said Ada Birk.</p>" + f"<p>{LONG}</p>" * 3),
    )
    link = '<https://coast.example/wp-json/>; rel="https://api.w.org/"'
    made = CommentWeb(
        {
            FEED: Response(FEED, FEED, 200, {"link": link}, feed),
            "https://coast.example/1": page("The early boat", LONG, "“Nobody told us,” said Ada Birk.", LONG),
        }
    )
    made.comments = [comment(11), comment(12, 11)]
    return made


@pytest.fixture
async def tools(tmp_path, web):
    made = make_tools(tmp_path, web, Clock())
    await add(made, FEED)
    yield made
    made.library.close()


def by_title(tools, title):
    from tui_news.models import View

    return next(row for row in tools.library.stories.page(View(), None, 10) if row.title == title)


async def test_a_teaser_is_completed_from_its_page_once(tools, web):
    story = by_title(tools, "The early boat").id
    assert await fetch_article(tools, story)
    article = tools.library.articles.get(story)
    assert article.source == "page"
    assert "Nobody told us" in " ".join(block.text for block in article.blocks)
    assert [(quote.speaker, quote.kind) for quote in article.quotes] == [("Ada Birk", "speech")]
    web.asked.clear()
    assert not await fetch_article(tools, story)
    assert web.asked == []
    assert await fetch_article(tools, story, force=True)


async def test_a_full_feed_body_needs_no_page(tools, web):
    story = by_title(tools, "All of it").id
    web.asked.clear()
    assert await fetch_article(tools, story)
    assert web.asked == []
    assert tools.library.articles.get(story).source == "feed"
    assert by_title(tools, "All of it").quotes == 1
    assert not await fetch_article(tools, story)


async def test_a_page_that_fails_leaves_the_feeds_text(tools, web):
    story = by_title(tools, "The early boat").id
    web.pages["https://coast.example/1"] = FetchError("status", "no", status=500)
    with pytest.raises(FetchError):
        await fetch_article(tools, story)
    assert tools.library.articles.get(story) is None
    stored = tools.library.stories.get(story)
    assert "teaser" in " ".join(block.text for block in feed_article(stored, NOW).blocks)


async def test_what_is_no_page_is_said(tools, web):
    story = by_title(tools, "The early boat").id
    url = "https://coast.example/1"
    web.pages[url] = Response(url, url, 200, {"content-type": "application/pdf"}, b"%PDF")
    with pytest.raises(FetchError, match="application/pdf"):
        await fetch_article(tools, story)


async def test_a_story_that_is_not_there_is_nothing(tools):
    assert not await fetch_article(tools, 999)
    assert not await fetch_comments(tools, 999)


async def test_new_stories_are_rendered_so_that_lists_know_their_quotes(tools):
    full, teaser = by_title(tools, "All of it").id, by_title(tools, "The early boat").id
    assert await render_new(tools, (full, teaser, 999)) == 1
    assert await render_new(tools, (full,)) == 0
    assert by_title(tools, "All of it").quotes == 1


async def test_a_thread_is_fetched_kept_and_merged(tools, web):
    story = by_title(tools, "The early boat").id
    assert await fetch_comments(tools, story)
    thread = tools.library.threads.get(story)
    assert [(one.id, one.parent) for one in thread.comments] == [("11", None), ("12", "11")]
    assert (thread.route, thread.coverage, thread.gen) == ("rest", "complete", 1)
    assert by_title(tools, "The early boat").comments == 2
    web.comments = [*web.comments, comment(13, 12)]
    assert not await fetch_comments(tools, story), "not due yet"
    assert await fetch_comments(tools, story, force=True)
    thread = tools.library.threads.get(story)
    assert len(thread.comments) == 3
    assert [one.id for one in thread.comments if thread.is_new(one)] == ["13"]
    assert by_title(tools, "The early boat").comments_new == 1


async def test_the_route_that_worked_is_remembered_for_the_site(tools):
    story = by_title(tools, "The early boat").id
    await fetch_comments(tools, story)
    ref = tools.library.threads.get(story).ref
    assert site_of(ref) == "wordpress|coast.example"
    assert tools.library.threads.route_for(site_of(ref)) == "rest"


async def test_a_lesser_route_is_trusted_for_a_day_and_never_when_asked_by_hand(tools, web):
    story = by_title(tools, "The early boat").id
    web.rest = FetchError("status", "no", "401", status=401)
    items = (rss_comment(1, 11), rss_comment(1, 12))
    url = "https://coast.example/1/feed/"
    web.pages[url] = Response(url, url, 200, {"content-type": "application/rss+xml"}, rss(*items))
    assert await fetch_comments(tools, story)
    assert tools.library.threads.get(story).route == "rss"
    web.rest = None
    tools.clock.now += 7200
    assert await fetch_comments(tools, story)
    assert tools.library.threads.get(story).route == "rss", "what last worked is asked first"
    assert await fetch_comments(tools, story, force=True)
    assert tools.library.threads.get(story).route == "rest"
    tools.library.threads.remember_route("wordpress|coast.example", "rss", tools.now)
    tools.clock.now += 90_000
    assert await fetch_comments(tools, story)
    assert tools.library.threads.get(story).route == "rest", "after a day the best is tried again"


def rss_comment(post, number):
    guid = f"https://coast.example/?p={post}#comment-{number}"
    return f"<item><title>By: R</title><guid>{guid}</guid><description>Well said.</description></item>"


def test_a_lesser_route_is_the_sites_when_a_second_story_needs_it(tools):
    ref, threads = (
        find_ref(ParsedEntry("https://a.example/?p=7", "https://a.example/s", "A"), "", ""),
        tools.library.threads,
    )
    _remember(tools, 1, ref, "atom")
    assert (_remembered(tools, 1, ref), _remembered(tools, 2, ref)) == ("atom", "")
    _remember(tools, 1, ref, "atom")
    assert _remembered(tools, 2, ref) == "", "the same story again is no second one"
    _remember(tools, 2, ref, "rest")
    _remember(tools, 1, ref, "atom")
    assert _remembered(tools, 3, ref) == ""
    _remember(tools, 2, ref, "atom")
    assert (_remembered(tools, 3, ref), threads.route_for(site_of(ref))) == ("atom", "atom")


async def test_a_failure_is_noted_beside_what_is_held(tools, web):
    story = by_title(tools, "The early boat").id
    await fetch_comments(tools, story)
    web.rest = FetchError("status", "no", "401", status=401)
    with pytest.raises((FetchError, ThreadError)):
        await fetch_comments(tools, story, force=True)
    thread = tools.library.threads.get(story)
    assert thread.error
    assert len(thread.comments) == 2


async def test_offline_writes_nothing(tools, web):
    story = by_title(tools, "The early boat").id
    await fetch_comments(tools, story)
    before = tools.library.threads.get(story)
    web.down = True
    with pytest.raises(FetchError):
        await fetch_comments(tools, story, force=True)
    assert tools.library.threads.get(story) == before


@pytest.mark.parametrize(
    ("age", "fetched", "hint", "due"),
    [
        (60, 500, None, False), (60, 601, None, True), (7 * 3600, 1800, None, False), (7 * 3600, 3700, None, True),
        (3 * 86400, 3700, None, False), (3 * 86400, 90000, None, True), (30 * 86400, 900000, None, False),
        (30 * 86400, 61, 5, True), (30 * 86400, 59, 5, False), (30 * 86400, 61, 2, False),
        (30 * 86400, 61, 1, True), (30 * 86400, 61, 0, True),
    ],
)  # fmt: skip
async def test_when_a_thread_is_asked_for_again(tools, age, fetched, hint, due):
    from dataclasses import replace

    story_id = by_title(tools, "The early boat").id
    await fetch_comments(tools, story_id)
    thread = replace(tools.library.threads.get(story_id), fetched_at=NOW - fetched)
    story = tools.library.stories.get(story_id)
    story = replace(story, row=replace(story.row, sort=NOW - age, comments_hint=hint))
    assert is_due(thread, story, NOW) is due
    assert is_due(None, story, NOW)
    assert is_due(replace(thread, fetched_at=None), story, NOW)


async def test_a_pack_makes_stories_readable_offline(tools, web):
    ids = [by_title(tools, "The early boat").id, by_title(tools, "All of it").id]
    told = []
    packed = await pack(tools, ids, told.append)
    assert (packed.asked, packed.errors) == (2, ())
    assert sorted(told) == sorted(ids)
    assert by_title(tools, "The early boat").offline
    assert packed.held == 2


async def test_a_pack_goes_on_past_a_failure_and_stops_when_the_plug_is_out(tools, web):
    ids = [by_title(tools, "The early boat").id, by_title(tools, "All of it").id]
    web.pages["https://coast.example/1"] = FetchError("status", "no", "500", status=500)
    packed = await pack(tools, ids)
    assert len(packed.errors) == 1
    web.down = True
    del web.pages["https://coast.example/1"]
    packed = await pack(tools, ids[:1])
    assert "no connection" in packed.errors[0]


async def test_prefetch_takes_a_few_of_each_feed(tools, web):
    web.pages[FEED] = rss(*(item(n) for n in range(1, 12)))
    from tui_news.services.refresh import refresh

    report = await refresh(tools, force=True)
    packed = await prefetch(tools, {outcome.feed.id for outcome in report.outcomes}, lambda story: None)
    assert packed.asked == 5


async def test_a_count_that_holds_what_no_fetch_brings_is_asked_for_once_an_hour(tools):
    from dataclasses import replace

    story_id = by_title(tools, "The early boat").id
    await fetch_comments(tools, story_id)
    thread = tools.library.threads.get(story_id)
    thread = replace(thread, ref=replace(thread.ref, count_hint=5))
    story = tools.library.stories.get(story_id)
    story = replace(story, row=replace(story.row, sort=NOW - 30 * 86400, comments_hint=5))
    for waited, due in ((61, False), (3601, True)):
        assert is_due(replace(thread, fetched_at=NOW - waited), story, NOW) is due
