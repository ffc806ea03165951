"""What the reading view is about at any moment, and what it tells of it: the place, the comments seen."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from textual.geometry import Region
from textual.timer import Timer

from tui_news.models import Comment, OpenStory
from tui_news.ui.widgets.lens import OFF
from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.lines import Line
from tui_news.ui.widgets.reading_messages import CommentsSeen, PlaceChanged
from tui_news.ui.widgets.story_doc import Anchor, Lit, StoryDoc
from tui_news.ui.widgets.story_head import minutes
from tui_news.ui.widgets.styles import READING_CLASSES, READING_CSS
from tui_news.ui.widgets.thread_state import ThreadState

SEEN_AFTER = 1.0  # seconds a comment is on the screen before it counts as seen


class StoryGround(LineView):
    """The story, its rows, what is lit in them and the comment the reader is at."""

    COMPONENT_CLASSES: ClassVar[set[str]] = READING_CLASSES
    DEFAULT_CSS = READING_CSS

    def __init__(self, *, text_width: int = 76, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.text_width = text_width
        self.threads_start = "auto"  # how threads are folded at first, see `starting_level`
        self.opened: OpenStory | None = None
        self.now = 0
        self.doc: StoryDoc | None = None
        self.thread_state: ThreadState | None = None
        self.lit = Lit()
        self.comment_cursor: int | None = None
        self._fetching = False
        self._quotes_shown = True
        self.lens = OFF
        self._pad = 0
        self._steering = False
        self._told = False
        self._wanted = ""
        self._minutes: int | None = None  # the whole article's, once asked for
        self._kept: tuple[int, int | None, tuple[Anchor, int]] | None = None  # (top row, comment, what is held there)
        self._left: dict[str, tuple[Anchor, int]] = {}  # where a text was left for the other one, by Article.source
        self._seen: set[str] = set()
        self._passed: list[str] = []
        self.fresh: set[str] = set()  # comments that were new at any time of this visit
        self.keeps_new = False  # the reader wants them new again at the next visit
        self._seen_timer: Timer | None = None

    def _set_comment(self, position: int | None) -> None:
        """Move the comment cursor; only the rows of the two comments are drawn again."""
        old, self.comment_cursor = self.comment_cursor, position
        if old == position:
            return
        doc, state = self.doc, self.thread_state
        for one in (old, position):
            if one is not None and doc is not None and state is not None and state.number(one) is not None:
                self._refresh_comment(doc, one)
        self._tell()

    def _refresh_comment(self, doc: StoryDoc, position: int) -> None:
        """Paint what says that the reader is at a comment: its header, and a bar beside its other rows."""
        first, count = doc.comment_span(position)
        self.refresh_lines(first)
        if count > 1:
            self.refresh(Region(0, first + 1 - self.top, doc.frame.left + 1, count - 1))

    def current_comment(self) -> Comment | None:
        """The comment the reader is at; None while the article is read."""
        if self.comment_cursor is None or self.thread_state is None:
            return None
        return self.thread_state.comment(self.comment_cursor)

    def _position_of(self, comment: Comment | None) -> int | None:
        if comment is None or self.thread_state is None:
            return None
        return self.thread_state.place.get(comment.id)

    # What is reported.
    def place_context(self) -> str:
        """What the status line says of where the reader is."""
        if self.comment_cursor is not None and self.thread_state is not None:
            return f"comment {self.comment_cursor + 1}/{len(self.thread_state.nodes)}"
        return ""

    def _tell(self) -> None:
        """Report the place, once for however many changes one key makes."""
        if not self._told:
            self._told = True
            self.call_after_refresh(self._report)

    def _report(self) -> None:
        if (place := self.take_place()) is not None:
            self.post_message(place)

    def take_place(self) -> PlaceChanged | None:
        """The place, if it is to be told: whoever takes it is not told again."""
        told, self._told = self._told, False
        if self.doc is None or not told:
            return None
        shown = min(self.doc.rows, self.top + self.rows)
        percent = round(100 * shown / max(1, self.doc.rows))
        if self.thread_state is not None:
            if self._seen_timer is not None:
                self._seen_timer.stop()
            self._seen_timer = self.set_timer(SEEN_AFTER, lambda top=self.top: self._note_screen(top))
        return PlaceChanged(percent, self.place_context(), self._minutes_left(shown))

    def _minutes_left(self, shown: int) -> int:
        """Minutes of the article that are below the screen, as far as there are any to speak of."""
        article = self.opened.article if self.opened else None
        if article is None or self.doc is None or shown >= self.doc.article.rows:
            return 0
        if self._minutes is None:
            self._minutes = minutes(article.blocks)
        return round(self._minutes * (1 - shown / max(1, self.doc.article.rows)))

    def _note_screen(self, top: int) -> None:
        """A second later: if the reader is still there, what is on the screen was seen."""
        if self.is_mounted and self.doc is not None and top == self.top:
            self._passed += self.comments_on_screen()
        self._flush_seen()

    def comments_on_screen(self) -> list[str]:
        """Ids of the comments whose header is on the screen."""
        doc, state = self.doc, self.thread_state
        found = doc.comment_at(max(self.top, doc.comments_top)) if doc else None
        if doc is None or state is None or found is None:
            return []
        ids: list[str] = []
        for position in state.shown[state.number(found[0]) or 0 :]:
            first, _ = doc.comment_span(position)
            if first >= self.top + self.rows:
                break
            if first >= self.top:
                ids.append(state.comment(position).id)
        return ids

    def _flush_seen(self) -> None:
        fresh = tuple(dict.fromkeys(name for name in self._passed if name not in self._seen))
        self._passed = []
        if fresh and self.opened is not None:
            self._seen.update(fresh)
            if self.keeps_new:
                return
            self.post_message(CommentsSeen(self.opened.story.row.id, fresh))

    def leave(self) -> None:
        """The reader leaves the story: what was passed is reported now."""
        self._flush_seen()

    def refresh_focus(self) -> None:
        if self.doc is not None and self.comment_cursor is not None:
            self._refresh_comment(self.doc, self.comment_cursor)

    # Textual's side.
    def line_at(self, line: int) -> Line | None:
        return self.doc.line(line, self.lit, self.comment_cursor) if self.doc else None

    def row_key(self, line: int) -> Hashable:
        if self.comment_cursor is None or self.doc is None:
            return False
        found = self.doc.comment_at(line)
        return found is not None and found[0] == self.comment_cursor

    def row_look(self, line: int) -> str:
        return ""
