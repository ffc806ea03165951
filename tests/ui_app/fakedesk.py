"""A library and a network made of plain Python, for tests of the screen. Content is our own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tui_news.models import (
    Article,
    Block,
    Comment,
    Feed,
    OpenStory,
    PlacedQuote,
    Route,
    Span,
    Story,
    StoryKey,
    StoryRow,
    Subscription,
    Thread,
    ThreadRef,
    TuinewsError,
    View,
)
from tui_news.services.contracts import Counts, Fact, Hit
from ui_app.fakeoutbox import FakeOutbox
from ui_app.fakepacks import FakeLater, FakePictures
from ui_app.fakequery import FakeQueries, FakeRules, FakeSmart, FakeTags
from ui_app.fakequotes import FakeQuotes
from ui_app.fakesettings import FakeSettings
from ui_app.fakeshelf import FakeShelf

NOW = 1_634_900_000  # Friday 22 October 2021, 10:53 UTC
HOUR, DAY = 3600, 86_400

FEEDS = (
    (1, "Norway Daily", "Norway"), (2, "Coast Post", "Norway"), (3, "Bits & Bolts", "Tech"),
    (4, "Kernel Weekly", "Tech"), (5, "The Long Read", ""),
)  # fmt: skip
TITLES = (
    (1, "Minister: dialogue first", 2, 5, 12, 3), (2, "Storm closes the north road", 3, 2, None, 0),
    (3, "A compiler that explains itself", 5, 0, 40, 0), (1, "Ferry returns after nine years", 8, 3, 2, 2),
    (5, "What the lighthouse keepers knew", 11, 14, None, 0), (4, "Scheduler patches land, quietly", 20, None, 118, 0),
    (2, "Herring quota raised again", 26, 1, None, 0), (3, "Small phones are not coming back, says everyone", 30, 6, 7, 0),
    (1, "Snow on the coast before November", 49, None, None, 0), (4, "Why the build takes four minutes", 75, 2, 9, 0),
    (5, "An island of three hundred pianos", 120, 8, 1, 0), (3, "The [bold]bracket[/] that broke the site", 160, 0, None, 0),
    (2, "漁船が嵐の中で港に戻る", 200, None, None, 0), (1, "A very long title about the committee that met on Tuesday to "
     "decide when the other committee should meet", 260, 1, 3, 0),
)  # fmt: skip
BODY = (
    "The government announced on Friday that it will meet the coastal councils before any decision is taken.",
    "“It is first and foremost a hope,” the minister told us, and looked out of the window at the rain.",
    "The councils have waited nine years. Their spokesman, Ola Berg, said: “We have heard the word dialogue before, "
    "and the ferry did not come.”",
    "The ministry calls the plan “a new start”. A report is due in December.",
    "“Nobody here is against talking,” said Berg, “but talk does not carry cars across the fjord.”",
    *(
        f"Paragraph {number} goes on about the crossing, the weather, the price of diesel and the people who take the "
        "early boat because the late one may not sail; it is long enough to be wrapped over some lines of the column."
        for number in range(1, 16)
    ),
)


@dataclass
class FakeMarks:
    """The desk's part about threads."""

    calls: list[tuple[object, ...]]

    def all_seen(self, story_id: int) -> None:
        self.calls.append(("all_seen", story_id))

    def keep_new(self, story_id: int, comment_ids: Sequence[str]) -> None:
        self.calls.append(("keep_new", story_id, tuple(comment_ids)))


def quotes_of(blocks: Sequence[Block]) -> tuple[PlacedQuote, ...]:
    speakers = {1: "the minister", 2: "Ola Berg", 4: "Berg"}
    found = []
    for index, block in enumerate(blocks):
        start = block.text.find("“")
        if start >= 0 and index in speakers:
            end = block.text.index("”", start) + 1
            found.append(PlacedQuote(index, start, end, "speech", block.text[start:end], speakers[index]))
    return tuple(found)


def article(story_id: int = 1, source: str = "page") -> Article:
    blocks = tuple(Block("para", text) for text in BODY)
    blocks = (*blocks[:5], Block("heading", "The crossing", level=2), *blocks[5:])
    link = "councils"
    at = blocks[2].text.find(link)
    blocks = (
        *blocks[:2],
        replace(blocks[2], spans=(Span(at, at + len(link), "link", "https://example.org/councils"),)),
        *blocks[3:],
    )
    return Article("page" if source == "page" else "feed", blocks, quotes_of(blocks), title=f"Story {story_id}",
                   author="A. Writer", published=NOW - 2 * HOUR, lang="en", fetched_at=NOW - HOUR)  # fmt: skip


def comment(cid: str, parent: str | None, author: str, text: str, hours: float, **more: object) -> Comment:
    made = Comment(cid, parent, author, NOW - int(hours * HOUR), text, blocks=(Block("para", text),), author_id=author,
                   url=f"https://example.org/c/{cid}", first_gen=1)  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def thread(story_id: int = 1) -> Thread:
    ref = ThreadRef("wordpress", f"https://example.org/|{story_id}", (Route("rest", "https://example.org/r"),),
                    f"https://example.org/{story_id}#comments")  # fmt: skip
    comments = (
        comment("1", None, "kari", "Nine years is a long time to wait for a boat.", 2),
        comment("2", "1", "ola", "It was eight and a half, but who is counting.", 1.5, role="op"),
        comment("3", "2", "kari", "Everybody on the island is counting.", 1.2, first_gen=2),
        comment("4", "1", "per", "The old ferry was better anyway.", 1, first_gen=2),
        comment("5", None, "liv", "Will the report be public?", 0.5, first_gen=2),
    )
    return Thread(story_id, ref, comments, total=5, route="rest", fetched_at=NOW - HOUR, gen=2, seen_gen=1)


@dataclass
class FakeDesk:
    """The library in memory. `calls` is what the screen asked for, in order."""

    feed_list: list[Feed] = field(default_factory=list)
    all_rows: dict[int, StoryRow] = field(default_factory=dict)
    calls: list[tuple[object, ...]] = field(default_factory=list)
    undos: list[tuple[str, Callable[[], None]]] = field(default_factory=list)
    positions: dict[int, str] = field(default_factory=dict)
    bare: set[int] = field(default_factory=set)  # stories without an article or thread yet
    other_wrote: bool = False
    closed: bool = False
    settings: FakeSettings = field(default_factory=FakeSettings)
    smart: FakeSmart = field(default_factory=FakeSmart)
    tags: FakeTags = field(default_factory=FakeTags)
    shelf: FakeShelf = field(default_factory=FakeShelf)
    queries: FakeQueries = field(default_factory=FakeQueries)
    rules: FakeRules = field(default_factory=FakeRules)
    pictures: FakePictures = field(default_factory=FakePictures)
    later: FakeLater = field(default_factory=FakeLater)
    outbox: FakeOutbox = field(default_factory=FakeOutbox)
    quotes: FakeQuotes = field(default_factory=FakeQuotes)

    # reading
    def counts(self) -> Counts:
        rows = self.all_rows.values()
        return Counts(
            sum(not row.read for row in rows), sum(not r.read and r.sort > NOW - DAY for r in rows),
            sum(row.starred for row in rows), len(self.all_rows), len(self.feed_list),
        )  # fmt: skip

    def unread(self) -> dict[int, int]:
        return {feed.id: feed.unread for feed in self.feeds()}

    def feeds(self) -> tuple[Feed, ...]:
        def counted(feed: Feed) -> Feed:
            rows = [row for row in self.all_rows.values() if row.feed_id == feed.id]
            return replace(feed, unread=sum(not row.read for row in rows), total=len(rows))

        return tuple(sorted(map(counted, self.feed_list), key=lambda feed: (feed.folder, feed.title)))

    def _fits(self, view: View, row: StoryRow) -> bool:
        """What is kept need not be unread or starred any more; its place and the filter still hold."""
        folder = next((feed.folder for feed in self.feed_list if feed.id == row.feed_id), "")
        placed = {
            "today": row.sort > NOW - DAY, "feed": row.feed_id == view.id, "folder": folder == view.name,
        }.get(view.kind, True)  # fmt: skip
        stated = {"unread": not row.read, "starred": row.starred}.get(view.kind, True)
        stated = row.id in view.keep or (stated and not (view.unread_only and row.read))
        words = view.filter.replace("*", "").lower().split()
        return placed and stated and all(word in row.title.lower() for word in words)

    def _matching(self, view: View) -> list[StoryRow]:
        rows = [row for row in self.all_rows.values() if self._fits(view, row)]
        return sorted(rows, key=lambda row: (row.sort, row.id), reverse=True)

    def stories(self, view: View, after: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        rows = self._matching(view)
        self.calls.append(("stories", view, after))
        if after is not None:
            rows = [row for row in rows if (row.sort, row.id) < (after.sort, after.id)]
        return tuple(rows[:limit])

    def stories_before(self, view: View, before: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        rows = self._matching(view)
        self.calls.append(("stories_before", view, before))
        if before is not None:
            rows = [row for row in rows if (row.sort, row.id) > (before.sort, before.id)]
        return tuple(rows[-limit:])

    def size(self, view: View) -> int:
        return len(self._matching(view))

    def rows(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        return {story_id: self.all_rows[story_id] for story_id in ids if story_id in self.all_rows}

    def open(self, story_id: int) -> OpenStory | None:
        row = self.all_rows.get(story_id)
        if row is None:
            return None
        self.calls.append(("open", story_id))
        story = Story(row, "https://example.org/feed", "https://example.org/", "", f"g{story_id}", "<p>x</p>", False,
                      None, f"https://example.org/{story_id}#comments")  # fmt: skip
        bare = story_id in self.bare
        held = thread(story_id) if row.comments and not bare else None
        return OpenStory(story, None if bare else article(story_id), held, self.positions.get(story_id, ""))

    def next_unread(self, view: View, after: StoryKey | None, back: bool = False) -> StoryRow | None:
        unread = [row for row in self._matching(view) if not row.read]
        unread = unread[::-1] if back else unread
        if after is not None:
            here = (after.sort, after.id)
            unread = [row for row in unread if ((row.sort, row.id) > here if back else (row.sort, row.id) < here)]
        if not unread and view.filter:
            return self.next_unread(replace(view, filter=""), after, back)
        feeds = [feed.id for feed in sorted(self.feeds(), key=lambda feed: (not feed.folder, feed.folder, feed.title))]
        if not unread and view.kind == "feed" and view.id in feeds:
            at = feeds.index(view.id)
            beyond = feeds[:at][::-1] if back else feeds[at + 1 :]
            found = [[row for row in self._matching(View("feed", id=feed)) if not row.read] for feed in beyond]
            unread = next(([rows[-1 if back else 0]] for rows in found if rows), [])
        return unread[0] if unread else None

    # writing
    def _put(self, ids: Sequence[int], **changes: bool) -> None:
        before = {story_id: self.all_rows[story_id] for story_id in ids}
        for story_id in ids:
            self.all_rows[story_id] = replace(self.all_rows[story_id], **changes)  # type: ignore[arg-type]
        self.undos.append((f"{len(ids)} changed back", lambda: self.all_rows.update(before)))

    def set_read(self, ids: Sequence[int], read: bool) -> None:
        self.calls.append(("set_read", tuple(ids), read))
        self._put(ids, read=read)

    def set_starred(self, ids: Sequence[int], starred: bool) -> None:
        self.calls.append(("set_starred", tuple(ids), starred))
        self._put(ids, starred=starred)

    def mark_all_read(self, view: View) -> int:
        ids = [row.id for row in self._matching(view) if not row.read]
        if ids:
            self._put(ids, read=True)
        return len(ids)

    def undo(self) -> str | None:
        if not self.undos:
            return None
        words, again = self.undos.pop()
        again()
        return words

    def prefer(self, story_id: int, source: str) -> OpenStory | None:
        self.calls.append(("prefer", story_id, source))
        opened = self.open(story_id)
        return None if opened is None else replace(opened, article=article(story_id, source))

    def save_position(self, story_id: int, position: str) -> None:
        self.calls.append(("save_position", story_id, position))
        self.positions[story_id] = position

    def save_folds(self, story_id: int, folds: Mapping[str, bool | None]) -> None:
        self.calls.append(("save_folds", story_id, dict(folds)))

    def mark_seen(self, story_id: int, comment_ids: Sequence[str], leave: bool = False) -> None:
        self.calls.append(("mark_seen", story_id, tuple(comment_ids), leave))

    @property
    def threads(self) -> FakeMarks:
        return FakeMarks(self.calls)

    def set_order(self, story_id: int, order: str) -> None:
        self.calls.append(("set_order", story_id, order))

    def remove_feed(self, feed_id: int) -> str:
        gone = next(feed for feed in self.feed_list if feed.id == feed_id)
        rows = {key: row for key, row in self.all_rows.items() if row.feed_id == feed_id}
        self.feed_list.remove(gone)
        for key in rows:
            del self.all_rows[key]
        self.undos.append((f"Subscribed to {gone.title} again", lambda: (
            self.feed_list.append(gone), self.all_rows.update(rows))[1]))  # fmt: skip
        return gone.title

    def edit_feed(self, feed_id: int, title: str | None = None, folder: str | None = None) -> None:
        self.calls.append(("edit_feed", feed_id, title, folder))
        self.feed_list = [
            replace(feed, title=title or feed.title, folder=feed.folder if folder is None else folder)
            if feed.id == feed_id else feed for feed in self.feed_list
        ]  # fmt: skip

    def search(self, words: str, limit: int = 100) -> tuple[Hit, ...]:
        if '"' in words and words.count('"') % 2:
            raise TuinewsError("Search", "a quotation mark is never closed", 'write "two words"')
        self.calls.append(("search", words))
        words = words.rstrip("*")
        hits = []
        for row in self._matching(View("all")):
            at = row.title.lower().find(words.lower())
            if at >= 0:
                hits.append(Hit(row, f"… {row.title} …", ((at + 2, at + 2 + len(words)),)))
        return tuple(hits[:limit])

    def speakers(self, story_id: int) -> tuple[tuple[str, tuple[PlacedQuote, ...]], ...]:
        by: dict[str, list[PlacedQuote]] = {}
        for quote in article(story_id).quotes:
            by.setdefault(quote.speaker or "", []).append(quote)
        return tuple((name, tuple(quotes)) for name, quotes in by.items())

    def starter(self) -> tuple[Subscription, ...]:
        names = ("World Desk", "Science Notes", "Old Maps", "Chess Now")
        return tuple(Subscription(f"https://{n.split()[0].lower()}.example/feed", n, folder="Starter") for n in names)

    def subscribe(self, subscriptions: Sequence[Subscription]) -> int:
        self.calls.append(("subscribe", tuple(item.url for item in subscriptions)))
        held = {feed.url for feed in self.feed_list}
        fresh = [item for item in subscriptions if item.url not in held]
        for item in fresh:
            number = max((feed.id for feed in self.feed_list), default=0) + 1
            self.feed_list.append(Feed(number, item.url, item.title or item.url, folder=item.folder))
        return len(fresh)

    def import_file(self, path: str) -> tuple[int, int]:
        if not path.endswith(".opml"):
            raise TuinewsError(path, "this is no OPML file", "export one from your other reader")
        return self.subscribe((Subscription("https://imported.example/feed", "Imported"),)), 0

    def changed(self) -> bool:
        changed, self.other_wrote = self.other_wrote, False
        return changed

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeCourier:
    """Remembers what was asked; the test says what came of it with `tell`."""

    asked: list[tuple[object, ...]] = field(default_factory=list)
    callback: Callable[[Fact], None] | None = None
    closed: bool = False

    def listen(self, callback: Callable[[Fact], None]) -> None:
        self.callback = callback

    def tell(self, fact: Fact) -> None:
        assert self.callback is not None
        self.callback(fact)

    def refresh(self, feed_ids: Sequence[int] | None = None, force: bool = False) -> None:
        self.asked.append(("refresh", None if feed_ids is None else tuple(feed_ids), force))

    def fetch_story(self, story_id: int, force: bool = False) -> None:
        self.asked.append(("fetch_story", story_id, force))

    def add(self, url: str, folder: str = "") -> None:
        self.asked.append(("add", url, folder))

    def pack(self, story_ids: Sequence[int]) -> None:
        self.asked.append(("pack", tuple(story_ids)))

    def stop_refresh(self) -> None:
        self.asked.append(("stop_refresh",))

    def wake(self) -> None:
        self.asked.append(("wake",))

    def stop_pack(self) -> None:
        self.asked.append(("stop_pack",))

    def fetch_pictures(self, story_id: int) -> None:
        self.asked.append(("fetch_pictures", story_id))

    def move(self, words: str, dry: bool) -> None:
        self.asked.append(("move", words, dry))

    async def close(self) -> None:
        self.closed = True


def sample_desk() -> FakeDesk:
    """Five feeds in two folders, fourteen stories, three read and two starred; one feed is failing."""
    desk = FakeDesk()
    for number, title, folder in FEEDS:
        failing = number == 4
        desk.feed_list.append(Feed(
            number, f"https://{number}.example/feed", title, folder=folder, status="error" if failing else "ok",
            error="4.example: it did not answer within 30 s; tried again in 2 hours" if failing else "",
            last_fetch=NOW - HOUR, last_success=NOW - (DAY if failing else HOUR), next_check=NOW + 2 * HOUR,
            next_why="the usual hour" if not failing else "waiting longer after 3 failures",
            failures=3 if failing else 0,
        ))  # fmt: skip
    names = {number: title for number, title, _ in FEEDS}
    for index, (feed, title, hours, quotes, comments, new) in enumerate(TITLES):
        number = index + 1
        desk.all_rows[number] = StoryRow(
            number, feed, names[feed], title, f"https://{feed}.example/{number}", "A. Writer", NOW - hours * HOUR,
            NOW - hours * HOUR, read=index in (4, 8, 11), starred=index in (1, 4), quotes=quotes,
            comments=comments if index != 2 else None, comments_hint=comments if index == 2 else None,
            comments_new=new, offline=index % 3 != 2,
        )  # fmt: skip
    return desk


def big_desk(count: int) -> FakeDesk:
    """One feed with many stories, for paging."""
    desk = FakeDesk(feed_list=[Feed(1, "https://1.example/feed", "Many")])
    for number in range(1, count + 1):
        desk.all_rows[number] = StoryRow(number, 1, "Many", f"Story number {number}", f"https://1.example/{number}", "",
                                         NOW - number * 60, NOW - number * 60, False, False)  # fmt: skip
    return desk
