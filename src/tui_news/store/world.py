"""What a query is read against: the feeds, people, languages and tags of now."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
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


class Once:
    """What was said, read once for each list: a list asks several times, and a name that many share takes 7 ms.
    saying: the stories in which somebody of this name is quoted, as `store.bits`."""

    def __init__(self, said: Said) -> None:
        self.stories_of = said.stories_of
        self.saying = cache(self._saying)
        self.stories_quoting = said.stories_quoting  # kept there until quotes change

    def _saying(self, name: str) -> int:
        from tui_news.store.bits import bits_of  # not needed for the first paint

        return bits_of(self.stories_of(name))


class Sets(Protocol):
    """The stories that meet a condition, as `store.bits`."""

    @property
    def everything(self) -> int: ...
    def words(self, match: str) -> int: ...
    def knows(self, match: str) -> bool: ...
    def without(self, match: str) -> tuple[int, ...] | None: ...
    def listed(self, sql: str, args: tuple[object, ...]) -> int: ...
    def total(self, feeds: frozenset[int]) -> int: ...


@dataclass(frozen=True, slots=True)
class World:
    """What a query is read against. index: the schema that holds the search index, `ix` or `temp`. languages: those of
    a table (story, article), as they are written there."""

    now: int
    feeds: tuple[FeedName, ...]
    said: Once
    index: str = "ix"
    languages: Callable[[str], tuple[str, ...]] = lambda table: ()
    tags: Callable[[str], tuple[str, ...]] = lambda glob: ()  # as they are written, those whose small letters fit
