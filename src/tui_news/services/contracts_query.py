"""What the screen asks with queries: `desk.queries`, `desk.smart`, `desk.rules`, `desk.tags`.

A query is text in the language of docs/query.md. What cannot be read raises QueryError, which knows the character.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tui_news.models import Rule, SmartFeed
from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class WouldHide:
    """What a rule would hide: how many visible stories, and the titles of the newest."""

    count: int
    titles: tuple[str, ...]


class QueryDesk(Protocol):
    """One act on all that a query matches; each can be undone. They answer how many stories changed."""

    def check(self, query: str) -> str:
        """The query in its shortest form. Raises QueryError, for a feed that nobody has too."""
        ...

    def matching(self, query: str, unread_only: bool = False) -> tuple[int, ...]:
        """Ids of the stories that match, the newest first."""
        ...

    def mark(self, query: str, read: bool) -> int: ...
    def star(self, query: str, starred: bool) -> int: ...
    def tag(self, query: str, tag: str, on: bool) -> int: ...


class RuleDesk(Protocol):
    """Mute rules. Every change can be undone; starred stories are never hidden."""

    def all(self) -> tuple[Rule, ...]:
        """The oldest first, each with how many stories it hides."""
        ...

    def would_hide(self, query: str) -> WouldHide: ...
    def add(self, query: str) -> int:
        """Hide what matches, now and when it comes; the rule's id."""
        ...

    def edit(self, rule_id: int, query: str) -> None: ...
    def remove(self, rule_id: int) -> str:
        """What it hid comes back; its query, "" when there was none."""
        ...


class SmartDesk(Protocol):
    """Queries saved under a name. Every change can be undone. Raises TuinewsError for a name that is taken or empty."""

    def all(self) -> tuple[SmartFeed, ...]:
        """In their order."""
        ...

    def add(self, name: str, query: str) -> int:
        """Save a query; its id."""
        ...

    def edit(self, smart_id: int, name: str | None = None, query: str | None = None) -> None:
        """Change what is not None."""
        ...

    def remove(self, smart_id: int) -> str:
        """Its name, "" when there was none."""
        ...

    def unread(self, smart_id: int) -> int | None:
        """How many unread stories it has; None for a query that cannot be read. Up to some 30 ms: not for every key."""
        ...


class TagDesk(Protocol):
    """The reader's tags. Every change can be undone. Raises TuinewsError for a tag without a letter."""

    def all(self) -> tuple[tuple[str, int], ...]:
        """(tag, stories with it), by name."""
        ...

    def of(self, story_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The tags of each story that has any."""
        ...

    def add(self, story_ids: Sequence[int], tag: str) -> int:
        """Put the tag on; how many did not have it."""
        ...

    def remove(self, story_ids: Sequence[int], tag: str) -> int:
        """Take it off; how many had it."""
        ...
