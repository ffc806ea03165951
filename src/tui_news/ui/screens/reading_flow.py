"""Opening stories and going from one to the next: `space` alone reads everything."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.models import OpenStory, StoryRow, View
from tui_news.ui.screens.story_acts import StoryActs

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen
    from tui_news.ui.widgets.reading_messages import CommentsSeen, PlaceChanged

TRAIL = 200  # stories that one can go back through


def _reads_as(held: OpenStory, fresh: OpenStory) -> bool:
    """Whether there is nothing in it that is not shown already: it was fetched anew, and is the same."""
    before, now = held.article, fresh.article
    if before is not None and now is not None:
        now = replace(now, fetched_at=before.fetched_at)
    row = replace(fresh.story.row, read=held.story.row.read)  # it has been opened since
    return replace(fresh, story=replace(fresh.story, row=row), article=now, position=held.position) == held


class Stories(StoryActs):
    """`opened` is the story in the story pane; `trail` the ones before it, with the lists they were in."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.opened: OpenStory | None = None
        self.opened_in = View()  # the list it was opened from
        self.trail: list[tuple[View, StoryRow]] = []
        self.waiting: set[int] = set()
        self.to_comments = ""  # where `c` was pressed before the comments were there
        self.words = ""
        self.place = ""  # where the reader is, as last told: at the very end the view is gone before we are
        self.visited = False  # whether comments of the open story were on the screen

    @property
    def row(self) -> StoryRow | None:
        """The story the keys are about: the open one, in its pane; else the list's."""
        if self.screen.panes.at == "story" and self.opened is not None:
            fresh = self.screen.desk.rows([self.opened.story.row.id])
            return fresh.get(self.opened.story.row.id, self.opened.story.row)
        return self.screen.story_list.current

    # opening
    def read(self, row: StoryRow, track: bool = True) -> None:
        """Open a story: what is held is shown at once, what is missing is asked for."""
        opened = self.screen.desk.open(row.id)
        if opened is None:
            self.screen.say("This story is gone from the library.")
            self.screen.lists.reload()
            return
        if self.opened is not None and self.opened.story.row.id != row.id:
            if track:
                self.trail = [*self.trail[1 - TRAIL :], (self.opened_in, self.opened.story.row)]
            self.leave()
        self.opened, self.words, self.place, self.visited = opened, "", opened.position, False
        self.screen.lists.kept.add(row.id)
        asks = self._asks_for(opened)
        self.screen.show_story(True)
        self.screen.story_view.show(opened, self.screen.now(), fetching=asks)
        self.screen.status.place("")
        if not row.read:
            self.screen.desk.set_read([row.id], True)
        self.screen.lists.reveal(row)
        self.opened_in = self.screen.lists.view
        self.screen.lists.touch([row.id])
        self.screen.panes.go("story")
        if asks:
            self.wait(row.id)

    def _asks_for(self, opened: OpenStory) -> bool:
        """Whether the network may have more of it."""
        return not opened.story.row.offline or opened.thread is not None or opened.story.thread is not None

    def wait(self, story_id: int, force: bool = False) -> None:
        """Ask the network for the open story's text and comments."""
        self.waiting.add(story_id)
        self.screen.courier.fetch_story(story_id, force)
        self.screen.facts.show_progress()

    def read_current(self) -> None:
        row = self.screen.story_list.current
        if row is None:
            self.screen.say("There is nothing to read in this list.")
        else:
            self.read(row)

    def again(self) -> None:
        """More of the open story arrived: show it without moving the page."""
        if self.opened is None:
            return
        fresh = self.screen.desk.open(self.opened.story.row.id)
        if fresh is None:
            return
        stayed = self.to_comments == self._spot()  # whoever read on meanwhile is not torn away
        told, self.opened = self.opened, fresh
        if not _reads_as(told, fresh):
            self.screen.story_view.show(fresh, self.screen.now(), keep_place=True)
        if self.to_comments and stayed and fresh.thread is not None:
            self.screen.story_view.jump_comments()
            self.to_comments = ""
        elif stayed:
            self.to_comments = self._spot()

    def _spot(self) -> str:
        """The story and the row at the top of the screen."""
        return f"{self.opened.story.row.id} {self.screen.story_view.top}" if self.opened is not None else ""

    def look_again(self) -> None:
        """New comments come while one reads: ask again. Whether it is time, the story's age decides (`is_due`)."""
        opened = self.opened
        if opened is not None and self.screen.panes.at == "story" and (opened.thread or opened.story.thread):
            self.screen.courier.fetch_story(opened.story.row.id, False)

    def set_order(self, order: str) -> None:
        if self.opened is not None and self.opened.thread is not None:
            self.opened = replace(self.opened, thread=replace(self.opened.thread, order=order))

    def forget(self, feed_id: int) -> None:
        """A feed is gone: so is its story, if it was open."""
        self.trail = [(view, row) for view, row in self.trail if row.feed_id != feed_id]
        if self.opened is not None and self.opened.story.row.feed_id == feed_id:
            self.opened = None
            self.screen.show_story(False)
            self.screen.panes.go("list")

    def place_changed(self, message: PlaceChanged) -> None:
        """The view moved: remember where, and say it at the end of the hint line."""
        self.place = self.screen.story_view.position
        if self.screen.panes.at != "story":
            return
        told = f"{message.context} · " if message.context else ""
        left = f" · {message.minutes} min left" if message.minutes and not message.context else ""
        self.screen.status.place(f"{told}{message.percent}%{left}")

    def comments_seen(self, message: CommentsSeen) -> None:
        self.screen.desk.mark_seen(message.story_id, message.ids)
        self.screen.lists.touch((message.story_id,), keep=False)
        if self.opened is not None and self.opened.story.row.id == message.story_id:
            self.visited = True

    def save_place(self) -> None:
        if self.opened is not None:
            self.place = self.screen.story_view.position
            self.save_known_place()

    def save_known_place(self) -> None:
        if self.opened is not None:
            self.screen.desk.save_position(self.opened.story.row.id, self.place)

    def leave(self) -> None:
        """Going to another story: the place is kept; a thread that was looked at has been visited."""
        if self.opened is None:
            return
        self.save_place()
        if self.visited and self.opened.thread is not None and not self.screen.story_view.keeps_new:
            self.screen.desk.mark_seen(self.opened.story.row.id, (), leave=True)

    # from story to story
    def space(self) -> None:
        if self.screen.panes.at != "story":
            row = self.screen.story_list.current
            if row is not None and not row.read:
                self.read(row)
            else:
                self._unread(back=False)
        elif not self.screen.story_view.page(1):
            self._unread(back=False)

    def next_unread(self) -> None:
        if self.words and self.screen.panes.at == "story":
            self.screen.story_view.next_match(False)
        else:
            self._unread(back=False)

    def previous_unread(self) -> None:
        if self.words and self.screen.panes.at == "story":
            self.screen.story_view.next_match(True)
        else:
            self._unread(back=True)

    def _unread(self, back: bool) -> None:
        """The next one in the list, then in the feeds after it. At the end a sentence, never the top again."""
        here = self.row
        unopened = self.screen.panes.at != "story" and here is not None and not here.read and not self._is_open(here)
        if unopened and not back and here is not None:
            self.read(here)
            return
        found = self.screen.desk.next_unread(self.screen.lists.view, here.key if here else None, back)
        if found is None:
            self.screen.say(self._end_words(back))
        else:
            self.read(found)

    def _is_open(self, row: StoryRow) -> bool:
        return self.opened is not None and self.opened.story.row.id == row.id

    def _end_words(self, back: bool) -> str:
        counts, key = self.screen.desk.counts(), self.screen.keymap.first
        if not counts.total and counts.feeds:
            return "The first stories are on their way."
        if not counts.unread:
            return f"Everything is read. {key('feed.refresh_all')} looks for more."
        left = "1 is" if counts.unread == 1 else f"{counts.unread:,} are"
        if back:
            return f"No unread story before this one; {left} further on: {key('story.next_unread')} goes there."
        return (
            f"That was the last unread story from here on; {left} before it: {key('story.previous_unread')} goes back."
        )

    def next(self) -> None:
        self._neighbour(1)

    def previous(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, by: int) -> None:
        listed = self.screen.story_list
        if self.opened is not None:
            self.screen.lists.point_at(self.opened.story.row)
        if by > 0 and listed.cursor == listed.count - 1:
            self.screen.lists.more()
        if by < 0 and listed.cursor == 0:
            self.screen.lists.more_above()
        if listed.move(by):
            self.read_current()
        else:
            self.screen.say("This is the last story of the list." if by > 0 else "This is the first story of the list.")

    def back_track(self) -> None:
        if not self.trail:
            self.screen.say("There is no story before this one.")
            return
        view, row = self.trail.pop()
        self.screen.lists.show(view)
        self.read(row, track=False)
