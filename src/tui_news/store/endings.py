"""`na*` spelt out: the words of the index that begin so, each by itself.

FTS5 merges the places of all words with a beginning before it gives the first row, however few were asked for: 35 ms
for two letters at 100,000 stories. Of words that are named one by one it reads the stretch that was asked for.
"""

from __future__ import annotations

import json
import re

from tui_news.store.connection import Db

MOST = 400  # words with a beginning: to look each up in the index costs more than to merge
_OPEN = re.compile(r'"([a-zA-Z0-9]+)" \*')  # what `query._phrase` makes of a word with any ending, if it is plain
LARGE, SPREAD, ASKED = 5000, 8, 3  # rows of an index of which a few stories are asked; places; stories
_QUIET = """SELECT story_id FROM ix.doc WHERE docid IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM thread WHERE thread.story_id = doc.story_id)"""
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

    def commonest(self, match: str, last: int) -> tuple[str, int]:
        """The one that most rows have of the words with an ending, and how many do; ("", 0) if the query is no such
        word, has too many of them, or seems to have none that (almost) all have. last: the index's last row."""
        found = _OPEN.fullmatch(match)
        if not found:
            return "", 0
        start = found[1].lower()
        shared = self._shared(start, last) if last >= LARGE and start not in self._known else None
        words = self._words(start) if shared is None else {word: self._rows_with(word) for word in shared}
        return max(words.items(), key=lambda item: item[1], default=("", 0))

    def _shared(self, start: str, last: int) -> set[str] | None:
        """The words that some stories without comments all have: to count each word that begins so takes 10 ms."""
        from tui_news.store.index_text import documents  # not needed for the first paint

        rows = json.dumps([last * part // SPREAD for part in range(1, SPREAD + 1)])
        ids = [row[0] for row in self._db.all(_QUIET, (rows,))][:ASKED]
        begins = re.compile(rf"\b{start}[a-z0-9]*")
        texts = [f"{one.title} {one.author} {one.body}".lower() for one in documents(self._db, ids).values()]
        return set.intersection(*(set(begins.findall(text)) for text in texts)) if len(texts) == ASKED else None

    def rows_with(self, match: str) -> int | None:
        """How many rows have a plain word in any place, in two thirds of the time in which they are counted; None if
        the query is anything else."""
        found = _PLAIN.fullmatch(match)
        return self._rows_with(found[1].lower()) if found else None

    def _rows_with(self, word: str) -> int:
        self._make()
        return int(self._db.value("SELECT doc FROM temp.terms WHERE term = ?", (word,)) or 0)

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
