"""Which of some rows of the search index match, where they are no neighbours: each sought by itself, or all read.

What a row costs that is sought is tried with a few: 8 µs where the index is in one piece (`store.pieces`), 160 where in
fifty; milliseconds where FTS5 (before SQLite 3.43) reads on until some row matches, far from there, for a word in one
column or two in a row. All rows that have a word are read in 0.06 µs each; four times as long, where words must stand
in a row and their places are looked at.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import re
from collections.abc import Sequence
from time import thread_time
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from tui_news.store.connection import ids_json

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

Way: TypeAlias = Literal["seek", "read", "gather"]
FIRST, SAMPLE = 4, 16  # rows that are sought to see what it costs; and to see how many match
SLOW = 150.0  # µs for one: no more are tried
QUESTION = 40.0  # µs of any question
ROW, PLACES = 0.06, 0.25  # µs for a row that has a word; and for one in which its places are looked at
STORY = 0.15  # µs to gather the story of one that matches
UNSURE = 1.25  # it may take a second reading
STRETCH, PAGE = 900, 400  # rows that are more than some feed's or some hour's; rows that a list wants, mostly
_ONE_WORD = re.compile(r'"[^ "]*"')
_QUOTED = re.compile(r'"([^"]*)"')


def is_word(match: str) -> bool:
    """Whether FTS5 stops at the first row that it meets: a single word, in any column."""
    return bool(_ONE_WORD.fullmatch(match))


def best(match: str, count: int, rows: int, each: float, share: float) -> Way:
    """How to find those that match, of `count` rows of all `rows`: to seek each, to read all that match, or to gather
    these, after which no more need be asked. each: µs that one takes. share: of some of them that matched.

    Where the rows are a list's first stretch as many more will be asked about as a page takes.
    """
    in_a_row = any(" " in words for words in _QUOTED.findall(match))
    share = max(share, 1 / SAMPLE)
    page = count >= STRETCH and count * share < PAGE
    every = rows * (PLACES if in_a_row else ROW) * (share if is_word(match) else 1)
    gather = every + rows * share * STORY
    costs: dict[Way, float] = {
        "seek": (PAGE / share if page else count) * each,
        "read": every * UNSURE + (gather if page else 0),
        "gather": gather,
    }
    return min(costs, key=costs.__getitem__)


class Tried(NamedTuple):
    asked: list[int]
    matched: set[int]
    each: float  # µs of CPU

    @property
    def share(self) -> float:
        return len(self.matched) / max(len(self.asked), 1)


def tried(finder: Finder, match: str, docids: Sequence[int]) -> Tried:
    """Some of them, from everywhere, each sought by itself."""
    some = list(docids[:: max(1, len(docids) // SAMPLE)])[:SAMPLE]
    first = some[:: max(1, len(some) // FIRST)][:FIRST]
    rest = [one for one in some if one not in first]
    found, each = _timed(finder, match, first)
    if each > SLOW or not rest:
        return Tried(first, found, each)
    more, later = _timed(finder, match, rest)
    return Tried(some, found | more, min(each, later))  # the first of all find nothing in memory yet


def _timed(finder: Finder, match: str, docids: Sequence[int]) -> tuple[set[int], float]:
    """(those that match, µs that each took), beyond what the question itself takes."""
    start = thread_time()
    found = sought(finder, match, docids)
    return found, max((thread_time() - start) * 1e6 - QUESTION, 0.0) / max(len(docids), 1)


def sought(finder: Finder, match: str, docids: Sequence[int]) -> set[int]:
    """Those that match, each sought by itself."""
    return _matching(finder, match, docids, "rowid")


def read(finder: Finder, match: str, docids: Sequence[int]) -> set[int]:
    """The same: all that match are read, and these taken out of them."""
    return _matching(finder, match, docids, "+rowid")


def _matching(finder: Finder, match: str, docids: Sequence[int], place: str) -> set[int]:
    sql = f"SELECT rowid FROM ix.words WHERE words MATCH ? AND {place} IN (SELECT value FROM json_each(?))"
    return {row[0] for row in finder.all(sql, (match, ids_json(docids)))}
