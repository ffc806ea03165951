"""The real program on a pseudo-terminal, its bytes kept, and what may be among them."""

from __future__ import annotations

import base64
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from output import CONTROLS, SEQUENCE, marks_of_harm, unseen
from program import PROGRAM, busy, end_tree, environment, state, ticks, tree
from view import View

PATIENCE = 60.0  # seconds for what will come on a calm machine within one or two
KEYS = {
    "enter": "\r", "esc": "\x1b", "tab": "\t", "space": " ", "down": "\x1b[B", "up": "\x1b[A", "pagedown": "\x1b[6~",
    **{f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
}  # fmt: skip
COPY = re.compile(rb"\x1b\]52;[^;]*;([A-Za-z0-9+/=]*)")
TITLES = re.compile(rb"\x1b\][012];([^\x07\x1b]*)(?:\x07|\x1b\\)")
# What Textual itself writes: styles, the cursor, modes it sets and asks for, links, the clipboard.
LINK = re.compile(rb"\x1b\]8;[^;\x07\x1b]*;(?:https?|mailto):[!-~]*\x1b\\")  # a stranger's words may be in its address
OWN = re.compile(
    rb"\x1b\[[0-9;:]*m|\x1b\[[0-9;]*[HABCDJKXr]|\x1b\[\?[0-9;]+[hl]|\x1b\[[>=<?][0-9;:]*[umqc]|\x1b\[[0-9;?]*\$p|"
    rb"\x1b\[[0-9;]*t|\x1b\[[0-9; ]*q|\x1b\[6n|\x1b\[>[0-9]*[a-z]|\x1b\]8;[^;\x07\x1b]*;[!-~]*\x1b\\|\x1b\]52;c;[A-Za-z0-9+/=]*\x07|\x1bP=[12]s\x1b\\|"
    rb"\x1b[78=>]|\x1b\[c|\x1b\[\?[0-9]+\$p|\x1b\]2[12];[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\]1[0-9];\?(?:\x07|\x1b\\)"
)


def harm_on_screen(raw: bytes) -> list[str]:
    """Anything but text and what Textual writes to draw it."""
    why = []
    if found := SEQUENCE.search(LINK.sub(b"", raw)):
        why.append(f"a sequence with the marker was written: {found.group()[:200]!r}")
    if any(b"CNRY" in title for title in TITLES.findall(raw)):
        why.append("the window's title holds a stranger's text")
    rest = OWN.sub(b"", TITLES.sub(b"", raw))
    cut = rest.rfind(b"\x1b")  # the last sequence may be under way
    if cut >= len(rest) - 24 and cut >= 0:
        rest = rest[:cut]
    text = rest.decode("utf-8", "replace").replace("\r", "").replace("\n", "")
    for found in list(CONTROLS.finditer(text))[:3]:
        why.append(f"on the screen: {text[max(0, found.start() - 10) : found.end() + 30]!r}")
    if "Traceback" in text:
        why.append("a traceback")
    return why + unseen(text) + harm_in_copies(raw)


def harm_in_copies(raw: bytes) -> list[str]:
    """What was given to the clipboard may be pasted into a shell: no controls, and no line end that would run it."""
    why = []
    for copied in set(COPY.findall(raw)):
        said = base64.b64decode(copied)
        why += [f"copied: {one}" for one in marks_of_harm(said)]
        if said.endswith((b"\n", b"\r")):
            why.append(f"copied with a line end: {said[-60:]!r}")
    return why


class Screen:
    def __init__(
        self,
        home: Path,
        columns: int = 120,
        rows: int = 40,
        *,
        command: Sequence[str] = PROGRAM,
        first: Callable[[], object] = lambda: None,
        extra: Mapping[str, str] | None = None,
    ) -> None:
        """missed: what "see" and "until" waited for in vain since `begin`. extra: of the environment. first: what the
        child does before it becomes the program: a limit, another user."""
        self.raw = bytearray()
        self.missed: list[str] = []
        self._since = 0
        self.master, slave = pty.openpty()
        self.view = View(self.raw, columns, rows)
        self.resize(columns, rows)
        self.before = termios.tcgetattr(slave)
        browser = home / "browser.sh"
        browser.write_text("#!/bin/sh\nexit 0\n", "utf-8")
        browser.chmod(0o700)
        env = {
            **environment(home),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "BROWSER": str(browser),
            "TEXTUAL_ANIMATIONS": "none",
            **(extra or {}),
        }
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True,
            preexec_fn=lambda: (fcntl.ioctl(0, termios.TIOCSCTTY, 0), first()),
        )  # fmt: skip
        self.slave = slave

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            end_tree(self.process.pid)
            self.process.wait()
        for number in (self.master, self.slave):
            with suppress(OSError):
                os.close(number)

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def resize(self, columns: int, rows: int) -> None:
        self.view.resize(columns, rows)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def wait(self, seconds: float) -> None:
        """Read what is written for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            ready, _, _ = select.select([self.master], [], [], left)
            if not ready:
                return
            try:
                self.raw += os.read(self.master, 1 << 16)
            except OSError:
                return

    def start(self, most: float = 60) -> None:
        """Read until the program has the terminal and has drawn: before that, the terminal itself echoes what is typed."""
        end = time.monotonic() + most
        while b"\x1b[?1049h" not in self.raw and not self.ended and time.monotonic() < end:
            self.settle(0.1)
        self.settle(1.0, 10)

    def settle(self, quiet: float = 0.05, most: float = 1.5) -> None:
        """Read until nothing comes for `quiet` seconds."""
        end = time.monotonic() + most
        while time.monotonic() < end:
            ready, _, _ = select.select([self.master], [], [], quiet)
            if not ready:
                return
            try:
                self.raw += os.read(self.master, 1 << 16)
            except OSError:
                return

    def press(self, *keys: str) -> None:
        for key in keys:
            if not self._waited(key) and not self.ended:
                os.write(self.master, KEYS.get(key, key).encode())
                # an escape key and what follows it must not run together into a sequence
                self.idle() if key == "esc" else self.settle(0.03)

    def _waited(self, key: str) -> bool:
        """Carry out what is no key."""
        word, _, rest = key.partition(" ")
        if word == "resize":
            self.resize(*map(int, rest.split("x")))
            self.process.send_signal(signal.SIGWINCH)
            self.settle(0.03)
        elif word == "wait":
            self.wait(float(rest))
        elif word == "idle":
            self.idle()
        elif word == "see" and rest:
            self._until(lambda: self._shows(rest), f"never saw {rest!r}")
        elif word == "until" and rest:
            self._until(Path(rest).exists, f"{rest} never came")
        else:
            return False
        return True

    def begin(self) -> int:
        """Where what is written from now on begins."""
        self._since, self.missed = len(self.raw), []
        return self._since

    def words(self) -> str:
        """What was drawn since `begin`, without the sequences that draw it."""
        return OWN.sub(b"", TITLES.sub(b"", bytes(self.raw[self._since :]))).decode("utf-8", "replace")

    def _shows(self, words: str) -> bool:
        """Whether it was drawn since `begin`, or stands there now: of a row only what is another is drawn."""
        return words in self.words() or words in " ".join(" ".join(self.view.rows()).split())

    def _until(self, so: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + PATIENCE
        while not so():
            if self.ended or time.monotonic() > end:
                self.missed.append(otherwise)
                return
            self.settle(0.05)

    def idle(self, most: float = PATIENCE) -> bool:
        """Wait until every key was read and the program and all below it do nothing, or it has ended or stopped. By its
        CPU time and its threads' states, so that a machine with other work only makes it later."""
        end, pid, worked = time.monotonic() + most, self.process.pid, -1
        while time.monotonic() < end:
            self.settle(0.08, 1.0)  # twice: an escape alone is one after a tenth of a second
            if self.ended or state(pid) == "T":
                return True
            before, worked = worked, sum(map(ticks, tree(pid)))
            if unread(self.slave) == 0 and worked - before <= 1 and not any(map(busy, tree(pid))):
                return True
        return False

    def wait_end(self, seconds: float = 10) -> int | None:
        end = time.monotonic() + seconds
        while not self.ended and time.monotonic() < end:
            self.settle()
        return self.process.poll()

    def restored(self) -> list[str]:
        """What the program left behind on the terminal: modes it set and did not unset."""
        why = []
        for mode in (b"1049", b"1000", b"1003", b"2004", b"1004"):
            on, off = self.raw.rfind(b"\x1b[?" + mode + b"h"), self.raw.rfind(b"\x1b[?" + mode + b"l")
            if on > off:
                why.append(f"mode {mode.decode()} was left on")
        if self.raw.rfind(b"\x1b[?25l") > self.raw.rfind(b"\x1b[?25h"):
            why.append("the cursor was left hidden")
        after = termios.tcgetattr(self.slave)
        if after[3] != self.before[3]:
            why.append("the terminal was left raw")
        return why

    def last_words(self) -> str:
        return bytes(self.raw[-400:]).decode("utf-8", "replace")


def unread(slave: int) -> int:
    """Bytes typed that the program has not read."""
    return int(struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0\0\0\0"))[0])
