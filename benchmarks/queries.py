"""What a query costs at 100,000 stories, beside an empty list's page of the same library (ratio in one run, CPU time).

python benchmarks/queries.py [STORIES] makes a library in a temporary folder (minutes for 100,000) and prints a table.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from tui_news.models import View
from tui_news.paths import Paths
from tui_news.store import Library
from tui_news.store.packing import squeeze

NOW = 1_790_000_000
QUERIES = ("rareword", "common", "common is:unread", "com*", "feed:3 is:unread", "is:unread newer:2d", "midword -common",
           "common OR is:starred", "tag:x", "has:new", "lang:en")  # fmt: skip


def fill(library: Library, stories: int) -> None:
    """200 feeds; `common` is in every story, `midword` in one title of 20, `rareword` in one text of 500."""
    dice = random.Random(1)
    syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
    words = ["".join(dice.choices(syllables, k=dice.choice((2, 2, 3, 3, 4)))) for _ in range(30_000)]
    text = dice.choices(words, cum_weights=list(accumulate(1 / (n + 3) for n in range(len(words)))), k=1_000_000)
    with library.write():
        for feed in range(200):
            library.feeds.add(f"https://f{feed}.example/feed", title=f"Feed {feed}")
        for number in range(1, stories + 1):
            at = dice.randrange(len(text) - 300)
            when = NOW - (stories - number) * 300
            title = " ".join(text[at : at + 8]) + (" midword" if number % 20 == 0 else "")
            body = "common " + " ".join(text[at + 8 : at + 258]) + (" rareword" if number % 500 == 0 else "")
            library.db.run(
                """INSERT INTO story(id, feed_id, identity, title, published, sort, first_seen, read, starred)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                (number, dice.randrange(1, 201), f"id:{number}", title, when, when, when, dice.random() < 0.6,
                 dice.random() < 0.02),
            )  # fmt: skip
            library.db.run("INSERT INTO body(story_id, html) VALUES (?, ?)", (number, squeeze(f"<p>{body}</p>")))
    while library.search.update(20_000):
        pass


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
