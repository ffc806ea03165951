"""The workers' interface in this process: for tests, and where a process of its own is not worth it."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from tui_news.models import TuinewsError
from tui_news.workers.wire import Unforeseen, failed, find, trouble


class Inline:
    """Runs the function here and now. Limits are not kept; errors are the same as with `pool.Workers`."""

    async def __aenter__(self) -> Inline:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    async def run(
        self,
        spec: str,
        *args: Any,
        seconds: float = 15.0,
        memory_mb: int = 300,
        urgent: bool = False,
        behind: int = 0,
        **kwargs: Any,
    ) -> Any:
        """Calls "package.module:function". Raises TuinewsError only."""
        try:
            return find(spec)(*args, **kwargs)
        except TuinewsError:
            raise
        except MemoryError:
            raise trouble(spec, "needed too much memory") from None
        except Exception as error:
            raise failed(spec, Unforeseen(type(error).__name__, ""), lambda report: "") from error
