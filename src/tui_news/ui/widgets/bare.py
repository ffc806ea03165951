"""Painting without what we do not use: Textual asks each row of each widget for borders, padding, hatches, tints and
titles anew, and a frame's panes and scrollbars have as many rows as the screen. For each frame it draws all rows of all
widgets, those in sight and those under them, and cuts them into pieces, of which a key's frame takes three rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Self

from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor
from textual.color import Color
from textual.containers import Vertical
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Region
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

Chops = dict[int, Strip | None]  # a row's pieces by where they begin: the widget in front says what each is
Wanted = dict[int, list[int]]  # by row, where the pieces begin that nobody has drawn yet
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


class Sparing(Compositor):
    """Asks a widget for a row only if a piece of that row is to be painted and nothing in front of it has drawn it."""

    def render_partial_update(self) -> ChopsUpdate | None:
        screen = self.size.region
        dirty = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(dirty))
        if not spans:
            return None
        cuts, wanted = self.cuts, Wanted()
        for y, left, right in spans:
            wanted.setdefault(y, []).extend(
                cut for cut, end in zip(cuts[y], cuts[y][1:], strict=False) if cut < right and end > left
            )
        return ChopsUpdate(self._pieces(wanted), spans, [row[1:] for row in cuts])

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        wanted = {y: row[:-1] for y, row in enumerate(self.cuts) if y in crop.line_range and is_rendered_line(y)}
        return self._pieces(wanted)  # type: ignore[return-value]  # all are drawn: the screen itself is behind them

    def _pieces(self, wanted: Wanted) -> list[Chops]:
        """All rows' pieces; those that are not wanted are None."""
        cuts = self.cuts
        chops: list[Chops] = [dict.fromkeys(row[:-1]) for row in cuts]
        for widget, (region, clip) in self.visible_widgets.items():
            seen = region.intersection(clip)
            for rows in _runs(seen, wanted):
                for y, strip in zip(rows, _drawn(widget, region, seen, rows), strict=False):
                    places = [cut for cut in cuts[y] if seen.x <= cut <= seen.right]
                    for cut, piece in zip(places, _divided(strip, places), strict=False):
                        if chops[y][cut] is None:
                            chops[y][cut] = piece
                    wanted[y] = [cut for cut in wanted[y] if not seen.x <= cut < seen.right]
        return chops


def _runs(seen: Region, wanted: Wanted) -> Iterator[range]:
    """Rows one after the other of which some piece within `seen` is wanted."""
    start = None
    for y in range(seen.y, seen.bottom + 1):
        needed = y < seen.bottom and any(seen.x <= cut < seen.right for cut in wanted.get(y, ()))
        if needed and start is None:
            start = y
        elif not needed and start is not None:
            yield range(start, y)
            start = None


def _drawn(widget: Widget, region: Region, seen: Region, rows: range) -> list[Strip]:
    return widget.render_lines(Region(seen.x - region.x, rows.start - region.y, seen.width, len(rows)))


def _divided(strip: Strip, places: list[int]) -> Sequence[Strip]:
    if len(places) == 2 and strip.cell_length == places[1] - places[0]:
        return (strip,)
    return strip.divide([cut - places[0] for cut in places[1:]])


class Pane(Vertical):
    """A pane of the frame: a rule at its left and nothing that shows, so all its rows are one."""

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Of the whole pane that is its rule: what stands in it paints itself."""
        if not regions and self.size:
            regions = (Region(-self.gutter.left, 0, self.gutter.left, self.outer_size.height),)
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        if not crop.height or self.styles.gutter.height:
            return super().render_lines(crop)
        return super().render_lines(Region(crop.x, 0, crop.width, 1)) * crop.height


class Paned(Screen[None], inherit_bindings=False):
    """A screen of panes: of what has the focus within, only a pane's own rule shows it."""

    def __init__(self, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._compositor = Sparing()

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """Textual reckons all that is inside anew; who has the focus itself says so to its own styles."""
        parents = {one.parent for one in (focused, blurred) if one is not None}
        holders = [one for one in parents if isinstance(one, Pane) and one.styles.border_left[0]]
        if holders:
            self.app.stylesheet.update_nodes(holders, animate=True)


class Bar(ScrollBar):
    """An upright scrollbar, whose rows are five different ones at most."""

    _drawn_as: tuple[object, list[Strip]] = None, []

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
