"""The app open and reading for hours while feeds arrive: `python scripts/scorecard soak [--minutes 120] [--feeds 200]`.

A tenth of the feeds is hostile (endless, broken, escapes, 500s). R is pressed every minute. Memory, descriptors and
processes are looked at after a warm-up of a sixth of the time, and at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path

from growing import Feeds, growing, paths
from places import RESULTS
from program import resident, run, tree
from screen import Screen, harm_on_screen

from terminal import reports

HOSTILE = (
    b"<rss><channel><title>\x1b]0;CNRY7F\x07</title><item><title>&#27;[2J</title></item></channel></rss>",
    b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>]><rss>&a;",
    b"{" * 5000,
    b"<rss><channel>" + b"<item><title>x</title></item>" * 20_000,
    b"",
)


class Mixed(Feeds):
    def document(self, path: str) -> bytes:
        number = int(path.removeprefix("feed"))
        return HOSTILE[number // 10 % len(HOSTILE)] if number % 10 == 9 else super().document(path)


def look(pid: int) -> dict[str, int]:
    pids = tree(pid)
    return {
        "mb": sum(map(resident, pids)) >> 20,
        "app_mb": resident(pid) >> 20,
        "descriptors": len(os.listdir(f"/proc/{pid}/fd")),
        "processes": len(pids),
    }


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard soak")
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--feeds", type=int, default=200)
    args = parser.parse_args(argv)
    chance, looks = random.Random(1), []
    with tempfile.TemporaryDirectory(prefix="tuinews-soak-") as folder, growing(Mixed(fresh=1, kept=30)) as base:
        home = Path(folder)
        lines = "".join(f"<outline xmlUrl='{base}/{path}'/>" for path in paths(args.feeds))
        run(home, "import", "-", data=f"<opml><body>{lines}</body></opml>".encode())
        run(home, "refresh", "--force", limit=300)
        with Screen(home) as screen:
            screen.wait(5)
            start = time.monotonic()
            minute = 0
            while (passed := time.monotonic() - start) < args.minutes * 60 and not screen.ended:
                if passed >= minute * 60:
                    screen.press("R")
                    looks.append(look(screen.process.pid))
                    minute += 1
                screen.press(*chance.choices(("j", "k", "enter", "space", "esc", "n", "c", "s", "u", "2", "g"), k=8))
                screen.wait(0.5)
            ended = screen.ended
            last = look(screen.process.pid) if not ended else {}
            pids = tree(screen.process.pid)
            screen.press("esc", "esc", "Q")
            code = screen.wait_end(15)
            left = [pid for pid in pids if Path(f"/proc/{pid}").exists()]
            why = [one for one in harm_on_screen(bytes(screen.raw)) if "traceback" in one or "marker" in one]
            why += (
                reports(home)
                + ([f"left with {code}"] if code or ended else [])
                + [f"process {pid} was left" for pid in left]
            )
    warm = looks[max(1, len(looks) // 6)] if len(looks) > 1 else last
    growth = last.get("app_mb", 0) - warm.get("app_mb", 0)
    why += [f"grew by {growth} MB"] if growth >= 20 else []
    why += ["descriptors grew"] if last.get("descriptors", 0) > warm.get("descriptors", 0) + 8 else []
    figures = {
        "minutes": args.minutes,
        "feeds": args.feeds,
        "warm": warm,
        "last": last,
        "growth_mb": growth,
        "why": why,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "soak.json").write_text(json.dumps(figures), "utf-8")
    print(f"soak of {args.minutes:g} min: {figures}")
    return len(why)
