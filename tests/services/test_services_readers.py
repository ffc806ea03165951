"""Documents read several a job: each comes to what it would alone, and one that cannot be read costs no other."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from fakes import NOW, FakeWeb, InProcess, item, make_tools, rss
from tui_news.models import Response, TuinewsError, View
from tui_news.services import readers
from tui_news.services import refresh as services_refresh
from tui_news.services.refresh import refresh
from tui_news.services.storing import Held

URLS = [f"https://place{number}.example/feed" for number in range(8)]


class Web(FakeWeb):
    """Lets the others ask before it answers."""

    async def get(self, url, **kwargs):
        await asyncio.sleep(0)
        return await super().get(url, **kwargs)


class Workers(InProcess):
    """Remembers how many documents each job had; `dies` tells at which functions the process does; may never end."""

    def __init__(self) -> None:
        self.jobs: list[int] = []
        self.dies = ""
        self.hangs, self.began = False, asyncio.Event()

    async def run(self, spec, *args, **kwargs):
        name = spec.rpartition(":")[2]
        self.jobs.append(len(args[0]) if name == "digest_feeds" else 1)
        await asyncio.sleep(0)
        if self.hangs:
            self.began.set()
            await asyncio.Event().wait()
        if name == self.dies:
            raise TuinewsError("could not digest feeds", "took more than 5 s")
        return await super().run(spec, *args, **kwargs)


def document(url: str, *numbers: int) -> bytes:
    return rss(*(item(number, site=url, extra="") for number in numbers), title=url)


@pytest.fixture
async def tools(tmp_path):
    web = Web({url: document(url, 1, 2, 3) for url in URLS})
    made = replace(make_tools(tmp_path, web), workers=Workers())
    for url in URLS:
        made.library.feeds.add(url, now=NOW)
    await refresh(made)
    assert len(made.workers.jobs) < len(URLS) == sum(made.workers.jobs)
    made.workers.jobs.clear()
    web.pages = {url: document(url, 4, 1, 2, 3) for url in URLS}
    yield made
    made.library.close()


def titles(tools):
    return sorted((row.feed_id, row.title) for row in tools.library.stories.page(View(), None, 99))


EVERYTHING = sorted((feed, f"Story {number}") for feed in range(1, 9) for number in range(1, 5))


async def test_documents_of_known_feeds_share_jobs(tools):
    report = await refresh(tools, force=True)
    assert len(tools.workers.jobs) < len(URLS)
    assert sum(tools.workers.jobs) == len(URLS)
    assert len(report.new) == len(URLS)
    assert titles(tools) == EVERYTHING
    tools.web.pages = {url: document(url, 4, 1, 2, 3) + b"<!-- x -->" for url in URLS}
    assert not (await refresh(tools, force=True)).new


async def test_what_nobody_has_seen_yet_weighs_more_and_a_large_document_goes_alone(tools, monkeypatch):
    sizes = sorted(len(page) for page in tools.web.pages.values())
    monkeypatch.setattr(readers, "ROOM", sizes[-1] * 3)
    monkeypatch.setattr(readers, "UNSEEN", 4)
    await refresh(tools, force=True)
    assert max(tools.workers.jobs) == 3
    tools.workers.jobs.clear()
    more = [f"https://other{number}.example/feed" for number in range(8)]
    for url in more:
        tools.library.feeds.add(url, now=NOW)
        tools.web.pages[url] = document(url, 1, 2, 3)
    await refresh(tools)
    assert tools.workers.jobs == [1] * 8
    tools.workers.jobs.clear()
    monkeypatch.setattr(readers, "LARGE", 10)
    tools.web.pages = {url: document(url, 5) for url in more}
    assert len((await refresh(tools, [9, 10, 11])).new) == 3
    assert tools.workers.jobs == [1] * 3


async def test_the_worker_is_asked_for_more_before_what_it_brought_is_stored(tools, monkeypatch):
    monkeypatch.setattr(readers, "LOT", 2)
    told: list[str] = []

    class Telling(Workers):
        async def run(self, spec, *args, **kwargs):
            told.append("asked")
            return await super().run(spec, *args, **kwargs)

    deliver = readers._deliver

    def telling(lot, found):
        told.extend(["brought"] * bool(lot))
        deliver(lot, found)

    monkeypatch.setattr(readers, "_deliver", telling)
    tools = replace(tools, workers=Telling())
    reading = readers.Readers(tools)
    answers = [Response(url, url, 200, {}, document(url, 4, 1, 2, 3)) for url in URLS]
    made = await asyncio.gather(*(reading.digest(answer, Held()) for answer in answers))
    assert [len(one.made) for one in made] == [4] * 8
    assert told == ["asked"] * readers.AT_ONCE + ["asked", "asked", "brought", "brought", "brought", "brought"]


async def test_feeds_to_come_are_thought_to_be_as_those_that_came(tools):
    left = 100
    reading = readers.Readers(tools, 100, lambda: left)
    answer = Response(URLS[0], URLS[0], 200, {}, document(URLS[0], 4, 1, 2, 3))
    for _ in range(3):
        await reading.digest(answer, Held(marks=b"some"))
    left = 50
    assert reading._behind() == 0, "three in fifty"
    for _ in range(37):
        await reading.digest(answer, Held(marks=b"some"))
    left = 60
    assert reading._behind() == 6, "all of forty: sixty more are six jobs"
    left = 97
    assert reading._behind() == 97 * 40 // readers.EVIDENCE // readers.LOT, "a handful proves little"


async def test_when_the_process_dies_of_a_lot_each_is_read_alone(tools):
    tools.workers.dies = "digest_feeds"
    report = await refresh(tools, force=True)
    assert report.failed == 0
    assert titles(tools) == EVERYTHING


async def test_one_that_cannot_be_read_says_so_and_costs_no_other(tools):
    tools.web.pages[URLS[2]] = b"<html><body>no feed</body></html>"
    report = await refresh(tools, force=True)
    (failed,) = [one for one in report.outcomes if one.error]
    assert failed.feed.url == URLS[2]
    assert "no feed" in failed.error
    assert titles(tools) == sorted(set(EVERYTHING) - {(3, "Story 4")})


async def test_nothing_is_left_running_when_a_refresh_is_stopped(tools):
    tools.workers.hangs = True
    stop, before = asyncio.Event(), asyncio.all_tasks()
    going = asyncio.ensure_future(refresh(tools, force=True, stop=stop))
    await tools.workers.began.wait()
    stop.set()
    report = await going
    assert report.stopped_of == len(URLS)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_workers_of_a_first_refresh_start_while_its_first_questions_are_under_way(tmp_path):
    told: list[str] = []

    class Telling(Web):
        async def get(self, url, **kwargs):
            told.append("asked")
            return await super().get(url, **kwargs)

    class Starting(Workers):
        async def run(self, spec, *args, **kwargs):
            told.append("worker" if not args[0] else "read")
            return await super().run(spec, *args, **kwargs)

    urls = [f"https://place{number}.example/feed" for number in range(services_refresh.MANY)]
    made = replace(make_tools(tmp_path, Telling({url: document(url, 1) for url in urls})), workers=Starting())
    for url in urls:
        made.library.feeds.add(url, now=NOW)
    report = await refresh(made)
    assert len(report.new) == len(urls)
    assert told[: told.index("worker")].count("asked") == services_refresh.FIRST, "the rest is asked while they start"
    assert told.count("worker") == readers.AT_ONCE
    assert told.index("read") < len(told) - told[::-1].index("asked"), "what has come is read before all are asked"
    made.library.close()
