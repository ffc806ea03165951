"""A long article from the library to the screen, beside Textual's Markdown widget and one Static with the same words.

    python benchmarks/article.py [--words 4000 36000] [--runs 3]

Each measurement runs in a process of its own, in turn (ours, theirs, theirs, ours, …); the figures are medians, in
milliseconds of CPU time of the whole process, with what an idle pause of the same app costs taken off. "open" is for
us a key press in the list (the library is read, the text unpacked, wrapped, painted), for them the text being handed
over and painted.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from words import WORDS

PAUSES = 5


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--words", type=int, nargs="+", default=[4000, 36000])
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--one", choices=tuple(ONE))
    args = arguments.parse_args()
    if args.one:
        print(json.dumps(asyncio.run(ONE[args.one](args.words[0]))))
        return 0
    for words in args.words:
        found: dict[str, list[dict[str, float]]] = {name: [] for name in ONE}
        for number in range(args.runs):
            for name in list(ONE) if number % 2 else reversed(list(ONE)):
                done = subprocess.run(
                    [sys.executable, __file__, "--one", name, "--words", str(words)],
                    check=True, capture_output=True, text=True,
                )  # fmt: skip
                found[name].append(json.loads(done.stdout.splitlines()[-1]))
        report(found, words)
    return 0


def report(found: dict[str, list[dict[str, float]]], words: int) -> None:
    print(f"{words} words      tuinews  Markdown    Static   ours/Markdown  ours/Static")
    for figure in ("open ms", "page ms", "resize ms"):
        ours, md, static = (statistics.median(run[figure] for run in found[name]) for name in ONE)
        print(f"{figure:<12} {ours:10.1f} {md:9.1f} {static:9.1f} {ours / md:14.3f} {ours / static:12.3f}")


def blocks(words: int) -> list[tuple[str, str]]:
    """(kind, text): a heading every tenth paragraph, lists, quotes by two speakers, links; the same for everybody."""
    made: list[tuple[str, str]] = []
    count, number = 0, 0
    while count < words:
        size = 40 + number * 7 % 60
        text = " ".join(WORDS[(number * 5 + place * 3) % len(WORDS)] for place in range(size))
        if number % 10 == 0:
            made.append(("h2", f"Part {number // 10 + 1} of the story"))
        if number % 4 == 1:
            text = f"“{text},” said {'Anna Berg' if number % 8 == 1 else 'Odd Nord'}."
        made.append(("li" if number % 7 == 3 else "p", text))
        count, number = count + size, number + 1
    return made


async def cpu(pause: Callable[[], Awaitable[Any]], act: Callable[[], Any], floor: float = 0.0) -> float:
    """Milliseconds of CPU from the act until the app has drawn and is idle."""
    start = time.process_time()
    found = act()
    if hasattr(found, "__await__"):
        await found
    await pause()
    return max(0.1, (time.process_time() - start) * 1000 - floor)


async def floor_of(pause: Callable[[], Awaitable[Any]]) -> float:
    return statistics.median([await cpu(pause, lambda: None) for _ in range(PAUSES)])


async def tuinews(words: int) -> dict[str, float]:
    from tui_news.cli.start import open_desk
    from tui_news.models import View
    from tui_news.paths import Paths
    from tui_news.services.warming import warm
    from tui_news.ui.app import TuinewsApp

    with tempfile.TemporaryDirectory() as home:
        root = Path(home)
        story, short = fill(root, words)
        desk = open_desk(Paths(root / "data", root / "cache", root / "config", root / "state"))
        gc.disable()  # as `tuinews` starts; the app sets it going after its first paint
        app = TuinewsApp(desk, Silent(), start=View())
        async with app.run_test(size=(100, 40)) as pilot:
            await pilot.pause()
            warm()  # as the program does, soon after its first paint
            stories = app.reader.stories
            stories.read(desk.rows([short])[short])  # the pane is there: what is measured is an article
            await pilot.pause()
            floor = await floor_of(pilot.pause)
            opened = await cpu(pilot.pause, lambda: stories.read(desk.rows([story])[story]), floor)
            view = app.reader.story_view
            pages = [await cpu(pilot.pause, lambda: view.page(1), floor) for _ in range(15)]
            resized = await cpu(pilot.pause, lambda: pilot.resize_terminal(70, 40), floor)
        return {"open ms": opened, "page ms": statistics.median(pages), "resize ms": resized}


def fill(root: Path, words: int) -> tuple[int, int]:
    """A library with the article and a short one; their ids. In a process of its own: it must not warm ours."""
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); import article; article.make({str(root)!r}, {words})"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    story, short = map(int, done.stdout.split())
    return story, short


def make(home: str, words: int) -> None:
    from tui_news.models import Article, Entry
    from tui_news.paths import Paths
    from tui_news.services.opening import open_library
    from tui_news.text.html import html_to_blocks
    from tui_news.text.quotes import quotes_in

    root = Path(home)
    library = open_library(Paths(root / "data", root / "cache", root / "config", root / "state").make())
    html = "".join(
        f"<ul><li>{text}</li></ul>" if kind == "li" else f"<{kind}>{text}</{kind}>" for kind, text in blocks(words)
    )
    with library.write():
        feed, _ = library.feeds.add("https://one.example/feed", title="One")
        entries = [
            Entry(f"g:{n}", str(n), f"https://one.example/{n}", title, "", 5, 5, "<p>Short.</p>", "h")
            for n, title in enumerate(("A long article", "A short one"))
        ]
        story, short = library.stories.store(feed, entries, [], 5)
    found = html_to_blocks(html)
    library.articles.put(story, Article("page", found, quotes_in(found, "en"), fetched_at=5))
    library.close()
    print(story, short)


class Silent:
    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None

    async def close(self) -> None: ...


async def markdown(words: int) -> dict[str, float]:
    from textual.widgets import Markdown

    text = "\n\n".join({"h2": "## ", "li": "- ", "p": ""}[kind] + words for kind, words in blocks(words))
    return await widget(Markdown(), lambda one: one.update(text))


async def static(words: int) -> dict[str, float]:
    from textual.content import Content
    from textual.widgets import Static

    text = "\n\n".join(words for _, words in blocks(words))
    return await widget(Static(markup=False), lambda one: one.update(Content(text)))


async def widget(one: Any, show: Callable[[Any], Any]) -> dict[str, float]:
    from textual.app import App, ComposeResult
    from textual.containers import VerticalScroll

    class OneWidget(App[None]):
        def compose(self) -> ComposeResult:
            with VerticalScroll():
                yield one

    app = OneWidget()
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        floor = await floor_of(pilot.pause)
        opened = await cpu(pilot.pause, lambda: show(one), floor)
        scroll = app.query_one(VerticalScroll)
        pages = [await cpu(pilot.pause, lambda: scroll.scroll_relative(y=36, animate=False), floor) for _ in range(15)]
        resized = await cpu(pilot.pause, lambda: pilot.resize_terminal(70, 40), floor)
        return {"open ms": opened, "page ms": statistics.median(pages), "resize ms": resized}


ONE: dict[str, Callable[[int], Any]] = {"tuinews": tuinews, "markdown": markdown, "static": static}

if __name__ == "__main__":
    sys.exit(main())
