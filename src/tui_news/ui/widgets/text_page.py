"""A page of ready lines to scroll: the keys, the health of the feeds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.events import Resize

from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.lines import Line


class TextPage(LineView):
    """make: the lines for a width in cells, which the scrollbar does not cover."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--head", "line--key", "line--rest", "line--bad"}
    DEFAULT_CSS = """
    TextPage {
        & > .line--head { color: $primary; text-style: bold; }
        & > .line--key { color: $primary; }
        & > .line--rest { color: $text-muted; }
        & > .line--bad { color: $text-error; }
    }
    """

    def __init__(self, make: Callable[[int], Sequence[Line]]) -> None:
        super().__init__()
        self.make = make
        self.lines: tuple[Line, ...] = ()

    def on_resize(self, event: Resize) -> None:
        self.lines = tuple(self.make(self.columns))
        self.set_line_count(len(self.lines))

    def line_at(self, line: int) -> Line | None:
        return self.lines[line] if 0 <= line < len(self.lines) else None

    def row_look(self, line: int) -> str:
        return ""

    def move(self, rows: int) -> None:
        self.scroll_row(max(0, self.top + rows))

    def page_rows(self, direction: int, part: float = 1.0) -> None:
        self.move(direction * max(1, int(self.rows * part) - 1))

    def go(self, index: int) -> None:
        self.scroll_row(max(0, index))
