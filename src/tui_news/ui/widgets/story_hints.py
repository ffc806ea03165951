"""Hints: a label before every link on the screen; typing it follows the link."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, product
from typing import Any, NamedTuple

from textual import events

from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.sanitize import without_login
from tui_news.ui.widgets.lines import Line, LineBuilder, Run, shifted
from tui_news.ui.widgets.pieces import GUTTER
from tui_news.ui.widgets.reading_messages import LinkCopied, LinkOpened
from tui_news.ui.widgets.story_find import StoryFind

TWO_COLUMNS = 70  # cells from which addresses stand in two columns
LETTERS = "asdfghjklqwertyuiopzxcvbnm"


class Link(NamedTuple):
    """A link on the screen: its row, its offsets in that row's text, and where it leads."""

    row: int
    start: int
    end: int
    href: str


class StoryHints(StoryFind):
    """`show_hints`; while they are on the screen the next letters are theirs."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self._hints: dict[str, Link] = {}
        self._typed = ""
        self._panel: tuple[Line, ...] = ()
        self._panel_top = 0

    def _forget_story(self) -> None:
        super()._forget_story()
        self.hide_hints()

    def _laid_out(self) -> None:
        super()._laid_out()
        self.hide_hints()

    def show_hints(self) -> bool:
        """Label the links on the screen; typing a label opens its link. False when there are none."""
        links: list[Link] = []
        for row in range(self.top, self.top + self.rows):
            line = self.doc.line(row, self.lit, self.comment_cursor) if self.doc else None
            for run in line.runs if line else ():
                if run.href and not (links and links[-1].href == run.href and run.start <= (line.lead if line else 0)):
                    links.append(Link(row, run.start, run.end, run.href))
        labels = hint_labels(len(links))
        self._hints, self._typed = dict(zip(labels, links, strict=True)), ""
        if links:
            self._lay_panel()
        self.forget()
        return bool(links)

    @property
    def hinting(self) -> bool:
        """Whether hints are on the screen: the next letters are theirs."""
        return bool(self._hints)

    def hide_hints(self) -> None:
        if self._hints:
            self._hints, self._panel = {}, ()
            self.forget()

    def hint_key(self, key: str) -> bool:
        """A key while hints are shown; whether it was taken. A capital letter at the end copies the address instead.

        A key that is no label's ends the hints, and does what it always does if it was the first.
        """
        if not self._hints:
            return False
        self._typed += key.lower() if len(key) == 1 else key
        if (link := self._hints.get(self._typed)) is not None:
            self.post_message(LinkCopied(link.href) if key.isupper() else LinkOpened(link.href))
            self.hide_hints()
        elif any(label.startswith(self._typed) for label in self._hints):
            self._lay_panel()
            self.forget()
        else:
            self.hide_hints()
            return len(self._typed) > len(key) or key == "escape"
        return True

    def on_key(self, event: events.Key) -> None:
        if self.hint_key(event.key):
            event.stop()
            event.prevent_default()

    # The addresses, over those rows that have fewer links.
    def _lay_panel(self) -> None:
        width = self.doc.frame.thread if self.doc else self.size.width
        fitting = [(label, link) for label, link in self._hints.items() if label.startswith(self._typed)]
        # Of "good.example@evil.example" the first might be all that one sees.
        shown = [(label, without_login(link.href)) for label, link in fitting]
        panel = hint_panel(shown, width, max(2, self.rows // 3))
        left = self.doc.frame.left + GUTTER if self.doc else 0
        self._panel = tuple(shifted(line, left) for line in panel)
        rows = [link.row - self.top for link in self._hints.values()]
        above = sum(row < len(panel) for row in rows)
        below = sum(row >= self.rows - len(panel) for row in rows)
        self._panel_top = 0 if above < below else self.rows - len(panel)

    def overlay(self, y: int) -> Line | None:
        if self._panel and 0 <= (at := y - self._panel_top) < len(self._panel):
            return self._panel[at]
        return super().overlay(y)

    def line_at(self, line: int) -> Line | None:
        shown = super().line_at(line)
        if shown is not None and self._hints:
            here = [
                (link, label)
                for label, link in self._hints.items()
                if link.row == line and label.startswith(self._typed)
            ]
            shown = with_hints(shown, here, self.columns)
        return shown


def hint_panel(links: Sequence[tuple[str, str]], width: int, most: int) -> list[Line]:
    """`[a] address` rows under a rule, in two columns when they are many; those that do not fit are counted."""
    columns = 2 if len(links) > most - 1 and width >= TWO_COLUMNS else 1
    rows = min(most - 1, -(-len(links) // columns))
    fit = rows * columns
    more = f"{len(links) - fit} more · " if len(links) > fit else ""
    words = f"── {more}capitals copy · esc "
    lines = [LineBuilder().add(cell_fit(words + "─" * max(0, width - cell_len(words)), width), "rule").line()]
    each = width // columns - (columns - 1)
    for row in range(rows):
        build = LineBuilder()
        for label, address in links[row:fit:rows]:
            build.add(" " * max(0, each + 2 - build.length) if build.length else "")
            build.add(f"[{label}]", "hint").add(" ").add(cell_fit(address, each - len(label) - 3), "address")
        lines.append(build.line())
    return lines


def hint_labels(count: int) -> list[str]:
    """Labels all of one length, so that none begins another: one letter, or more when that is not enough."""
    length = 1
    while len(LETTERS) ** length < count:
        length += 1
    return ["".join(letters) for letters in islice(product(LETTERS, repeat=length), count)]


def with_hints(line: Line, links: Sequence[tuple[Link, str]], width: int) -> Line:
    """The line with `[label]` before each link. Where that would not fit, the links' own words give way: a label
    pushed out of the pane could not be typed."""
    over = cell_len(line.text) + sum(len(label) + 2 for _, label in links) - width
    for link, label in sorted(links, reverse=True):
        cut = max(0, min(over, link.end - link.start - 1))
        over -= cut
        line = with_hint(line, link.start, link.end, label, cut)
    return line


def with_hint(line: Line, at: int, end: int, label: str, cut: int = 0) -> Line:
    """The line with `[label]` before the link `at`..`end`, which loses its last `cut` letters."""
    mark = f"[{label}]"

    def moved(offset: int) -> int:
        if offset < at:
            return offset
        return len(mark) + (offset - cut if offset >= end else min(offset, end - cut))

    runs = tuple(
        run._replace(start=moved(run.start), end=run.end if run.end <= at else moved(run.end)) for run in line.runs
    )
    text = line.text[:at] + mark + line.text[at : end - cut] + line.text[end:]
    return Line(text, (*runs, Run(at, at + len(mark), "hint")), line.lead, line.fill)
