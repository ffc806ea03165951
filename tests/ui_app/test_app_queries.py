"""Smart feeds among the feeds, mute rules, tags, and one act on all that a search finds."""

from __future__ import annotations

from textual.widgets import Input

from tui_news.models import View
from tui_news.ui.screens.rules import RuleScreen, RulesScreen
from tui_news.ui.screens.search import SearchScreen
from tui_news.ui.screens.smart import SmartScreen
from tui_news.ui.screens.tag import TagScreen
from ui_app.appkit import Running, running


async def saved(run: Running) -> None:
    """The filter “storm”, kept as a smart feed called North."""
    run.reader.lists._filter("storm")
    await run.do("query.save")
    await run.pilot.pause()
    assert isinstance(run.app.screen, SmartScreen)
    await run.pilot.press(*"North", "enter")
    await run.pilot.pause()


async def test_a_filter_becomes_a_smart_feed_and_is_changed_and_removed() -> None:
    async with running() as run:
        await saved(run)
        assert [(one.name, one.query) for one in run.desk.smart.all()] == [("North", "is:unread storm*")]
        assert run.said == "Saved North; it stands among the feeds."
        await run.pilot.pause(0.5)
        smart = View("smart", id=1, name="North")
        line = next(line for line in run.reader.feed_tree.lines if line.view == smart)
        assert (line.label, line.number) == ("North", 10)
        await run.do("pane.feeds")
        run.reader.feed_tree.point_at(smart)
        await run.do("feed.edit")
        await run.pilot.pause()
        run.app.screen.query_one("#query", Input).value = "is:starred"
        await run.pilot.press("enter")
        await run.pilot.pause()
        assert run.desk.smart.held[1].query == "is:starred"
        await run.do("feed.remove")
        assert run.desk.smart.all() == ()
        assert "Removed the smart feed North" in run.said


async def test_a_query_that_cannot_be_read_stays_in_the_dialog() -> None:
    async with running() as run:
        await run.do("query.save")
        await run.pilot.pause()
        run.app.screen.query_one("#query", Input).value = "(a"
        run.app.screen.query_one("#name", Input).value = "A"
        await run.pilot.press("enter")
        await run.pilot.pause()
        assert isinstance(run.app.screen, SmartScreen)


async def test_what_is_wrong_with_a_filter_stands_beside_it_while_one_types() -> None:
    async with running() as run:
        before = run.ids()
        await run.pilot.press("F", *"is:unr")
        await run.pilot.pause()
        below = run.text().splitlines()[-1]
        assert "Only" in below
        assert "is:unr" in below  # nobody types blind
        assert "is one of unread" in below
        assert run.ids() == before
        await run.pilot.press(*"ead")
        await run.pilot.pause()
        assert "is one of" not in run.text()
        assert run.reader.lists.view.filter == "is:unread"


async def test_a_filter_that_cannot_be_read_is_said_so_when_it_is_done() -> None:
    async with running() as run:
        before = run.ids()
        await run.pilot.press("F", *"is:red", "enter")
        await run.pilot.pause()
        assert "is one of unread" in run.said
        assert run.ids() == before


async def test_a_rule_says_what_it_would_hide_and_is_taken_back() -> None:
    async with running() as run:
        await run.do("query.mute")
        await run.pilot.pause()
        assert isinstance(run.app.screen, RulesScreen)
        assert "Nothing is muted." in run.text()
        await run.pilot.press("plus")
        await run.pilot.pause()
        assert isinstance(run.app.screen, RuleScreen)
        await run.pilot.press(*"dull")
        await run.pilot.pause()
        assert "Would hide 37:" in run.text()
        await run.pilot.press("enter")
        await run.pilot.pause()
        assert isinstance(run.app.screen, RulesScreen)
        assert "hides 3 stories" in run.text()
        await run.pilot.press("d")
        assert run.desk.rules.all() == ()
        run.desk.rules.add("late")
        await run.pilot.press("escape")
        await run.do("query.mute")
        await run.pilot.pause()
        await run.pilot.press("enter")
        await run.pilot.pause()
        assert run.reader.lists.view == View("muted", id=1, name="Hidden by: late")


async def test_a_tag_is_put_on_and_comes_off() -> None:
    async with running() as run:
        for expected in ({1}, set()):
            await run.do("query.tag")
            await run.pilot.pause()
            assert isinstance(run.app.screen, TagScreen)
            await run.pilot.press(*"boats", "enter")
            await run.pilot.pause()
            assert run.desk.tags.held["boats"] == expected
        assert "Took boats off 1 story" in run.said


async def test_a_search_acts_on_all_it_finds_and_becomes_a_list() -> None:
    async with running() as run:
        await run.do("list.search")
        await run.pilot.pause()
        screen = run.app.screen
        assert isinstance(screen, SearchScreen)
        await run.pilot.press(*"storm")
        screen.search()
        await run.pilot.press("ctrl+r", "ctrl+s")
        assert run.desk.queries.calls == [("mark", "storm*", True), ("star", "storm*", True)]
        await run.pilot.press("ctrl+l")
        await run.pilot.pause()
        assert run.app.screen is run.reader
        assert (run.reader.lists.view.kind, run.reader.lists.view.filter) == ("all", "storm*")
