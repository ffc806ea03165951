"""Hints: a label before every link on the screen; typing it follows the link."""

from __future__ import annotations

from itertools import islice, product
from typing import Any

from textual import events

from tui_news.ui.widgets.lines import Line, Run
from tui_news.ui.widgets.reading_messages import LinkOpened
from tui_news.ui.widgets.story_find import StoryFind

LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class StoryHints(StoryFind):
    """`show_hints`; while they are on the screen the next letters are theirs."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._hints: dict[str, tuple[int, int, str]] = {}  # label -> (row, offset, address)
        self._typed = ""

    def _forget_story(self) -> None:
        super()._forget_story()
        self.hide_hints()

    def _laid_out(self) -> None:
        super()._laid_out()
        self.hide_hints()

    def show_hints(self) -> bool:
        """Label the links on the screen; typing a label opens its link. False when there are none."""
        links: list[tuple[int, int, str]] = []
        for row in range(self.top, self.top + self.rows):
            line = self.doc.line(row, self.lit, self.comment_cursor) if self.doc else None
            for run in line.runs if line else ():
                if run.href and not (links and links[-1][2] == run.href and run.start <= (line.lead if line else 0)):
                    links.append((row, run.start, run.href))
        labels = hint_labels(len(links))
        self._hints, self._typed = dict(zip(labels, links, strict=True)), ""
        self.forget()
        return bool(links)

    @property
    def hinting(self) -> bool:
        """Whether hints are on the screen: the next letters are theirs."""
        return bool(self._hints)

    def hide_hints(self) -> None:
        if self._hints:
            self._hints = {}
            self.forget()

    def hint_key(self, key: str) -> bool:
        """A key while hints are shown; whether it was taken."""
        if not self._hints:
            return False
        self._typed += key
        if (link := self._hints.get(self._typed)) is not None:
            self.post_message(LinkOpened(link[2]))
            self.hide_hints()
        elif not any(label.startswith(self._typed) for label in self._hints):
            self.hide_hints()
        return True

    def on_key(self, event: events.Key) -> None:
        if self.hint_key(event.key):
            event.stop()
            event.prevent_default()

    def line_at(self, line: int) -> Line | None:
        shown = super().line_at(line)
        if shown is not None and self._hints:
            here = sorted(((at, label) for label, (row, at, _) in self._hints.items() if row == line), reverse=True)
            for at, label in here:
                shown = with_hint(shown, at, label)
        return shown


def hint_labels(count: int) -> list[str]:
    """Labels all of one length, so that none begins another: one letter, or more when that is not enough."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters in islice(product(LETTERS, repeat=length), count)]


def with_hint(line: Line, at: int, label: str) -> Line:
    """The line with `[label]` before the link at offset `at`."""
    mark = f"[{label}]"

    def moved(offset: int) -> int:
        return offset + len(mark) if offset >= at else offset

    runs = tuple(
        run._replace(start=moved(run.start), end=run.end if run.end <= at else moved(run.end)) for run in line.runs
    )
    text = line.text[:at] + mark + line.text[at:]
    return Line(text, (*runs, Run(at, at + len(mark), "hint")), line.lead, line.fill)
