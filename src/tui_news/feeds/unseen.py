"""Which items of a document the last visit did not have: only those need to be parsed. Pure.

A document is cut only where that is certain: its items one after the other, each closed by itself, nothing between
them. What was cut is then read by `quick` alone, which leaves whatever is unusual to the judge: the whole document.
Of an item that the last visit had, it is known that it is closed by itself; of others `Cut.certain` must be asked.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tui_news.feeds.repair import root_of

VERSION = b"\x01"
MOST = 1000  # items remembered; a feed with more is read as a whole
_KEY, _MARK = 16, 8  # bytes
_ITEMS = {
    name: (re.compile(rf"<{item}[\s>]"), re.compile(rf"</{item}(?:>()\s*(?=(<{item}[\s>])?))?"), f"</{item}")
    for name, item in (("rss", "item"), ("feed", "entry"))
}
_OPENS = re.compile("<[!?]")
_CLOSERS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
# Dates of the feed itself, which many programs write anew with every answer: no story is made from them.
_CHURN = re.compile(r"<(lastBuildDate|pubDate|updated|modified|dc:date|atom:updated)>[^<>]{0,80}</\1>")


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in pieces. around: all that is no item, without the churn of its dates. tidy: whatever looks
    like the end of an item, from the first one on, is the end of one of these."""

    head: str
    items: tuple[str, ...]
    tail: str
    around: str
    tidy: bool

    def only(self, places: Iterable[int]) -> str:
        """The document with none but these items."""
        return "".join([self.head, *(self.items[at] for at in places), self.tail])

    def certain(self, places: Iterable[int]) -> bool:
        """Whether each of these items is closed by itself: no comment and no CDATA section of it was cut in two."""
        return all(_closes(self.items[at]) for at in places)


def cut(text: str) -> Cut | None:
    """The document cut at its items; None where there is any doubt but of what `Cut.certain` tells."""
    kind = _ITEMS.get(root_of(text))
    first = kind[0].search(text) if kind else None
    if kind is None or first is None:
        return None
    opened, closed, closing = kind
    at, items, others, more = first.start(), list[str](), False, True
    while more:
        end = closed.search(text, at)
        while end and end[1] is None:  # "</items>": another element
            end, others = closed.search(text, end.end()), True
        if end is None or len(items) == MOST:
            return None
        items.append(text[at : end.start(1)])
        at, more = end.end(), end[2] is not None
    head, tail = text[: first.start()], text[at:]
    before, after = outside(head), outside(tail)
    if before is None or after is None or opened.search(tail):
        return None
    tidy = not others and closing not in tail
    return Cut(head, tuple(items), tail, f"{_calm(before)}\n{_calm(after)}", tidy)


def _closes(item: str) -> bool:
    """Whether `outside` could part the item. Nearly always it has CDATA alone, which is stepped over."""
    at = 0
    while (start := item.find("<![CDATA[", at)) >= 0:
        if item.find("<!", at, start) >= 0 or item.find("<?", at, start) >= 0:
            return outside(item) is not None
        at = item.find("]]>", start) + 3
        if at < 3:
            return False
    return (item.find("<!", at) < 0 and item.find("<?", at) < 0) or outside(item) is not None


def outside(piece: str) -> list[tuple[str, bool]] | None:
    """The piece parted into what is markup or text (True) and what is a comment, a CDATA section or an instruction;
    None where one of those is not closed in it, or something else begins with "<!"."""
    found, at = list[tuple[str, bool]](), 0
    while opening := _OPENS.search(piece, at):
        start = opening.start()
        for begun, closing in _CLOSERS:
            if piece.startswith(begun, start):
                end = piece.find(closing, start + len(begun))
                break
        else:
            return None
        if end < 0:
            return None
        end += len(closing)
        found += [(piece[at:start], True), (piece[start:end], False)]
        at = end
    found.append((piece[at:], True))
    return found


def _calm(pieces: list[tuple[str, bool]]) -> str:
    return "".join(_CHURN.sub("", piece) if plain else piece for piece, plain in pieces)


class Marks:
    """What is remembered of a visit: around its items, and of each item a mark of its text and one of its story."""

    def __init__(self, made: Cut, context: object) -> None:
        """context: whatever else a story is made from."""
        told = f"{context!r}\n{made.around}".encode("utf-8", "surrogatepass")
        self.key = hashlib.sha256(told).digest()[:_KEY]
        self._begun = hashlib.sha256(self.key)  # see `fingerprint` why this one
        self._items = made.items

    @cached_property
    def texts(self) -> list[bytes]:
        """Of each item, in order."""
        return [self._mark(item) for item in self._items]

    def _mark(self, item: str) -> bytes:
        made = self._begun.copy()
        made.update(item.encode("utf-8", "surrogatepass"))
        return made.digest()[:_MARK]

    def held(self, packed: bytes) -> dict[bytes, bytes]:
        """Of the marks kept from the last visit, those that count now: an item's mark and its story's."""
        start = len(VERSION) + _KEY
        if packed[:start] != VERSION + self.key:
            return {}
        step = 2 * _MARK
        return {packed[at : at + _MARK]: packed[at + _MARK : at + step] for at in range(start, len(packed), step)}

    def packed(self, stories: Iterable[bytes]) -> bytes:
        """The marks for the next visit. stories: of each item, in order."""
        pairs = (text + story for text, story in zip(self.texts, stories, strict=True))
        return VERSION + self.key + b"".join(pairs)
