"""Queries kept: smart feeds among the feeds, mute rules, tags; and one act on all that a search finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from tui_news.models import View
from tui_news.ui.widgets.feed_tree import Branch

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

COUNT_SECONDS = 0.3  # quiet before smart feeds are counted anew, one at a time: no key waits for them
STATES = {"unread": "is:unread", "starred": "is:starred", "today": "newer:1d"}


class Queries:
    """The room "query"."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.counts: dict[int, int | None] = {}
        self._due: Timer | None = None

    # smart feeds among the feeds
    def branches(self) -> tuple[Branch, ...]:
        """The smart feeds' lines, with the numbers as they were counted last."""
        return tuple(
            Branch(View("smart", id=one.id, name=one.name), one.name, self.counts.get(one.id, 0) or 0,
                   failing=self.counts.get(one.id, 0) is None)
            for one in self.screen.desk.smart.all()
        )  # fmt: skip

    def count_soon(self, branches: Sequence[Branch] | None = None) -> None:
        """Count the smart feeds when nothing has happened for a moment."""
        if self._due is not None:
            self._due.stop()
        waiting = [line.view.id for line in (self.branches() if branches is None else branches)]
        if waiting:
            self._due = self.screen.set_timer(COUNT_SECONDS, lambda: self._count(waiting))

    def _count(self, waiting: list[int]) -> None:
        number, rest = waiting[0], waiting[1:]
        self.counts[number] = self.screen.desk.smart.unread(number)
        if rest:
            self._due = self.screen.set_timer(0.02, lambda: self._count(rest))
        else:
            self.screen.feed_tree.show_smart(self.branches())

    @property
    def here(self) -> View:
        line = self.screen.feed_tree.current
        return line.view if self.screen.panes.at == "feeds" and line is not None else self.screen.lists.view

    def query_here(self) -> str:
        """The query of what is shown: the view's own and its filter."""
        view = self.here
        own = STATES.get(view.kind, "")
        if view.kind == "feed":
            title = next((feed.title for feed in self.screen.feed_tree.feeds if feed.id == view.id), "")
            own = f'feed:"{title.replace(chr(34), " ")}"'
        elif view.kind == "folder":
            own = f'folder:"{view.name}"'
        elif view.kind == "smart":
            own = next((one.query for one in self.screen.desk.smart.all() if one.id == view.id), "")
        parts = [own, view.filter]
        if own and view.filter and " OR " in f"{own} {view.filter}":
            parts = [f"({part})" for part in parts]
        return " ".join(part for part in parts if part)

    # keys
    def save(self) -> None:
        self.save_query(self.query_here())

    def save_query(self, query: str) -> None:
        """Ask for a name, and keep the query as a smart feed."""

        def kept(name: str, words: str) -> str:
            number = self.screen.desk.smart.add(name, words)
            self._changed(View("smart", id=number, name=name))
            return f"Saved {name}; it stands among the feeds."

        self._ask("Save as a smart feed", "", query, kept)

    def edit_smart(self, view: View) -> None:
        held = next((one for one in self.screen.desk.smart.all() if one.id == view.id), None)
        if held is None:
            return
        number = held.id

        def kept(name: str, words: str) -> str:
            self.screen.desk.smart.edit(number, name=name, query=words)
            self._changed(View("smart", id=number, name=name))
            return f"Changed {name}."

        self._ask("Edit the smart feed", held.name, held.query, kept)

    def remove_smart(self, view: View) -> None:
        name = self.screen.desk.smart.remove(view.id)
        if self.screen.lists.view.kind == "smart" and self.screen.lists.view.id == view.id:
            self.screen.lists.show(View("unread"))
        self.screen.lists.reload()
        self.screen.say(f"Removed the smart feed {name}; {self.screen.keymap.first('app.undo')} brings it back.")

    def _changed(self, view: View) -> None:
        if self.screen.lists.view.kind == "smart" and self.screen.lists.view.id == view.id:
            self.screen.lists.view = view
        self.screen.lists.reload()
        self.screen.feed_tree.point_at(view)

    def _ask(self, title: str, name: str, query: str, keep: Callable[[str, str], str]) -> None:
        from tui_news.ui.screens.smart import SmartScreen

        def done(sentence: str | None) -> None:
            if sentence:
                self.screen.say(sentence)

        matches = self.screen.desk.queries.matching
        self.screen.app.push_screen(SmartScreen(title, name, query, keep, lambda words: len(matches(words))), done)

    def mute(self) -> None:
        """The mute rules; with a filter on and no rule yet, at once a new one of its words."""
        from tui_news.ui.screens.rules import RulesScreen

        def done(view: View | None) -> None:
            self.screen.lists.reload()
            if view is not None:
                self.screen.lists.show(view)
                self.screen.panes.go("list")

        self.screen.app.push_screen(RulesScreen(self.screen.desk.rules, self.here.filter), done)

    def tag(self) -> None:
        """Tag the selection or the story; a tag that all of them have comes off."""
        rows = self.screen.lists.chosen if self.screen.panes.at == "list" else ()
        row = self.screen.stories.row
        ids = [one.id for one in rows] or ([row.id] if row is not None else [])
        if not ids:
            self.screen.say("Go to a story first.")
            return
        tags = self.screen.desk.tags
        had = tags.of(ids)

        def done(tag: str | None) -> None:
            if not tag:
                return
            off = all(tag.casefold() in map(str.casefold, had.get(story, ())) for story in ids)
            changed = (tags.remove if off else tags.add)(ids, tag)
            self.screen.lists.touch(ids)
            count = "1 story" if changed == 1 else f"{changed} stories"
            words = f"Took {tag} off {count}" if off else f"Tagged {count} {tag}"
            self.screen.say(f"{words}; {self.screen.keymap.first('app.undo')} undoes it.")
            self.screen.lists.let_go()

        self.ask_tag(sorted({tag for one in had.values() for tag in one}), done)

    def ask_tag(self, had: list[str], done: Callable[[str | None], None]) -> None:
        from tui_news.ui.screens.tag import TagScreen

        def safely(tag: str | None) -> None:
            self.screen.attempt(lambda: done(tag))

        self.screen.app.push_screen(TagScreen(self.screen.desk.tags.all(), had), safely)
