"""No page loses letters at its edges: the scrollbar's cell is not written in, and what is cut is cut between words."""

from __future__ import annotations

import pytest

from tui_news.models import Feed, View
from tui_news.services.contracts import Hit
from tui_news.text.cells import cell_len
from tui_news.ui.widgets.choice_list import Choice, ChoiceList
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.text_page import TextPage
from ui_app.appkit import running
from ui_app.fakedesk import FakeDesk, sample_desk

SIZES = [(80, 24), (120, 40), (200, 50), *((width, 24) for width in range(81, 97))]


def widest(page: TextPage) -> int:
    return max(cell_len(line.text) for line in page.lines)


@pytest.mark.parametrize("size", SIZES)
async def test_no_row_of_the_help_is_wider_than_what_is_in_sight(size: tuple[int, int]) -> None:
    async with running(size=size) as run:
        await run.do("app.help")
        await run.pilot.pause()
        page = run.app.screen.query_one(TextPage)
        assert page.show_vertical_scrollbar
        assert widest(page) <= page.columns


async def test_nor_of_the_health_of_a_feed_with_a_long_name() -> None:
    feeds = [Feed(n, f"https://{n}.example/{'feed' * 40}", f"{'水 ' * 60}{n}") for n in range(1, 20)]
    async with running(FakeDesk(feed_list=feeds)) as run:
        await run.do("feed.health")
        await run.pilot.pause()
        page = run.app.screen.query_one(TextPage)
        assert page.show_vertical_scrollbar
        assert widest(page) <= page.columns


def test_nor_of_a_choice_with_a_wide_name() -> None:
    line = LineBuilder().add("▌")
    ChoiceList([Choice("水の便り", "what it is about, at length")]).draw(line, 0, 0, 30)
    assert cell_len(line.line().text) <= 30


async def test_the_line_under_a_hit_begins_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "…votes to pay for the last boat of the day. It will sail until at least 2029. [image: A small ferry]…"
    desk, at = sample_desk(), told.index("boat")
    hits = tuple(Hit(row, told, ((at, at + 4),)) for row in desk.stories(View("all"))[:1])
    monkeypatch.setattr(desk, "search", lambda words, limit: hits)
    async with running(desk) as run:
        await run.pilot.press("slash", *"boat")
        run.app.screen.search()  # type: ignore[attr-defined]
        await run.pilot.pause()
        assert "▌ …to pay for the last boat of the day. It will sail until at least 2029.…" in run.text()
