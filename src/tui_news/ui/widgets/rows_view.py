"""A list of equal rows with a cursor; where there are no rows, the next step stands instead."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from textual.events import Click, Resize
from textual.reactive import reactive

from tui_news.text.wrap import wrap
from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder

EMPTY_WIDTH = 56


class RowsView(LineView):
    """Subclasses say `count`, `draw` and `item`. Keys come from the screen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--mark", "line--rest"}
    DEFAULT_CSS = """
    RowsView {
        & > .line--mark { color: $foreground 40%; }
        & > .line--rest { color: $text-muted; }
        &:focus > .line--mark { color: $primary; }
    }
    """
    TALL = 1  # screen lines of a row
    FOCUS_LOOKS: ClassVar[set[str]] = {"line--cursor", "line--mark"}

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    empty = ""
    marked = False  # whether the cursor's row is marked as if we had the focus

    @property
    def count(self) -> int:
        raise NotImplementedError

    def item(self, index: int) -> Hashable:
        """What the row's look hangs on."""
        raise NotImplementedError

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        """Add screen line `part` of a row, at most `width` cells."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """The cursor is on another row now."""

    def row_clicked(self) -> None:
        """The row under the cursor was clicked."""

    # what the keys do
    def move(self, rows: int) -> bool:
        return self.go(self.cursor + rows)

    def go(self, index: int) -> bool:
        """Put the cursor on a row, within the list; whether it moved."""
        index = max(0, min(index, self.count - 1))
        moved = index != self.cursor
        self.cursor = index
        self.show_cursor()
        return moved

    def page_rows(self, direction: int, part: float = 1.0) -> bool:
        rows = int(self.rows / self.TALL * part)
        return self.move(direction * max(1, rows - 1 if part == 1.0 else rows))

    # keeping the screen still
    def place(self) -> int:
        """On which screen line the cursor's row begins."""
        return self.cursor * self.TALL - self.top

    def rebuilt(self, cursor: int, place: int | None = None) -> None:
        """The rows are others now: set the cursor, on the same screen line if `place` says which."""
        self.set_reactive(RowsView.cursor, max(0, min(cursor, self.count - 1)))
        self.recount(self.count * self.TALL)
        if place is not None:
            self.scroll_row(max(0, self.cursor * self.TALL - place))
        self.show_cursor()
        self.refresh_changed()

    def show_cursor(self) -> None:
        if self.size.height:
            self.reveal(*self.item_rows(self.cursor))

    # LineView's side
    def item_rows(self, item: int) -> tuple[int, int]:
        return item * self.TALL, self.TALL

    def is_cursor_row(self, line: int) -> bool:
        return self.count > 0 and super().is_cursor_row(line)

    def row_key(self, line: int) -> Hashable:
        index = line // self.TALL
        if index >= self.count:
            return self.empty
        return self.item(index), self.is_cursor_row(line) and (1 + self.has_focus)

    def line_at(self, line: int) -> Line | None:
        width = self.size.width
        if not self.count:
            return self._empty_line(line, width)
        index, part = divmod(line, self.TALL)
        if index >= self.count:
            return None
        built = LineBuilder()
        if index == self.cursor:
            built.add("▌" if self.has_focus or self.marked else "▏", "mark")
        else:
            built.add(" ")
        self.draw(built, index, part, width - 1)
        return built.line(lead=1)

    def _empty_line(self, line: int, width: int) -> Line | None:
        places = wrap(self.empty, max(8, min(width - 4, EMPTY_WIDTH)))
        if not 0 < line <= len(places):
            return BLANK if line == 0 else None
        return LineBuilder().add("  ").add(self.empty[slice(*places[line - 1])], "rest").line(lead=2)

    # Textual's side
    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        self.cursor_moved()

    def on_resize(self, event: Resize) -> None:
        self.show_cursor()

    def refresh_focus(self) -> None:
        self.refresh_item(self.cursor)

    def on_click(self, event: Click) -> None:
        index = (event.y + self.top) // self.TALL
        if 0 <= index < self.count:
            self.go(index)
            self.row_clicked()
