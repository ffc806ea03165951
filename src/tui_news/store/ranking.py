"""Which of the stories that match comes first: by its words (the title's weigh most), then by how new it is.

Beyond FEW hits rank says little and costs much: then the newest compete, and those with the words in their titles.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING

from tui_news.models import View
from tui_news.store.connection import Row
from tui_news.store.index_schema import COLUMNS, ORDERS
from tui_news.store.query import MUTED, Part
from tui_news.store.stretches import stretches
from tui_news.store.views import plan
from tui_news.text.query.nodes import Node

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
    parts = finder.parts(node)
    words = next((part for part in parts if part.fts), None)
    if words is None:
        return [row[1] for row in _newest(finder, parts, limit)]
    rest = [part for part in parts if part is not words]
    titled = f"{{title}} : ({words.fts})"
    if "*" in words.fts:
        rows = _open_ended(finder, parts, words, titled, limit)
    elif finder.few(words, FEW):
        rows = _scored(finder, words.fts, rest)
    elif not rest:
        rows = [*_scored(finder, words.fts, ()), *_scored(finder, titled, ())]
    else:
        rows = [(story_id, sort, PLAIN) for sort, story_id in _newest(finder, parts, FEW)]
        rows += [(story_id, sort, TITLED) for story_id, sort, _ in _scored(finder, titled, rest)]
    return _best(rows, finder.now, limit)


def _open_ended(finder: Finder, parts: tuple[Part, ...], words: Part, titled: str, limit: int) -> list[Row]:
    """Words with any ending: those in titles first, whatever the limit; texts are asked for if these do not fill it.

    FTS5 gathers the stories of all such words for each question, of a text's in fifty times as many places.
    """
    rest = [part for part in parts if part is not words]
    where, args = _where(rest)
    last = _LAST.format(where=where)
    heads = [(story_id, sort, TITLED) for story_id, sort in finder.all(last, (titled, FEW, *args))]
    if len(heads) >= limit:
        return heads
    if finder.few(words, FEW):
        # Beyond 0 and above -1: behind any title.
        return heads + [(one, sort, score / (1 - score)) for one, sort, score in _scored(finder, words.fts, rest)]
    if rest:
        return heads + [(story_id, sort, PLAIN) for sort, story_id in _newest(finder, parts, FEW)]
    return heads + [(story_id, sort, PLAIN) for story_id, sort in finder.all(last, (words.fts, FEW))]


def _newest(finder: Finder, parts: tuple[Part, ...], limit: int) -> list[Row]:
    """(sort, id) of so many that meet the conditions."""
    words = next((part for part in parts if part.fts), None)
    settled = tuple(part for part in parts if part is not words)
    if words is not None and finder.common(words):
        base = plan(View("all"), parts=settled, few=finder.few)
        if base.index:
            with closing(stretches(finder, base, words, None, False)) as rows:
                return list(islice(rows, limit))
    return finder.all(*plan(View("all"), parts=parts, few=finder.few).keys(None, limit=limit))


def _scored(finder: Finder, match: str, rest: Iterable[Part]) -> list[Row]:
    """(story id, sort, bm25) of what the index matches, the last indexed FEW of it."""
    where, args = _where(rest)
    weights = ", ".join(str(WEIGHTS[column]) for column in _columns(finder))
    return finder.all(_RANKED.format(weights=weights, where=where), (match, FEW, *args))


def _where(rest: Iterable[Part]) -> tuple[str, list[object]]:
    rest = tuple(rest)
    shown = "(hidden & 1) = 0" if any(MUTED in part.sql for part in rest) else "hidden = 0"
    return " AND ".join([shown, *(part.sql for part in rest)]), [arg for part in rest for arg in part.args]


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
