"""What the list shows: views, pages, filter; rows change in place and nothing jumps because it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import Static

from tui_news.models import StoryRow, View
from tui_news.services.contracts import Counts, Desk
from tui_news.ui.screens import list_words

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

PAGE = 400
LOAD_ALL = 20_000  # rows that `G` or going to a far story load at most


class Lists:
    """`view` is what was asked for; `kept` are stories that stay although they no longer match."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.view = View("unread")
        self.kept: set[int] = set()
        self.counts = Counts()

    @property
    def shown_view(self) -> View:
        return replace(self.view, keep=frozenset(self.kept))

    @property
    def desk(self) -> Desk:
        return self.screen.desk

    # showing
    def start(self, wanted: View | None) -> None:
        self.counts = self.desk.counts()
        self.view = wanted or View("unread" if self.counts.unread or not self.counts.total else "all")
        self._load(stay=False)
        self.refresh_feeds()
        self.screen.feed_tree.point_at(self.view)

    def show(self, view: View) -> None:
        """Go to another view; the one we leave forgets what it kept."""
        if replace(view, unread_only=self.view.unread_only) == replace(self.view, filter=""):
            return
        self.view, self.kept = replace(view, unread_only=self.view.unread_only), set()
        self._load(stay=False)
        self._name_place()

    def reload(self) -> None:
        """The library changed: show it, with the cursor's story where it is on the screen."""
        self._load(stay=True)
        self.refresh_feeds()

    def reload_if_changed(self) -> None:
        if self.desk.changed():
            self.reload()

    def _load(self, stay: bool) -> None:
        listed = self.screen.story_list
        wanted = max(PAGE, listed.count) if stay else PAGE
        rows = self.desk.stories(self.shown_view, None, wanted)
        listed.empty = (
            list_words.empty(self.view, self.desk.counts(), self.desk.feeds(), self.screen) if not rows else ""
        )
        listed.show(rows, self.screen.now(), len(rows) < wanted, stay=stay)

    def refresh_feeds(self) -> None:
        self.counts = self.desk.counts()
        feeds = self.desk.feeds()
        self.screen.feed_tree.show(feeds, self.counts)
        self._name_place()
        banner = self.screen.query_one("#banner", Static)
        words = list_words.banner(feeds, self.screen.keymap)
        banner.display = bool(words)
        banner.update(words)

    def _name_place(self) -> None:
        place = list_words.name(self.view, self.screen.feed_tree.feeds)
        self.screen.top.set(place=place, unread=self.counts.unread)

    def more(self) -> bool:
        """Load the next page; whether there was one."""
        listed = self.screen.story_list
        if listed.complete or not listed.stories:
            return False
        rows = self.desk.stories(self.shown_view, listed.stories[-1].key, PAGE)
        listed.extend(rows, len(rows) < PAGE)
        return bool(rows)

    def load_all(self) -> None:
        while self.screen.story_list.count < LOAD_ALL and self.more():
            pass

    def reveal(self, row: StoryRow) -> None:
        """Put the cursor on a row, loading pages or changing the view as needed."""
        listed = self.screen.story_list
        self.kept.add(row.id)
        while not listed.select(row.id):
            last = listed.stories[-1].key if listed.stories else None
            beyond = last is not None and (last.sort, last.id) > (row.sort, row.id)
            if beyond and listed.count < LOAD_ALL and self.more():
                continue
            kind = View("feed", id=row.feed_id) if self.view.kind in ("feed", "folder") else View("unread")
            if self.view.kind == kind.kind and self.view.id == kind.id and not self.view.filter:
                self._load(stay=True)
                listed.select(row.id)
                return
            self.view, self.kept = kind, {row.id}
            self._load(stay=False)
            self._name_place()
            self.screen.feed_tree.point_at(kind)

    # changing rows
    def touch(self, story_ids: Sequence[int], keep: bool = True) -> None:
        """These stories changed: fresh rows and numbers, in place; `keep`: they stay in the list, read or not."""
        self.screen.story_list.put(self.desk.rows(story_ids))
        if keep:
            self.kept.update(story_ids)
        self.screen.feed_tree.show(self.desk.feeds(), self.desk.counts())
        self.counts = self.screen.feed_tree.counts
        self.screen.top.set(unread=self.counts.unread)

    def mark_all_read(self) -> None:
        listed = self.screen.story_list
        changed = self.desk.mark_all_read(self.view)
        undo = self.screen.keymap.first("app.undo")
        if not changed:
            self.screen.say("Everything here was read already.")
            return
        self.touch([row.id for row in listed.stories if not row.read])
        plural = "story" if changed == 1 else "stories"
        self.screen.say(f"Marked {changed} {plural} read; {undo} undoes it.")

    # keys
    def open(self) -> None:
        self.screen.stories.read_current()

    def unread_only(self) -> None:
        self.view, self.kept = replace(self.view, unread_only=not self.view.unread_only), set()
        self._load(stay=True)
        self._name_place()
        self.screen.say("Only unread stories are shown." if self.view.unread_only else "All stories are shown.")

    def search(self) -> None:
        from tui_news.ui.screens.search import SearchScreen

        def chosen(row: StoryRow | None) -> None:
            if row is not None:
                self.screen.stories.read(row)

        self.screen.app.push_screen(SearchScreen(self.desk, self.screen.now()), chosen)

    def filter(self) -> None:
        before = self.view.filter

        def done(words: str | None) -> None:
            self._filter(words if words is not None else "")
            self.screen.panes.go("list")

        self.screen.panes.go("list")
        self.screen.prompt.ask("Only titles with", before, self._filter, done)

    def clear_filter(self) -> None:
        self._filter("")

    def _filter(self, words: str) -> None:
        words = " ".join(words.split())
        if words != self.view.filter:
            self.view = replace(self.view, filter=words)
            self._load(stay=False)
            self._name_place()
