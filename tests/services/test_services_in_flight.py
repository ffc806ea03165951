from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from fakes import NOW, FakeWeb, item, make_tools, rss
from tui_news.services import indexing
from tui_news.services.contracts import FeedRefreshed, RefreshFinished, RefreshWaits
from tui_news.services.in_flight import InFlight, unless
from tui_news.services.refresh import refresh

FEED, SLOW, SLOWER = (f"https://{name}.example/feed" for name in ("coast", "slow", "slower"))


class Slow(FakeWeb):
    """Never answers for the slow ones."""

    async def get(self, url, **how):
        if url in (SLOW, SLOWER):
            self.asked.append((url, {}))
            await asyncio.Event().wait()
        return await super().get(url, **how)


@pytest.fixture
def tools(tmp_path):
    made = make_tools(tmp_path, Slow({FEED: rss(item(1), item(2))}))
    for url in (SLOW, FEED, SLOWER):
        made.library.feeds.add(url, now=NOW)
    yield made
    made.library.close()


async def test_a_refresh_that_is_stopped_keeps_what_came_and_blames_nobody(tools):
    stop, told = asyncio.Event(), []

    def tell(fact):
        told.append(fact)
        if isinstance(fact, FeedRefreshed):
            stop.set()

    report = await asyncio.wait_for(refresh(tools, force=True, tell=tell, stop=stop), 10)
    assert len(report.new) == 2
    said = "Stopped: 1 of 3 feeds had answered, 2 new stories; what came is kept."
    assert told[-1] == RefreshFinished(2, 0, False, said)
    held = {feed.url: feed for feed in tools.library.feeds.all()}
    assert held[FEED].total == 2
    assert (held[SLOW].failures, held[SLOW].last_fetch) == (0, None)


async def test_a_refresh_of_which_nothing_came_yet_is_stopped_too(tools):
    stop, told = asyncio.Event(), []
    slow = [feed.id for feed in tools.library.feeds.all() if feed.url != FEED]
    asyncio.get_running_loop().call_soon(stop.set)
    report = await asyncio.wait_for(refresh(tools, slow, tell=told.append, stop=stop), 10)
    assert report.sentence == "Stopped: 0 of 2 feeds had answered, 0 new stories; what came is kept."
    assert not report.offline


async def test_the_one_that_is_waited_for_longest_is_named_once_it_is_late():
    told = []
    flying = InFlight(5, told.append)
    start = asyncio.get_running_loop().time()
    with flying.trip(1, "Coast Post"), flying.trip(2, "Norway Daily"):
        with flying.trip(3, "Quick"):
            pass
        flying.look(start + 1)
        assert told == []
        flying.look(start + 12.5)
    flying.look(start + 60)
    assert told == [RefreshWaits("Coast Post", 12, 1, 1, 5)]


async def test_work_is_done_unless_it_is_stopped_and_its_errors_come_out():
    done = []

    async def work():
        done.append(1)

    async def fail():
        raise ValueError("words")

    async def forever():
        try:
            await asyncio.Event().wait()
        finally:
            done.append("ended")

    assert await unless(None, work())
    assert await unless(asyncio.Event(), work())
    with pytest.raises(ValueError, match="words"):
        await unless(None, fail())
    stop = asyncio.Event()
    asyncio.get_running_loop().call_soon(stop.set)
    assert not await unless(stop, forever())
    waiting = asyncio.ensure_future(unless(asyncio.Event(), forever()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert done == [1, 1, "ended", "ended"]


async def test_many_stories_are_indexed_while_the_refresh_goes_on(tools, monkeypatch):
    monkeypatch.setattr(indexing, "ENOUGH", 2)
    monkeypatch.setattr(indexing, "WORTH", 1)
    for feed in tools.library.feeds.all():
        if feed.url != FEED:
            tools.library.feeds.remove(feed.id)
    await refresh(tools, force=True)
    assert tools.library.search.update() == 0
    assert len(tools.library.finder.find("teaser")) == 2


async def test_at_the_end_a_few_are_worth_it_too(tools):
    asked = []

    class Workers:
        async def run(self, spec, *args, **kwargs):
            asked.append(spec)
            await asyncio.sleep(0)
            return 2 * indexing.ENOUGH

    indexer = indexing.Indexer(replace(tools, workers=Workers()))
    indexer.stored(indexing.ENOUGH)
    await indexer.finish()
    assert len(asked) == 1
    indexer.stored(indexing.REST)
    await indexer.rest()
    await indexer.finish()
    assert len(asked) == 2
    indexer.stored(indexing.REST - 1)
    await indexer.rest()
    await indexer.finish()
    assert len(asked) == 2


async def test_an_index_that_cannot_be_written_is_left_to_whoever_comes_after(tools, monkeypatch):
    monkeypatch.setattr(indexing, "ENOUGH", 1)
    tools.library.paths.index.parent.mkdir(parents=True, exist_ok=True)
    tools.library.paths.index.mkdir()
    indexer = indexing.Indexer(tools)
    indexer.stored(5)
    await indexer.finish()


async def test_at_the_end_each_takes_what_it_has_at_hand_and_one_what_is_left(tools):
    asked = []

    class Workers:
        async def run(self, *job, **kwargs):
            least = job[-1]
            asked.append(least)
            await asyncio.sleep(0)
            return indexing.REST if least == indexing.OWN else 0 if least else indexing.ENOUGH

    indexer = indexing.Indexer(replace(tools, workers=Workers()))
    indexer.stored(indexing.ENOUGH)
    await indexer.finish()
    seen = [indexing.WORTH] * indexing.AT_ONCE  # neither of those that came free had enough of them
    assert asked == seen
    await indexer.rest()
    assert asked[2:4] == [indexing.OWN, indexing.OWN], "before the program has anything else to do"
    await indexer.finish()
    assert asked == [*seen, indexing.OWN, indexing.OWN, 0]
