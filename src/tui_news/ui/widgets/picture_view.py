"""A picture in half blocks: two points a cell, each in its own colour; in letters where there are no colours."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui_news.models.pictures import Thumbnail

RAMP = " .:-=+*#%@"


def fitted_size(shown: Thumbnail, columns: int, rows: int) -> tuple[int, int]:
    """(cells wide, points high): as large as fits and no larger than the picture; a cell is two points high."""
    scale = min(columns / shown.width, rows * 2 / shown.height, 1.0)
    return max(1, round(shown.width * scale)), max(2, round(shown.height * scale / 2) * 2)


def scaled(shown: Thumbnail, width: int, height: int) -> list[list[tuple[int, int, int]]]:
    """The points at another size: each the mean of up to four of the picture's."""
    rgb, wide = shown.rgb, shown.width
    xs = [min(x * wide // width, wide - 1) for x in range(width + 1)]
    rows = []
    for y in range(height):
        top, low = y * shown.height // height, min((2 * y + 1) * shown.height // (2 * height), shown.height - 1)
        row = []
        for x in range(width):
            left, right = xs[x], (xs[x] + max(xs[x], xs[x + 1] - 1)) // 2
            points = [3 * (line * wide + column) for line in (top, low) for column in (left, right)]
            row.append(tuple(sum(rgb[point + part] for point in points) // 4 for part in range(3)))
        rows.append(row)
    return rows  # type: ignore[return-value]


def half_blocks(shown: Thumbnail, columns: int, rows: int) -> list[list[Segment]]:
    width, height = fitted_size(shown, columns, rows)
    points = scaled(shown, width, height)
    made = []
    for y in range(0, height, 2):
        made.append([
            Segment("▀", Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower)))
            for upper, lower in zip(points[y], points[y + 1], strict=True)
        ])  # fmt: skip
    return made


def letters(shown: Thumbnail, columns: int, rows: int) -> list[list[Segment]]:
    """Without colours: the lighter, the denser."""
    width, height = fitted_size(shown, columns, rows)
    points = scaled(shown, width, height)
    made = []
    for y in range(0, height, 2):
        light = [(sum(a) + sum(b)) // 6 for a, b in zip(points[y], points[y + 1], strict=True)]
        made.append([Segment("".join(RAMP[value * len(RAMP) // 256] for value in light))])
    return made


class PictureView(Widget):
    """One picture, in the middle."""

    DEFAULT_CSS = "PictureView { height: 1fr; width: 1fr; }"

    def __init__(self, plain: bool) -> None:
        super().__init__()
        self.plain, self.shown = plain, None
        self._made: tuple[object, list[list[Segment]]] = (None, [])

    shown: Thumbnail | None

    def show(self, shown: Thumbnail | None) -> None:
        self.shown = shown
        self.refresh()

    def _rows(self) -> list[list[Segment]]:
        key = (id(self.shown), self.size)
        if self._made[0] != key:
            make = letters if self.plain else half_blocks
            self._made = (key, make(self.shown, self.size.width, self.size.height) if self.shown else [])
        return self._made[1]

    def render_line(self, y: int) -> Strip:
        rows = self._rows()
        above = max(0, (self.size.height - len(rows)) // 2)
        if not above <= y < above + len(rows):
            return Strip.blank(self.size.width, self.rich_style)
        row = rows[y - above]
        length = sum(len(segment.text) for segment in row)
        left = Segment(" " * ((self.size.width - length) // 2), self.rich_style)
        return Strip([left, *row]).adjust_cell_length(self.size.width, self.rich_style)
