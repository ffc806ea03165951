"""An error nobody foresaw, at as many places as there are: `python scripts/scorecard errors [--reader 120] [--verbs 2000]`.

First it is noted which functions of the program a long visit and every verb go through, in all its processes; then each
is run again with an error raised in one of them. Whatever the place: no traceback and none of the error's words on the
terminal or in a file, one sentence and a report (or the reader goes on), the terminal given back, nothing lost.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from growing import Feeds, growing
from places import RESULTS
from program import damage, end_tree, environment, query
from screen import Screen
from storage import READ, STARRED, VERBS, Watched, prepared

HERE = Path(__file__).resolve().parent
SECRETS = (b"hunter2", b"Unforeseen", b"feeds.example")
VISIT = (
    "j", "j", "enter", "wait 0.6", "space", "c", "esc", "m", "s", "n", "wait 0.4", "esc", "/", "harbour", "wait 0.6",
    "enter", "wait 0.4", "esc", "esc", "?", "wait 0.3", "esc", ",", "wait 0.4", "esc", "R", "wait 1.5", "f", "h", "j",
    "enter", "l", "t", "x", "esc", "M", "wait 0.3", "esc", '"', "wait 0.4", "esc", "esc", "a", "x", "esc", "ctrl+p",
    "wait 0.3", "the", "wait 0.4", "esc", "u", "v", "j", "P", "wait 0.6", "O", "A", "u", "resize 80x24", "wait 0.3",
    "enter", "wait 0.5", "L", "o", "Y", "esc", "resize 120x40", "wait 2.2",
)  # fmt: skip
IN_ONE = """
import io, json, os, sys, time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import sitecustomize as injected
from tui_news.cli import _no_tracebacks, main
_no_tracebacks()
verb, names, seconds = json.loads(sys.argv[2]), json.loads(sys.argv[3]), float(sys.argv[4])
log, home, bad, done = sys.argv[5], Path(os.environ["TUINEWS_HOME"]), [], 0

def once(wish):
    global threading
    open(log, "w").close()
    out, err = io.StringIO(), io.StringIO()
    import threading
    with redirect_stdout(out), redirect_stderr(err):
        injected.begin(wish, log)
        try:
            code = main(verb)
        except BaseException as error:
            code = f"{type(error).__name__} came out"
        finally:
            sys.setprofile(None)
            threading.setprofile(None)
    return code, out.getvalue(), err.getvalue()

def reports():
    return {path.name for path in (home / "state").glob("report-*.txt")}

if not names:
    once("note")
    print(json.dumps(sorted(set(open(log).read().splitlines()))))
    sys.exit()
end = time.monotonic() + seconds
for name in names:
    if time.monotonic() > end:
        break
    for path in (home / "state").glob("report-*.txt"):
        path.unlink()
    code, out, err = once(f"{name}:1")
    if not os.stat(log).st_size:
        continue
    done += 1
    text, why = out + err, []
    if code not in (0, 1, 2, 3, 4):
        why.append(str(code))
    if "Traceback" in text or any(word in text for word in ("hunter2", "Unforeseen")):
        why.append("was shown: " + text[-300:])
    told = [line for line in err.splitlines() if "error in the program" in line]
    if len(told) > 1 or (told and not reports()):
        why.append(f"{len(told)} sentences, {len(reports())} reports")
    for path in (home / "state").glob("report-*.txt"):
        if any(word in path.read_text() for word in ("hunter2", "Unforeseen", str(home))):
            why.append("a report tells")
    if why:
        bad.append([" ".join(verb), name, *why])
print(json.dumps([done, bad]))
"""


def in_one(home: Path, verb: tuple[str, ...], names: list[str], seconds: float = 60) -> object:
    log = home / "log"
    code = [
        sys.executable,
        "-c",
        IN_ONE,
        str(HERE / "injected"),
        json.dumps(verb),
        json.dumps(names),
        str(seconds),
        str(log),
    ]
    done = subprocess.run(code, env=environment(home), capture_output=True, timeout=900)
    try:
        return json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        return [0, [[" ".join(verb), "", f"it ended: {done.stderr[-300:].decode()}"]]]


def verbs(home: Path, most: int, chance: random.Random) -> tuple[int, list[list[str]]]:
    done, bad = 0, []
    for verb in VERBS:
        names = in_one(home, verb, [])
        assert isinstance(names, list)
        names = [name for name in names if name != "cli/__init__.py:main"]  # it is what catches
        chance.shuffle(names)
        count, found = in_one(home, verb, names[: max(1, most // len(VERBS))], 120)  # type: ignore[misc]
        done += int(count)
        bad += found
        print(f"  {' '.join(verb)}: {count} of {len(names)} places, {len(found)} bad", *found, sep="\n    ", flush=True)
    if wrong := damage(home):
        bad.append(["verbs", "", wrong])
    return done, bad


# the reader -----------------------------------------------------------------------------------------------------------
def visit(home: Path, wish: str) -> tuple[bool, list[str]]:
    """A long visit; whether the error was met, and what was not as it should be."""
    log = home / "log"
    log.write_bytes(b"")
    extra = {"TUINEWS_INJECT": wish, "TUINEWS_INJECT_LOG": str(log), "PYTHONPATH": str(HERE / "injected")}
    with Screen(home, extra=extra) as screen:
        screen.start(30)
        for key in VISIT:
            if screen.ended:
                break
            screen.press(key)
        if not screen.ended:
            screen.press("esc", "esc", "esc", "esc", "Q")
            screen.wait_end(25)
        why = [] if screen.ended else ["it did not end"]
        if not screen.ended:
            why[-1] += f": {Watched(screen).end()}"
            end_tree(screen.process.pid)
        else:
            why += screen.restored()
        raw, words, code = bytes(screen.raw), Watched(screen).end(), screen.process.poll()
    return bool(log.stat().st_size), why + judged(home, raw, words, code)


def judged(home: Path, raw: bytes, words: str, code: int | None) -> list[str]:
    reports = [path.read_bytes() for path in (home / "state").glob("report-*.txt")]
    why = []
    if b"Traceback" in raw or b"Exception ignored" in raw or b"NOTE:" in raw:
        why.append(f"a traceback was shown: {words}")
    files = [path.read_bytes() for folder in ("state", "data") for path in (home / folder).rglob("*") if path.is_file()]
    if any(secret in text for secret in SECRETS for text in (raw, *files)):
        why.append("what the error says was shown or kept")
    if any(str(home).encode() in report for report in reports):
        why.append("a report names a folder")
    if code not in (0, 1, 4, None):
        why.append(f"it left with {code}: {words}")
    if code == 1 and not reports:
        why.append(f"it left with 1 and no report: {words}")
    if code == 1 and b"tuinews: an error in the program ended" not in raw[max(0, raw.rfind(b"\x1b[?1049l")) :]:
        why.append(f"no sentence at the end: {words}")
    counts = [
        int(str(query(home, f"SELECT count(*) FROM status WHERE {mark} = 1")[0][0])) for mark in ("read", "starred")
    ]
    if counts[0] < READ - 1 or counts[1] < STARRED - 1:  # the visit itself takes one of each back
        why.append(f"marks were lost: {counts}")
    return why + list(filter(None, [damage(home)]))


def reader(first: Path, most: int, chance: random.Random, only: str) -> tuple[int, list[list[str]]]:
    home = Path(shutil.copytree(first, first.with_name("noted")))
    _, why = visit(home, "note")
    names = sorted({line for line in (home / "log").read_text().splitlines() if only in line})
    bad = [["noting", "", *why]] if why else []
    chance.shuffle(names)
    print(f"  a visit goes through {len(names)} functions", *why, flush=True)
    done = 0

    def one(number: int, name: str) -> tuple[str, bool, list[str]]:
        place = Path(shutil.copytree(first, first.with_name(f"visit{number}")))
        wish = f"{name}:{chance.choice((1, 1, 2, 5))}"
        try:
            met, why = visit(place, wish)
        except Exception as error:
            met, why = True, [f"the trial failed: {error!r}"]
        shutil.rmtree(place, ignore_errors=True)
        return wish, met, why

    with ThreadPoolExecutor(2) as pool:
        for wish, met, why in pool.map(one, range(most), names[:most]):
            done += met
            if why:
                bad.append([wish, *why])
                print("  BAD", wish, *why, sep="\n      ", flush=True)
            elif not met:
                print(f"  {wish} was not reached", flush=True)
    return done, bad


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard errors")
    parser.add_argument("--reader", type=int, default=120, help="places in a visit")
    parser.add_argument("--verbs", type=int, default=2000, help="places in the verbs")
    parser.add_argument("--only", default="", help="places whose name holds this")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    args = parser.parse_args(argv)
    chance, start = random.Random(args.seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tuinews-errors-") as folder, growing(Feeds(fresh=15, kept=60)) as base:
        first = Path(folder) / "first"
        first.mkdir()
        prepared(first, base)
        said, wrong = (
            verbs(Path(shutil.copytree(first, Path(folder) / "verbs")), args.verbs, chance) if args.verbs else (0, [])
        )
        print(f"verbs: an error at {said} places, {len(wrong)} not as they should be", flush=True)
        done, bad = reader(first, args.reader, chance, args.only) if args.reader else (0, [])
        print(f"reader: an error at {done} places, {len(bad)} not as they should be (seed {args.seed})")
    RESULTS.mkdir(exist_ok=True)
    figures = {
        "verbs": said,
        "reader": done,
        "bad": wrong + bad,
        "seed": args.seed,
        "seconds": round(time.monotonic() - start),
    }
    (RESULTS / "errors.json").write_text(json.dumps(figures), "utf-8")
    return len(wrong) + len(bad)


if os.name != "posix":
    raise SystemExit("the reader is judged on a pseudo-terminal")
