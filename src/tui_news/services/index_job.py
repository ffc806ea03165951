"""A worker's part of the search index, apart from who asks for it: a worker needs no loop, 25 ms of imports."""

from __future__ import annotations

import time

from tui_news.paths import Paths
from tui_news.store.at_hand import AT_HAND

ENOUGH = 1600  # stories that are worth a job, and a transaction of its own


def catch_up(paths: Paths, seconds: float, least: int = 0) -> int:
    """Index what is due, for so long at most, until few are left: a transaction for each handful that comes meanwhile
    costs the index a piece of its own, which must be merged. How many stories that were. least: only those that this
    process has at hand, and none if they are fewer. Raises LibraryError."""
    if len(AT_HAND) < least:
        return 0
    from tui_news.services.opening import open_library
    from tui_news.store.search import BATCH

    end, done = time.monotonic() + seconds, 0
    library = open_library(paths)
    try:
        while time.monotonic() < end:
            done += (count := library.search.update(BATCH, AT_HAND, least))
            if count < ENOUGH:
                break
    finally:
        library.close()
    return done
