"""The shelf: what is set for a feed, folders, their order; and whether a story that several feeds have shows once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_news.models import FeedSettings, TuinewsError, View

if TYPE_CHECKING:
    from tui_news.services.contracts_flow import Shelf
    from tui_news.ui.screens.reader import ReaderScreen


class ShelfKeys:
    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    @property
    def shelf(self) -> Shelf:
        return self.screen.desk.shelf

    def edit(self) -> None:
        """The feed's settings; on a folder, its name."""
        from tui_news.ui.screens.feed_settings import FeedSettingsScreen

        line = self.screen.feed_tree.current
        if self.screen.panes.at == "feeds" and line is not None and line.view.kind == "folder":
            self._rename(line.view.name)
            return
        feed = self.screen.feed_keys.current
        if feed is None:
            self.screen.say("Go to a feed or a folder first.")
            return
        number = feed.id

        def done(kept: tuple[str, str, FeedSettings] | None) -> None:
            if kept is not None:
                self.screen.attempt(lambda: self.shelf.edit(number, *kept))
                self.screen.lists.reload()

        self.screen.app.push_screen(FeedSettingsScreen(feed, self.shelf.folders()), done)

    def _rename(self, path: str) -> None:
        def done(words: str | None) -> None:
            self.screen.panes.go("feeds")
            if words is None:
                return
            new = self.shelf.rename_folder(path, words)
            self.screen.lists.moved_folder(path, new)
            self.screen.say(f"{path} is now {new}." if new else f"The folder {path} is no more; its feeds stay.")

        self._ask("Folder (empty takes it apart)", path, done)

    def new_folder(self) -> None:
        def done(words: str | None) -> None:
            self.screen.panes.go("feeds")
            if words:
                path = self.shelf.create_folder(words)
                self.screen.lists.reload()
                self.screen.feed_tree.point_at(View("folder", name=path))
                edit = self.screen.keymap.first("feed.edit")
                self.screen.say(f"Made {path}. {edit} on a feed moves it there.")

        self._ask("New folder", "", done)

    def _ask(self, label: str, value: str, done: object) -> None:
        def safely(words: str | None) -> None:
            try:
                done(words)  # type: ignore[operator]
            except TuinewsError as error:
                self.screen.say(str(error))

        self.screen.prompt.ask(label, value, lambda words: None, safely)

    # order
    def lower(self) -> None:
        self._move(1)

    def higher(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        line = self.screen.feed_tree.current
        if line is None or line.view.kind not in ("feed", "folder"):
            self.screen.say("Only feeds and folders can be moved.")
            return
        view = line.view
        moved = self.shelf.move_feed(view.id, by) if view.kind == "feed" else self.shelf.move_folder(view.name, by)
        if not moved:
            self.screen.say("It is the last one there." if by > 0 else "It is the first one there.")
            return
        self.screen.lists.refresh_feeds()
        self.screen.feed_tree.point_at(view)

    # twins
    def together(self) -> None:
        """Show a story that several feeds have once, or as often as it came."""
        now = not self.shelf.together()
        self.shelf.set_together(now)
        self.screen.lists.reload()
        self.screen.say(
            "A story that several feeds have is shown once, with all of them named."
            if now
            else "A story that several feeds have is shown in each of them."
        )

    def twin(self) -> None:
        """To the same story in another feed: its own text and comments may be others."""
        row = self.screen.stories.row
        others = self.shelf.twins(row.id) if row is not None else ()
        if row is None or not others:
            self.screen.say("No other feed has this story.")
            return
        after = [story_id for story_id in others if story_id > row.id]
        found = self.screen.desk.rows([(after or list(others))[0]])
        for other in found.values():
            self.screen.stories.read(other)
            self.screen.say(f"The same story in {other.feed}.")
