"""The app open and reading for hours while feeds arrive: `python scripts/scorecard soak [--minutes 120] [--feeds 200]`.

A tenth of the feeds is hostile. R is pressed every minute; between, stories are read one after the other, with their
threads, and searched. Memory, descriptors, processes, what the refresh asked for and what was read are looked at every
minute (a line each in `.scorecard/soak.jsonl`) and compared after a warm-up of a sixth of the time.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from places import RESULTS
from program import query, resident, run, tree
from screen import Screen, harm_on_screen
from soak_site import Site, serving

from terminal import reports

ROUNDS: tuple[tuple[str, ...], ...] = (
    ("2", "g", "enter", "space", "space", "J", "space", "J", "k"),
    ("2", "G", "enter", "c", "}", "j", "j", "enter", "T", "c", "J"),
    ("n", "space", "n", "c", "}", "p", "Z", "esc", "c", "n"),
    ("/", *"harbour", "enter", "wait 0.5", "j", "enter", "space", "n", "esc", "esc"),
    ("1", "j", "j", "enter", "2", "j", "enter", "s", "m", "u", "u"),
    ("1", "g", "enter", ":", *"health", "esc", "!", "pagedown", "esc", "?", "esc"),
    ("2", "O", "esc", "F", *"quiet", "enter", "j", "esc", "esc", "z", "z", "tab"),
    ("resize 80x24", "n", '"', "esc", "L", "L", "resize 200x50", "]", "resize 120x40"),
)


def what(pid: int) -> str:
    """app, agent or worker, by its command line."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return "gone"
    return "agent" if b"agent" in words else "app" if words.rstrip(b"\0").endswith(b"tui_news") else "worker"


def look(pid: int) -> dict[str, Any]:
    pids = tree(pid)
    by_kind: dict[str, int] = {}
    descriptors: dict[str, int] = {}
    for one in pids:
        kind = what(one)
        by_kind[kind] = by_kind.get(kind, 0) + resident(one)
        try:
            descriptors[kind] = descriptors.get(kind, 0) + len(os.listdir(f"/proc/{one}/fd"))
        except OSError:
            continue
    return {
        "mb": {kind: size >> 20 for kind, size in by_kind.items()},
        "descriptors": descriptors,
        "processes": len(pids),
    }


def remaining(pids: Sequence[int], seconds: float) -> list[int]:
    """Which of these still run after at most `seconds`: a worker notices the end of its parent a moment later."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(Path(f"/proc/{pid}").exists() for pid in pids):
        time.sleep(0.1)
    return [pid for pid in pids if Path(f"/proc/{pid}").exists()]


class Soak:
    """raw is looked at and let go of every minute: two hours of a screen are much."""

    def __init__(self, home: Path, screen: Screen, site: Site) -> None:
        self.home, self.screen, self.site = home, screen, site
        self.looks: list[dict[str, Any]] = []
        self.why: list[str] = []
        self.asked = self.pages = self.keys = self.bytes = 0

    def minute(self, number: int) -> None:
        stories, read = query(self.home, "SELECT count(*), sum(read) FROM story")[0]
        asked, pages = self.site.asked, self.site.pages
        mark = {
            "minute": number,
            **look(self.screen.process.pid),
            "feeds_asked": asked - self.asked,
            "pages_asked": pages - self.pages,
            "stories": stories,
            "read": read,
            "keys": self.keys,
            "screen_bytes": self.bytes,
            "library_mb": sum(p.stat().st_size for p in (self.home / "data").glob("library.db*")) >> 20,
        }
        self.asked, self.pages = asked, pages
        self.looks.append(mark)
        with (RESULTS / "soak.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(mark) + "\n")
        self.judge()

    def judge(self) -> None:
        raw = bytes(self.screen.raw)
        self.bytes += len(raw)
        self.why += harm_on_screen(raw)[:3]
        cut = raw.rfind(b"\x1b")
        self.screen.raw = bytearray(raw[cut:] if cut >= 0 else b"")

    def read_on(self, minutes: float, chance: random.Random) -> None:
        start, minute = time.monotonic(), 0
        while (passed := time.monotonic() - start) < minutes * 60 and not self.screen.ended:
            if passed >= minute * 60:
                self.minute(minute)
                self.screen.press("esc", "esc", "esc", "R")
                minute += 1
            keys = chance.choice(ROUNDS)
            self.keys += len(keys)
            self.screen.press(*keys)
            self.screen.wait(0.5)


def growth(looks: list[dict[str, Any]], last: dict[str, Any]) -> dict[str, int]:
    """MB by kind of process between the end of the warm-up and the end: the middle of five looks each."""
    warm = looks[max(1, len(looks) // 6) :][:5] or looks
    late = [*looks[-4:], last]

    def middle(marks: list[dict[str, Any]], kind: str) -> int:
        sizes = sorted(mark["mb"].get(kind, 0) for mark in marks)
        return int(sizes[len(sizes) // 2])

    return {kind: middle(late, kind) - middle(warm, kind) for kind in ("app", "agent", "worker")}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard soak")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--feeds", type=int, default=200)
    args = parser.parse_args(argv)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "soak.jsonl").unlink(missing_ok=True)
    site = Site()
    with tempfile.TemporaryDirectory(prefix="tuinews-soak-") as folder, serving(site) as base:
        home = Path(folder)
        lines = "".join(f"<outline xmlUrl='{base}/feed{n}'/>" for n in range(args.feeds))
        run(home, "import", "-", data=f"<opml><body>{lines}</body></opml>".encode())
        run(home, "refresh", "--force", limit=300)
        with Screen(home) as screen:
            screen.wait(5)
            soak = Soak(home, screen, site)
            soak.read_on(args.minutes, random.Random(1))
            ended = screen.ended
            last = look(screen.process.pid) if not ended else {"mb": {}, "descriptors": {}, "processes": 0}
            pids = tree(screen.process.pid)
            screen.press("esc", "esc", "Q")
            code = screen.wait_end(15)
            left = remaining(pids, seconds=5)
            soak.judge()
            why = soak.why + reports(home) + screen.restored()
            why += [f"left with {code}: {screen.last_words()}"] if code or ended else []
            why += [f"process {pid} was left" for pid in left]
        log = "\n".join(path.read_text("utf-8", "replace") for path in (home / "state").rglob("*.log"))
        why += ["a traceback in the log"] if "Traceback" in log else []
    looks = soak.looks
    warm = looks[max(1, len(looks) // 6)] if len(looks) > 1 else last
    grown = growth(looks, last)
    why += [f"{kind} grew by {size} MB" for kind, size in grown.items() if size >= 20]
    for kind, number in last["descriptors"].items():
        why += [f"descriptors of {kind} grew"] if number > warm["descriptors"].get(kind, 8) + 8 else []
    figures = {
        "minutes": args.minutes, "feeds": args.feeds, "warm": warm, "last": last, "growth_mb": grown, "why": why,
        "feeds_asked": site.asked, "pages_asked": site.pages, "keys": soak.keys, "screen_bytes": soak.bytes,
        "least_asked_in_a_minute": min((mark["feeds_asked"] for mark in looks[2:]), default=0),
    }  # fmt: skip
    (RESULTS / "soak.json").write_text(json.dumps(figures), "utf-8")
    print(f"soak of {args.minutes:g} min: {figures}")
    return len(why)
