"""Feeds: adding, editing, leaving, importing, refreshing. Nothing asks “are you sure”; everything can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_news.models import Feed, Subscription, View
from tui_news.services.contracts import EDITION, FeedAdded, MoveTold

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen


class FeedKeys:
    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    @property
    def current(self) -> Feed | None:
        """The feed the keys are about: the tree's, the list's, else that of the story under the cursor."""
        line = self.screen.feed_tree.current
        view = line.view if self.screen.panes.at == "feeds" and line else self.screen.lists.view
        row = self.screen.stories.row
        wanted = view.id if view.kind == "feed" else (row.feed_id if row and self.screen.panes.at != "feeds" else 0)
        return next((feed for feed in self.screen.feed_tree.feeds if feed.id == wanted), None)

    # adding
    def first_run(self) -> None:
        from tui_news.ui.screens.first_run import FirstRunScreen

        ways = {
            "edition": self.add_edition,
            "starter": self.starter,
            "import": self.import_file,
            "add": self.add,
        }
        self.screen.app.push_screen(FirstRunScreen(), lambda way: ways[way]() if way else None)

    def add_edition(self) -> None:
        self._subscribed(self.screen.desk.subscribe([EDITION]))

    def add(self) -> None:
        from tui_news.ui.screens.add_feed import AddFeedScreen

        folders = self.screen.desk.shelf.folders()
        self.screen.app.push_screen(AddFeedScreen(self.screen.courier, folders), self.added)

    def added(self, fact: FeedAdded | None) -> None:
        """The dialog closed with a feed: its first story opens at once."""
        if fact is None:
            return
        self.screen.lists.show(View("feed", id=fact.feed_id))
        self.screen.feed_tree.point_at(View("feed", id=fact.feed_id))
        self.screen.panes.go("list")
        first = self.screen.desk.rows([fact.first_story]) if fact.first_story is not None else {}
        for row in first.values():
            self.screen.stories.read(row)

    def starter(self) -> None:
        from tui_news.ui.screens.starter import StarterScreen

        held = {feed.url for feed in self.screen.feed_tree.feeds}
        offered = [item for item in self.screen.desk.starter() if item.url not in held]
        if not offered:
            self.screen.say("You are subscribed to the whole starter list.")
            return

        def picked(chosen: list[Subscription] | None) -> None:
            if chosen:
                self._subscribed(self.screen.desk.subscribe(chosen))

        self.screen.app.push_screen(StarterScreen(offered), picked)

    def import_file(self) -> None:
        from tui_news.ui.screens.import_file import ImportScreen

        def done(told: MoveTold | None) -> None:
            if told is not None:
                self.screen.lists.reload()
                self.screen.say(f"{told.lines[0]} {self.screen.keymap.first('app.undo')} takes it back.")
                self.screen.courier.refresh()

        self.screen.app.push_screen(ImportScreen(self.screen.courier), done)

    def _subscribed(self, new: int, more: str = "") -> None:
        self.screen.lists.reload()
        self.screen.say(f"Subscribed to {new} {'feed' if new == 1 else 'feeds'}{more}; fetching.")
        self.screen.courier.refresh()

    # changing
    def edit(self) -> None:
        if self.screen.queries.here.kind == "smart":
            self.screen.queries.edit_smart(self.screen.queries.here)
        else:
            self.screen.shelf_keys.edit()

    def remove(self) -> None:
        if self.screen.queries.here.kind == "smart":
            self.screen.queries.remove_smart(self.screen.queries.here)
            return
        feed = self.current
        if feed is None:
            self.screen.say("Go to a feed first.")
            return
        title = self.screen.desk.remove_feed(feed.id)
        self.screen.stories.forget(feed.id)
        if self.screen.lists.view == View("feed", id=feed.id):
            self.screen.lists.show(View("unread"))
        self.screen.lists.reload()
        self.screen.say(f"Unsubscribed from {title}; {self.screen.keymap.first('app.undo')} undoes it.")

    # the tree
    def open(self) -> None:
        line = self.screen.feed_tree.current
        if line is not None:
            self.screen.lists.show(line.view)
            self.screen.panes.go("list")

    def fold(self) -> None:
        if not self.screen.feed_tree.toggle_fold():
            self.screen.say("This feed is in no folder.")
        self.screen.lists.follow_feeds()

    # refreshing
    def refresh(self) -> None:
        opened = self.screen.stories.opened
        if self.screen.panes.at == "story" and opened is not None:
            self.screen.stories.wait(opened.story.row.id, force=True)
            return
        line = self.screen.feed_tree.current
        view = line.view if self.screen.panes.at == "feeds" and line else self.screen.lists.view
        feeds = self.screen.feed_tree.feeds
        chosen = {
            "feed": [f.id for f in feeds if f.id == view.id],
            "folder": [f.id for f in feeds if f.folder == view.name or f.folder.startswith(f"{view.name}/")],
        }
        self.screen.facts.asked_by_hand = True
        self.screen.courier.refresh(chosen.get(view.kind), force=True)

    def refresh_all(self) -> None:
        self.screen.facts.asked_by_hand = True
        self.screen.courier.refresh(force=True)

    def stop(self) -> None:
        """End what goes on beside the reading: a refresh, else a pack."""
        if self.screen.facts.refreshing:
            self.screen.facts.asked_by_hand = True  # its sentence is said
            self.screen.courier.stop_refresh()
        elif self.screen.packs.doing:
            self.screen.courier.stop_pack()
        else:
            self.screen.say("Nothing is going on that could be stopped.")

    def health(self) -> None:
        from tui_news.ui.screens.health import HealthScreen

        self.screen.app.push_screen(HealthScreen(self.screen.feed_tree.feeds, self.screen.now()))
