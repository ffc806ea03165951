"""A refresh of many feeds, beside newsboat where it is installed: first time, nothing changed, churn, four new stories.

    python benchmarks/refresh.py [--feeds 500] [--items 40] [--latency 0 0.1]

Both ask the same made-up server on loopback (gzip; each feed a host of its own), in turn. Seconds of wall clock, with the
seconds of CPU of all their processes in brackets; the ratio is of the walls. newsboat runs with 100 threads and, from
the second visit on, with its cache ANALYZEd: its best case. Ours ends when the search index is complete; newsboat has
none. Memory is the peak of all processes together, ours with its workers, looked at five times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MODES = (
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
    given = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    for latency in given.latency:
        print(f"{given.feeds} feeds of {given.items} stories, {latency * 1000:.0f} ms away")
        print(f"{'':28}{'tuinews':>22}{'newsboat':>22}   ratio")
        with tempfile.TemporaryDirectory() as folder:
            compare(Path(folder), given.feeds, given.items, latency)


def compare(folder: Path, feeds: int, items: int, latency: float) -> None:
    here = [sys.executable, str(Path(__file__).with_name("feedserver.py")), str(feeds), str(items), str(latency)]
    with subprocess.Popen(here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        urls = [f"http://127.0.0.1:{port}/feed" for port in json.loads(server.stdout.readline())]
        ours, theirs = _ours(folder, urls), _newsboat(folder, urls)
        for name, change in MODES:
            server.stdin.write(json.dumps(change) + "\n")
            server.stdin.flush()
            server.stdout.readline()
            left = run(*ours)
            right = run(*theirs) if theirs else None
            if theirs and name == "first time":
                sqlite3.connect(folder / "cache.db").execute("ANALYZE")
            told = f"{right[0]:6.2f} s [{right[1]:5.2f}] {right[2]:3.0f} MB" if right else "not installed"
            ratio = f"{left[0] / right[0]:.2f}x" if right else ""
            print(f"{name:28}{left[0]:6.2f} s [{left[1]:5.2f}] {left[2]:3.0f} MB{told:>24}   {ratio}", flush=True)
        size = sum(path.stat().st_size for path in (folder / "home").rglob("*") if path.is_file())
        theirs_size = f"; newsboat's cache {(folder / 'cache.db').stat().st_size / 1e6:.0f} MB" if theirs else ""
        print(f"on disk: library with search index {size / 1e6:.0f} MB{theirs_size}\n", flush=True)
        server.stdin.close()


def _ours(folder: Path, urls: list[str]) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-m", "tui_news", "refresh", "--force"], _env(our_home(folder, urls))


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


def _newsboat(folder: Path, urls: list[str]) -> tuple[list[str], dict[str, str]] | None:
    if not shutil.which("newsboat"):
        return None
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text("reload-threads 100\n")
    files = ["-u", str(folder / "urls"), "-c", str(folder / "cache.db"), "-C", str(folder / "config")]
    return ["newsboat", *files, "-x", "reload"], dict(os.environ)


def run(command: list[str], env: dict[str, str]) -> tuple[float, float, float]:
    """Seconds of wall clock and of CPU, and the peak of memory of all its processes in MB."""
    start, before = time.perf_counter(), os.times()
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak = 0.0
    while True:
        try:
            process.wait(0.2)
            break
        except subprocess.TimeoutExpired:
            peak = max(peak, memory(process.pid))
    wall, after = time.perf_counter() - start, os.times()
    cpu = (after.children_user + after.children_system) - (before.children_user + before.children_system)
    return wall, cpu, peak


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
