"""The reading view as one scroll: showing a story, keeping the reader's place, moving through it."""

from __future__ import annotations

import json

from textual import events

from tui_news.models import Article, OpenStory
from tui_news.ui.widgets.places import carried
from tui_news.ui.widgets.story_doc import Anchor, Frame, Lit, StoryDoc
from tui_news.ui.widgets.story_ground import StoryGround
from tui_news.ui.widgets.thread_state import ThreadState


class StoryBase(StoryGround):
    """One continuous scroll of a story and its thread. Quotes, search and the thread's keys build on it."""

    # What is shown.
    def show(self, opened: OpenStory, now: int, keep_place: bool = False, fetching: bool | None = None) -> None:
        """Show a story. The same story again (its article or thread arrived) keeps place, folds and cursor.

        fetching: see `set_fetching`; None leaves it as it is for the same story."""
        same = self.opened is not None and self.opened.story.row.id == opened.story.row.id
        held = self._hold() if (same or keep_place) and self.doc is not None else None
        at = self.current_comment() if same else None
        if same and held is not None:
            held = self._carry(held, opened.article)
        if not same:
            self.leave()
            self._forget_story()
            self.doc = None
        self._fetching = self._fetching if fetching is None else fetching
        self._set_thread(opened, same)
        if (state := self.thread_state) is not None:
            self.fresh.update(state.comment(one).id for one, new in enumerate(state.new) if new)
        self.opened, self.now, self._minutes = opened, now, None
        self.comment_cursor = self._position_of(at)
        if held is None:
            self._wanted = opened.position if not same else self._wanted or opened.position
        self._lay_out(held)

    def _carry(self, held: tuple[Anchor, int], fresh: Article | None) -> tuple[Anchor, int]:
        """What is held, in the words of the text to come; back in a text that was left (x), where it was left."""
        article = self.opened.article if self.opened else None
        if article is None or fresh is None or article.blocks is fresh.blocks:
            return held
        if article.source != fresh.source and held[0][0] == "b":
            self._left[article.source] = held
            if (back := self._left.pop(fresh.source, None)) is not None:
                return back
        return carried(held[0], article, fresh), held[1]

    def _forget_story(self) -> None:
        self._left.clear()
        self.thread_state, self.comment_cursor, self._kept = None, None, None
        self._fetching, self._pad, self._quotes_shown = False, 0, True
        self._seen, self.fresh, self.keeps_new = set(), set(), False
        self.lit = Lit()

    def _set_thread(self, opened: OpenStory, same: bool) -> None:
        before = self.thread_state if same else None
        if opened.thread is None:
            self.thread_state = None
            return
        if before is not None and before.thread == opened.thread:
            return
        folds, order = (before.folds, before.order) if before else (None, "")
        self.thread_state = ThreadState(opened.thread, folds, order, self.threads_start)
        if before is not None and before.zoom in self.thread_state.place:
            self.thread_state.zoom_to(self.thread_state.place[before.zoom])
        if before is not None and before.only_op and self.thread_state.has_op:
            self.thread_state.filter_op(True)

    def set_fetching(self, fetching: bool) -> None:
        """Whether the thread is on its way: what stands where comments will be."""
        if fetching == self._fetching:
            return
        self._fetching = fetching
        if self.doc is None:
            self._lay_out(None)
        elif self.doc.set_fetching(fetching):
            held = self._hold()
            self._pad = 0
            self._laid_out()
            self.set_line_count(self.doc.rows, since=self.doc.thread_top)
            self._restore(held)
            self._tell()

    def _lay_out(self, held: tuple[Anchor, int] | None) -> None:
        """Wrap everything at the present width, and put the reader back where they were."""
        if self.opened is None:
            return
        if not self.columns:  # hidden: the rows on record are of another text, so the place is kept in words
            self._wanted, self.doc = self.position, None
            return
        self.doc = StoryDoc(
            self.opened, self.thread_state, self.columns, self.text_width, self.now, self._fetching, self.lens
        )
        if not self._quotes_shown:
            self.doc.quotes_shown = False
            self.doc.refold()
        self._laid_out()
        self._stand()
        self._pad = 0
        self.set_line_count(self.doc.rows)
        if held is None and self._wanted:
            held, self._wanted = self._read_position(self._wanted), ""
            self._stand()
        if held is None:
            self._steer(0)
        else:
            self._restore(held)
        self._tell()

    def _laid_out(self) -> None:
        """A subclass puts in order what hangs on the rows."""

    # Where the reader is.
    @property
    def position(self) -> str:
        """Where the reader is, as text: survives resizes, folds and refetches."""
        if self.doc is None:
            return self._wanted
        comment, kept = self.current_comment(), self._kept_place()
        at = kept[0] if kept is not None and kept[1] == 0 else self.doc.anchor(self.top)
        return json.dumps({"at": at, "comment": comment.id if comment else None})

    def _read_position(self, position: str) -> tuple[Anchor, int] | None:
        try:
            data = json.loads(position)
            anchor: Anchor = tuple(data["at"])
            name = data.get("comment")
        except (ValueError, TypeError, KeyError, AttributeError):
            return None
        if isinstance(name, str) and self.thread_state is not None:
            self.comment_cursor = self.thread_state.place.get(name)
        return anchor, 0

    def _hold(self) -> tuple[Anchor, int]:
        """What to keep still: the comment the reader is at, if it is on the screen, else the top row."""
        assert self.doc is not None
        if (kept := self._kept_place()) is not None:
            return kept
        if (position := self.comment_cursor) is not None and self.thread_state is not None:
            first, _ = self.doc.comment_span(self.thread_state.showing(position))
            if self.top <= first < self.top + self.rows:
                return ("c", self.thread_state.comment(position).id, -2, 0), first - self.top
        return self.doc.anchor(self.top), 0

    def _restore(self, held: tuple[Anchor, int]) -> None:
        """Bring what was held back to its screen row; blank rows after the end make that possible there too."""
        assert self.doc is not None
        row = self.doc.row_of(held[0])
        self._steer(self.top if row is None else max(0, row - held[1]), pad=True)
        self._kept = (self.top, self.comment_cursor, held) if row is not None else None

    def _kept_place(self) -> tuple[Anchor, int] | None:
        """What was last brought back, as long as the reader has not moved since.

        The words at the top of a narrow page are in the middle of a wide row: named anew at each resize, the place
        would creep back towards the beginning.
        """
        if self._kept is None or self._kept[:2] != (self.top, self.comment_cursor):
            return None
        return self._kept[2]

    def _steer(self, row: int, pad: bool = False) -> None:
        """Scroll without the comment cursor following. pad: let `row` be on top even past the end."""
        assert self.doc is not None
        self._set_pad(max(0, row + self.rows - self.doc.rows) if pad and row else 0)
        self._steering = True
        try:
            self.scroll_row(row)
        finally:
            self._steering = False

    def _reveal(self, first: int, count: int, margin: int = 0) -> None:
        """Scroll as little as shows these rows; the comment cursor stays where it is."""
        self._steering = True
        try:
            self.reveal(first, count, margin)
        finally:
            self._steering = False

    def _refolded(self) -> None:
        """The thread's shown comments changed: count the rows again."""
        self._kept = None
        if self.doc is not None:
            self.doc.refold()
            self._stand()
            self._pad = max(0, self.top + self.rows - self.doc.rows)
            self.set_line_count(self.doc.rows + self._pad)

    def _stand(self) -> None:
        """The reader stands at a comment that shows: at the fold that hides the one they were at."""
        state, at = self.thread_state, self.comment_cursor
        if at is not None and state is not None and state.number(at) is None:
            self._set_comment(state.showing(at) if state.shown else None)

    def _set_pad(self, pad: int) -> None:
        if self.doc is not None and (pad != self._pad or self.line_count != self.doc.rows + pad):
            self._pad = pad
            self.set_line_count(self.doc.rows + pad)

    # Scrolling.
    @property
    def end(self) -> int:
        """The row on top when the last rows are on the screen."""
        return max(0, (self.doc.rows if self.doc else 0) - self.rows)

    def scroll_lines(self, count: int) -> None:
        """So many rows down (or up). At the end of a text with comments in view, into the comments."""
        if count > 0 and self.top >= self.end and self.comment_cursor is None:
            self._settle(at_end=True)
        elif self.doc is not None:
            self._scroll(min(self.top + count, max(self.end, self.top)))

    def page(self, direction: int = 1) -> bool:
        """A screen further (or back), two rows kept for the eye; False when there is nothing further."""
        at_edge = self.top >= self.end if direction > 0 else self.top <= 0
        if self.doc is None or at_edge:
            return False
        step = max(1, self.rows - 2)
        self._scroll(min(self.end, self.top + step) if direction > 0 else max(0, self.top - step))
        return True

    def half_page(self, direction: int = 1) -> None:
        self.scroll_lines(direction * max(1, self.rows // 2))

    def to_top(self) -> None:
        self._scroll(0)

    def to_bottom(self) -> None:
        """The last row; in a thread the reader then stands at its last comment."""
        self._scroll(self.end)
        self._settle(at_end=True)
        if self.comment_cursor is not None and self.thread_state is not None and self.thread_state.shown:
            self._set_comment(self.thread_state.shown[-1])

    def _scroll(self, row: int) -> None:
        self._set_pad(max(0, min(self._pad, max(0, row) + self.rows - self.doc.rows)) if self.doc else 0)
        self.scroll_row(max(0, row))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            if not self._steering:
                self._settle()
            self._tell()

    def _settle(self, at_end: bool = False) -> None:
        """The comment cursor follows a scroll: it stays on the screen, and is none while the article is read."""
        doc, state = self.doc, self.thread_state
        if doc is None or doc.thread is None or state is None:
            return
        first = doc.comments_top + 1
        bottom = self.top + self.rows
        if first >= (bottom if at_end or self.top >= self.end > 0 else self.top + self.rows // 2):
            self._set_comment(None)
            return
        if self.comment_cursor is not None:
            start, count = doc.comment_span(state.showing(self.comment_cursor))
            if start < bottom and start + count > self.top:
                return
        found = doc.comment_at(max(self.top, first))
        if found is None:
            return
        position, within = found
        if within > 0 and (following := (state.number(position) or 0) + 1) < len(state.shown):
            start, _ = doc.comment_span(state.shown[following])
            position = state.shown[following] if start < bottom else position
        self._set_comment(position)

    def set_text_width(self, cells: int) -> None:
        """Lay the story out anew at another width; what is being read stays where it is."""
        self.text_width = cells
        if self.doc is not None:
            self._lay_out(self._hold())

    # Textual's side.
    def on_resize(self, event: events.Resize) -> None:
        if self.doc is None or self.doc.frame != Frame.of(self.columns, self.text_width):
            self._lay_out(self._hold() if self.doc else None)
