"""What the app holds after hours of reading: no more than after the first minutes. Objects are counted, not bytes."""

from __future__ import annotations

import gc
from collections import Counter

from textual._styles_cache import StylesCache
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui_news.models import Article, Block, Comment, OpenStory, Thread, View
from tui_news.ui import garbage
from tui_news.ui.screens.list_flow import PAGE
from tui_news.ui.screens.reading_flow import TRAIL
from tui_news.ui.widgets.line_view import STRIPS
from tui_news.ui.widgets.story_list import HELD as ROWS
from ui_app.appkit import running
from ui_app.fakedesk import big_desk

DIALOGS = ("app.help", "list.search", "feed.health", "app.settings", "feed.add")
# What the dialog closed last may still hold: a message on its way to it. Ten closed dialogs held would be ten times that.
LAST = {"Screen": 1, "Widget": 8, "StylesCache": 8, "Strip": 150}
HELD = (Article, Block, Comment, OpenStory, Screen, Strip, StylesCache, Thread, Widget)


def held() -> Counter[str]:
    garbage.sweep(quiet=True)
    gc.collect()
    return Counter(kind.__name__ for one in gc.get_objects() for kind in HELD if isinstance(one, kind))


async def read_all(run) -> None:
    """Some stories with its comments and a page of it, and each dialog once."""
    for story in run.desk.stories(View("all"))[2::-1]:
        run.reader.stories.read(story)
        await run.pilot.pause()
        await run.do("story.comments", "story.space")
    for dialog in DIALOGS:
        run.reader.panes.go("list")
        await run.do(dialog)
        assert len(run.app.screen_stack) > 1, dialog
        while len(run.app.screen_stack) > 1:
            run.app.pop_screen()
            await run.pilot.pause()
    run.reader.story_list.go(0)


async def test_stories_and_dialogs_that_were_closed_leave_nothing_behind():
    async with running(size=(120, 40)) as run:
        for _ in range(3):
            await read_all(run)
        before = held()
        for _ in range(2):
            await read_all(run)
        after = held()
    assert {"Article", "Comment", "Strip", "StylesCache", "Widget"} <= set(before)
    grown = {kind: after[kind] - before[kind] for kind in before}
    assert {kind: more for kind, more in grown.items() if more > LAST.get(kind, 0)} == {}


async def test_of_the_way_back_the_last_stories_are_held():
    async with running() as run:
        rows = run.desk.stories(run.reader.lists.view)
        for turn in range(TRAIL + 9):
            run.reader.stories.read(rows[turn % 2])
        assert len(run.reader.stories.trail) == TRAIL
        assert run.reader.stories.trail[-1][1].id == rows[(TRAIL + 7) % 2].id


async def test_a_long_list_is_held_around_the_cursor_only_and_its_ends_are_a_key_away():
    async with running(big_desk(5 * ROWS)) as run:
        listed, desk = run.reader.story_list, run.desk
        whole = [row.id for row in desk.stories(run.reader.lists.view, None, 10**6)]
        desk.calls.clear()
        await run.do("move.bottom")
        assert [row.id for row in listed.stories] == whole[-PAGE:]
        assert listed.current.id == whole[-1]
        assert len(desk.calls) == 1, "what lies between was not read"
        run.reader.lists.reload()
        assert listed.current.id == whole[-1]
        assert listed.count <= 2 * PAGE
        while listed.current.id != whole[0]:
            at = whole.index(listed.current.id)
            assert [row.id for row in listed.stories] == whole[at - listed.cursor :][: listed.count]
            assert listed.count <= ROWS + PAGE
            listed.move(50 - PAGE)
            await run.pilot.pause()
        assert listed.begins
        while listed.current.id != whole[-1]:
            at = whole.index(listed.current.id)
            assert [row.id for row in listed.stories] == whole[at - listed.cursor :][: listed.count]
            assert listed.count <= ROWS + PAGE
            listed.move(PAGE - 50)
            await run.pilot.pause()
        assert listed.complete
        await run.do("move.top")
        assert (listed.current.id, listed.count, listed.begins) == (whole[0], PAGE, True)


async def test_what_was_selected_stays_loaded_whatever_key_comes():
    async with running(big_desk(3 * ROWS)) as run:
        listed = run.reader.story_list
        await run.do("list.select", "move.bottom")
        run.reader.lists.reload()
        await run.do("list.select", "move.top")
        run.reader.lists.reload()
        assert len(run.reader.lists.chosen) == 2
        assert listed.count == 3 * ROWS
        listed.select_none()
        run.reader.lists.reload()
        assert listed.count == PAGE


async def test_the_next_story_follows_the_one_that_is_read_though_the_list_went_elsewhere():
    async with running(big_desk(2 * ROWS)) as run:
        whole = [row.id for row in run.desk.stories(run.reader.lists.view, None, 10**6)]
        await run.do("move.down", "list.open", "pane.list", "move.bottom", "story.next")
        assert run.opened == whole[2]
        await run.do("pane.list", "move.bottom", "story.previous")
        assert run.opened == whole[1]


async def test_a_view_holds_some_drawn_rows_and_a_tall_one_two_screens():
    for height in (40, 200):
        async with running(size=(80, height)) as run:
            view = run.reader.story_list
            assert view.size.height > height - 10
            assert view._strips.maxsize == max(STRIPS, 2 * view.size.height)


def test_written_out_styles_are_let_go_when_they_are_many(monkeypatch):
    from rich.color import ColorSystem
    from rich.style import Style

    monkeypatch.setattr(garbage, "STYLES", 3)
    Strip.render_ansi.cache_clear()
    for number in range(5):
        Strip.render_ansi(Style(color=f"color({number})"), ColorSystem.TRUECOLOR)
    assert Strip.render_ansi.cache_info().currsize == 5
    garbage.shed()
    assert Strip.render_ansi.cache_info().currsize == 0
