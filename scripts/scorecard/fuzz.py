"""Random and mutated input for every parser: `python scripts/scorecard fuzz [--cases 100000] [--seconds 3600] [--only NAME]`.

Two ways: Hypothesis draws choices that become documents (`--cases` for each target; `fuzz_cases.py`); atheris, where it is installed
(`pip install atheris`), mutates towards code not yet reached (`--seconds` for each target, in a process of its own; what
it learnt is kept in `.scorecard/corpus-NAME`, and real documents of `../shared` are its first teachers). What a target
may raise is named in `fuzz_targets.py`; anything else, five seconds for a small input, or an unsafe character is a
failure. What was found is kept as a test beside the code that it hit.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import random
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fuzz_cases import CASES, Dice
from fuzz_files import FILES
from fuzz_pieces import PIECES
from fuzz_targets import TARGETS as STRANGERS
from fuzz_targets import raw
from fuzz_ways import WAYS
from places import RESULTS, ROOT, SHARED

TARGETS = {**STRANGERS, **FILES, **WAYS}
MUTATED = ("html_to_blocks", "quotes", "opml", "comments", "feed")  # where atheris goes
EACH = 10  # documents made of one draw: drawing takes longer than most parsers do
SLOW = 5.0  # seconds for a small input that nobody may wait
# Where the first documents of each are, with what they end in; none of it is needed.
SEEDS = {
    "html_to_blocks": ("extraction", (".html",)),
    "quotes": ("quotes", (".txt",)),
    "opml": ("feed_corpora/listparser", (".opml",)),
    "comments": ("comment_samples", (".json",)),
    "feed": ("feed_corpora", (".xml", ".atom", ".rss", ".json")),
}


def by_hypothesis(name: str, cases: int) -> tuple[int, str]:
    """(cases run, the failure): "" when there was none. What fails is cut down to what is needed, and kept."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    finder, make, run = Finder(name, TARGETS[name]), CASES[name], 0

    @settings(
        max_examples=-(-cases // EACH),
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
    )
    @given(st.binary(min_size=6, max_size=48))
    def each(data: bytes) -> None:
        nonlocal run
        for case in (data, *(random.Random(data + bytes([number])).randbytes(8) for number in range(1, EACH))):
            run += 1
            finder(make(Dice(case)))

    each()
    return run, "; ".join(sorted(finder.found))[:800]


def seeds(name: str) -> Iterator[bytes]:
    yield from ((piece * 2).encode("utf-8", "surrogatepass") for piece in PIECES)
    folder, ends = SEEDS.get(name, ("", ()))
    files = sorted((SHARED / folder).rglob("*")) if folder and (SHARED / folder).is_dir() else []
    fitting = [path for path in files if path.suffix in ends and path.is_file() and path.stat().st_size < 8_000]
    yield from (path.read_bytes() for path in fitting[:: max(1, len(fitting) // 600)])
    if name == "quotes":
        for path in sorted((SHARED / "quotes").glob("*.jsonl")):
            for line in path.read_text("utf-8").splitlines()[:60]:
                yield str(json.loads(line).get("text", ""))[:3000].encode()


class Finder:
    """Runs a target on each input, writes down what is wrong once for each place, and goes on."""

    def __init__(self, name: str, target: Callable[[str | bytes], None]) -> None:
        self.name, self.target = name, target
        self.found: set[str] = set()

    def __call__(self, case: str | bytes) -> None:
        start = time.process_time()
        what, error = self.fault(case)
        if what and what not in self.found and len(self.found) < 50:
            self.note(what, smaller(case, lambda less: self.fault(less)[0] == what), error)
        if time.process_time() - start > SLOW and not what:
            self.note(f"slow {len(case)}", case, None)

    def fault(self, case: str | bytes) -> tuple[str, Exception | None]:
        """What is wrong and where; "" when nothing is."""
        try:
            self.target(case)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            ours = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames if "tui_news" in frame.filename]
            asserted = f"{frames[-1].name}: {frames[-1].line}" if isinstance(error, AssertionError) else ""
            return f"{type(error).__name__} {ours[-1:]} {asserted}", error
        return "", None

    def note(self, what: str, case: str | bytes, error: Exception | None) -> None:
        self.found.add(what)
        digest = hashlib.sha1(what.encode()).hexdigest()[:8]
        (RESULTS / f"found-{self.name}-{digest}").write_bytes(raw(case))
        said = "".join(traceback.format_exception(error)) if error else ""
        (RESULTS / f"found-{self.name}-{digest}.txt").write_text(f"{what}\n{case!r}\n{said}", "utf-8", "replace")


def smaller(case: str | bytes, fails: Callable[[str | bytes], bool], tries: int = 400) -> str | bytes:
    """The case without the stretches that it fails without."""
    size = max(1, len(case) // 2)
    while size and tries:
        at = 0
        while at < len(case) and tries:
            less, tries = case[:at] + case[at + size :], tries - 1
            if fails(less):
                case = less
            else:
                at += size
        size //= 2
    return case


def by_atheris(name: str, seconds: int) -> None:
    """Runs until the time is up. Never returns: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["tui_news", "feedparser"]):
        target = TARGETS[name]
        target("<p>“Warm up,” said Ann.</p>")
    corpus = RESULTS / f"corpus-{name}"
    if not corpus.exists():
        corpus.mkdir(parents=True)
        for number, data in enumerate(seeds(name)):
            (corpus / f"seed{number}").write_bytes(data)
    limits = [
        f"-max_total_time={seconds}",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-max_len=8192",
        f"-artifact_prefix={RESULTS / f'found-{name}-'}",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *limits], Finder(name, target))
    atheris.Fuzz()


def mutate(name: str, seconds: int) -> dict[str, Any]:
    """An hour of atheris in a process of its own: its runs, and what it found."""
    before = set(RESULTS.glob(f"found-{name}-*"))
    words = ("fuzz", "--atheris", name, "--seconds", str(seconds))
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent), *words], capture_output=True, text=True, cwd=ROOT, errors="replace"
    )
    runs = next((line for line in reversed(done.stderr.splitlines()) if line.startswith("Done ")), "")
    why = "" if done.returncode == 0 else (done.stdout + done.stderr)[-600:]
    new = sorted(path.name for path in set(RESULTS.glob(f"found-{name}-*")) - before)
    return {"seconds": seconds, "runs": runs, "why": why or ", ".join(new)}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="scorecard fuzz")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=3600)
    parser.add_argument("--only", default="")
    parser.add_argument("--atheris", default="", help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    RESULTS.mkdir(exist_ok=True)
    if args.atheris:
        by_atheris(args.atheris, args.seconds)
        return 0
    figures: dict[str, dict[str, Any]] = {}
    for name in TARGETS if args.cases else ():
        if not args.only or name in args.only.split(","):
            start = time.process_time()
            run, why = by_hypothesis(name, args.cases)
            figures[name] = row = {"cases": run, "why": why, "seconds": round(time.process_time() - start)}
            print(f"hypothesis {name}: {run} cases, {row['seconds']} s of CPU: {why or 'ok'}", flush=True)
    for name in MUTATED if args.seconds and importlib.util.find_spec("atheris") else ():
        if not args.only or name in args.only.split(","):
            figures[f"atheris {name}"] = row = mutate(name, args.seconds)
            print(f"atheris {name}: {args.seconds} s: {row['why'] or 'ok'} {row['runs']}", flush=True)
    (RESULTS / f"fuzz{'-' + args.only if args.only else ''}.json").write_text(json.dumps(figures), "utf-8")
    return sum(bool(row["why"]) for row in figures.values())
