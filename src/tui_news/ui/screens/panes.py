"""Which pane the reader is in, which panes are on screen, and moving inside the current one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_news.ui import stage

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen
    from tui_news.ui.widgets.feed_tree import FeedTree
    from tui_news.ui.widgets.story_list import StoryList

ORDER = ("feeds", "list", "story")
PANES = {"feeds": "#feeds", "list": "#list-pane", "story": "#story-pane"}
# Columns from which each layout holds: one pane to 80, two to 139, three from 140, wider ones from 180.
WIDTHS = [(0, "-narrow"), (81, "-normal"), (140, "-wide"), (180, "-broad")]


def width_class(columns: int) -> str:
    return next(name for least, name in reversed(WIDTHS) if columns >= least)


class Panes:
    """`at` names the pane with the focus; as many are shown as the width carries, always this one.

    Shown by each pane's own style: a class of the screen would have the styles of every widget reckoned anew.
    """

    def __init__(self, screen: ReaderScreen, columns: int) -> None:
        self.screen, self.at, self.is_zen, self.columns = screen, "list", False, columns
        self.step: object | None = None  # on the way to a pane or a story: nothing is drawn before all of it is there

    def go(self, pane: str) -> None:
        """Go to a pane. There is no going to a story before one is open."""
        if pane == "story" and self.screen.stories.opened is None:
            self.screen.stories.read_current()
            return
        if pane != "story":
            self._zen(False)
            self.screen.status.place("")
        self.at = pane
        self._lay()
        if pane == "list":
            self.screen.story_list.cursor_moved()  # among the feeds a list is no more than a glance at it
        if self.screen.is_mounted:
            self._focus()
            self._draw_once()
        else:
            self.screen.call_after_refresh(self._focus)
        self.screen.show_hints()

    def _draw_once(self) -> None:
        """One frame, and not at the next tick of the clock: what is hidden and shown is laid out, what hangs on its
        size and on the focus is heard, then all of it is drawn."""
        step = self.step = object()

        def laid() -> None:
            stage.tick(self.screen)
            stage.when_quiet(self.screen, drawn)

        def drawn() -> None:
            if self.step is step:
                self.step = None
                if self.at == "story" and (place := self.screen.story_view.take_place()) is not None:
                    self.screen.on_place_changed(place)
                    self.screen.status._check_refresh()
                stage.paint(self.screen)

        stage.when_quiet(self.screen, laid)

    def visible(self) -> frozenset[str]:
        """The panes on the screen: one where it is narrow; two: the list with the story, or with the feeds; three."""
        width = width_class(self.columns)
        if self.is_zen or width == "-narrow":
            return frozenset((self.at,))
        if width != "-normal":
            return frozenset(ORDER)
        return frozenset(("feeds", "list") if self.at == "feeds" else ("list", "story"))

    def _lay(self) -> None:
        shown = self.visible()
        for name, pane in PANES.items():
            self.screen.query_one(pane).display = name in shown
        if width_class(self.columns) == "-normal":  # no other width knows it
            self.screen.query_one(PANES["list"]).set_class("story" not in shown, "-beside-feeds")

    def resized(self, columns: int) -> None:
        """Before Textual sets the class of the new width."""
        self.columns = columns
        self._lay()

    def _focus(self) -> None:
        screen = self.screen
        if screen.is_mounted and not screen.prompt.asking:
            lists = {"feeds": screen.feed_tree, "list": screen.story_list}
            # Not by the widget's own `focus`, which would paint all of it.
            screen.set_focus(lists.get(self.at) or screen.story_view, scroll_visible=False)

    def shown(self) -> tuple[str, ...]:
        """The panes that tab visits: all, but a story only when one is open."""
        return ORDER if self.screen.stories.opened is not None else ORDER[:2]

    def _step(self, by: int) -> None:
        panes = self.shown()
        self.go(panes[(panes.index(self.at) + by) % len(panes)])

    def _zen(self, on: bool) -> None:
        self.is_zen = on
        self.screen.set_class(on, "-zen")
        self._lay()

    # keys
    def next(self) -> None:
        self._step(1)

    def previous(self) -> None:
        self._step(-1)

    def feeds(self) -> None:
        self.go("feeds")

    def list(self) -> None:
        self.go("list")

    def story(self) -> None:
        self.go("story")

    def zen(self) -> None:
        if self.is_zen:
            self._zen(False)
            return
        self.go("story")
        self._zen(self.at == "story")


class Moves:
    """The same keys in every pane."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    @property
    def _rows(self) -> FeedTree | StoryList | None:
        at = self.screen.panes.at
        if at == "feeds":
            return self.screen.feed_tree
        return self.screen.story_list if at == "list" else None

    def _by(self, lines: int) -> None:
        rows = self._rows
        if rows is None:
            self.screen.story_view.scroll_lines(lines)
        elif rows.move(lines):
            self.screen.lists.follow_feeds()

    def down(self) -> None:
        self._by(1)

    def up(self) -> None:
        self._by(-1)

    def _page(self, direction: int, half: bool) -> None:
        rows = self._rows
        if rows is not None:
            rows.page_rows(direction, 0.5 if half else 1.0)
            self.screen.lists.follow_feeds()
        elif half:
            self.screen.story_view.half_page(direction)
        else:
            self.screen.story_view.page(direction)

    def half_down(self) -> None:
        self._page(1, True)

    def half_up(self) -> None:
        self._page(-1, True)

    def page_down(self) -> None:
        self._page(1, False)

    def page_up(self) -> None:
        self._page(-1, False)

    def top(self) -> None:
        rows = self._rows
        if rows is None:
            self.screen.story_view.to_top()
        else:
            if rows is self.screen.story_list:
                self.screen.lists.to_top()
            rows.go(0)
            self.screen.lists.follow_feeds()

    def bottom(self) -> None:
        rows = self._rows
        if rows is None:
            self.screen.story_view.to_bottom()
            return
        if rows is self.screen.story_list:
            self.screen.lists.to_end()
        rows.go(rows.count - 1)
        self.screen.lists.follow_feeds()
