"""`na*` spelt out: the words of the index that begin so, each by itself.

FTS5 merges the places of all words with a beginning before it gives the first row, however few were asked for: 35 ms
for two letters at 100,000 stories. Of words that are named one by one it reads the stretch that was asked for.
"""

from __future__ import annotations

import re

from tui_news.store.connection import Db

MOST = 400  # words with a beginning: to look each up in the index costs more than to merge
_OPEN = re.compile(r'"([a-zA-Z0-9]+)" \*')  # what `query._phrase` makes of a word with any ending, if it is plain
_PLAIN = re.compile(r'"([a-zA-Z0-9]+)"')
_WORDS = "SELECT term, doc FROM temp.terms WHERE term >= ? AND term < ? LIMIT ?"


class Endings:
    """Of one connection that has the index as `ix`."""

    def __init__(self, db: Db) -> None:
        self._db = db
        self._made = False
        self._known: dict[str, dict[str, int]] = {}

    def forget(self) -> None:
        """The index has changed."""
        self._known.clear()

    def spelt(self, match: str) -> str:
        """The same for MATCH, each beginning replaced by its words, if these are few enough. Not in one column: there
        FTS5 merges soon, and would look for each word far beyond the stretch until it finds it in that column."""
        return match if "{" in match else _OPEN.sub(self._spelt, match)

    def commonest(self, match: str) -> tuple[str, int]:
        """The one that most rows have of the words with an ending, and how many do; ("", 0) if the query is no such
        word, or has too many of them."""
        found = _OPEN.fullmatch(match)
        words = self._words(found[1].lower()) if found else {}
        return max(words.items(), key=lambda item: item[1], default=("", 0))

    def rows_with(self, match: str) -> int | None:
        """How many rows have a plain word in any place, in two thirds of the time in which they are counted; None if
        the query is anything else."""
        found = _PLAIN.fullmatch(match)
        if not found:
            return None
        self._make()
        held = self._db.all("SELECT doc FROM temp.terms WHERE term = ?", (found[1].lower(),))
        return int(held[0][0]) if held else 0

    def _spelt(self, found: re.Match[str]) -> str:
        words = self._words(found[1].lower())
        return '("' + '" OR "'.join(words) + '")' if words else found[0]

    def _make(self) -> None:
        if not self._made:
            self._db.run("CREATE VIRTUAL TABLE temp.terms USING fts5vocab('ix', 'words', 'row')")
            self._made = True

    def _words(self, start: str) -> dict[str, int]:
        """In how many rows each word is."""
        self._make()
        if start not in self._known:
            rows = self._db.all(_WORDS, (start, start[:-1] + chr(ord(start[-1]) + 1), MOST + 1))
            self._known[start] = dict(rows) if len(rows) <= MOST else {}
        return self._known[start]
