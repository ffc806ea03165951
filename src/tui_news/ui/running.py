"""Starting other programs: argument lists and never a shell; nothing they print may reach our screen."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
import subprocess
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tui_news.models import TuinewsError
from tui_news.text.sanitize import clean_line
from tui_news.ui.opener import HAND_ON, among

PATIENCE = 60.0  # seconds a command may take with a story
LONGEST_ARGUMENT = 100_000  # bytes; Linux takes 128 KB
_RUNS = re.compile("-[a-z]*[ce]")  # after it these take a program's text
_INTERPRETERS = re.compile(r"(?:ba|da|z|k|fi)?sh|python[\d.]*|perl|ruby|node|php|osascript")


def split(command: str) -> list[str]:
    """A command's words as a person wrote them. Raises TuinewsError."""
    try:
        words = shlex.split(command)
    except ValueError as error:
        raise TuinewsError(f"{command!r} is no command", "a quotation mark is not closed", "close it") from error
    if not words:
        raise TuinewsError("There is no command", "it is empty", "type a program's name and its words")
    return words


def filled(words: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The words, with those that are a {name} and nothing else replaced. The program's own name never is, and no
    value may pass for an option, a file to be read or a command: what begins with "-", "@" or "+" comes after a space,
    and for a program that hands its words to a shell it is quoted. Raises TuinewsError for what a shell would run."""
    again, made = among(words, HAND_ON), [words[0]]
    runs = any(_INTERPRETERS.fullmatch(os.path.basename(word)) for word in words)
    for before, word in pairwise(words):
        name = word[1:-1] if word.startswith("{") and word.endswith("}") else ""
        if name not in values:
            made.append(word)
            continue
        if runs and _RUNS.fullmatch(before):
            raise TuinewsError(f"{shlex.join(words)!r} is not run", f"it would run {word} as a program",
                               f"sh -c 'echo \"$1\"' - {word} hands it over")  # fmt: skip
        value = values[name].replace("\0", "").encode("utf-8", "replace")[:LONGEST_ARGUMENT].decode("utf-8", "ignore")
        value = f" {value}" if value.startswith(("-", "@", "+")) else value
        made.append(shlex.quote(value) if again else value)
    return made


def detach(words: Sequence[str]) -> bool:
    """Start a program that goes on by itself; whether it could be started."""
    quiet = subprocess.DEVNULL
    try:
        subprocess.Popen(words, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
    except (OSError, ValueError):
        return False
    return True


async def feed(words: Sequence[str], text: str, patience: float = PATIENCE) -> str:
    """Run a program with the text on its standard input; "" when it went well, else why not, in a few words."""
    try:
        process = await asyncio.create_subprocess_exec(
            *words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
    except (OSError, ValueError) as error:
        return f"it could not be started ({getattr(error, 'strerror', None) or error})"
    try:
        _, said = await asyncio.wait_for(process.communicate(text.encode("utf-8", "replace")), patience)
    except TimeoutError:
        process.kill()
        return f"it took more than {patience:.0f} seconds and was stopped"
    if process.returncode:
        lines = said.decode("utf-8", "replace").strip().splitlines()
        return clean_line(f"it ended with {process.returncode}" + (f": {lines[-1]}" if lines else ""), 200)
    return ""
