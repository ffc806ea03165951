"""Which items of a document the last visit did not have: only those need to be parsed. Pure.

A document is cut only where that is certain: its items one after the other, each closed by itself, nothing between
them. What was cut is then read by `quick` alone, which leaves whatever is unusual to the judge: the whole document.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tui_news.feeds.repair import root_of

VERSION = b"\x01"
MOST = 1000  # items remembered; a feed with more is read as a whole
_KEY, _MARK = 16, 8  # bytes
_ITEMS = {name: (re.compile(rf"<{item}[\s>]"), f"</{item}>") for name, item in (("rss", "item"), ("feed", "entry"))}
_OPENS = re.compile("<[!?]")
_CLOSERS = (("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"))
_SPACE = re.compile(r"\s*")
# Dates of the feed itself, which many programs write anew with every answer: no story is made from them.
_CHURN = re.compile(r"<(lastBuildDate|pubDate|updated|modified|dc:date|atom:updated)>[^<>]{0,80}</\1>")


@dataclass(frozen=True, slots=True)
class Cut:
    """A document in pieces. around: all that is no item, without the churn of its dates."""

    head: str
    items: tuple[str, ...]
    tail: str
    around: str

    def only(self, places: Iterable[int]) -> str:
        """The document with none but these items."""
        return "".join([self.head, *(self.items[at] for at in places), self.tail])


def cut(text: str) -> Cut | None:
    """The document cut at its items; None where there is any doubt."""
    kind = _ITEMS.get(root_of(text))
    if kind is None:
        return None
    opened, closed = kind
    first = opened.search(text)
    if first is None:
        return None
    at, items = first.start(), list[str]()
    while opened.match(text, at):
        end = text.find(closed, at) + len(closed)
        if end < len(closed) or len(items) == MOST:
            return None
        item = text[at:end]
        if not _closes(item):
            return None
        items.append(item)
        at = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    head, tail = text[: first.start()], text[at:]
    before, after = outside(head), outside(tail)
    if before is None or after is None or opened.search(tail):
        return None
    return Cut(head, tuple(items), tail, f"{_calm(before)}\n{_calm(after)}")


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
        self.texts = [self._mark(item) for item in made.items]

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
