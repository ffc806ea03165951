"""What the tests have workers do. Imported in the child by name, as real jobs are."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tui_news.models import FeedError, FetchError, ThreadError, TuinewsError


class Unmakeable(TuinewsError):
    """Pickles, but cannot be made again."""

    def __init__(self, a: str, b: str, *, c: str) -> None:
        super().__init__(a)


class Odd(Exception):
    pass


def add(a: int, b: int = 0) -> int:
    return a + b


def pid() -> int:
    return os.getpid()


def about() -> dict[str, Any]:
    return {"nice": os.nice(0), "session": os.getsid(0) == os.getpid(), "cwd_on_path": "" in sys.path}


def shout(words: str) -> str:
    print(words)
    os.write(1, words.encode())
    os.write(2, words.encode())
    return sys.stdin.read()


def sleep(seconds: float, mark: str = "") -> int:
    if mark:
        Path(mark).write_text(str(os.getpid()))
    time.sleep(seconds)
    return os.getpid()


def spin() -> None:
    while True:
        pass


def eat(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def result_of(size: int) -> bytes:
    return bytes(size)


def die(how: str) -> None:
    if how == "exit":
        os._exit(3)
    if how == "sys.exit":
        sys.exit(1)
    os.kill(os.getpid(), signal.SIGSEGV)


def have_a_child(mark: str) -> None:
    child = subprocess.Popen(["sleep", "60"])
    Path(mark).write_text(str(child.pid))
    time.sleep(60)


def fail(kind: str) -> None:
    match kind:
        case "fetch":
            raise FetchError("status", "what", "why", "todo", status=503, retry_after=60)
        case "thread":
            raise ThreadError("gone", "what", "why", "todo")
        case "feed":
            raise FeedError("what", "why", "todo")
        case "unmakeable":
            raise Unmakeable("a", "b", c="c")
        case "odd":
            raise Odd("words from outside")
        case "local":

            class Local(TuinewsError):
                pass

            raise Local("what")
        case "memory":
            raise MemoryError
    raise ValueError(kind)


def no_result() -> Any:
    return lambda: None


def order(mark: str, name: str) -> None:
    with Path(mark).open("a") as file:
        file.write(name)
