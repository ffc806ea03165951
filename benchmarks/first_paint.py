"""Time from exec to the first screen with stories on it and to its first key answered, beside a hello-world Textual app.

    python benchmarks/first_paint.py [--runs 9]

Both run in a pseudo-terminal of 80x24, in turn (A B A B …); the figure is the ratio of the medians. The key is j, pressed
as soon as the screen is whole; hello-world answers it with another word. Memory is the resident set of the screen's
process as Linux tells it, bytes are those written for a key when nothing scrolls.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile

from keypress import GREETING, HELLO_KEYS, OURS, Visit, visit


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=9)
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}  # bytecode is kept
        env |= {"TUINEWS_HOME": home, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        for verb in (["add", "builtin:edition/feed.xml"], ["refresh", "--force", "--full"]):
            subprocess.run([sys.executable, "-m", "tui_news", *verb], check=True, env=env, stdout=subprocess.DEVNULL)
        ours = [sys.executable, "-m", "tui_news"]
        hello = [sys.executable, "-c", HELLO_KEYS]
        figures = [(visit(ours, OURS, env), visit(hello, GREETING, env)) for _ in range(runs + 1)][1:]
    report(figures)
    return 0


def report(figures: list[tuple[Visit, Visit]]) -> None:
    for name, field, unit in (
        ("first screen", "first", "ms"), ("first key", "answered", "ms"), ("resident", "memory", "MB"),
        ("bytes a key", "written", "B "),
    ):  # fmt: skip
        ours, hello = (statistics.median(getattr(one, field) for one in side) for side in zip(*figures, strict=True))
        print(f"{name:<14} tuinews {ours:7.1f} {unit}   hello-world {hello:7.1f} {unit}   ratio {ours / hello:.2f}")


if __name__ == "__main__":
    sys.exit(main())
