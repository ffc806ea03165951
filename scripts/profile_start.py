"""Where a start's milliseconds go: its steps, what each of them counts, what each import costs, which calls cost most.

    python scripts/profile_start.py [--lines 25] [--only steps|imports|calls]

Uses the library that `tuinews` would (set TUINEWS_HOME for another); nothing is fetched, nothing is shown. Steps are
milliseconds of CPU of a fresh process, the median of five, until the first frame; beside them stands what was done in
the step: modules imported, CSS rules read, messages dispatched, questions asked of the library. Imports are timed by
Python itself, calls by cProfile, both of which make everything slower: compare lines, not sums.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

# What else this script needs is imported where it is used: a start that is looked into imports it, or not, itself.

IMPORTS = (
    "from tui_news.ui.spared import spare, spared; spare();"
    "import tui_news.cli.start, tui_news.services.courier, tui_news.ui.app; spared()"
)
RUNS = 5


class Silent:
    """No network."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None

    async def close(self) -> None: ...


class Steps:
    """`step` ends one: its CPU since the last, and what the counters counted."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float, dict[str, int]]] = []
        self.counts = dict.fromkeys(("rules", "messages", "questions"), 0)
        self._at, self._modules, self._before = 0.0, 0, dict(self.counts)

    def step(self, name: str) -> None:
        now, modules = time.process_time(), len(sys.modules)
        counted = {"modules": modules - self._modules} | {n: v - self._before[n] for n, v in self.counts.items()}
        self.done.append((name, (now - self._at) * 1000, counted))
        self._at, self._modules, self._before = time.process_time(), modules, dict(self.counts)

    def count(self, owner: Any, method: str, what: str, weight: Callable[[Any], int] = lambda result: 1) -> None:
        plain = getattr(owner, method)

        @wraps(plain)
        def counting(*args: Any, **options: Any) -> Any:
            result = plain(*args, **options)
            self.counts[what] += weight(result)
            return result

        setattr(owner, method, counting)

    def after(self, owner: Any, method: str, name: str) -> None:
        """The step `name` ends with the first call of a method."""
        plain = getattr(owner, method)

        @wraps(plain)
        def noting(*args: Any, **options: Any) -> Any:
            result = plain(*args, **options)
            if all(done != name for done, *_ in self.done):
                self.step(name)
            return result

        setattr(owner, method, noting)


def one_start() -> Steps:
    """In this process, in which nothing was imported yet but what this script needs."""
    import gc

    steps = Steps()
    steps.step("Python and this script")
    gc.disable()
    from tui_news.ui.spared import spare, spared

    spare()
    import tui_news.cli.start as start
    from tui_news.paths import default_paths

    steps.step("our library side imported")
    desk = start.open_desk(default_paths())
    desk.library.db.conn.set_trace_callback(lambda sql: steps.counts.update(questions=steps.counts["questions"] + 1))
    steps.step("library opened")
    import textual.app  # noqa: F401

    steps.step("asyncio and Textual imported")
    from tui_news.ui.app import TuinewsApp

    spared()
    steps.step("our screen imported")
    import asyncio

    asyncio.run(_until_the_frame(steps, TuinewsApp(desk, Silent())))
    return steps


async def _until_the_frame(steps: Steps, app: Any) -> None:
    from textual.css import stylesheet
    from textual.message_pump import MessagePump

    from tui_news.ui.screens.reader import ReaderScreen

    steps.step("app made")
    parse = stylesheet.parse
    stylesheet.parse = lambda *args, **options: list(parse(*args, **options))  # it yields them, we count them
    steps.count(stylesheet, "parse", "rules", len)
    steps.count(MessagePump, "_dispatch_message", "messages")
    steps.after(stylesheet.Stylesheet, "parse", "Textual's own CSS and ours read")
    steps.after(ReaderScreen, "on_mount", "screen mounted, list read")
    steps.after(ReaderScreen, "_refresh_layout", "laid out")
    steps.after(type(app), "raise_curtain", "focus, hints, first frame drawn")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()


def steps_of_a_start() -> None:
    import json
    import statistics
    import subprocess

    runs = []
    for _ in range(RUNS + 1):
        done = subprocess.run([sys.executable, __file__, "--inside"], env=_env(), capture_output=True, check=True)
        runs.append(json.loads(done.stdout))
    columns = list(zip(*runs[1:], strict=True))
    print(f"{'ms of CPU':42}{'':8}" + "".join(f"{name:>11}" for name in columns[0][0][2]))
    for column in columns:
        name, _, counted = column[0]
        print(f"{name:42}{statistics.median(one[1] for one in column):8.1f}" + _row(counted))
    whole = [sum(step[1] for step in run) for run in runs[1:]]
    print(f"{'until the first frame':42}{statistics.median(whole):8.1f}" + _row(_sums(runs[-1])))


def _sums(run: list[Any]) -> dict[str, int]:
    return {name: sum(step[2][name] for step in run) for name in run[0][2]}


def _row(counted: dict[str, int]) -> str:
    return "".join(f"{count or '':>11}" for count in counted.values())


def _env() -> dict[str, str]:
    """Without what would keep Python from keeping its bytecode."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


def imports(lines: int) -> None:
    import subprocess

    command = [sys.executable, "-X", "importtime", "-c", IMPORTS]
    done = subprocess.run(command, env=_env(), capture_output=True, text=True)
    rows = [line.removeprefix("import time:").split("|") for line in done.stderr.splitlines() if line.count("|") == 2]
    costs = [(int(own), name.strip()) for own, _, name in rows if own.strip().isdigit()]
    groups: dict[str, list[int]] = {}
    for own, name in costs:
        top = name.partition(".")[0]
        groups.setdefault(top if top in ("tui_news", "textual", "rich") else "others", []).append(own)
    print("\nimports: " + ", ".join(f"{name} {len(own)} in {sum(own) / 1000:.0f} ms" for name, own in groups.items()))
    for own, name in sorted(costs, reverse=True)[:lines]:
        print(f"  {own / 1000:6.1f} ms  {name}")


def calls(lines: int) -> None:
    import cProfile
    import pstats

    profile = cProfile.Profile()
    profile.enable()
    one_start()
    profile.disable()
    print("\ncalls, from here to the first frame, imports included:")
    pstats.Stats(profile).sort_stats("tottime").print_stats(lines)


def main() -> None:
    if sys.argv[1:] == ["--inside"]:
        done = one_start().done
        import json

        print(json.dumps(done))
        return
    import argparse

    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--lines", type=int, default=25)
    arguments.add_argument("--only", choices=("steps", "imports", "calls"))
    given = arguments.parse_args()
    if given.only in (None, "steps"):
        steps_of_a_start()
    if given.only in (None, "imports"):
        imports(given.lines)
    if given.only in (None, "calls"):
        calls(given.lines)


if __name__ == "__main__":
    main()
