"""Which of the stories that match comes first: by its words (the title's weigh most), then by how new it is.

Beyond FEW hits rank says little and costs much: then the newest compete, and those with the words in their titles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tui_news.models import View
from tui_news.store.connection import Row
from tui_news.store.halves import IS_MUTED, half
from tui_news.store.index_schema import COLUMNS, ORDERS
from tui_news.store.query import Part
from tui_news.store.stretches import stretches
from tui_news.store.views import plan
from tui_news.text.query.nodes import Node, leaves

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

FEW = 2000  # hits that are ranked
WEIGHTS = {"title": 8.0, "author": 4.0, "body": 1.0, "comments": 0.7}
HALF = 45 * 86400  # seconds in which a story's newness halves
NEW = 1.0  # a story of now counts double one of long ago
TITLED, PLAIN = -4.0, -1.0  # stand-ins for bm25 where it is not asked: smaller is better
# bm25 inside, where only the index's columns are known: story has some of the same names.
_RANKED = """SELECT id, sort, score FROM (SELECT story_id, bm25(words, {weights}) AS score FROM ix.words
    JOIN ix.doc ON docid = words.rowid WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?)
    JOIN story ON id = story_id WHERE {where}"""

_LAST = """SELECT id, sort FROM (SELECT story_id FROM ix.words JOIN ix.doc ON docid = words.rowid
    WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?) JOIN story ON id = story_id WHERE {where}"""


def ranked(finder: Finder, node: Node, limit: int) -> list[int]:
    """Ids of stories that match, best first. Without words to rank by: the newest first."""
    asked = any(leaf == IS_MUTED for leaf in leaves(node))
    found: list[Row] = []
    for muted in (False, True) if asked else (False,):
        left = half(node, muted)
        found += _rows(finder, finder.parts(left), limit, muted) if left is not None else []
    return _best(found, finder.now, limit)


def _rows(finder: Finder, parts: tuple[Part, ...], limit: int, muted: bool) -> list[Row]:
    """(story id, sort, score) of what may come first, of the stories that a rule mutes or of the others."""
    newest = partial(_newest, finder, parts, muted)
    words = next((part for part in parts if part.fts), None)
    if words is None:
        return newest(limit)
    shown = Part("(hidden & 3) = 2" if muted else "hidden = 0")
    rest = [shown, *(part for part in parts if part is not words)]
    titled = f"{{title}} : ({words.fts})"
    if "*" in words.fts:
        return _open_ended(finder, words, rest, titled, limit, newest)
    if finder.few(words, FEW):
        return _scored(finder, words.fts, rest)
    if len(rest) == 1:
        return [*_scored(finder, words.fts, rest), *_scored(finder, titled, rest)]
    return [*newest(FEW), *((one, sort, TITLED) for one, sort, _ in _scored(finder, titled, rest))]


def _open_ended(
    finder: Finder, words: Part, rest: list[Part], titled: str, limit: int, newest: Callable[[int], list[Row]]
) -> list[Row]:
    """Words with any ending: those in titles first, whatever the limit; texts are asked for if these do not fill it.

    FTS5 gathers the stories of all such words for each question, of a text's in fifty times as many places.
    """
    where, args = _where(rest)
    last = _LAST.format(where=where)
    heads = [(story_id, sort, TITLED) for story_id, sort in finder.all(last, (titled, FEW, *args))]
    if len(heads) >= limit:
        return heads
    if finder.few(words, FEW):
        # Beyond 0 and above -1: behind any title.
        return heads + [(one, sort, score / (1 - score)) for one, sort, score in _scored(finder, words.fts, rest)]
    if len(rest) > 1:
        return heads + newest(FEW)
    return heads + [(story_id, sort, PLAIN) for story_id, sort in finder.all(last, (words.fts, FEW, *args))]


def _newest(finder: Finder, parts: tuple[Part, ...], muted: bool, limit: int) -> list[Row]:
    """So many that meet the conditions, all with the same score."""
    words = next((part for part in parts if part.fts), None)
    settled = tuple(part for part in parts if part is not words)
    if words is not None and finder.common(words):
        base = plan(View("all"), parts=settled, few=finder.few, half=muted)
        with closing(stretches(finder, base, (words,), None)) as rows:
            return [(story_id, sort, PLAIN) for sort, story_id in islice(rows, limit)]
    found = plan(View("all"), parts=parts, few=finder.few, half=muted).keys(None, limit=limit)
    return [(story_id, sort, PLAIN) for sort, story_id in finder.all(*found)]


def _scored(finder: Finder, match: str, rest: Iterable[Part]) -> list[Row]:
    """(story id, sort, bm25) of what the index matches, the last indexed FEW of it."""
    where, args = _where(rest)
    weights = ", ".join(str(WEIGHTS[column]) for column in _columns(finder))
    return finder.all(_RANKED.format(weights=weights, where=where), (match, FEW, *args))


def _where(rest: Iterable[Part]) -> tuple[str, list[object]]:
    rest = tuple(rest)
    return " AND ".join(part.sql for part in rest), [arg for part in rest for arg in part.args]


def _columns(finder: Finder) -> tuple[str, ...]:
    """The index's columns in the order in which it has them: bm25 takes its weights so."""
    return ORDERS.get(finder.indexed(lambda db: int(db.value("PRAGMA ix.user_version"))), COLUMNS)


def _best(rows: Iterable[Row], now: int, limit: int) -> list[int]:
    """The ids by score and newness; of a story that came twice the better."""
    best: dict[int, tuple[float, int]] = {}
    for story_id, sort, score in rows:
        newness = 0.5 ** (max(0, now - sort) / HALF)
        place = (score * (1 + NEW * newness), -sort)
        best[story_id] = min(place, best.get(story_id, place))
    return sorted(best, key=lambda story_id: (best[story_id], -story_id))[:limit]
