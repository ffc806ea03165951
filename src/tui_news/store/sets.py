"""All stories that meet what cannot be read from a list's index: gathered once for each list. See `store.bits`."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property, reduce
from operator import and_
from typing import TYPE_CHECKING

from tui_news.store.bits import HELD, bits_of, ids_in, mask
from tui_news.store.connection import Db, ids_json
from tui_news.store.query import FEW, Part
from tui_news.store.sieve import Sieve

if TYPE_CHECKING:
    from tui_news.store.finder import Finder


class Sets:
    """What one list asks for. db: the library's."""

    def __init__(self, finder: Finder, db: Db) -> None:
        self._finder, self._db = finder, db
        self._without: dict[str, tuple[int, ...] | None] = {}
        self._known: dict[tuple[str, tuple[object, ...]], int] = {}

    @cached_property
    def everything(self) -> int:
        """Any id that a story has (and others)."""
        last: int = self._db.value("SELECT coalesce(max(id), 0) FROM story")
        return (2 << last) - 1

    def words(self, match: str) -> int:
        """The stories that match; kept for the next list too."""
        held = self._finder.set_of(match)
        if held is not None:
            return held
        without = self.without(match)
        return self._finder.set_of_all(match) if without is None else self.everything & ~bits_of(without)

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
    """The same conditions, those of which all stories are known put together: fewer may meet them all."""
    parts = tuple(parts)
    found = [part for part in parts if part.bits is None]
    known = [part for part in parts if part.bits is not None]
    if len(known) > 1:
        known = [having(reduce(and_, [part.bits or 0 for part in known]), any(part.state for part in known))]
    return (*found, *known)
