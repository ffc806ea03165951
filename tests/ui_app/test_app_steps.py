"""A step from the list to a story and back paints and reckons what is another, and nothing else."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection
from dataclasses import replace

import pytest
from textual._styles_cache import StylesCache
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui_news.models import OpenStory
from tui_news.services.contracts import StoryFetched
from tui_news.ui.app import TuinewsApp
from tui_news.ui.screens.reader import ReaderScreen
from tui_news.ui.widgets.bare import Bar, Pane, Sparing
from tui_news.ui.widgets.feed_tree import FeedTree
from tui_news.ui.widgets.line_view import LineView
from tui_news.ui.widgets.rows_view import RowsView
from tui_news.ui.widgets.status_line import StatusLine, TopBar
from tui_news.ui.widgets.story_doc import StoryDoc
from tui_news.ui.widgets.story_list import StoryList
from tui_news.ui.widgets.story_view import StoryView
from ui_app.appkit import Running, furnish, running
from ui_app.fakedesk import big_desk


async def to_and_fro(run: Running) -> None:
    for key in ("enter", "escape"):
        await run.pilot.press(key)
        await run.pilot.pause()


async def test_the_list_paints_its_cursor_only_and_no_look_is_reckoned_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(size=(120, 40)) as run:
        furnish(run)  # dialogs' rules change all looks
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
        painted: list[tuple[Widget, Region]] = []
        paint = Widget._exchange_repaint_regions

        def exchange(widget: Widget) -> Collection[Region]:
            regions = paint(widget)
            painted.extend((widget, region) for region in regions)
            return regions

        monkeypatch.setattr(Widget, "_exchange_repaint_regions", exchange)
        asked: list[object] = []
        ask = StylesCache.render_line
        monkeypatch.setattr(StylesCache, "render_line", lambda *given: (asked.append(given), ask(*given))[1])
        await to_and_fro(run)
        assert not drawn  # what stands there was drawn before, with the focus and without it
        rows = [region.height for widget, region in painted if isinstance(widget, RowsView)]
        assert sum(rows) <= 8 * run.reader.story_list.TALL
        assert len(reckoned) <= 14
        assert len(asked) <= 12  # Textual's own way to a row, once for each of a frame's: 240 of them
        assert not [node for node in reckoned if node is run.reader]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_a_story_opens_with_one_layout_one_wrapping_and_one_frame(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def noting(owner: type[object], name: str, what: str, counts: Callable[..., bool] = lambda *_: True) -> None:
        real = getattr(owner, name)

        def noted(*given: object, **more: object) -> object:
            if counts(*given):
                done.append(what)
            return real(*given, **more)

        monkeypatch.setattr(owner, name, noted)

    async with running(size=size) as run:
        furnish(run)
        await run.pilot.pause()
        for key in ("enter", "escape", "enter", "escape", "j"):
            await run.pilot.press(key)
            await run.pilot.pause()
        noting(Screen, "_refresh_layout", "layout")
        noting(StoryDoc, "__init__", "wrapping")
        noting(TuinewsApp, "_display", "frame", lambda app, screen, update: update is not None)
        await run.pilot.press("enter")
        while run.reader.panes.step is not None:
            await run.pilot.pause()
        # The network has more of it: that is said in the first frame, not in a second.
        assert run.courier.asked[-1][0] == "fetch_story"
        assert run.reader.status.doing in run.text()
        assert done.count("layout") <= 1
        assert done.count("wrapping") == 1
        assert done.count("frame") == 1


async def test_what_was_fetched_and_is_the_same_is_not_laid_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(size=(120, 40)) as run:
        await run.pilot.press("enter")
        await run.pilot.pause()
        made: list[OpenStory] = []
        monkeypatch.setattr(StoryView, "show", lambda view, opened, *given, **more: made.append(opened))
        story = run.opened
        assert story is not None
        await run.tell(StoryFetched(story, "article", True), StoryFetched(story, "thread", False))
        assert not made
        assert not run.reader.status.doing
        run.desk.bare.add(story)
        await run.tell(StoryFetched(story, "article", True))
        assert [opened.article for opened in made] == [None]


async def test_back_in_the_list_no_row_of_the_story_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(size=(120, 40)) as run:
        furnish(run)
        for _ in range(2):
            await to_and_fro(run)
        await run.pilot.press("enter")
        await run.pilot.pause()
        regions: list[Region] = []
        paint = Sparing.render_partial_update

        def noting(compositor: Sparing) -> object:
            regions.extend(compositor._dirty_regions)
            return paint(compositor)

        monkeypatch.setattr(Sparing, "render_partial_update", noting)
        await run.pilot.press("escape")
        await run.pilot.pause()
        assert regions
        assert sum(region.area for region in regions) <= 46 * run.reader.story_list.TALL * 2 + 38 + 2 * 120


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


async def test_with_the_focus_only_what_hangs_on_it_is_another() -> None:
    """`LineView.watch_has_focus` reckons no rules of the view itself."""
    async with running(size=(200, 50)) as run:
        views = list(run.reader.query(LineView))
        for pane in ("feeds", "list"):
            await run.do(f"pane.{pane}")
            for view in views:
                before = view.styles.base.get_rules().copy()
                Stylesheet.apply(run.app.stylesheet, view)
                assert view.styles.base.get_rules() == before


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_what_is_painted_bare_is_what_textual_would_paint(size: tuple[int, int]) -> None:
    async with running(big_desk(200), size=size) as run:
        seen: set[type[Widget]] = set()
        for key in ("j", "pagedown", "enter", "tab"):
            await run.pilot.press(key)
            await run.pilot.pause()
            for widget in bare(run.reader):
                seen.add(type(widget))
                width, height = widget.outer_size
                for region in (
                    Region(0, 0, width, height),
                    Region(0, 1, width, 3) if height > 1 else Region(3, 0, 9, 1),
                ):
                    ours = looks(widget.render_lines(region))
                    widget._styles_cache.clear()
                    assert looks(Widget.render_lines(widget, region)) == ours, (widget, key)
        assert seen >= {StoryList, FeedTree, StoryView, Bar, Pane, TopBar, StatusLine}


def bare(reader: ReaderScreen) -> list[Widget]:
    """What is on the screen and painted by itself."""
    views = list(reader.query(LineView))
    found = [*views, *(view.vertical_scrollbar for view in views), *reader.query(Pane)]
    found += [reader.top, reader.status]
    return [widget for widget in found if widget.is_on_screen and widget.size]


def looks(rows: list[Strip]) -> list[list[tuple[str, object]]]:
    """Each cell and how it looks, without its place in the text, which Textual's own way to a row has in it."""
    bare = {part.style: part.style and part.style.clear_meta_and_links() for row in rows for part in row}
    link = {style: style and style.link for style in bare}
    return [[(char, (bare[part.style], link[part.style])) for part in row for char in part.text] for row in rows]


async def test_a_number_among_the_feeds_is_painted_alone() -> None:
    async with running(size=(200, 50)) as run:
        tree = run.reader.feed_tree
        tree._exchange_repaint_regions()
        fresh = [replace(feed, unread=feed.unread + 1) if feed is tree.feeds[-1] else feed for feed in tree.feeds]
        tree.show(fresh, tree.counts)
        painted = tree._exchange_repaint_regions()
        assert sum(region.height for region in painted) == (2 if fresh[-1].folder else 1)
        assert tree.feeds == tuple(fresh)


async def test_the_first_story_costs_what_the_second_does_once_all_is_furnished() -> None:
    """Patterns, dataclasses' functions and looks are made before it, not under the reader's finger."""
    async with running(size=(120, 40)) as run:
        furnish(run)
        await run.pilot.pause()
        before = set(sys.modules)
        compiled: list[object] = []
        compile_pattern = re._compiler.compile  # type: ignore[attr-defined]

        def noting(*given: object) -> object:
            compiled.append(given[0])
            return compile_pattern(*given)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(re._compiler, "compile", noting)  # type: ignore[attr-defined]
            await to_and_fro(run)
        assert not compiled
        assert not {name for name in sys.modules if name.startswith("tui_news")} - before


async def test_a_sentence_that_fits_lays_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(size=(120, 40)) as run:
        furnish(run)
        await run.pilot.pause(0.1)
        laid: list[object] = []
        lay_out = Screen._refresh_layout
        monkeypatch.setattr(
            Screen, "_refresh_layout", lambda *given, **more: (laid.append(1), lay_out(*given, **more))[1]
        )
        run.reader.say("Five words and no more.")
        await run.pilot.pause()
        assert "Five words and no more." in run.text()
        await run.pilot.press("j")
        await run.pilot.pause()
        assert "Five words" not in run.text()
        assert not laid
        run.reader.say("Words. " * 30)
        await run.pilot.pause()
        assert run.text().count("Words.") > 20
