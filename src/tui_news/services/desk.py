"""The Desk: what the screen asks of the library, in this process, without a network."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal

from tui_news.models import (
    Article,
    Feed,
    OpenStory,
    PlacedQuote,
    Story,
    StoryKey,
    StoryRow,
    Subscription,
    TuinewsError,
    View,
)
from tui_news.paths import typed
from tui_news.services.contracts import Counts, Hit
from tui_news.services.outbox import Outbox
from tui_news.services.shelf import LibraryShelf
from tui_news.services.smart import LibrarySmart, LibraryTags
from tui_news.store import Library
from tui_news.store.lists import DAY

if TYPE_CHECKING:
    from tui_news.services.pictures import LibraryPictures
    from tui_news.services.querying import LibraryQueries, LibraryRules
    from tui_news.services.quotes import LibraryQuotes
    from tui_news.services.setting import SettingsFile
    from tui_news.services.thread_desk import ThreadDesk
    from tui_news.services.waiting import LibraryWaiting

OPML_LIMIT = 32 * 1024 * 1024


class LibraryDesk:
    """The Desk over a library. Acts are journalled in the transaction that carries them out, so `u` undoes them."""

    def __init__(self, library: Library, clock: Callable[[], float] = time.time, *, waits: bool = False) -> None:
        """waits: see `Outbox`."""
        self.library, self.clock = library, clock
        self.outbox = Outbox(library, waits)
        self.lost: str | None = None  # once closed: a sentence about what could not be stored, "" when all was
        self.smart, self.tags = LibrarySmart(library), LibraryTags(library)
        self.shelf = LibraryShelf(library)

    # not needed for the first paint
    @cached_property
    def threads(self) -> ThreadDesk:
        from tui_news.services.thread_desk import ThreadDesk

        return ThreadDesk(self.library)

    @cached_property
    def settings(self) -> SettingsFile:
        from tui_news.services.setting import SettingsFile

        return SettingsFile(self.library.paths.settings)

    @cached_property
    def later(self) -> LibraryWaiting:
        from tui_news.services.waiting import LibraryWaiting

        return LibraryWaiting(self.library, self.clock)

    @cached_property
    def queries(self) -> LibraryQueries:
        from tui_news.services.querying import LibraryQueries

        return LibraryQueries(self.library)

    @cached_property
    def rules(self) -> LibraryRules:
        from tui_news.services.querying import LibraryRules

        return LibraryRules(self.library)

    @cached_property
    def pictures(self) -> LibraryPictures:
        from tui_news.services.pictures import LibraryPictures

        return LibraryPictures(self.library)

    @cached_property
    def quotes(self) -> LibraryQuotes:
        from tui_news.services.quotes import LibraryQuotes

        return LibraryQuotes(self.library, self.clock)

    @property
    def now(self) -> int:
        return int(self.clock())

    def close(self) -> None:
        if self.lost is None:
            self.lost = self.outbox.close()
            self.library.close()

    # reading the lists
    def counts(self) -> Counts:
        found = self.library.stories.counts(self.now)
        return Counts(found.unread, found.today, found.starred, found.total, found.feeds)

    def feeds(self) -> tuple[Feed, ...]:
        return self.library.feeds.all()

    def unread(self) -> dict[int, int]:
        return self.library.feeds.unread()

    def stories(self, view: View, after: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        return self.outbox.shown(self.library.stories.page(self._dated(view), after, limit))

    def stories_before(self, view: View, before: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        return self.outbox.shown(self.library.stories.page_before(self._dated(view), before, limit))

    def size(self, view: View) -> int:
        return self.library.stories.size(self._dated(view))

    def rows(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        rows = self.library.stories.rows(ids)
        return {row.id: self.outbox.row(row) for row in rows.values()} if self.outbox.held else rows

    def next_unread(self, view: View, after: StoryKey | None, back: bool = False) -> StoryRow | None:
        dated = self._dated(view)
        found = self.library.stories.next_unread(dated, after, back)
        while found is not None and self.outbox.row(found).read:  # read, and not stored yet
            found = self.library.stories.next_unread(dated, found.key, back)
        return found

    def _dated(self, view: View) -> View:
        """Today is the last 24 hours, as it is counted: the store has no clock, and its list would begin at 1970."""
        return replace(view, since=self.now - DAY) if view.kind == "today" and not view.since else view

    def changed(self) -> bool:
        return self.library.changed()

    # reading a story
    def open(self, story_id: int) -> OpenStory | None:
        story = self.library.stories.get(story_id)
        if story is None:
            return None
        thread = self.library.threads.get(story_id, bodies=False)
        place = self.library.stories.position(story_id)
        return self.outbox.opened(OpenStory(story, self._article(story), thread, place))

    def _article(self, story: Story) -> Article:
        article = self.library.articles.get(story.row.id) or self._feed_article(story)
        return self._corrected(story.row.id, article)

    def _corrected(self, story_id: int, article: Article) -> Article:
        """With the reader's own word on who said what."""
        return replace(article, quotes=self.quotes.corrected(story_id, article.quotes)) if article.quotes else article

    def _feed_article(self, story: Story) -> Article:
        from tui_news.services.reading import feed_article  # not needed for the first paint

        return feed_article(story, self.now)

    def prefer(self, story_id: int, source: Literal["feed", "page"]) -> OpenStory | None:
        with self.library.write(durable=True):
            self.library.stories.prefer(story_id, source)
        opened = self.open(story_id)
        if opened is not None and source == "feed" and (not opened.article or opened.article.source != "feed"):
            return replace(opened, article=self._corrected(story_id, self._feed_article(opened.story)))
        return opened

    def speakers(self, story_id: int) -> tuple[tuple[str, tuple[PlacedQuote, ...]], ...]:
        opened = self.open(story_id)
        if opened is None or opened.article is None:
            return ()
        found: dict[str, list[PlacedQuote]] = {}
        for quote in opened.article.quotes:
            if quote.kind in ("speech", "block"):
                found.setdefault(quote.speaker or "", []).append(quote)
        named = [(name, tuple(quotes)) for name, quotes in found.items() if name]
        return tuple([*named, ("", tuple(found[""]))] if "" in found else named)

    # acts; those that the library cannot take just now wait in the outbox
    def set_read(self, ids: Sequence[int], read: bool) -> None:
        rows = [row.id for row in self.rows(ids).values() if row.read != read]
        what = "marking" if len(rows) == 1 else f"marking {len(rows):,} stories"
        words, undo = f"{what} {'read' if read else 'unread'}", {"op": "read", "ids": rows, "value": not read}

        def act() -> None:
            with self.library.write(durable=True):
                self.library.stories.set_read(rows, read)
                self._journal(words, undo)

        if rows:
            self.outbox.do(act, words, {number: {"read": read} for number in rows})

    def set_starred(self, ids: Sequence[int], starred: bool) -> None:
        rows = [row.id for row in self.rows(ids).values() if row.starred != starred]
        words = f"{'starring' if starred else 'taking the star off'} {_count(len(rows))}"

        def act() -> None:
            with self.library.write(durable=True):
                self.library.stories.set_starred(rows, starred)
                self._journal(words, {"op": "star", "ids": rows, "value": not starred})

        if rows:
            self.outbox.do(act, words, {number: {"starred": starred} for number in rows})

    def mark_all_read(self, view: View) -> int:
        found = self.library.stories.unread_ids(self._dated(view))
        ids = [row.id for row in self.rows(found).values() if not row.read] if self.outbox.held else list(found)
        words = f"marking {_count(len(ids))} read"

        def act() -> None:
            with self.library.write(durable=True):
                self.library.stories.set_read(ids, True)
                self._journal(words, {"op": "read", "ids": ids, "value": False})

        if ids:
            self.outbox.do(act, words, {number: {"read": True} for number in ids})
        return len(ids)

    def _journal(self, words: str, *undo: dict[str, object]) -> None:
        self.library.journal.record(words, list(undo), now=self.now)

    def undo(self) -> str | None:
        waiting = self.outbox.undo()
        if waiting is not None:
            return waiting
        return self.library.journal.undo()

    def save_position(self, story_id: int, position: str) -> None:
        save = self.library.stories.save_position
        self.outbox.do(partial(save, story_id, position), place=(story_id, position))

    def save_folds(self, story_id: int, folds: Mapping[str, bool | None]) -> None:
        self.outbox.do(partial(self.library.threads.save_folds, story_id, folds))

    def mark_seen(self, story_id: int, comment_ids: Sequence[str], leave: bool = False) -> None:
        def act() -> None:
            with self.library.write():
                if comment_ids:
                    self.library.threads.mark_seen(story_id, comment_ids)
                if leave:
                    self.library.threads.leave(story_id)

        self.outbox.do(act)

    def set_order(self, story_id: int, order: str) -> None:
        self.outbox.do(partial(self.library.threads.set_order, story_id, order))

    # subscriptions
    def remove_feed(self, feed_id: int) -> str:
        feed = self.library.feeds.get(feed_id)
        if feed is None:
            return ""
        with self.library.write(durable=True):
            self.library.feeds.remove(feed_id)
            self._journal(f"unsubscribing from {feed.title or feed.url}", {"op": "feed_removed", "id": feed_id})
        return feed.title or feed.url

    def edit_feed(self, feed_id: int, title: str | None = None, folder: str | None = None) -> None:
        feed = self.library.feeds.get(feed_id)
        if feed is None:
            return
        with self.library.write(durable=True):
            self.library.feeds.edit(feed_id, title=title, folder=folder)
            old: dict[str, object] = {"op": "feed_edited", "id": feed_id}
            if title is not None:
                old["title"] = feed.title
            if folder is not None:
                old["folder"] = feed.folder
            self._journal(f"editing {feed.title or feed.url}", old)

    def starter(self) -> tuple[Subscription, ...]:
        from tui_news.feeds.starter import STARTER

        return STARTER

    def subscribe(self, subscriptions: Sequence[Subscription]) -> int:
        """In one transaction, undoable as one act."""
        undo: list[dict[str, object]] = []
        with self.library.write(durable=True):
            for item in subscriptions:
                feed_id, created = self.library.feeds.add(
                    item.url, title=item.title, site=item.site, folder=item.folder, now=self.now
                )
                if created:
                    undo.append({"op": "feed_added", "id": feed_id})
            if undo:
                self._journal(f"subscribing to {_count(len(undo), 'feed')}", *undo)
        return len(undo)

    def import_file(self, path: str) -> tuple[int, int]:
        from tui_news.feeds.opml import read_opml

        file = typed(path)
        try:
            with file.open("rb") as stream:
                data = stream.read(OPML_LIMIT + 1)
        except OSError as error:
            raise TuinewsError(f"{file} could not be read", error.strerror or str(error), "check the path") from error
        if len(data) > OPML_LIMIT:
            raise TuinewsError(f"{file} could not be imported", "it is larger than 32 MB", "is it an OPML file?")
        subscriptions = read_opml(data)
        created = self.subscribe(subscriptions)
        return created, len(subscriptions) - created

    def search(self, words: str, limit: int = 100) -> tuple[Hit, ...]:
        found = self.library.finder.find(words, limit)
        rows = self.rows([story_id for story_id, _, _ in found])
        return tuple(Hit(rows[story], snippet, tuple(marks)) for story, snippet, marks in found if story in rows)


def _count(count: int, noun: str = "story") -> str:
    plural = "stories" if noun == "story" else noun + "s"
    return f"1 {noun}" if count == 1 else f"{count:,} {plural}"
