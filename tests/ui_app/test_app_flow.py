"""The reading flow: to the end and back, the same story once, orders, and acts on a selection."""

from __future__ import annotations

from dataclasses import replace

from tui_news.models import View
from ui_app.appkit import running


async def test_at_the_end_a_sentence_and_never_the_top() -> None:
    async with running() as run:
        await run.do("move.bottom", "story.space")
        last = run.opened
        read = [row.id for row in run.desk.all_rows.values() if row.read]
        await run.do("story.next_unread", "story.next_unread")
        assert run.opened == last
        assert run.said == "That was the last unread story from here on; 10 are before it: N goes back."
        assert [row.id for row in run.desk.all_rows.values() if row.read] == read, "nothing was marked on the way"
        await run.do("story.previous_unread")
        assert run.opened != last
        await run.do("pane.list", "move.top", "story.previous_unread")
        assert run.said.startswith("No unread story before this one; ")


async def test_n_in_the_list_reads_the_unread_story_it_stands_on_first() -> None:
    async with running() as run:
        first, second = run.ids()[:2]
        await run.do("story.next_unread")
        assert run.opened == first
        await run.do("story.next_unread")
        assert run.opened == second
        assert [row.id for row in run.desk.all_rows.values() if row.read] == sorted({first, second, 5, 9, 12})


async def test_back_goes_several_steps_across_feeds_to_the_lists_they_were_in() -> None:
    async with running(start=View("feed", id=2)) as run:
        met = []
        for _ in range(6):
            await run.do("story.next_unread")
            met.append((run.opened, run.reader.lists.view))
        assert len({view.id for _, view in met}) > 1
        for story, view in met[-2::-1]:
            await run.do("story.back_track")
            assert (run.opened, run.reader.lists.view) == (story, view)
            assert story in run.ids(), "it is in the list again, read as it is"
        await run.do("story.back_track")
        assert run.said == "There is no story before this one."


async def test_a_story_of_two_feeds_names_both_and_leads_to_the_other() -> None:
    async with running() as run:
        run.desk.all_rows[1] = replace(run.desk.all_rows[1], also=("Coast Post",))
        run.desk.shelf.others = {1: (4,)}
        run.reader.lists.reload()
        await run.pilot.pause()
        assert "Norway Daily + Coast Post" in run.text()
        await run.do("list.open")
        assert "Also in Coast Post" in run.text()
        await run.do("shelf.twin")
        assert run.opened == 4
        assert run.said == "The same story in Norway Daily."
        await run.do("shelf.twin")
        assert run.said == "No other feed has this story."
        await run.do("shelf.together")
        assert not run.desk.shelf.once
        await run.do("pane.list", "shelf.together")
        assert run.desk.shelf.once


async def test_the_order_is_remembered_for_each_list() -> None:
    async with running() as run:
        await run.do("list.order")
        assert run.said == "Oldest first. O changes it again."
        assert run.reader.lists.view == View("unread", order="oldest")
        assert "All unread · oldest first" in run.text()
        run.reader.lists.show(View("all"))
        assert run.reader.lists.view.order == "newest"
        run.reader.lists.show(View("unread"))
        assert run.reader.lists.view.order == "oldest"
        for _ in range(4):
            await run.do("list.order")
        assert run.reader.lists.view.order == "newest"


async def test_acts_on_a_selection() -> None:
    async with running() as run:
        first, second, third = run.ids()[:3]
        await run.pilot.press("v", "v")
        assert run.reader.story_list.cursor == 2
        assert run.text().count("■") == 2
        await run.pilot.press("s")
        assert [run.desk.all_rows[n].starred for n in (first, second, third)] == [True, True, False]
        assert run.said == "Starred 2 stories; u undoes it."
        assert not run.reader.lists.selecting
        await run.pilot.press("k", "k", "v", "j", "v", "m")
        assert [run.desk.all_rows[n].read for n in (first, second, third)] == [True, False, True]
        await run.pilot.press("u")
        assert not run.desk.all_rows[first].read
        await run.pilot.press("v", "escape")
        assert not run.reader.lists.selecting
        assert run.reader.panes.at == "list"


async def test_an_enter_typed_before_the_terminal_was_ours_comes_as_a_line_feed_and_opens_the_story() -> None:
    async with running() as run:
        await run.do("move.top")
        await run.pilot.press("ctrl+j")
        await run.pilot.pause()
        assert run.opened == run.ids()[0]
