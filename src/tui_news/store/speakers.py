"""The reader's own word on who said what: kept apart from what we find, and never overwritten by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tui_news.models import PlacedQuote
from tui_news.store.connection import Db, storable
from tui_news.text.quotes.again import said_words
from tui_news.text.quotes.people import person_key

_ALIKE = 0.5  # a quote cut anew (by a better detector, or an edited story) is the one the reader meant from here on
_FEW = 3  # words, below which only the very same words are the same quote


class Speakers:
    """Rows of speaker_set and speaker_alias. Used inside `Quotes`' transactions."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def corrected(self, story_id: int, quotes: Sequence[PlacedQuote]) -> tuple[PlacedQuote, ...]:
        """The quotes with the speakers that the reader set; "" means: nobody said it."""
        rows = self._db.all(
            "SELECT norm, speaker FROM speaker_set JOIN story USING (feed_id, identity) WHERE story.id = ?", (story_id,)
        )
        held: dict[str, str] = dict(rows)
        return tuple(_corrected(quote, held) for quote in quotes) if held else tuple(quotes)

    def set(self, story_id: int, text: str, name: str | None, now: int) -> dict[str, object]:
        """name None: nobody. What takes it back: {"op": "speaker", "feed", "identity", "norm", "was"}."""
        row = self._db.one("SELECT feed_id, identity FROM story WHERE id = ?", (story_id,))
        if row is None:
            return {"op": "speaker", "feed": 0, "identity": "", "norm": "", "was": None}
        norm = " ".join(said_words(text))
        key = (row[0], row[1], norm)
        was = self._db.value("SELECT speaker FROM speaker_set WHERE feed_id = ? AND identity = ? AND norm = ?", key)
        self._put(key, storable(name or ""), now)
        return {"op": "speaker", "feed": row[0], "identity": row[1], "norm": norm, "was": was}

    def _put(self, key: tuple[int, str, str], speaker: str, now: int) -> None:
        self._db.run(
            "INSERT OR REPLACE INTO speaker_set(feed_id, identity, norm, speaker, at) VALUES (?, ?, ?, ?, ?)",
            (*key, speaker, now),
        )

    def merge(self, who: str, into: str, now: int) -> dict[str, object]:
        """who: a key. What takes it back: {"op": "merge", "who": [...], "was": [[who, into_who, name, at], ...]}."""
        name, key = storable(into.strip()), person_key(into)
        chain = self._db.all(
            "SELECT who, into_who, name, at FROM speaker_alias WHERE who IN (?, ?) OR into_who IN (?, ?)",
            (who, key, who, key),
        )
        self._db.run("DELETE FROM speaker_alias WHERE who = ?", (key,))  # into itself no longer stands for another
        self._db.run("UPDATE speaker_alias SET into_who = ?, name = ?, at = ? WHERE into_who IN (?, ?)",
                     (key, name, now, who, key))  # fmt: skip
        self._db.run("INSERT OR REPLACE INTO speaker_alias VALUES (?, ?, ?, ?)", (who, key, name, now))
        touched = sorted({who, key, *(row[0] for row in chain)})
        return {"op": "merge", "who": touched, "was": [list(row) for row in chain]}

    def undo(self, op: Mapping[str, object]) -> int | None:
        """Take it back; the story whose quotes must be read anew, if it is one story's."""
        match op:
            case {"op": "speaker", "feed": int(feed), "identity": str(identity), "norm": str(norm), "was": was}:
                self._db.run(
                    "DELETE FROM speaker_set WHERE feed_id = ? AND identity = ? AND norm = ?", (feed, identity, norm)
                )
                if was is not None:
                    self._put((feed, identity, norm), str(was), 0)
                found: int | None = self._db.value(
                    "SELECT id FROM story WHERE feed_id = ? AND identity = ?", (feed, identity)
                )
                return found
            case {"op": "merge", "who": list(who), "was": list(was)}:
                self._db.many("DELETE FROM speaker_alias WHERE who = ?", [(str(key),) for key in who])
                self._db.many("INSERT OR REPLACE INTO speaker_alias VALUES (?, ?, ?, ?)", was)
        return None


def _corrected(quote: PlacedQuote, held: Mapping[str, str]) -> PlacedQuote:
    norm = " ".join(said_words(quote.text))
    set_to = held.get(norm)
    if set_to is None:
        set_to = next((speaker for key, speaker in held.items() if _same_quote(norm, key)), None)
    return quote if set_to is None else replace(quote, speaker=set_to or None, how="reader")


def _same_quote(norm: str, key: str) -> bool:
    short, long = sorted((f" {norm} ", f" {key} "), key=len)
    return short.count(" ") > _FEW and short in long and len(short) >= _ALIKE * len(long)
