"""New stories are rendered in lots: as each would be by itself, and none is lost for another's sake."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fakes import Clock, FakeWeb, InProcess, item, make_tools, rss
from tui_news.models import TuinewsError, View
from tui_news.services import rendering
from tui_news.services.reading import store_feed_article
from tui_news.services.refresh import refresh
from tui_news.services.rendering import render_new
from tui_news.services.subscribing import add

FEED = "https://coast.example/feed"
LONG = "<p>" + "The boat came in before anyone was on the quay, and left again in the afternoon. " * 20 + "</p>"


def story(number: int) -> str:
    return item(number, body=f"{LONG}<p>“It is boat {number},” said Ada Birk{number}.</p>{LONG}")


class Counting(InProcess):
    """Remembers which functions were asked for; `fails` tells of a call whether its worker dies."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.fails = lambda name, args: False

    async def run(self, spec, *args, **kwargs):
        name = spec.rpartition(":")[2]
        self.asked.append(name)
        if self.fails(name, args):
            raise TuinewsError("could not render", "took more than 15 s")
        return await super().run(spec, *args, **kwargs)


@pytest.fixture
async def tools(tmp_path):
    made = make_tools(tmp_path, FakeWeb({FEED: rss(*(story(number) for number in range(1, 8)))}), Clock())
    made = replace(made, workers=Counting())
    await add(made, FEED)
    made.workers.asked.clear()
    yield made
    made.library.close()


def ids(tools) -> list[int]:
    return [row.id for row in tools.library.stories.page(View(), None, 50)]


def articles(tools) -> list[object]:
    return [tools.library.articles.get(one, source="feed") for one in ids(tools)]


async def test_a_lot_is_one_job_and_each_article_is_as_it_would_be_alone(tools):
    assert await render_new(tools, ids(tools)) == 7
    assert tools.workers.asked == ["from_feeds"]
    together = articles(tools)
    for one in ids(tools):
        await store_feed_article(tools, tools.library.stories.get(one))
    assert articles(tools) == together
    assert None not in together


async def test_lots_are_bounded_by_stories_and_by_size(tools, monkeypatch):
    monkeypatch.setattr(rendering, "LOT", 3)
    assert await render_new(tools, ids(tools)) == 7
    assert tools.workers.asked == ["from_feeds"] * 2 + ["from_feed"]
    tools.library.db.run("DELETE FROM article")
    tools.workers.asked.clear()
    monkeypatch.setattr(rendering, "ROOM", 10)
    assert await render_new(tools, ids(tools)) == 7
    assert tools.workers.asked == ["from_feed"] * 7


async def test_a_story_that_kills_its_worker_costs_only_itself(tools):
    bad = tools.library.stories.get(ids(tools)[2]).html
    tools.workers.fails = lambda name, args: name == "from_feeds" or args[0] == bad
    assert await render_new(tools, ids(tools)) == 6
    assert [article is None for article in articles(tools)] == [at == 2 for at in range(7)]


async def test_a_story_that_cannot_be_read_costs_only_itself(tools, monkeypatch):
    from tui_news.articles import feedbody

    read, bad = feedbody.from_feed, tools.library.stories.get(ids(tools)[2]).html

    def fails(html, *args, **kwargs):
        if html == bad:
            raise ValueError
        return read(html, *args, **kwargs)

    monkeypatch.setattr(feedbody, "from_feed", fails)
    assert await render_new(tools, ids(tools)) == 6
    assert [article is None for article in articles(tools)] == [at == 2 for at in range(7)]


async def test_after_a_refresh_the_quotes_of_new_stories_are_counted_and_found(tools):
    tools.web.pages[FEED] = rss(*(story(number) for number in range(1, 12)))
    report = await refresh(tools, force=True, then=lambda report: render_new(tools, report.new))
    assert len(report.new) == 4
    tools.library.quotes.update()
    for number in range(8, 12):
        assert [quote.story_id for quote in tools.library.quotes.of(f"Ada Birk{number}")] == [report.new[number - 8]]
    assert [tools.library.stories.rows([one])[one].quotes for one in report.new] == [1] * 4
