"""What the network reports, as the reader sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest

from tui_news.models import Feed, LibraryError
from tui_news.services.contracts import (
    CourierStopped,
    FeedRefreshed,
    RefreshFinished,
    RefreshStarted,
    RefreshWaits,
    StoryFetched,
)
from tui_news.services.contracts_packs import PackProgress
from tui_news.ui.screens import fact_flow
from ui_app.appkit import running
from ui_app.fakedesk import sample_desk


async def test_progress_names_the_feed_and_ends() -> None:
    async with running() as run:
        await run.tell(RefreshStarted(40))
        assert "refreshing 0/40" in run.text().splitlines()[-1]
        await run.tell(FeedRefreshed(3, "slow.example", 0, 0, "", 12, 40))
        assert "refreshing 12/40 · slow.example" in run.text().splitlines()[-1]
        await run.tell(RefreshFinished(0, 0, False, "Nothing new in 40 feeds."))
        assert run.reader.status.doing == ""
        assert run.said == ""


async def test_the_feed_that_is_waited_for_is_named_and_the_refresh_can_be_stopped() -> None:
    async with running(size=(120, 40)) as run:
        await run.do("feed.stop")
        assert run.said == "Nothing is going on that could be stopped."
        await run.tell(RefreshStarted(40), RefreshWaits("Coast Post", 12, 2, 37, 40))
        assert "refreshing 37/40 · 12 s for Coast Post +2" in run.text().splitlines()[-1]
        await run.pilot.press("ctrl+x")
        assert run.courier.asked[-1] == ("stop_refresh",)
        await run.tell(RefreshFinished(0, 0, False, "Stopped: 37 of 40 feeds had been asked."))
        assert run.said == "Stopped: 37 of 40 feeds had been asked."
        assert run.reader.status.doing == ""
        await run.tell(PackProgress(1, 2, "Minister"))
        await run.do("feed.stop")
        assert run.courier.asked[-1] == ("stop_pack",)


async def test_a_refresh_by_hand_is_answered() -> None:
    async with running() as run:
        await run.do("feed.refresh_all")
        await run.tell(RefreshFinished(0, 0, False, "Nothing new in 40 feeds."))
        assert run.said == "Nothing new in 40 feeds."


async def test_offline_is_said_once_and_cleared() -> None:
    async with running() as run:
        before = run.ids()
        await run.do("feed.refresh_all")
        await run.tell(RefreshFinished(0, 5, True, "Offline: nothing was fetched; all that is held can be read."))
        assert "offline · 11 unread" in run.text().splitlines()[0]
        assert run.said.startswith("Offline: nothing was fetched")
        assert run.ids() == before
        await run.tell(FeedRefreshed(1, "Norway Daily", 0, 0, "", 1, 5))
        assert "offline" not in run.text().splitlines()[0]


async def test_a_failing_feed_does_not_mean_online() -> None:
    async with running() as run:
        run.reader.facts.offline(True)
        await run.tell(FeedRefreshed(1, "Norway Daily", 0, 0, "no route", 1, 1))
        assert run.reader.top.offline
        await run.tell(RefreshFinished(0, 1, False, "1 feed failed: Norway Daily."))
        assert run.reader.top.offline
        assert run.said == "1 feed failed: Norway Daily."


async def test_a_story_that_did_not_come() -> None:
    async with running() as run:
        await run.do("list.open")
        await run.tell(StoryFetched(1, "thread", False, "1.example: 502; later", offline=False))
        assert run.said == "1.example: 502; later"
        await run.tell(StoryFetched(1, "article", False, "no route", offline=True))
        assert run.said == "Offline: this is what is held; the rest comes when the network is back."
        assert run.reader.top.offline
        await run.tell(StoryFetched(1, "article", False))
        assert run.reader.top.offline, "what is held was not asked for: it says nothing of the network"
        await run.tell(StoryFetched(1, "article", True))
        assert not run.reader.top.offline


async def test_new_stories_are_gathered_into_one_reload(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fact_flow, "GATHER_SECONDS", 600.0)  # however slow the machine is
    async with running() as run:
        run.desk.calls.clear()
        for done in range(1, 6):
            await run.tell(FeedRefreshed(done, "x", 2, 0, "", done, 5))
        assert [call for call in run.desk.calls if call[0] == "stories"] == []
        await run.tell(RefreshFinished(10, 0, False, "10 new stories in 5 feeds."))
        assert len([call for call in run.desk.calls if call[0] == "stories"]) == 1
        assert run.said == "10 new stories in 5 feeds."


async def test_a_stopped_courier() -> None:
    async with running() as run:
        await run.do("list.open")
        await run.tell(RefreshStarted(3), CourierStopped("The network helper ended; it starts again when asked"))
        assert run.said.startswith("The network helper ended")
        assert run.reader.status.doing == ""


async def test_facts_reach_the_reader_under_a_dialog() -> None:
    async with running() as run:
        await run.do("app.help")
        await run.pilot.pause()
        await run.tell(RefreshStarted(7))
        assert run.reader.status.doing == "refreshing 0/7"


async def test_a_busy_library_is_a_sentence() -> None:
    desk = sample_desk()

    def busy(*_: object) -> None:
        raise LibraryError("library.db", "another program is writing", "try again")

    desk.set_starred = busy  # type: ignore[assignment]
    async with running(desk) as run:
        await run.do("story.toggle_star")
        assert run.said == "library.db: another program is writing; try again"
        assert run.app.is_running


async def test_acts_that_wait_for_the_library_are_told_of_and_tried_again() -> None:
    async with running() as run:
        run.desk.outbox.told = "Another program is writing to the library."
        await run.do("story.toggle_star")
        assert run.said == "Another program is writing to the library."
        tried = run.desk.outbox.flushed
        run.reader.watch_library()
        assert run.desk.outbox.flushed == tried + 1


async def test_what_comes_with_the_program_says_nothing_of_the_network() -> None:
    async with running() as run:
        edition = Feed(99, "builtin:edition/feed.xml", "Edition")
        run.desk.feed_list.append(edition)
        run.reader.facts.offline(True)
        await run.tell(FeedRefreshed(99, "Edition", 0, 0, "", 1, 5))
        assert run.reader.top.offline
        run.desk.feed_list[0] = replace(run.desk.feed_list[0], url="builtin:edition/feed.xml")
        story = next(row.id for row in run.desk.rows(run.ids()).values() if row.feed_id == run.desk.feed_list[0].id)
        await run.tell(StoryFetched(story, "article", True))
        assert run.reader.top.offline


class Clock:
    """Timers by a clock of our own: `at` moves it, and calls whatever is due."""

    def __init__(self) -> None:
        self.now, self.due = 0.0, list[tuple[float, Callable[[], None]]]()

    def set_timer(self, seconds: float, call: Callable[[], None]) -> SimpleNamespace:
        self.due.append((self.now + seconds, call))
        return SimpleNamespace(stop=lambda: None)

    def at(self, now: float) -> None:
        self.now = now
        ripe = [one for one in self.due if one[0] <= now]
        self.due = [one for one in self.due if one[0] > now]
        for _, call in ripe:
            call()


async def test_a_refresh_of_five_hundred_is_few_lists_and_no_more_lines_than_can_be_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, lists, lines = Clock(), list[float](), list[str]()
    async with running() as run:
        monkeypatch.setattr(run.reader, "set_timer", clock.set_timer)
        monkeypatch.setattr(run.reader.lists, "reload", lambda **_: lists.append(clock.now))
        monkeypatch.setattr(run.reader.status, "progress", lines.append)
        run.reader.heard(RefreshStarted(500))
        for done in range(1, 501):  # fifty a second
            clock.at(done / 50)
            run.reader.heard(FeedRefreshed(done, f"Feed {done}", 4, 0, "", done, 500))
            run.reader.watch_library()
        clock.at(20.0)
        assert len(lists) <= 6
        assert lists[0] < 1.0  # the first comes soon
        assert len(lines) <= 105
        assert lines[-1] == "refreshing 500/500 · Feed 500"
        lines.clear()
        run.reader.heard(RefreshFinished(2000, 0, False, "2,000 new stories in 500 of 500 feeds."))
        assert (len(lists) <= 7, lines) == (True, [""])


async def test_what_another_process_wrote_waits_for_the_breath_after_a_key_but_not_for_ever() -> None:
    async with running() as run:
        facts = run.reader.facts
        assert [facts.may_look(since) for since in (9.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 9.0, 0.1, -9.0)] == [
            *(True, False, False, False, False, True, False, True, False, True)
        ]
        run.reader.heard(RefreshStarted(5))
        assert not facts.may_look(9.0)


async def test_a_list_for_what_feeds_brought_waits_for_that_breath_too(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, lists = Clock(), list[float]()
    async with running() as run:
        monkeypatch.setattr(run.reader, "set_timer", clock.set_timer)
        monkeypatch.setattr(run.reader.lists, "reload", lambda **_: lists.append(clock.now))
        monkeypatch.setattr(run.reader, "since_key", lambda: 0.1 if clock.now < 1.2 else 9.0)
        run.reader.heard(FeedRefreshed(1, "Feed", 4, 0, "", 1, 500))
        for tenth in range(1, 41):
            clock.at(tenth / 10)
        assert lists == [1.5], "half a second after the last key, or so"
        monkeypatch.setattr(run.reader, "since_key", lambda: 0.1)
        run.reader.heard(FeedRefreshed(2, "Feed", 4, 0, "", 2, 500))
        for tenth in range(41, 101):
            clock.at(tenth / 10)
        assert lists[1:] == [7.0], "but not for ever"
