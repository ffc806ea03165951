"""A mixed condition as one question: what a list's index tells of a story says in which set it must be.

`(is:read common) OR (tag:big -newer:2d)` asked part by part is a look into two sets, of every story that is
passed; told apart by the plain parts it is one look. And what no case holds is met by nobody, whatever else is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeAlias

from tui_news.models.late import dataclass
from tui_news.store.bits import HELD, mask

Sql = tuple[str, tuple[object, ...]]
MOST = 16  # masks of one question: a sixth of a millisecond each; beyond that its parts are asked by themselves


class Fork(NamedTuple):
    """Which of two cases a story is in, by a plain condition: the number of it."""

    atom: int
    yes: Case
    no: Case


Case: TypeAlias = "int | Fork"  # a set of stories (`store.bits`), or what to ask first


def merged(one: Case, other: Case, how: Callable[[int, int], int]) -> Case:
    """Both, put together case by case. The atoms come in their order in each."""
    if isinstance(one, int) and isinstance(other, int):
        return how(one, other)
    atom = min(case.atom for case in (one, other) if isinstance(case, Fork))
    yes, no = (merged(_side(one, atom, way), _side(other, atom, way), how) for way in (True, False))
    return yes if yes == no else Fork(atom, yes, no)


def _side(case: Case, atom: int, way: bool) -> Case:
    if isinstance(case, int) or case.atom != atom:
        return case
    return case.yes if way else case.no


def ends(case: Case) -> Iterator[int]:
    """The sets of all cases."""
    if isinstance(case, int):
        yield case
    else:
        yield from ends(case.yes)
        yield from ends(case.no)


@dataclass(frozen=True, slots=True)
class Cases:
    """case: over `atoms`, the plain conditions. everything: the set of all ids."""

    case: Case
    atoms: tuple[Sql, ...]
    everything: int

    @property
    def upper(self) -> int:
        """A set that holds every story which meets the condition."""
        found = 0
        for held in ends(self.case):
            found |= held
        return found

    @property
    def short(self) -> bool:
        return len(set(ends(self.case)) - {0, self.everything}) <= MOST

    def within(self, bits: int) -> Cases:
        """The same, and in this set."""
        return Cases(merged(self.case, bits & self.everything, int.__and__), self.atoms, self.everything)

    def also(self, other: Cases) -> Cases:
        """Both conditions."""
        atoms = tuple(dict.fromkeys((*self.atoms, *other.atoms)))
        held = other._renumbered(atoms)
        return Cases(merged(self.case, held, int.__and__), atoms, self.everything)

    def _renumbered(self, atoms: tuple[Sql, ...]) -> Case:
        def again(case: Case) -> Case:
            if isinstance(case, int):
                return case
            # Their order may be another there: put together anew.
            asked = Fork(atoms.index(self.atoms[case.atom]), self.everything, 0)
            against = merged(asked, self.everything, int.__xor__)
            yes = merged(asked, again(case.yes), int.__and__)
            return merged(yes, merged(against, again(case.no), int.__and__), int.__or__)

        return again(self.case)

    def sql(self) -> Sql:
        """The condition, never NULL."""
        masks: dict[int, bytes] = {}
        args: list[object] = []

        def told(case: Case) -> str:
            if isinstance(case, Fork):
                sql, some = self.atoms[case.atom]
                args.extend(some)
                return f"CASE WHEN {sql} THEN {told(case.yes)} ELSE {told(case.no)} END"
            if case in (0, self.everything):
                return "1" if case else "0"
            args.append(masks.setdefault(case, mask(case)))
            return HELD

        return told(self.case), tuple(args)


def all_of(cases: Iterable[Cases]) -> Cases:
    """All conditions; one at least."""
    first, *rest = cases
    for one in rest:
        first = first.also(one)
    return first
