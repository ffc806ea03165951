"""What a query is read against: the feeds, people, languages and tags of now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class FeedName:
    id: int
    name: str
    url: str
    folder: str


class Said(Protocol):
    """What `library.quotes` answers."""

    def stories_of(self, name: str) -> frozenset[int]: ...
    def stories_quoting(self, words: str) -> frozenset[int]: ...


class Sets(Protocol):
    """The stories that meet a condition, as `store.bits`."""

    @property
    def everything(self) -> int: ...
    def words(self, match: str) -> int: ...
    def without(self, match: str) -> tuple[int, ...] | None: ...
    def listed(self, sql: str, args: tuple[object, ...]) -> int: ...
    def saying(self, name: str) -> int: ...
    def total(self, feeds: frozenset[int]) -> int: ...


@dataclass(frozen=True, slots=True)
class World:
    """What a query is read against. index: the schema that holds the search index, `ix` or `temp`. languages: those of
    a table (story, article), as they are written there."""

    now: int
    feeds: tuple[FeedName, ...]
    said: Said
    index: str = "ix"
    languages: Callable[[str], tuple[str, ...]] = lambda table: ()
    tags: Callable[[str], tuple[str, ...]] = lambda glob: ()  # as they are written, those whose small letters fit
