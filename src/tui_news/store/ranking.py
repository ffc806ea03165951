"""Which of the stories that match comes first: by its words (the title's weigh most), then by how new it is.

Beyond FEW hits rank says little and costs much: then the newest compete, and those with the words in their titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tui_news.models import View
from tui_news.store.connection import Row
from tui_news.store.index_schema import COLUMNS, ORDERS
from tui_news.store.query import MUTED, Part
from tui_news.store.views import plan
from tui_news.text.query.nodes import Node

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

FEW = 2000  # hits that are ranked
# Two letters and whatever follows: FTS5 gathers the stories of thousands of words, each time it is asked. Once will do.
_SHORT = re.compile(r'(?<!\w)\w{1,2}"?\s*\*')
WEIGHTS = {"title": 8.0, "author": 4.0, "body": 1.0, "comments": 0.7}
HALF = 45 * 86400  # seconds in which a story's newness halves
NEW = 1.0  # a story of now counts double one of long ago
TITLED, PLAIN = -4.0, -1.0  # stand-ins for bm25 where it is not asked: smaller is better
# bm25 inside, where only the index's columns are known: story has some of the same names.
_RANKED = """SELECT id, sort, score FROM (SELECT story_id, bm25(words, {weights}) AS score FROM ix.words
    JOIN ix.doc ON docid = words.rowid WHERE words MATCH ? ORDER BY words.rowid DESC LIMIT ?)
    JOIN story ON id = story_id WHERE {where}"""


def ranked(finder: Finder, node: Node, limit: int) -> list[int]:
    """Ids of stories that match, best first. Without words to rank by: the newest first."""
    parts = finder.parts(node)
    words = next((part for part in parts if part.fts), None)
    if words is None:
        return [row[1] for row in _newest(finder, parts, limit)]
    rest = [part for part in parts if part is not words]
    if not rest and _SHORT.search(words.fts):
        return _best(_scored(finder, words.fts, ()), finder.now, limit)
    titled = f"{{title}} : ({words.fts})"
    if finder.few(words, FEW):
        rows = _scored(finder, words.fts, rest)
    elif not rest:
        rows = [*_scored(finder, words.fts, ()), *_scored(finder, titled, ())]
    else:
        rows = [(story_id, sort, PLAIN) for sort, story_id in _newest(finder, parts, FEW)]
        rows += [(story_id, sort, TITLED) for story_id, sort, _ in _scored(finder, titled, rest)]
    return _best(rows, finder.now, limit)


def _newest(finder: Finder, parts: tuple[Part, ...], limit: int) -> list[Row]:
    return finder.all(*plan(View("all"), parts=parts, few=finder.few).keys(None, limit=limit))


def _scored(finder: Finder, match: str, rest: Iterable[Part]) -> list[Row]:
    """(story id, sort, bm25) of what the index matches, the last indexed FEW of it."""
    rest = tuple(rest)
    shown = "(hidden & 1) = 0" if any(MUTED in part.sql for part in rest) else "hidden = 0"
    where = " AND ".join([shown, *(part.sql for part in rest)])
    args = [arg for part in rest for arg in part.args]
    weights = ", ".join(str(WEIGHTS[column]) for column in _columns(finder))
    return finder.all(_RANKED.format(weights=weights, where=where), (match, FEW, *args))


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
