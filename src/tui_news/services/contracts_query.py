"""What the screen asks about smart feeds and tags: `desk.smart`, `desk.tags`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tui_news.models import SmartFeed


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
