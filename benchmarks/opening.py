"""CPU and bytes of a key press in the real program, in a pseudo-terminal, until all is settled.

    python benchmarks/opening.py [--sizes 80x24 120x40 200x50] [--trees SRC ...] [--runs 2]

The library has forty stories of 500 to 900 words with quotes, links and a list; each second has 30 comments. Each figure is the
processor time of the program's own process (all its threads, by the scheduler's clock) from the key until nothing was
written and no time used for a third of a second, less what it uses when nothing is pressed; and the bytes it wrote. With several trees the
same keys are pressed in turn in a program of each, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))


from words import WORDS

STORIES = 40
QUIET = 0.35  # seconds
FILLING = "import sys; sys.path.insert(0, sys.argv[1]); import opening; opening.make(sys.argv[2])"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--sizes", nargs="*", default=["80x24", "120x40", "200x50"])
    arguments.add_argument("--trees", nargs="*", default=[str(Path(__file__).parent.parent / "src")])
    arguments.add_argument("--runs", type=int, default=1)
    arguments.add_argument("--acts", nargs="*", default=list(ACTS))
    given = arguments.parse_args()
    for size in given.sizes:
        columns, rows = map(int, size.split("x"))
        found: dict[tuple[str, str], list[tuple[float, int]]] = {}
        for run in range(given.runs):
            with tempfile.TemporaryDirectory() as home:
                programs = []
                for number, tree in enumerate(given.trees):
                    root = Path(home) / str(number)
                    subprocess.run(
                        [sys.executable, "-c", FILLING, str(Path(__file__).parent), str(root)],
                        check=True,
                        env={**os.environ, "PYTHONPATH": tree},
                    )
                    programs.append(Program(tree, root, columns, rows))
                for act in given.acts:
                    steps = ACTS[act]
                    for way in steps:
                        order = programs if run % 2 == 0 else programs[::-1]
                        for program in order:
                            for key, name in way:
                                cost = program.press(key)
                                if name:
                                    found.setdefault((name, program.tree), []).append(cost)
                for program in programs:
                    program.end()
        print(
            f"\n{size:24}"
            + "".join(f"{'ms of CPU: median    p95':>28}{'bytes: median':>16}" for _ in given.trees)
            + ("   ratio" if len(given.trees) > 1 else "")
        )
        for name in dict.fromkeys(name for name, _ in found):
            cells, medians = "", []
            for tree in given.trees:
                costs = sorted(cost for cost, _ in found[name, tree])
                sizes = sorted(count for _, count in found[name, tree])
                p95 = costs[max(0, -(-len(costs) * 95 // 100) - 1)]
                medians.append(statistics.median(costs))
                cells += f"{medians[-1]:20.1f} {p95:7.1f}{statistics.median(sizes):16,.0f}"
            more = f"   {medians[-1] / medians[0]:.2f}" if len(medians) > 1 else ""
            print(f"{name:24}{cells}{more}  n={len(costs)}", flush=True)


class Program:
    def __init__(self, tree: str, home: Path, columns: int, rows: int) -> None:
        env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        env |= {
            "TUINEWS_HOME": str(home),
            "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
            "PYTHONPATH": tree,
            "NO_PROXY": "*",
        }
        self.tree = tree
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            termios.tcsetwinsize(0, (rows, columns))
            os.execvpe(sys.executable, [sys.executable, "-m", "tui_news"], env)
        self.seen = b""
        self.settle(4.0)
        self.settle(2.5)
        self.idle = statistics.median(self.window(QUIET) for _ in range(5)) / QUIET  # ms a second

    def used(self) -> float:
        """Milliseconds of CPU of all threads."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            try:
                total += int((task / "schedstat").read_text().split()[0])
            except (OSError, IndexError):
                pass
        return total / 1e6

    def window(self, seconds: float) -> float:
        start = self.used()
        self.settle(seconds, once=True)
        return self.used() - start

    def settle(self, wait: float, once: bool = False) -> int:
        """Read until nothing came for so long; how many bytes."""
        count, end = 0, time.monotonic() + wait
        last = self.used()
        while True:
            left = end - time.monotonic()
            if left <= 0:
                now = self.used()
                if once or now - last < 1.5:
                    return count
                last, end = now, time.monotonic() + wait
                continue
            if select.select([self.master], [], [], left)[0]:
                data = os.read(self.master, 65536)
                self.seen = (self.seen + data)[-20000:]
                count += len(data)
                if not once:
                    end, last = time.monotonic() + wait, self.used()

    def press(self, key: str) -> tuple[float, int]:
        start, at = self.used(), time.monotonic()
        os.write(self.master, key.encode())
        count = self.settle(QUIET)
        return max(0.1, self.used() - start - self.idle * (time.monotonic() - at)), count

    def end(self) -> None:
        os.kill(self.pid, signal.SIGTERM)
        time.sleep(0.2)
        os.close(self.master)
        os.waitpid(self.pid, 0)


ESC = "\x1b"
OPENING = [[("\r", "open a story"), (ESC, "back to the list"), ("j", "")] for _ in range(20)]
LIST = (
    [[("g", "")]]
    + [[("j", "list: j")]] * 15
    + [[("k", "list: k")]] * 15
    + [[("G", "")], [("g", "")]]
    + [[("\x1b[6~", "list: page down")], [("\x1b[5~", "list: page up")]] * 8
)
STORY = (
    [[("g", "")], [("\r", "")]]
    + (
        [[("j", "story: j, scrolls")]] * 8
        + [[(" ", "story: page")], [("\x1b[6~", "story: page down")], [("\x1b[5~", "story: page up")]] * 4
        + [[(ESC, "")], [("j", "")], [("\r", "")]]
    )
    * 4
    + [[(ESC, "")]]
)
ACTS = {"open": OPENING, "list": LIST, "story": STORY}


def make(home: str) -> None:
    from tui_news.models import Article, Entry
    from tui_news.paths import default_paths
    from tui_news.services.opening import open_library
    from tui_news.text.html import html_to_blocks
    from tui_news.text.quotes import quotes_in

    os.environ["TUINEWS_HOME"] = home
    library = open_library(default_paths().make())
    now = int(time.time())
    names = ("Anna Berg", "Odd Nord", "Kari Lund Moe", "Ines Duarte")
    for number in range(12):
        with library.write():
            library.feeds.add(
                f"https://127.0.0.1:9/f{number}", title=f"The {number}th Harbour Post", folder=f"Folder {number % 4}"
            )
            library.db.run(
                "UPDATE feed SET next_check = ?, last_fetch = ?, last_success = ?, status='ok'", (now + 86400, now, now)
            )
    for number in range(300):
        full = number < STORIES
        html = text(number, names) if full else "<p>Short words.</p>"
        entry = Entry(
            f"g:{number}",
            str(number),
            f"https://127.0.0.1:9/{number}",
            f"What the {number}th boat brought to the quay before the light",
            names[number % 4],
            now - number * 900,
            now - number * 900,
            html,
            f"h{number}",
        )
        with library.write():
            (story,) = library.stories.store(number % 12 + 1, [entry], [], now)
        if not full:
            continue
        blocks = html_to_blocks(html)
        library.articles.put(story, Article("page", blocks, quotes_in(blocks, "en"), fetched_at=now))
        if number % 2:
            thread(library, story, number, now)
    library.db.run("UPDATE story SET offline = 1")
    while library.search.update():
        pass
    while library.quotes.update():
        pass
    library.close()


def words(at: int, count: int) -> str:
    return " ".join(WORDS[(at * 5 + place * 3) % len(WORDS)] for place in range(count))


def text(number: int, names: tuple[str, ...]) -> str:
    made = []
    for part in range(12 + number % 8):
        said = words(number + part, 40 + part * 7 % 30)
        if part % 3 == 1:
            said = f"“{said[0].upper()}{said[1:]},” said {names[(number + part) % 4]}."
        if part % 4 == 2:
            said = f'{said} <a href="https://127.0.0.1:9/link/{number}/{part}">{words(part, 4)}</a> {words(part, 9)} <em>{words(3, 3)}</em>.'
        made.append(f"<p>{said}</p>")
        if part == 5:
            made.append(f"<h2>{words(number, 5)}</h2><ul><li>{words(1, 9)}</li><li>{words(2, 12)}</li></ul>")
        if part == 8:
            made.append(f"<blockquote><p>{words(part, 30)}</p></blockquote>")
    return "".join(made)


def thread(library: Any, story: int, number: int, now: int) -> None:
    from tui_news.models import Block, Comment, Route, ThreadRef

    ref = ThreadRef(
        "hackernews", f"hn|{number}", (Route("algolia", "https://127.0.0.1:9/x"),), f"https://127.0.0.1:9/c/{number}"
    )
    comments = [
        Comment(
            str(n),
            str(n // 3) if n % 4 else None,
            f"Reader {n % 17}",
            now - 9000 + n,
            blocks=(Block("para", words(n, 15 + n * 7 % 60)),),
        )
        for n in range(1, 31)
    ]
    library.threads.put(story, ref, comments, (), coverage="complete", total=30, route="algolia", warnings=(), now=now)


if __name__ == "__main__":
    main()
