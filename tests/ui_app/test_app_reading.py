"""Reading: opening, going on with space, back again, and what is remembered."""

from __future__ import annotations

from dataclasses import replace

from tui_news.models import OpenStory, View
from tui_news.services.contracts import StoryFetched
from tui_news.ui.screens.add_feed import AddFeedScreen
from tui_news.ui.screens.quotes import QuotesScreen
from ui_app.appkit import running
from ui_app.fakedesk import big_desk, sample_desk


async def test_enter_shows_what_is_held_marks_read_and_asks_for_the_rest() -> None:
    async with running() as run:
        await run.pilot.press("enter")
        assert run.opened == 1
        assert run.reader.context == "story"
        assert run.desk.all_rows[1].read
        assert ("fetch_story", 1, False) in run.courier.asked
        assert "Minister: dialogue first" in run.text()


async def test_a_story_wholly_held_without_a_thread_asks_the_network_nothing() -> None:
    async with running() as run:
        run.reader.story_list.select(2)
        await run.do("list.open")
        assert run.opened == 2
        assert not [asked for asked in run.courier.asked if asked[0] == "fetch_story"]


async def test_a_story_read_stays_in_the_unread_list_until_one_leaves() -> None:
    async with running() as run:
        before = run.ids()
        await run.do("list.open", "app.back")
        assert run.reader.context == "list"
        assert run.ids() == before
        run.reader.lists.reload()
        assert run.ids() == before
        run.reader.lists.show(View("all"))
        run.reader.lists.show(View("unread"))
        assert 1 not in run.ids()


async def test_space_alone_reads_everything() -> None:
    async with running(size=(80, 60)) as run:
        unread = [row.id for row in run.desk.stories(View("unread"))]
        met: list[int] = []
        for _ in range(400):
            await run.do("story.space")
            assert run.opened is not None
            if run.opened not in met:
                met.append(run.opened)
            if run.said.startswith("Everything is read."):
                break
        assert met == unread
        assert run.desk.counts().unread == 0


async def test_next_unread_goes_across_feeds() -> None:
    async with running(start=View("feed", id=4)) as run:
        assert run.ids() == [6, 10]
        await run.do("list.open", "story.next_unread")
        assert run.opened == 10
        await run.do("story.next_unread")
        found = run.opened
        assert found not in (6, 10, None)
        assert run.reader.lists.view.kind == "feed"
        assert run.reader.story_list.current is not None
        assert run.reader.story_list.current.id == found
        await run.do("story.previous_unread")
        assert run.opened != found


async def test_next_unread_leaves_a_filter_behind() -> None:
    async with running() as run:
        run.reader.lists._filter("minister")
        assert run.ids() == [1]
        await run.do("list.open", "story.next_unread")
        assert run.opened == 2
        assert run.reader.lists.view == View("unread")


async def test_neighbours_and_ends_of_the_list() -> None:
    async with running() as run:
        await run.do("list.open", "story.next")
        assert run.opened == 2
        await run.do("story.previous")
        assert run.opened == 1
        await run.do("story.previous")
        assert run.opened == 1
        assert run.said == "This is the first story of the list."
        await run.do("pane.list", "move.bottom", "list.open", "story.next")
        assert run.said == "This is the last story of the list."


async def test_ctrl_o_goes_back_through_the_stories() -> None:
    async with running() as run:
        await run.do("list.open", "story.next", "story.next")
        assert run.opened == 3
        await run.do("story.back_track")
        assert run.opened == 2
        await run.do("story.back_track")
        assert run.opened == 1
        await run.do("story.back_track")
        assert run.said == "There is no story before this one."


async def test_ctrl_o_brings_back_the_list_too() -> None:
    async with running(start=View("feed", id=4)) as run:
        await run.do("list.open")
        run.reader.lists.show(View("starred"))
        run.reader.story_list.select(2)
        await run.do("pane.list", "list.open")
        assert run.opened == 2
        await run.do("story.back_track")
        assert run.opened == 6
        assert run.reader.lists.view == View("feed", id=4)


async def test_the_place_is_kept_when_leaving_and_at_the_end() -> None:
    async with running() as run:
        await run.do("list.open", "move.page_down")
        place = run.reader.story_view.position
        await run.do("story.next")
        assert run.desk.positions[1] == place
        await run.do("move.page_down")
        place = run.reader.story_view.position
    assert run.desk.positions[2] == place
    assert run.desk.closed
    assert run.courier.closed


async def test_q_quits_with_the_place() -> None:
    async with running() as run:
        await run.do("list.open", "move.page_down")
        place = run.reader.story_view.position
        await run.pilot.press("q")
        assert run.desk.positions[1] == place
        await run.pilot.press("escape", "h")
        assert run.app.is_running
        assert run.app._exit is False
        await run.pilot.press("q")
        assert run.app._exit


async def test_what_arrives_is_shown_in_place() -> None:
    desk = sample_desk()
    desk.bare.add(3)
    async with running(desk) as run:
        run.reader.story_list.select(3)
        await run.do("list.open")
        assert "Paragraph" not in run.text()
        assert run.reader.status.doing == "fetching the story"
        desk.bare.clear()
        await run.tell(StoryFetched(3, "article", changed=True))
        assert "first and foremost" in run.text()
        assert run.reader.status.doing == "looking for more", "the thread comes after the text"
        await run.tell(StoryFetched(3, "thread", changed=False))
        assert run.reader.status.doing == ""


async def test_what_arrives_for_another_story_moves_nothing() -> None:
    async with running() as run:
        await run.do("list.open", "move.page_down")
        before = run.text()
        run.desk.all_rows[2] = replace(run.desk.all_rows[2], comments=4)
        await run.tell(StoryFetched(2, "thread", changed=True), StoryFetched(999, "thread", changed=True))
        assert run.text() == before
        assert run.reader.story_list.stories[1].comments == 4


async def test_marks() -> None:
    async with running() as run:
        await run.do("story.toggle_star", "story.toggle_read")
        assert run.desk.all_rows[1].starred
        assert run.desk.all_rows[1].read
        assert "★" in run.text().splitlines()[1]
        await run.do("app.undo")
        assert not run.desk.all_rows[1].read
        assert run.said.startswith("Undone: ")
        await run.do("list.open", "story.toggle_star")
        assert run.said == "The star is gone."
        await run.do("story.toggle_star")
        assert run.said == "Starred."


async def test_all_read_and_undone() -> None:
    async with running() as run:
        before = run.ids()
        await run.do("list.mark_all_read")
        assert run.said == "Marked 11 stories read; u undoes it."
        assert run.ids() == before
        assert run.desk.counts().unread == 0
        assert "all read" in run.text().splitlines()[0]
        await run.do("list.mark_all_read")
        assert run.said == "Everything here was read already."
        await run.do("app.undo")
        assert run.desk.counts().unread == 11
        await run.do("app.undo")
        assert run.said == "There is nothing to undo."


async def test_comments_there_and_back() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments")
        assert run.reader.context == "thread"
        assert "5 comments" in run.text()
        await run.do("story.comments")
        assert run.reader.context == "story"


async def test_a_story_without_comments_says_so() -> None:
    async with running() as run:
        run.reader.story_list.select(2)
        await run.do("story.comments")
        assert run.said == "This story has no comments that we know of."
        run.reader.stories.waiting.add(2)
        await run.do("story.comments")
        assert run.said == "The comments are on their way."


async def test_comments_asked_for_too_early_are_gone_to_when_they_come() -> None:
    async with running() as run:
        held = run.desk.open
        threads = {"here": False}

        def opened(story_id: int) -> OpenStory | None:
            found = held(story_id)
            return found if found is None or threads["here"] else replace(found, thread=None)

        run.desk.open = opened  # type: ignore[method-assign]
        await run.do("list.open")
        run.reader.stories.waiting.add(1)
        await run.do("story.comments")
        assert run.said == "The comments are on their way."
        await run.tell(StoryFetched(1, "article", True))
        assert run.reader.context == "story"
        threads["here"] = True
        await run.tell(StoryFetched(1, "thread", True))
        assert run.reader.context == "thread"
        assert "5 comments" in run.text()


async def test_whoever_reads_on_is_not_torn_away_by_the_comments() -> None:
    async with running(size=(80, 12)) as run:
        held = run.desk.open
        run.desk.open = lambda story_id: replace(found, thread=None) if (found := held(story_id)) else None  # type: ignore[method-assign]
        await run.do("list.open")
        run.reader.stories.waiting.add(1)
        await run.do("story.comments", "move.half_down")
        top = run.reader.story_view.top
        assert top > 0
        run.desk.open = held  # type: ignore[method-assign]
        await run.tell(StoryFetched(1, "thread", True))
        assert run.reader.context == "story"
        assert run.reader.story_view.top == top


async def test_thread_keys() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments")
        view = run.reader.story_view
        first = view.current_comment()
        await run.do("thread.next_comment")
        second = view.current_comment()
        assert first is not None
        assert second is not None
        assert (first.id, second.id) == ("1", "2")
        await run.do("thread.parent")
        assert view.current_comment() == first
        await run.do("thread.parent")
        assert run.said == "This comment answers nobody."
        await run.do("thread.fold")
        assert ("save_folds", 1, {"1": True}) in run.desk.calls
        await run.do("thread.next_new")
        assert run.reader.story_view.current_comment() != first
        for action in ("next_root", "previous_root", "next_sibling", "previous_sibling", "fold_all", "unfold_all",
                       "less", "more", "quotes", "zoom", "fold_branch", "previous_comment", "peek"):  # fmt: skip
            await run.do(f"thread.{action}")


async def test_order_is_kept() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.order")
        assert ("set_order", 1, "oldest") in run.desk.calls
        assert run.said == "Comments: oldest first."
        await run.do("thread.order")
        assert ("set_order", 1, "newest") in run.desk.calls


async def test_comments_seen_and_left() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments")
        for _ in range(4):
            await run.do("thread.next_comment")
        run.reader.story_view.leave()
        await run.pilot.pause()
        assert any(call[0] == "mark_seen" and call[2] for call in run.desk.calls)
        await run.do("story.next")
        assert ("mark_seen", 1, (), True) in run.desk.calls


async def test_a_thread_not_looked_at_keeps_its_news() -> None:
    async with running() as run:
        await run.do("list.open", "story.next")
        assert not [call for call in run.desk.calls if call[0] == "mark_seen"]


async def test_the_next_new_after_the_last_is_the_next_story() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments")
        for _ in range(5):
            await run.do("thread.next_new")
            if run.opened != 1:
                break
        assert run.opened == 2


async def test_full_text_and_back() -> None:
    async with running() as run:
        await run.do("list.open", "story.full_text")
        assert ("prefer", 1, "feed") in run.desk.calls
        assert run.said == "The feed’s own text."
        run.courier.asked.clear()
        await run.do("story.full_text")
        assert ("prefer", 1, "page") in run.desk.calls
        assert run.courier.asked == []


async def test_full_text_not_held_is_asked_for() -> None:
    desk = sample_desk()
    async with running(desk) as run:
        await run.do("list.open")
        desk.prefer = lambda story_id, source: None  # type: ignore[method-assign]
        run.reader.stories.opened = replace(run.reader.stories.opened, article=None)  # type: ignore[type-var]
        await run.do("story.full_text")
        assert ("fetch_story", 1, True) in run.courier.asked


async def test_find_in_the_story() -> None:
    async with running() as run:
        await run.do("list.open")
        await run.pilot.press("slash", *"ferry", "enter")
        assert run.said.startswith("2 matches")
        assert run.reader.context == "story" or run.reader.context == "thread"
        await run.pilot.press("n")
        assert run.opened == 1
        assert run.reader.stories.words == "ferry"
        await run.pilot.press("escape")
        assert run.reader.stories.words == ""
        assert run.reader.panes.at == "story"


async def test_find_nothing_and_give_up() -> None:
    async with running() as run:
        await run.do("list.open")
        await run.pilot.press("slash", *"zebra", "enter")
        assert "zebra" in run.said
        assert run.reader.stories.words == ""
        await run.pilot.press("slash", "a", "escape")
        assert run.reader.stories.words == ""
        assert run.reader.context == "story"


async def test_links_and_copies() -> None:
    async with running() as run:
        await run.do("story.browse")
        assert run.opened_urls == ["https://1.example/1"]
        assert run.said == "Opened https://1.example/1"
        await run.do("story.copy_link")
        assert run.app.clipboard == "https://1.example/1"
        await run.do("story.comments_browser")
        assert run.opened_urls[-1] == "https://example.org/1#comments"
        await run.do("list.open", "story.next_quote", "story.copy_link")
        assert run.app.clipboard == (
            "“It is first and foremost a hope,” — the minister, Norway Daily, Fri 22 Oct 2021, "
            "https://1.example/1#:~:text=It%20is%20first%20and%20foremost%20a%20hope"
        )
        await run.do("story.previous_quote", "story.comments", "thread.copy")
        assert run.app.clipboard.startswith("Nine years is a long time")
        await run.do("thread.browse")
        assert run.opened_urls[-1] == "https://example.org/c/1"


async def test_link_hints() -> None:
    async with running() as run:
        await run.do("list.open", "story.hints")
        assert "[s]councils" in run.text()
        await run.pilot.press("s")
        await run.pilot.pause()
        assert run.opened_urls == ["https://example.org/councils"]


async def test_without_a_browser_the_link_is_copied() -> None:
    async with running(browser=False) as run:
        await run.do("story.browse")
        assert run.app.clipboard == "https://1.example/1"
        assert run.said == "No browser was found; copied https://1.example/1"


async def test_a_story_that_is_gone() -> None:
    async with running() as run:
        row = run.reader.story_list.current
        assert row is not None
        del run.desk.all_rows[1]
        run.reader.stories.read(row)
        assert run.said == "This story is gone from the library."
        assert 1 not in run.ids()


async def test_many_stories_are_paged() -> None:
    desk = big_desk(1000)
    async with running(desk) as run:
        assert len(run.ids()) == 400
        run.reader.story_list.go(380)
        await run.pilot.pause()
        assert len(run.ids()) == 800
        await run.do("move.bottom")
        assert run.ids() == list(range(601, 1001)), "its last page; what lies between comes when the cursor nears it"
        assert run.reader.story_list.current is not None
        assert run.reader.story_list.current.id == 1000
        await run.do("move.top", "move.half_down", "move.page_down", "move.page_up", "move.half_up", "move.up")
        assert run.reader.story_list.cursor == 0
        assert run.reader.story_list.current.id == 1


async def test_a_far_unread_story_is_paged_to() -> None:
    desk = big_desk(900)
    for number in range(1, 850):
        desk.all_rows[number] = replace(desk.all_rows[number], read=True)
    async with running(desk, start=View("all")) as run:
        await run.do("story.next_unread")
        assert run.opened == 850
        assert run.reader.story_list.current is not None
        assert run.reader.story_list.current.id == 850
        assert run.ids()[0] == 450


async def test_quotes_by_speaker() -> None:
    async with running() as run:
        await run.do("story.quotes")
        await run.pilot.pause()
        assert isinstance(run.app.screen, QuotesScreen)
        assert "Ola Berg" in run.text()
        await run.pilot.press("j", "y")
        assert run.app.clipboard.startswith("“We have heard the word dialogue before")
        assert "— Ola Berg, Norway Daily, Fri 22 Oct 2021, https://1.example/1#:~:text=We%20have" in run.app.clipboard
        await run.pilot.press("g", "tab", "shift+tab", "G", "space", "enter")
        await run.pilot.pause()
        assert run.app.screen is run.reader
        quote = run.reader.story_view.current_quote()
        assert quote is not None
        assert quote.speaker == "Berg"
        await run.do("story.quotes")
        await run.pilot.press("escape")
        assert run.app.screen is run.reader


async def test_a_story_that_quotes_nobody() -> None:
    desk = sample_desk()
    desk.speakers = lambda story_id: ()  # type: ignore[method-assign]
    async with running(desk) as run:
        await run.do("story.quotes")
        assert run.said == "The story is on its way."
        run.reader.stories.waiting.clear()
        await run.do("story.quotes")
        assert run.said == "Nobody is quoted in this story."


async def test_n_without_new_comments_says_so_before_it_leaves_the_thread() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments")
        for _ in range(20):
            await run.do("thread.next_new")
            if "again goes to the next unread story" in run.said:
                break
        assert run.opened == 1
        assert run.reader.context == "thread"
        await run.do("thread.next_new")
        assert run.opened != 1


async def test_n_after_moving_on_is_said_again() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments")
        for _ in range(20):
            await run.do("thread.next_new")
            if "again" in run.said:
                break
        await run.do("thread.previous_comment", "thread.next_comment", "thread.previous_root", "thread.next_new")
        assert run.opened == 1
        await run.do("thread.previous_new", "thread.previous_new", "thread.previous_new")
        assert run.opened == 1
        assert "new comments" in run.said


async def test_levels_are_told() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.less")
        assert run.said.endswith("levels open.")
        await run.do("thread.fold_all", "thread.less")
        assert run.said == "Every branch is folded."
        await run.do("thread.unfold_all", "thread.more")
        assert run.said == "Every level is open."


async def test_marking_the_open_story_is_told() -> None:
    async with running() as run:
        await run.do("list.open", "story.toggle_read")
        assert run.said == "Marked unread."
        await run.do("story.toggle_read")
        assert run.said == "Marked read."


async def test_a_story_of_the_built_in_edition_has_no_address_outside() -> None:
    desk = sample_desk()
    desk.all_rows[1] = replace(desk.all_rows[1], url="builtin:edition/stories/a.html")
    async with running(desk) as run:
        await run.do("list.open")
        assert "builtin:" not in run.text()
        await run.do("story.copy_link")
        assert run.said == "This story has no address to copy."
        await run.do("story.browse")
        assert run.said == "This story has no web page to open."
        assert not run.opened_urls


async def test_the_panel_begins_at_the_quote_one_is_at() -> None:
    async with running() as run:
        await run.do("list.open", "story.next_quote", "story.next_quote")
        here = run.reader.story_view.current_quote()
        await run.do("story.quotes")
        assert isinstance(run.app.screen, QuotesScreen)
        assert run.app.screen.list.current == here


async def test_a_feed_can_be_added_while_reading() -> None:
    async with running() as run:
        await run.do("list.open")
        await run.pilot.press("a")
        assert isinstance(run.app.screen, AddFeedScreen)
