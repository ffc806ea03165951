"""A thread of 5,000 comments: opened from the library, walked and folded, beside an app with a Static for each comment.

    python benchmarks/thread.py [--comments 5000] [--runs 3]

Each measurement runs in a process of its own, in turn (ours, theirs, an empty app). Wall and CPU milliseconds from the
act until the app has drawn and is idle again; the floor is what the test harness itself takes for nothing, measured in
the empty app, and is left in unless the line says otherwise. On a busy machine read the CPU columns and the ratio.
Megabytes are of resident memory above the empty app.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from words import WORDS


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--comments", type=int, default=5000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--one", choices=("tuinews", "static", "empty"))
    args = arguments.parse_args()
    if args.one:
        print(json.dumps(asyncio.run(ONE[args.one](args.comments))))
        return 0
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ONE}
    for _ in range(args.runs):
        for name in ONE:
            done = subprocess.run(
                [sys.executable, __file__, "--one", name, "--comments", str(args.comments)],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            found[name].append(json.loads(done.stdout.splitlines()[-1]))
    report(found, args.comments)
    return 0


FIGURES = ("open", "key", "key p95", "fold all")


def report(found: dict[str, list[dict[str, float]]], count: int) -> None:
    def median(name: str, figure: str) -> float:
        return statistics.median(run[figure] for run in found[name])

    print(f"{count} comments             tuinews wall    CPU   Static wall     CPU   CPU ratio")
    for figure in FIGURES:
        ours, cpu = median("tuinews", f"{figure} wall"), median("tuinews", f"{figure} cpu")
        theirs, their_cpu = median("static", f"{figure} wall"), median("static", f"{figure} cpu")
        print(f"{figure + ' ms':<24} {ours:12.1f} {cpu:6.1f} {theirs:13.1f} {their_cpu:7.1f} {cpu / their_cpu:11.3f}")
    floor, floor_cpu = median("empty", "floor wall"), median("empty", "floor cpu")
    print(f"{'the floor, of an empty app':<24} {floor:10.1f} {floor_cpu:6.1f}")
    for figure in FIGURES:
        ours, cpu = median("tuinews", f"{figure} wall") - floor, median("tuinews", f"{figure} cpu") - floor_cpu
        print(f"{figure + ' less floor':<24} {ours:12.1f} {cpu:6.1f}")
    empty = median("empty", "MB")
    ours, theirs = median("tuinews", "MB") - empty, median("static", "MB") - empty
    print(f"{'MB above empty':<24} {ours:12.1f} {'':>6} {theirs:13.1f} {'':>7} {ours / theirs:11.3f}")


def body(number: int) -> str:
    return " ".join(WORDS[(number * 7 + i * 3) % len(WORDS)] for i in range(25 + number % 50))


Cost = tuple[float, float]  # wall and CPU milliseconds


async def timed(pause: Callable[[], Awaitable[Any]], act: Callable[[], Any]) -> Cost:
    """From the act until the app has drawn and is idle."""
    start, used = time.perf_counter(), time.process_time()
    act()
    await pause()
    return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000


def figures(opened: Cost, keys: list[Cost], folded: Cost) -> dict[str, float]:
    found = {"MB": resident()}
    for side, name in enumerate(("wall", "cpu")):
        ordered = sorted(key[side] for key in keys)
        found |= {
            f"open {name}": opened[side], f"key {name}": statistics.median(ordered), f"fold all {name}": folded[side],
            f"key p95 {name}": ordered[max(0, -(-len(ordered) * 95 // 100) - 1)],
        }  # fmt: skip
    return found


def resident() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def tuinews(count: int) -> dict[str, float]:
    from tui_news.cli.start import open_desk
    from tui_news.models import View
    from tui_news.paths import Paths
    from tui_news.services.warming import warm
    from tui_news.ui.app import TuinewsApp

    with tempfile.TemporaryDirectory() as home:
        root = Path(home)
        story = fill(root, count)
        desk = open_desk(Paths(root / "data", root / "cache", root / "config", root / "state"))
        gc.disable()  # as `tuinews` starts; the app sets it going after its first paint
        app = TuinewsApp(desk, Silent(), start=View())
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            warm()  # as the program does, soon after its first paint
            stories = app.reader.stories
            opened = await timed(pilot.pause, lambda: stories.read(desk.rows([story])[story]))
            view = app.reader.story_view
            view.jump_comments()
            await pilot.pause()
            keys = [await timed(pilot.pause, view.next_comment) for _ in range(60)]
            folded = await timed(pilot.pause, view.fold_all)
            return figures(opened, keys, folded)


def fill(root: Path, count: int) -> int:
    """A library with one story and its thread; the story's id. In a process of its own: it must not count as memory."""
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import thread; print(thread.make({str(root)!r}, {count}))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return int(done.stdout)


def make(home: str, count: int) -> int:
    from tui_news.models import Block, Comment, Entry, Route, ThreadRef
    from tui_news.paths import Paths
    from tui_news.services.opening import open_library

    root = Path(home)
    library = open_library(Paths(root / "data", root / "cache", root / "config", root / "state").make())
    html = "<p>" + body(3) + "</p>"
    with library.write():
        feed, _ = library.feeds.add("https://one.example/feed", title="One")
        entry = Entry("g:1", "1", "https://one.example/1", "A long thread", "", 5, 5, html, "h")
        (story,) = library.stories.store(feed, [entry], [], 5)
    ref = ThreadRef("hackernews", "hn|1", (Route("algolia", "https://x.example"),), "https://x.example/1")
    comments = [
        Comment(str(n), str(n // 3) if n % 7 else None, f"Reader {n % 97}", n, blocks=(Block("para", body(n)),))
        for n in range(1, count + 1)
    ]
    library.threads.put(story, ref, comments, (), coverage="complete", total=count, route="algolia", warnings=(), now=9)
    library.close()
    return story


class Silent:
    def listen(self, callback: object) -> None: ...
    def refresh(self, feed_ids: object = None, force: bool = False) -> None: ...
    def fetch_story(self, story_id: int, force: bool = False) -> None: ...
    def add(self, url: str, folder: str = "") -> None: ...
    async def close(self) -> None: ...


async def static(count: int) -> dict[str, float]:
    from textual.app import App, ComposeResult
    from textual.containers import VerticalScroll
    from textual.widgets import Static

    class Statics(App[None]):
        def compose(self) -> ComposeResult:
            yield VerticalScroll()

    app = Statics()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        scroll = app.query_one(VerticalScroll)
        widgets = [Static(f"Reader {n % 97}\n{body(n)}", markup=False) for n in range(count)]
        opened = await timed(pilot.pause, lambda: scroll.mount_all(widgets))
        keys = [await timed(pilot.pause, lambda: scroll.scroll_relative(y=3, animate=False)) for _ in range(5)]

        def fold() -> None:
            for widget in widgets[1:]:
                widget.display = False

        return figures(opened, keys, await timed(pilot.pause, fold))


async def empty(count: int) -> dict[str, float]:
    from textual.app import App

    app: App[None] = App()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        floors = [await timed(pilot.pause, lambda: None) for _ in range(20)]
        wall, cpu = (statistics.median(floor[side] for floor in floors) for side in (0, 1))
        return {"floor wall": wall, "floor cpu": cpu, "MB": resident()}


ONE = {"tuinews": tuinews, "static": static, "empty": empty}

if __name__ == "__main__":
    sys.exit(main())
