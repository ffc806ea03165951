"""Moving in: other readers' lists of feeds and newsboat's cache become feeds, stories and marks of ours.

Written feed by feed, so that nobody waits long for the library, as one act that `u` takes back. A dry run makes the
same decisions and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial

from tui_news.articles.feedbody import is_teaser as teaser
from tui_news.comments.sources import find_ref
from tui_news.feeds.decide import decide, paired
from tui_news.feeds.discover import clean_address
from tui_news.feeds.identity import canonical
from tui_news.feeds.newsboat import found_story
from tui_news.feeds.newsboat_filter import LOOSE, quoted, to_query
from tui_news.feeds.texts import title_line
from tui_news.models import Entry, Feed, FeedSettings, ParsedFeed, Subscription
from tui_news.models.late import dataclass
from tui_news.models.moving import CacheFeed, FeedList, FoundStory
from tui_news.paths import Paths
from tui_news.services.moved_report import Moved, count
from tui_news.services.moving_sources import Export, Source, sources_of
from tui_news.services.opening import open_library
from tui_news.store import Library
from tui_news.store.moved import marks_of, read_ahead
from tui_news.store.newsboat_cache import NewsboatCache
from tui_news.store.restore import Restored, restore
from tui_news.text.sanitize import clean_line

MOST_TAGGED = 300  # feeds that one query names: it is a line that a person may want to read
Op = dict[str, object]


class _TakenBack(Exception):
    """Ends a dry run of an export: its transaction rolls back."""


def move_files(paths: Paths, words: str, now: int, dry: bool) -> Moved:
    """Import on a connection of its own: it may run beside everything else. Raises TuinewsError."""
    sources = sources_of(words)
    library = open_library(paths)
    try:
        return Mover(library, now, dry=dry).run(sources)
    finally:
        library.close()


class Mover:
    """One import over a library. told: hears how many stories are through, now and then."""

    def __init__(
        self, library: Library, now: int, *, dry: bool = False, told: Callable[[int], None] | None = None
    ) -> None:
        self.library, self.now, self.dry = library, now, dry
        self.told = told or (lambda stories: None)
        self.report = Moved(dry=dry)
        self._act: int | None = None
        self._ours = {canonical(feed.url): feed for feed in library.feeds.all()}

    def run(self, sources: Sequence[Source]) -> Moved:
        """Lists first, so that a cache finds its feeds. Raises TuinewsError; what is written by then stays."""
        lists = [source for source in sources if isinstance(source, FeedList)]
        with ExitStack() as opened:
            caches = [opened.enter_context(source) for source in sources if isinstance(source, NewsboatCache)]
            for export in (source for source in sources if isinstance(source, Export)):
                self._export(export)
            for found in lists:
                self._list(found)
            for cache in caches:
                self._cache(cache, alone=not lists)
        return self.report

    def _journal(self, words: str, ops: Sequence[Op]) -> None:
        """In the transaction of the step itself."""
        if not ops:
            return
        if self._act is None:
            self._act = self.library.journal.record(words, ops, now=self.now)
        else:
            self.library.journal.extend(self._act, ops, words)

    @property
    def _words(self) -> str:
        return f"importing {count(self.report.feeds, 'feed')}" + (
            f" and {count(self.report.stories, 'story')}" if self.report.stories else ""
        )

    # an export of ours
    def _export(self, export: Export) -> None:
        self.report.kinds.append("an export of tuinews")
        try:
            with self.library.write(durable=True):
                done = restore(self.library.db, export.rows())
                self._count_restored(done)
                self._journal(self._words, done.undo)
                self.library.feeds.touched()
                self.library.stories.recount()
                if self.dry:
                    raise _TakenBack
        except _TakenBack:
            pass
        self._ours = {canonical(feed.url): feed for feed in self.library.feeds.all()}

    def _count_restored(self, done: Restored) -> None:
        report = self.report
        report.feeds += len(done.feeds)
        report.stories += len(done.stories)
        report.read, report.starred = report.read + done.read, report.starred + done.starred
        report.smart += done.smart
        if done.exact:
            report.notes.append("The library is as it was when it was exported, to the last mark.")

    # lists
    def _list(self, found: FeedList) -> None:
        self.report.kinds.append(found.kind)
        self.report.skipped += found.skipped
        self._subscribe(found.feeds)
        self._smart(found)

    def _subscribe(self, items: Sequence[Subscription]) -> None:
        new = {canonical(item.url): item for item in reversed(items) if canonical(item.url) not in self._ours}
        self.report.feeds_held += len(items) - len(new)
        self.report.feeds += len(new)
        if self.dry:
            self._ours |= {key: Feed(0, item.url, item.title) for key, item in new.items()}
            return
        with self.library.write(durable=True):
            added = [self._add(item) for item in reversed(new.values())]
            self._journal(self._words, [{"op": "feed_added", "id": number} for number in added])
        self._ours = {canonical(feed.url): feed for feed in self.library.feeds.all()}

    def _add(self, item: Subscription) -> int:
        number, _ = self.library.feeds.add(item.url, item.title, item.site, item.folder, now=self.now)
        if item.hidden:  # newsboat's "!": kept out of the list, as a muted feed is
            self.library.feeds.set_settings(number, FeedSettings(muted=True))
        return number

    def _smart(self, found: FeedList) -> None:
        """Query feeds, and tags that are no folder, become smart feeds; a name that is taken stays what it is."""
        wanted = []
        for query in found.queries:
            try:
                wanted.append((query.name, to_query(query.condition, partial(self._tagged, found.feeds))))
            except ValueError as error:
                self.report.skipped.append(
                    f"the query feed “{query.name}”: {clean_line(str(error), 100)} cannot be asked here"
                )
        if any("*" in text for _, text in wanted):
            self.report.notes.append(LOOSE)
        extra = dict.fromkeys(tag for feed in found.feeds for tag in feed.tags)
        for tag in extra:
            try:
                wanted.append((tag, self._tagged(found.feeds, tag)))
            except ValueError as error:
                self.report.skipped.append(f"the tag “{tag}”: {error} cannot be asked here")
        with self.library.write(durable=True):
            taken = {smart.name.casefold() for smart in self.library.smart.all()}
            for name, query_text in wanted:
                if name.casefold() not in taken:
                    taken.add(name.casefold())
                    self._save_smart(name, query_text)

    def _save_smart(self, name: str, query: str) -> None:
        self.report.smart += 1
        if not self.dry:
            number = self.library.smart.add(name, query, self.report.smart)
            self._journal(self._words, [{"op": "row", "table": "smart_feed", "key": {"id": number}, "was": None}])

    def _tagged(self, feeds: Sequence[Subscription], tag: str) -> str:
        """newsboat's feeds with this tag: those in the folder of that name, and those that have it besides."""
        ours = [self._ours[canonical(feed.url)].id for feed in feeds if tag in feed.tags]
        parts = [f"folder:{quoted(tag)}"] if any(feed.folder == tag for feed in feeds) or not ours else []
        parts += [f"feed:{number}" for number in ours]
        if len(parts) > MOST_TAGGED:
            raise ValueError(f"{len(parts)} feeds at once")
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    # newsboat's cache
    def _cache(self, cache: NewsboatCache, alone: bool) -> None:
        self.report.kinds.append("newsboat's cache")
        theirs = [(feed, _address(feed.url)) for feed in cache.feeds()]
        if alone and not any(canonical(url) in self._ours for _, url in theirs):
            self._subscribe([Subscription(url, _title(feed)) for feed, url in theirs if url])
        left = Counter[str]()
        for feed, url in theirs:
            held = self._ours.get(canonical(url))
            if held is None:
                left.update(feeds=1, stories=feed.items)
            else:
                self._feed(cache, feed, held)
                self.told(self.report.stories + self.report.stories_held)
        if left:
            self.report.notes.append(
                f"{count(left['stories'], 'story')} of {count(left['feeds'], 'feed')} in the cache that you are not "
                "subscribed to were left out."
            )
        if cache.written_meanwhile():
            self.report.notes.append("newsboat wrote to its cache meanwhile: close it and import once more.")

    def _feed(self, cache: NewsboatCache, theirs: CacheFeed, feed: Feed) -> None:
        found = [found_story(item, self.now) for item in cache.items(theirs.url)]
        if self.dry:
            self._count(self._decide(feed, theirs, found))
            return
        with self.library.write(durable=True):
            step = self._decide(feed, theirs, found)
            self._count(step)
            self._journal(self._words, self._carry_out(feed, step))
            if feed.title == feed.url and _title(theirs):  # until it is fetched it is called what newsboat called it
                self.library.feeds.edit(feed.id, title=_title(theirs))

    def _decide(self, feed: Feed, theirs: CacheFeed, found: Sequence[FoundStory]) -> Step:
        known = self.library.stories.known(feed.id) if feed.id else ()
        parsed = ParsedFeed("", theirs.site, tuple(one.entry for one in found))
        decision = decide(
            known,
            parsed,
            feed_url=feed.url,
            now=self.now,
            find_ref=find_ref,
            is_teaser=lambda html, _: teaser(html),
        )
        marks = marks_of(self.library.db, feed.id)
        of_entry = {id(one.entry): one for one in found}
        rows = [
            (held.identity if held else key, of_entry[id(entry)], held is not None)
            for key, entry, held in paired(known, parsed.entries, theirs.site)[0]
        ]
        return _step(decision.new, rows, marks)

    def _count(self, step: Step) -> None:
        self.report.stories += len(step.new)
        self.report.stories_held += step.held
        self.report.read += len(step.read) + len(step.ahead)
        self.report.starred += len(step.starred)

    def _carry_out(self, feed: Feed, step: Step) -> list[Op]:
        """What undoes it. What is read or starred here stays so, whatever the other reader says."""
        stories, ops = self.library.stories, list[Op]()
        if step.new:
            ops.append({"op": "stories_added", "ids": stories.store(feed.id, step.new, [], self.now)})
        if step.ahead:
            made = read_ahead(self.library.db, feed.id, step.ahead, self.now)
            ops.append({"op": "statuses_added", "feed": feed.id, "identities": made})
        ids = {known.identity: known.id for known in stories.known(feed.id)}
        if read := stories.set_read([ids[name] for name in step.read], True):
            ops.append({"op": "read", "ids": read, "value": False})
        if starred := stories.set_starred([ids[name] for name in step.starred], True):
            ops.append({"op": "star", "ids": starred, "value": False})
        return ops


@dataclass(frozen=True, slots=True)
class Step:
    """What one feed of a cache means here. read, starred: identities to mark; ahead: to note as read, not held."""

    new: tuple[Entry, ...]
    held: int
    read: tuple[str, ...]
    starred: tuple[str, ...]
    ahead: tuple[str, ...]


def _step(
    new: Sequence[Entry], rows: Sequence[tuple[str, FoundStory, bool]], marks: Mapping[str, tuple[bool, bool]]
) -> Step:
    """rows: (identity, what was found, whether it is held). A story thrown away there is not brought here."""
    thrown = {name for name, one, held in rows if one.deleted and not held}
    here = [(name, one, marks.get(name, (False, False))) for name, one, held in rows if name not in thrown]
    return Step(
        tuple(entry for entry in new if entry.identity not in thrown),
        sum(held for _, _, held in rows),
        tuple(name for name, one, (read, _) in here if one.read and not read),
        tuple(name for name, one, (_, starred) in here if one.starred and not one.deleted and not starred),
        tuple(name for name in sorted(thrown) if name not in marks),
    )


def _address(url: str) -> str:
    """A cache's feed as an address of ours, "" for anything that is none."""
    return (clean_address(url) or "") if url.startswith(("http://", "https://", "feed:")) else ""


def _title(feed: CacheFeed) -> str:
    return title_line(feed.title, False)
