"""Writing to standard output and error: one JSON document or plain lines, and never a control character.

An output that takes nothing (a full disk, one that was closed) is an error in a sentence; an error output that takes
nothing is nobody's to mend. A poor alphabet costs people's lines some letters, and a document none.
"""

from __future__ import annotations

import codecs
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from tui_news.models import TuinewsError
from tui_news.models.late import dataclass
from tui_news.text.sanitize import UNSAFE, clean_line
from tui_news.text.wrap import wrap

#: What our own sentences are written with, where the output's alphabet has it not.
_PLAIN = {
    "·": "-", "–": "-", "—": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "❝": '"', "●": "*", "▎": "|",
}  # fmt: skip


class OutputError(TuinewsError):
    """The output took nothing."""


def say(text: str) -> None:
    """Lines for people. What is stored is clean already; this is the second net."""
    _print(UNSAFE.sub("", text), "tuinews.plain")


def say_xml(text: str) -> None:
    """A document for other programs: every letter arrives, whatever the output's alphabet."""
    _print(UNSAFE.sub("", text), "xmlcharrefreplace")


def say_json_text(text: str) -> None:
    """A line of a JSON document that is made already."""
    _print(UNSAFE.sub("", text), "tuinews.json")


def say_folded(text: str, indent: int) -> None:
    """A line for people; on a terminal folded at words to its width, what follows indented. A pipe gets one line."""
    import shutil

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for number, (start, end) in enumerate(wrap(text, max(width - indent, 20)) if width else [(0, len(text))]):
        say((" " * indent if number else "") + text[start:end])


def complain(sentence: str) -> None:
    mutter(f"tuinews: {clean_line(sentence, 2000)}")


def complain_lines(sentence: str, *lines: str) -> None:
    """A sentence with lines under it, indented: for a caret that points."""
    complain(sentence)
    for line in lines:
        mutter(UNSAFE.sub("", f"  {line}"))


def say_json(value: Any) -> None:
    _print("".join(json_pieces(value)), "tuinews.json")


def finish() -> None:
    """All that was said has gone out. Raises OutputError, BrokenPipeError."""
    try:
        sys.stdout.flush()
    except OSError as error:
        raise _refused(error) from error


def drop(stream: Any) -> None:
    """What is still to be written to it goes nowhere: Python would try once more at the end, in words of its own."""
    try:
        number = os.open(os.devnull, os.O_WRONLY)
        os.dup2(number, stream.fileno())
        os.close(number)
    except (OSError, ValueError):
        pass  # no descriptors left, or no file behind it


def _print(text: str, odd: str) -> None:
    try:
        _write(sys.stdout, text, odd)
    except OSError as error:
        raise _refused(error) from error


def _refused(error: OSError) -> Exception:
    """A pipe whose reader left is no error; it goes on as itself."""
    if isinstance(error, BrokenPipeError):
        return error
    drop(sys.stdout)
    why = (error.strerror or type(error).__name__).lower()
    return OutputError("the output could not be written", why, "check where it goes; the library is safe")


def mutter(text: str) -> None:
    """A line to the error output, if it takes one."""
    try:
        _write(sys.stderr, UNSAFE.sub("", text), "tuinews.plain")
        sys.stderr.flush()
    except (OSError, ValueError):
        drop(sys.stderr)


def _write(stream: Any, text: str, odd: str) -> None:
    """odd: what becomes of letters that the stream's alphabet has not."""
    encoding = stream.encoding or "utf-8"
    if codecs.lookup(encoding).name.startswith("utf-"):
        text = text.encode("utf-8", "replace").decode("utf-8")
    elif odd == "tuinews.plain":
        text = text.encode(encoding, odd).decode(encoding)
    else:
        text = text.encode("ascii", odd).decode("ascii")  # a document says itself what its alphabet is: UTF-8
    stream.write(text + "\n")


def _plain(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    odd = error.object[error.start : error.end]
    return "".join(_PLAIN.get(letter, "?") for letter in odd), error.end


def _escaped(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return json.dumps(error.object[error.start : error.end])[1:-1], error.end


codecs.register_error("tuinews.plain", _plain)
codecs.register_error("tuinews.json", _escaped)


@dataclass(slots=True)
class _Open:
    """A container being written: its closing bracket, what is left of it, what goes before the next item."""

    close: str
    items: Iterator[Any]
    before: str = ""


def json_pieces(value: Any) -> Iterator[str]:
    """JSON text without recursion: a thread may be deeper than the interpreter's stack, where json.dumps gives up."""
    stack: list[_Open] = []
    yield _start(value, stack)
    while stack:
        top = stack[-1]
        try:
            item = next(top.items)
        except StopIteration:
            stack.pop()
            yield top.close
            continue
        yield top.before
        top.before = ","
        if top.close == "}":
            yield _leaf(item[0]) + ":"
            item = item[1]
        yield _start(item, stack)


def _start(value: Any, stack: list[_Open]) -> str:
    if isinstance(value, dict):
        stack.append(_Open("}", iter(value.items())))
        return "{"
    if isinstance(value, list | tuple):
        stack.append(_Open("]", iter(value)))
        return "["
    return _leaf(value)


def _leaf(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if UNSAFE.search(text) else text
