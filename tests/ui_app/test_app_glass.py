"""What is written to the terminal is little, and leaves on it what Textual's own frames would."""

from __future__ import annotations

import re
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, LayoutUpdate
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from tui_news.ui.app import TuinewsApp
from tui_news.ui.glass import Glass
from ui_app.appkit import Running, furnish, running
from ui_app.fakedesk import sample_desk

WALK = ("j", "j", "pagedown", "k", "G", "g", "enter", "j", "space", "c", "j", "j", "k", "c", '"', "j", "escape", "escape",
        "tab", "1", "j", "j", "1", "enter", "z", "j", "z", "n", "escape", "2", "j", "?", "escape", "/", "escape", "f1",
        "escape", "s", "enter", "escape")  # fmt: skip
WIDTH = 24
STYLES = [
    Style(),
    Style(bold=True),
    Style(color="#ff0000"),
    Style(color="#00ff00", bgcolor="#0000ff", italic=True),
    Style(bgcolor="#0000ff", underline=True),
    Style(reverse=True, link="https://quay.example/"),
]
TEXTS = ["a", "the boats", "   ", " ", "“said”", "│ ", "é", "日本", "e\u0301", "\u0301", "x y z "]
parts = st.lists(st.tuples(st.sampled_from(TEXTS), st.sampled_from(STYLES)), max_size=6)
whole = parts.filter(lambda some: not any(text == "\u0301" for text, _ in some))  # on a blank, it has the blank's look


class Shown:
    """A terminal that is written to."""

    def __init__(self, columns: int, rows: int) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self.screen)

    def write(self, text: str) -> None:
        self._stream.feed(text)

    def cells(self) -> list[list[tuple[Any, ...]]]:
        """Each cell and how it looks; of a blank, what of that shows."""
        screen = self.screen
        return [[_seen(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def _seen(cell: Any) -> tuple[Any, ...]:
    if cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough):
        return " ", cell.bg
    return tuple(cell)


def strip(some: list[tuple[str, Style]]) -> Strip:
    return Strip([Segment(text, style) for text, style in some]).adjust_cell_length(WIDTH, Style())


@given(st.lists(parts, min_size=1, max_size=5))
def test_a_row_written_over_another_is_that_row(rows: list[list[tuple[str, Style]]]) -> None:
    glass, ours = Glass(), Shown(WIDTH, 1)
    for some in rows:
        theirs, row = Shown(WIDTH, 1), strip(some)
        update = ChopsUpdate([{0: row}], [(0, 0, WIDTH)], [[WIDTH]])
        ours.write(glass.spell(update, ColorSystem.TRUECOLOR))
        theirs.write(Glass().spell(update, ColorSystem.TRUECOLOR))
        assert ours.cells() == theirs.cells()
        assert glass.spell(update, ColorSystem.TRUECOLOR) == ""


@given(whole)
def test_a_row_looks_as_textual_writes_it(some: list[tuple[str, Style]]) -> None:
    ours, theirs, row = Shown(WIDTH, 1), Shown(WIDTH, 1), strip(some)
    ours.write(Glass().spell(LayoutUpdate([[row]], Region(0, 0, WIDTH, 1)), ColorSystem.TRUECOLOR))
    theirs.write("".join(Strip.render_style(style or Style(), text, ColorSystem.TRUECOLOR) for text, style, _ in row))
    assert ours.cells() == theirs.cells()


def written(old: str, new: str) -> str:
    glass = Glass()
    for text in (old, new):
        row = Strip(Segment(word) for word in re.split("( )", text))
        told = glass.spell(ChopsUpdate([{0: row}], [(0, 0, 9)], [[row.cell_length]]), ColorSystem.TRUECOLOR)
    return told


def test_of_a_row_is_written_what_is_another() -> None:
    assert written("comment 3/30 · 45%", "comment 4/30 · 45%") == "\x1b[1;9H4"
    assert written("●the boats", " the boats") == "\x1b[1;1H "


def test_behind_what_terminals_give_different_widths_all_is_written() -> None:
    assert written("⚓\ufe0f one", "⚓\ufe0f two") == "\x1b[1;1H⚓\ufe0f two"
    assert written("one ⚓\ufe0f", "two ⚓\ufe0f") == "\x1b[1;1Htwo"
    assert written("a ⚓\ufe0f b", "a ⛵\ufe0f b") == "\x1b[1;1H" + "a ⛵\ufe0f b"
    assert written("cafe", "cafe\u0301") == "\x1b[1;1Hcafe\u0301"


class Watched:
    """The app's frames go to a terminal, as they do where there is one."""

    def __init__(self, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch) -> None:
        self.shown, self.bytes = Shown(*size), 0
        display = TuinewsApp._display

        def displayed(app: TuinewsApp, screen: Screen[Any], update: Any) -> None:
            display(app, screen, update)
            if app.curtain == "up" and (written := app.glass.through(update)) is not None:
                text = written.render_segments(app.console)  # type: ignore[union-attr]
                self.bytes += len(text.encode())
                self.shown.write(text)

        monkeypatch.setattr(TuinewsApp, "_display", displayed)

    def compare(self, run: Running, what: object) -> None:
        """With the whole screen as Textual would write it."""
        whole, screen = Shown(self.shown.screen.columns, self.shown.screen.lines), run.app.screen
        rows = Compositor._render_chops(screen._compositor, screen.size.region, lambda y: True)
        update = LayoutUpdate([row.values() for row in rows], screen.size.region)
        whole.write(update.render_segments(run.app.console))
        assert self.shown.cells() == whole.cells(), what


@pytest.mark.parametrize("size", [(80, 16), (100, 16), (190, 16)])
async def test_after_each_key_the_terminal_shows_the_screen(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(size, monkeypatch)
    async with running(sample_desk(), size=size) as run:
        for key in WALK:
            await run.pilot.press(key)
            while run.reader.panes.step is not None:
                await run.pilot.pause()
            await run.pilot.pause()
            watched.compare(run, key)


async def test_what_another_program_wrote_is_gone_with_the_key_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    watched = Watched((80, 16), monkeypatch)
    async with running(sample_desk(), size=(80, 16)) as run:
        await run.pilot.press("j")
        await run.pilot.pause()
        watched.shown.write("\x1b[5;1HBroadcast message from root\r\nThe system is going down")
        await run.do("app.redraw")
        await run.pilot.pause()
        watched.compare(run, "redraw")
        before = watched.bytes
        run.reader.story_list.refresh()
        run.reader.status.refresh()
        await run.pilot.pause()
        assert watched.bytes == before  # it is all there


@pytest.mark.parametrize(("pane", "there"), [("list", ()), ("thread", ("enter", "c"))])
async def test_a_key_that_scrolls_nothing_writes_little_wherever(
    pane: str, there: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched((200, 60), monkeypatch)
    async with running(sample_desk(), size=(200, 60)) as run:
        furnish(run)
        for key in there:
            await run.pilot.press(key)
            while run.reader.panes.step is not None:
                await run.pilot.pause()
        await run.pilot.pause()
        before, top = watched.bytes, run.reader.story_view.top
        await run.pilot.press("j")
        await run.pilot.pause()
        assert run.reader.story_view.top == top
        assert 0 < watched.bytes - before <= 1000, pane
