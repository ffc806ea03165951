"""A library in a folder of its own, under a clock that stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tui_news.models import Entry
from tui_news.paths import Paths
from tui_news.store import Library

NOW = 1_700_000_000


@pytest.fixture
def now() -> int:
    return NOW


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path / "data", tmp_path / "cache", tmp_path / "config", tmp_path / "state")


@pytest.fixture
def opened(paths: Paths) -> Iterator[Callable[..., Library]]:
    """Opens the library at `paths`, as often as asked; closes them all."""
    held: list[Library] = []

    def make(**options: object) -> Library:
        held.append(Library.open(paths, clock=lambda: NOW, **options))  # type: ignore[arg-type]
        return held[-1]

    yield make
    for library in held:
        library.close()


@pytest.fixture
def library(opened: Callable[..., Library]) -> Library:
    return opened()


@pytest.fixture
def entry() -> Callable[..., Entry]:
    """An entry called `name`, all its fields derived from that, any of them overridden."""

    def make(name: str, sort: int = NOW - 1000, **fields: object) -> Entry:
        values: dict[str, object] = {
            "identity": f"id:{name}",
            "guid": name,
            "url": f"https://example.org/{name}",
            "title": f"Story {name}",
            "author": "A. Writer",
            "published": sort,
            "sort": sort,
            "html": f"<p>The words of {name}.</p>",
            "content_hash": f"hash {name}",
        }
        return Entry(**(values | fields))  # type: ignore[arg-type]

    return make
