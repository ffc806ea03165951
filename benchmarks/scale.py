"""What each act costs as the library grows, and how it grows: every list in every order, searches, marks, upkeep, disk.

    python benchmarks/scale.py [--stories 1000 10000 100000] [--million]

Milliseconds of CPU, medians, of the acts the screen, the agent and the command line carry out; the first rows are of
the whole program in a terminal of 80x24, all others without the painting (see sizes.py). "grows" compares the largest
with the one a hundred (at least ten) times smaller and tells the exponent e of n^e between them: flat: less than twice as
much; below linear: e < 0.85; linear: to 1.05; n log n: to what that makes of it (1.09 from 10,000 to a million), and
0.06 more for chance; more: beyond. Acts that write are taken back. --million adds a library of a million stories: three
minutes and 3 GB to make, once.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

from filling import NOW
from growing import home_of
from readers import feeds_shown
from refresh import memory
from visiting import Visit, settled

KINDS = ("all", "unread", "today", "starred", "folder", "feed", "muted")
ORDERS = ("newest", "oldest", "unread", "comments", "feed")
SMART = (
    "tag:kept", "tag:none", "is:starred", "is:unread newer:2d", "older:30d", "newer:30d older:2d", "feed:3 is:unread",
    "folder:3", "has:new", "has:quotes", "has:comments", "has:tags", "lang:en", "is:offline", "-is:offline", "is:read",
    "rareword", "common", "midword", "title:midword is:unread", "com*", "common is:unread -midword", "author:nobody",
    "rareword OR is:starred", "tag:kept OR has:new", "-tag:kept", "speaker:nobody", '"common words"',
)  # fmt: skip
SEARCHES = ("rareword", "midword", "common", "co*", "com*", "common is:unread", "nowhere")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stories", type=int, nargs="*", default=[1000, 10_000, 100_000])
    arguments.add_argument("--million", action="store_true")
    arguments.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.inside is not None:
        os.environ["TUINEWS_HOME"] = str(home_of(given.inside))
        print(json.dumps(dict(figures(home_of(given.inside)))))
        return
    sizes = given.stories + ([1_000_000] if given.million else [])
    tables = [_apart(stories) for stories in sizes]
    print(f"{'ms of CPU, or MB':48}" + "".join(f"{stories:>11,}" for stories in sizes) + "  grows")
    for name in tables[-1]:
        values = [table[name] for table in tables]
        print(f"{name:48}" + "".join(f"{value:11.1f}" for value in values) + f"  {growth(sizes, values)}")


def _apart(stories: int) -> dict[str, float]:
    done = subprocess.run([sys.executable, __file__, "--inside", str(stories)], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def growth(sizes: list[int], values: list[float]) -> str:
    """How the last figure stands to the one a hundred times smaller, or the smallest that is at least ten times so."""
    base = next((n for n, size in enumerate(sizes) if sizes[-1] / size <= 100), 0)
    times, more = values[-1] / max(values[base], 0.05), sizes[-1] / sizes[base]
    if more < 10:
        return ""
    if times < 2:
        return "flat"
    exponent = math.log(times, more)
    n_log_n = 1 + math.log(math.log(sizes[-1]) / math.log(sizes[base]), more)
    names = (("below linear", 0.85), ("linear", 1.05), ("n log n", n_log_n + 0.06), ("more", math.inf))
    return next(f"{name}, {exponent:.2f}" for name, most in names if exponent < most)


def starting(home: Path) -> Iterator[tuple[str, float]]:
    """The program as it is started; it leaves by its key, which keeps a picture of its list for the next start."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}  # bytecode is kept
    env |= {"TUINEWS_HOME": str(home), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    live, stored, key, memory_of = [], [], [], []
    for _ in range(3):
        shutil.rmtree(home / "cache" / "pictures", ignore_errors=True)
        with Visit([sys.executable, "-m", "tui_news"], env) as visit:
            live.append(visit.first(feeds_shown).cpu)
            settled(visit)
            memory_of.append(memory(visit.pid))
            key.append(statistics.median(visit.key(b"j").cpu for _ in range(6)))
            visit.key(b"Q", 2)
        with Visit([sys.executable, "-m", "tui_news"], env) as visit:
            stored.append(visit.first(feeds_shown).cpu)
    yield "first screen, live", statistics.median(live)
    yield "first screen, stored", statistics.median(stored)
    yield "key j, painted", statistics.median(key)
    yield "memory of all processes, MB", statistics.median(memory_of)


def figures(home: Path) -> Iterator[tuple[str, float]]:
    from tui_news.cli.start import open_desk
    from tui_news.paths import default_paths
    from tui_news.services.desk import LibraryDesk
    from tui_news.store import Library

    yield from starting(home)
    paths = default_paths()
    yield "open the library", cost(lambda: Library.open(paths).close(), 3)
    desk = open_desk(paths)
    assert isinstance(desk, LibraryDesk)
    desk.clock = desk.library.clock = lambda: NOW
    desk.library.stories._clock = lambda: NOW
    yield from lists(desk)
    yield from smart(desk)
    yield from searches(desk)
    yield from acts(desk)
    yield from upkeep(desk)
    desk.close()
    for name, pattern in (("library", "library.db"), ("index", "search.db")):
        yield f"disk: {name}, MB", sum(path.stat().st_size for path in home.rglob(pattern)) / 1e6


def lists(desk: Any) -> Iterator[tuple[str, float]]:
    from tui_news.models import View

    views = {
        kind: View(kind, id=3 if kind == "feed" else 0, name="Folder 3" if kind == "folder" else "") for kind in KINDS
    }
    for kind, order in product(KINDS, ORDERS):
        view = _with(views[kind], order=order)
        yield f"list {kind}, {order} first", cost(lambda view=view: desk.stories(view))
    first = desk.stories(View("all"))
    yield "list all, the page after", cost(lambda: desk.stories(View("all"), first[-1].key))
    kept = View("unread", keep=frozenset(row.id for row in first[:200]))
    yield "list unread, 200 read ones kept in it", cost(lambda: desk.stories(kept))
    for kind in KINDS:
        yield f"how many in {kind}", cost(lambda view=views[kind]: desk.size(view))
    yield "the sidebar's numbers", cost(desk.counts)
    yield "the next unread story", cost(lambda: desk.next_unread(View("all"), first[0].key))
    yield "the next unread story, past the last of a feed", cost(lambda: desk.next_unread(views["feed"], None))
    yield "open a story", cost(lambda: desk.open(first[0].id))


def _with(view: Any, **changes: Any) -> Any:
    from dataclasses import replace

    return replace(view, **changes)


def smart(desk: Any) -> Iterator[tuple[str, float]]:
    from tui_news.models import View

    for query in SMART:
        views = [View(filter=query, order=order) for order in ORDERS]
        worst = max(cost(lambda view=view: desk.stories(view), before=lambda: anew(desk)) for view in views)
        yield f"smart {query}, its slowest order", worst
    for query in SMART:
        yield f"count of {query}", cost(lambda query=query: desk.size(View(filter=query, unread_only=True)))


def anew(desk: Any) -> None:
    """What was found of words is asked for again, as at the first time and whenever the index changed."""
    if desk.library.finder._hits is not None:
        desk.library.finder._hits._version = None


def searches(desk: Any) -> Iterator[tuple[str, float]]:
    for query in SEARCHES:
        yield f"search {query}", cost(lambda query=query: desk.search(query, 24))


def acts(desk: Any) -> Iterator[tuple[str, float]]:
    from tui_news.models import View

    rows = desk.stories(View("all"))
    for name, view in (("feed", View("feed", id=3)), ("today", View("today")), ("all", View("all"))):
        unread = max(1, desk.size(View(view.kind, id=view.id, unread_only=True)))
        spent, taken = spend(lambda view=view: desk.mark_all_read(view)), spend(desk.undo)
        yield f"mark all of {name} read, a story", spent / unread
        yield f"undo that ({name}), a story", taken / unread
    unread = next(row for row in rows if not row.read)
    for name, act in (
        ("mark one read", lambda: desk.set_read([unread.id], True)),
        ("star one", lambda: desk.set_starred([unread.id], True)),
        ("tag one", lambda: desk.tags.add([unread.id], "kept2")),
    ):
        yield name, spend(act)
        desk.undo()
    yield "a refresh stores 4 new of 44 into a feed", cost(lambda: refreshed(desk), 5)


class Back(Exception):
    pass


def refreshed(desk: Any) -> None:
    """As a refresh does: what is held of the feed, what is new, stored; then taken back."""
    from tui_news.models import Entry

    library = desk.library
    made = [
        Entry(identity=f"new:{n}", guid=f"new:{n}", url=f"https://new.example/{n}", title=f"New {n}", author="",
              published=NOW, sort=NOW, html="<p>New.</p>", content_hash=str(n), teaser=False)
        for n in range(4)
    ]  # fmt: skip
    try:
        with library.write():
            library.stories.known(3)
            library.stories.store(3, made, [], NOW)
            raise Back
    except Back:
        pass


def upkeep(desk: Any) -> Iterator[tuple[str, float]]:
    from tui_news.services.doctor import examine
    from tui_news.store.pruning import going

    yield "prune --dry-run, a day", spend(lambda: going(desk.library.db, NOW, 1))
    yield "rules: what would `midword` hide", cost(lambda: desk.rules.would_hide("midword"), 3)
    yield "doctor", spend(lambda: examine(desk.library.paths, NOW))


def cost(act: Callable[[], object], runs: int = 5, before: Callable[[], object] = lambda: None) -> float:
    return statistics.median(spend(act, before) for _ in range(runs))


def spend(act: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    before()
    start = time.process_time()
    act()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
