"""Conditions in which what is plain and what is dear stand together, made into cases (`store.cases`)."""

from __future__ import annotations

from tui_news.store.cases import Case, Cases, Fork, Sql, merged
from tui_news.store.connection import ids_json
from tui_news.store.query import Compiler, Part, dear
from tui_news.text.query.nodes import And, Field, Node, Not, Or, Text, leaves

ATOMS = 6  # plain conditions that are told apart; with more, the parts are asked by themselves
SOON = 10_000  # stories of a feed or folder, whose ids are read in less time than a walk takes to ask for them


def mixed(compiler: Compiler, node: Node, state: bool) -> Part | None:
    """The condition as one question; None where it has too many cases."""
    made = _Mixing(compiler).of(node)
    if made is None or not made.short:
        return None
    if isinstance(made.case, int):
        return _set(made.case, state)
    sql, args = made.sql()
    return Part(sql, args, state=state, cases=made)


def _set(bits: int, state: bool) -> Part:
    from tui_news.store.sets import having

    return having(bits, state)


class _Mixing:
    def __init__(self, compiler: Compiler) -> None:
        assert compiler.sets is not None
        self._compiler, self._sets = compiler, compiler.sets
        self._atoms: dict[Sql, int] = {}

    def of(self, node: Node) -> Cases | None:
        plain = {leaf for leaf in leaves(node) if not self._compiler.gathers(leaf) and self._fed(leaf) is None}
        if len(plain) > ATOMS:
            return None
        return Cases(self._case(node), tuple(self._atoms), self._everything)

    @property
    def _everything(self) -> int:
        return self._sets.everything

    def _case(self, node: Node) -> Case:
        if self._compiler.gathers(node):
            return self._compiler.bits(node) & self._everything
        if isinstance(node, Not):
            return merged(self._case(node.part), self._everything, int.__xor__)
        if isinstance(node, And | Or):
            return self._together(node)
        return self._leaf(node)

    def _together(self, node: And | Or) -> Case:
        """The plain parts first, those with words last: what is settled by then needs no more."""
        wants = isinstance(node, And)
        found: Case = self._everything if wants else 0
        how = int.__and__ if wants else int.__or__
        known = tuple(filter(self._compiler.gathers, node.parts))
        one = (type(node)(known),) if len(known) > 1 else known
        rest = [part for part in node.parts if part not in known]
        for part in sorted((*rest, *one), key=_price):
            if found == (0 if wants else self._everything):
                break
            found = merged(found, self._case(part), how)
        return found

    def _leaf(self, node: Text | Field) -> Case:
        assert isinstance(node, Field)
        feeds = self._fed(node)
        if feeds is not None:
            return self._sets.listed(
                "SELECT id FROM story WHERE feed_id IN (SELECT value FROM json_each(?))", (ids_json(sorted(feeds)),)
            )
        part = self._compiler.part(node)
        if part.bits is not None:
            return part.bits & self._everything
        return Fork(self._atoms.setdefault((part.sql, part.args), len(self._atoms)), self._everything, 0)

    def _fed(self, leaf: Text | Field) -> frozenset[int] | None:
        """The feeds it means, if they have few stories."""
        if not isinstance(leaf, Field) or leaf.name not in ("feed", "folder"):
            return None
        feeds = self._compiler.part(leaf).feeds or frozenset()
        return feeds if self._sets.total(feeds) <= SOON else None


def _price(node: Node) -> int:
    some = list(leaves(node))
    return 2 if any(isinstance(leaf, Text) for leaf in some) else 1 if any(map(dear, some)) else 0
