"""How a process in the background stands behind the screen."""

from __future__ import annotations

import contextlib
import os


def stand_back(nice: int) -> None:
    """Yield to whoever waits for a key. Where Linux shares the processor among sessions (autogroup), what a process of
    one says of itself counts only within it: then its session yields, if it is nobody else's."""
    os.nice(nice)
    if os.getsid(0) == os.getpid():
        with contextlib.suppress(OSError), open("/proc/self/autogroup", "w", encoding="ascii") as group:
            group.write(str(nice))
