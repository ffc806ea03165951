"""The thread's keys that mark and filter, through the whole app."""

from __future__ import annotations

from ui_app.appkit import running


async def test_what_is_new_stays_new_when_the_reader_wants_it() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.next_new", "thread.keep_new")
        kept = [call for call in run.desk.calls if call[0] == "keep_new"]
        assert [call[1] for call in kept] == [1]
        assert kept[0][2] == tuple(sorted(run.reader.story_view.fresh))
        assert run.said == "What is new stays new for your next visit."
        run.desk.calls.clear()
        for _ in range(4):
            await run.do("thread.next_comment")
        await run.do("story.next")
        assert not [call for call in run.desk.calls if call[0] == "mark_seen"]


async def test_the_wish_is_taken_back() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.keep_new", "thread.keep_new")
        assert run.said == "What you read is seen."
        assert not run.reader.story_view.keeps_new


async def test_all_seen() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.all_seen")
        assert ("all_seen", 1) in run.desk.calls
        assert run.said == "Every comment here is seen."


async def test_up_and_back_down() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.back_down")
        assert run.said == "There is nowhere to go back down to: p goes up."
        await run.do("thread.next_comment", "thread.parent", "thread.back_down")
        comment = run.reader.story_view.current_comment()
        assert comment is not None
        assert comment.id == "2"


async def test_the_author_alone() -> None:
    async with running() as run:
        await run.do("list.open", "story.comments", "thread.only_op")
        state = run.reader.story_view.thread_state
        assert state is not None
        assert state.only_op
        assert run.said == "Only the story’s author, and what they answer."
        await run.do("thread.only_op")
        assert run.said == "All comments."


async def test_comments_are_asked_for_again_while_a_story_is_open() -> None:
    async with running() as run:
        run.courier.asked.clear()
        run.reader.stories.look_again()
        assert run.courier.asked == []
        await run.do("list.open")
        run.courier.asked.clear()
        run.reader.stories.look_again()
        assert run.courier.asked == [("fetch_story", 1, False)]
        await run.do("app.back")
        run.reader.stories.look_again()
        assert len(run.courier.asked) == 1
