"""What the list shows: views, pages, filter; rows change in place and nothing jumps because it was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.widgets import Static

from tui_news.models import StoryRow, View
from tui_news.services.contracts import Counts, Desk
from tui_news.text.query.nodes import QueryError
from tui_news.text.query.parse import parse
from tui_news.text.query.show import show
from tui_news.text.query.words import pattern
from tui_news.ui.screens import list_words, stretch
from tui_news.ui.screens.stretch import PAGE

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

MANY = 20_000  # rows that `G` loads at most while some are selected


class Lists:
    """`view` is what was asked for; `kept` are stories that stay although they no longer match."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.view = View("unread")
        self.kept: set[int] = set()
        self.counts = Counts()
        self.banner: object = ""

    @property
    def shown_view(self) -> View:
        return replace(self.view, keep=frozenset(self.kept))

    @property
    def desk(self) -> Desk:
        return self.screen.desk

    # showing
    def start(self, wanted: View | None) -> None:
        self.counts = self.desk.counts()
        self.view = self._ordered(wanted or View("unread" if self.counts.unread or not self.counts.total else "all"))
        self._load(stay=False)
        self._show_feeds()
        self.screen.feed_tree.point_at(self.view)

    def show(self, view: View) -> None:
        """Go to another view; the one we leave forgets what it kept."""
        view = self._ordered(view)
        if replace(view, unread_only=self.view.unread_only) == replace(self.view, filter=""):
            return
        self.let_go()
        self.view, self.kept = replace(view, unread_only=self.view.unread_only), set()
        self._load(stay=False)
        self._name_place()

    def follow_feeds(self) -> None:
        """Show what the feeds' cursor stands on: at once, for the next key may leave the pane."""
        line = self.screen.feed_tree.current
        if self.screen.panes.at == "feeds" and line is not None:
            self.show(line.view)

    def reload(self, apart: bool = False) -> None:
        """The library changed: show it, with the cursor's story where it is on the screen.

        apart: the feeds a moment later, with time for a key between. Five hundred cost what a list does."""
        self._load(stay=True)
        if apart:
            self.screen.call_later(self.screen.attempt, self.refresh_feeds)
        else:
            self.refresh_feeds()

    def reload_if_changed(self) -> None:
        if self.desk.changed():
            self.reload(apart=True)
            if self.desk.later.count():
                self.screen.courier.wake()

    def _load(self, stay: bool) -> None:
        listed, view = self.screen.story_list, self.shown_view
        passing = self.screen.panes.at == "feeds"  # the next key may go to the next feed: a screenful will do
        wanted = stretch.GLANCE if passing else PAGE
        held = stretch.anew(self.desk, view, listed) if stay else stretch.from_top(self.desk, view, wanted)
        listed.empty = (
            list_words.empty(self.view, self.desk.counts(), self.desk.feeds(), self.screen) if not held.rows else ""
        )
        listed.light = pattern(parse(self.view.filter)) if self.view.filter else None
        listed.show(held, self.screen.now(), stay=stay)

    def refresh_feeds(self) -> None:
        self.counts = self.desk.counts()
        self._show_feeds()

    def _show_feeds(self) -> None:
        feeds = self.desk.feeds()
        self.screen.feed_tree.smart = smart = self.screen.queries.branches()
        self.screen.feed_tree.show(feeds, self.counts, self.desk.shelf.folders())
        self.screen.queries.count_soon(smart)
        self._name_place()
        words = list_words.banner(feeds, self.screen.keymap)
        if words != self.banner:  # each update lays the whole screen out
            self.banner = words
            banner = self.screen.query_one("#banner", Static)
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

    def more_above(self) -> bool:
        """Load the page before; whether there was one."""
        listed = self.screen.story_list
        if listed.begins or not listed.stories:
            return False
        rows = self.desk.stories_before(self.shown_view, listed.stories[0].key, PAGE)
        listed.extend_above(rows, len(rows) < PAGE)
        return bool(rows)

    def to_top(self) -> None:
        """The list's beginning is held. What was selected stays loaded."""
        listed = self.screen.story_list
        while listed.selected and self.more_above():
            pass
        if not listed.begins:
            listed.show(stretch.from_top(self.desk, self.shown_view), self.screen.now())

    def to_end(self) -> None:
        """The list's end is held. What was selected stays loaded, and what is between them, as far as that goes."""
        listed = self.screen.story_list
        while listed.selected and listed.count < MANY and self.more():
            pass
        if not listed.complete and not listed.selected:
            listed.show(stretch.to_end(self.desk, self.shown_view), self.screen.now())

    def reveal(self, row: StoryRow) -> None:
        """Put the cursor on a row, changing the view as needed."""
        self.kept.add(row.id)
        if not self.point_at(row):
            self._change_for(row)

    def point_at(self, row: StoryRow) -> bool:
        """Put the cursor on a row, loading what is around it; False if it is none of this list's."""
        listed = self.screen.story_list
        if listed.select(row.id):
            return True
        held = stretch.around(self.desk, self.shown_view, row)
        if not any(one.id == row.id for one in held.rows):
            return False
        listed.show(held, self.screen.now())
        return listed.select(row.id)

    def _change_for(self, row: StoryRow) -> None:
        """Go to a list that has the row, the one that is most like ours."""
        kind = View("feed", id=row.feed_id) if self.view.kind in ("feed", "folder") else View("unread")
        self.view, self.kept = self._ordered(kind), {row.id}
        listed = self.screen.story_list
        listed.light = None
        listed.show(stretch.around(self.desk, self.shown_view, row), self.screen.now())
        listed.select(row.id)
        self._name_place()
        self.screen.feed_tree.point_at(kind)

    # changing rows
    def touch(self, story_ids: Sequence[int], keep: bool = True) -> None:
        """These stories changed: fresh rows and numbers, in place; `keep`: they stay in the list, read or not."""
        self.screen.story_list.put(self.desk.rows(story_ids))
        if keep:
            self.kept.update(story_ids)
        self.counts = self.desk.counts()
        if not self.screen.feed_tree.put_numbers(self.desk.unread(), self.counts):
            self.screen.feed_tree.show(self.desk.feeds(), self.counts)
        self.screen.top.set(unread=self.counts.unread)
        self.screen.queries.count_soon()

    def mark_all_read(self) -> None:
        listed = self.screen.story_list
        changed = self.desk.mark_all_read(self.view)
        undo = self.screen.keymap.first("app.undo")
        if not changed:
            self.screen.say("Everything here was read already.")
            return
        self.touch([row.id for row in listed.stories if not row.read])
        plural = "story" if changed == 1 else "stories"
        self.screen.say(f"Marked {changed:,} {plural} read; {undo} undoes it.")

    # orders
    def _ordered(self, view: View) -> View:
        """The view in the order that the reader gave it."""
        return replace(view, order=self.desk.shelf.remembered(list_words.order_key(view)) or "newest")

    def order(self) -> None:
        names = list(list_words.ORDERS)
        chosen = names[(names.index(self.view.order) + 1) % len(names)]
        self.desk.shelf.remember(list_words.order_key(self.view), chosen)
        self.view, self.kept = replace(self.view, order=chosen), set()
        self._load(stay=False)
        self._name_place()
        self.screen.say(f"{list_words.ORDERS[chosen]}. {self.screen.keymap.first('list.order')} changes it again.")

    def moved_folder(self, old: str, new: str) -> None:
        """A folder has another name: the list that shows it follows."""
        if self.view.kind == "folder" and self.view.name == old:
            self.view = replace(self.view, name=new) if new else self._ordered(View("unread"))
        self.reload()

    # selecting
    @property
    def chosen(self) -> tuple[StoryRow, ...]:
        """The selected stories, else the one under the cursor."""
        listed = self.screen.story_list
        rows = tuple(row for row in listed.stories if row.id in listed.selected)
        return rows or ((listed.current,) if listed.current else ())

    @property
    def selecting(self) -> bool:
        return bool(self.screen.story_list.selected)

    def select(self) -> None:
        listed = self.screen.story_list
        if listed.current is None:
            return
        listed.toggle_selected()
        count = len(listed.selected)
        if count:
            self.screen.say(f"{count} selected. m read, s star, t tags, P pack: for all of them; esc lets go.")

    def let_go(self) -> bool:
        """Forget the selection; whether there was one."""
        was = self.selecting
        self.screen.story_list.select_none()
        return was

    # keys
    def open(self) -> None:
        self.screen.stories.read_current()

    def unread_only(self) -> None:
        self.view, self.kept = replace(self.view, unread_only=not self.view.unread_only), set()
        self._load(stay=True)
        self._name_place()
        self.screen.say("Only unread stories are shown." if self.view.unread_only else "All stories are shown.")

    def search(self) -> None:
        from tui_news.ui.screens.search import Answer, SearchScreen

        def chosen(answer: Answer | None) -> None:
            if answer is None:
                self.reload()
            elif answer.row is not None:
                self.screen.stories.read(answer.row)
                self.screen.stories.light(answer.query)
            else:
                self.view, self.kept = replace(self._ordered(View("all")), filter=answer.query), set()
                self._load(stay=False)
                self._name_place()
                self.screen.panes.go("list")

        self.screen.app.push_screen(SearchScreen(self.desk, self.screen.now(), self.screen.queries.ask_tag), chosen)

    def filter(self) -> None:
        def done(words: str | None) -> None:
            if wrong := self._filter(words or ""):
                self.screen.say(wrong)
            self.screen.panes.go("list")

        self.screen.panes.go("list")
        prompt = self.screen.prompt
        prompt.ask("Only", self.view.filter, lambda words: prompt.tell(self._filter(words)), done)

    def clear_filter(self) -> None:
        self._filter("")

    def _filter(self, words: str) -> str:
        """Narrow the list by a query that may be unfinished; what is wrong with it, if the list is left alone."""
        try:
            query = show(parse(words, typing=True))
        except QueryError as error:
            return error.pointed()
        if query != self.view.filter:
            self.view = replace(self.view, filter=query)
            self.screen.attempt(partial(self._load, stay=False))
            self._name_place()
        return ""
