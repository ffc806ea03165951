"""Time from exec to the first screen with stories on it, and the memory then, paired with a hello-world Textual app.

    python benchmarks/first_paint.py [--runs 9]

Both run in a pseudo-terminal of 80x24, in turn (A B A B …); the figure is the ratio of the medians. Memory is the resident
set of the screen's process as Linux tells it.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("HELLO-WORLD")
Hello().run()
"""
WORD = b"Welcome"


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--runs", type=int, default=9)
    runs = arguments.parse_args().runs
    with tempfile.TemporaryDirectory() as home:
        env = {**os.environ, "TUINEWS_HOME": home, "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none"}
        for verb in (["add", "builtin:edition/feed.xml"], ["refresh", "--force", "--full"]):
            subprocess.run([sys.executable, "-m", "tui_news", *verb], check=True, env=env, stdout=subprocess.DEVNULL)
        ours = [sys.executable, "-m", "tui_news"]
        hello = [sys.executable, "-c", HELLO]
        figures = [(measure(ours, WORD, env), measure(hello, b"HELLO-WORLD", env)) for _ in range(runs + 1)][1:]
    report(figures)
    return 0


def measure(command: list[str], word: bytes, env: dict[str, str]) -> tuple[float, float]:
    """Milliseconds until `word` was written, MB resident half a second later."""
    pid, master = pty.fork()
    if pid == 0:
        os.execvpe(command[0], command, env)
    start, seen = time.perf_counter(), b""
    while word not in seen:
        if not select.select([master], [], [], 20)[0]:
            raise RuntimeError(f"never saw {word!r}")
        seen += os.read(master, 65536)
    elapsed = (time.perf_counter() - start) * 1000
    drain(master, 0.5)
    memory = resident(pid)
    os.kill(pid, signal.SIGTERM)
    drain(master, 2)
    os.close(master)
    os.waitpid(pid, 0)
    return elapsed, memory


def drain(master: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and select.select([master], [], [], left)[0]:
        try:
            if not os.read(master, 65536):
                return
        except OSError:
            return


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def report(figures: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    for name, index, unit in (("first screen", 0, "ms"), ("resident", 1, "MB")):
        ours = statistics.median(a[index] for a, _ in figures)
        hello = statistics.median(b[index] for _, b in figures)
        print(f"{name:<14} tuinews {ours:7.1f} {unit}   hello-world {hello:7.1f} {unit}   ratio {ours / hello:.2f}")


if __name__ == "__main__":
    sys.exit(main())
