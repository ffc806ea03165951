"""What one does with a story: marks, quotes, comments, links, finding."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from tui_news.models import OpenStory, StoryRow
from tui_news.text.query.parse import parse
from tui_news.text.query.words import pattern
from tui_news.ui.screens.story_out import StoryOut

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

LENS_WORDS = (
    "The lens is off.",
    "What is said stands out; {key} again shows nothing else.",
    "What is said, and by whom; {key} again shows the whole text.",
)


class StoryActs(StoryOut):
    """The part of `Stories` (reading_flow) that stays with one story."""

    screen: ReaderScreen
    opened: OpenStory | None
    waiting: set[int]
    to_comments: str
    words: str
    lit: re.Pattern[str] | None = None  # what `words`, a query, looks for

    @property
    def row(self) -> StoryRow | None:
        """The story the keys are about."""
        raise NotImplementedError

    def read_current(self) -> None:
        raise NotImplementedError

    def _spot(self) -> str:
        raise NotImplementedError

    def wait(self, story_id: int, force: bool = False) -> None:
        raise NotImplementedError

    # marks
    def toggle_read(self) -> None:
        row = self.row
        if self._on_selection():
            rows = self.screen.lists.chosen
            read = not all(one.read for one in rows)
            self.screen.desk.set_read([one.id for one in rows], read)
            self._acted(rows, "Marked {} read" if read else "Marked {} unread")
        elif row is not None:
            self.screen.desk.set_read([row.id], not row.read)
            self.screen.lists.touch([row.id])
            if self.screen.panes.at == "story":
                self.screen.say("Marked unread." if row.read else "Marked read.")

    def toggle_star(self) -> None:
        row = self.row
        if self._on_selection():
            rows = self.screen.lists.chosen
            starred = not all(one.starred for one in rows)
            self.screen.desk.set_starred([one.id for one in rows], starred)
            self._acted(rows, "Starred {}" if starred else "Took the star off {}")
        elif row is not None:
            self.screen.desk.set_starred([row.id], not row.starred)
            self.screen.lists.touch([row.id])
            if self.screen.panes.at == "story":
                self.screen.say("The star is gone." if row.starred else "Starred.")

    def _on_selection(self) -> bool:
        return self.screen.panes.at == "list" and self.screen.lists.selecting

    def _acted(self, rows: Sequence[StoryRow], words: str) -> None:
        """Something was done to the selection: show it, let the selection go, say what it was."""
        self.screen.lists.touch([row.id for row in rows])
        self.screen.lists.let_go()
        count = "1 story" if len(rows) == 1 else f"{len(rows):,} stories"
        self.screen.say(f"{words.format(count)}; {self.screen.keymap.first('app.undo')} undoes it.")

    # the story itself
    def _in_story(self) -> bool:
        """Whether a story is in front of us now; from the list it is opened first."""
        if self.screen.panes.at != "story":
            self.read_current()
        return self.screen.panes.at == "story" and self.opened is not None

    def comments(self) -> None:
        if not self._in_story() or self.opened is None:
            return
        if self.opened.thread is not None:
            self.screen.story_view.jump_comments()
        elif self.opened.story.row.id in self.waiting:
            self.to_comments = self._spot()
            self.screen.say("The comments are on their way.")
        else:
            self.screen.say("This story has no comments that we know of.")

    def comments_browser(self) -> None:
        row = self.row
        opened = self.screen.desk.open(row.id) if row else None
        if opened is None:
            return
        ref = (opened.thread.ref if opened.thread else None) or opened.story.thread
        url = ref.page_url if ref else opened.story.comments_url
        self.screen.app.open_url(url or opened.story.row.url)

    def next_quote(self) -> None:
        self.screen.story_view.next_quote()

    def previous_quote(self) -> None:
        self.screen.story_view.next_quote(back=True)

    def lens(self) -> None:
        view = self.screen.story_view
        if not view.spoken:
            self.screen.say("Nobody is quoted in this story.")
            return
        key = self.screen.keymap.first("story.lens")
        self.screen.say(f"{LENS_WORDS[view.next_lens()]}".format(key=key))

    def quotes(self) -> None:
        if not self._in_story() or self.opened is None:
            return
        self.screen.quote_acts.panel(self.opened)

    def full_text(self) -> None:
        if not self._in_story() or self.opened is None:
            return
        article, row = self.opened.article, self.opened.story.row
        source: Literal["feed", "page"] = "feed" if article is not None and article.source == "page" else "page"
        fresh = self.screen.desk.prefer(row.id, source)
        if fresh is not None:
            self.opened = fresh
            self.screen.story_view.show(fresh, self.screen.now())
        if source == "page" and (fresh is None or fresh.article is None or fresh.article.source != "page"):
            self.wait(row.id, force=True)
        self.screen.say("The feed’s own text." if source == "feed" else "The full story.")

    def browse(self) -> None:
        row = self.row
        if row is not None and self.screen.top.offline and row.url.startswith(("http://", "https://")):
            self.screen.desk.later.wait_to_open(row.url)
            self.screen.courier.wake()
            self.screen.say("Offline: the page opens when the network is back.")
        elif row is not None:
            self.screen.app.open_url(row.url)

    def hints(self) -> None:
        if not self.screen.story_view.show_hints():
            self.screen.say("There are no links on this screen.")

    def find(self) -> None:
        def search(words: str) -> None:
            self.words, self.lit = words.strip(), None
            if self.words:
                self.screen.story_view.find(self.words)
            else:
                self.screen.story_view.end_find()

        def done(words: str | None) -> None:
            search(words or "")
            self.screen.panes.go("story")
            self._say_found()

        self.screen.prompt.ask("Find", self.words, search, done)

    def light(self, query: str) -> None:
        """Light what a search found the story by: n goes on to the next, as in any search."""
        self.words, self.lit = query, pattern(parse(query, typing=True))
        if self.lit is None or not self.screen.story_view.find(query, self.lit):
            self.end_search()
        else:
            self._say_found()

    def _say_found(self) -> None:
        if not self.words:
            return
        found = self.screen.story_view.find(self.words, self.lit)
        key = self.screen.keymap.first
        if not found:
            self.screen.say(f"Neither the story nor its comments have “{self.words}”.")
            self.end_search()
            return
        times = "1 match" if found == 1 else f"{found} matches"
        self.screen.say(
            f"{times}: {key('story.next_unread')} next, {key('story.previous_unread')} previous, "
            f"{key('app.back')} ends the search."
        )

    def end_search(self) -> bool:
        """Leave the find; whether there was one."""
        was, self.words, self.lit = bool(self.words), "", None
        return self.screen.story_view.end_find() or was
