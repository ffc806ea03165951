"""Pictures of a story."""

from __future__ import annotations

from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A small picture: `rgb` has three bytes a pixel, row by row."""

    width: int
    height: int
    rgb: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as an article names it. alt: what its page says it shows; caption: what stands under it."""

    url: str
    alt: str = ""
    caption: str = ""
    shown: Thumbnail | None = None
