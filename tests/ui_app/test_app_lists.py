"""Lists and panes: what they show, that nothing jumps, and that an empty list says the next step."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui_news.models import Feed, StoryRow, View
from tui_news.services.contracts import FeedRefreshed
from tui_news.ui.widgets.story_list import about_parts
from ui_app.appkit import running
from ui_app.fakedesk import NOW, FakeDesk, big_desk, sample_desk


def fresh(number: int, sort: int) -> StoryRow:
    return StoryRow(number, 1, "Norway Daily", "Just in", "https://1.example/x", "", sort, sort, False, False)


def row(**changes: object) -> StoryRow:
    return replace(fresh(1, NOW), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        ({}, ("", "")),
        ({"quotes": 5}, (" · ❝5", "")),
        ({"comments": 12, "comments_new": 3}, (" · 12 comments", " · +3 new")),
        ({"comments": 1, "quotes": 0}, (" · 1 comment", "")),
        ({"comments_hint": 12}, (" · ~12 comments", "")),
        ({"comments": 0}, ("", "")),
    ],
)
def test_what_a_row_says(changes: dict[str, object], about: tuple[str, str]) -> None:
    assert about_parts(row(**changes)) == about


async def test_new_stories_take_the_top_until_the_reader_moves() -> None:
    async with running() as run:
        run.desk.all_rows[50] = fresh(50, NOW - 10)
        run.desk.other_wrote = True
        run.reader.watch_library()
        assert run.reader.story_list.current is not None
        assert run.reader.story_list.current.id == 50


async def test_new_stories_never_move_the_one_under_the_cursor() -> None:
    desk = big_desk(200)
    async with running(desk) as run:
        await run.do("move.page_down", "move.page_down", "move.down")
        listed = run.reader.story_list
        held, place = listed.current, listed.place()
        for number in range(1001, 1008):
            desk.all_rows[number] = fresh(number, NOW - 1)
        desk.other_wrote = True
        run.reader.watch_library()
        await run.pilot.pause()
        assert listed.current == held
        assert listed.place() == place


async def test_nothing_is_reloaded_when_nobody_wrote() -> None:
    async with running() as run:
        run.desk.calls.clear()
        run.reader.watch_library()
        assert run.desk.calls == []


async def test_a_cursor_whose_story_went_stays_where_it_was() -> None:
    async with running() as run:
        run.reader.story_list.go(3)
        del run.desk.all_rows[4]
        run.reader.lists.reload()
        assert run.reader.story_list.cursor == 3


async def test_marking_repaints_and_reloads_nothing() -> None:
    async with running() as run:
        run.desk.calls.clear()
        await run.do("story.toggle_star")
        assert [call[0] for call in run.desk.calls] == ["set_starred"]


async def test_filter_as_you_type() -> None:
    async with running() as run:
        await run.pilot.press("F", *"ferry")
        assert run.ids() == [4]
        assert run.reader.context == ""
        await run.pilot.press("enter")
        assert run.reader.context == "list"
        assert "All unread · ferry" in run.text().splitlines()[0]
        await run.pilot.press("escape")
        assert len(run.ids()) == 11
        await run.pilot.press("F", "x", "x", "escape")
        assert len(run.ids()) == 11


async def test_unread_only() -> None:
    async with running(start=View("all")) as run:
        assert len(run.ids()) == 14
        await run.do("list.unread_only")
        assert len(run.ids()) == 11
        assert "unread only" in run.text().splitlines()[0]
        await run.do("list.unread_only")
        assert len(run.ids()) == 14
        assert run.said == "All stories are shown."


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (View("starred"), "Nothing is starred. s stars"),
        (View("today"), "Nothing came today so far. R looks again."),
        (View("unread"), "Everything is read. R looks for more"),
        (View("feed", id=5), "No stories here yet. r looks for some."),
        (View("feed", id=4), "4.example: it did not answer within 30 s"),
        (View("all", filter="zzz"), "Nothing here matches “zzz”. F changes the words, esc shows all."),
    ],
)
async def test_an_empty_list_says_the_next_step(view: View, words: str) -> None:
    desk = sample_desk()
    desk.all_rows = {1: row(read=True, sort=NOW - 90 * 86_400)}
    async with running(desk, (120, 24), start=view) as run:
        assert run.ids() == []
        assert words.split(".")[0][:30] in " ".join(run.text().split())
        assert run.reader.story_list.empty.startswith(words[:20])
        await run.do("list.open", "move.down", "story.toggle_star", "story.copy_link", "story.next")


async def test_the_first_fetch_says_so() -> None:
    edition = Feed(1, "builtin:edition/feed.xml", "The tuinews edition")
    async with running(FakeDesk(feed_list=[edition])) as run:
        assert "Fetching the built-in edition…" in run.text()
        assert "Your own feeds: a add · S starter · i import" in run.text()
        assert run.courier.asked == [("refresh", None, False)]
        run.desk.all_rows[1] = fresh(1, NOW - 100)
        await run.tell(FeedRefreshed(1, "The tuinews edition", 1, 0, "", 1, 1))
        run.reader.facts._reload()
        await run.pilot.pause()
        assert "Just in" in run.text()
    async with running(FakeDesk(feed_list=[replace(edition, url="https://x.example/f")])) as run:
        assert "Fetching the first stories…" in run.text()


async def test_panes_by_width() -> None:
    async with running(size=(80, 24)) as run:
        shown = [run.reader.query_one(name).display for name in ("#feeds", "#list-pane", "#story-pane")]
        assert shown == [False, True, False]
        await run.do("pane.feeds")
        assert run.reader.query_one("#feeds").display
        assert not run.reader.query_one("#list-pane").display
        await run.pilot.resize_terminal(120, 40)
        await run.pilot.pause()
        assert run.reader.query_one("#list-pane").display
        await run.do("pane.list")
        assert not run.reader.query_one("#feeds").display
        assert run.reader.query_one("#story-pane").display
        await run.pilot.resize_terminal(200, 50)
        await run.pilot.pause()
        assert all(run.reader.query_one(name).display for name in ("#feeds", "#list-pane", "#story-pane"))


async def test_panes_with_tab_and_numbers() -> None:
    async with running(size=(200, 50)) as run:
        await run.pilot.press("tab")
        assert run.reader.context == "feeds"
        await run.pilot.press("tab")
        assert run.reader.context == "list"
        await run.pilot.press("3")
        assert run.reader.context == "story"
        assert run.opened == 1
        await run.pilot.press("tab", "shift+tab", "shift+tab")
        assert run.reader.context == "list"
        await run.pilot.press("1")
        await run.pilot.pause()
        assert run.reader.focused is run.reader.feed_tree
        await run.pilot.press("2")
        await run.pilot.pause()
        assert run.reader.focused is run.reader.story_list


async def test_zen() -> None:
    async with running(size=(120, 40)) as run:
        await run.do("pane.zen")
        await run.pilot.pause()
        assert run.opened == 1
        assert not run.reader.query_one("#list-pane").display
        await run.do("app.back")
        assert run.reader.context == "story"
        await run.pilot.pause()
        assert run.reader.query_one("#list-pane").display
        await run.do("pane.zen", "pane.zen", "pane.zen", "pane.list")
        assert not run.reader.panes.is_zen


async def test_leaving_the_tree_at_once_keeps_what_its_cursor_was_put_on() -> None:
    async with running(size=(120, 40)) as run:
        for action in ("pane.feeds", "move.down", "move.down", "pane.list"):  # no pause: keys typed ahead of the screen
            run.reader.action_do(action)
        await run.pilot.pause()
        assert run.reader.lists.view.kind == "starred"
        for action in ("pane.feeds", "move.bottom", "move.top", "pane.list"):
            run.reader.action_do(action)
        assert run.reader.lists.view.kind == "unread"


async def test_the_tree_shows_its_view_in_the_list() -> None:
    async with running(size=(120, 40)) as run:
        await run.do("pane.feeds", "move.down", "move.down")
        assert run.reader.lists.view.kind == "starred"
        assert run.ids() == [2, 5]
        await run.do("feed.open")
        assert run.reader.context == "list"


async def test_folders_fold() -> None:
    async with running(size=(120, 40)) as run:
        tree = run.reader.feed_tree
        tree.point_at(View("feed", id=4))
        await run.do("pane.feeds", "feed.fold")
        assert tree.current is not None
        assert (tree.current.label, tree.current.fold, tree.current.failing) == ("Tech", "▸", True)
        assert "Kernel Weekly" not in [line.label for line in tree.lines]
        await run.do("feed.fold")
        assert "Kernel Weekly" in [line.label for line in tree.lines]
        tree.point_at(View("feed", id=5))
        await run.do("feed.fold")
        assert run.said == "This feed is in no folder."


async def test_the_mouse_chooses() -> None:
    async with running(size=(200, 50)) as run:
        await run.pilot.click("#feeds", offset=(5, 2))
        await run.pilot.pause()
        assert run.reader.lists.view.kind == "starred"
        await run.pilot.click("#list", offset=(5, 3))
        await run.pilot.pause()
        assert run.opened == 5
        await run.do("pane.list")
        await run.pilot.click("#story", offset=(30, 8))
        await run.pilot.pause()
        assert run.reader.panes.at == "story"
        await run.pilot.click("#list", offset=(5, 40))
        assert run.opened == 5


@pytest.mark.parametrize("size", [(1, 1), (12, 3), (30, 6), (300, 8)])
async def test_any_size_of_terminal_is_survived(size: tuple[int, int]) -> None:
    async with running(size=size) as run:
        await run.do("move.down", "pane.feeds", "move.page_down", "pane.list", "list.open", "story.space")
        await run.pilot.resize_terminal(80, 24)
        await run.pilot.pause()
        assert run.opened is not None
        assert run.reader.context == "story"


async def test_a_resize_keeps_the_cursor_in_sight() -> None:
    async with running(big_desk(100), (80, 40)) as run:
        run.reader.story_list.go(15)
        await run.pilot.resize_terminal(80, 12)
        await run.pilot.pause()
        assert "Story number 16" in run.text()
