"""Every benchmark, one after the other, into docs/benchmarks.md.

    python benchmarks/run.py [--quick] [--only refresh readers …] [--million]

About 20 minutes on two cores; --quick takes 3, with fewer feeds, smaller libraries and fewer rounds, and prints without
writing. Run it on a machine that does nothing else: the ratios bear company, the figures do not.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from peers import NAMES, version

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
# Name, what it is run with, and what it is run with quickly.
PARTS: tuple[tuple[str, list[str], list[str]], ...] = (
    ("first_paint", [], ["--runs", "3"]),
    ("sizes", ["--runs", "3"], ["--stories", "1000", "20000", "--runs", "2"]),
    ("panes", [], ["--stories", "1000", "--sizes", "80x24", "--no-memory"]),
    ("readers", ["--runs", "2"], ["--stories", "1000", "--runs", "1"]),
    ("refresh", ["--latency", "0.1"], ["--feeds", "60", "--latency", "0.1"]),
    ("refresh_app", [], ["--feeds", "60"]),
    ("article", [], ["--words", "4000", "--runs", "1"]),
    ("thread", [], ["--comments", "1000", "--runs", "1"]),
    ("thread_pages", [], ["--pages", "10"]),
    ("quotes", [], ["--stories", "100", "--runs", "1"]),
    ("twins", [], ["5000"]),
    ("scale", [], ["--stories", "1000", "10000"]),
    ("queries", [], ["5000"]),
    ("idle", ["--minutes", "60"], ["--minutes", "1", "--settle", "20"]),
)
NAMED = ("idle",)  # runs only when it is asked for by name: an hour


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", nargs="*", default=[name for name, _, _ in PARTS if name not in NAMED])
    arguments.add_argument("--million", action="store_true", help="scale goes on to a million stories")
    given = arguments.parse_args()
    # What is measured is the program as installed, not the compiling of its source.
    compileall.compile_dir(HERE.parent / "src", quiet=2)
    found, failed = {}, []
    for name, full, quick in PARTS:
        if name in given.only:
            print(f"== {name}", flush=True)
            more = ["--million"] if name == "scale" and given.million else []
            start = time.monotonic()
            text, good = run(name, [*(quick if given.quick else full), *more])
            print(text, flush=True)
            print(f"({name}: {time.monotonic() - start:.0f} s)", flush=True)
            if good:
                found[name] = text
            else:
                failed.append(name)
    if not given.quick:
        write(found)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def run(name: str, args: list[str]) -> tuple[str, bool]:
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, str(HERE / f"{name}.py"), *args], env=env, capture_output=True, text=True)
    text = done.stdout.replace(tempfile.gettempdir(), "…").rstrip()
    return (text if done.returncode == 0 else f"{text}\n{done.stderr[-2000:]}"), done.returncode == 0


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    import textual

    return (
        f"{time.strftime('%Y-%m-%d')}; {platform.system()} {platform.machine()}, {cores} cores; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, Textual {textual.__version__}, "
        f"{', '.join(map(version, NAMES))}."
    )


def write(found: dict[str, str]) -> None:
    """Each part between marks of its own: a run of some leaves the others, and all that people wrote, as they were."""
    page = PAGE.read_text() if PAGE.exists() else "# Benchmarks\n\n<!-- machine --><!-- /machine -->\n"
    page = _between(page, "machine", machine())
    for name, text in found.items():
        title = (HERE / f"{name}.py").read_text().split('"""')[1].splitlines()[0]
        page = _between(page, name, f"\n{title}\n\n```\n{text}\n```\n")
    PAGE.write_text(page)


def _between(page: str, name: str, text: str) -> str:
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    if start not in page:
        page = f"{page.rstrip()}\n\n## {name.replace('_', ' ').capitalize()}\n{start}{end}\n"
    return page[: page.index(start) + len(start)] + text + page[page.index(end) :]


if __name__ == "__main__":
    sys.exit(main())
