"""The stories: two lines each, `●` and bold while unread; what is known of a story stands under its title."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from typing import ClassVar, NamedTuple

from tui_news.models import StoryRow
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import ago
from tui_news.text.query.words import fold
from tui_news.ui.messages import MoreNeeded, RowChosen, RowHighlighted
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.rows_view import RowsView

NEAR_END = 60  # rows before the end at which the next page is fetched
HELD = 2000  # rows that are held; those farthest from the cursor go, and come again when it nears them


class Stretch(NamedTuple):
    """begins: the first row is the list's first; complete: the last is its last. at: where what it was made for is, or
    would be."""

    rows: tuple[StoryRow, ...]
    begins: bool
    complete: bool
    at: int = 0


class StoryList(RowsView):
    """Holds a stretch of the list's rows, in its order. The screen loads pages and changes rows; this draws and moves.

    begins: the first row held is the list's first; complete: the last held is its last."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--dot", "line--unread", "line--read", "line--new"}
    DEFAULT_CSS = """
    StoryList {
        & > .line--dot { color: $primary; }
        & > .line--unread { color: $foreground; text-style: bold; }
        & > .line--read { color: $text-muted; }
        & > .line--new { color: $secondary; text-style: bold; }
    }
    """
    TALL = 2

    stories: tuple[StoryRow, ...] = ()
    now = 0
    begins = complete = True
    selected: frozenset[int] = frozenset()
    light: re.Pattern[str] | None = None  # what a filter looks for, in folded text
    touched = False  # before the reader moved, new stories may take the top of the list

    @property
    def count(self) -> int:
        return len(self.stories)

    @property
    def current(self) -> StoryRow | None:
        return self.stories[self.cursor] if self.stories else None

    def show(self, held: Stretch, now: int, *, stay: bool = False) -> None:
        """Show these rows. `stay`: the cursor keeps its story (or its place, if the story is gone) and screen line."""
        stay = stay and self.touched
        before, place = self.current, self.place()
        self.stories, self.begins, self.complete, at = held
        self.now, self.touched = now, stay
        found = self.index_of(before.id) if stay and before else None
        cursor = found if found is not None else (at if stay else 0)
        self.rebuilt(cursor, place if stay and before else 0)
        self.call_after_refresh(self.cursor_moved)

    def go(self, index: int) -> bool:
        self.touched = True
        return super().go(index)

    def extend(self, rows: Sequence[StoryRow], complete: bool) -> None:
        place, held = self.place(), (*self.stories, *rows)
        gone = 0 if self.selected else max(0, min(len(held) - HELD, self.cursor - HELD // 2))
        self.stories, self.complete, self.begins = held[gone:], complete, self.begins and not gone
        self.rebuilt(self.cursor - gone, place)

    def extend_above(self, rows: Sequence[StoryRow], begins: bool) -> None:
        place, held, cursor = self.place(), (*rows, *self.stories), self.cursor + len(rows)
        stay = len(held) if self.selected else max(HELD, cursor + HELD // 2)
        self.stories, self.begins, self.complete = held[:stay], begins, self.complete and stay >= len(held)
        self.rebuilt(cursor, place)

    def index_of(self, story_id: int) -> int | None:
        return next((index for index, row in enumerate(self.stories) if row.id == story_id), None)

    def select(self, story_id: int) -> bool:
        """Put the cursor on a story, if it is loaded."""
        index = self.index_of(story_id)
        if index is not None:
            self.go(index)
        return index is not None

    def put(self, fresh: Mapping[int, StoryRow]) -> None:
        """Replace some rows by their fresh state; nothing else moves or is repainted."""
        rows = list(self.stories)
        for index, row in enumerate(rows):
            new = fresh.get(row.id)
            if new is not None and new != row:
                rows[index] = new
                self.refresh_item(index)
        self.stories = tuple(rows)

    def cursor_moved(self) -> None:
        if not self.is_mounted:
            return
        if self.current is not None:
            self.post_message(RowHighlighted(self.current))
        if not self.complete and self.cursor >= self.count - NEAR_END:
            self.post_message(MoreNeeded())
        if not self.begins and self.cursor < NEAR_END:
            self.post_message(MoreNeeded(above=True))

    def row_clicked(self) -> None:
        if self.current is not None:
            self.post_message(RowChosen(self.current))

    # selecting
    def toggle_selected(self) -> None:
        """Select the cursor's story or let it go, and move on."""
        if self.current is not None:
            self.selected ^= {self.current.id}
            self.refresh_item(self.cursor)
            self.move(1)

    def select_none(self) -> None:
        if self.selected:
            self.selected = frozenset()
            self.forget()

    def item(self, index: int) -> Hashable:
        row = self.stories[index]
        return row, ago(row.sort, self.now), row.id in self.selected, self.light

    def set_density(self, density: str) -> None:
        """roomy: two lines a story; compact: one."""
        tall = 1 if density == "compact" else 2
        if tall != self.TALL:
            place = self.place() // self.TALL if self.is_mounted else 0
            self.TALL = tall
            if self.is_mounted:
                self.forget()
                self.rebuilt(self.cursor, place * tall)

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        row = self.stories[index]
        if self.TALL == 1:
            self._only_line(line, row, width)
        elif part == 0:
            self._title(line, row, width)
        else:
            line.add("■ " if row.id in self.selected else "  ", "dot")
            self._about(line, row, width)

    def _only_line(self, line: LineBuilder, row: StoryRow, width: int) -> None:
        """ "● Title …  ★ Feed · 12 · 2h ": what the second line says otherwise, as far as there is room."""
        number = row.comments if row.comments is not None else row.comments_hint
        new = f"+{row.comments_new} " if row.comments_new else ""
        end = f"{'★ ' if row.starred else ''}{'✓ ' if row.offline else ''}"
        end += f"{number}c " if number else ""
        age = f"{ago(row.sort, self.now):>3} "
        feed = cell_fit(row.feed, width // 4) + " " if width >= 50 else ""
        room = max(1, width - 3 - cell_len(feed + end + new + age))
        title = cell_fit(row.title or "(no title)", room)
        mark = "■" if row.id in self.selected else (" " if row.read else "●")
        line.add(mark, "dot").add(" ").add(title, "read" if row.read else "unread")
        line.add(" " * (room + 1 - cell_len(title))).add(feed, "rest").add(end, "rest").add(new, "new").add(age, "rest")

    def _title(self, line: LineBuilder, row: StoryRow, width: int) -> None:
        star = "★ " if row.starred else ""
        age = f"{ago(row.sort, self.now)} "
        room = max(1, width - 3 - cell_len(star + age))
        title = cell_fit(row.title or "(no title)", room)
        line.add(" " if row.read else "●", "dot").add(" ")
        lit(line, title, "read" if row.read else "unread", self.light)
        line.add(" " * (room + 1 - cell_len(title))).add(star, "dot").add(age, "rest")

    def _about(self, line: LineBuilder, row: StoryRow, width: int) -> None:
        about, new = about_parts(row)
        room = max(1, width - 2)
        end = "offline ✓ " if row.offline else ""
        source = " + ".join((row.feed, *row.also)) + (f" · hidden by: {row.hidden_by}" if row.hidden_by else "")
        if cell_len(source + about + new + end) + 2 > room:
            end = "✓ " if row.offline else ""
        feed = cell_fit(source, max(6, room - cell_len(about + new + end) - 1))
        gap = " " * max(0, room - cell_len(feed + about + new + end))
        line.add(feed + about, "rest").add(new, "new").add(gap).add(end, "rest")


def lit(line: LineBuilder, text: str, look: str, light: re.Pattern[str] | None) -> None:
    """Add the text, what the pattern finds in it lit."""
    at = 0
    for match in light.finditer(fold(text)) if light is not None else ():
        if match.start() >= at and match.end() > match.start():
            line.add(text[at : match.start()], look).add(text[match.start() : match.end()], "match")
            at = match.end()
    line.add(text[at:], look)


def about_parts(row: StoryRow) -> tuple[str, str]:
    """(" · ❝5 · 12 comments", " · +3 new"): `~` before a number that only the feed claims."""
    quotes = f" · ❝{row.quotes}" if row.quotes else ""
    number = row.comments if row.comments is not None else row.comments_hint
    if not number:
        return quotes, ""
    about = "" if row.comments is not None else "~"
    noun = "comment" if number == 1 else "comments"
    return f"{quotes} · {about}{number:,} {noun}", f" · +{row.comments_new:,} new" if row.comments_new else ""
