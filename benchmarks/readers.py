"""The reader beside newsboat, newsraft and sfeed on the same stories: first screen, lists, search, keys, memory, disk.

    python benchmarks/readers.py [--stories 1000 20000 100000] [--runs 5] [--peers newsboat newsraft sfeed_curses]

All are filled from the same feeds on loopback, once (kept beside the other libraries, see growing.py; filling 100,000
takes some minutes), then run in turn in a pseudo-terminal of 80x24, peers at their best (peers.py). Medians of wall
milliseconds, with milliseconds of CPU of all processes in brackets; a ratio is ours to theirs, of the walls [of the CPU].
"first screen" is ten feeds' names on it, which is a peer's list of feeds and our list of stories. A list and a search
count until their stories are there; sfeed has neither for all feeds. Peers search at enter, we while one types: ours is
from the word, written at once. A key counts until its last byte. MB are those of all its processes, ours with its agent,
what is shared counted once; sizes.py tells the screen's process alone.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import feedserver
from growing import base_folder
from peers import NAMES, Peer, analyzed, installed, program
from refresh import memory, our_home
from visiting import Cost, Look, Visit, settled

FEEDS = 500
DOWN, PAGE = b"\x1b[B", b"\x1b[6~"
LEAST = 12  # stories that hold the word that is searched for


class Keys(NamedTuple):
    """What to press in a reader."""

    before: tuple[bytes, ...]  # from the first screen to where the list of all is one key away
    all: bytes
    search: bytes  # opens the search, from the first screen
    go: bytes  # after the word; b"": it searches while one types
    down: bytes = b"j"
    open: bytes = b"\r"


KEYS = {
    # In the pane of feeds: all unread, today, starred (there are none), all stories.
    "tuinews": Keys((b"1", b"j", b"j", b"\r", b"1", b"j"), b"\r", b"/", b""),
    "newsboat": Keys((), b"\r", b"/", b"\r", b"\x1bOB"),
    "newsraft": Keys((), b"\t", b"/", b"\r"),
    "sfeed_curses": Keys((b"l",), b"", b"", b"", open=b""),  # to the feed's stories; enter calls the browser
}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--stories", type=int, nargs="*", default=[1000, 20_000, 100_000])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--peers", nargs="*", default=list(NAMES))
    given = arguments.parse_args()
    print("".join(f"{name}: not installed\n" for name in given.peers if not program(name)), end="")
    for stories in given.stories:
        made = Made(base_folder() / f"readers-{stories}", stories)
        made.fill(given.peers)
        print(f"{made.stories:,} stories of {made.feeds} feeds\n{table(figures(made, given))}\n", flush=True)


class Made:
    """The same stories in every reader, below one folder."""

    def __init__(self, folder: Path, stories: int) -> None:
        self.folder, self.feeds = folder, min(FEEDS, max(25, stories // 40))
        self.items = stories // self.feeds
        self.stories = self.items * self.feeds
        self.home = folder / "home"

    def fill(self, names: list[str]) -> None:
        """Fetch what a reader does not hold yet. Feeds keep the addresses of the first time: they are not asked again."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = self.folder / "urls.json"
        waiting = [name for name in ("tuinews", *names) if not (self.folder / f"{name}.made").exists()]
        waiting = [name for name in waiting if name == "tuinews" or program(name)]
        ports = json.loads(kept.read_text()) if kept.exists() else []
        if waiting:
            server = [sys.executable, str(Path(feedserver.__file__)), str(self.feeds), str(self.items), "0"]
            with subprocess.Popen([*server, *map(str, ports)], stdin=-1, stdout=-1, text=True) as feeds:
                assert feeds.stdin
                assert feeds.stdout
                ports = json.loads(feeds.stdout.readline())
                kept.write_text(json.dumps(ports))
                for name in waiting:
                    self._fetch(name, ports)
                    (self.folder / f"{name}.made").touch()
                feeds.stdin.close()
        self.peers = installed(self.folder, addresses(ports), self.items, names)

    def _fetch(self, name: str, ports: list[int]) -> None:
        print(f"filling {name} with {self.stories:,} …", file=sys.stderr, flush=True)
        if name != "tuinews":
            (peer,) = installed(self.folder, addresses(ports), self.items, [name])
            subprocess.run(peer.reload, env=peer.env, check=True, stdout=-3, stderr=-3)
            return analyzed(peer)
        home = our_home(self.folder, addresses(ports))
        command = [sys.executable, "-m", "tui_news", "refresh", "--force"]
        subprocess.run(command, env={**os.environ, "TUINEWS_HOME": str(home)}, check=True, stdout=-3)
        db = sqlite3.connect(next(home.rglob("library.db")))
        with db:
            db.execute("UPDATE feed SET next_check = 1 << 40")  # the server is gone: nothing is due
        db.close()

    def titles(self) -> list[str]:
        return [feedserver.title(feed, number) for feed in range(self.feeds) for number in range(1, self.items + 1)]

    def word(self) -> tuple[str, list[str]]:
        """The rarest word that a screenful of stories has, and their titles: in 100,000 it is one story in a thousand."""
        texts = {
            (feed, number): feedserver.words(feed, number)
            for feed in range(self.feeds)
            for number in range(1, self.items + 1)
        }
        counts = Counter(word for text in texts.values() for word in set(text))
        word = min((count, word) for word, count in counts.items() if count >= LEAST and len(word) > 5)[1]
        return word, [feedserver.title(*key) for key, text in texts.items() if word in text]


def addresses(ports: list[int]) -> list[str]:
    return [f"http://127.0.0.1:{port}/feed" for port in ports]


def feeds_shown(rows: list[str]) -> bool:
    return len(re.findall(r"Feed \d+", " ".join(rows))) >= 10


def these(titles: list[str], least: int = 8) -> Look:
    """So many rows hold one of the titles, as far as it fits."""
    starts = {title[:18] for title in titles}

    def look(rows: list[str]) -> bool:
        return sum(any(row[at : at + 18] in starts for at in range(62)) for row in rows) >= least

    return look


def figures(made: Made, given: argparse.Namespace) -> dict[str, dict[str, list[Cost]]]:
    """By act, then by reader."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}  # bytecode is kept
    env |= {"TUINEWS_HOME": str(made.home), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
    ours = Peer("tuinews", [], [sys.executable, "-m", "tui_news"], env, made.home)
    peers = [one._replace(env=one.env | {"TERM": "xterm-256color"}) for one in made.peers]
    everything, (word, hits) = these(made.titles()), made.word()
    found: dict[str, dict[str, list[Cost]]] = {}
    for turn in range(given.runs + 1):
        for reader in (ours, *peers):
            for act, cost in visited(reader, everything, word, these(hits, 5)):
                if turn:  # the first finds nothing in the system's memory
                    found.setdefault(act, {}).setdefault(reader.name, []).append(cost)
    return found


def visited(reader: Peer, everything: Look, word: str, hits: Look) -> Iterator[tuple[str, Cost]]:
    """One round of a reader's."""
    keys = KEYS[reader.name]
    if reader.name == "tuinews":
        shutil.rmtree(reader.cache / "cache" / "pictures", ignore_errors=True)
    with Visit(reader.show, reader.env) as visit:
        yield "first screen", visit.first(feeds_shown)
        settled(visit)
        yield "MB, first list", Cost(memory(visit.pid), 0, 0)
        if keys.search:
            yield "search, key to list", searched(visit, keys, word, hits)
        if reader.name == "tuinews":
            visit.key(b"\x1b", 0.5)
            visit.key(b"Q", 2)  # it keeps a picture of its list when it is left by its key
    if reader.name == "tuinews":
        with Visit(reader.show, reader.env) as visit:
            yield "first screen, stored", visit.first(feeds_shown)
    with Visit(with_all(reader), reader.env) as visit:
        visit.first(feeds_shown)
        settled(visit)
        for key in keys.before:
            visit.key(key, 0.3)
        if keys.all:
            yield "all stories, key to list", visit.press(keys.all, everything)
        visit.rest()
        for name, key in (("key down", keys.down), ("page down", PAGE)):
            costs = [visit.key(key)]
            while len(costs) < 12 and costs[-1].written:  # at the list's end it does nothing
                costs.append(visit.key(key))
            yield name, typical(costs[:-1] or costs)
        if keys.all:
            yield "MB, all stories listed", Cost(memory(visit.pid), 0, 0)
        if keys.open:
            yield "open a story, settled", visit.key(keys.open, 0.5)
    yield "disk, MB", Cost(reader.disk() / 1e6, 0, 0)


def searched(visit: Visit, keys: Keys, word: str, hits: Look) -> Cost:
    visit.key(keys.search, 0.5)
    if not keys.go:
        return visit.press(word.encode(), hits)
    visit.key(word.encode(), 0.5)
    return visit.press(keys.go, hits)


def with_all(reader: Peer) -> list[str]:
    """newsboat lists all stories as a feed that is a query."""
    if reader.name != "newsboat":
        return reader.show
    own = reader.cache.parent
    (own / "urls-all").write_text('"query:All:age >= 0"\n' + (own / "urls").read_text())
    return [str(own / "urls-all") if word == str(own / "urls") else word for word in reader.show]


def typical(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def table(found: dict[str, dict[str, list[Cost]]]) -> str:
    names = list(found["first screen"])
    rows = [f"{'':26}" + "".join(f"{name:>18}" + ("" if name == "tuinews" else f"{'ratio':>16}") for name in names)]
    for act, by in found.items():
        costs = {name: typical(one) for name, one in by.items()}
        theirs = (
            {name: typical(one) for name, one in found["first screen"].items()} if act.endswith("stored") else costs
        )
        rows.append(f"{act:26}" + "".join(_cells(name, costs["tuinews"], theirs.get(name), costs) for name in names))
    return "\n".join(rows)


def _cells(name: str, ours: Cost, theirs: Cost | None, costs: dict[str, Cost]) -> str:
    if name == "tuinews":
        return f"{_cell(ours):>18}"
    if theirs is None or not theirs.wall:  # it has no such act; the key did nothing
        return f"{'–':>18}{'':16}"
    ratio = f"{ours.wall / max(theirs.wall, 0.1):.2f}x" + (
        f" [{ours.cpu / max(theirs.cpu, 0.1):.2f}]" if ours.cpu else ""
    )
    return f"{_cell(theirs) if name in costs else '':>18}{ratio:>16}"


def _cell(cost: Cost) -> str:
    return f"{cost.wall:.1f}" + (f" [{cost.cpu:.1f}]" if cost.cpu else "")


if __name__ == "__main__":
    main()
