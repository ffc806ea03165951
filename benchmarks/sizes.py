"""The reader on libraries of growing size: first screen, keys, lists, search, memory, disk.

    python benchmarks/sizes.py [--stories 1000 20000 100000] [--runs 5]

First screens run in a pseudo-terminal of 80x24, from exec to the first frame with stories on it, in turn with
`python -c print` and a hello-world Textual app; medians of wall milliseconds and the ratio. Keys, lists and searches
are milliseconds of CPU of this process, medians, what an idle pause costs taken off.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import pty
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from article import Silent, cpu, floor_of
from growing import home_of
from keypress import GREETING, HELLO_KEYS, OURS, drain, measure
from keypress import visit as keyed

ORDERS = ("newest", "oldest", "unread", "comments", "feed")
SEARCHES = ("rareword", "common", "co*", "com*", "comm*")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stories", type=int, nargs="*", default=[1000, 20_000, 100_000])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.inside is not None:
        os.environ["TUINEWS_HOME"] = str(home_of(given.inside))
        print(json.dumps(asyncio.run(inside())))
        return
    table: dict[str, list[str]] = {}
    for stories in given.stories:
        found = {**starts(home_of(stories), given.runs), **_apart(stories)}
        for name, value in found.items():
            table.setdefault(name, []).append(value if isinstance(value, str) else f"{value:.1f}")
    print(f"{'':44}" + "".join(f"{stories:>18,}" for stories in given.stories))
    for name, values in table.items():
        print(f"{name:44}" + "".join(f"{value:>18}" for value in values))


def _apart(stories: int) -> dict[str, float]:
    """In a process of its own: a program that has measured the small library would be warm for the large one."""
    done = subprocess.run([sys.executable, __file__, "--inside", str(stories)], check=True, capture_output=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def starts(home: Path, runs: int) -> dict[str, str | float]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}  # bytecode is kept
    env |= {"TUINEWS_HOME": str(home), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    ours, word = [sys.executable, "-m", "tui_news"], b"Feed "
    bare, hello = (
        [sys.executable, "-c", "print('HELLO-WORLD', flush=True); input()"],
        [sys.executable, "-c", HELLO_KEYS],
    )
    pictures = home / "cache" / "pictures"
    rows: list[tuple[float, ...]] = []
    for _ in range(runs + 1):
        shutil.rmtree(pictures, ignore_errors=True)
        live = keyed(ours, OURS, env)
        visit(ours, word, env)
        stored = measure(ours, word, env)[0] if pictures.exists() else float("nan")
        rows.append((*live, stored, measure(bare, b"HELLO", env)[0], *keyed(hello, GREETING, env)[:2]))
    medians = (statistics.median(column) for column in zip(*rows[1:], strict=True))
    screen, key, memory, written, stored, floor, world, greeted = medians
    return {
        "first screen, stored, ms (x python)": f"{stored:.0f} ({stored / floor:.2f}x)",
        "first screen, live, ms (x hello-world)": f"{screen:.0f} ({screen / world:.2f}x)",
        "first key answered, ms (x hello-world)": f"{key:.0f} ({key / greeted:.2f}x)",
        "bytes a key, nothing scrolls": written,
        "memory of the screen's process, MB": memory,
        "library and index on disk, MB": sum(path.stat().st_size for path in home.rglob("*.db")) / 1e6,
    }


def visit(command: list[str], word: bytes, env: dict[str, str]) -> None:
    """Start it and leave by its key: it keeps a picture of its list then."""
    pid, master = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, env)
    seen = b""
    while word not in seen:
        seen += os.read(master, 65536)
    drain(master, 0.5)
    os.write(master, b"Q")
    drain(master, 3)
    os.waitpid(pid, 0)
    os.close(master)


async def inside() -> dict[str, float]:
    from tui_news.cli.start import open_desk
    from tui_news.models import View
    from tui_news.paths import default_paths
    from tui_news.services.warming import warm
    from tui_news.ui.app import TuinewsApp

    gc.disable()  # as `tuinews` starts; the app sets it going after its first paint
    desk = open_desk(default_paths())
    found: dict[str, float] = {}
    app = TuinewsApp(desk, Silent())
    written: list[int] = []
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        warm()
        floor = await floor_of(pilot.pause)
        driver = app._driver
        assert driver is not None
        plain = driver.write
        driver.write = lambda data: (written.append(len(data)), plain(data))[1]  # type: ignore[method-assign]
        for name, key in (("j", "j"), ("k", "k"), ("page down", "pagedown")):
            costs = [await cpu(pilot.pause, lambda key=key: pilot.press(key), floor) for _ in range(15)]
            found[f"key {name}, ms"] = statistics.median(costs)
            found[f"key {name}, p95 ms"] = sorted(costs)[-1]
        await pilot.press("g")
        costs = []
        for _ in range(7):
            costs.append(await cpu(pilot.pause, lambda: pilot.press("enter"), floor))
            await pilot.press("escape", "j")
            await pilot.pause()
        found["open a story, ms"] = statistics.median(costs)
        lists = app.reader.lists
        for kind in ("all", "starred", "today", "unread"):
            found[f"list {kind}, to the screen, ms"] = await cpu(
                pilot.pause, lambda kind=kind: lists.show(View(kind)), floor
            )
    desk = open_desk(default_paths())  # the app closed the other one
    for order in ORDERS:
        found[f"all stories, {order}, ms"] = timed(lambda order=order: desk.stories(View("all", order=order)))
    found["the sidebar's numbers, ms"] = timed(desk.counts)
    for query in SEARCHES:
        found[f"search {query}, ms"] = timed(lambda query=query: desk.search(query, 24))
    desk.close()
    return found


def timed(act: Callable[[], Any]) -> float:
    costs = []
    for _ in range(5):
        start = time.process_time()
        act()
        costs.append((time.process_time() - start) * 1000)
    return statistics.median(costs)


if __name__ == "__main__":
    main()
