"""Among which stories are all that meet a condition? Known soon where some of it is met by few, whatever else it asks.

`(rare OR tag:few) is:unread` names two small sets: the stories in them are asked about everything, and nothing that
many meet, inside or beside it, is gathered for all stories.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING

from tui_news.store.connection import ids_json
from tui_news.store.query import FEW, Compiler, dear, fts
from tui_news.text.query.nodes import And, Field, Node, Not, Text

if TYPE_CHECKING:
    from tui_news.store.finder import Finder
    from tui_news.store.sets import Sets
    from tui_news.store.world import World


class Bounds:
    """Of the list that is being made."""

    def __init__(self, finder: Finder, world: World, sets: Sets) -> None:
        self._finder, self._world, self._sets = finder, world, sets

    def of(self, node: Node, wanted: bool = True) -> int | None:
        """A set (`store.bits`) that holds every story which meets the condition (wanted: False: which does not); None
        where no small one is known."""
        if isinstance(node, Not):
            return self.of(node.part, not wanted)
        match = fts(node)
        if isinstance(node, Text | Field) or (match is not None and "*" not in match):
            return self._few(node) if wanted else None
        found = [self.of(part, wanted) for part in node.parts]
        known = [one for one in found if one is not None]
        if isinstance(node, And) == wanted:  # all of them hold
            return reduce(and_, known) if known else None
        return reduce(or_, known) if known and len(known) == len(found) else None

    def _few(self, node: Node) -> int | None:
        """All that meet it, if they are few and soon found: not of quotations, which are sought, or of any ending,
        which is merged first."""
        if isinstance(node, Field) and node.name in ("feed", "folder"):
            return self._of_feeds(Compiler(self._world).part(node).feeds or frozenset())
        if isinstance(node, Text) and (node.place == "quote" or node.prefix):
            return None
        if isinstance(node, Field) and not dear(node) and node.name != "speaker":
            return None
        part = Compiler(self._world).part(node)
        return Compiler(self._world, self._sets).bits(node) if self._finder.few(part) else None

    def _of_feeds(self, feeds: Iterable[int]) -> int | None:
        chosen = (ids_json(feeds),)
        sql = "SELECT coalesce(sum(total), 0) FROM tally WHERE feed_id IN (SELECT value FROM json_each(?))"
        if int(self._finder.all(sql, chosen)[0][0]) > FEW:
            return None
        return self._sets.listed("SELECT id FROM story WHERE feed_id IN (SELECT value FROM json_each(?))", chosen)
