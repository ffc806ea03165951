"""Two programs over one library, and clocks that lie: `python scripts/scorecard instances [--times 200]`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from growing import Feeds, growing, paths
from places import RESULTS
from program import Done, damage, environment, query, run

REFRESHING = """
import io, sys, contextlib
from tui_news.cli import main
for _ in range(int(sys.argv[1])):
    code = main(["refresh", "--force", "--json"])
    if code:
        print("CODE", code, file=sys.stderr)
"""
SHIFTED = """
import sys, time
real, shift = time.time, float(sys.argv[1])
time.time = lambda: real() + shift
from tui_news.cli import main
sys.exit(main(sys.argv[2:]))
"""
YEAR = 365.25 * 86400


def opml(base: str, count: int) -> bytes:
    lines = "".join(f"<outline xmlUrl='{base}/{path}'/>" for path in paths(count))
    return f"<opml><body>{lines}</body></opml>".encode()


def together(times: int) -> list[str]:
    """Two instances refresh at once, again and again: every story that was served is held once."""
    feeds = Feeds(fresh=2, kept=400)
    why = []
    with tempfile.TemporaryDirectory(prefix="tuinews-two-") as folder, growing(feeds) as base:
        home = Path(folder)
        run(home, "import", "-", data=opml(base, 3))
        command = [sys.executable, "-c", REFRESHING, str(times)]
        pipe = subprocess.PIPE
        both = [subprocess.Popen(command, env=environment(home), stdout=pipe, stderr=pipe) for _ in range(2)]
        said = [process.communicate() for process in both]
        text = b"".join(part for pair in said for part in pair).decode("utf-8", "replace")
        if "locked" in text or "busy" in text.lower():
            why.append("a lock was shown: " + next(line for line in text.splitlines() if "locked" in line)[:200])
        if "CODE" in text or any(process.returncode for process in both):
            why.append("an instance failed: " + text[-300:])
        served = sum(feeds.served.values())
        held = int(str(query(home, "SELECT count(*) FROM story")[0][0]))
        if held != served:
            why.append(f"{served} stories were served, {held} are held")
        why += filter(None, [damage(home)])
        print(f"two instances, {times} refreshes each: {served} served, {held} held; {why or 'nothing lost'}")
    return why


def shifted(home: Path, years: float, *args: str) -> Done:
    done = subprocess.run(
        [sys.executable, "-c", SHIFTED, str(years * YEAR), *args],
        env=environment(home),
        capture_output=True,
        timeout=120,
    )
    return Done(done.returncode, done.stdout, done.stderr, 0, 0)


def clocks() -> list[str]:
    """The clock 50 years on, then 10 back, then right again."""
    feeds, why = Feeds(fresh=10, kept=40), []
    with tempfile.TemporaryDirectory(prefix="tuinews-clock-") as folder, growing(feeds) as base:
        home = Path(folder)
        run(home, "import", "-", data=opml(base, 2))
        run(home, "refresh", "--force")
        order = listed(home)
        for years in (50, -10, 0):
            before = set(listed(home))
            done = shifted(home, years, "refresh", "--force")
            now = listed(home)
            if done.code or b"an error in the program" in done.err:
                why.append(f"{years:+} years: {done.err.decode()[:200]}")
            if before - set(now):
                why.append(f"{years:+} years: {len(before - set(now))} stories went")
            if [story for story in now if story in set(order)] != order:
                why.append(f"{years:+} years: the order of the old stories changed")
        for years in (50, -10):
            shifted(home, years, "refresh", "--force")
            asked = feeds.requests
            shifted(home, 25 / 24 / 365.25, "refresh")  # a day later, by the right clock
            if feeds.requests == asked:
                why.append(f"after {years:+} years nothing is fetched a day later")
        why += filter(None, [damage(home)])
        print(f"clock +50 and -10 years: {why or 'nothing pruned, order kept, polling resumes'}")
    return why


def listed(home: Path) -> list[int]:
    done = run(home, "list", "--json", "--limit", "5000")
    return [row["id"] for row in json.loads(done.out)]


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard instances")
    parser.add_argument("--times", type=int, default=200)
    args = parser.parse_args(argv)
    start = time.monotonic()
    why = clocks() + together(args.times)
    RESULTS.mkdir(exist_ok=True)
    figures = {"times": args.times, "why": why, "seconds": round(time.monotonic() - start)}
    (RESULTS / "instances.json").write_text(json.dumps(figures), "utf-8")
    return len(why)
