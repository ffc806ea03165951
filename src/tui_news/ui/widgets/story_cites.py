"""Passages of the article that comments quote: marked in the comment, and a way there and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui_news.models import Cited, Comment
from tui_news.ui.widgets.lines import Run
from tui_news.ui.widgets.story_doc import Anchor, Lit
from tui_news.ui.widgets.story_thread import StoryThread

if TYPE_CHECKING:
    from tui_news.text.quotes.cited import Passages

_MARKED = re.compile('["“”„«»「『]')


class StoryCites(StoryThread):
    """Comments are looked at when they are drawn, so a long thread costs what is on the screen."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._cites: dict[str, tuple[Cited, ...]] = {}
        self._passages: Passages | None = None
        self._passage: Cited | None = None
        self._cited_from: tuple[str, tuple[Anchor, int]] | None = None
        self._next_passage: dict[str, int] = {}

    def _forget_story(self) -> None:
        super()._forget_story()
        self._forget_passage()
        self._forget_cites()

    def _forget_cites(self) -> None:
        self._cites, self._passages, self._next_passage = {}, None, {}

    def _forget_passage(self) -> None:
        self._passage = self._cited_from = None

    def _laid_out(self) -> None:
        super()._laid_out()
        self._forget_cites()  # the article may be another
        if self.doc is not None:
            self.doc.cites = self._cite_runs

    def cites_of(self, comment: Comment) -> tuple[Cited, ...]:
        """What a comment quotes of the article."""
        found = self._cites.get(comment.id)
        if found is None:
            found = self._cites[comment.id] = self._look_up(comment)
        return found

    def _look_up(self, comment: Comment) -> tuple[Cited, ...]:
        article = self.opened.article if self.opened else None
        if article is None or not any(block.quote or _MARKED.search(block.text) for block in comment.blocks):
            return ()
        from tui_news.text.quotes.cited import Passages, cited  # only when there is something to look for

        if self._passages is None:
            self._passages = Passages(article.blocks)
        return cited(comment.blocks, self._passages)

    def _cite_runs(self, comment: Comment) -> dict[int, list[Run]]:
        runs: dict[int, list[Run]] = {}
        for one in self.cites_of(comment):
            runs.setdefault(one.block, []).append(Run(one.start, one.end, "cited"))
        return runs

    # There and back.
    def to_passage(self) -> bool:
        """From a comment to the passage it quotes (each time the next one); from there back to the comment."""
        if self.doc is None:
            return False
        comment = self.current_comment()
        return self._back_to_comment() if comment is None else self._to_passage_of(comment)

    def _to_passage_of(self, comment: Comment) -> bool:
        found = self.cites_of(comment)
        if not found or self.doc is None:
            return False
        number = self._next_passage.get(comment.id, 0) % len(found)
        one, self._next_passage[comment.id] = found[number], number + 1
        first, last = (self.doc.article.near(one.target, at) for at in (one.at, max(one.at, one.until - 1)))
        if first is None or last is None:
            return False
        self._cited_from, self._passage = (comment.id, self._hold()), one
        self._set_comment(None)
        self._light()
        self._reveal(first, max(1, last - first + 1), margin=2)
        self._tell()
        return True

    def _back_to_comment(self) -> bool:
        if self._cited_from is None or self.thread_state is None:
            return False
        name, held = self._cited_from
        position = self.thread_state.place.get(name)
        self._forget_passage()
        self._light()
        if position is None:
            return False
        self._restore(held)
        self._set_comment(self.thread_state.showing(position))
        return True

    def _hit_runs(self) -> Lit:
        lit = super()._hit_runs()
        if (one := self._passage) is not None:
            run = Run(one.at, one.until, "quote-current")
            lit.article[one.target] = [*lit.article.get(one.target, ()), run]
        return lit

    def place_context(self) -> str:
        if self._passage is not None and self._cited_from is not None and self.comment_cursor is None:
            state = self.thread_state
            position = state.place.get(self._cited_from[0]) if state else None
            if state is not None and position is not None:
                return f"quoted by {state.comment(position).author or 'Anonymous'}"
        return super().place_context()

    def close_passage(self) -> bool:
        """Put out the lit passage; whether there was one."""
        was = self._passage is not None
        if was:
            self._forget_passage()
            self._light()
            self._tell()
        return was
