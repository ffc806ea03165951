"""One visit in a pseudo-terminal: first screen, first key answered, bytes a key. What first_paint and sizes share."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import statistics
import termios
import time
from pathlib import Path
from typing import NamedTuple

HELLO = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("HELLO-WORLD")
Hello().run()
"""
HELLO_KEYS = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("HELLO-WORLD")
    def on_key(self, event):
        self.query_one(Static).update("KEY-ANSWERED")
Hello().run()
"""
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?<>=]*[a-zA-Z@]|[\]P][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
OURS = ("j/k move", "▌")  # the last line of our first screen; the mark of the row that j goes to
GREETING = ("HELLO-WORLD", "KEY-ANSWERED")
KEYS = b"jkjkjk"  # on a list's first rows nothing scrolls


class Visit(NamedTuple):
    first: float  # ms from exec to the first screen
    answered: float  # ms from exec until the key, pressed as soon as that screen is there, has its answer
    memory: float  # MB resident then
    written: float  # bytes for one of KEYS, the median: the network's news may come in between


def visit(command: list[str], words: tuple[str, str], env: dict[str, str]) -> Visit:
    """Start, press j at the first screen. words: what is on it at last, and what answers the key; without escapes."""
    word, answer = words
    pid, master = pty.fork()
    if pid == 0:
        termios.tcsetwinsize(0, (24, 80))
        os.execvpe(command[0], command, env)
    start = time.perf_counter()
    at = _until(master, word) - start
    os.write(master, b"j")
    answered = _until(master, answer) - start
    drain(master, 1.6)
    memory, written = resident(pid), statistics.median(_bytes(master, bytes([key])) for key in KEYS)
    os.kill(pid, signal.SIGTERM)
    drain(master, 2)
    os.close(master)
    os.waitpid(pid, 0)
    return Visit(at * 1000, answered * 1000, memory, written)


def _until(master: int, pattern: str) -> float:
    raw = b""
    while not re.search(pattern, _ESCAPE.sub("", raw.decode(errors="replace"))):
        if not select.select([master], [], [], 30)[0]:
            raise RuntimeError(f"never saw {pattern!r}")
        raw += os.read(master, 65536)
    return time.perf_counter()


def _bytes(master: int, key: bytes) -> int:
    os.write(master, key)
    count, wait = 0, 2.0
    while select.select([master], [], [], wait)[0]:
        count, wait = count + len(os.read(master, 65536)), 0.3
    return count


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
