"""What other readers' files hold, before it is ours."""

from __future__ import annotations

from tui_news.models.feeds import ParsedEntry, Subscription
from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class FoundQuery:
    """A query feed of another reader: its name and its condition in that reader's words."""

    name: str
    condition: str


@dataclass(frozen=True, slots=True)
class FeedList:
    """A list of feeds. kind: what it is, in words ("newsboat's urls"). skipped: a sentence for each line left out."""

    kind: str
    feeds: tuple[Subscription, ...]
    queries: tuple[FoundQuery, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundStory:
    """A story of another reader's cache, with what its reader did. deleted: thrown away there, so read here."""

    entry: ParsedEntry
    read: bool
    starred: bool
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class CacheItem:
    """A row of newsboat's `rss_item` as it stands there; columns that an old version lacked are empty."""

    guid: str
    title: str
    author: str
    url: str
    published: int
    content: str
    unread: bool
    flags: str
    deleted: bool
    enclosure_url: str = ""
    enclosure_type: str = ""
    mime: str = ""


@dataclass(frozen=True, slots=True)
class CacheFeed:
    """A row of newsboat's `rss_feed`, and how many items it has there."""

    url: str
    site: str
    title: str
    items: int
