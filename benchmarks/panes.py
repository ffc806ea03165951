"""Every key that moves, in every pane, at each size of the screen: CPU and bytes; and what an open reader holds at rest.

    python benchmarks/panes.py [--stories 1000 100000] [--sizes 80x24 120x40 200x50] [--presses 12] [--no-memory]

The real program in a pseudo-terminal on libraries of growing size (growing.py); its first story is a long one with a
thread (opening.py's, stored over it). Figures are those of opening.py: milliseconds of CPU of the program's process
until all is settled, less an idle pause's. Memory is of all its processes, what is shared counted once: with the
network's process, and when that has gone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import opening
from growing import home_of
from refresh import memory

DOWN, UP = "\x1b[6~", "\x1b[5~"
# What leads to a pane from the list, the keys that are measured there, and what leads back.
PANES = {
    "list": (["g"], ["j", "k", DOWN, UP], []),
    "feeds": (["1", "g"], ["j", "k", DOWN, UP], ["2"]),
    "story": (["g", "\r"], ["j", "k", DOWN, UP], ["\x1b"]),
    "thread": (["g", "\r", "c"], ["j", "k", DOWN, UP], ["\x1b", "\x1b"]),
    "quotes": (["g", "\r", '"'], ["j", "k", DOWN, UP], ["\x1b", "\x1b"]),
}
NAMES = {"j": "j", "k": "k", DOWN: "page down", UP: "page up"}
REST = 90.0  # seconds after which the network's process is gone


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stories", type=int, nargs="*", default=[1000, 100_000])
    arguments.add_argument("--sizes", nargs="*", default=["80x24", "120x40", "200x50"])
    arguments.add_argument("--presses", type=int, default=12)
    arguments.add_argument("--no-memory", action="store_true")
    given = arguments.parse_args()
    print(f"{'':34}" + "".join(f"{size:>32}" for size in given.sizes))
    print(f"{'ms of CPU, median / p95; bytes':34}")
    for stories in given.stories:
        table: dict[str, list[str]] = {}
        for size in given.sizes:
            with tempfile.TemporaryDirectory() as folder:
                home = prepared(stories, Path(folder))
                columns, rows = map(int, size.split("x"))
                program = opening.Program(str(Path(__file__).parent.parent / "src"), home, columns, rows)
                for name, cell in measured(program, given.presses):
                    table.setdefault(name, []).append(cell)
                program.end()
        for name, cells in table.items():
            print(f"{stories:>9,}  {name:23}" + "".join(f"{cell:>32}" for cell in cells), flush=True)
    if not given.no_memory:
        for stories in given.stories:
            print(held(stories), flush=True)


def prepared(stories: int, folder: Path) -> Path:
    """A copy of the library whose newest story is long and has a thread."""
    home = folder / "home"
    shutil.copytree(home_of(stories), home)
    os.environ["TUINEWS_HOME"] = str(home)
    from tui_news.models import Article, View
    from tui_news.paths import default_paths
    from tui_news.services.opening import open_library
    from tui_news.services.shelf import LibraryShelf
    from tui_news.text.html import html_to_blocks
    from tui_news.text.quotes import quotes_in

    library = open_library(default_paths())
    now = int(time.time())
    order = LibraryShelf(library).remembered("order unread") or "newest"
    row = library.stories.page(View("unread", order=order), None, 1)[0]
    blocks = html_to_blocks(opening.text(7, ("Anna Berg", "Odd Nord", "Kari Lund Moe", "Ines Duarte")))
    library.articles.put(row.id, Article("page", blocks, quotes_in(blocks, "en"), fetched_at=now))
    opening.thread(library, row.id, 7, now)
    library.db.run("UPDATE feed SET next_check = ?, last_fetch = ?, status = 'ok'", (now + 86_400, now))
    library.close()
    return home


def measured(program: opening.Program, presses: int) -> list[tuple[str, str]]:
    found = []
    for pane, (there, keys, back) in PANES.items():
        for key in there:
            program.press(key)
            program.settle(1.2)  # a comment is seen after a second, and said to be
        for key in keys:
            costs = [program.press(key) for _ in range(presses if len(key) == 1 else max(2, presses // 3))]
            used = sorted(cost for cost, _ in costs)
            p95 = used[max(0, -(-len(used) * 95 // 100) - 1)]
            written = statistics.median(count for _, count in costs)
            found.append((f"{pane}: {NAMES[key]}", f"{statistics.median(used):.1f} / {p95:.1f};{written:>7,.0f}"))
        for key in back:
            program.press(key)
    return found


def held(stories: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        home = prepared(stories, Path(folder))
        program = opening.Program(str(Path(__file__).parent.parent / "src"), home, 120, 40)
        both, end = memory(program.pid), time.monotonic() + REST
        alone = both
        while time.monotonic() < end and alone > 0.85 * both:
            program.settle(2.0)
            alone = memory(program.pid)
        program.end()
    return f"{stories:>9,}  MB of all processes: {both:.1f} with the network's, {alone:.1f} when that has gone"


if __name__ == "__main__":
    main()
