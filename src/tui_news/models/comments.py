"""Comments and threads."""

from __future__ import annotations

from dataclasses import field
from typing import Literal

from tui_news.models.article import Block
from tui_news.models.late import dataclass

Coverage = Literal["complete", "newest", "partial"]
Role = Literal["", "op", "mod", "staff"]
State = Literal["live", "deleted", "moderated", "gone"]


@dataclass(frozen=True, slots=True)
class Route:
    """One way to fetch a thread: name ("rest", "atom", "rss", "html", "algolia" …) and address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class ThreadRef:
    """Where a story's thread lives, made without a network from its feed entry or its page.

    key: stable and canonical ("https://site/|102", "hn|8863"). count_hint: what the feed claims, if it does.
    meta: what a source wants to remember (post id, REST base …).
    """

    source: str
    key: str
    routes: tuple[Route, ...]
    page_url: str
    count_hint: int | None = None
    meta: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment. `id` and `parent` are the source's own, as text; `parent` may name one not held.

    body: as received (`body_kind` says how to read it), never shown. blocks: its clean rendering.
    rank: the site's own display position, when it gives one. first_gen: the fetch that brought it.
    """

    id: str
    parent: str | None
    author: str
    created: int | None
    body: str = ""
    body_kind: Literal["html", "text"] = "html"
    blocks: tuple[Block, ...] = ()
    author_id: str | None = None
    author_url: str | None = None
    edited: int | None = None
    url: str | None = None
    score: int | None = None
    rank: int | None = None
    role: Role = ""
    kind: Literal["comment", "pingback"] = "comment"
    state: State = "live"
    first_gen: int = 0
    seen: bool = False
    fold: bool | None = None  # None: as the thread's default says


@dataclass(frozen=True, slots=True)
class Fetched:
    """What one trip to a source brought. `knows`: fields this route can know; others never overwrite."""

    comments: tuple[Comment, ...]
    coverage: Coverage
    route: str
    total: int | None = None
    knows: frozenset[str] = frozenset({"parent", "author", "created", "body"})
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """A story's held thread, as stored. `gen` counts successful fetches; new = first_gen > seen_gen, unseen."""

    story_id: int
    ref: ThreadRef | None
    comments: tuple[Comment, ...] = ()
    coverage: Coverage = "complete"
    total: int | None = None
    route: str = ""
    fetched_at: int | None = None
    error: str = ""
    gen: int = 0
    seen_gen: int = 0
    order: str = "site"
    warnings: tuple[str, ...] = field(default=())

    @property
    def held(self) -> int:
        """How many comments there are to read; a removed one keeps its place in the tree but does not count."""
        return sum(comment.state == "live" for comment in self.comments)

    def is_new(self, comment: Comment) -> bool:
        """Whether the comment arrived after the reader's last visit. On the first fetch nothing is new."""
        return comment.first_gen > max(self.seen_gen, 1) and not comment.seen and comment.state == "live"
