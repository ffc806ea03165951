"""kill -9 at random moments: `python scripts/scorecard kill9 [--trials 1000]`.

A refreshing writer and a marking one share a library with each other in every trial, two of each in every twentieth.
After each kill: SQLite finds nothing wrong, every mark that was done is there, every story that was reported is there.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from growing import Feeds, growing, paths
from places import RESULTS
from program import damage, environment, query, run

HERE = Path(__file__).resolve().parent
SEEDED = 4  # feeds


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard kill9")
    parser.add_argument("--trials", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args(argv)
    chance, start, bad = random.Random(args.seed), time.monotonic(), []
    with tempfile.TemporaryDirectory(prefix="tuinews-kill9-") as folder, growing(Feeds()) as base:
        trials = Trials(Path(folder), base, chance)
        for number in range(args.trials):
            if number % 100 == 0:
                trials.fresh()
            why = trials.one(2 if number % 20 == 19 else 1)
            if why:
                bad.append((number, why))
                print(f"trial {number}: {why}", flush=True)
            if number % 25 == 24:
                print(f"  {number + 1 - len(bad)} of {number + 1}", flush=True)
    figures = {
        "trials": args.trials,
        "whole": args.trials - len(bad),
        "two_of_each": args.trials // 20,
        "seed": args.seed,
        "marks": trials.marks,
        "reports": trials.reports,
        "seconds": round(time.monotonic() - start),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "kill9.json").write_text(json.dumps(figures), "utf-8")
    print(f"kill -9: {figures['whole']} of {args.trials} trials without loss {figures}")
    return len(bad)


class Trials:
    def __init__(self, folder: Path, base: str, chance: random.Random) -> None:
        self.folder, self.base, self.chance = folder, base, chance
        self.marks = self.reports = self.number = 0
        self.said: list[str] = []
        self.home = folder
        command = [sys.executable, str(HERE / "writers.py"), "breed"]
        self.breeder = subprocess.Popen(command, env=environment(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def fresh(self) -> None:
        """A new library with feeds and stories: after a hundred trials the old one has grown."""
        self.number += 1
        self.home = self.folder / f"home{self.number}"
        self.home.mkdir()
        lines = "".join(f"<outline xmlUrl='{self.base}/{path}'/>" for path in paths(SEEDED))
        run(self.home, "import", "-", data=f"<opml><body>{lines}</body></opml>".encode())
        run(self.home, "refresh", "--force")
        self.promised: dict[tuple[int, str], int] = {}

    def one(self, each: int) -> str:
        before = self.stories()
        logs = [self.folder / f"log{n}" for n in range(2 * each)]
        for log in logs:
            log.unlink(missing_ok=True)
            log.with_suffix(".err").unlink(missing_ok=True)
        writers = [self.start(n, log) for n, log in enumerate(logs)]
        told = self.chance.random() < 0.6  # else in the first moments, while feeds are fetched and parsed
        self.wait_for(b"told" if told else b"ready", logs, writers)
        time.sleep(self.chance.random() * 1.5)
        ended = [pid for pid in writers if not alive(pid)]
        for pid in writers:
            if pid not in ended:
                os.kill(pid, signal.SIGKILL)
        while any(map(alive, writers)):
            time.sleep(0.002)
        errors = [log.with_suffix(".err") for log in logs if ended]
        said = [error.read_text("utf-8", "replace")[-300:] for error in errors if error.exists()]
        why = [damage(self.home), *self.lost(logs, before), *said, *self.said]
        self.said = []
        return "; ".join(filter(None, why))

    def start(self, number: int, log: Path) -> int:
        what = ("refresh", "marks")[number % 2]
        assert self.breeder.stdin is not None
        assert self.breeder.stdout is not None
        self.breeder.stdin.write(f"{self.home}\t{what}\t{log}\t{number // 2}\n".encode())
        self.breeder.stdin.flush()
        return int(self.breeder.stdout.readline())

    def wait_for(self, word: bytes, logs: list[Path], writers: list[int]) -> None:
        """Until every writer is at work: has said the word, or marks."""
        end = time.monotonic() + 60
        while time.monotonic() < end and all(map(alive, writers)):
            if all(log.exists() and any(one in log.read_bytes() for one in (word, b"did")) for log in logs):
                return
            time.sleep(0.01)

    def stories(self) -> int:
        return int(str(query(self.home, "SELECT count(*) FROM story")[0][0]))

    def lost(self, logs: list[Path], before: int) -> list[str]:
        """What was promised and is not there."""
        reported, why = 0, []
        open_acts: set[tuple[int, str]] = set()
        for log in logs:
            lines = log.read_text("utf-8", "replace").split("\n")[:-1] if log.exists() else []
            if "ready" not in lines:
                why.append(f"a writer did not start ({log.name})")
            for line in lines:
                reported += self.note(line, open_acts)
        if self.stories() < before + reported:
            why.append(f"{before + reported - self.stories()} reported stories lost")
        held = {
            (int(str(story)), act): int(str(value))
            for act in ("read", "starred")
            for story, value in query(self.home, f"SELECT id, {act} FROM story")
        }
        wrong = [key for key, value in self.promised.items() if key not in open_acts and held.get(key) != value]
        if wrong:
            why.append(f"{len(wrong)} marks lost, such as {wrong[0]}")
        for key in open_acts:
            self.promised.pop(key, None)
        return why

    def note(self, line: str, open_acts: set[tuple[int, str]]) -> int:
        """Take a line of a log into the promises; how many stories it reports."""
        word, _, rest = line.partition(" ")
        if word in ("will", "did"):
            story, act, value = rest.split()
            key = (int(story), act)
            if word == "did":
                self.promised[key] = int(value)
                open_acts.discard(key)
                self.marks += 1
            else:
                open_acts.add(key)
            return 0
        if word == "told":
            self.reports += 1
            return int(rest)
        if word == "said":
            self.said.append(rest)
        return 0
