"""Which conditions of a query are dear: gathered for all stories, or asked of those that come first in a list?"""

from __future__ import annotations

from collections.abc import Iterator
from math import isqrt
from typing import TYPE_CHECKING

from tui_news.store.connection import Db
from tui_news.store.query import FEW, Compiler, Part, dear, fts
from tui_news.text.query.nodes import Field, Node, Not, Text

if TYPE_CHECKING:
    from tui_news.store.finder import Finder
    from tui_news.store.world import World

# A page is 400 rows; to look one story's tags up costs fifteen times as much as to gather one that has the tag. So for
# n of N stories the first costs 400 * 15 * N / n, the second n.
PROBES = 6000


class Weighing:
    """What can be known beforehand: rows to read for a page are fewer the more stories meet a condition."""

    def __init__(self, finder: Finder, world: World, db: Db) -> None:
        self._finder, self._world, self._db = finder, world, db

    def dear(self, part: Part, near: bool) -> bool:
        """See `Finder.dear`."""
        if part.node is None:
            return False
        if part.fts:
            return self._finder.common(part) and self._finder.among(part) is None
        if part.sql:
            return not self._finder.few(part) and self._many(part)
        if isinstance(part.node, Not) and (match := fts(part.node.part)) and self._finder.lacking(match) is not None:
            return False
        if self._finder.among(part) is not None:
            return False
        return any([self._piece(piece, wanted, near) for piece, wanted in pieces(part.node)])

    def _piece(self, piece: Node, wanted: bool, near: bool) -> bool:
        """Words that are not wanted: if many have them few are left, and all that have them are needed in the end; if
        few have them, these are soon found."""
        words = fts(piece)
        if words is not None:
            return (wanted or (near and "*" not in words)) and self._finder.common(Compiler(self._world).part(piece))
        if isinstance(piece, Field):
            return dear(piece) and self._many(Compiler(self._world).part(piece))
        return True

    def _many(self, part: Part) -> bool:
        total = self._db.value("SELECT coalesce(sum(total), 0) FROM tally")
        return not self._finder.few(part, max(FEW, isqrt(PROBES * int(total))))


def pieces(node: Node, wanted: bool = True) -> Iterator[tuple[Node, bool]]:
    """The parts of a query that are asked each by itself, and whether it wants them: whatever is words only, and
    single fields."""
    if fts(node) is not None or isinstance(node, Text | Field):
        yield node, wanted
    elif isinstance(node, Not):
        yield from pieces(node.part, not wanted)
    else:
        for part in node.parts:
            yield from pieces(part, wanted)
