"""Stories with common words, in a list's order, a stretch at a time.

The stories that a list would show next are mostly neighbours in the index too, and whether they have the words is a
matter of a millisecond, in a library of any size. Where they are no neighbours (another order, another condition that
few meet) the index is read once, past all that was not asked about: half the work of gathering all that have the words
(`hits`), which is done for what a stretch leaves.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.models import StoryKey
from tui_news.store.connection import Row, ids_json
from tui_news.store.query import Part
from tui_news.store.views import Plan, talk

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

STRETCHES = (1000, 2000, 4000)  # stories looked at before all that match are gathered
SPARSE = 8  # stories for each that matches: beyond that they are gathered at once
GAP, APART, WIDE = 1000, 12, 8  # docids between neighbours; groups of them; docids read for each story asked about
ONE_BY_ONE = 100  # stories that are asked about each by itself, where they are no neighbours
DOCID = "(SELECT docid FROM ix.doc WHERE story_id = story.id)"


def stretches(
    finder: Finder, base: Plan, words: Part, after: StoryKey | None, back: bool = False, by_talk: bool = False
) -> Generator[Row, None, None]:
    """(sort, id), or (talk, sort, id), of the plan's stories that have the words, in this order. Close it."""
    scattered = False
    for size in STRETCHES[1:2] if "*" in words.fts else STRETCHES:  # any ending: each question costs as much
        sql, args = _ask(base, after, back, by_talk, size)
        rows = finder.all(sql.replace(", id FROM", f", id, {DOCID} FROM", 1), args)
        docids = [row[-1] for row in rows if row[-1] is not None]
        having = _near(finder, words.fts, docids)
        if having is None:
            scattered, having = True, _scattered(finder, words.fts, docids)
        found = [row[:-1] for row in rows if row[-1] in having]
        yield from found
        if len(rows) < size:
            return
        after = StoryKey(rows[-1][-3], rows[-1][-2], talk=rows[-1][0] if by_talk else 0)
        if scattered or len(found) * SPARSE < len(rows):
            break
    part = finder.gathered(words)
    rest = replace(base, scope=(*base.scope, part.sql), args=(*base.args, *part.args))
    yield from finder.each(*_ask(rest, after, back, by_talk))


def sifted(finder: Finder, base: Plan, words: Part) -> list[Row]:
    """(feed, sort, id) of the plan's stories that have the words, in no order."""
    sql, args = base.rows()
    rows = finder.all(sql.replace(", id FROM", f", id, {DOCID} FROM", 1), args)
    having = _scattered(finder, words.fts, [row[-1] for row in rows if row[-1] is not None])
    return [row[:-1] for row in rows if row[-1] in having]


def _ask(
    base: Plan, after: StoryKey | None, back: bool, by_talk: bool, size: int = -1
) -> tuple[str, tuple[object, ...]]:
    if not by_talk:
        return base.keys(after, back, size)
    sql, args = talk(base, after)
    return f"{sql} LIMIT ?", (*args, size)


def _near(finder: Finder, match: str, docids: Sequence[int]) -> set[int] | None:
    """Which of the index's rows match; None where they are too far from one another to be read in a few runs."""
    groups = _groups(sorted(docids))
    read = sum(last - first + 1 for first, last in groups)
    if len(groups) > (1 if "*" in match else APART) or read > WIDE * max(len(docids), GAP):
        return None
    sql = "SELECT rowid FROM ix.words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
    return {row[0] for group in groups for row in finder.all(sql, (match, *group))}


def _scattered(finder: Finder, match: str, docids: Sequence[int]) -> set[int]:
    """The same, wherever they are: all that match are read, and these taken out of them (+: not sought one by one)."""
    place = "rowid" if len(docids) <= ONE_BY_ONE and "*" not in match else "+rowid"
    sql = f"SELECT rowid FROM ix.words WHERE words MATCH ? AND {place} IN (SELECT value FROM json_each(?))"
    return {row[0] for row in finder.all(sql, (match, ids_json(docids)))}


def _groups(docids: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of neighbours."""
    found: list[tuple[int, int]] = []
    for docid in docids:
        if found and docid - found[-1][1] <= GAP:
            found[-1] = found[-1][0], docid
        else:
            found.append((docid, docid))
    return found
