"""All stories that meet what cannot be read from a list's index: gathered once for each list. See `store.bits`."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING

from tui_news.store.bits import HELD, bits_of, ids_in, mask
from tui_news.store.cases import all_of
from tui_news.store.connection import Db, ids_json
from tui_news.store.query import FEW, Part
from tui_news.store.sieve import Sieve

if TYPE_CHECKING:
    from tui_news.store.finder import Finder


HALF = 2  # of so many stories one


class Sets:
    """What one list asks for. db: the library's."""

    def __init__(self, finder: Finder, db: Db) -> None:
        self._finder, self._db = finder, db
        self._without: dict[str, tuple[int, ...] | None] = {}
        self._known: dict[tuple[str, tuple[object, ...]], int] = {}
        self.counted: dict[tuple[object, ...], int] = {}  # by `Finder.few`
        self.made: dict[Part, Part] = {}  # conditions and what was gathered for them

    @cached_property
    def everything(self) -> int:
        """Any id that a story has (and others)."""
        last: int = self._db.value("SELECT coalesce(max(id), 0) FROM story")
        return (2 << last) - 1

    @cached_property
    def times(self) -> tuple[int, int]:
        """The first and the last moment of any story, shown or hidden."""
        ends = [
            f"(SELECT {end}(sort) FROM story INDEXED BY {index} WHERE {where})"
            for index, where in (("story_all", "hidden = 0"), ("story_hidden", "hidden <> 0"))
            for end in ("min", "max")
        ]
        found = [one for one in self._db.all(f"SELECT {', '.join(ends)}", ())[0] if one is not None]
        return min(found, default=0), max(found, default=0)

    def words(self, match: str) -> int:
        """The stories that match; kept for the next list too."""
        held = self._finder.set_of(match)
        if held is not None:
            return held
        without = self.without(match)
        return self._finder.set_of_all(match) if without is None else self.everything & ~bits_of(without)

    def knows(self, match: str) -> bool:
        """Whether the stories that match were gathered already."""
        return self._finder.set_of(match) is not None

    def without(self, match: str) -> tuple[int, ...] | None:
        """The stories that do not match, if they are very few."""
        if match not in self._without:
            self._without[match] = self._finder.lacking(match)
        return self._without[match]

    def listed(self, sql: str, args: tuple[object, ...]) -> int:
        """The stories whose ids the statement gives."""
        if (sql, args) not in self._known:
            found = self._db.all(f"SELECT json_group_array(id) FROM ({sql})", args)
            self._known[sql, args] = bits_of(json.loads(found[0][0]))
        return self._known[sql, args]

    @cached_property
    def _totals(self) -> dict[int, int]:
        return dict(self._db.all("SELECT feed_id, total FROM tally"))

    def total(self, feeds: frozenset[int]) -> int:
        """How many stories these feeds have."""
        return sum(self._totals.get(feed, 0) for feed in feeds)


def having(bits: int, state: bool = False) -> Part:
    """The condition of being in a set."""
    if bits.bit_count() > FEW:
        return Part(HELD, (mask(bits),), bits=bits, state=state)
    few = "SELECT min(json_array_length(?), ?)"
    sql = "id IN (SELECT value FROM json_each(?))"
    return Part(sql, (ids_json(ids_in(bits)),), few=few, bits=bits, state=state)


def together(finder: Finder, parts: Iterable[Part]) -> tuple[Part, ...]:
    """See `Finder.all_gathered`."""
    parts = tuple(parts)
    costly = [part for part in parts if finder.costly(part)]
    found = joined(finder.gathered(part) for part in parts if part not in costly)
    for part in sorted(costly, key=lambda part: bool(part.fts)):
        left = next((one.bits for one in found if one.bits is not None and one.bits.bit_count() <= FEW), None)
        made = finder.gathered(part) if left is None else having(asked(finder, part, left), part.state)
        found = joined((*found, made))
    return found


def asked(finder: Finder, part: Part, left: int) -> int:
    """Those of a few stories that meet the condition."""
    sql = "SELECT value, (SELECT docid FROM ix.doc WHERE story_id = value) FROM json_each(?)"
    docids: dict[int, int | None] = dict(finder.all(sql, (ids_json(ids_in(left)),))) if left else {}
    return bits_of(Sieve(finder, (part,)).held(docids))


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The same conditions, those of which all stories are known put together: fewer may meet them all. So are those
    that are told apart by cases, each of what the others leave."""
    parts = tuple(parts)
    found = [part for part in parts if part.bits is None and part.cases is None]
    known = [part for part in parts if part.bits is not None]
    if len(known) > 1:
        known = [having(reduce(and_, [part.bits or 0 for part in known]), any(part.state for part in known))]
    told = [part for part in parts if part.cases is not None]
    return (*found, *(_told(told, known) if told else known))


def _told(told: list[Part], known: list[Part]) -> list[Part]:
    """Cases and a set, in one question of each story; or the few stories that can be meant, to begin with those."""
    made = all_of([part.cases for part in told if part.cases is not None])
    made = made.within(known[0].bits or 0) if known else made
    state = any(part.state for part in (*told, *known))
    upper = made.upper
    if isinstance(made.case, int):
        return [having(made.case, state)]
    if not made.short:
        return [*told, *known]
    sql, args = made.sql()
    one = Part(sql, args, state=state, cases=made)
    # The set of all that may be meant, first: what is not in it is asked nothing else.
    sparse = upper.bit_count() <= max(FEW, made.everything.bit_count() // HALF)
    return [having(upper), one] if sparse else [one]
