"""What the network reports becomes fresh rows, a line of progress, and at most one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from tui_news.services.contracts import (
    AddFailed,
    CourierStopped,
    Fact,
    FeedAdded,
    FeedRefreshed,
    LibraryTold,
    RefreshFinished,
    RefreshStarted,
    RefreshWaits,
    StoryFetched,
)

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

HELD = "Offline: this is what is held; the rest comes when the network is back."
GATHER_SECONDS = 0.5  # one new list for all the feeds that arrive within this time …
LONGEST_GATHER = 4.0  # … and in a long refresh, each time for longer: a list with its numbers costs what a key may cost
BREATH = 0.5  # seconds after a key in which what it did comes first …
PUT_OFF = 4  # … but not for ever: so many times in a row
TELL_SECONDS = 0.1  # a line of progress that changes more often cannot be read


class Facts:
    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.refreshing = ""
        self.asked_by_hand = False
        self._due: Timer | None = None
        self._telling: Timer | None = None
        self._untold = False
        self._gather = GATHER_SECONDS
        self._put_off = 0

    def may_look(self, since_key: float) -> bool:
        """Whether the list may be made anew, if another process wrote: it costs what a key may cost, and a story that
        is just being opened should not wait for it. since_key: seconds."""
        if self.gathering or self.refreshing:
            return False  # a list with all of it is due anyhow
        return not self._breathing(since_key)

    def _breathing(self, since_key: float) -> bool:
        self._put_off = (self._put_off + 1) % (PUT_OFF + 1) if 0 <= since_key < BREATH else 0
        return bool(self._put_off)

    def heard(self, fact: Fact) -> None:
        """One report of the courier. They may come late: a story that is no longer open is only noted."""
        match fact:
            case RefreshStarted():
                self._gather = GATHER_SECONDS
                self.refreshing = f"refreshing 0/{fact.total}" if fact.total else ""
            case FeedRefreshed():
                self._feed(fact)
                self._tell_soon()
                return
            case RefreshWaits():
                others = f" +{fact.others}" if fact.others else ""
                self.refreshing = f"refreshing {fact.done}/{fact.total} · {fact.seconds} s for {fact.title}{others}"
            case RefreshFinished():
                self._finished(fact)
            case StoryFetched():
                self._story(fact)
            case FeedAdded():
                self._added(fact)
            case LibraryTold():
                self.screen.say(fact.sentence)
            case AddFailed():
                self.screen.say(fact.error)
            case CourierStopped():
                self.refreshing = self.screen.packs.doing = ""
                self.screen.stories.waiting.clear()
                self.screen.say(fact.error)
            case _:
                self.screen.packs.heard(fact)
        self.show_progress()

    def show_progress(self) -> None:
        opened = self.screen.stories.opened
        waiting = opened is not None and opened.story.row.id in self.screen.stories.waiting
        fetching = "" if not waiting else ("looking for more" if self._held() else "fetching the story")
        self.screen.status.progress(self.refreshing or fetching or self.screen.packs.doing)
        if opened is not None:
            self.screen.story_view.set_fetching(waiting)

    def _held(self) -> bool:
        opened = self.screen.stories.opened
        return opened is not None and opened.article is not None and opened.article.source == "page"

    def offline(self, now: bool) -> None:
        self.screen.top.set(offline=now)

    def _built_in(self, feed_id: int) -> bool:
        """Whether a feed comes with the program: that it answered says nothing of the network."""
        return any(feed.id == feed_id and feed.url.startswith("builtin:") for feed in self.screen.desk.feeds())

    def _story_built_in(self, story_id: int) -> bool:
        row = self.screen.desk.rows((story_id,)).get(story_id)
        return row is not None and self._built_in(row.feed_id)

    def _feed(self, fact: FeedRefreshed) -> None:
        self.refreshing = f"refreshing {fact.done}/{fact.total} · {fact.title}"
        if not fact.error and self.screen.top.offline and not self._built_in(fact.feed_id):
            self.offline(False)
        if fact.new or fact.updated:
            self._reload_soon()

    def _tell_soon(self) -> None:
        """Fifty feeds a second are ten lines of progress."""
        self._untold = True
        if self._telling is None:
            self._tell_now()

    def _tell_now(self) -> None:
        self._telling = None
        if self._untold and self.screen.is_mounted:
            self._untold = False
            self.show_progress()
            self._telling = self.screen.set_timer(TELL_SECONDS, self._tell_now)

    def _reload_soon(self) -> None:
        if self._due is None:
            self._due = self.screen.set_timer(self._gather, self._reload_after_a_breath)
            self._gather = min(2 * self._gather, LONGEST_GATHER)

    @property
    def gathering(self) -> bool:
        """Whether a new list is due for what feeds brought."""
        return self._due is not None

    def _reload_after_a_breath(self) -> None:
        if self.screen.is_mounted and self._breathing(self.screen.since_key()):
            self._due = self.screen.set_timer(BREATH, self._reload_after_a_breath)
        else:
            self._reload()

    def _reload(self) -> None:
        if self._due is not None:
            self._due.stop()
            self._due = None
        if self.screen.is_mounted:
            self.screen.lists.reload(apart=True)

    def _finished(self, fact: RefreshFinished) -> None:
        self.refreshing = ""
        if fact.offline or fact.new or not fact.failed:
            self.offline(fact.offline)
        self._reload()
        if self.asked_by_hand or fact.new or fact.failed:
            self.screen.say(fact.sentence)
        if fact.new and not self.asked_by_hand:
            self.screen.sending.tell_desktop(fact.sentence)
        if fact.offline and self.asked_by_hand:
            self.screen.say(f"{fact.sentence} What you asked for waits until the network is back.")
        self.asked_by_hand = False

    def _story(self, fact: StoryFetched) -> None:
        stories = self.screen.stories
        if fact.part == "thread":  # the text comes first, the thread after it: only then has all come
            stories.waiting.discard(fact.story_id)
        current = stories.opened is not None and stories.opened.story.row.id == fact.story_id
        if fact.error:
            self.offline(fact.offline or self.screen.top.offline)
        elif fact.changed and self.screen.top.offline and not self._story_built_in(fact.story_id):
            self.offline(False)  # without a change nothing was asked of the network: it tells nothing
        if fact.changed:
            self.screen.lists.touch((fact.story_id,), keep=False)
            if current:
                stories.again()
        if current and fact.error:
            self.screen.say(HELD if fact.offline else fact.error)

    def _added(self, fact: FeedAdded) -> None:
        self.offline(False)
        self.screen.lists.reload()
        count = f"{fact.stories} {'story' if fact.stories == 1 else 'stories'}"
        self.screen.say(f"You have {fact.title} already." if fact.already else f"Subscribed to {fact.title}: {count}.")
