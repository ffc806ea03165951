"""Smart feeds and tags in memory, for tests of the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tui_news.models import Rule, SmartFeed
from tui_news.services.contracts_query import WouldHide
from tui_news.text.query.parse import parse
from tui_news.text.query.show import show


@dataclass
class FakeSmart:
    held: dict[int, SmartFeed] = field(default_factory=dict)

    def all(self) -> tuple[SmartFeed, ...]:
        return tuple(self.held.values())

    def add(self, name: str, query: str) -> int:
        check_query(query)
        number = max(self.held, default=0) + 1
        self.held[number] = SmartFeed(number, name, query)
        return number

    def edit(self, smart_id: int, name: str | None = None, query: str | None = None) -> None:
        old = self.held[smart_id]
        self.held[smart_id] = replace(old, name=name or old.name, query=query or old.query)

    def remove(self, smart_id: int) -> str:
        return self.held.pop(smart_id).name

    def unread(self, smart_id: int) -> int | None:
        return 10 * smart_id


@dataclass
class FakeQueries:
    """Remembers what was asked; everything matches two stories."""

    calls: list[tuple[object, ...]] = field(default_factory=list)

    def check(self, query: str) -> str:
        return show(parse(query))

    def matching(self, query: str, unread_only: bool = False) -> tuple[int, ...]:
        return (1, 2)

    def mark(self, query: str, read: bool) -> int:
        self.calls.append(("mark", query, read))
        return 2

    def star(self, query: str, starred: bool) -> int:
        self.calls.append(("star", query, starred))
        return 2

    def tag(self, query: str, tag: str, on: bool) -> int:
        self.calls.append(("tag", query, tag, on))
        return 2


@dataclass
class FakeRules:
    """Every rule hides three stories."""

    held: dict[int, Rule] = field(default_factory=dict)

    def all(self) -> tuple[Rule, ...]:
        return tuple(self.held.values())

    def would_hide(self, query: str) -> WouldHide:
        check_query(query)
        return WouldHide(37, ("Herring quota raised again", "The ferry"))

    def add(self, query: str) -> int:
        check_query(query)
        number = max(self.held, default=0) + 1
        self.held[number] = Rule(number, query, 0, 3)
        return number

    def edit(self, rule_id: int, query: str) -> None:
        self.held[rule_id] = replace(self.held[rule_id], query=query)

    def remove(self, rule_id: int) -> str:
        return self.held.pop(rule_id).query


def check_query(query: str) -> None:
    parse(query)


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
