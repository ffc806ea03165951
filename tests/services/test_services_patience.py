from __future__ import annotations

import asyncio

import pytest

from fakes import NOW, FakeWeb, item, make_tools, rss
from tui_news.models import View
from tui_news.services import patience
from tui_news.services.contracts import FeedRefreshed
from tui_news.services.patience import patiently
from tui_news.services.refresh import refresh
from tui_news.store import Library, LibraryBusy

FEED = "https://coast.example/feed"


@pytest.fixture
def tools(tmp_path, monkeypatch):
    monkeypatch.setattr(patience, "HURRY", 0.0)
    made = make_tools(tmp_path, FakeWeb({FEED: rss(item(1), item(2))}))
    made.library.feeds.add(FEED, now=NOW)
    yield made
    made.library.close()


@pytest.fixture
def other(tools, monkeypatch):
    """Another program in the middle of a write; it is done when we have waited three times."""
    library = Library.open(tools.library.paths)
    library.db.run("BEGIN IMMEDIATE")
    sleep, waited = asyncio.sleep, []

    async def wait(seconds):
        if seconds == patience.PAUSE:
            waited.append(seconds)
            if len(waited) == 3:
                library.db.run("COMMIT")
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", wait)
    yield waited
    library.close()


async def test_what_a_refresh_fetched_is_stored_when_the_other_writer_is_done(tools, other):
    told = []
    report = await refresh(tools, tell=told.append)
    assert len(other) == 3
    assert len(report.new) == 2
    assert [fact.error for fact in told if isinstance(fact, FeedRefreshed)] == [""]
    assert len(tools.library.stories.page(View(), None, 9)) == 2
    assert len(tools.web.asked) == 1, "it was not fetched again"


async def test_in_the_end_it_says_who_is_in_the_way(tools):
    library = Library.open(tools.library.paths)
    library.db.run("BEGIN IMMEDIATE")
    with pytest.raises(LibraryBusy, match="another program is writing"):
        await patiently(tools, lambda: tools.library.feeds.add("https://b.example/"), longest=0)
    library.close()
