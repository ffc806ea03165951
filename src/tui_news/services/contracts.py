"""What the screen asks of the library (`Desk`) and of the network (`Courier`), and what it hears back.

The screen never waits on either: a desk call is a read or a short write in this process's own connection; a courier
call returns at once, and its outcome arrives later as one of the facts below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from tui_news.models import Feed, OpenStory, PlacedQuote, StoryKey, StoryRow, Subscription, View
from tui_news.models.late import dataclass
from tui_news.services.contracts_packs import (
    LaterDone,
    PackFinished,
    PackProgress,
    Pictures,
    PicturesFetched,
    Waiting,
)

if TYPE_CHECKING:
    from tui_news.services.contracts_flow import Shelf
    from tui_news.services.contracts_outbox import Waits
    from tui_news.services.contracts_query import QueryDesk, RuleDesk, SmartDesk, TagDesk
    from tui_news.services.contracts_quotes import Quotes
    from tui_news.services.contracts_settings import SettingsDesk
    from tui_news.services.contracts_threads import ThreadMarks

# What a fresh library is subscribed to, and what the start page offers.
EDITION = Subscription("builtin:edition/feed.xml", "The tuinews edition")


@dataclass(frozen=True, slots=True)
class Counts:
    """Unread stories: everywhere, today's; starred ones; all stories; feeds subscribed."""

    unread: int = 0
    today: int = 0
    starred: int = 0
    total: int = 0
    feeds: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A search hit: the story and a snippet; `marks` are the lit stretches of the snippet."""

    row: StoryRow
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()


class Desk(Protocol):
    """Everything the screen reads from and writes to the library. Raises LibraryError only."""

    # Read only, so that an implementation may be of a narrower type.
    @property
    def queries(self) -> QueryDesk: ...
    @property
    def rules(self) -> RuleDesk: ...
    @property
    def settings(self) -> SettingsDesk: ...
    @property
    def smart(self) -> SmartDesk: ...
    @property
    def tags(self) -> TagDesk: ...
    @property
    def shelf(self) -> Shelf: ...
    @property
    def pictures(self) -> Pictures: ...
    @property
    def later(self) -> Waiting: ...
    @property
    def outbox(self) -> Waits: ...
    @property
    def quotes(self) -> Quotes: ...
    @property
    def threads(self) -> ThreadMarks: ...

    def counts(self) -> Counts: ...
    def feeds(self) -> tuple[Feed, ...]:
        """Feeds in their order: by folder, then title; with unread and total."""
        ...

    def unread(self) -> Mapping[int, int]:
        """Unread stories of each feed, by its id."""
        ...

    def stories(self, view: View, after: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        """Rows of a view, newest first; the page after `after`."""
        ...

    def stories_before(self, view: View, before: StoryKey | None = None, limit: int = 400) -> tuple[StoryRow, ...]:
        """The page that ends right before `before`, in the view's order; None: the last page."""
        ...

    def size(self, view: View) -> int:
        """How many rows the view has in all."""
        ...

    def rows(self, ids: Sequence[int]) -> dict[int, StoryRow]:
        """Fresh rows by id (those that exist)."""
        ...

    def open(self, story_id: int) -> OpenStory | None:
        """The story with all that is held of it: article (the feed's own body if no page is held), thread, position."""
        ...

    def next_unread(self, view: View, after: StoryKey | None, back: bool = False) -> StoryRow | None:
        """The next (or previous) unread story in the view, else in all feeds, wrapping once."""
        ...

    def set_read(self, ids: Sequence[int], read: bool) -> None: ...
    def set_starred(self, ids: Sequence[int], starred: bool) -> None: ...
    def mark_all_read(self, view: View) -> int:
        """Marks every story of the view read; how many changed."""
        ...

    def undo(self) -> str | None:
        """Undoes the last act, across restarts; what it undid in words, None when there is nothing."""
        ...

    def prefer(self, story_id: int, source: Literal["feed", "page"]) -> OpenStory | None:
        """`x`: show the feed's own text or the full story; remembered for the story."""
        ...

    def save_position(self, story_id: int, position: str) -> None: ...
    def save_folds(self, story_id: int, folds: Mapping[str, bool | None]) -> None: ...
    def mark_seen(self, story_id: int, comment_ids: Sequence[str], leave: bool = False) -> None:
        """Comments that were on screen; `leave`: the reader left the thread, so later arrivals are the new ones."""
        ...

    def set_order(self, story_id: int, order: str) -> None: ...
    def remove_feed(self, feed_id: int) -> str:
        """Unsubscribes (undoable); the feed's title."""
        ...

    def edit_feed(self, feed_id: int, title: str | None = None, folder: str | None = None) -> None: ...
    def search(self, words: str, limit: int = 100) -> tuple[Hit, ...]:
        """Full text over stories and comments, best first. Raises TuinewsError on a query it cannot read."""
        ...

    def speakers(self, story_id: int) -> tuple[tuple[str, tuple[PlacedQuote, ...]], ...]:
        """The story's spoken and block quotes by speaker ("" last), for the quotes panel."""
        ...

    def starter(self) -> tuple[Subscription, ...]:
        """Well-known feeds to tick at the start."""
        ...

    def subscribe(self, subscriptions: Sequence[Subscription]) -> int:
        """Subscribes without fetching; how many were not there before."""
        ...

    def import_file(self, path: str) -> tuple[int, int]:
        """OPML: (subscribed, already there). Raises TuinewsError naming the file and what is wrong."""
        ...

    def changed(self) -> bool:
        """Whether another process (the courier, cron) wrote since the last call."""
        ...

    def close(self) -> None: ...


# What the courier reports. Past-tense facts.
@dataclass(frozen=True, slots=True)
class RefreshStarted:
    total: int


@dataclass(frozen=True, slots=True)
class FeedRefreshed:
    feed_id: int
    title: str
    new: int
    updated: int
    error: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RefreshWaits:
    """Which feed has been asked for longest without an answer, for how many seconds, and how many others are asked."""

    title: str
    seconds: int
    others: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RefreshFinished:
    """`sentence`: what to tell the reader ("12 new stories in 3 of 40 feeds; 1 feed failed: …")."""

    new: int
    failed: int
    offline: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class StoryFetched:
    """The story's article and/or thread was asked for; `error` is a sentence when it did not come."""

    story_id: int
    part: Literal["article", "thread"]
    changed: bool
    error: str = ""
    offline: bool = False


@dataclass(frozen=True, slots=True)
class FeedAdded:
    feed_id: int
    title: str
    stories: int
    first_story: int | None
    already: bool = False


@dataclass(frozen=True, slots=True)
class AddFailed:
    url: str
    error: str


@dataclass(frozen=True, slots=True)
class CourierStopped:
    """The courier's process ended unasked; the next request starts another."""

    error: str


@dataclass(frozen=True, slots=True)
class Resting:
    """The courier's process has nothing to do and may go. Told to the courier only.

    heard: how many requests it has read; wake: seconds until it would look after the library.
    """

    heard: int
    wake: float


@dataclass(frozen=True, slots=True)
class LibraryTold:
    """Something about the library that the reader should know."""

    sentence: str


@dataclass(frozen=True, slots=True)
class MoveTold:
    """What an import would do (dry) or did, in lines; or the sentence of why it could not. feeds: new ones."""

    lines: tuple[str, ...]
    dry: bool
    error: str = ""
    feeds: int = 0


Fact = (
    MoveTold
    | LibraryTold
    | RefreshStarted
    | FeedRefreshed
    | RefreshWaits
    | RefreshFinished
    | StoryFetched
    | FeedAdded
    | AddFailed
    | CourierStopped
    | PackProgress
    | PackFinished
    | PicturesFetched
    | LaterDone
    | Resting
)


class Courier(Protocol):
    """The app's network: requests return at once, `listen` gets the facts on the app's own loop."""

    def listen(self, callback: Callable[[Fact], None]) -> None: ...
    def refresh(self, feed_ids: Sequence[int] | None = None, force: bool = False) -> None:
        """Fetch what is due (force: all) or these feeds."""
        ...

    def fetch_story(self, story_id: int, force: bool = False) -> None:
        """Fetch the story's full article if wanted and its thread if due; the reader is waiting for it."""
        ...

    def add(self, url: str, folder: str = "") -> None:
        """Discover, subscribe, fetch."""
        ...

    def pack(self, story_ids: Sequence[int]) -> None:
        """Make these readable offline: full text, comments, pictures."""
        ...

    def stop_pack(self) -> None: ...

    def wake(self) -> None:
        """Something may wait for the network: mind it."""
        ...

    def stop_refresh(self) -> None:
        """Wait for no feed any longer; what has come stays."""
        ...

    def fetch_pictures(self, story_id: int) -> None: ...

    def move(self, words: str, dry: bool) -> None:
        """Import other readers' files, named as on the command line; dry: only tell what would happen."""
        ...

    async def close(self) -> None: ...
