"""Writing to standard output and error: one JSON document or plain lines, and never a control character."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from typing import Any

from tui_news.models.late import dataclass
from tui_news.text.sanitize import UNSAFE, clean_line
from tui_news.text.wrap import wrap


def say(text: str) -> None:
    """Lines for people. What is stored is clean already; this is the second net."""
    _write(sys.stdout, UNSAFE.sub("", text))


def say_folded(text: str, indent: int) -> None:
    """A line for people; on a terminal folded at words to its width, what follows indented. A pipe gets one line."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for number, (start, end) in enumerate(wrap(text, max(width - indent, 20)) if width else [(0, len(text))]):
        say((" " * indent if number else "") + text[start:end])


def complain(sentence: str) -> None:
    _write(sys.stderr, f"tuinews: {clean_line(sentence, 2000)}")


def complain_lines(sentence: str, *lines: str) -> None:
    """A sentence with lines under it, indented: for a caret that points."""
    complain(sentence)
    for line in lines:
        _write(sys.stderr, UNSAFE.sub("", f"  {line}"))


def _write(stream: Any, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding, "replace") + "\n")


def say_json(value: Any) -> None:
    _write(sys.stdout, "".join(json_pieces(value)))


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
