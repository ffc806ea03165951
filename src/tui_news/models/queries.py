"""Saved queries: smart feeds and mute rules."""

from __future__ import annotations

from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class SmartFeed:
    """A query with a name, shown among the feeds. Its query may be one that no longer parses: it is shown as such."""

    id: int
    name: str
    query: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A mute rule: what its query matches is hidden. hides: stories it hides now (starred ones never are)."""

    id: int
    query: str
    added: int = 0
    hides: int = 0
