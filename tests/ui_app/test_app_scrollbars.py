"""A scrollbar that is not needed is not there, though it stays laid out: the screen is what it was when it came and went."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from tui_news.models import Feed, StoryRow
from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.story_list import StoryList
from ui_app.appkit import running
from ui_app.fakedesk import NOW, FakeDesk
from ui_app.test_app_glass import Watched

WALK = (
    "1",
    "G",
    "k",
    "k",
    "k",
    "k",
    "j",
    "j",
    "2",
    "1",
    "k",
    "pageup",
    "j",
    "j",
    "j",
    "enter",
    "escape",
    "1",
    "G",
    "2",
)
FEEDS = 6  # the first, third, fifth with stories for two screens, the others with one


def uneven_desk() -> FakeDesk:
    desk = FakeDesk(feed_list=[Feed(n, f"https://{n}.example/feed", f"Feed {n}") for n in range(1, FEEDS + 1)])
    places = [(feed, n) for feed in range(1, FEEDS + 1) for n in range(60 if feed % 2 else 1)]
    for number, (feed, place) in enumerate(places, 1):
        desk.all_rows[number] = StoryRow(number, feed, f"Feed {feed}", f"Story {place} of feed {feed}",
                                         f"https://{feed}.example/{place}", "", NOW - number, NOW - number, False, False)  # fmt: skip
    return desk


async def walked(size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    watched, found = Watched(size, monkeypatch), []
    async with running(uneven_desk(), size=size) as run:
        for key in WALK:
            await run.pilot.press(key)
            await run.pilot.pause()
            watched.compare(run, key)
            found.append(watched.shown.cells())
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 30), (200, 30)])
async def test_what_is_shown_is_what_textuals_own_ways_show(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = await walked(size, monkeypatch)
    monkeypatch.undo()
    monkeypatch.delattr(LineView, "_refresh_scrollbars")
    assert await walked(size, monkeypatch) == ours


@pytest.mark.parametrize("size", [(120, 30), (200, 30)])
async def test_from_a_long_list_to_a_short_one_nothing_is_laid_out(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(uneven_desk(), size=size) as run:
        for key in ("1", "G", "k"):
            await run.pilot.press(key)
            await run.pilot.pause()
        laid: list[object] = []
        lay = Screen._refresh_layout
        monkeypatch.setattr(Screen, "_refresh_layout", lambda *given, **more: (laid.append(1), lay(*given, **more))[1])
        idle = []
        for key in ("j", "k", "j", "k"):
            await run.pilot.press(key)
            await run.pilot.pause()
            idle.append(run.reader.story_list.vertical_scrollbar.idle)  # type: ignore[attr-defined]
        assert idle == [True, False, True, False]
        assert not laid


async def test_where_a_scrollbar_is_idle_the_mouse_finds_the_list() -> None:
    async with running(uneven_desk(), size=(120, 30)) as run:
        for key in ("1", "G", "k", "j"):
            await run.pilot.press(key)
            await run.pilot.pause()
        region = run.reader.story_list.region
        assert type(run.reader.get_widget_at(region.right - 1, region.y + 1)[0]) is StoryList
        await run.pilot.press("k")
        await run.pilot.pause()
        assert type(run.reader.get_widget_at(region.right - 1, region.y + 1)[0]) is not StoryList
