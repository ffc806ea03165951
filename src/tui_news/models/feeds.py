"""Feeds as parsed, as stored, and as subscribed in other readers' files."""

from __future__ import annotations

from typing import Literal

from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a feed or entry: rel ("replies", "enclosure", "next" …), type, and count where thr:count is given."""

    href: str
    rel: str = "alternate"
    type: str = ""
    title: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    url: str
    type: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """A feed's item. Title and author are clean one-line text; summary and content are HTML as received.

    id: the guid, "" when the feed has none. comments: the page of comments; comment_feed: wfw:commentRss or an
    Atom rel=replies link; comment_count: slash:comments, thr:total or thr:count.
    """

    id: str
    link: str
    title: str
    author: str = ""
    published: int | None = None
    updated: int | None = None
    summary: str = ""
    content: str = ""
    comments: str = ""
    comment_feed: str = ""
    comment_count: int | None = None
    links: tuple[Link, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed document. kind: "rss" | "atom" | "json" | "" and so on, as feedparser's version says."""

    title: str
    link: str
    entries: tuple[ParsedEntry, ...]
    subtitle: str = ""
    kind: str = ""
    language: str | None = None
    generator: str = ""
    ttl: int | None = None  # seconds
    links: tuple[Link, ...] = ()
    warnings: tuple[str, ...] = ()
    id: str = ""  # as the document says it: atom:id, "" where there is none
    author: str = ""
    published: int | None = None
    updated: int | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subscription:
    """One line of an OPML file or starter list. `folder` is "" or a path "News/Norway".

    tags: what else another reader filed it under. hidden: it kept the feed out of its list.
    """

    url: str
    title: str = ""
    site: str = ""
    folder: str = ""
    tags: tuple[str, ...] = ()
    hidden: bool = False


Wish = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """What a person sets for one feed.

    interval: minutes between visits, None as the feed asks. full_text: "always" the page, "never" but the feed's own
    text, "auto" the page where the feed has a teaser only. comments: whether they are fetched ahead; "auto" as the
    program's setting says. muted: its stories are in its own list only. retention: days, None as the program's setting.
    """

    interval: int | None = None
    full_text: Wish = "auto"
    comments: Wish = "auto"
    muted: bool = False
    retention: int | None = None


@dataclass(frozen=True, slots=True)
class Visits:
    """What visits have shown. moved_to: where the last answers came from by permanent redirects, `moves` times in a
    row; moved_from: the address it had before. took: milliseconds of the last answer. newest: its newest story."""

    failing_since: int | None = None
    moved_to: str = ""
    moves: int = 0
    moved_from: str = ""
    moved_at: int | None = None
    took: int | None = None
    newest: int | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A subscribed feed, with its health. `title` is the reader's own title if set, else the feed's."""

    id: int
    url: str
    title: str
    site: str = ""
    folder: str = ""
    unread: int = 0
    total: int = 0
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    last_fetch: int | None = None
    last_success: int | None = None
    next_check: int | None = None
    next_why: str = ""
    status: Literal["new", "ok", "error", "gone"] = "new"
    http_status: int | None = None
    error: str = ""
    failures: int = 0
    headers: str = ""  # the response's Link header, which leads to a WordPress site's REST base
    added: int = 0
    settings: FeedSettings = FeedSettings()
    visits: Visits = Visits()
