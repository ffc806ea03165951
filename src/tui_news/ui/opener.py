"""Which program shows a web page, and how it is given the address. Knows nothing of the screen.

The address is one argument of its own, without a shell, and begins with its scheme, so that it can pass for no option;
programs that are known to take `--` get one before it (xdg-open and others refuse it). What people write themselves
into $BROWSER may be a shell's command all the same: `sh -c 'show "%s"'`. There the address is written so that a shell
reads nothing in it, in whatever quotes it stands.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence

OPENERS = ("xdg-open", "wslview", "gnome-open", "firefox", "chromium", "google-chrome")
#: They end their options with `--`.
ENDS_OPTIONS = frozenset({
    "brave-browser", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge",
    "vivaldi",
})  # fmt: skip
SHELLS = frozenset({"bash", "dash", "fish", "ksh", "sh", "zsh"})
#: They hand what they are given to a shell that we do not see: what is quoted for one is read by another.
HAND_ON = frozenset({
    "cmd", "cmd.exe", "eval", "mosh", "parallel", "powershell.exe", "pwsh", "rsh", "screen", "script", "ssh", "su",
    "tmux", "watch", "xargs",
})  # fmt: skip
_SHELLS_TEXT = re.compile(r"[\s'\"`$\\;&|<>()]")
_HARMLESS = re.compile(r"[A-Za-z0-9/:.%_~?=@+,-]")
_WORD = re.compile(r"[\w./:=,@+-]*")


def browser_command(
    url: str, environ: Mapping[str, str], platform: str, which: Callable[[str], str | None] = shutil.which
) -> list[str] | None:
    """The program and its arguments, or None when there is none that could show the page."""
    for wanted in environ.get("BROWSER", "").split(os.pathsep):
        argv = _split(wanted)
        if argv and which(argv[0]):
            return _filled(argv, url) if "%s" in wanted else with_address(argv, url)
    if platform == "darwin":
        return ["open", url]
    graphical = environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("WSL_DISTRO_NAME")
    found = next((name for name in OPENERS if which(name)), None) if graphical else None
    return with_address([found], url) if found else None


def with_address(argv: Sequence[str], url: str, ends: bool = False) -> list[str]:
    """The command with the address as its last argument. ends: whether it is known to end its options with `--`."""
    mark = ["--"] if ends or os.path.basename(argv[0]) in ENDS_OPTIONS else []
    return [*argv, *mark, bare(url) if among(argv, HAND_ON) else url]


def among(words: Iterable[str], programs: frozenset[str]) -> bool:
    """Whether one of the words is one of these programs."""
    return any(os.path.basename(word).casefold() in programs for word in words)


def bare(url: str) -> str:
    """The address without anything that a shell could read, whatever becomes of its quotes. An `&` becomes `%26`, which
    some sites take for another address: better than for a command."""
    return "".join(c if _HARMLESS.match(c) else f"%{ord(c):02X}" for c in url)


def _filled(argv: Sequence[str], url: str) -> list[str]:
    """The command with the address in place of each `%s`; the program's own name has none."""
    handed_on = among(argv, HAND_ON)
    return [argv[0], *(part.replace("%s", bare(url)) if handed_on else _part(part, url) for part in argv[1:])]


def _part(part: str, url: str) -> str:
    """One argument. What has blanks, quotes or other signs of a shell's will be read by one."""
    if not _SHELLS_TEXT.search(part):
        return part.replace("%s", url)
    if among(_SHELLS_TEXT.split(part), SHELLS | HAND_ON):
        return part.replace("%s", bare(url))
    pieces = part.split("%s")
    out = pieces[0]
    for number, piece in enumerate(pieces[1:], 1):
        out += _quoted(url, "%s".join(pieces[:number]), piece) + piece
    return out


def _quoted(url: str, before: str, after: str) -> str:
    """The address for one place in a shell's command, by the quotes that are open there. It holds no quotes itself."""
    marks, since, escaped = "", 0, False
    for at, letter in enumerate(before):
        if escaped:
            escaped = False
        elif letter == "\\" and marks != "'":
            escaped = True
        elif marks:
            marks = "" if letter == marks else marks
        elif letter in "'\"":
            marks, since = letter, at + 1
    if escaped or "`" in before or re.search(r"\$[('{]", before):  # too tangled to say
        return bare(url)
    if not marks:
        return shlex.quote(url)
    if _WORD.fullmatch(before[since:]) and _WORD.fullmatch(after.partition(marks)[0]):  # a word in quotes
        return url if marks == "'" else url.replace("$", "%24")
    return bare(url)  # in the midst of a command in quotes: another shell will read that


def _split(command: str) -> list[str]:
    """Its words; none where a quotation mark is not closed. An `&` at the end is an old way to say: do not wait."""
    try:
        words = shlex.split(command)
    except ValueError:
        return []
    return words[:-1] if words[-1:] == ["&"] else words
