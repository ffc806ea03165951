"""Every field of the query language, alone, not, in twos and threes, in every order: which first screens are slow?

    python benchmarks/every_query.py HOME [--combos 300] [--some 1] [--deep 0 [--seed 11] [--places]] [--what first]

HOME: a TUINEWS_HOME to read (enriching.py makes one with all that is asked for). Figures are ms of CPU of one page of 400 rows, asked as for the first time;
what: of the page after it (`second`), or of a count. deep: so many queries by chance instead, of two to five terms with
OR, AND, minus and parentheses in parentheses, for a seed always the same ones; places: each in one of some places.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

from filling import NOW

from tui_news.models import View
from tui_news.paths import Paths
from tui_news.store import Library

QUIET = 4.2  # ms of CPU of `walk` on a machine that does nothing else
ORDERS = ("newest", "oldest", "unread", "comments", "feed")
LEAVES = (
    "rareword", "midword", "common", "co*", "com*", "title:midword", "title:mi*", "body:common", "author:nobody",
    "comments:common", '"common words"', "is:unread", "is:read", "is:starred", "is:muted", "is:offline", "has:comments",
    "has:new", "has:quotes", "has:tags", "tag:few", "tag:kept", "tag:mid", "tag:big", "tag:bigger", "tag:*", "tag:bi*", "tag:none",
    "feed:3", "feed:1", "folder:3", '"folder 1"', 'folder:"folder 1"', "newer:2d", "newer:30d", "older:30d", "older:1y",
    "before:2026", "since:2026-09-01", "lang:en", "lang:no", "lang:fi", "lang:xx", "speaker:tore", "speaker:nobody",
    "speaker:ka", "quote:hope", "quote:ba*", "quote:nowhere",
)  # fmt: skip
MORE = (
    "newer:1y", "newer:6mo", "newer:today", "older:1w", "since:2026-03-01", "since:2030", "before:2026-06-01", "before:2020",
    "title:common", "title:rareword", '"midword common"', "comments:midword", "body:mid*", "author:a*", "rareword*", "feed:7",
    "folder:7", "speaker:a", 'quote:"a new"', "tag:m*",
)  # fmt: skip
PLACES = (
    View("unread"),
    View("starred"),
    View("feed", id=3),
    View("folder", name="Folder 3"),
    View("today", since=NOW - 86400),
)


def queries(combos: int) -> Iterator[str]:
    """The leaves, each with and without a minus; all pairs that the common ones make; some others by chance."""
    signed = [sign + leaf for leaf in LEAVES for sign in ("", "-")]
    yield from signed
    usual = ("is:unread", "-common", "common", "newer:30d", "tag:big")
    for leaf in signed:
        for other in usual:
            if leaf.lstrip("-") != other.lstrip("-"):
                yield f"{leaf} {other}"
    dice = random.Random(5)
    for _ in range(combos):
        one, two, three = dice.sample(signed, 3)
        yield dice.choice(("{} OR {}", "{} {} {}", "({} OR {}) {}", "{} -({} {})", "{} OR ({} {})")).format(
            one, two, three
        )


def deep(dice: random.Random) -> str:
    """Some terms with what may stand between them; now and then one that excludes another."""
    if dice.random() < 0.08:
        one = dice.choice((*LEAVES, *MORE))
        return dice.choice((f"{one} -{one}", f"{one} OR -{one}", f"newer:2d older:30d {one}"))
    return _terms(dice, dice.choice((2, 3, 3, 3, 4, 5)), 0)


def _terms(dice: random.Random, count: int, depth: int) -> str:
    made = []
    for _ in range(count):
        inner = depth < 2 and dice.random() < 0.25
        term = f"({_terms(dice, dice.choice((2, 2, 3)), depth + 1)})" if inner else dice.choice((*LEAVES, *MORE))
        made += [dice.choice((" ", " ", " OR ", " AND ")), "-" * (dice.random() < 0.3) + term]
    return "".join(made[1:])


def act(library: Library, view: View, what: str) -> Callable[[], object]:
    if what == "count":
        return lambda: library.stories.size(view)
    rows = library.stories.page(view) if what == "second" else ()
    return lambda: library.stories.page(view, rows[-1].key if rows else None)


def cost(library: Library, view: View, what: str) -> float:
    """Milliseconds of CPU, what was found of words forgotten before; not before a second page, which follows a first."""
    asked = act(library, view, what)
    library.finder.tidy()
    if library.finder._hits is not None and what != "second":
        library.finder._hits._version = None
    start = time.thread_time()
    asked()
    return (time.thread_time() - start) * 1000


def fair(library: Library, view: View, what: str) -> float:
    """The best of three, less what a walk of an index just before and after took above its quiet time."""
    before = walk(library)
    found = min(cost(library, view, what) for _ in range(3))
    return found / max(1.0, min(before, walk(library)) / QUIET)


def walk(library: Library) -> float:
    """Milliseconds of CPU for 100,000 stories."""
    start = time.thread_time()
    library.db.value("SELECT count(*) FROM story INDEXED BY story_all WHERE hidden = 0 AND offline = 7")
    stories = int(library.db.value("SELECT count(*) FROM story")) or 1
    return (time.thread_time() - start) * 1000 * 100_000 / stories


def views(combos: int, some: int) -> Iterator[tuple[str, View]]:
    chosen = [query for query in dict.fromkeys(queries(combos)) if not random.Random(query).randrange(some)]
    for query, order in product(chosen, ORDERS):
        yield f"{query} / {order}", View(filter=query, order=order)
    for place, query, order in product(PLACES, ("", *LEAVES) if combos else (), ORDERS):
        yield f"in {place.kind}: {query} / {order}", replace(place, filter=query, order=order)


def by_chance(count: int, seed: int, places: bool) -> Iterator[tuple[str, View]]:
    dice = random.Random(seed)
    for _ in range(count):
        query, order = deep(dice), dice.choice(ORDERS)
        place = dice.choice(PLACES) if places else View("all")
        yield f"in {place.kind}: " * places + f"{query} / {order}", replace(place, filter=query, order=order)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("home", type=Path)
    arguments.add_argument("--combos", type=int, default=300, help="more of them, by chance; 0: no places either")
    arguments.add_argument("--some", type=int, default=1, help="only one query in so many")
    arguments.add_argument("--deep", type=int, default=0)
    arguments.add_argument("--seed", type=int, default=11)
    arguments.add_argument("--places", action="store_true")
    arguments.add_argument("--what", choices=("first", "second", "count"), default="first")
    arguments.add_argument("--worst", type=int, default=20)
    arguments.add_argument("--over", type=float, default=30)
    given = arguments.parse_args()
    base = given.home
    paths = Paths(base / "data", base / "cache", base / "config", base / "state")
    library = Library.open(paths, clock=lambda: NOW, readonly=True)
    asked = by_chance(given.deep, given.seed, given.places) if given.deep else views(given.combos, given.some)
    found = {name: fair(library, view, given.what) for name, view in asked}
    slow = sorted(found.items(), key=lambda pair: -pair[1])
    over = sum(spent > given.over for spent in found.values())
    print(f"{len(found):,} lists; {over:,} over {given.over:g} ms; median {slow[len(slow) // 2][1]:.1f} ms")
    for name, spent in slow[: given.worst]:
        print(f"{spent:8.1f}  {name}")


if __name__ == "__main__":
    main()
