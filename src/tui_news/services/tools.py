"""What a trip to the network is made with: handed to every service, so that tests can hand in their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol

from tui_news.models import Response
from tui_news.models.late import dataclass
from tui_news.paths import Paths
from tui_news.store import Library


class Getter(Protocol):
    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = ...,
        accept: str = ...,
        limit: int = ...,
        seconds: float = ...,
        near: str = ...,
        seat: Callable[[], Awaitable[object]] | None = ...,
        unpack: bool = ...,
    ) -> Response: ...


class Runner(Protocol):
    async def run(self, spec: str, *args: Any, **kwargs: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Tools:
    library: Library
    web: Getter
    workers: Runner
    clock: Callable[[], float]
    rules: Path | None = None  # the reader's sites.toml, wherever it is or would be
    keep_removed: bool = False  # whether comments that went keep their words

    @property
    def now(self) -> int:
        return int(self.clock())


@asynccontextmanager
async def open_tools(paths: Paths, clock: Callable[[], float]) -> AsyncIterator[Tools]:
    """The real library, network and workers. The network is imported here and not before, they with the first job."""
    from tui_news.config import load_settings
    from tui_news.services.opening import open_library
    from tui_news.web.client import Web
    from tui_news.workers.late import LateWorkers

    library = open_library(paths, clock=clock)
    try:
        async with Web(clock=clock) as web, LateWorkers(size=2, keep=_keeper(paths, clock)) as workers:
            keep = load_settings(paths.settings).settings.removed_comments == "keep"
            yield Tools(library, web, workers, clock, paths.sites, keep)
    finally:
        library.close()


def _keeper(paths: Paths, clock: Callable[[], float]) -> Callable[[str], str]:
    def keep(report: str) -> str:
        from tui_news.services import reporting  # when something went wrong, and not before

        return reporting.keep(report, paths.state, int(clock()))

    return keep
