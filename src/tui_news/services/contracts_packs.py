"""Packs, pictures and what waits for the network: what the screen asks and hears."""

from __future__ import annotations

from typing import Protocol

from tui_news.models import Article
from tui_news.models.late import dataclass
from tui_news.models.pictures import Picture


@dataclass(frozen=True, slots=True)
class PackProgress:
    """So many of the pack's stories were tried; the last one's title."""

    done: int
    total: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class PackFinished:
    """sentence: what to tell the reader. refused: every story that does not read offline, with its reason."""

    sentence: str
    refused: tuple[str, ...] = ()
    offline: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class PicturesFetched:
    """The story's pictures were asked for: how many came, and a sentence if some did not."""

    story_id: int
    came: int
    error: str = ""


@dataclass(frozen=True, slots=True)
class LaterDone:
    """The network is back and what waited for it was done. opens: addresses that the reader wanted in the browser."""

    sentence: str
    opens: tuple[str, ...] = ()


class Pictures(Protocol):
    @property
    def possible(self) -> bool:
        """Whether the extra that decodes pictures is installed."""
        ...

    def of(self, article: Article | None) -> tuple[Picture, ...]: ...


class Waiting(Protocol):
    """`desk.later`."""

    def wait_to_open(self, url: str) -> None: ...
    def count(self) -> int: ...
