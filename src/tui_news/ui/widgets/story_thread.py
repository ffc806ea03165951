"""Moving and folding in a story's thread."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.models import Article
from tui_news.ui.widgets import thread_nav as nav
from tui_news.ui.widgets.places import carried
from tui_news.ui.widgets.reading_messages import FoldsChanged
from tui_news.ui.widgets.story_doc import Anchor
from tui_news.ui.widgets.story_hints import StoryHints
from tui_news.ui.widgets.thread_state import ThreadState

Step = Callable[[ThreadState, int, bool], int | None]


class StoryThread(StoryHints):
    """Each method that moves says whether it did."""

    _came_from: Anchor | None = None
    _thread_place: tuple[Anchor, int] | None = None
    _below: tuple[str, ...] = ()  # comments from which the reader went up to what they answer

    def _forget_story(self) -> None:
        super()._forget_story()
        self._came_from = self._thread_place = None
        self._below = ()

    def _carry(self, held: tuple[Anchor, int], fresh: Article | None) -> tuple[Anchor, int]:
        if self._came_from is not None and self.opened is not None:
            self._came_from = carried(self._came_from, self.opened.article, fresh)
        return super()._carry(held, fresh)

    @property
    def in_thread(self) -> bool:
        """Whether the reader is among the comments: their keys hold then."""
        return self.comment_cursor is not None

    @property
    def has_new(self) -> bool:
        return self.thread_state is not None and any(self.thread_state.new)

    def jump_comments(self) -> bool:
        """To the comments, and from there back to where the article was left."""
        if self.doc is None:
            return False
        if self.in_thread or (self._came_from is not None and self.doc.thread is None):
            self._thread_place = self._hold()
            row = self.doc.row_of(self._came_from) if self._came_from else None
            self._came_from = None
            self._set_comment(None)
            self._steer(max(0, self.doc.article.rows - self.rows) if row is None else row)
            return True
        self._came_from = self.doc.anchor(self.top)
        if self._thread_place and self.thread_state and self._thread_place[0][0] == "c":
            self._set_comment(self.thread_state.place.get(str(self._thread_place[0][1])))
            self._stand()
            self._restore(self._thread_place)
        else:
            self._steer(min(self.doc.thread_top, self.end))
        if self.comment_cursor is None and self.thread_state and self.thread_state.shown:
            self._set_comment(self.thread_state.shown[0])
        return True

    # Moving.
    def next_comment(self, back: bool = False) -> bool:
        """The next shown comment; one with rows off the screen scrolls first. Before the first lies the article."""
        if self.doc is None or self.comment_cursor is None or self.thread_state is None:
            return self._enter()
        first, count = self.doc.comment_span(self.comment_cursor)
        half = max(1, self.rows // 2)
        if not back and (over := first + count - self.top - self.rows) > 0:
            self._steer(self.top + min(half, over, max(1, first + count - 1 - self.top)))
        elif back and first < self.top:
            self._steer(max(first - 1, self.top - half))
        elif (target := nav.following(self.thread_state, self.comment_cursor, back)) is not None:
            self._go(target)
        elif back:
            self._set_comment(None)
            self._steer(max(0, min(self.top, first - self.rows // 2 - 1)))
        else:
            return False
        return True

    def _enter(self) -> bool:
        """Into the comments, at the first one on the screen."""
        state, doc = self.thread_state, self.doc
        if state is None or doc is None or not state.shown:
            return False
        found = doc.comment_at(max(self.top, doc.comments_top))
        self._go(found[0] if found else state.shown[0])
        return True

    def next_root(self, back: bool = False) -> bool:
        return self._step(nav.root, back)

    def next_sibling(self, back: bool = False) -> bool:
        return self._step(nav.sibling, back)

    def to_parent(self) -> bool:
        left = self.current_comment()
        moved = left is not None and self._step(lambda state, position, _: nav.parent(state, position), False)
        if moved and left is not None:
            self._below = (*self._below, left.id)
        return moved

    def back_down(self) -> bool:
        """To the comment from which `to_parent` left, and from there to the one before."""
        state = self.thread_state
        while self._below and state is not None:
            *rest, last = self._below
            self._below = tuple(rest)
            position = state.place.get(last)
            if position is not None and state.number(state.showing(position)) is not None:
                self._go(state.showing(position), lift=True)
                return True
        return False

    def _step(self, step: Step, back: bool) -> bool:
        if self.comment_cursor is None or self.thread_state is None:
            return self._enter()
        target = step(self.thread_state, self.comment_cursor, back)
        if target is None:
            return False
        self._go(target, lift=True)
        return True

    def next_new(self, back: bool = False) -> bool:
        """The next comment that came since the last visit; what it is folded under opens."""
        state = self.thread_state
        target = nav.new(state, self.comment_cursor, back) if state else None
        if target is None and not back:
            target = self._overlooked()
        if state is None or target is None or self.doc is None:
            return False
        changed = state.open_path(target)
        changed.update(state.fold(target, False))
        self._refolded()
        self._report_folds(changed)
        self._go(target, lift=True)
        return True

    def _overlooked(self) -> int | None:
        """The first new comment that was not on the screen yet: one above the reader, or folded away there."""
        state, here = self.thread_state, self.current_comment()
        if state is None:
            return None
        met = {*self._seen, *self._passed, here.id if here else ""}
        return next((one for one, new in enumerate(state.new) if new and state.comment(one).id not in met), None)

    def _go(self, position: int, lift: bool = False) -> None:
        """To a shown comment. lift: one not wholly on the screen is put at its top, with a row of air."""
        if self.doc is None:
            return
        if (left := self.current_comment()) is not None:
            self._passed.append(left.id)
        self._set_comment(position)
        first, count = self.doc.comment_span(position)
        if lift and (first - 1 < self.top or first + count > self.top + self.rows):
            self._steer(min(first - 1, max(self.end, self.top)))
        else:
            self._reveal(first - 1, count + 1)

    # Folding. The line acted on keeps its row on the screen; if it is hidden, the fold that hides it takes its place.
    def toggle_fold(self, position: int | None = None) -> bool:
        """Fold or open this comment with all that answers it."""
        state = self.thread_state
        at = self.comment_cursor if position is None else position
        if state is None or at is None:
            return False
        self._change(lambda: state.fold(at, not state.folded[at]), at)
        return True

    def fold_branch(self) -> bool:
        """Fold the whole branch this comment is in, and go on to the next top-level one."""
        state, at = self.thread_state, self.comment_cursor
        if state is None or at is None:
            return False
        top = nav.root_of(state, at)
        self._change(lambda: state.fold(top, True), at)
        following = nav.root(state, top)
        if following is not None:
            self._go(following)
        return True

    def level(self, by: int) -> bool:
        """One level more (+1) or less (-1) open, everywhere."""
        state = self.thread_state
        if state is None:
            return False
        self._change(lambda: state.fold_to(state.level + by), self.comment_cursor)
        return True

    def fold_all(self) -> bool:
        state = self.thread_state
        if state is None:
            return False
        self._change(lambda: state.fold_to(0), self.comment_cursor)
        return True

    def unfold_all(self) -> bool:
        state = self.thread_state
        if state is None:
            return False
        self._change(lambda: state.fold_to(state.deepest + 1), self.comment_cursor)
        return True

    def _change(self, change: Callable[[], dict[str, bool]], acted: int | None) -> None:
        state = self.thread_state
        if self.doc is None or state is None:
            return
        held = self._hold_comment(acted)
        self._report_folds(change())
        self._refolded()
        self._restore(held)
        self._tell()

    def _hold_comment(self, position: int | None) -> tuple[Anchor, int]:
        """The comment acted on, at its present row (at the top, when its header is above)."""
        if position is None or self.doc is None or self.thread_state is None:
            return self._hold()
        first, _ = self.doc.comment_span(self.thread_state.showing(position))
        name = self.thread_state.comment(position).id
        return ("c", name, -2, 0), max(0, min(first - self.top, self.rows - 1))

    def _report_folds(self, changed: dict[str, bool]) -> None:
        if changed and self.opened is not None:
            self.post_message(FoldsChanged(self.opened.story.row.id, dict(changed)))

    # The thread as a whole.
    def toggle_quotes(self) -> bool:
        """Show or hide what comments quote, in the whole thread."""
        if self.doc is None or self.doc.thread is None:
            return False
        held = self._hold()
        self._quotes_shown = self.doc.quotes_shown = not self._quotes_shown
        self._refolded()
        self._restore(held)
        return True

    def zoom(self) -> bool:
        """This comment as the root of all that is shown."""
        state, at = self.thread_state, self.comment_cursor
        if state is None or at is None or self.doc is None:
            return False
        state.zoom_to(at)
        self._refolded()
        self._steer(self.doc.thread_top, pad=True)
        self._tell()
        return True

    def unzoom(self) -> bool:
        """All comments again; False when none were hidden."""
        state = self.thread_state
        if state is None or self.doc is None or state.zoom is None:
            return False
        held = self._hold()
        state.unzoom()
        self._refolded()
        self._restore(held)
        self._tell()
        return True

    def only_op(self, only: bool | None = None) -> bool:
        """Only what the story's author wrote and what it answers, or all (None: the other of the two). False when
        nothing changes."""
        state = self.thread_state
        wanted = not state.only_op if state is not None and only is None else bool(only)
        if state is None or self.doc is None or wanted == state.only_op or (wanted and not state.has_op):
            return False
        held = self._hold()
        state.filter_op(wanted)
        self._refolded()
        self._restore(held)
        self._tell()
        return True

    def set_order(self, order: str) -> bool:
        """Sort the thread anew, staying at the same comment."""
        state = self.thread_state
        if state is None or self.doc is None:
            return False
        at = self.current_comment()
        held = self._hold()
        state.sort(order)
        self.comment_cursor = self._position_of(at)
        self._refolded()
        self._restore(held)
        self._tell()
        return True
