"""The stored picture: the list as it will open, kept from the last visit and shown before anything is imported.

Importing what draws the real screen takes a fifth of a second; writing a stored one takes a millisecond. It says
nothing false: ages are reckoned anew, it is shown only on a terminal of the same size and kind with the same settings,
and when the library was written to since, it says in the place of the unread count when it was taken.

The file holds lines: a mark, `likeness` (what must be the same), `stamp` of the library, when it was taken; then the
frame, in which what changes with time stands between RS characters: "A" US timestamp US cells, or "S" US cells US
what to say if nothing changed. Imports os, sys, time and termios only.
"""

from __future__ import annotations

import os
import sys
import time

from tui_news import __version__
from tui_news.folders import folder
from tui_news.text.ago import ago

MARK = "tuinews-picture 1"
KEEP = 6  # pictures, one for each size of terminal
RS, US = "\x1e", "\x1f"
ENTER, LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?1049l\x1b[?25h"
_KIND = ("TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "TEXTUAL_COLOR_SYSTEM", "TEXTUAL_THEME")


class Shown:
    """The picture is on the terminal, which takes keys without echoing them. `restore` gives it back as it was."""

    def __init__(self, attributes: list[object]) -> None:
        self.attributes, self.up = attributes, True

    def restore(self) -> None:
        """After the real screen is gone: the terminal's own ways again."""
        import termios

        try:
            termios.tcsetattr(0, termios.TCSANOW, self.attributes)  # type: ignore[arg-type]
        except (OSError, termios.error):
            pass  # the terminal is gone

    def take_down(self) -> None:
        """There will be no real screen: leave the picture, if it is still there, and give the terminal back."""
        if self.up:
            self.up = False
            try:
                _write(LEAVE)
            except OSError:
                pass  # the terminal is gone
        self.restore()


def give_back() -> None:
    """Every mode that the live screen sets, unset: for one that could not do so itself."""
    try:
        _write("\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[<u\x1b[0m\x1b[?7h" + LEAVE)
    except OSError:
        return  # the terminal is gone


def attributes() -> list[object] | None:
    """The terminal's ways, None where there is none or nobody knows."""
    try:
        import termios
    except ImportError:
        return None
    try:
        return list(termios.tcgetattr(0))
    except (OSError, termios.error):
        return None


def show() -> Shown | None:
    """Put the stored picture on the terminal, if one fits it; keys pressed from now on are kept for the live screen.

    None, with nothing written, when there is none or the terminal is none.
    """
    try:
        if not (os.isatty(0) and os.isatty(1)) or os.environ.get("TERM") == "dumb" or encoding() != "utf8":
            return None
        import termios

        size = os.get_terminal_size(1)
        frame = read(size.columns, size.lines, int(time.time()))
        if frame is None:
            return None
        before = termios.tcgetattr(0)
    except (OSError, ImportError, ValueError):
        return None
    quiet = [*before]
    # No echo, no line at a time, and ctrl-c is a key: what is typed now is for the screen that is coming.
    quiet[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG | termios.IEXTEN)
    quiet[0] &= ~(termios.ICRNL | termios.IXON)
    try:
        termios.tcsetattr(0, termios.TCSANOW, quiet)
        _write(ENTER + frame)
    except (OSError, termios.error):
        return None
    return Shown(before)


def read(columns: int, rows: int, now: int) -> str | None:
    """What to write to a terminal of this size, None if no picture fits it."""
    try:
        with open(path(columns, rows), encoding="utf-8", newline="") as file:
            mark, likeness_, stamp_, taken, frame = file.read(2_000_000).split("\n", 4)
    except (OSError, ValueError):
        return None
    if mark != MARK or likeness_ != likeness(columns, rows) or not frame.endswith("\nend\n") or not taken.isdigit():
        return None
    then = int(taken)
    fresh = stamp_ == stamp() and then <= now and time.localtime(then)[:3] == time.localtime(now)[:3]
    pieces = frame[: -len("\nend\n")].split(RS)
    try:
        pieces[1::2] = [_now(field.split(US), then, now, fresh) for field in pieces[1::2]]
    except (ValueError, IndexError):  # a damaged file
        return None
    return "".join(pieces)


def _now(field: list[str], then: int, now: int, fresh: bool) -> str:
    """A field's words at this moment, in exactly its cells."""
    if field[0] == "A":
        age, cells = ago(int(field[1]), now), int(field[2])
        return age.rjust(cells) if len(age) <= cells else " " * cells  # cut, "2mo" would be two minutes
    cells, words = int(field[1]), field[2]
    return (
        words
        if fresh
        else f" as it was {ago(then, now)} ago ".replace(" now ago", " just now")[:cells].rjust(cells, "─")
    )


def save(columns: int, rows: int, frame: str, now: int) -> None:
    """Keep a picture for the next start, after the library was closed. What goes wrong costs the picture only."""
    target = path(columns, rows)
    if not target:
        return
    text = "\n".join((MARK, likeness(columns, rows), stamp(), str(now), frame)) + "\nend\n"
    part = f"{target}.{os.getpid()}.part"
    try:
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        with open(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8", newline=""
        ) as file:
            file.write(text)
        os.replace(part, target)
        _thin(os.path.dirname(target))
    except (OSError, ValueError):
        return


def _thin(pictures: str) -> None:
    held = sorted(os.scandir(pictures), key=lambda entry: entry.stat().st_mtime)
    for entry in held[:-KEEP]:
        os.unlink(entry.path)


def path(columns: int, rows: int) -> str:
    """The picture's file; "" where there is no place for one."""
    cache = folder("CACHE")
    return os.path.join(cache, "pictures", f"{columns}x{rows}") if cache else ""


def likeness(columns: int, rows: int) -> str:
    """What must be the same for the live screen to look like the picture: size, terminal, settings, our version."""
    kind = [f"{name}={os.environ.get(name, '')}" for name in _KIND] + [encoding()]
    settings = _stat(os.path.join(folder("CONFIG"), "config.toml"))
    return repr((__version__, columns, rows, sys.platform, settings, *kind))


def encoding() -> str:
    """What the terminal takes by the person's locale: bytes of UTF-8 would be controls to one that reads Latin-1."""
    return str(getattr(sys.stdout, "encoding", "") or "").lower().replace("-", "")


def stamp() -> str:
    """Changes whenever something is written to the library."""
    library = os.path.join(folder("DATA"), "library.db")
    return f"{_stat(library)} {_stat(library + '-wal')}"


def _stat(file: str) -> str:
    try:
        found = os.stat(file)
    except OSError:
        return "none"
    return f"{found.st_size}.{found.st_mtime_ns}"


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(1, data) :]
