"""Picking paragraphs by key: they are lit, j and k take more or fewer, y copies them."""

from __future__ import annotations

from typing import Any

from textual import events

from tui_news.ui.widgets.lens import OFF, ONLY
from tui_news.ui.widgets.lines import Run
from tui_news.ui.widgets.reading_messages import BlocksCopied
from tui_news.ui.widgets.story_cites import StoryCites
from tui_news.ui.widgets.story_doc import Lit

MORE = {"j": 1, "down": 1, "k": -1, "up": -1}


class StoryPick(StoryCites):
    """`begin_pick`; until it ends the next keys are its own."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._pick: tuple[int, int] | None = None  # the block it began at, the block it reaches to

    def _forget_story(self) -> None:
        super()._forget_story()
        self._pick = None

    @property
    def picked(self) -> range:
        """Numbers of the picked blocks."""
        return range(min(self._pick), max(self._pick) + 1) if self._pick else range(0)

    def begin_pick(self) -> bool:
        """Pick the current quote's paragraph, else the first one that begins on the screen; False if there is none."""
        if self.lens == ONLY:
            self.set_lens(OFF)
        blocks = self._blocks()
        if not blocks or self.doc is None:
            return False
        quote = self.current_quote()
        rows = ((self.doc.article.row_of(block, 0), block) for block in blocks)
        first = (
            quote.block if quote else next((b for row, b in rows if row is not None and row >= self.top), blocks[-1])
        )
        self._pick = (first, first)
        self._show_pick()
        return True

    def _blocks(self) -> list[int]:
        """The blocks that are shown."""
        if self.doc is None:
            return []
        return [placed.block for placed in self.doc.article.placed if placed.block >= 0]

    def _show_pick(self) -> None:
        self._light()
        if self._pick is not None and self.doc is not None:
            row = self.doc.article.row_of(self._pick[1], 0)
            last = self.doc.article.row_of(self._pick[1], 1_000_000_000)
            if row is not None and last is not None:
                self._reveal(row, last - row + 1, margin=1)

    def end_pick(self) -> bool:
        was, self._pick = self._pick is not None, None
        if was:
            self._light()
        return was

    def pick_key(self, key: str) -> bool:
        """A key while paragraphs are picked; whether it was taken. Any other key ends it and does what it does."""
        if self._pick is None:
            return False
        if key in MORE:
            blocks = self._blocks()
            at = blocks.index(self._pick[1]) + MORE[key]
            self._pick = (self._pick[0], blocks[max(0, min(at, len(blocks) - 1))])
            self._show_pick()
            return True
        if key in ("y", "Y", "enter"):
            self.post_message(BlocksCopied(self.picked.start, self.picked.stop, markdown=key == "Y"))
        self.end_pick()
        return key in ("y", "Y", "enter", "v", "escape")

    def on_key(self, event: events.Key) -> None:
        if self.pick_key(event.key):
            event.stop()
            event.prevent_default()

    def _hit_runs(self) -> Lit:
        lit = super()._hit_runs()
        article = self.opened.article if self.opened else None
        for number in self.picked if article else ():
            run = Run(0, len(article.blocks[number].text), "quote-current")  # type: ignore[union-attr]
            lit.article[number] = [*lit.article.get(number, ()), run]
        return lit
