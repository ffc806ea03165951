"""The library: one connection, small classes over it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.models import LibraryError
from tui_news.paths import Paths
from tui_news.store.connection import Db, marks_of
from tui_news.store.errors import LibraryDamaged, LibraryReadonly
from tui_news.store.feeds import Feeds
from tui_news.store.finder import Finder
from tui_news.store.migrate import back_up
from tui_news.store.opening import (
    OPML,
    ReadOpml,
    is_gone,
    marker_of,
    open_readonly,
    open_sound,
    open_writable,
    read_list,
    subscribe,
)
from tui_news.store.opmlfile import opml, write_atomically
from tui_news.store.stories import Stories

if TYPE_CHECKING:
    from tui_news.store.articles import Articles
    from tui_news.store.folders import Folders
    from tui_news.store.journal import Journal
    from tui_news.store.later import Later
    from tui_news.store.memos import Memos
    from tui_news.store.place import Place
    from tui_news.store.quotes import Quotes
    from tui_news.store.rules import Rules
    from tui_news.store.search import Search
    from tui_news.store.smart import SmartFeeds
    from tui_news.store.tags import Tags
    from tui_news.store.threads import Threads
    from tui_news.store.twins import Twins


RENEW_SECONDS = 10.0


class Library:
    """Everything held. Raises LibraryError only. Use it from one thread at a time; a process opens its own."""

    def __init__(self, db: Db, paths: Paths, clock: Callable[[], float], readonly: bool) -> None:
        self.db, self.paths, self.clock, self.readonly = db, paths, clock, readonly
        self.notices: list[str] = []
        self.unread_opml = False
        db.on_damage = self._remember_damage
        self.news: list[str] = []  # what a reader should hear of the file while it is open
        self._held = marks_of(db.path)
        if not readonly:
            db.before_write = self._look
        db.on_moved.append(self._moved)
        self.feeds = Feeds(db, self._subscriptions_changed, self._feeds_renamed)
        self._list_due, self._renew_at = False, time.monotonic() + RENEW_SECONDS
        self.stories = Stories(db, clock)
        self.finder = self.stories.use(Finder(self))
        self.stories.stored = lambda ids: self.rules.arrived(ids)
        self._version: int | None = db.value("PRAGMA data_version")

    @cached_property
    def articles(self) -> Articles:
        from tui_news.store.articles import Articles

        return Articles(self.db)

    @cached_property
    def threads(self) -> Threads:
        from tui_news.store.threads import Threads

        return Threads(self.db)

    @cached_property
    def journal(self) -> Journal:
        from tui_news.store.journal import Journal

        return Journal(self)

    @cached_property
    def smart(self) -> SmartFeeds:
        from tui_news.store.smart import SmartFeeds

        return SmartFeeds(self.db, self.clock)

    @cached_property
    def tags(self) -> Tags:
        from tui_news.store.tags import Tags

        return Tags(self.db, self.clock)

    @cached_property
    def quotes(self) -> Quotes:
        from tui_news.store.quotes import Quotes

        return Quotes(self.db, self.paths.config / "quotes")

    @cached_property
    def memos(self) -> Memos:
        from tui_news.store.memos import Memos

        return Memos(self.db)

    @cached_property
    def twins(self) -> Twins:
        from tui_news.store.twins import Twins

        return Twins(self.db)

    @cached_property
    def folders(self) -> Folders:
        from tui_news.store.folders import Folders

        return Folders(self.db)

    @cached_property
    def later(self) -> Later:
        from tui_news.store.later import Later

        return Later(self.db)

    @cached_property
    def search(self) -> Search:
        from tui_news.store.search import Search

        return Search(self.db, self.paths.index, self.readonly, lambda ids: self.rules.indexed(ids))

    def due(self) -> tuple[bool, bool, bool]:
        """Whether the search index, the quotes and the rules have anything to do, as far as can be told without opening
        them: to find nothing in the index takes as long as twenty feeds. Quotes of an older detector can wait."""
        row = self.db.one(
            "SELECT EXISTS(SELECT 1 FROM dirty), EXISTS(SELECT 1 FROM unquoted), EXISTS(SELECT 1 FROM rule)"
        )
        words, quotes, rules = map(bool, row or (0, 0, 0))
        return words or not self.paths.index.exists(), quotes, rules

    @cached_property
    def rules(self) -> Rules:
        from tui_news.store.rules import Rules

        return Rules(self)

    @classmethod
    def open(
        cls,
        paths: Paths,
        *,
        readonly: bool = False,
        older: bool = False,
        clock: Callable[[], float] = time.time,
        read_opml: ReadOpml | None = None,
    ) -> Library:
        """Open the library, made or migrated if need be; `notices` then says what a reader should know.

        A damaged file is put aside and what can be read of it comes over; an empty library beside a
        subscriptions.opml is filled from it by `read_opml`. older: with readonly, one that an older version wrote is
        read as well (`store.older`). Raises LibraryError (its subclasses in `store.errors`).
        """
        if readonly:
            return cls(open_readonly(paths.library, older), paths, clock, True)
        try:
            return cls._open_writable(paths, clock, read_opml)
        except LibraryDamaged:
            # Met after the first looks, and remembered: this time it is rescued.
            return cls._open_writable(paths, clock, read_opml)

    @classmethod
    def _open_writable(cls, paths: Paths, clock: Callable[[], float], read_opml: ReadOpml | None) -> Library:
        notices: list[str] = []
        db = open_writable(paths, clock, read_opml, notices)
        try:
            library = cls(db, paths, clock, False)
            library.notices = notices
            library._from_opml(read_opml)
        except BaseException:
            db.close()
            raise
        return library

    @contextmanager
    def write(self, durable: bool = False) -> Iterator[None]:
        """One transaction, rolled back on any exception; inside another it is part of that one.

        durable: survives a power cut (what the reader did); without, only a crash (what a refresh can fetch again).
        """
        with self.db.write(durable):
            yield

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Reads inside see one moment of the library, whatever others write meanwhile."""
        self.db.run("BEGIN")
        try:
            yield
        finally:
            self.db.run("COMMIT")

    def changed(self) -> bool:
        """Whether another connection wrote since the last call (or since opening). Notices, too, that the library's
        file was deleted or replaced, and that one opened for reading can be written again."""
        if not self.readonly:
            with suppress(LibraryReadonly):  # said when something is to be written
                self._look()
        version = self.db.value("PRAGMA data_version")
        before, self._version = self._version, version
        return bool(version != before)

    def renew(self) -> None:
        """If it was opened for reading because nothing could be written: try again, at most every ten seconds."""
        now = time.monotonic()
        if self.readonly and now >= self._renew_at:
            self._renew_at = now + RENEW_SECONDS
            if self._place.renew():
                self.readonly = False
                self.db.before_write = self._look
                self.news.append("The library can be written to again.")

    def _look(self) -> None:
        """Whether the open file still is the library; see `store.place`, which is loaded when it is not."""
        now = marks_of(self.db.path)
        if now[0] == self._held[0]:
            self._held = now
        elif self._held[0] is not None:
            self._place.held = self._held
            self._place.look()

    @cached_property
    def _place(self) -> Place:
        from tui_news.store.place import Place

        return Place(self.db, lambda: open_sound(self.paths), is_gone, self.news.append, self._held)

    def _moved(self) -> None:
        self._held = marks_of(self.db.path)
        self._version = None
        self.finder.close()
        if "search" in self.__dict__:
            self.search.close()
            del self.__dict__["search"]

    def patience(self, milliseconds: int) -> None:
        """How long to wait for another program's write before LibraryBusy."""
        self.db.patience = milliseconds / 1000
        self.db.run(f"PRAGMA busy_timeout={int(milliseconds)}")

    @contextmanager
    def hurry(self, seconds: float) -> Iterator[None]:
        """Inside, a write waits so long at most before LibraryBusy."""
        before, self.db.patience = self.db.patience, min(seconds, self.db.patience)
        try:
            yield
        finally:
            self.db.patience = before

    def close(self) -> None:
        """Close the connections. Harmless when called twice."""
        with suppress(LibraryError):
            self.catch_up()
        self.finder.close()
        if "search" in self.__dict__:
            self.search.close()
        self.db.close()

    def check(self) -> list[str]:
        """What is wrong with the file, in sentences; [] when it is sound. Reads all of it: not for start-up."""
        found = [str(row[0]) for row in self.db.all("PRAGMA quick_check(20)") if row[0] != "ok"]
        found += [f"{row[0]} row {row[1]} belongs to nothing" for row in self.db.all("PRAGMA foreign_key_check")]
        if self.stories.miscounted():
            found.append("the unread counts are wrong; `recount` mends them")
        return found

    def backup(self, keep: int = 2) -> Path:
        """A consistent copy beside the library, named by the day; older ones than the last `keep` are removed."""
        folder, day = self.paths.data, time.strftime("%Y-%m-%d", time.gmtime(self.clock()))
        made = back_up(self.db, folder / f"library-{day}.backup.db")
        pattern = "library-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].backup.db"
        for old in sorted(folder.glob(pattern), reverse=True)[max(keep, 1) :]:
            old.unlink(missing_ok=True)
        return made

    def _remember_damage(self) -> None:
        """The next opening looks closely, and rescues."""
        if not self.readonly:
            try:
                marker_of(self.paths).touch()
            except OSError:
                pass

    def _subscriptions_changed(self) -> None:
        if self._save_opml not in self.db.after_commit:
            self.db.after_commit.append(self._save_opml)

    def _feeds_renamed(self) -> None:
        """The list of subscriptions is written when a refresh ends: once a feed cost more than all the rest of it."""
        self._list_due = True

    def catch_up(self) -> None:
        """Write what waits for the end of a piece of work: the plain list of subscriptions."""
        if self._list_due:
            self._save_opml()

    def _save_opml(self) -> None:
        """Never a reason to fail: the library itself is written already."""
        self._list_due = False
        path = self.paths.data / OPML
        try:
            if self.unread_opml and os.path.lexists(path):
                day = time.strftime("%Y-%m-%d", time.gmtime(self.clock()))
                path.replace(path.with_name(f"subscriptions-{day}.opml"))
            self.unread_opml = False
            write_atomically(path, opml(self.feeds.subscriptions()))
        except OSError as error:
            self.notices.append(f"{path} could not be written: {error.strerror or error}.")

    def _from_opml(self, read_opml: ReadOpml | None) -> None:
        """A library that never had a feed, beside a list of subscriptions: it was lost, not new."""
        path = self.paths.data / OPML
        if self.db.value("SELECT 1 FROM feed LIMIT 1"):
            if is_gone(path):
                self._save_opml()  # it outlives the library: there must be one
            return
        if not os.path.lexists(path):
            return
        items = read_list(path, read_opml, self.notices)
        self.unread_opml = not items  # nothing may overwrite what could not be read
        if items:
            with self.write(durable=True):
                added = subscribe(self.feeds, items, int(self.clock()))
            self.notices.append(f"The library was empty: {added} feeds were subscribed again from {path}.")
