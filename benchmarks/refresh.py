"""A refresh of many feeds, beside newsboat and newsraft where installed: first time, nothing changed, churn, news.

    python benchmarks/refresh.py [--feeds 500] [--items 40] [--latency 0 0.1] [--peers newsboat newsraft]

All ask the same made-up server on loopback (gzip; each feed a host of its own), in turn. Seconds of wall clock, with the
seconds of CPU of all their processes in brackets; a ratio is ours to theirs, of the walls [of the CPU]. Ours ends when
the search index is complete; the others have none. They are at their best (peers.py): newsboat with 100 threads and a
cache ANALYZEd from the start. Between the first time and the next there is a visit that is not counted, since newsboat
keeps what it needs for a 304 only then. Memory is the peak of all processes together, ours with its workers, looked at
five times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import NamedTuple

from peers import analyzed, installed, program

MODES: tuple[tuple[str, dict[str, object]], ...] = (
    ("first time", {}),
    ("nothing changed (304)", {}),
    ("same bytes, no validators", {"validators": False}),
    ("only a date changed", {"churn": True}),
    ("four new stories a feed", {"validators": True, "churn": False, "fresh": 4}),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--feeds", type=int, default=500)
    arguments.add_argument("--items", type=int, default=40)
    arguments.add_argument("--latency", type=float, nargs="*", default=[0.0, 0.1])
    arguments.add_argument("--peers", nargs="*", default=["newsboat", "newsraft"])
    given = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for latency in given.latency:
        print(f"{given.feeds} feeds of {given.items} stories, {latency * 1000:.0f} ms away")
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), given.feeds, given.items, latency, given.peers)


def compare(folder: Path, feeds: int, items: int, latency: float, names: list[str]) -> None:
    here = [sys.executable, str(Path(__file__).with_name("feedserver.py")), str(feeds), str(items), str(latency)]
    with subprocess.Popen(here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        urls = [f"http://127.0.0.1:{port}/feed" for port in json.loads(server.stdout.readline())]
        ours = [sys.executable, "-m", "tui_news", "refresh", "--force"], _env(our_home(folder, urls))
        peers = installed(folder, urls, items, names)
        print(*(f"{name}: not installed\n" for name in names if not program(name)), sep="", end="")
        print(f"{'':26}{'tuinews':>23}" + "".join(f"{peer.name:>23}{'ratio':>14}" for peer in peers))
        for name, change in MODES:
            server.stdin.write(json.dumps(change) + "\n")
            server.stdin.flush()
            server.stdout.readline()
            left = run(*ours)
            rights = [run(peer.reload, peer.env) for peer in peers]
            print(f"{name:26}{cell(left)}" + "".join(cell(one) + ratio(left, one) for one in rights), flush=True)
            if name == "first time":
                for peer in peers:
                    analyzed(peer)
                    run(peer.reload, peer.env)
        size = sum(path.stat().st_size for path in (folder / "home").rglob("*") if path.is_file())
        theirs = "".join(f"; {peer.name}'s cache {peer.disk() / 1e6:.0f} MB" for peer in peers)
        print(f"on disk: library with search index {size / 1e6:.0f} MB{theirs}\n", flush=True)
        server.stdin.close()


def cell(cost: Cost) -> str:
    return f"{cost.wall:8.2f} s [{cost.cpu:5.2f}]{cost.memory:4.0f} MB"


def ratio(ours: Cost, theirs: Cost) -> str:
    return f"{ours.wall / theirs.wall:6.2f}x [{ours.cpu / max(theirs.cpu, 0.01):4.2f}]"


def our_home(folder: Path, urls: list[str]) -> Path:
    """A library that is subscribed to these."""
    home = folder / "home"
    lines = "".join(f'<outline type="rss" xmlUrl="{url}"/>' for url in urls)
    (folder / "feeds.opml").write_text(f'<opml version="2.0"><body>{lines}</body></opml>')
    command = [sys.executable, "-m", "tui_news", "import", str(folder / "feeds.opml")]
    subprocess.run(command, env=_env(home), check=True, stdout=subprocess.DEVNULL)
    return home


def _env(home: Path) -> dict[str, str]:
    return {**os.environ, "TUINEWS_HOME": str(home)}


class Cost(NamedTuple):
    wall: float  # seconds
    cpu: float  # seconds, of all its processes
    memory: float  # MB, their peak together


def run(command: list[str], env: dict[str, str]) -> Cost:
    start, before, ended = time.perf_counter(), os.times(), Event()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with ThreadPoolExecutor(1) as beside:  # to wait for a process with a time limit may take 50 ms longer than it
        peak = beside.submit(_peak, process.pid, ended)
        process.wait()
        wall, after = time.perf_counter() - start, os.times()
        ended.set()
    cpu = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return Cost(wall, cpu, peak.result())


def _peak(pid: int, ended: Event) -> float:
    peak = 0.0
    while not ended.wait(0.2):
        peak = max(peak, memory(pid))
    return peak


def memory(pid: int) -> float:
    """MB of a process and of all that it has started: what is shared counts once (Linux' Pss)."""
    kilobytes = 0
    for one in (pid, *_children(pid)):
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += int(told.split("\nPss:")[1].split()[0])
    return kilobytes / 1024


def _children(pid: int) -> list[int]:
    try:
        told = " ".join(path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children"))
    except OSError:
        return []
    return [found for child in map(int, told.split()) for found in (child, *_children(child))]


if __name__ == "__main__":
    main()
