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
from pathlib import Path

from escapes import CORPUS, Site, corpus, serving
from places import RESULTS
from program import query, run, tree
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
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def ending(home: Path, how: str) -> list[str]:
    """Read a little, then the program is ended in one of the ways that are not its own."""
    before = len(reports(home))
    with Screen(home) as screen:
        screen.wait(4)
        screen.press("2", "g", "j", "enter", "space", "space", "wait 0.5", "r", "wait 0.5")
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
    """Keys at random, in bursts. Leaving is allowed: then it is started again."""
    done, starts, why = 0, 0, []
    while done < count and not why:
        starts += 1
        with Screen(home, chance.choice((80, 120, 200)), chance.choice((24, 40, 50))) as screen:
            screen.wait(4)
            while done < count and not screen.ended:
                burst = "".join(
                    chance.choice(SPECIAL) if chance.random() < 0.3 else chance.choice(LETTERS)
                    for _ in range(chance.randint(1, 25))
                )
                with_esc = chance.random() < 0.35
                try:
                    os.write(screen.master, burst.encode() + (b"\x1b" if with_esc else b""))
                except OSError:
                    break
                done += len(burst)
                screen.settle(0.12 if with_esc else 0.02, 1.0)
            # a ctrl-c that was typed before it left, and read after, is the terminal's to answer
            if screen.ended and screen.process.poll() not in (0, -signal.SIGINT, 130):
                why.append(f"after {done} keys it left with {screen.process.poll()}: {screen.last_words()}")
            why += [one for one in harm_on_screen(bytes(screen.raw)) if "traceback" in one or "sequence" in one]
            if not screen.ended:
                screen.wait(2)  # what is still in line
                # ctrl-z while a browser of the terminal's had it: stopped, as a shell's job should be
                screen.process.send_signal(signal.SIGCONT)
                screen.wait(2)
                screen.process.send_signal(signal.SIGTERM)
                screen.wait_end(60)
            why += screen.restored() if screen.ended else ["it did not end"]
        why += reports(home)
    print(f"  {done} keys, {starts} starts", flush=True)
    return why


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
