from __future__ import annotations

import gzip
from dataclasses import replace

import pytest

from fakes import NOW, Clock, FakeWeb, InProcess, item, make_tools, rss
from tui_news.models import FetchError, Response, TuinewsError, View
from tui_news.services.contracts import FeedRefreshed, RefreshFinished, RefreshStarted
from tui_news.services.refresh import OFFLINE, RefreshReport, refresh

FEED = "https://coast.example/feed"
OTHER = "https://other.example/feed"


@pytest.fixture
def web():
    return FakeWeb({FEED: rss(item(1), item(2)), OTHER: rss(item(7, site="https://other.example"), title="Other")})


@pytest.fixture
def tools(tmp_path, web):
    made = make_tools(tmp_path, web)
    for url in (FEED, OTHER):
        with made.library.write():
            made.library.feeds.add(url, now=NOW)
    yield made
    made.library.close()


def titles(tools):
    return [row.title for row in tools.library.stories.page(View(), None, 100)]


async def test_new_stories_are_stored_and_told_of(tools):
    told = []
    report = await refresh(tools, tell=told.append)
    assert sorted(titles(tools)) == ["Story 1", "Story 2", "Story 7"]
    assert len(report.new) == 3
    assert told[0] == RefreshStarted(2)
    assert {(fact.title, fact.new) for fact in told[1:3] if isinstance(fact, FeedRefreshed)} == {(FEED, 2), (OTHER, 1)}
    assert told[-1] == RefreshFinished(3, 0, False, "3 new stories in 2 of 2 feeds.")


async def test_a_feed_that_is_not_due_is_left_alone(tools, web):
    await refresh(tools)
    web.asked.clear()
    report = await refresh(tools)
    assert web.asked == []
    assert report.sentence == "Nothing is due yet."


async def test_force_asks_again_with_the_stamp_of_last_time(tools, web):
    web.pages[FEED] = Response(FEED, FEED, 200, {"etag": '"v1"'}, rss(item(1)))
    await refresh(tools)
    web.asked.clear()
    web.pages[FEED] = Response(FEED, FEED, 304)
    report = await refresh(tools, force=True)
    assert dict(web.asked)[FEED] == {"If-None-Match": '"v1"'}
    assert [one.status for one in report.outcomes] == ["same", "same"]
    assert tools.library.feeds.by_url(FEED).etag == '"v1"', "a 304 without a stamp keeps the old one"


async def test_the_same_bytes_are_not_parsed_again(tools, web):
    await refresh(tools)

    async def refuse(*args, **kwargs):
        raise AssertionError("parsed the same bytes twice")

    tools.workers.run = refuse
    report = await refresh(tools, force=True)
    assert [one.status for one in report.outcomes] == ["same", "same"]


async def test_one_feeds_failure_touches_no_other(tools, web):
    web.pages[OTHER] = FetchError(
        "status", f"could not fetch {OTHER}", "the server says 500", status=500, retry_after=7200
    )
    report = await refresh(tools)
    assert sorted(titles(tools)) == ["Story 1", "Story 2"]
    assert report.failed == 1
    assert not report.offline
    assert report.sentence == f"2 new stories in 1 of 2 feeds; 1 feed failed: {OTHER}."
    feed = tools.library.feeds.by_url(OTHER)
    assert (feed.status, feed.failures, feed.http_status) == ("error", 1, 500)
    assert feed.next_check == NOW + 7200
    assert "500" in feed.error


async def test_what_is_no_feed_is_a_failure_with_a_sentence(tools, web):
    web.pages[OTHER] = b"<html><body>Moved away</body></html>"
    report = await refresh(tools)
    assert report.failed == 1
    assert tools.library.feeds.by_url(OTHER).error


async def test_gone_is_said_and_its_stories_stay(tools, web):
    await refresh(tools)
    web.pages[OTHER] = FetchError("status", "gone", "410 Gone", status=410)
    await refresh(tools, force=True)
    assert tools.library.feeds.by_url(OTHER).status == "gone"
    assert "Story 7" in titles(tools)


async def test_a_success_clears_the_failures(tools, web):
    web.pages[OTHER] = FetchError("timeout", "slow")
    await refresh(tools)
    web.pages[OTHER] = rss(item(7, site="https://other.example"))
    await refresh(tools, force=True)
    feed = tools.library.feeds.by_url(OTHER)
    assert (feed.status, feed.failures, feed.error) == ("ok", 0, "")


async def test_with_the_plug_out_nothing_is_changed(tools, web):
    await refresh(tools)
    before = tools.library.feeds.all(), titles(tools)
    web.down = True
    told = []
    report = await refresh(tools, force=True, tell=told.append)
    assert report.offline
    assert report.sentence == OFFLINE
    assert told[-1] == RefreshFinished(0, 2, True, OFFLINE)
    assert (tools.library.feeds.all(), titles(tools)) == before


async def test_only_the_named_feeds_are_fetched_due_or_not(tools, web):
    await refresh(tools)
    web.asked.clear()
    await refresh(tools, [tools.library.feeds.by_url(OTHER).id])
    assert web.urls == [OTHER]


async def test_a_worker_that_dies_is_that_feeds_failure(tools, web):
    async def die(spec, *args, **kwargs):
        raise TuinewsError("parsing", "took more than 15 s")

    tools.workers.run = die
    report = await refresh(tools)
    assert report.failed == 2
    assert titles(tools) == []


async def test_a_feed_removed_while_it_was_fetched_gets_no_stories(tools, web):
    feed = tools.library.feeds.by_url(OTHER)
    original = web.get

    async def get(url, **kwargs):
        if url == OTHER:
            with tools.library.write():
                tools.library.feeds.remove(feed.id)
        return await original(url, **kwargs)

    web.get = get
    await refresh(tools)
    assert "Story 7" not in titles(tools)


class PackedWeb(FakeWeb):
    """Its answers come packed to whoever can unpack them; those of `cut` are not whole."""

    def __init__(self, pages, cut):
        super().__init__(pages)
        self.cut, self.kept = cut, []

    async def get(self, url, *, unpack=True, **kwargs):
        answer = await super().get(url, **kwargs)
        if unpack:
            return answer
        self.kept.append(url)
        return replace(answer, body=gzip.compress(answer.body)[: -9 if url == self.cut else None], packed=True)


async def test_a_new_feeds_document_is_unpacked_by_a_worker(tmp_path, web):
    packed = PackedWeb(web.pages, cut=OTHER)
    tools = make_tools(tmp_path, packed)
    for url in (FEED, OTHER):
        tools.library.feeds.add(url, now=NOW)
    report = await refresh(tools)
    assert packed.kept == [FEED, OTHER]
    assert sorted((one.feed.url, one.status) for one in report.outcomes) == [(FEED, "new"), (OTHER, "error")]
    assert "breaks off in the middle" in tools.library.feeds.by_url(OTHER).error
    report = await refresh(tools, force=True)
    assert packed.kept == [FEED, OTHER, OTHER], "what was read before may say nothing new: that is told from its bytes"
    assert sorted((one.feed.url, one.status) for one in report.outcomes) == [(FEED, "same"), (OTHER, "error")]


async def test_what_was_asked_for_under_a_condition_comes_packed_and_goes_so_once_workers_are_there(tmp_path, web):
    """The first is unpacked and compared in the program: if nothing is new, no worker starts. The others go as they
    came, and one that is as it was is told from its bytes there, too."""
    urls = [f"https://place{number}.example/feed" for number in range(5)]

    def pages(*numbers):
        return {url: Response(url, url, 200, {"etag": '"e"'}, rss(*map(item, numbers), site=url)) for url in urls}

    packed = PackedWeb(pages(1), cut="")
    tools = make_tools(tmp_path, packed)
    for url in urls:
        tools.library.feeds.add(url, now=NOW)
    await refresh(tools)
    sent: list[tuple[str, bool]] = []

    class Telling(InProcess):
        async def run(self, spec, *args, **kwargs):
            sent.extend((one[1], one[4]) for one in args[0])
            return await super().run(spec, *args, **kwargs)

    tools = replace(tools, workers=Telling())
    packed.kept.clear()
    assert {one.status for one in (await refresh(tools, force=True)).outcomes} == {"same"}
    assert (packed.kept, sent) == (urls, [])
    packed.pages = pages(2, 1) | {urls[3]: packed.pages[urls[3]]}
    report = await refresh(tools, force=True)
    assert {one.feed.url: one.status for one in report.outcomes} == {url: "new" for url in urls} | {urls[3]: "same"}
    assert sent == [(url, url != urls[0]) for url in urls]
    assert len(report.new) == 4
    held = tools.library.feeds.by_url(urls[3])
    assert (held.http_status, held.total, tools.library.feeds.by_url(urls[0]).total) == (200, 1, 2)
    tools.library.close()


async def test_read_marks_survive_changed_guids_and_an_empty_feed(tools, web):
    await refresh(tools)
    rows = tools.library.stories.page(View(), None, 10)
    with tools.library.write():
        tools.library.stories.set_read([row.id for row in rows], True)
    web.pages[FEED] = rss(*(item(n).replace("?p=", "?article=") for n in (1, 2)))
    await refresh(tools, force=True)
    assert [row.read for row in tools.library.stories.page(View(), None, 10)] == [True, True, True]
    web.pages[FEED] = rss()
    await refresh(tools, force=True)
    assert len(tools.library.stories.page(View(), None, 10)) == 3


def test_an_empty_report_is_not_offline():
    assert not RefreshReport().offline


async def test_the_clock_moves_and_the_feed_is_due(tmp_path, web):
    clock = Clock()
    tools = make_tools(tmp_path, web, clock)
    with tools.library.write():
        tools.library.feeds.add(FEED, now=NOW)
    await refresh(tools)
    clock.now += 3601
    web.asked.clear()
    await refresh(tools)
    assert web.urls == [FEED]
    tools.library.close()


async def test_an_address_changes_after_three_answers_by_the_same_permanent_redirect(tools, web):
    there = "https://coast.example/new"
    web.pages[FEED] = Response(FEED, there, 200, {}, rss(item(1)), moved_to=there)
    for _ in range(2):
        await refresh(tools, force=True)
    assert tools.library.feeds.by_url(FEED).visits.moves == 2
    web.pages[FEED] = Response(FEED, there, 200, {}, rss(item(1)))
    await refresh(tools, force=True)
    assert tools.library.feeds.by_url(FEED).visits.moves == 0, "a plain answer in between: nothing has moved"
    web.pages[FEED] = Response(FEED, there, 200, {}, rss(item(1)), moved_to=there)
    for _ in range(3):
        report = await refresh(tools, force=True)
    moved = tools.library.feeds.by_url(there)
    assert tools.library.feeds.by_url(FEED) is None
    assert (moved.visits.moved_from, moved.visits.moved_to, moved.visits.moved_at) == (FEED, "", NOW)
    assert "1 feed moved to a new address: Coast" in report.sentence
    assert titles(tools).count("Story 1") == 1


async def test_a_feed_that_is_gone_is_asked_by_name_only_and_keeps_its_stories(tools, web):
    await refresh(tools)
    web.pages[OTHER] = FetchError("status", "x", "the server says 410 Gone", status=410)
    report = await refresh(tools, force=True)
    assert "1 feed gone for good and asked no more (its stories stay): Other" in report.sentence
    web.asked.clear()
    await refresh(tools, force=True)
    assert web.urls == [FEED]
    assert "Story 7" in titles(tools)
    web.pages[OTHER] = rss(item(7, site="https://other.example"), title="Other")
    await refresh(tools, [tools.library.feeds.by_url(OTHER).id])
    assert tools.library.feeds.by_url(OTHER).status == "ok"


async def test_a_429_stops_the_host_for_every_feed_and_for_later_runs(tools, web):
    more = "https://coast.example/more"
    tools.library.feeds.add(more, now=NOW)
    web.pages[more] = rss(item(9))
    web.pages[FEED] = FetchError("status", "x", "the server says 429", status=429, retry_after=1800)
    await refresh(tools, [tools.library.feeds.by_url(FEED).id])
    web.asked.clear()
    report = await refresh(tools, force=True)
    assert web.urls == [OTHER]
    assert {one.status for one in report.outcomes} == {"waiting", "new"}
    assert report.failed == 0, "what was not asked has not failed"
    assert "2 feeds waiting because the server asked us to" in report.sentence
    held = tools.library.feeds.by_url(more)
    assert (held.failures, held.next_check, held.next_why) == (
        0,
        NOW + 1800,
        "its server asked us to wait (Retry-After)",
    )
    tools.clock.now += 1801
    web.pages[FEED] = rss(item(1))
    await refresh(tools)
    assert {FEED, more} <= set(web.urls)


async def test_failing_since_is_the_first_failure_and_ends_with_an_answer(tools, web):
    web.pages[OTHER] = FetchError("status", "x", "the server says 500", status=500)
    for _ in range(3):
        await refresh(tools, force=True)
        tools.clock.now += 100
    feed = tools.library.feeds.by_url(OTHER)
    assert (feed.visits.failing_since, feed.failures) == (NOW, 3)
    web.pages[OTHER] = rss(item(7), title="Other")
    await refresh(tools, force=True)
    assert tools.library.feeds.by_url(OTHER).visits.failing_since is None


async def test_a_host_with_many_feeds_does_not_stand_before_the_others(tools, web):
    for number in range(3):
        tools.library.feeds.add(f"https://coast.example/more{number}", now=NOW)
    await refresh(tools)
    asked = [url for url, _ in web.asked]
    assert set(asked[:2]) == {FEED, OTHER}


async def test_a_date_that_is_written_anew_each_time_costs_no_parse(tools, web, monkeypatch):
    web.pages[FEED] = rss(item(1), extra="<lastBuildDate>Mon, 21 Sep 2026 00:00:00 GMT</lastBuildDate>")
    await refresh(tools)
    asked, real = [], tools.workers.run

    async def counting(spec, *args, **kwargs):
        asked.append(spec)
        return await real(spec, *args, **kwargs)

    monkeypatch.setattr(type(tools.workers), "run", lambda self, *args, **kwargs: counting(*args, **kwargs))
    web.pages[FEED] = rss(item(1), extra="<lastBuildDate>Tue, 22 Sep 2026 00:00:00 GMT</lastBuildDate>")
    await refresh(tools, force=True)
    assert asked == []
    web.pages[FEED] = rss(item(2), item(1), extra="<lastBuildDate>Wed, 23 Sep 2026 00:00:00 GMT</lastBuildDate>")
    report = await refresh(tools, force=True)
    assert asked == ["tui_news.services.digesting:digest_feeds"]
    assert len(report.new) == 1


async def test_an_error_nobody_foresaw_in_one_feed_is_a_sentence_and_touches_no_other(tools, web):
    class Broken(dict):
        def __contains__(self, name):
            raise ZeroDivisionError("hunter2")

    web.pages[OTHER] = Response(OTHER, OTHER, 200, Broken(), rss(item(7)))
    report = await refresh(tools)
    assert sorted(titles(tools)) == ["Story 1", "Story 2"]
    said = next(one.error for one in report.outcomes if one.error)
    assert "an error in the program ended fetching the feed (ZeroDivisionError)" in said
    written = next(tools.library.paths.state.glob("report-*.txt")).read_text("utf-8")
    assert "hunter2" not in written
