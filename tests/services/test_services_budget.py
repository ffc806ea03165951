"""What one thread may cost."""

from __future__ import annotations

import pytest

from tui_news.models import Response, ThreadError
from tui_news.services.budget import Budget


def test_seconds_and_bytes():
    now = [0.0]
    budget = Budget(seconds=20, size=1_000_000, tick=lambda: now[0])
    budget.check()
    now[0] = 19.9
    budget.check()
    now[0] = 20.0
    with pytest.raises(ThreadError, match="20 seconds are what one thread may take") as raised:
        budget.check()
    assert raised.value.kind == "limited"
    fresh = Budget(size=1_000_000, tick=lambda: 5.0)
    answer = Response("u", "u", 200, {}, b"x" * 1_000_000)
    assert fresh.take(answer) is answer
    with pytest.raises(ThreadError, match="1 MB are"):
        fresh.check()
