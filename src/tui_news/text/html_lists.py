"""The marks of list items: what `start`, `value`, `type` and `reversed` make of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from tui_news.models import Block

_NUMBER = re.compile(r"\s*([+-]?[0-9]{1,6})\s*", re.ASCII).fullmatch
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


class List:
    """A list that is open, nested `level` deep; its first block will be number `first` of the blocks."""

    __slots__ = ("_backwards", "_first", "_level", "_next", "_ordered", "_step", "_style")

    def __init__(self, ordered: bool, attributes: Mapping[str, str], first: int, level: int) -> None:
        start = whole_number(attributes.get("start", ""))
        self._ordered, self._first, self._level = ordered, first, level
        self._step = -1 if "reversed" in attributes and start is not None else 1
        self._backwards = "reversed" in attributes and start is None  # its numbers are known when it ends
        self._next = 1 if start is None else start
        self._style = attributes.get("type", "1")

    def mark(self, value: str) -> str:
        """The next item's mark; `value` is the item's own number, if it has one."""
        if not self._ordered:
            return "•"
        own = whole_number(value) if value else None
        number = self._next if own is None else own
        self._next = number + self._step
        return item_marker(number, self._style)

    def finish(self, out: list[Block]) -> None:
        """Number a reversed list without a start, whose items are the last of `out`."""
        if not self._backwards:
            return
        mine = [i for i in range(self._first, len(out)) if out[i].marker and out[i].level == self._level]
        for number, i in enumerate(reversed(mine), start=1):
            out[i] = replace(out[i], marker=item_marker(number, self._style))


def whole_number(text: str) -> int | None:
    """A number of at most six digits, else None."""
    m = _NUMBER(text)
    return int(m[1]) if m else None


def item_marker(number: int, style: str) -> str:
    """A numbered item's mark: `1.`, or by the list's type `a.` `A.` `i.` `I.`."""
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1) + "."
    if style in ("i", "I") and 1 <= number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return (roman if style == "i" else roman.upper()) + "."
    return f"{number}."
