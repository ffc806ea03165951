"""Which conditions of a query are dear: gathered for all stories, or asked of those that come first in a list?"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

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
STRETCHES, SHARE = 4, 16  # by which it is guessed how many have a tag; the part of all that they are


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
        most = max(FEW, isqrt(PROBES * int(self._db.value("SELECT coalesce(sum(total), 0) FROM tally"))))
        if part.ids and part.args:
            return self._seem(part) > most
        return not self._finder.few(part, most)

    def _seem(self, part: Part) -> int:
        """About how many stories have one of some tags, by those of some stretches of them all: to count 20,000 takes a
        millisecond."""
        last = int(self._db.value("SELECT coalesce(max(id), 0) FROM story"))
        width = -(-last // (STRETCHES * SHARE))
        sql = f"SELECT count(*) FROM ({part.ids}) WHERE id BETWEEN ? AND ?"
        starts = range(1, last + 1, width * SHARE)
        return SHARE * sum(int(self._db.value(sql, (*part.args, at, at + width - 1))) for at in starts)


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
