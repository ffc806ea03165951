"""Finding words in a story and its comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tui_news.models import OpenStory
from tui_news.text.folding import find_all
from tui_news.text.query.words import fold
from tui_news.ui.widgets.lens import OFF, ONLY
from tui_news.ui.widgets.lines import Run
from tui_news.ui.widgets.story_doc import Lit
from tui_news.ui.widgets.story_quotes import StoryQuotes
from tui_news.ui.widgets.thread_state import Folds

MOST_MATCHES = 10_000


class Match(NamedTuple):
    """A search hit: in the article, or in the comment of that id (None = the article)."""

    comment: str | None
    block: int
    start: int
    end: int


class StoryFind(StoryQuotes):
    """`find`, `next_match`, `end_find`."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._matches: tuple[Match, ...] = ()
        self._match = -1
        self._hits = Lit()
        self._before_find: Folds | None = None
        self._sought = ""
        self._sought_in: OpenStory | None = None
        self._lit_by: re.Pattern[str] | None = None

    def _forget_story(self) -> None:
        super()._forget_story()
        self._before_find, self._sought = None, ""
        self._set_matches(())

    def _laid_out(self) -> None:
        super()._laid_out()
        if self._sought and self.opened is not self._sought_in:
            self._seek_again()

    def _seek_again(self) -> None:
        """The text or its comments are others now: what was found may be gone, or elsewhere."""
        current = self._matches[self._match] if 0 <= self._match < len(self._matches) else None
        self._sought_in = self.opened
        self._set_matches(tuple(self._search(self._sought, self._lit_by)))
        if self._matches and current is not None:
            self._match = self._matches.index(current) if current in self._matches else 0
        self._light()

    def _set_matches(self, matches: tuple[Match, ...]) -> None:
        self._matches, self._match, self._hits = matches, -1, Lit()
        for match in matches:
            lit = self._hits
            blocks = lit.article if match.comment is None else lit.comments.setdefault(match.comment, {})
            blocks.setdefault(match.block, []).append(Run(match.start, match.end, "match"))

    def _hit_runs(self) -> Lit:
        lit = Lit(dict(self._hits.article), dict(self._hits.comments))
        if 0 <= self._match < len(self._matches):
            match = self._matches[self._match]
            run = Run(match.start, match.end, "match-current")
            if match.comment is None:
                lit.article[match.block] = [*lit.article.get(match.block, ()), run]
            else:
                blocks = dict(lit.comments[match.comment])
                blocks[match.block] = [*blocks[match.block], run]
                lit.comments[match.comment] = blocks
        return lit

    def place_context(self) -> str:
        if 0 <= self._match < len(self._matches):
            folded = self._folded_matches()
            return f"match {self._match + 1}/{len(self._matches)}" + (f", {folded} folded" if folded else "")
        return super().place_context()

    # Search.
    def find(self, words: str, light: re.Pattern[str] | None = None) -> int:
        """Light every place that has these words, case and accents aside, folded comments too.

        Goes to the first from the top of the screen on. Returns how many there are. light: of a query, looked for in
        folded text instead of the words.
        """
        if self.thread_state is not None and self._before_find is None:
            self._before_find = self.thread_state.keep_folds()
        if self.lens == ONLY and words.strip():
            self.set_lens(OFF)  # what is found must be there to be seen
        self._sought, self._sought_in, self._lit_by = words.strip(), self.opened, light
        self._set_matches(tuple(self._search(self._sought, light)) if self._sought else ())
        self._light()
        if self._matches:
            self._go_to_match(self._first_match())
        self._tell()
        return len(self._matches)

    def _search(self, words: str, light: re.Pattern[str] | None) -> list[Match]:
        found: list[Match] = []
        for name, block, text in self._texts():
            spans = find_all(words, text) if light is None else [m.span() for m in light.finditer(fold(text))]
            found += [Match(name, block, start, end) for start, end in spans]
            if len(found) > MOST_MATCHES:
                break
        return found[:MOST_MATCHES]

    def _texts(self) -> Iterator[tuple[str | None, int, str]]:
        """Every text of the story: of which comment (None = the article), which block."""
        article = self.opened.article if self.opened else None
        for number, block in enumerate(article.blocks if article else ()):
            yield None, number, block.text
        if (state := self.thread_state) is not None:
            for position in range(len(state.nodes)):
                comment = state.comment(position)
                for number, block in enumerate(comment.blocks):
                    yield comment.id, number, block.text

    def _first_match(self) -> int:
        """The first match from where the reader is."""
        for number, match in enumerate(self._matches):
            if (row := self._match_row(match)) is not None and row >= self.top:
                return number
        return 0

    def _match_row(self, match: Match) -> int | None:
        if self.doc is None:
            return None
        if match.comment is None:
            return self.doc.article.row_of(match.block, match.start)
        return self.doc.row_of(("c", match.comment, match.block, match.start))

    def next_match(self, back: bool = False) -> bool:
        """The next hit, around the end; folds on the way to it open."""
        if not self._matches:
            return False
        self._go_to_match((self._match + (-1 if back else 1)) % len(self._matches))
        return True

    def _folded_matches(self) -> int:
        """How many hits are in comments that are folded, or folded away, at the moment."""
        state, found = self.thread_state, 0
        if state is None:
            return 0
        for match in self._matches:
            if match.comment is not None and (position := state.place.get(match.comment)) is not None:
                found += state.number(position) is None or state.folded[position]
        return found

    def _go_to_match(self, number: int) -> None:
        self._match = number
        match, state = self._matches[number], self.thread_state
        if match.comment is not None and state is not None:
            position, shown = state.place[match.comment], state.shown
            state.open_path(position)
            state.fold(position, False)
            if state.shown != shown:  # a fold opened, or a zoom or filter ended
                self._refolded()
            self._set_comment(position)
        else:
            self._set_comment(None)
        self._light()
        if (row := self._match_row(match)) is not None:
            self._reveal(row, 1, margin=min(3, self.rows // 4))
        self._tell()

    def end_find(self) -> bool:
        """Put out the hits and fold again what the search opened; False when there was no search."""
        was = bool(self._matches) or self._before_find is not None
        if not (was or self._sought or self.lit.article or self.lit.comments):
            return False
        self._sought = ""
        self._set_matches(())
        if self._before_find is not None and self.thread_state is not None and self.doc is not None:
            held = self._hold()
            self.thread_state.restore_folds(self._before_find)
            self._refolded()
            self._restore(held)
        self._before_find = None
        self._light()
        self._tell()
        return was
