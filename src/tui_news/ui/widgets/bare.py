"""Painting without what we do not use: Textual asks each row of each widget for borders, padding, hatches, tints and
titles anew, and a frame's panes and scrollbars have as many rows as the screen. For each frame it draws all rows of all
widgets, those in sight and those under them, and cuts them into pieces, of which a key's frame takes three rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple, Self

from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.cache import FIFOCache
from textual.color import Color
from textual.containers import Vertical
from textual.events import Hide
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region, Size
from textual.message import Message
from textual.messages import Update
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

EDGES = ("hatch", "tint", "text_opacity", "outline_top", "outline_right", "outline_bottom", "outline_left")


def is_bare(widget: Widget) -> bool:
    """Whether the widget is its rows and nothing else."""
    styles = widget.styles
    return not styles.gutter and widget.opacity == 1.0 and not any(map(styles.has_rule, EDGES))


def rows_of(widget: Widget, crop: Region, row: Callable[[int], Strip]) -> list[Strip]:
    """The rows of a bare widget as Textual's `render_lines` gives them."""
    background = widget.background_colors[1]
    # Our looks come from the CSS, whose colours are no terminal's own: nothing is to be made of those.
    filters = [one for one in widget.get_line_filters() if not isinstance(one, ANSIToTruecolor)]
    found = [filtered(row(y), background, filters) for y in crop.line_range]
    return found if crop.column_span == (0, widget.size.width) else [row.crop(*crop.column_span) for row in found]


def filtered(row: Strip, background: Color, filters: Sequence[LineFilter]) -> Strip:
    for one in filters:
        row = row.apply_filter(one, background)
    return row


class Row(Strip):
    """A drawn row. Textual makes seven caches for each strip, of which most rows use none: here at first use."""

    __slots__ = ("_clean",)

    def __init__(self, parts: list[Segment], length: int) -> None:
        self._segments, self._cell_length = parts, length
        self._render_cache = self._link_ids = self._cell_count = None
        self._clean: tuple[LineFilter, Color] | None = None  # the filter that has found nothing to do in it

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        if not name.endswith("_cache"):
            raise AttributeError(name)
        made = FIFOCache[Any, Any](4)
        object.__setattr__(self, name, made)
        return made

    def apply_filter(self, filter: LineFilter, background: Color) -> Strip:  # noqa: A002
        if self._clean == (filter, background):
            return self
        parts = filter.apply(self._segments, background)
        if parts is self._segments:
            self._clean = filter, background
            return self
        return Row(parts, self.cell_length)


class Lane(NamedTuple):
    """Columns `start`..`end` (exclusive) of some rows: the widget that is in front there, and where it lies."""

    start: int
    end: int
    widget: Widget
    region: Region


Lanes = list[list[Lane]]  # by row, from left to right
Wanted = dict[int, tuple[Lane, dict[int, None]]]  # which rows of each lane


class Sparing(Compositor):
    """Asks a widget for a row only if some of what it has in front there is to be painted."""

    _known: tuple[object, Lanes] = None, []

    @property
    def visible_widgets(self) -> dict[Widget, tuple[Region, Region]]:
        """All but the scrollbars that are idle."""
        if self._visible_widgets is None:
            places = super().visible_widgets.items()
            self._visible_widgets = {
                widget: place for widget, place in places if not (type(widget) is Bar and widget.idle)
            }
        return self._visible_widgets

    def look_again(self) -> None:
        """Other widgets are visible than before, where they were laid out."""
        self._visible_widgets = self._layers_visible = self._cuts = None

    @property
    def lanes(self) -> Lanes:
        """What is in front where; reckoned anew when something was laid out."""
        visible = self.visible_widgets
        if self._known[0] is not visible:
            self._known = visible, _lanes(self.size, visible)
        return self._known[1]

    def render_partial_update(self) -> ChopsUpdate | None:
        screen = self.size.region
        dirty = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(dirty))
        if not spans:
            return None
        lanes, wanted = self.lanes, Wanted()
        for y, left, right in spans:
            for lane in lanes[y]:
                if lane.start < right and lane.end > left:
                    wanted.setdefault(id(lane), (lane, {}))[1][y] = None
        chops, ends = self._pieces(wanted)
        return ChopsUpdate(chops, spans, ends)

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        wanted, lanes = Wanted(), self.lanes
        for y in crop.line_range:
            if y < len(lanes) and is_rendered_line(y):
                for lane in lanes[y]:
                    wanted.setdefault(id(lane), (lane, {}))[1][y] = None
        return self._pieces(wanted)[0]

    def _pieces(self, wanted: Wanted) -> tuple[list[dict[int, Strip]], list[list[int]]]:
        """All rows' pieces by where they begin, from left to right, and where they end; of a row that is not wanted
        there are none."""
        pieces: list[dict[int, Strip]] = [{} for _ in self.lanes]
        ends: list[list[int]] = [[] for _ in self.lanes]
        for lane, rows in sorted(wanted.values(), key=lambda one: one[0].start):
            for some in runs(sorted(rows)):
                for y, strip in zip(some, _drawn(lane, some), strict=False):
                    pieces[y][lane.start] = strip
                    ends[y].append(lane.end)
        return pieces, ends


def _lanes(size: Size, visible: Mapping[Widget, tuple[Region, Region]]) -> Lanes:
    """`visible`: where each widget lies and what of that is seen, the ones in front first."""
    seen = [(widget, region, region.intersection(clip)) for widget, (region, clip) in visible.items()]
    edges = sorted({0, size.height, *(y for _, _, part in seen for y in (part.y, part.bottom) if 0 < y < size.height)})
    lanes: Lanes = []
    for top, bottom in pairwise(edges):
        here = [one for one in seen if one[2].y <= top < one[2].bottom]
        lanes += [_across(size.width, here)] * (bottom - top)
    return lanes


def _across(width: int, here: Sequence[tuple[Widget, Region, Region]]) -> list[Lane]:
    free, found = [(0, width)], list[Lane]()
    for widget, region, seen in here:
        left = list[tuple[int, int]]()
        for start, end in free:
            first, last = max(start, seen.x), min(end, seen.right)
            if first >= last:
                left.append((start, end))
                continue
            found.append(Lane(first, last, widget, region))
            left += [(start, first)] * (start < first) + [(last, end)] * (last < end)
        free = left
    return sorted(found, key=lambda lane: lane.start)


def runs(rows: Sequence[int]) -> Iterator[range]:
    """Rows that follow one another, together."""
    start = 0
    for at, y in enumerate(rows, 1):
        if at == len(rows) or rows[at] != y + 1:
            yield range(rows[start], y + 1)
            start = at


def _drawn(lane: Lane, rows: range) -> list[Strip]:
    x, y = lane.region.offset
    return lane.widget.render_lines(Region(lane.start - x, rows.start - y, lane.end - lane.start, len(rows)))


class Pane(Vertical):
    """A pane of the frame: a rule at its left and nothing that shows, so all its rows are one."""

    _drawn: dict[object, list[Strip]] = {}  # noqa: RUF012 - with the focus in it and without; its own when there is one

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Of the whole pane that is its rule: what stands in it paints itself."""
        if not regions and self.size:
            regions = (Region(-self.gutter.left, 0, self.gutter.left, self.outer_size.height),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        if not crop.height or self.styles.gutter.height:
            return super().render_lines(crop)
        looks = (crop.column_span, self.styles.border_left, self.background_colors, self.visual_style, self.size.width,
                 *self.get_line_filters())  # fmt: skip
        if looks not in self._drawn:
            row = super().render_lines(Region(crop.x, 0, crop.width, 1))
            self._drawn = {**dict([*self._drawn.items()][-3:]), looks: row}
        return self._drawn[looks] * crop.height


class Paned(Screen[None], inherit_bindings=False):
    """A screen of panes: of what has the focus within, only a pane's own rule shows it."""

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._compositor = Sparing()

    def post_message(self, message: Message) -> bool:
        """Who is to be painted is noted at once: heard as a message, it would cost as much as a row."""
        if type(message) is Update and isinstance(message.widget, Widget) and self in self._compositor:
            self._dirty_widgets.add(message.widget)
            self.check_idle()
            return True
        return super().post_message(message)

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """Textual reckons all that is inside anew; who has the focus itself says so to its own styles."""
        parents = {one.parent for one in (focused, blurred) if one is not None}
        holders = [one for one in parents if isinstance(one, Pane) and one.styles.border_left[0]]
        if holders:
            self.app.stylesheet.update_nodes(holders, animate=True)


class Bar(ScrollBar):
    """An upright scrollbar, whose rows are five different ones at most.

    idle: laid out but not there, since all is in sight. If it came and went, each time the screen would be laid out."""

    _drawn_as: tuple[object, list[Strip]] = None, []
    idle = False

    def rest(self, idle: bool) -> bool:
        """Whether it can be so. What lies under it is to be painted by whoever has it."""
        compositor = self.screen._compositor
        if isinstance(compositor, Sparing) and idle != self.idle:
            if idle and self.grabbed:
                self.post_message(Hide())  # lets go of the mouse
            self.idle = idle
            compositor.look_again()
        return isinstance(compositor, Sparing)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        if self.idle and not layout:  # not there: Textual would look for it everywhere
            return self
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or crop.column_span != (0, self.size.width) or not is_bare(self):
            return super().render_lines(crop)
        style, height = self.app.console.get_style(bar.style), self.size.height
        if style.color is None or style.bgcolor is None:
            return super().render_lines(crop)
        place = (height, bar.virtual_size, bar.window_size, bar.position, bar.thickness)
        looks = (place, style, self.visual_style, self.background_colors[1], self.get_line_filters())
        if self._drawn_as[0] != looks:
            cells = bar.render_bar(*place, back_color=style.bgcolor, bar_color=style.color).segments
            drawn = {number: self._drawn(cell) for number, cell in {id(cell): cell for cell in cells}.items()}
            self._drawn_as = looks, [drawn[id(cell)] for cell in cells]
        return self._drawn_as[1][crop.y : crop.bottom]

    def _drawn(self, cell: Segment) -> Strip:
        strip = Strip(list(Segment.apply_style([cell], self.visual_style.rich_style)), self.size.width)
        return filtered(strip, self.background_colors[1], self.get_line_filters())
