"""Stories: what a refresh stores, what a list row shows, and what the reading view opens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from itertools import starmap
from operator import attrgetter
from typing import Any, NamedTuple

from tui_news.models.article import Article
from tui_news.models.comments import Thread, ThreadRef
from tui_news.models.feeds import Enclosure, ParsedEntry, ParsedFeed
from tui_news.models.late import dataclass


class Packed(NamedTuple):
    """The parts of a story that no list needs, as the library keeps them (`store.packing.pack_story`): what takes time
    is done by the worker that read the feed, and a plain tuple is quick on its way.

    html: deflated, b"" for none. routed: whether its comments can be fetched.
    """

    html: bytes
    ref: str | None
    extras: str
    routed: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A story as a refresh decides to store it. `identity` is its lasting key inside the feed.

    sort: what lists are ordered by: min(published, first seen), so a false future date cannot sit on top.
    html: the feed's own body (content, else summary), as received; `teaser` says it is too little to be the story.
    packed: html, enclosures, tags and thread as the library keeps them; they are then empty here.
    """

    identity: str
    guid: str
    url: str
    title: str
    author: str
    published: int | None
    sort: int
    html: str
    content_hash: str
    teaser: bool = False
    updated: int | None = None
    lang: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    tags: tuple[str, ...] = ()
    thread: ThreadRef | None = None
    comments_url: str = ""
    comments_hint: int | None = None
    packed: Packed | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """A feed's document as a worker hands it over: read, and its stories made, but for those that are held already.

    feed: its entries hold only what tells whose story each is. made: each entry as a new story; None where the library
    holds one made from the same. sources: what each was made from. places: each entry's place in the document.
    seen: marks of the items that were not read, because the last visit stored them as they are; `partial` says that
    only the others were looked for. marks: what the next visit needs to do the same, b"" if it cannot.
    hashed: the fingerprint of a document that came packed.
    """

    feed: ParsedFeed
    made: tuple[Entry | None, ...]
    sources: tuple[str, ...]
    places: tuple[int, ...]
    warnings: tuple[str, ...] = ()
    partial: bool = False
    seen: tuple[bytes, ...] = ()
    marks: bytes = b""
    hashed: str = ""

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes it goes as rows of plain values: half the time of as many objects."""
        packed = [one and one.packed and tuple(one.packed) for one in self.made]
        made = [one and _but_packed(one) for one in self.made]
        entries = [_values(entry) for entry in self.feed.entries]
        return _again, (_but_entries(self.feed), entries, made, packed, _of_all(self))


_values = attrgetter(*ParsedEntry.__slots__)
_but_entries = attrgetter(*(name for name in ParsedFeed.__slots__ if name != "entries"))  # which are the third
_but_packed = attrgetter(*(name for name in Entry.__slots__ if name != "packed"))  # which is the last
_of_all = attrgetter(*(name for name in Digest.__slots__ if name not in ("feed", "made")))  # which are the first


def _again(
    feed: Sequence[Any], entries: Sequence[Any], made: Sequence[Any], packed: Sequence[Any], rest: Any
) -> Digest:
    """The digest that was pickled."""
    title, link, *others = feed
    whole: Any = Entry
    stories = [row and whole(*row, parts and Packed._make(parts)) for row, parts in zip(made, packed, strict=True)]
    read = ParsedFeed(title, link, tuple(starmap(ParsedEntry, entries)), *others)
    return Digest(read, tuple(stories), *rest)


@dataclass(frozen=True, slots=True)
class Known:
    """A story the library holds, as a refresh compares it with what the feed says now."""

    id: int
    identity: str
    guid: str
    url: str
    title: str
    published: int | None
    sort: int
    content_hash: str
    read: bool
    first_seen: int


@dataclass(frozen=True, slots=True)
class StoryKey:
    """Where a list page ended: pass it back to get the rows after it (keyset paging).

    feed, talk, read: what the row had when it was listed, for the orders that go by them.
    """

    sort: int
    id: int
    feed: int = 0
    talk: int = 0
    read: bool = False


@dataclass(frozen=True, slots=True)
class StoryRow:
    """A story as lists show it. quotes: spoken quotes found (None before the article is held).

    comments: held (None when no thread is held); comments_hint: what the feed claims; comments_new: unseen new.
    offline: the whole story is held (its article; and its thread, where it has one).
    hidden_by: the mute rules that hide it, "" for nearly all. also: the other feeds that have the same story.
    """

    id: int
    feed_id: int
    feed: str
    title: str
    url: str
    author: str
    published: int | None
    sort: int
    read: bool
    starred: bool
    quotes: int | None = None
    comments: int | None = None
    comments_hint: int | None = None
    comments_new: int = 0
    offline: bool = False
    hidden_by: str = ""
    also: tuple[str, ...] = ()

    @property
    def key(self) -> StoryKey:
        talk = self.comments if self.comments is not None else self.comments_hint or 0
        return StoryKey(self.sort, self.id, self.feed_id, talk, self.read)


@dataclass(frozen=True, slots=True)
class Story:
    """A stored story with what fetching its article and thread needs."""

    row: StoryRow
    feed_url: str
    feed_site: str
    feed_headers: str
    guid: str
    html: str
    teaser: bool
    thread: ThreadRef | None
    comments_url: str
    lang: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenStory:
    """A story opened for reading: everything held about it. `position` is where the reader was (see ui)."""

    story: Story
    article: Article | None
    thread: Thread | None
    position: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What a list shows. kind: "unread" | "today" | "all" | "starred" | "folder" | "feed" | "smart" | "muted".

    `order`: "newest" | "oldest" | "unread" (first) | "comments" (most) | "feed" (one after the other).
    `id` is the feed's, the smart feed's or the mute rule's id (0: whatever any rule hides), `name` the folder's path.
    `filter` narrows by a query (see docs/query.md), which must be one that parses.
    `keep`: ids shown although they no longer match (a story you read stays until you leave the list).
    """

    kind: str = "all"
    id: int = 0
    name: str = ""
    unread_only: bool = False
    filter: str = ""
    since: int = 0
    keep: frozenset[int] = field(default=frozenset())
    order: str = "newest"
