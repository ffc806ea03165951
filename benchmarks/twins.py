"""The same story in several feeds, shown once: what that costs a library of 100,000 stories. Paired, in one run.

    python benchmarks/twins.py [STORIES]

Each act is timed with twins together and with them apart (as if there were none), in turns; the ratio is what counts.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tui_news.models import Entry, View
from tui_news.paths import Paths
from tui_news.store import Library

FEEDS, TURNS = 50, 15


def fill(library: Library, stories: int) -> None:
    """A tenth of the stories are in two feeds."""
    each = stories // FEEDS
    for number in range(FEEDS):
        feed, _ = library.feeds.add(f"https://{number}.example/feed", f"Feed {number}", folder=f"Folder {number % 5}")
        entries = []
        for n in range(each):
            shared = n % 10 == 0 and number % 2
            name = f"{number - 1 if shared else number}/{n}"
            entries.append(Entry(name, f"tag:{name}:long-enough", f"https://site.example/{name}", f"Story {name}", "", None,
                                 1_700_000_000 + n * 60 + number, "<p>text</p>", name))  # fmt: skip
        library.stories.store(feed, entries, [], 1_700_000_000)


def cpu(act: Callable[[], object]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def main() -> None:
    stories = int((sys.argv[1:] or ["100000"])[0])
    with tempfile.TemporaryDirectory() as root:
        base = Path(root)
        paths = Paths(base / "data", base / "cache", base / "config", base / "state").make()
        library = Library.open(paths)
        start = time.process_time()
        fill(library, stories)
        print(f"{stories} stories stored, twins found: {time.process_time() - start:.1f} s of CPU")
        acts: dict[str, Callable[[], object]] = {
            "first page of all unread": lambda: library.stories.page(View("unread")),
            "first page of a folder": lambda: library.stories.page(View("folder", name="Folder 1")),
            "counts": lambda: library.stories.counts(1_800_000_000),
            "next unread": lambda: library.stories.next_unread(View("unread"), None),
        }
        times: dict[tuple[str, bool], list[float]] = {}
        for _ in range(3):
            for apart in (False, True):
                library.twins.set_apart(apart)
                for _ in range(TURNS // 3):
                    for name, act in acts.items():
                        times.setdefault((name, apart), []).append(cpu(act))
        for name in acts:
            once, twice = (statistics.median(times[name, apart]) * 1000 for apart in (False, True))
            print(f"{name}: {once:.2f} ms once, {twice:.2f} ms apart, ratio {once / twice:.2f}")
        library.close()


if __name__ == "__main__":
    main()
