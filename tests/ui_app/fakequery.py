"""Smart feeds and tags in memory, for tests of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui_news.models import SmartFeed


@dataclass
class FakeSmart:
    held: dict[int, SmartFeed] = field(default_factory=dict)

    def all(self) -> tuple[SmartFeed, ...]:
        return tuple(self.held.values())

    def add(self, name: str, query: str) -> int:
        number = max(self.held, default=0) + 1
        self.held[number] = SmartFeed(number, name, query)
        return number

    def edit(self, smart_id: int, name: str | None = None, query: str | None = None) -> None:
        old = self.held[smart_id]
        self.held[smart_id] = replace(old, name=name or old.name, query=query or old.query)

    def remove(self, smart_id: int) -> str:
        return self.held.pop(smart_id).name


@dataclass
class FakeTags:
    held: dict[str, set[int]] = field(default_factory=dict)

    def all(self) -> tuple[tuple[str, int], ...]:
        return tuple(sorted((tag, len(ids)) for tag, ids in self.held.items() if ids))

    def of(self, story_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        found = {story: tuple(sorted(tag for tag, ids in self.held.items() if story in ids)) for story in story_ids}
        return {story: tags for story, tags in found.items() if tags}

    def add(self, story_ids: Sequence[int], tag: str) -> int:
        new = set(story_ids) - self.held.setdefault(tag, set())
        self.held[tag] |= new
        return len(new)

    def remove(self, story_ids: Sequence[int], tag: str) -> int:
        gone = set(story_ids) & self.held.setdefault(tag, set())
        self.held[tag] -= gone
        return len(gone)
