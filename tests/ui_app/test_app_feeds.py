"""Feeds: adding, editing, leaving, importing, starting; and the small screens that do it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui_news.models import Feed, FeedSettings, StoryRow, Subscription, View
from tui_news.services.contracts import AddFailed, CourierStopped, FeedAdded
from tui_news.ui.screens.add_feed import AddFeedScreen
from tui_news.ui.screens.feed_settings import FeedSettingsScreen
from tui_news.ui.screens.first_run import FirstRunScreen
from tui_news.ui.screens.health import HealthScreen
from tui_news.ui.screens.help import HelpScreen
from tui_news.ui.screens.import_file import ImportScreen
from tui_news.ui.screens.search import HitList, SearchScreen, nothing
from tui_news.ui.screens.starter import StarterScreen
from ui_app.appkit import running
from ui_app.fakedesk import NOW, FakeDesk, sample_desk


async def test_adding_a_feed_opens_its_first_story() -> None:
    async with running() as run:
        await run.pilot.press("a", *"new.example", "enter")
        assert run.courier.asked[-1] == ("add", "new.example", "")
        assert "Looking for the feed at new.example" in run.text()
        run.desk.feed_list.append(Feed(9, "https://new.example/feed", "New"))
        run.desk.all_rows[90] = StoryRow(
            90, 9, "New", "First words", "https://new.example/1", "", NOW, NOW, False, False
        )
        await run.tell(FeedAdded(9, "New", 1, 90))
        assert run.app.screen is run.reader
        assert run.opened == 90
        assert run.reader.lists.view == View("feed", id=9)


async def test_a_failed_add_keeps_what_was_typed() -> None:
    async with running() as run:
        await run.pilot.press("a", *"bad.example", "enter")
        await run.tell(AddFailed("bad.example", "bad.example: there is no feed there; try the site's front page"))
        assert isinstance(run.app.screen, AddFeedScreen)
        assert "there is no feed there" in run.text()
        assert "bad.example" in run.app.screen.query_one("#url").value  # type: ignore[attr-defined]
        await run.pilot.press("escape")
        assert run.app.screen is run.reader


async def test_an_empty_address_and_a_courier_that_stops() -> None:
    async with running() as run:
        await run.pilot.press("a", "enter")
        assert "Type or paste an address first." in run.text()
        await run.tell(CourierStopped("The network helper ended; it starts again when asked"))
        assert isinstance(run.app.screen, AddFeedScreen)
        assert "Type or paste" in run.text()
        await run.pilot.press("x", "enter")
        await run.tell(CourierStopped("The network helper ended; it starts again when asked"))
        assert "The network helper ended" in run.text()


async def test_a_feed_added_after_the_dialog_closed_is_told() -> None:
    async with running() as run:
        await run.tell(FeedAdded(1, "Norway Daily", 3, 1, already=True))
        assert run.said == "You have Norway Daily already."
        await run.tell(FeedAdded(1, "Norway Daily", 1, 1))
        assert run.said == "Subscribed to Norway Daily: 1 story."
        await run.tell(AddFailed("x", "x: no"))
        assert run.said == "x: no"
        assert run.opened is None


async def test_edit() -> None:
    async with running(start=View("feed", id=5)) as run:
        await run.pilot.press("e")
        assert isinstance(run.app.screen, FeedSettingsScreen)
        await run.pilot.press("end", "!", "tab", *"Slow", "tab", "right", "j", "space", "j", "j", "l", "enter")
        kept = FeedSettings(interval=15, full_text="always", muted=True)
        assert run.desk.shelf.calls == [("edit", 5, "The Long Read!", "Slow", kept)]


async def test_a_setting_that_only_the_file_knows_is_one_of_the_choices() -> None:
    async with running(start=View("feed", id=5)) as run:
        run.desk.feed_list[4] = replace(run.desk.feed_list[4], settings=FeedSettings(interval=45))
        run.reader.lists.reload()
        await run.do("feed.edit")
        await run.pilot.pause()
        assert "‹ 45 minutes ›" in run.text()
        await run.pilot.press("tab", "tab", "left", "right", "escape")
        assert run.desk.shelf.calls == []


async def test_feeds_and_folders_move_and_folders_are_made_and_renamed() -> None:
    async with running() as run:
        await run.do("pane.feeds")
        await run.do("shelf.lower")
        assert run.said == "Only feeds and folders can be moved."
        run.reader.feed_tree.point_at(View("feed", id=2))
        await run.pilot.press("J", "K")
        assert run.desk.shelf.calls == [("move_feed", 2, 1), ("move_feed", 2, -1)]
        run.desk.shelf.room = False
        run.reader.feed_tree.point_at(View("folder", name="Norway"))
        await run.do("shelf.lower")
        assert run.said == "It is the last one there."
        await run.do("feed.edit")
        await run.pilot.press("!", "enter")
        assert run.desk.shelf.calls[-1] == ("rename_folder", "Norway", "Norway!")
        assert run.said == "Norway is now Norway!."
        await run.do("shelf.new_folder")
        await run.pilot.press(*"Slow", "enter")
        assert run.desk.shelf.paths == ("Slow",)
        assert run.reader.panes.at == "feeds"


async def test_folders_stand_in_their_order_with_those_inside() -> None:
    async with running(size=(120, 40)) as run:
        run.desk.shelf.paths = ("Tech", "Norway", "Norway/Coast", "Empty")
        run.desk.feed_list[1] = replace(run.desk.feed_list[1], folder="Norway/Coast")
        run.reader.lists.reload()
        lines = run.reader.feed_tree.lines
        assert [(line.label, line.depth) for line in lines[4:]] == [
            ("Tech", 0), ("Bits & Bolts", 1), ("Kernel Weekly", 1), ("Norway", 0), ("Norway Daily", 1), ("Coast", 1),
            ("Coast Post", 2), ("Empty", 0), ("The Long Read", 0),
        ]  # fmt: skip
        run.reader.feed_tree.point_at(View("folder", name="Norway"))
        run.reader.feed_tree.toggle_fold()
        assert "Coast Post" not in [line.label for line in run.reader.feed_tree.lines]


async def test_unsubscribing_is_undone() -> None:
    async with running(start=View("feed", id=5)) as run:
        await run.do("feed.remove")
        assert run.said == "Unsubscribed from The Long Read; u undoes it."
        assert run.reader.lists.view.kind == "unread"
        assert 5 not in [feed.id for feed in run.reader.feed_tree.feeds]
        await run.do("app.undo")
        assert 5 in [feed.id for feed in run.reader.feed_tree.feeds]


async def test_unsubscribing_from_under_an_open_story() -> None:
    async with running(size=(200, 50)) as run:
        await run.do("list.open", "pane.list", "feed.remove")
        assert run.opened is None
        assert run.said.startswith("Unsubscribed from Norway Daily")
        await run.do("pane.feeds", "feed.remove", "feed.edit")
        assert run.said == "Go to a feed or a folder first."


async def test_starter_list() -> None:
    async with running() as run:
        await run.pilot.press("S")
        assert isinstance(run.app.screen, StarterScreen)
        await run.pilot.press("enter")
        assert "Nothing is ticked yet" in run.text()
        await run.pilot.press("space", "j", "j", "space", "k", "x", "x")
        assert run.text().count("[x]") == 2
        await run.pilot.press("enter")
        assert ("subscribe", ("https://world.example/feed", "https://old.example/feed")) in run.desk.calls
        run.desk.subscribe(run.desk.starter())
        run.reader.lists.reload()
        await run.do("feed.starter")
        assert run.said == "You are subscribed to the whole starter list."


@pytest.mark.parametrize(
    ("keys", "screen"), [(["s"], StarterScreen), (["i"], ImportScreen), (["j", "j", "j", "enter"], AddFeedScreen)]
)
async def test_first_run_ways(keys: list[str], screen: type) -> None:
    async with running(FakeDesk()) as run:
        assert isinstance(run.app.screen, FirstRunScreen)
        assert run.courier.asked == []
        await run.pilot.press(*keys)
        assert isinstance(run.app.screen, screen)


async def test_first_run_with_the_edition() -> None:
    async with running(FakeDesk()) as run:
        await run.pilot.press("e")
        assert [feed.url for feed in run.desk.feed_list] == ["builtin:edition/feed.xml"]
        assert run.courier.asked == [("refresh", None, False)]
        assert "Fetching the built-in edition…" in run.text()


async def test_first_run_later() -> None:
    async with running(FakeDesk()) as run:
        await run.pilot.press("escape")
        assert "No feeds yet. a adds one" in run.text()


async def test_refresh_by_hand() -> None:
    async with running(start=View("feed", id=5)) as run:
        run.courier.asked.clear()
        await run.do("feed.refresh", "feed.refresh_all")
        run.reader.lists.show(View("folder", name="Tech"))
        await run.do("feed.refresh")
        run.reader.lists.show(View("unread"))
        await run.do("feed.refresh", "list.open", "feed.refresh")
        assert run.courier.asked == [
            ("refresh", (5,), True), ("refresh", None, True), ("refresh", (3, 4), True), ("refresh", None, True),
            ("fetch_story", 1, False), ("fetch_story", 1, True),
        ]  # fmt: skip


async def test_health_and_help() -> None:
    async with running() as run:
        await run.pilot.press("exclamation_mark")
        assert isinstance(run.app.screen, HealthScreen)
        text = run.text()
        assert "! Kernel Weekly" in text
        assert "next in 2h" in text
        await run.pilot.press("j", "space", "ctrl+d", "ctrl+u", "pageup", "k", "G", "g", "q")
        await run.pilot.press("question_mark")
        assert isinstance(run.app.screen, HelpScreen)
        assert "In the list" in run.text()
        await run.pilot.press("escape")
        assert run.app.screen is run.reader


async def test_health_of_new_feeds() -> None:
    desk = FakeDesk(feed_list=[Feed(1, "https://x.example/", "New one", next_check=NOW)])
    async with running(desk) as run:
        await run.do("feed.health")
        await run.pilot.pause()
        assert "never fetched so far; next with the next refresh" in run.text()
    async with running(FakeDesk()) as run:
        await run.pilot.press("escape")
        await run.do("feed.health")
        await run.pilot.pause()
        assert "No feeds yet." in run.text()


async def test_search_opens_what_it_found() -> None:
    async with running() as run:
        await run.pilot.press("slash", "s")
        screen = run.app.screen
        assert isinstance(screen, SearchScreen)
        screen.search()
        assert "Type at least 2 letters." in screen.query_one(HitList).empty
        await run.pilot.press("t", "o", "r", "m", "enter")
        await run.pilot.pause()
        assert run.opened == 2


async def test_search_moves_and_says_what_is_wrong() -> None:
    async with running() as run:
        await run.do("list.search")
        await run.pilot.pause()
        screen = run.app.screen
        assert isinstance(screen, SearchScreen)
        field, hits = screen.query_one("Input"), screen.query_one(HitList)
        field.value = "is:red"  # type: ignore[attr-defined]
        screen.search()
        await run.pilot.pause()
        assert "is one of unread, read, starred, muted, offline at “red”." in " ".join(run.text().split())
        field.value = "zebra"  # type: ignore[attr-defined]
        await run.pilot.press("enter")
        assert hits.empty == "Nothing the library holds has “zebra”."
        field.value = "the"  # type: ignore[attr-defined]
        screen.search()
        await run.pilot.press("down", "down", "up", "pagedown", "pageup")
        assert hits.cursor == 0
        assert "… Storm closes the north road …" in run.text()
        await run.pilot.press("escape")
        assert run.app.screen is run.reader
        assert run.opened is None


async def test_search_by_mouse() -> None:
    desk = sample_desk()
    async with running(desk) as run:
        await run.do("list.search")
        await run.pilot.pause()
        screen = run.app.screen
        assert isinstance(screen, SearchScreen)
        screen.query_one("Input").value = "ferry"  # type: ignore[attr-defined]
        screen.search()
        await run.pilot.pause()
        await run.pilot.click(HitList, offset=(4, 1))
        await run.pilot.pause()
        assert run.opened == 4


async def test_palette_finds_actions_and_feeds() -> None:
    async with running() as run:
        await run.pilot.press("ctrl+p")
        await run.pilot.press(*"kernel")
        await run.pilot.pause(0.3)
        await run.pilot.press("enter")
        await run.pilot.pause(0.1)
        assert run.reader.lists.view == View("feed", id=4)
        await run.pilot.press("colon", *"star or unstar")
        await run.pilot.pause(0.3)
        await run.pilot.press("enter")
        await run.pilot.pause(0.1)
        assert run.desk.all_rows[6].starred


async def test_a_long_list_leaves_room_for_what_the_keys_do() -> None:
    async with running(size=(80, 24)) as run:
        many = tuple(Subscription(f"https://{n}.example/feed", f"Feed {n}") for n in range(40))
        run.app.push_screen(StarterScreen(many))
        await run.pilot.pause()
        assert "space ticks · enter subscribes · esc closes" in run.text()
        await run.pilot.press("enter")
        assert "Nothing is ticked yet" in run.text()
        assert "space ticks · enter subscribes · esc closes" in run.text()


def test_two_letters_that_find_nothing_ask_for_a_third():
    assert nothing("the ha") == (
        "No word “ha” in what the library holds. Type on, or ha* for all that begins like this."
    )
    assert nothing("zebra") == "Nothing the library holds has “zebra”."
    assert nothing("c++ 1.") == "Nothing the library holds has “c++ 1.”."
