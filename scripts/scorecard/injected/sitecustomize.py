"""Python loads this in every process of a run of `errors`: it notes which of the program's functions are called, or raises
an error nobody foresaw at one of them.

TUINEWS_INJECT: "note" or "FILE:FUNCTION:NTH"; TUINEWS_INJECT_LOG: where it is written down.
"""

from __future__ import annotations

import os
import sys
import threading
from types import CodeType, FrameType

WORDS = "Unforeseen: https://reader:hunter2@feeds.example/rss and The harbour was quiet"
ROOM = f"{os.sep}tui_news{os.sep}"


class Noting:
    """Writes each function's name once."""

    def __init__(self, log: int) -> None:
        self.log, self.seen = log, set[CodeType]()

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if event == "call" and code not in self.seen:
            self.seen.add(code)
            if ROOM in code.co_filename:
                os.write(self.log, f"{name_of(code)}\n".encode())


class Raising:
    """Raises at the nth call of one function, once in all processes."""

    def __init__(self, log: int, file: str, function: str, nth: int) -> None:
        self.log, self.file, self.function, self.left = log, file, function, nth

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        code = frame.f_code
        if event == "call" and code.co_qualname == self.function and name_of(code).startswith(f"{self.file}:"):
            self.left -= 1
            if self.left == 0 and os.fstat(self.log).st_size == 0:
                os.write(self.log, f"raised in {os.getpid()}\n".encode())
                raise RuntimeError(WORDS)


def name_of(code: CodeType) -> str:
    return f"{code.co_filename.rpartition(ROOM)[2]}:{code.co_qualname}"


def begin(wish: str, log: str) -> None:
    number = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    if wish == "note":
        watch: Noting | Raising = Noting(number)
    else:
        file, function, nth = wish.rsplit(":", 2)
        watch = Raising(number, file, function, int(nth))
    threading.setprofile(watch)
    sys.setprofile(watch)


if os.environ.get("TUINEWS_INJECT"):
    begin(os.environ["TUINEWS_INJECT"], os.environ["TUINEWS_INJECT_LOG"])
