"""Signals, a closed terminal, sizes and keys at random: `python scripts/scorecard terminal [--keys 50000] [--sizes 500]`.

The real program on a pseudo-terminal, over a library of hostile stories. After each: no traceback, no report of an
error, the terminal as it was, the place in the story saved, nothing left running.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from escapes import CORPUS, Site, corpus, serving
from places import RESULTS
from program import query, run, state, ticks, tree
from screen import Screen, harm_on_screen

OWN = [
    "AA\x1b]0;CNRY7F\x07ZZ",
    "[/b][@click=app.quit]x[/]",
    "\u202eabc\u2066",
    "שלום עולם",
    "می\u200cخواهم",
    "👩‍👩‍👧‍👦",
    "x" * 3000,
    "",
]
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPRSTUVWXYZ0123456789/?:!\"'[]{}()+-=,.;|<>@#~_*%&^$ "
PATIENCE = 30.0  # seconds for a burst of keys to be answered
SPECIAL = (
    "\r",
    "\t",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[5~",
    "\x1b[6~",
    "\x1b[H",
    "\x1b[F",
    "\x7f",
    "\x1b[Z",
    "\x04",
    "\x15",
    "\x0f",
    "\x10",
    "\x06",
    "\x02",
    "\x1a",
    "\x1bOP",
    "\x03",
)


def prepared(home: Path, texts: list[str]) -> None:
    """A library with the stories and their threads, no server needed any more."""
    site = Site(texts)
    with serving(site):
        run(home, "import", "-", data=site.opml())
        run(home, "add", f"{site.base}/feed.json")
        run(home, "refresh", "--force", "--full", limit=240)


def reports(home: Path) -> list[str]:
    return [path.read_text("utf-8")[-1500:] for path in (home / "state").glob("report-*.txt")]


def left_running(pids: list[int]) -> list[str]:
    end = time.monotonic() + 3
    while time.monotonic() < end and any(alive(pid) for pid in pids):
        time.sleep(0.05)
    return [f"process {pid} was left" for pid in pids if alive(pid)]


def alive(pid: int) -> bool:
    return state(pid) != "Z"


def ending(home: Path, how: str) -> list[str]:
    """Read a little, then the program is ended in one of the ways that are not its own."""
    before = len(reports(home))
    with Screen(home) as screen:
        screen.start()
        screen.press("2", "g", "j", "enter", "space", "space", "wait 0.5", "r", "wait 0.5")
        answered(screen)  # what is still in line when it is asked to end is dropped
        pids = tree(screen.process.pid)
        if how == "closed terminal":
            os.close(screen.slave)
            os.close(screen.master)
            screen.slave = screen.master = -1
        elif how == "suspended and back":
            return suspended(screen)
        else:
            screen.process.send_signal(getattr(signal, how))
        end = time.monotonic() + 8
        while not screen.ended and time.monotonic() < end:
            screen.settle() if screen.master >= 0 else time.sleep(0.05)
        why = [] if screen.ended else ["it did not end within 8 s"]
        if screen.master >= 0 and screen.ended:
            why += screen.restored()
            why += [harm for harm in harm_on_screen(bytes(screen.raw)) if "traceback" in harm]
    why += left_running(pids)
    if not query(home, "SELECT 1 FROM status WHERE position <> ''"):
        why.append("the place in the story was not saved")
    why += reports(home)[before:]
    return why


def suspended(screen: Screen) -> list[str]:
    why = []
    screen.process.send_signal(signal.SIGTSTP)
    time.sleep(0.6)
    screen.settle()
    why += [f"stopped: {one}" for one in screen.restored()]
    screen.process.send_signal(signal.SIGCONT)
    mark = len(screen.raw)
    screen.wait(1.5)
    if b"\x1b[?1049h" not in screen.raw[mark:]:
        why.append("the screen did not come back")
    mark = len(screen.raw)
    screen.press("esc", "?", "wait 0.5")
    if len(screen.raw) - mark < 200:
        why.append("no key was answered afterwards")
    screen.press("esc", "esc", "Q")
    if screen.wait_end() != 0:
        why.append(f"it left with {screen.process.poll()}")
    return why + screen.restored()


def sizes(home: Path, count: int, chance: random.Random) -> list[str]:
    """A storm of sizes from 1×1 to 400×120 while reading."""
    edges = [(1, 1), (400, 120), (1, 120), (400, 1), (2, 2), (80, 24), (3, 60), (200, 2)]
    with Screen(home) as screen:
        screen.wait(4)
        for number in range(count):
            columns, rows = edges[number] if number < len(edges) else (chance.randint(1, 400), chance.randint(1, 120))
            screen.press(
                f"resize {columns}x{rows}",
                chance.choice(["j", "enter", "space", "esc", "tab", "c", "?", "z", "n", "J"]),
            )
            if screen.ended:
                return [f"it ended at {columns}x{rows}: {screen.last_words()}", *reports(home)]
        screen.press("resize 120x40", "esc", "esc", "esc", "Q")
        code = screen.wait_end()
        why = [] if code == 0 else [f"it left with {code}"]
        return why + screen.restored() + harm_on_screen(bytes(screen.raw)) + reports(home)


def monkey(home: Path, count: int, chance: random.Random) -> list[str]:
    """Keys at random, in lives of 5,000 to 10,000, each burst answered before the next. Leaving is allowed: then it is
    started again."""
    life = Life()
    while life.done < count and not life.why:
        size = (chance.choice((80, 120, 200)), chance.choice((24, 40, 50)))
        one_life(home, min(count, life.done + chance.randint(5000, 10_000)), size, chance, life)
        life.why += reports(home)
        print(f"  {life}", flush=True)
    return life.why


@dataclass
class Life:
    """done: keys typed and answered; starts, stops (by ctrl-z, continued as a shell does), unanswered bursts."""

    done: int = 0
    starts: int = 0
    stops: int = 0
    busy: int = 0
    written: int = 0
    why: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.done} keys, {self.starts} starts, {self.stops} stops, {self.busy} bursts not answered in "
            f"{PATIENCE:.0f} s, {self.written} bytes judged"
        )


def one_life(home: Path, until: int, size: tuple[int, int], chance: random.Random, life: Life) -> None:
    with Screen(home, *size) as screen:
        life.starts += 1
        screen.start()
        while life.done < until and not screen.ended:
            typed = one_burst(screen, chance)
            life.busy += not answered(screen)
            if state(screen.process.pid) == "T":
                life.stops += 1
                screen.process.send_signal(signal.SIGCONT)
            life.done += typed
        # a ctrl-c that was typed before it left, and read after, is the terminal's to answer
        if screen.ended and screen.process.poll() not in (0, -signal.SIGINT, 130):
            life.why.append(f"after {life.done} keys it left with {screen.process.poll()}: {screen.last_words()}")
        if not screen.ended:
            screen.process.send_signal(signal.SIGTERM)
            screen.process.send_signal(signal.SIGCONT)  # as a shell does: one that is stopped hears nothing else
            screen.wait_end(60)
        life.why += screen.restored() if screen.ended else [f"it did not end: {where(screen.process.pid)}"]
        life.why += [one for one in harm_on_screen(bytes(screen.raw)) if "traceback" in one or "sequence" in one]
        life.written += len(screen.raw)


def one_burst(screen: Screen, chance: random.Random) -> int:
    """Up to 200 keys in pieces, some of which end with an escape alone. How many were typed."""
    done = 0
    while done < 200 and not screen.ended:
        keys = [chance.choice(SPECIAL if chance.random() < 0.3 else LETTERS) for _ in range(chance.randint(1, 25))]
        with_esc = chance.random() < 0.35
        try:
            os.write(screen.master, "".join(keys).encode() + b"\x1b" * with_esc)
        except OSError:
            break
        done += len(keys) + with_esc
        screen.settle(0.12 if with_esc else 0.01, 1.0)
    return done


def answered(screen: Screen) -> bool:
    return screen.idle(PATIENCE)


def where(pid: int) -> str:
    """What a program that does not end is doing: its state, and each thread's wait."""
    waits = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/wchan")]
    return f"state {state(pid)}, {ticks(pid)} ticks, waits in {waits}"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard terminal")
    parser.add_argument("--keys", type=int, default=50_000)
    parser.add_argument("--sizes", type=int, default=500)
    parser.add_argument("--only", default="", help="keys: nothing but the keys")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args(argv)
    chance, results, start = random.Random(args.seed), {}, time.monotonic()
    texts = [row["text"] for row in corpus()] if CORPUS.exists() else OWN
    with tempfile.TemporaryDirectory(prefix="tuinews-tty-") as folder:
        home = Path(folder)
        prepared(home, texts)
        for how in () if args.only else ("SIGTERM", "SIGHUP", "closed terminal", "suspended and back"):
            results[how] = ending(home, how)
            print(f"{how}: {results[how] or 'ok'}", flush=True)
        if not args.only:
            results[f"{args.sizes} sizes"] = sizes(home, args.sizes, chance)
            print(f"{args.sizes} sizes: {results[f'{args.sizes} sizes'] or 'ok'}", flush=True)
        results[f"{args.keys} keys"] = monkey(home, args.keys, chance)
        print(f"{args.keys} keys: {results[f'{args.keys} keys'] or 'ok'}", flush=True)
    RESULTS.mkdir(exist_ok=True)
    figures = {"results": results, "seed": args.seed, "seconds": round(time.monotonic() - start)}
    (RESULTS / "terminal.json").write_text(json.dumps(figures), "utf-8")
    return sum(map(bool, results.values()))
