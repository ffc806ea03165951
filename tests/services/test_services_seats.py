"""Documents of a refresh that are in memory together: no more than there are seats, and none is lost on the way."""

from __future__ import annotations

import asyncio

import pytest

from fakes import NOW, FakeWeb, item, make_tools, rss
from tui_news.models import FetchError
from tui_news.services import seats
from tui_news.services.refresh import refresh
from tui_news.services.seats import Seats

URLS = [f"https://place{number}.example/feed" for number in range(12)]


class Web(FakeWeb):
    """Every other answer breaks off after its seat was taken; counts how many are seated."""

    seated = most = 0

    async def get(self, url, *, seat, **kwargs):
        await seat()
        self.seated += 1
        self.most = max(self.most, self.seated)
        await asyncio.sleep(0)
        self.seated -= 1
        if URLS.index(url) % 2:
            raise FetchError("protocol", f"could not fetch {url}", "the answer breaks off in the middle")
        return await super().get(url, **kwargs)


async def test_no_more_documents_than_seats_and_all_feeds_have_their_turn(tmp_path, monkeypatch):
    monkeypatch.setattr(seats.Seats.__init__, "__defaults__", (3,))
    web = Web({url: rss(item(1, site=url), title=url) for url in URLS})
    tools = make_tools(tmp_path, web)
    for url in URLS:
        tools.library.feeds.add(url, now=NOW)
    report = await refresh(tools)
    assert (len(report.outcomes), report.failed, len(report.new)) == (12, 6, 6)
    assert 0 < web.most <= 3
    tools.library.close()


async def test_a_seat_is_taken_once_and_free_again_after():
    hall = Seats(1)
    async with hall.one() as seat:
        await seat()
        await seat()
    async with hall.one() as seat:
        await asyncio.wait_for(seat(), 5)


async def test_a_trip_that_is_given_up_in_line_costs_nobody_a_seat():
    hall = Seats(1)

    async def sit() -> None:
        async with hall.one() as seat:
            await seat()

    async with hall.one() as seat:
        await seat()
        waiting = asyncio.ensure_future(sit())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    await asyncio.wait_for(sit(), 5)
