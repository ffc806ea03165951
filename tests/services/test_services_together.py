"""Writes that wait for each other: one transaction, told of afterwards, and none fails for another's sake."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from fakes import NOW, FakeWeb, item, make_tools, rss
from tui_news.models import FetchError, LibraryError, View
from tui_news.services import storing, together
from tui_news.services.refresh import refresh
from tui_news.services.together import Together

URLS = [f"https://place{number}.example/feed" for number in range(12)]


class Web(FakeWeb):
    """Lets the others ask before it answers."""

    async def get(self, url, **kwargs):
        await asyncio.sleep(0)
        return await super().get(url, **kwargs)


@pytest.fixture
def tools(tmp_path):
    web = Web({url: rss(item(1, site=url), item(2, site=url), title=url) for url in URLS})
    made = make_tools(tmp_path, web)
    for url in URLS:
        made.library.feeds.add(url, now=NOW)
    yield made
    made.library.close()


@pytest.fixture
def commits(tools):
    said: list[str] = []
    tools.library.db.conn.set_trace_callback(lambda sql: said.append(sql) if sql in ("COMMIT", "ROLLBACK") else None)
    return said


def adding(tools, name):
    return lambda: tools.library.memos.put("test", name, name, NOW)


def held(tools):
    return [name for name in "abcdef" if tools.library.memos.get("test", name)]


async def test_those_that_wait_share_a_transaction_and_hear_of_it_afterwards(tools, commits):
    both = Together(tools, lambda: 3)
    open_then = []

    async def one(name):
        await both.write(adding(tools, name))
        open_then.append(tools.library.db.conn.in_transaction)

    await asyncio.gather(*(one(name) for name in "abc"))
    assert commits == ["COMMIT"]
    assert open_then == [False] * 3
    assert held(tools) == list("abc")


async def test_one_that_cannot_be_written_costs_no_other(tools, commits):
    def fails():
        with tools.library.write():
            tools.library.memos.put("test", "b", "b", NOW)
            raise LibraryError("The story", "it is odd")

    both = Together(tools, lambda: 3)
    jobs = (both.write(adding(tools, "a")), both.write(fails), both.write(adding(tools, "c")))
    first, second, third = await asyncio.gather(*jobs, return_exceptions=True)
    assert isinstance(second, LibraryError)
    assert first is third is None
    assert held(tools) == ["a", "c"]
    assert commits[0] == "ROLLBACK"


async def test_a_long_one_is_the_last_of_its_transaction(tools, commits, monkeypatch):
    monkeypatch.setattr(together, "TURN", 0.0)
    both = Together(tools, lambda: 3)
    await asyncio.gather(*(both.write(adding(tools, name)) for name in "abc"))
    assert commits == ["COMMIT"] * 3
    assert held(tools) == list("abc")


async def test_no_more_wait_for_each_other_than_there_was_time_for(tools, commits, monkeypatch):
    monkeypatch.setattr(together, "LINGER", 1e6)
    monkeypatch.setattr(together, "TURN", 0.0)
    both = Together(tools, lambda: 3)
    await asyncio.gather(*(both.write(adding(tools, name)) for name in "abc"))
    await both.write(adding(tools, "d"))
    monkeypatch.setattr(together, "TURN", 1e6)
    await both.write(adding(tools, "e"))
    assert commits == ["COMMIT"] * 5
    later = asyncio.ensure_future(both.write(adding(tools, "f")))
    await asyncio.sleep(0)
    assert held(tools) == list("abcde"), "there was time: it waits again"
    later.cancel()


async def test_the_last_one_waits_for_nobody_and_a_cancelled_one_is_not_written(tools, monkeypatch):
    monkeypatch.setattr(together, "LINGER", 1e6)
    both = Together(tools, lambda: 2)
    dropped = asyncio.ensure_future(both.write(adding(tools, "a")))
    await asyncio.sleep(0)
    dropped.cancel()
    await both.write(adding(tools, "b"))
    assert held(tools) == ["b"]


async def test_a_moment_later_it_is_written_whoever_else_there_is(tools, monkeypatch):
    monkeypatch.setattr(together, "LINGER", 0.0)
    await Together(tools, lambda: 100).write(adding(tools, "a"))
    assert held(tools) == ["a"]


async def test_a_refresh_stores_many_feeds_in_few_transactions(tools, commits):
    report = await refresh(tools)
    assert len(report.new) == 2 * len(URLS) == len(tools.library.stories.page(View(), None, 99))
    assert commits.count("COMMIT") < len(URLS)
    assert "ROLLBACK" not in commits


async def test_a_feed_whose_stories_cannot_be_stored_is_one_line_in_the_report(tools, monkeypatch):
    store = storing.store_digest

    def fails(tools, feed_id, *args):
        if feed_id == 3:
            raise LibraryError("Its stories were not stored", "they are odd")
        return store(tools, feed_id, *args)

    monkeypatch.setattr(storing, "store_digest", fails)
    report = await refresh(tools)
    assert [(one.feed.id, one.error) for one in report.outcomes if one.error] == [
        (3, "Its stories were not stored: they are odd")
    ]
    assert len(tools.library.stories.page(View(), None, 99)) == 2 * (len(URLS) - 1)


class Half(Web):
    """Every third feed fails, the last one too."""

    async def get(self, url, **kwargs):
        found = await super().get(url, **kwargs)
        if URLS.index(url) % 3 == 2:
            raise FetchError("timeout", f"could not fetch {url}", "the server did not answer in time")
        return found


@pytest.mark.parametrize("most", [3, 5, 100])
async def test_no_refresh_waits_for_company_that_cannot_come(tools, monkeypatch, most):
    monkeypatch.setattr(together, "LINGER", 1e6)
    monkeypatch.setattr(together, "MOST", most)
    tools = replace(tools, web=Half(tools.web.pages))
    async with asyncio.timeout(60):
        report = await refresh(tools)
        assert (report.failed, len(report.new)) == (4, 16)
        report = await refresh(tools, force=True)
    assert [one.status for one in report.outcomes].count("same") == 8


async def test_the_first_feeds_have_asked_before_the_last_begin(tmp_path):
    asked = []

    class Slow(FakeWeb):
        async def get(self, url, **kwargs):
            asked.append(url)
            await asyncio.sleep(0)
            asked.append("answered")
            return await super().get(url, **kwargs)

    urls = [f"https://place{number}.example/feed" for number in range(100)]
    tools = make_tools(tmp_path, Slow({url: rss(item(1, site=url), title=url) for url in urls}))
    with tools.library.write():
        for url in urls:
            tools.library.feeds.add(url, now=NOW)
    report = await refresh(tools)
    assert len(report.new) == 100
    assert "answered" in asked[:99]
    tools.library.close()
