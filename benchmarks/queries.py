"""What a query costs at 100,000 stories, beside an empty list's page of the same library (ratio in one run, CPU time).

python benchmarks/queries.py [STORIES] makes a library in a temporary folder and prints a table.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from filling import NOW, fill

from tui_news.models import View
from tui_news.paths import Paths
from tui_news.store import Library

QUERIES = ("rareword", "common", "common is:unread", "com*", "feed:3 is:unread", "is:unread newer:2d", "midword -common",
           "common OR is:starred", "tag:x", "has:new", "lang:en")  # fmt: skip


def cost(act: Callable[[], object]) -> float:
    """Milliseconds of CPU, median of 7."""
    found = []
    for _ in range(7):
        start = time.process_time()
        act()
        found.append(time.process_time() - start)
    return statistics.median(found) * 1000


def main() -> None:
    stories = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        library = Library.open(Paths(base, base, base, base), clock=lambda: NOW)
        fill(library, stories)
        plain = cost(lambda: library.stories.page(View("all")))
        print(f"{stories:,} stories; a page of the whole list: {plain:.1f} ms\n")
        print(f"{'query':24} {'search 24':>12} {'page 400':>12} {'count':>12}")
        for query in QUERIES:
            acts = (
                lambda query=query: library.finder.find(query, 24),
                lambda query=query: library.stories.page(View(filter=query)),
                lambda query=query: library.stories.size(View(filter=query, unread_only=True)),
            )
            costs = [cost(act) for act in acts]
            print(f"{query:24}" + "".join(f"{one:7.1f} {one / plain:4.1f}x" for one in costs))
        library.close()


if __name__ == "__main__":
    main()
