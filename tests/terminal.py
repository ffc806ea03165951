"""The real program in a pseudo-terminal, and the screen that a person would see (pyte)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from types import TracebackType

import pyte

KEYS = {"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "down": "\x1b[B", "up": "\x1b[A", "ctrl+o": "\x0f"}


class Terminal:
    """Runs `python -m tui_news` at a size; `wait_for` reads until the screen shows what is awaited."""

    def __init__(
        self,
        env: Mapping[str, str],
        columns: int = 80,
        rows: int = 24,
        args: Sequence[str] = (),
        *,
        owned: bool = True,
        errors: int | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = bytearray()
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui_news", *args],
            stdin=slave, stdout=slave, stderr=slave if errors is None else errors,
            env={**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none", "COLUMNS": str(columns), "LINES": str(rows), **env},
            start_new_session=True,
            preexec_fn=(lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0)) if owned else None,
        )  # fmt: skip
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        os.close(self._master)

    def text(self) -> str:
        return "\n".join(line.rstrip() for line in self.screen.display)

    def pump(self, seconds: float) -> None:
        """Read what the program writes, for at most `seconds` or until it pauses."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self._master], [], [], left)
            if not ready:
                return
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            if not data:
                return
            self.raw += data
            # pyte knows no private sequences with > or < and no kitty keyboard queries; it would print them
            with contextlib.suppress(Exception):
                self._stream.feed(data)

    def wait_for(self, *wanted: str, gone: Sequence[str] = (), seconds: float = 60) -> str:
        """The screen's text once it shows all of `wanted` and nothing of `gone`; fails with the screen if it never does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.pump(0.05)
            text = self.text()
            if all(word in text for word in wanted) and not any(word in text for word in gone):
                return text
            if self.process.poll() is not None:
                break
        raise AssertionError(f"never saw {wanted} without {gone} (exit {self.process.poll()}):\n{self.text()}")

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            self.pump(0.03)

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())
        self.pump(0.05)

    def wait_exit(self, seconds: float = 30) -> int:
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.pump(0.05)
        return self.process.wait(0.1)
