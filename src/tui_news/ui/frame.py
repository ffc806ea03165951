"""The screen as text for a terminal, with places for what changes by itself: what `picture` keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import Console
from textual._compositor import LayoutUpdate
from textual.strip import Strip

from tui_news.picture import RS, US
from tui_news.text.ago import ago

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

LABEL = 30  # cells at the top right that say when the picture was taken, if it is not what the library says now
Cell = tuple[int, int, str]  # from, to, the field that stands there


def take(screen: ReaderScreen) -> str | None:
    """The screen as it is drawn now; None when an age on it cannot be found and would go stale."""
    update = screen._compositor.render_full_update(simplify=True)
    if not isinstance(update, LayoutUpdate):
        return None
    strips = [Strip.join(line) for line in update.strips]
    cells = _cells(screen, strips)
    if cells is None:
        return None
    console = screen.app.console
    lines = (_line(strip, cells.get(y, []), console) for y, strip in enumerate(strips))
    return "".join(f"\x1b[{y + 1};1H{line}" for y, line in enumerate(lines))


def _cells(screen: ReaderScreen, strips: list[Strip]) -> dict[int, list[Cell]] | None:
    width = screen.size.width
    room = min(LABEL, width // 2)
    words = strips[0].crop(width - room, width).text
    cells = {0: [(width - room, width, f"S{US}{room}{US}{words}")]}
    if not screen.story_list.region:
        return cells
    for y, end, then in _stories(screen):
        word = ago(then, screen.story_list.now)
        if not strips[y].crop(0, end).text.endswith(f" {word} "):
            return None
        start = end - 2 - len(word)  # with the space before it: "9h" may be "10h" by then
        cells.setdefault(y, []).append((start, end - 1, f"A{US}{then}{US}{end - 1 - start}"))
    return cells


def _stories(screen: ReaderScreen) -> Iterator[tuple[int, int, int]]:
    """(screen line, right edge, time) of each title line of the list that is on the screen."""
    listed = screen.story_list
    region = listed.content_region
    for index, row in enumerate(listed.stories):
        y = region.y + listed.item_rows(index)[0] - listed.top
        if y >= region.bottom:
            return
        if y >= region.y:
            yield y, region.right, row.sort


def _line(strip: Strip, cells: list[Cell], console: Console) -> str:
    at, out = 0, []
    for start, end, field in sorted(cells):
        out += [strip.crop(at, start).render(console), _field(strip.crop(start, end), field, console)]
        at = end
    return "".join((*out, strip.crop(at, strip.cell_length).render(console)))


def _field(strip: Strip, field: str, console: Console) -> str:
    """The field in the look of the last cell that it replaces."""
    look = list(strip)[-1]
    return Strip([type(look)("\0", look.style)]).render(console).replace("\0", f"{RS}{field}{RS}")
