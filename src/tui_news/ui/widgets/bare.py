"""Painting without what we do not use: Textual asks each row of each widget for borders, padding, hatches, tints and
titles anew, and a frame's panes and scrollbars have as many rows as the screen."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.color import Color
from textual.containers import Vertical
from textual.filter import LineFilter
from textual.geometry import Region
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip
from textual.widget import Widget

EDGES = ("hatch", "tint", "text_opacity", "outline_top", "outline_right", "outline_bottom", "outline_left")


def is_bare(widget: Widget) -> bool:
    """Whether the widget is its rows and nothing else."""
    styles = widget.styles
    return not styles.gutter and widget.opacity == 1.0 and not any(map(styles.has_rule, EDGES))


def rows_of(widget: Widget, crop: Region) -> list[Strip]:
    """The rows of a bare widget as Textual's `render_lines` gives them."""
    background, filters = widget.background_colors[1], widget.get_line_filters()
    found = [filtered(widget.render_line(y), background, filters) for y in crop.line_range]
    return found if crop.column_span == (0, widget.size.width) else [row.crop(*crop.column_span) for row in found]


def filtered(row: Strip, background: Color, filters: Sequence[LineFilter]) -> Strip:
    for one in filters:
        row = row.apply_filter(one, background)
    return row


class Pane(Vertical):
    """A pane of the frame: a rule at its left and nothing that shows, so all its rows are one."""

    def render_lines(self, crop: Region) -> list[Strip]:
        if not crop.height or self.styles.gutter.height:
            return super().render_lines(crop)
        return super().render_lines(Region(crop.x, 0, crop.width, 1)) * crop.height


class Paned(Screen[None], inherit_bindings=False):
    """A screen of panes: of what has the focus within, only a pane's own rule shows it."""

    def _update_focus_styles(self, focused: Widget | None = None, blurred: Widget | None = None) -> None:
        """Textual reckons all that is inside anew; who has the focus itself says so to its own styles."""
        holders = {one.parent for one in (focused, blurred) if one is not None and isinstance(one.parent, Pane)}
        if holders:
            self.app.stylesheet.update_nodes(holders, animate=True)


class Bar(ScrollBar):
    """An upright scrollbar, whose rows are five different ones at most."""

    def render_lines(self, crop: Region) -> list[Strip]:
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or crop.column_span != (0, self.size.width) or not is_bare(self):
            return super().render_lines(crop)
        style, height = self.app.console.get_style(bar.style), self.size.height
        if style.color is None or style.bgcolor is None:
            return super().render_lines(crop)
        place = (height, bar.virtual_size, bar.window_size, bar.position, bar.thickness)
        cells = bar.render_bar(*place, back_color=style.bgcolor, bar_color=style.color).segments
        drawn = {number: self._drawn(cell) for number, cell in {id(cell): cell for cell in cells}.items()}
        return [drawn[id(cell)] for cell in cells[crop.y : crop.bottom]]

    def _drawn(self, cell: Segment) -> Strip:
        strip = Strip(list(Segment.apply_style([cell], self.visual_style.rich_style)), self.size.width)
        return filtered(strip, self.background_colors[1], self.get_line_filters())
