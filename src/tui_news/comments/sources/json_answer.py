"""JSON of an answer. A reply is an object in an object, and so on: what the standard reader gives up on is legal."""

from __future__ import annotations

import json
from json.decoder import scanstring  # type: ignore[attr-defined]

from tui_news.comments.sources.contract import not_this
from tui_news.models import ThreadError
from tui_news.text.lazy import lazily

JSON = "application/json"
DEEPEST = 50_000  # lists and objects in one another; a comment takes two
_TOKEN = lazily(r"[ \t\r\n]*(?:([{}\[\],:])|(\")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None}


def load(body: bytes) -> object:
    """JSON of an answer. Raises ThreadError "notthis" for anything else, "broken" when it nests too deep to read."""
    try:
        return read(body.decode("utf-8", "replace").lstrip("\ufeff"))
    except RecursionError:
        raise ThreadError("broken", "The comments could not be read", "they nest too deep") from None
    except ValueError:
        raise not_this("the site", "it sent something else than JSON") from None


def read(text: str) -> object:
    """JSON however deep, up to `DEEPEST`. Raises ValueError, RecursionError."""
    try:
        return json.loads(text, strict=False)
    except RecursionError:
        return _read_deep(text)


def _read_deep(text: str) -> object:
    """By a stack of our own. Where commas stand is not looked at: the quick reader does, for all but the deepest."""
    top: list[object] = []
    stack: list[tuple[list[object] | dict[str, object], list[str]]] = [(top, [])]
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        mark, quote, number, word = found.groups()
        if mark in ("]", "}"):
            container, names = stack.pop()
            if isinstance(container, dict) != (mark == "}") or names or not stack:
                raise ValueError("closed what was not open")
        elif mark in ("[", "{"):
            inner: list[object] | dict[str, object] = {} if mark == "{" else []
            _put(stack[-1], inner)
            stack.append((inner, []))
        elif quote:
            value, at = scanstring(text, at, False)
            _put(stack[-1], value, name=True)
        elif number or word:
            _put(stack[-1], _WORDS[word] if word else float(number) if set(number) & set(".eE") else int(number))
        if len(stack) > DEEPEST:
            raise RecursionError
    if len(stack) > 1 or len(top) != 1 or text[at:].strip():
        raise ValueError("not all of it is JSON")
    return top[0]


def _put(place: tuple[list[object] | dict[str, object], list[str]], value: object, name: bool = False) -> None:
    """Adds a value where it stands. name: a string may be the name of an object's next one."""
    container, names = place
    if isinstance(container, list):
        container.append(value)
    elif names:
        container[names.pop()] = value
    elif name and isinstance(value, str):
        names.append(value)
    else:
        raise ValueError("a value without a name")
