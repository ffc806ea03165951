"""Stories that meet what is dear to ask of all of them, in a list's order, a stretch at a time.

The stories that a list would show next are asked about first (`sieve`): a matter of some milliseconds, in a library of
any size, if enough of them are meant. If not, all that meet the conditions are gathered, for what a stretch leaves.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.models import StoryKey
from tui_news.store.connection import Row
from tui_news.store.orders import NARROW, PAGE
from tui_news.store.query import Part
from tui_news.store.sets import having, joined
from tui_news.store.settled import decided
from tui_news.store.sieve import Sieve, hopeful
from tui_news.store.views import Plan, talk

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

PILOT = 250  # stories looked at first, which say how many more a page takes
STRETCHES = (500, 4000)  # so many more at least, and at most
MOST = 7000  # in all, before all that match are gathered
MERGED = 2000  # the same where words with any ending are merged for each question: one only
SCATTERED = 1500  # the same, where they are no neighbours in the index
SPARSE, UNSURE = 8, 10  # stories for each that matches: beyond that they are gathered at once; of the first ones
PIECES = 4  # of the index, up to which a story is sought in it in 20 µs


def stretches(
    finder: Finder, base: Plan, dear: Sequence[Part], after: StoryKey | None, back: bool = False, by_talk: bool = False
) -> Generator[Row, None, None]:
    """(sort, id), or (talk, sort, id), of the plan's stories that meet what is dear, in this order. Close it."""
    sieve, narrow = Sieve(finder, dear), base.index in NARROW
    apart = bool(sieve.words) and by_talk and not _cheap(finder, sieve)
    once = apart or (bool(sieve.words) and sieve.merged and not narrow)
    size, seen, found = _first(sieve, apart, narrow), 0, 0
    if once and not apart and _hopeless(finder, sieve, _ask(base, after, back, by_talk, PILOT)):
        size = 0
    while size:
        sql, args = _ask(base, after, back, by_talk, size)
        rows = sieve.numbered(sql, args)
        if size == PILOT < MERGED and sieve.merges([row[-1] for row in rows]):
            size = MERGED
            continue
        held = sieve.held({row[-2]: row[-1] for row in rows})
        yield from (row[:-1] for row in rows if row[-2] in held)
        if len(rows) < size:
            return
        after = StoryKey(rows[-1][-3], rows[-1][-2], talk=rows[-1][0] if by_talk else 0)
        seen, found = seen + len(rows), found + len(held)
        size = 0 if once or sieve.scattered else _next(seen, found, narrow)
    yield from _rest(finder, base, sorted(dear, key=_worth), after, back, by_talk)


def _rest(
    finder: Finder, base: Plan, dear: Sequence[Part], after: StoryKey | None, back: bool, by_talk: bool
) -> Generator[Row, None, None]:
    """What a stretch left. If one of the conditions leaves a few stories only, the others are asked of those."""
    found: tuple[Part, ...] = (having(base.bits),) if base.bits is not None else ()
    for number, part in enumerate(dear, 1):
        found = joined((*found, finder.gathered(part)))
        few = any(map(finder.few, found))
        if number == len(dear) or few:
            sql, args = tuple(part.sql for part in found), [arg for part in found for arg in part.args]
            index = "" if few else base.index
            base = replace(base, index=index, scope=(*base.scope, *sql), args=(*base.args, *args), bits=found[-1].bits)
        if few and dear[number:]:
            yield from stretches(finder, base, dear[number:], after, back, by_talk)
            return
    yield from finder.rows(*_ask(base, after, back, by_talk))


def _cheap(finder: Finder, sieve: Sieve) -> bool:
    """Whether stories that are no neighbours are soon sought each by itself."""
    return bool(sieve.words) and "*" not in sieve.words and finder.pieces() <= PIECES


def _worth(part: Part) -> bool:
    """What is gathered last: words, of which most are written into a set that others may make needless."""
    return bool(part.fts)


def _hopeless(finder: Finder, sieve: Sieve, asked: tuple[str, tuple[object, ...]]) -> bool:
    """Whether so few of the first stories meet what is no words that these need not be asked about words, which takes
    the same time for few as for many."""
    hope = decided(hopeful(sieve.node), lambda leaf: None)
    if isinstance(hope, bool):
        return not hope
    tried = Sieve(finder, (Part("", node=hope),))
    rows = tried.numbered(*asked)
    return len(rows) == PILOT and len(tried.held(dict.fromkeys(row[-2] for row in rows))) * UNSURE < PILOT


def _first(sieve: Sieve, apart: bool, narrow: bool) -> int:
    """How many stories to look at first: as many as will do where each question reads all that match, or sorts the
    stories."""
    if apart:
        return SCATTERED
    return MERGED if narrow or sieve.merged else PILOT


def _next(seen: int, found: int, narrow: bool) -> int:
    """How many more, a fourth above what the page seems to want; 0 where gathering costs less."""
    if seen >= MOST or (found * (SPARSE if seen > PILOT else UNSURE) < seen and not narrow):
        return 0
    least, most = STRETCHES
    if narrow or found >= PAGE:
        return most
    return min(most, max(least, (PAGE - found) * seen * 5 // (found * 4)))


def sifted(finder: Finder, base: Plan, dear: Sequence[Part]) -> list[Row]:
    """(feed, sort, id) of the plan's stories that meet what is dear, in no order."""
    sieve = Sieve(finder, dear)
    rows = sieve.numbered(*base.rows())
    held = sieve.held({row[-2]: row[-1] for row in rows})
    return [row[:-1] for row in rows if row[-2] in held]


def _ask(
    base: Plan, after: StoryKey | None, back: bool, by_talk: bool, size: int = -1
) -> tuple[str, tuple[object, ...]]:
    if not by_talk:
        return base.keys(after, back, size)
    sql, args = talk(base, after, back=back)
    return f"{sql} LIMIT ?", (*args, size)
