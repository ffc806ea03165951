"""The open reader while many feeds are refreshed: its loop's lag, a key's way to the screen, stopping, leaving.

    python benchmarks/refresh_app.py [--feeds 500] [--items 40]

The real program in a pseudo-terminal of 120x40, its feeds on loopback 100 ms away. j and k are pressed all the time: while
everything is fetched for the first time, then while nothing goes on. A key's time is from its press to the next byte that
is written; the loop's lag is how much later than due a timer of 10 ms fires, and beside it stands the CPU that the
process used meanwhile, which other programs on the machine do not change. Then every server falls silent: how long until
ctrl-x has stopped a refresh, and until the process is gone after Q.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import resource
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType

from refresh import our_home

# Runs the program with a timer in its loop that notes how late it is.
PROBE = """
import asyncio, atexit, json, os, runpy, sys, time
late, real = [], asyncio.base_events.BaseEventLoop.run_forever
def run_forever(self):
    def tick(due, used):
        now, cpu = self.time(), time.process_time()
        late.append((due, now - due, cpu - used))
        self.call_at(now + 0.01, tick, now + 0.01, time.process_time())
    self.call_soon(tick, self.time(), time.process_time())
    real(self)
asyncio.base_events.BaseEventLoop.run_forever = run_forever
atexit.register(lambda: open(os.environ["LATE"], "w").write(json.dumps(late)))
sys.argv = ["tui_news"]
runpy.run_module("tui_news", run_name="__main__")
"""


class App:
    def __init__(self, home: Path) -> None:
        self.notes = home / "late.json"
        env = {**os.environ, "TUINEWS_HOME": str(home), "TERM": "xterm-256color", "TEXTUAL_ANIMATIONS": "none",
               "COLUMNS": "120", "LINES": "40", "LATE": str(self.notes)}  # fmt: skip
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.execvpe(sys.executable, [sys.executable, "-c", PROBE], env)
        self.seen, self.told = b"", 0.0

    def __enter__(self) -> App:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self.master)

    def read(self, seconds: float) -> bytes:
        """What comes within the time; b"" if nothing does."""
        if not select.select([self.master], [], [], max(seconds, 0))[0]:
            return b""
        try:
            data = os.read(self.master, 65536)
        except OSError:
            return b""
        self.seen = (self.seen + data)[-200_000:]
        if b"refreshing" in data:
            self.told = time.monotonic()
        return data

    def quiet(self, seconds: float, most: float = 20) -> None:
        """Read until nothing has come for so long."""
        end = time.monotonic() + most
        while time.monotonic() < end and self.read(seconds):
            pass

    def wait_for(self, *words: bytes, seconds: float = 120) -> float:
        """When one of the words was written. Raises RuntimeError if none is in that time."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if any(word in self.seen for word in words):
                return time.monotonic()
            self.read(0.05)
        raise RuntimeError(f"never saw {words}")

    def press(self, keys: bytes) -> float:
        self.seen = b""
        os.write(self.master, keys)
        return time.monotonic()

    def keys(self, seconds: float, busy: bool = False) -> list[float]:
        """Milliseconds from each press to the first byte after it. busy: until no progress was told for 3 seconds."""
        took, end, count = list[float](), time.monotonic() + seconds, 0
        while (now := time.monotonic()) < end and not (busy and now - self.told > 3):
            while self.read(0.0):
                pass
            os.write(self.master, b"j" if count // 8 % 2 == 0 else b"k")
            start, count = time.monotonic(), count + 1
            if self.read(2.0):
                took.append((time.monotonic() - start) * 1000)
            pause = time.monotonic() + 0.06
            while (left := pause - time.monotonic()) > 0:
                self.read(left)
        return took

    def left(self) -> float:
        """Read until the program is gone; when that was."""
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return time.monotonic()
            self.read(0.005)
        raise RuntimeError("it does not end")

    def late(self, start: float, end: float) -> list[tuple[float, float]]:
        """Between two moments, of each tick: the loop's lag, and the process's CPU since the last one, in ms."""
        told = json.loads(self.notes.read_text())
        return [(lag * 1000, cpu * 1000) for due, lag, cpu in told if start <= due <= end]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--feeds", type=int, default=500)
    arguments.add_argument("--items", type=int, default=40)
    given = arguments.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    here = [sys.executable, str(Path(__file__).with_name("feedserver.py")), str(given.feeds), str(given.items), "0.1"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        assert server.stdin
        assert server.stdout
        urls = [f"http://127.0.0.1:{port}/feed" for port in json.loads(server.stdout.readline())]
        home = our_home(Path(folder), urls)
        print(f"{given.feeds} feeds of {given.items} stories, 100 ms away, the first time")
        busy(home)
        server.stdin.write(json.dumps({"latency": 60, "churn": True}) + "\n")
        server.stdin.flush()
        server.stdout.readline()
        print(f"\n{given.feeds} feeds in flight, none of which answers")
        stopping(home)
        server.stdin.close()
        server.terminate()


def busy(home: Path) -> None:
    with App(home) as app:
        app.wait_for(b"refreshing")  # what is due is fetched when the reader opens
        began = app.wait_for(b"Feed ")
        during = app.keys(240, busy=True)
        ended = app.told
        app.quiet(2.0)
        calm = time.monotonic()
        idle = app.keys(4)
        after = app.press(b"Q")
        left = app.left()
        print(f"the refresh took {ended - began:.1f} s; {len(during)} keys pressed meanwhile")
        print(f"{'':34}{'nothing going on':>24}{'while refreshing':>24}   ms, median / p95 / p99")
        quiet, loud = app.late(calm, after), app.late(began, ended)
        rows = [("from a key to the next byte", idle, during)]
        rows += [(name, [tick[at] for tick in quiet], [tick[at] for tick in loud])
                 for at, name in enumerate(("the loop's lag", "its CPU in a tick of 10 ms"))]  # fmt: skip
        for name, before, meanwhile in rows:
            print(f"{name:34}{_both(before):>20}{_both(meanwhile):>20}")
        print(f"Q until the process is gone, nothing going on {(left - after) * 1000:6.0f} ms")


def _both(figures: list[float]) -> str:
    if len(figures) < 2:
        return "-"
    parts = statistics.quantiles(figures, n=100, method="inclusive")
    return f"{statistics.median(figures):.1f} / {parts[94]:.1f} / {parts[98]:.1f}"


def stopping(home: Path) -> None:
    with App(home) as app:
        app.wait_for(b"tuinews")
        app.quiet(1.0)
        app.press(b"R")
        app.wait_for(b" s for ")  # the one that is waited for is named
        start = app.press(b"\x18")
        print(f"ctrl-x until it says so                       {(app.wait_for(b'Stopped') - start) * 1000:6.0f} ms")
        app.press(b"R")
        app.wait_for(b" s for ")
        start = app.press(b"Q")
        print(f"Q until the process is gone                   {(app.left() - start) * 1000:6.0f} ms")


if __name__ == "__main__":
    main()
