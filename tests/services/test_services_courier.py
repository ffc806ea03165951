"""The courier's two ends: the lines between them, the errands, and the real process over the built-in edition."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys

import pytest

from fakes import FakeWeb, item, make_tools, rss
from tui_news.models import FetchError, View
from tui_news.services import agent
from tui_news.services.agent import Errands, encode, serve
from tui_news.services.contracts import (
    AddFailed,
    CourierStopped,
    FeedAdded,
    FeedRefreshed,
    RefreshFinished,
    RefreshStarted,
    StoryFetched,
)
from tui_news.services.courier import ProcessCourier, decode

FEED = "https://coast.example/feed"
LONG = f"<p>{'Long enough to be the story. ' * 40}</p>" * 3
FACTS = [
    RefreshStarted(3),
    FeedRefreshed(1, "Coast “Post”", 2, 0, "", 1, 3),
    RefreshFinished(2, 1, False, "2 new stories."),
    StoryFetched(7, "thread", True),
    FeedAdded(1, "Coast", 8, None),
    AddFailed("x", "no feed"),
    CourierStopped("it stopped"),
]


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_crosses_the_pipe_unchanged(fact):
    line = encode(fact)
    assert line.count(b"\n") == 1
    assert decode(line) == fact


@pytest.mark.parametrize(
    "line", [b"", b"{}", b"[1]", b'{"fact": "Nothing"}', b'{"fact": "RefreshStarted"}', b"\xff", b'"x"']
)
def test_what_is_no_fact_is_nothing(line):
    assert decode(line) is None


@pytest.fixture
def tools(tmp_path):
    made = make_tools(tmp_path, FakeWeb({FEED: rss(item(1, guid="tag:1"), item(2, body=LONG, guid="tag:2"))}))
    yield made
    made.library.close()


async def errand(tools, prefetch="unread", **request):
    told = []
    await Errands(tools, told.append, prefetch).run(json.dumps(request).encode())
    return told


async def test_adding_refreshing_and_fetching(tools):
    added = (await errand(tools, do="add", url=FEED))[0]
    assert (added.title, added.stories) == ("Coast Post", 2)
    assert (await errand(tools, do="add", url="exec:ls"))[0].error.startswith("'exec:ls' is no address")
    told = await errand(tools, do="refresh", force=True)
    assert isinstance(told[-1], RefreshFinished)
    told = await errand(tools, do="story", story=added.first_story)
    assert [(fact.part, fact.error) for fact in told] == [("article", ""), ("thread", "")]
    assert tools.library.finder.find("enough", 5)


async def test_offline_is_told_as_such(tools):
    added = (await errand(tools, do="add", url=FEED))[0]
    teaser = next(row for row in tools.library.stories.page(View(), None, 9) if row.title == "Story 1")
    tools.web.down = True
    told = await errand(tools, do="story", story=teaser.id)
    assert told[0].offline
    assert "no connection" in told[0].error
    assert (await errand(tools, do="refresh", force=True))[-1].offline
    assert added.already is False


async def test_new_stories_are_prefetched_after_a_refresh(tools):
    with tools.library.write():
        tools.library.feeds.add(FEED, now=1)
    tools.web.pages["https://coast.example/1"] = (
        b"<html><body><article><p>" + b"Words of the story. " * 80 + b"</p></article></body></html>"
    )
    told = await errand(tools, do="refresh", force=True)
    assert StoryFetched in {type(fact) for fact in told}
    assert "https://coast.example/1" in tools.web.urls


async def test_prefetch_can_be_off(tools):
    with tools.library.write():
        tools.library.feeds.add(FEED, now=1)
    await errand(tools, prefetch="off", do="refresh", force=True)
    assert tools.web.urls == [FEED]


async def test_one_refresh_at_a_time_and_one_fetch_of_a_story(tools):
    errands = Errands(tools, lambda fact: None, "off")
    async with errands.refreshing:
        await errands.run(b'{"do": "refresh"}')
    errands.fetching.add(1)
    await errands.run(b'{"do": "story", "story": 1}')
    assert tools.web.asked == []
    await errands.run(b"not json")
    await errands.run(b'{"do": "unheard_of"}')
    await errands.run(b'{"do": "index"}')


def held(web, url):
    """(reached, go on): from now on the web waits at `url` until it may go on."""
    reached, go, get = asyncio.Event(), asyncio.Event(), web.get

    async def slow(asked, **kwargs):
        if asked == url and not go.is_set():
            reached.set()
            await go.wait()
        return await get(asked, **kwargs)

    web.get = slow
    return reached, go


async def test_a_refresh_asked_for_by_hand_during_another_follows_it(tools):
    with tools.library.write():
        feed, _ = tools.library.feeds.add(FEED, now=1)
    told = []
    errands = Errands(tools, told.append, "off")
    reached, go = held(tools.web, FEED)
    first = asyncio.create_task(errands.run(b'{"do": "refresh"}'))
    await asyncio.wait_for(reached.wait(), 60)
    for feeds in ([feed], [feed]):
        await errands.run(json.dumps({"do": "refresh", "feeds": feeds, "force": True}).encode())
    go.set()
    await asyncio.wait_for(first, 60)
    assert [type(fact) for fact in told].count(RefreshFinished) == 2
    assert tools.web.urls == [FEED, FEED]


async def test_a_refresh_is_stopped_and_those_that_wait_for_it_with_it(tools):
    with tools.library.write():
        tools.library.feeds.add(FEED, now=1)
    told = []
    errands = Errands(tools, told.append, "off")
    reached, _ = held(tools.web, FEED)
    first = asyncio.create_task(errands.run(b'{"do": "refresh", "force": true}'))
    await asyncio.wait_for(reached.wait(), 60)
    await errands.run(b'{"do": "refresh", "force": true}')
    await errands.run(b'{"do": "stop_refresh"}')
    await asyncio.wait_for(first, 60)
    said = "Stopped: 0 of 1 feed had answered, 0 new stories; what came is kept."
    assert [fact for fact in told if isinstance(fact, RefreshFinished)] == [RefreshFinished(0, 0, False, said)]


async def test_a_refresh_need_not_wait_for_what_the_last_one_still_fetches(tools):
    with tools.library.write():
        tools.library.feeds.add(FEED, now=1)
    told = []
    errands = Errands(tools, told.append, "unread")
    reached, go = held(tools.web, "https://coast.example/1")
    first = asyncio.create_task(errands.run(b'{"do": "refresh", "force": true}'))
    await asyncio.wait_for(reached.wait(), 60)
    tools.web.down = True
    second = asyncio.create_task(errands.run(b'{"do": "refresh", "force": true}'))
    async with asyncio.timeout(60):
        while not isinstance(told[-1], RefreshFinished) or not told[-1].offline:  # noqa: ASYNC110 - let others run
            await asyncio.sleep(0)
    go.set()
    await asyncio.wait_for(asyncio.gather(first, second), 60)


async def test_a_story_asked_for_again_while_its_trip_meets_no_network_is_tried_anew(tools):
    await errand(tools, do="add", url=FEED)
    teaser = next(row for row in tools.library.stories.page(View(), None, 9) if row.title == "Story 1")
    told, went = [], tools.web.get
    errands = Errands(tools, told.append, "off")
    reached, go = asyncio.Event(), asyncio.Event()

    async def failing(url, **kwargs):
        reached.set()
        await go.wait()
        tools.web.get = went
        raise FetchError("offline", "could not fetch it", "no connection")

    tools.web.get = failing
    ask = json.dumps({"do": "story", "story": teaser.id}).encode()
    first = asyncio.create_task(errands.run(ask))
    await asyncio.wait_for(reached.wait(), 60)
    await errands.run(ask)
    tools.web.pages["https://coast.example/1"] = (
        b"<html><body><article><p>" + b"Words of the story. " * 80 + b"</p></article></body></html>"
    )
    go.set()
    await asyncio.wait_for(first, 20)
    articles = [fact for fact in told if fact.part == "article"]
    assert [fact.offline for fact in articles] == [True, False]
    assert not errands.again


async def test_an_error_in_the_library_ends_the_errand_in_a_sentence(tools):
    from tui_news.models import LibraryError

    def broken(now):
        raise LibraryError("the library is locked")

    tools.library.feeds.due = broken
    assert await errand(tools, do="refresh") == [RefreshFinished(0, 0, False, "the library is locked")]


async def test_the_end_of_requests_drops_what_is_under_way(tools):
    asked = asyncio.Event()

    async def never(url, **kwargs):
        asked.set()
        await asyncio.Event().wait()

    tools.web.get = never
    reader = asyncio.StreamReader()
    reader.feed_data(json.dumps({"do": "add", "url": FEED}).encode() + b"\n")
    told = []
    serving = asyncio.create_task(serve(tools, reader, told.append))
    await asyncio.wait_for(asked.wait(), 60)
    reader.feed_eof()
    await asyncio.wait_for(serving, 5)
    assert told == []


class Ear:
    """Collects facts; `until` waits for one of a kind."""

    def __init__(self):
        self.facts, self.heard = [], asyncio.Condition()

    def __call__(self, fact):
        self.facts.append(fact)
        asyncio.get_running_loop().create_task(self._wake())

    async def _wake(self):
        async with self.heard:
            self.heard.notify_all()

    async def until(self, kind):
        async with self.heard, asyncio.timeout(30):
            await self.heard.wait_for(lambda: any(isinstance(fact, kind) for fact in self.facts))
        return next(fact for fact in self.facts if isinstance(fact, kind))


async def test_the_real_process_fetches_the_edition(tmp_path):
    import os

    ear = Ear()
    courier = ProcessCourier(env={**os.environ, "TUINEWS_HOME": str(tmp_path)})
    courier.listen(ear)
    courier.add("builtin:edition/feed.xml")
    added = await ear.until(FeedAdded)
    assert added.stories == 8
    courier.fetch_story(added.first_story)
    fetched = await ear.until(StoryFetched)
    assert (fetched.part, fetched.changed, fetched.error) == ("article", True, "")
    courier.refresh(force=True)
    assert (await ear.until(RefreshFinished)).failed == 0
    await courier.close()
    courier.refresh()
    await courier.close()


async def test_closed_before_its_process_was_made_it_makes_none(tmp_path):
    ear = Ear()
    courier = ProcessCourier([sys.executable, "-c", "print('never')"])
    courier.listen(ear)
    courier.refresh()
    await asyncio.sleep(0)
    assert courier._process is None, "the first paint and the first key come before"
    await courier.close()
    with contextlib.suppress(asyncio.CancelledError):
        await courier._starting
    assert courier._process is None
    assert ear.facts == []


async def test_a_process_that_dies_is_said_and_started_again(tmp_path):
    ear = Ear()
    script = "import sys; sys.stdin.readline(); print('tuinews: the library is newer', file=sys.stderr); print('noise')"
    courier = ProcessCourier([sys.executable, "-c", script])
    courier.listen(ear)
    courier.refresh()
    assert (await ear.until(CourierStopped)).error == "the library is newer"
    ear.facts.clear()
    courier.refresh([1])
    await ear.until(CourierStopped)
    await courier.close()


RESTS = """
import sys, json
lines = 0
for line in sys.stdin:
    lines += 1
    print(json.dumps({"fact": "RefreshStarted", "total": lines}), flush=True)
    if json.loads(line)["do"] == "stop_pack":
        print(json.dumps({"fact": "Resting", "heard": HEARD, "wake": WAKE}), flush=True)
"""


async def test_a_process_that_rests_is_let_go_and_the_next_request_starts_another():
    ear = Ear()
    courier = ProcessCourier([sys.executable, "-c", RESTS.replace("HEARD", "lines").replace("WAKE", "3600")])
    courier.listen(ear)
    courier.refresh()
    await ear.until(RefreshStarted)
    first = courier._process
    courier.stop_pack()
    async with asyncio.timeout(30):
        while courier._process is not None:  # noqa: ASYNC110 - it is let go when its word is heard
            await asyncio.sleep(0.01)
        courier.refresh()  # while the first may still be on its way out: nothing is lost
        courier.refresh()
        while RefreshStarted(2) not in ear.facts[2:]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert courier._process is not first
    assert first.returncode == 0
    assert not [fact for fact in ear.facts if isinstance(fact, CourierStopped)]
    await courier.close()


async def test_a_process_that_has_not_heard_all_is_kept():
    ear = Ear()
    courier = ProcessCourier([sys.executable, "-c", RESTS.replace("HEARD", "0").replace("WAKE", "3600")])
    courier.listen(ear)
    courier.stop_pack()
    courier.refresh()
    async with asyncio.timeout(30):
        while RefreshStarted(2) not in ear.facts:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert courier._process is not None
    await courier.close()


async def test_another_is_started_when_the_library_is_to_be_looked_after():
    ear = Ear()
    courier = ProcessCourier([sys.executable, "-c", RESTS.replace("HEARD", "lines").replace("WAKE", "0.05")])
    courier.listen(ear)
    courier.stop_pack()
    async with asyncio.timeout(30):
        while ear.facts.count(RefreshStarted(1)) < 2:  # noqa: ASYNC110 - the second life hears "care"
            await asyncio.sleep(0.01)
    await courier.close()


async def test_the_agent_says_that_it_rests_when_nothing_is_asked_goes_on_or_waits(tools, monkeypatch):
    monkeypatch.setattr(agent, "REST_SECONDS", 0.01)
    told = []
    errands = Errands(tools, told.append, "off")
    resting = asyncio.create_task(agent.rest(errands))
    tools.library.later.put("open", "https://coast.example/1", 1)
    errands.running = 1
    await asyncio.sleep(0.1)
    assert told == []
    errands.running = 0
    await asyncio.sleep(0.1)
    assert told == []
    for number, *_ in tools.library.later.all():
        tools.library.later.done(number)
    await errands.run(b'{"do": "index"}')
    async with asyncio.timeout(30):
        while not told:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    resting.cancel()
    assert (told[0].heard, 0 < told[0].wake <= agent.QUIET_SECONDS) == (1, True)


async def test_a_process_that_cannot_start_is_said(tmp_path):
    ear = Ear()
    courier = ProcessCourier([str(tmp_path / "nothing")])
    courier.listen(ear)
    courier.refresh()
    assert "could not be started" in (await ear.until(CourierStopped)).error
    await courier.close()


async def test_closing_ends_a_process_that_will_not_listen():
    ear = Ear()
    script = 'import time\nprint(\'{"fact": "RefreshStarted", "total": 1}\', flush=True)\ntime.sleep(60)'
    courier = ProcessCourier([sys.executable, "-c", script])
    courier.listen(ear)
    courier.refresh()
    await ear.until(RefreshStarted)
    await asyncio.wait_for(courier.close(), 5)
    assert courier._process.returncode is not None
