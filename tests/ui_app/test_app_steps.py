"""A step from the list to a story and back paints and reckons what is another, and nothing else."""

from __future__ import annotations

import pytest
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.rows_view import RowsView
from ui_app.appkit import Running, running


async def to_and_fro(run: Running) -> None:
    for key in ("enter", "escape"):
        await run.pilot.press(key)
        await run.pilot.pause()


async def test_the_list_paints_its_cursor_only_and_no_look_is_reckoned_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(size=(120, 40)) as run:
        run.reader._furnish()  # else it may come between, a second after the first paint: dialogs' rules change all looks
        await run.pilot.pause()
        for _ in range(2):
            await to_and_fro(run)
        drawn: list[int] = []
        reckoned: list[DOMNode] = []
        draw, apply = LineView._draw, Stylesheet.apply
        monkeypatch.setattr(
            LineView,
            "_draw",
            lambda view, number, *rest: (
                drawn.append(number) if view.id == "list" else None,
                draw(view, number, *rest),
            )[1],
        )
        monkeypatch.setattr(
            Stylesheet, "apply", lambda sheet, node, **more: (reckoned.append(node), apply(sheet, node, **more))[1]
        )
        painted: list[str] = []
        render = RowsView.render_line
        monkeypatch.setattr(
            RowsView, "render_line", lambda view, y: (painted.append(view.id or ""), render(view, y))[1], raising=False
        )
        await to_and_fro(run)
        assert not drawn  # what stands there was drawn before, with the focus and without it
        assert painted.count("list") <= 4 * run.reader.story_list.TALL
        assert len(reckoned) <= 24
        assert not [node for node in reckoned if node is run.reader]


@pytest.mark.parametrize("narrow", [60, 80])
async def test_what_one_is_in_is_shown_at_every_width(narrow: int) -> None:
    async with running(size=(120, 40)) as run:
        reader = run.reader
        await run.pilot.press("enter")
        await run.pilot.pause()
        for size, shown in (
            ((narrow, 24), {"story-pane"}),
            ((120, 40), {"list-pane", "story-pane"}),
            ((200, 50), {"feeds", "list-pane", "story-pane"}),
            ((narrow, 24), {"story-pane"}),
        ):
            await run.pilot.resize_terminal(*size)
            await run.pilot.pause()
            panes = {name for name in ("feeds", "list-pane", "story-pane") if reader.query_one(f"#{name}").display}
            assert panes == shown, size
        for pane, shown in (("feeds", {"feeds"}), ("list", {"list-pane"})):
            await run.do(f"pane.{pane}")
            assert {
                name for name in ("feeds", "list-pane", "story-pane") if reader.query_one(f"#{name}").display
            } == shown
        await run.pilot.resize_terminal(120, 40)
        await run.pilot.pause()
        await run.do("pane.feeds")
        assert reader.query_one("#feeds").display
        assert not reader.query_one("#story-pane").display


async def test_a_list_knows_whether_it_has_the_focus() -> None:
    async with running(size=(120, 40)) as run:
        listed = run.reader.story_list
        assert listed.has_focus
        assert "▌" in run.text()
        await run.pilot.press("enter")
        await run.pilot.pause()
        assert not listed.has_focus
        assert "▏" in run.text()
        assert run.reader.query_one("#story-pane").has_pseudo_class("focus-within")
        await run.pilot.press("escape")
        await run.pilot.pause()
        assert listed.has_focus
        assert "▌" in run.text()
