"""Stories with common words, newest or oldest first, a stretch at a time.

The stories that a list would show next are mostly neighbours in the index too, and whether they have the words is a
matter of a millisecond, in a library of any size. Words that are too rare, or stories that are no neighbours, are left
to the set of all that have them (`hits`).
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.models import StoryKey
from tui_news.store.connection import Row
from tui_news.store.query import Part
from tui_news.store.views import Plan

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

STRETCHES = (1000, 2000, 4000)  # stories looked at before all that match are gathered
SPARSE = 8  # stories for each that matches: beyond that they are gathered at once
GAP, APART, WIDE = 1000, 12, 8  # docids between neighbours; groups of them; docids read for each story asked about


def stretches(
    finder: Finder, base: Plan, words: Part, after: StoryKey | None, back: bool
) -> Generator[Row, None, None]:
    """(sort, id) of the plan's stories that have the words, as `Plan.keys` orders them. Close it."""
    for size in STRETCHES[1:2] if "*" in words.fts else STRETCHES:  # any ending: each question costs as much
        sql, args = base.keys(after, back, size)
        docid = "(SELECT docid FROM ix.doc WHERE story_id = story.id)"
        rows = finder.all(sql.replace("SELECT sort, id", f"SELECT sort, id, {docid}", 1), args)
        having = _having(finder, words.fts, [row[2] for row in rows if row[2] is not None])
        if having is None:
            break
        found = [(sort, story_id) for sort, story_id, docid in rows if docid in having]
        yield from found
        if len(rows) < size:
            return
        after = StoryKey(rows[-1][0], rows[-1][1])
        if len(found) * SPARSE < len(rows):
            break
    part = finder.gathered(words)
    rest = replace(base, scope=(*base.scope, part.sql), args=(*base.args, *part.args))
    yield from finder.each(*rest.keys(after, back))


def _having(finder: Finder, match: str, docids: Sequence[int]) -> set[int] | None:
    """Which of the index's rows match; None where it would take too long to say."""
    groups = _groups(sorted(docids))
    read = sum(last - first + 1 for first, last in groups)
    if len(groups) > (1 if "*" in match else APART) or read > WIDE * max(len(docids), GAP):
        return None
    sql = "SELECT rowid FROM ix.words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
    return {row[0] for group in groups for row in finder.all(sql, (match, *group))}


def _groups(docids: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of neighbours."""
    found: list[tuple[int, int]] = []
    for docid in docids:
        if found and docid - found[-1][1] <= GAP:
            found[-1] = found[-1][0], docid
        else:
            found.append((docid, docid))
    return found
