"""Pictures and what waits for the network, in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui_news.models import Article
from tui_news.models.pictures import Picture


@dataclass
class FakePictures:
    possible: bool = True
    held: tuple[Picture, ...] = ()

    def of(self, article: Article | None) -> tuple[Picture, ...]:
        return self.held if article is not None else ()


@dataclass
class FakeLater:
    urls: list[str] = field(default_factory=list)

    def wait_to_open(self, url: str) -> None:
        self.urls.append(url)

    def count(self) -> int:
        return len(self.urls)
