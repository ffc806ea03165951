"""`pool.Workers`, imported with the first job: most refreshes have none."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_news.workers.pool import Workers


class LateWorkers:
    """As `Workers`, made of the same arguments."""

    def __init__(self, **how: Any) -> None:
        self._how, self._closed = how, False
        self._pool: Workers | None = None

    async def __aenter__(self) -> LateWorkers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        if self._pool is not None:
            await self._pool.close()

    async def run(self, spec: str, *args: Any, **kwargs: Any) -> Any:
        if self._pool is None:
            from tui_news.workers.pool import Workers

            self._pool = Workers(**self._how)
            if self._closed:
                await self._pool.close()  # it says so itself
        return await self._pool.run(spec, *args, **kwargs)
