"""The base of every reading widget: rows drawn on demand, no widget per row, so 100,000 rows cost as much as 40.

A subclass says what row `n` is (`line_at`), how many rows there are (`set_line_count`), and what else, besides the
row's number, its look depends on (`row_key`). The base draws, caches, selects, copies and scrolls.
"""

from __future__ import annotations

from collections.abc import Hashable
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.cache import LRUCache
from textual.css.styles import RenderStyles
from textual.dom import DOMNode
from textual.events import Blur, Focus
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.selection import Selection
from textual.strip import Strip
from textual.style import Style

from tui_news.ui.widgets.bare import Bar, Row, is_bare, rows_of, runs
from tui_news.ui.widgets.lines import Line, Run, stretches
from tui_news.ui.widgets.steady import Steady

STRIPS = 96  # drawn rows that are held, or two screens of them: 2–5 KB each, and there are several views
Key = tuple[
    int, int, Hashable, tuple[int, int] | None
]  # a row, its width, what else its look hangs on, what is selected
Strips = LRUCache[Key, Strip]
Inks = dict[tuple[tuple[str, str], tuple[tuple[str, str], ...]], RichStyle]
INKS = 500  # looks of stretches that are held; a link is part of one
SELECTED = "\0selected"


class Place(NamedTuple):
    """What all rows of a frame have in common: the first row on the screen, how wide they are, what is selected."""

    top: int
    width: int
    selection: Selection | None


class LineView(Steady, ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of `Line`s. `cursor` is an item (one row unless `item_rows` says otherwise).

    A run's look `NAME` is the component class `line--NAME`: name it in COMPONENT_CLASSES and style it in CSS with
    theme variables. A class that sets no background (or colour) leaves that of the row beneath as it is. Keys are the
    screen's business: nothing is bound here.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "line--cursor", "line--muted", "line--strong", "line--accent", "line--error", "line--link", "line--match",
        "line--match-current",
    }  # fmt: skip

    DEFAULT_CSS = """
    LineView {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        background: $background;
        & > .line--cursor { background: $surface; }
        &:focus > .line--cursor { background: $panel; }
        & > .line--muted { color: $text-muted; }
        & > .line--strong { text-style: bold; }
        & > .line--accent { color: $text-accent; }
        & > .line--error { color: $text-error; }
        & > .line--link { text-style: underline; }
        & > .line--match { background: $warning-muted; text-style: underline; }
        & > .line--match-current { text-style: bold reverse; }
    }
    """

    FOCUS_LOOKS: ClassVar[set[str]] = {"line--cursor"}  # that only rows have which `refresh_focus` paints

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._strips: Strips = LRUCache(STRIPS)
        self._looks: dict[str, Style] = {}
        self._inks: Inks = {}
        self._used: set[str] = set()  # the component classes that were drawn with
        self._drawn: tuple[object, object] | None = None  # what the rows' looks hang on, as it was when they were drawn
        self._before: tuple[object, Strips, dict[str, Style], Inks] | None = None  # and before that
        self._painted: dict[int, Key] = {}  # by row of the screen
        self._line_count = 0

    # What a subclass says.
    def line_at(self, line: int) -> Line | None:
        """Row `line` (from 0); None past the end."""
        raise NotImplementedError

    def row_key(self, line: int) -> Hashable:
        """What else the row's look hangs on. A row is drawn again when this changes and it is refreshed."""
        return self.is_cursor_row(line)

    def row_look(self, line: int) -> str:
        """The look under the whole row ("" = the widget's own)."""
        return "cursor" if self.is_cursor_row(line) else ""

    def item_rows(self, item: int) -> tuple[int, int]:
        """An item's first row, and how many rows it has."""
        return item, 1

    def is_cursor_row(self, line: int) -> bool:
        first, count = self.item_rows(self.cursor)
        return first <= line < first + count

    # What a subclass calls.
    @property
    def line_count(self) -> int:
        return self._line_count

    def set_line_count(self, count: int, since: int = 0) -> None:
        """The rows from `since` on changed: how many there are now. Those are drawn again."""
        self._clear(since)
        self.recount(count)
        if since:
            self.refresh_lines(max(since, self.top), self.size.height)
        else:
            self.refresh()

    def recount(self, count: int) -> None:
        """How many rows there are. Textual's `virtual_size` has the whole screen laid out, and painted again; where our
        height is not that of the rows, only the scrollbar hangs on it, and asks for that when it comes or goes."""
        self._line_count, size = count, Size(1, count)
        if self.styles.auto_dimensions or not self.container_size:
            self.virtual_size = size
        else:
            self.set_reactive(LineView.virtual_size, size)
            self.call_later(lambda: self._scroll_update(self.virtual_size))  # when all has been said: place and rows

    def refresh_changed(self) -> None:
        """Paint the rows whose look hangs on something else than when they were painted."""
        if not (height := self.size.height):
            self.refresh()
            return
        at, painted = self._place(), self._painted
        for rows in runs([y for y in range(height) if painted.get(y) != self._key(y, at)]):
            self.refresh_lines(rows.start + at.top, len(rows))

    def forget(self) -> None:
        """The rows look different but are as many as before."""
        self._clear()
        self.refresh()

    def _clear(self, since: int = 0) -> None:
        for strips in (self._strips, *(() if self._before is None else (self._before[1],))):
            kept = [(key, strips[key]) for key in [*strips.keys()] if key[0] < since] if since else []
            strips.clear()
            for key, strip in kept:
                strips[key] = strip

    def refresh_item(self, item: int) -> None:
        """Repaint one item's rows only (850 bytes to the terminal instead of 12 KB)."""
        first, count = self.item_rows(item)
        self.refresh_lines(first, count)

    @property
    def top(self) -> int:
        """The first row on the screen."""
        return int(self.scroll_offset.y)

    @property
    def rows(self) -> int:
        """How many rows fit on the screen."""
        return max(1, self.container_size.height)

    @property
    def columns(self) -> int:
        """How many cells a row has that the scrollbar does not cover, whether it is there or not."""
        return self.scrollable_content_region.width if self.size.width else 0

    def scroll_row(self, line: int) -> None:
        """Put row `line` at the top of the screen, as far as there is text to do so; without animation."""
        self.scroll_to(y=line, animate=False, force=True)

    def reveal(self, first: int, count: int = 1, margin: int = 0) -> None:
        """Scroll as little as needed to show these rows (their beginning, when they are more than the screen)."""
        above, below = first - margin, first + count + margin
        if above < self.top or below - above > self.rows:
            self.scroll_row(above)
        elif below > self.top + self.rows:
            self.scroll_row(below - self.rows)

    def look(self, name: str) -> Style:
        """The style of the component class `line--NAME`, without the background or colour it does not set."""
        if (style := self._looks.get(name)) is None:
            style = self._looks[name] = self._read_look(f"line--{name}")
        return style

    def _read_look(self, name: str) -> Style:
        rules = self.get_component_styles(name)
        # Textual's own reading of component classes leaves "reverse" out.
        style = replace(self.get_visual_style(name), reverse=rules.text_style.reverse)
        if not rules.has_rule("background"):
            style = replace(style, background=None)
        if not (rules.has_rule("color") or rules.has_rule("auto_color")):
            style = replace(style, foreground=None)
        return style

    # Textual's side.
    def _reckonable(self) -> frozenset[str]:
        """Those in use: a story has sixty, and reckoning them was half of a start."""
        return frozenset(self._used)

    def get_component_styles(self, *names: str) -> RenderStyles:
        for name in names:
            if name not in self._component_styles and name in super()._reckonable():
                node = DOMNode(classes=name)
                node._attach(self)
                self.app.stylesheet.apply(node)
                self._component_styles[name] = node.styles
                self._used.add(name)
        return super().get_component_styles(*names)

    def watch_cursor(self, old: int, new: int) -> None:
        self.refresh_item(old)
        self.refresh_item(new)

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)
        return self._vertical_scrollbar

    def _refresh_scrollbars(self) -> None:
        """A scrollbar that came stays, and is idle when all rows are in sight."""
        bar, (width, height) = self._vertical_scrollbar, self.container_size
        idle = self.virtual_size.height <= height
        if not (isinstance(bar, Bar) and self.show_vertical_scrollbar and width and height):
            super()._refresh_scrollbars()
        elif idle != bar.idle:
            if bar.rest(idle):
                self.refresh(Region(width - 1, 0, 1, height))
            else:
                super()._refresh_scrollbars()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._strips.grow(2 * self.size.height)
        return rows_of(self, crop, partial(self.row, at=self._place())) if is_bare(self) else super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """The row with each run's place in it, which whoever selects by the mouse is asked for. What is painted has
        none: no two runs would look the same, and each look would be written out anew."""
        strip = self.row(y)
        return strip if self.overlay(y) is not None else strip.apply_offsets(0, y + self.top)

    def overlay(self, y: int) -> Line | None:
        """What lies over the text in this row of the screen; a subclass says."""
        return None

    def row(self, y: int, at: Place | None = None) -> Strip:
        at = at or self._place()
        if (over := self.overlay(y)) is not None:
            self._painted.pop(y, None)
            return self.draw_line(over, at.width, "peek")
        key = self._painted[y] = self._key(y, at)
        if (strip := self._strips.get(key)) is None:
            strip = self._strips[key] = self._draw(key[0], key[1], key[3])
        return strip

    def _place(self) -> Place:
        return Place(self.top, self.size.width, self.text_selection)

    def _key(self, y: int, at: Place) -> Key:
        line = y + at.top
        span = at.selection.get_span(line) if at.selection else None
        return line, at.width, self.row_key(line), span

    def _draw(self, number: int, width: int, span: tuple[int, int] | None) -> Strip:
        line = self.line_at(number)
        if line is None:
            return Strip.blank(width, self.visual_style.rich_style)
        return self.draw_line(line, width, self.row_look(number), span)

    def draw_line(self, line: Line, width: int, look: str = "", span: tuple[int, int] | None = None) -> Strip:
        """A line as a strip of `width` cells, `look` under it, `span` of it selected (end -1: to its end)."""
        under = (look, line.fill)
        if span is not None:
            start, end = span
            run = Run(start, len(line.text) if end == -1 else min(end, len(line.text)), SELECTED)
            line = replace(line, runs=(*line.runs, run))
        parts = [Segment(text, self._ink(under, over)) for text, over in stretches(line)]
        used = len(line.text) if line.text.isascii() else sum(part.cell_length for part in parts)
        if used < width:
            parts.append(Segment(" " * (width - used), self._ink(under)))
        return Row(parts, max(used, width)) if used <= width else Row(parts, used).adjust_cell_length(width)

    def _ink(self, under: tuple[str, str], over: tuple[tuple[str, str], ...] = ()) -> RichStyle | None:
        """How a stretch looks: `under` are looks of the whole row, `over` of the stretch, each with a link or ""."""
        if (ink := self._inks.get((under, over))) is None:
            style = sum((self.look(name) for name in under if name), start=self.visual_style)
            for name, href in over:
                style += self._run_style(name, href)
            if len(self._inks) > INKS:
                self._inks.clear()
            ink = self._inks[under, over] = style.rich_style
        return ink

    def _run_style(self, name: str, href: str) -> Style:
        if name == SELECTED:
            return self.screen.get_visual_style("screen--selection")
        style = self.look(name) if name else Style.null()
        return style + Style(link=href) if href else style

    # Only some rows say whether we have the focus. Textual's own handlers paint every row again, and tell
    # all that is around, where nobody listens.
    def on_focus(self, event: Focus) -> None:
        event.prevent_default()
        self.has_focus = True
        self.refresh_focus()

    def on_blur(self, event: Blur) -> None:
        event.prevent_default()
        self.has_focus = False
        self.refresh_focus()

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Our component classes may look otherwise with the focus, we do not: Textual would reckon us and our scrollbar
        anew."""
        if self.is_attached:
            self.app.stylesheet._process_component_classes(self)
            self.notify_style_update()

    def refresh_focus(self) -> None:
        """Paint the rows that look otherwise with the focus."""
        self.refresh()

    def restyled(self, names: AbstractSet[str]) -> None:
        if names <= self.FOCUS_LOOKS:
            self.refresh_focus()
        else:
            super().restyled(names)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        rules, state = self.app.stylesheet.rules, (self.classes, self._pseudo_classes_cache_key, self.visual_style)
        drawn, self._drawn = self._drawn, (rules, state)
        if drawn is not None and drawn[0] is rules and drawn[1] == state:
            return
        before = (drawn[1], self._strips, self._looks, self._inks) if drawn is not None and drawn[0] is rules else None
        if before is not None and self._before is not None and self._before[0] == state:
            _, self._strips, self._looks, self._inks = self._before  # the focus came back: as it was
        else:
            self._strips, self._looks, self._inks = LRUCache(STRIPS), {}, {}
        self._before = before

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text without margins, bars and marks, wrapped rows as one: what copying takes."""
        start, end = selection
        first = start.y if start else 0
        last = min(end.y if end else self.line_count - 1, self.line_count - 1)
        parts: list[str] = []
        for number in range(max(0, first), last + 1):
            if (line := self.line_at(number)) is not None:
                left = max(line.lead, start.x if start and number == start.y else 0)
                right = end.x if end and number == end.y else None
                parts += [line.text[left:right].rstrip(), line.joint]
        return "".join(parts[:-1]), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def text_select_all(self) -> None:
        """A double click selects nothing: a whole thread lit by accident helps nobody."""
