"""Looks are reckoned for what is drawn, and again when what they hang on is another."""

from __future__ import annotations

from typing import ClassVar

from textual.app import App

from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.lines import LineBuilder


class Rows(LineView):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--mark", "line--never"}
    DEFAULT_CSS = """
    Rows {
        & > .line--mark { color: $primary; }
        &:focus > .line--mark { color: $error; }
        &.-quiet > .line--mark { color: $success; }
    }
    """

    def line_at(self, line):
        return LineBuilder().add(f"row {line}", "mark").line(lead=0)


class Shown(App):
    def compose(self):
        yield Rows()

    def on_mount(self):
        self.query_one(Rows).set_line_count(3)


def colour(rows):
    strip = rows.render_line(0)
    return next(segment.style.color.triplet for segment in strip if segment.text.startswith("row"))


async def test_what_is_never_drawn_is_never_reckoned():
    app = Shown()
    async with app.run_test() as pilot:
        rows = app.query_one(Rows)
        await pilot.pause()
        assert "line--mark" in rows._component_styles
        assert "line--never" not in rows._component_styles


async def test_a_look_follows_the_focus_a_class_and_the_theme():
    app = Shown()
    async with app.run_test() as pilot:
        rows = app.query_one(Rows)
        app.set_focus(None)
        await pilot.pause()
        seen = [colour(rows)]
        rows.focus()
        await pilot.pause()
        seen.append(colour(rows))
        app.set_focus(None)
        rows.add_class("-quiet")
        await pilot.pause()
        seen.append(colour(rows))
        rows.remove_class("-quiet")
        await pilot.pause()
        assert colour(rows) == seen[0]
        app.theme = "gruvbox"
        await pilot.pause()
        seen.append(colour(rows))
        assert len(set(seen)) == 4


async def test_another_widgets_class_costs_no_row():
    app = Shown()
    async with app.run_test() as pilot:
        rows = app.query_one(Rows)
        await pilot.pause()
        strip = rows.render_line(0)
        app.screen.add_class("-elsewhere")
        await pilot.pause()
        assert rows.render_line(0) is strip
