"""`na*` spelt out: the words of the index that begin so, each by itself.

FTS5 merges the places of all words with a beginning before it gives the first row, however few were asked for: 35 ms
for two letters at 100,000 stories. Of words that are named one by one it reads the stretch that was asked for.
"""

from __future__ import annotations

import re

from tui_news.store.connection import Db

MOST = 400  # words with a beginning: to look each up in the index costs more than to merge
_OPEN = re.compile(r'"([a-zA-Z0-9]+)" \*')  # what `query._phrase` makes of a word with any ending, if it is plain
_WORDS = "SELECT term FROM temp.terms WHERE term >= ? AND term < ? LIMIT ?"


class Endings:
    """Of one connection that has the index as `ix`."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._made = False
        self._known: dict[str, str] = {}

    def forget(self) -> None:
        """The index has changed."""
        self._known.clear()

    def spelt(self, match: str) -> str:
        """The same for MATCH, each beginning replaced by its words, if these are few enough. Not in one column: there
        FTS5 merges soon, and would look for each word far beyond the stretch until it finds it in that column."""
        if "{" in match:
            return match
        if match not in self._known:
            self._known[match] = _OPEN.sub(lambda found: self._words(found[1]) or found[0], match)
        return self._known[match]

    def _words(self, start: str) -> str:
        if not self._made:
            self._db.run("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('ix', 'words', 'row')")
            self._made = True
        low = start.lower()
        rows = self._db.all(_WORDS, (low, low[:-1] + chr(ord(low[-1]) + 1), MOST + 1))
        spelt = " OR ".join(f'"{row[0]}"' for row in rows)
        return f"({spelt})" if 0 < len(rows) <= MOST else ""
