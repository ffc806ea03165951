"""What one thread may cost: time and bytes. What came before either is used up is kept, and said to be a part."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import field

from tui_news.models import Response, ThreadError
from tui_news.models.late import dataclass

SECONDS = 20
BYTES = 10_000_000


@dataclass(slots=True)
class Budget:
    """Asked before each request, told of each answer. tick: a clock that only goes forward, in seconds."""

    seconds: float = SECONDS
    size: int = BYTES
    tick: Callable[[], float] = time.monotonic
    used: int = 0
    began: float = field(init=False)

    def __post_init__(self) -> None:
        self.began = self.tick()

    def check(self) -> None:
        """Raises ThreadError "limited" when nothing is left."""
        if self.tick() - self.began >= self.seconds:
            raise _spent(f"{self.seconds:.0f} seconds are what one thread may take")
        if self.used >= self.size:
            raise _spent(f"{self.size // 1_000_000} MB are what one thread may take")

    def take(self, answer: Response) -> Response:
        self.used += len(answer.body)
        return answer


def _spent(why: str) -> ThreadError:
    return ThreadError("limited", "Reading the comments stopped", why)
