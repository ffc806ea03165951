"""The reader left open: what it and its helpers use and write while nobody does anything.

    python benchmarks/idle.py [--minutes 60] [--settle 240] [--stories 1000] [--refresh 60]

The real program in a pseudo-terminal of 80x24, on a library of made-up stories whose feeds answer on loopback. Counted
from /proc (Linux) over all its processes, after `settle` seconds (the start's own refresh and the first upkeep, which is
due once a day, are over then): CPU time by the scheduler's clock, bytes and calls written, and whether any file below
TUINEWS_HOME changed. refresh: minutes between refreshes; 0: only when asked.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from growing import home_of


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--settle", type=float, default=240)
    arguments.add_argument("--stories", type=int, default=1000)
    arguments.add_argument("--refresh", type=int, default=60)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        shutil.copytree(home_of(given.stories), home)
        (home / "config").mkdir(exist_ok=True)
        (home / "config" / "config.toml").write_text(f"refresh_minutes = {given.refresh}\n")
        server = [sys.executable, str(Path(__file__).with_name("feedserver.py")), "20", "10", "0"]
        with subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as feeds:
            assert feeds.stdin
            assert feeds.stdout
            subscribe(home, json.loads(feeds.stdout.readline()))
            print(watched(home, given.settle, given.minutes * 60))
            feeds.stdin.close()


def subscribe(home: Path, ports: list[int]) -> None:
    env = {**os.environ, "TUINEWS_HOME": str(home)}
    lines = "".join(f'<outline type="rss" xmlUrl="http://127.0.0.1:{port}/feed"/>' for port in ports)
    opml = f'<opml version="2.0"><body>{lines}</body></opml>'.encode()
    command = [sys.executable, "-m", "tui_news"]
    subprocess.run([*command, "import", "-"], env=env, check=True, input=opml, stdout=subprocess.DEVNULL)
    # The library's own made-up feeds are nowhere: those that answer are asked, the others wait for their day.
    subprocess.run([*command, "refresh"], env=env, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Slice(NamedTuple):
    """A minute of it, of all processes."""

    cpu: float  # seconds
    wrote: float  # bytes handed to write()
    disk: float  # bytes sent to the disk
    shown: int  # bytes on the terminal
    changed: bool  # any file of the library


def watched(home: Path, settle: float, seconds: float) -> str:
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update(TUINEWS_HOME=str(home), TERM="xterm-256color")
        os.execvp(sys.executable, [sys.executable, "-m", "tui_news"])
    slices = []
    try:
        drain(master, settle)
        first = before = used(family(pid))
        files, end = state(home), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            shown = drain(master, min(60.0, left))
            now, held = used(family(pid)), state(home)
            slices.append(
                Slice(*(sum(column) for column in zip(*spent(before, now).values(), strict=True)), shown, held != files)
            )
            before, files = now, held
    finally:
        os.kill(pid, signal.SIGTERM)
        drain(master, 3)
        os.waitpid(pid, 0)
    return told(slices, spent(first, before), seconds)


def spent(before: dict[str, Spent], after: dict[str, Spent]) -> dict[str, Spent]:
    """Of each process that is there; one that was not there before began at nothing."""
    return {
        name: Spent(*(new - old for new, old in zip(after[name], before.get(name, Spent(0, 0, 0)), strict=True)))
        for name in after
    }


def told(slices: list[Slice], whole: dict[str, Spent], seconds: float) -> str:
    """The table of all processes, then the minutes in which anything was written or shown, one by one: a refresh that
    comes due, a day's upkeep; all others together are what idling costs."""
    rows = [f"{seconds / 60:g} minutes", f"{'':24}{'CPU s':>10}{'% of a core':>14}{'bytes written':>16}{'to disk':>10}"]
    rows += [_row(name, of, seconds) for name, of in whole.items()]
    still = [one for one in slices if not (one.wrote or one.disk or one.shown or one.changed)]
    if still:
        minutes = Spent(sum(one.cpu for one in still), 0, 0)
        rows.append(_row(f"{len(still)} still minutes", minutes, seconds * len(still) / len(slices)))
    for number, one in enumerate(slices, 1):
        if one not in still:
            rows.append(_row(f"minute {number}", Spent(*one[:3]), seconds / len(slices)))
            rows[-1] += f"   shown {one.shown:,} bytes" + ("; files changed" if one.changed else "")
    changed = "some" if any(one.changed for one in slices) else "none"
    return "\n".join([*rows, f"shown: {sum(one.shown for one in slices):,} bytes; files changed: {changed}"])


def _row(name: str, of: Spent, seconds: float) -> str:
    return f"{name:24}{of.cpu:10.3f}{of.cpu / seconds * 100:13.4f}%{of.wrote:16,.0f}{of.disk:10,.0f}"


def drain(master: int, seconds: float) -> int:
    """Read what the program shows for so long; how many bytes."""
    end, seen = time.monotonic() + seconds, 0
    while (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], left)[0]:
            try:
                seen += len(os.read(master, 65536))
            except OSError:
                break
    return seen


def family(pid: int) -> dict[str, int]:
    """The process and those it started, by what they are."""
    found, waiting = {}, [pid]
    while waiting:
        one = waiting.pop()
        words = Path(f"/proc/{one}/cmdline").read_bytes().decode().split("\0")
        name = next((word for word in words if word.startswith("tui_news")), words[0].rpartition("/")[2])
        found[name.rpartition(".")[2] + (f" {one}" if name.rpartition(".")[2] in found else "")] = one
        for task in Path(f"/proc/{one}/task").iterdir():
            waiting += map(int, (task / "children").read_text().split())
    return found


class Spent(NamedTuple):
    cpu: float  # seconds, of all its threads and of the processes it started that have ended
    wrote: float  # bytes handed to write(), theirs too
    disk: float  # bytes sent to the disk


def used(pids: dict[str, int]) -> dict[str, Spent]:
    found = {}
    for name, pid in pids.items():
        io = dict(line.split(": ") for line in Path(f"/proc/{pid}/io").read_text().splitlines())
        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
        found[name] = Spent(
            sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), float(io["wchar"]), float(io["write_bytes"])
        )
    return found


def state(home: Path) -> dict[str, tuple[int, int]]:
    files = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


if __name__ == "__main__":
    main()
