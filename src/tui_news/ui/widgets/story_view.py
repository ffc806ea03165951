"""The reading view: a story and its thread in one scroll, with the mouse, and peeking at what a comment answers.

Keys are bound by the app's registry, which calls the methods of this class and of those it is made of:
`story_base` (what is shown, place, scrolling), `story_quotes`, `story_find`, `story_hints`, `story_thread` (comments).
"""

from __future__ import annotations

from textual import events

from tui_news.comments.tree import ancestors
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import ago
from tui_news.ui.widgets.lines import Line, Run, shifted
from tui_news.ui.widgets.pieces import GUTTER
from tui_news.ui.widgets.reading_messages import LinkOpened
from tui_news.ui.widgets.story_pick import StoryPick
from tui_news.ui.widgets.thread_lines import body_of, who

PEEK_ROWS = 4  # rows of each comment's text in the peek


class StoryView(StoryPick):
    """One story."""

    _peek: tuple[Line, ...] = ()
    _peek_up: int = 0

    # Peeking.
    def peek(self) -> bool:
        """Lay what this comment answers over the screen; again, one further up. False when there is no more."""
        state, at = self.thread_state, self.comment_cursor
        if state is None or at is None:
            return False
        chain = ancestors(state.nodes, at)
        if self._peek_up >= len(chain):
            return self.close_peek() and False
        self._peek_up += 1
        self._peek = self._peek_lines(chain[: self._peek_up], more=self._peek_up < len(chain))
        self.forget()
        return True

    def close_peek(self) -> bool:
        """Whether there was one to close."""
        was, self._peek, self._peek_up = bool(self._peek), (), 0
        if was:
            self.forget()
        return was

    def _peek_lines(self, chain: list[int], more: bool) -> tuple[Line, ...]:
        assert self.thread_state is not None and self.doc is not None
        lines: list[Line] = []
        width = self.doc.frame.column
        for position in reversed(chain):
            comment = self.thread_state.comment(position)
            since = "" if comment.created is None else f" · {ago(comment.created, self.now)}"
            author = who(comment)
            head = cell_fit(author + since, width)
            lines.append(Line(head, (Run(0, min(len(author), len(head)), "author"),)))
            body = body_of(comment, max(1, width - 2))
            lines += [shifted(body.line(row), 2) for row in range(min(PEEK_ROWS, body.rows))]
            if body.rows > PEEK_ROWS:
                lines.append(Line("  …", (Run(2, 3, "muted"),)))
        words = "── p: one further up · esc closes " if more else "── the first of this branch · esc closes "
        rule = cell_fit(words + "─" * max(0, width - cell_len(words)), width)
        lines.append(Line(rule, (Run(0, len(rule), "rule"),)))
        keep = max(2, self.rows - 3)
        return tuple(shifted(line, self.doc.frame.left + GUTTER) for line in lines[-keep:])

    def _peek_top(self) -> int:
        """The screen row where the peek starts: the top, or the bottom if the comment itself is under the top."""
        if self.doc is None or self.comment_cursor is None:
            return 0
        first, _ = self.doc.comment_span(self.comment_cursor)
        return 0 if first - self.top >= len(self._peek) else max(0, self.rows - len(self._peek))

    def overlay(self, y: int) -> Line | None:
        if self._peek and 0 <= (at := y - self._peek_top()) < len(self._peek):
            return self._peek[at]
        return super().overlay(y)

    def _set_comment(self, position: int | None) -> None:
        if position != self.comment_cursor:
            self.close_peek()
        super()._set_comment(position)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.close_peek()
            self.hide_hints()

    def escape(self) -> bool:
        """Close what lies over the text, innermost first; False when nothing did."""
        if self.hinting:
            self.hide_hints()
            return True
        return (
            self.end_pick()
            or self.close_peek()
            or self.close_passage()
            or self.end_find()
            or self.unzoom()
            or self.only_op(False)
        )

    # The mouse.
    def on_click(self, event: events.Click) -> None:
        if event.button != 1 or self.text_selection is not None:
            return
        if url := event.style.link:
            self.post_message(LinkOpened(url))
            event.stop()
        else:
            self.click_at(event.x, event.y + self.top)

    def click_at(self, x: int, row: int) -> None:
        """A click on a fold mark or a bar folds whose it is; elsewhere it goes to that comment."""
        doc = self.doc
        if doc is None or doc.thread is None or (found := doc.comment_at(row)) is None:
            return
        target = doc.thread.bar_at(row - doc.comments_top, x - doc.frame.left)
        if target is None:
            self._set_comment(found[0])
            return
        self._set_comment(target)
        self.toggle_fold(target)
