"""Who said what, across the library: an index over the quotes of every story's shown article.

It follows the library as the search index does: triggers note which stories changed, `update` reads those anew.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tui_news.models import Block, PlacedQuote, SaidAgain, Speaker, SpokenQuote
from tui_news.store.connection import Db, Row, ids_json, storable
from tui_news.store.entries import settle
from tui_news.store.people import People, people, resolve
from tui_news.store.speakers import Speakers
from tui_news.store.voices import keys_of
from tui_news.text.codec import pack_quotes, unpack_blocks, unpack_quotes
from tui_news.text.quotes import DETECTOR
from tui_news.text.quotes.again import RUN, SHORTEST, compare, cuttings, prints, said_words
from tui_news.text.quotes.people import person_key
from tui_news.text.quotes.wordfiles import use_own

CHUNK = 20  # stories read and written at a time
SPOKEN = ("speech", "block")
MEANT = 20  # answers to queries, kept until quotes change
_QUOTE = """SELECT q.id, q.story_id, q.block, q.start, q.stop, q.kind, q.words, q.speaker, q.how, s.title, f.name,
    s.url, s.sort, q.who FROM quote AS q JOIN story AS s ON s.id = q.story_id JOIN feed AS f ON f.id = s.feed_id
    WHERE s.hidden = 0"""


class Quotes:
    """`library.quotes`. Raises LibraryError only."""

    def __init__(self, db: Db, own: Path | None = None) -> None:
        """own: the folder of the reader's own word lists, for what is read anew."""
        self._db, self._own = db, own
        self.spoken = Speakers(db)
        self._people: tuple[tuple[object, ...], People] | None = None
        self._meant: tuple[tuple[object, ...], dict[tuple[str, str], frozenset[Any]]] = ((), {})

    # following the library
    def update(self, limit: int = 2000) -> int:
        """Index up to `limit` stories whose articles changed or were read by an older detector; how many were done."""
        done = 0
        if self._own is not None:
            use_own(self._own)
        while done < limit:
            chosen = self._waiting(min(CHUNK, limit - done))
            if not chosen:
                break
            fresh = {story_id: _reread(self._db, story_id) for story_id in chosen}
            with self._db.write():
                for story_id, found in fresh.items():
                    _keep(self._db, story_id, found)
                    self._index(story_id)
            done += len(chosen)
        return done

    def _waiting(self, limit: int) -> list[int]:
        rows = self._db.all("SELECT story_id FROM unquoted ORDER BY story_id DESC LIMIT ?", (limit,))
        rows = rows or self._db.all(
            "SELECT DISTINCT story_id FROM article WHERE detector < ? ORDER BY story_id DESC LIMIT ?", (DETECTOR, limit)
        )
        return [row[0] for row in rows]

    def _index(self, story_id: int) -> None:
        """In the caller's transaction: the story's quotes as its shown article has them, with the reader's word."""
        self._drop(story_id)
        self._db.run("DELETE FROM unquoted WHERE story_id = ?", (story_id,))
        row = self._db.one(
            """SELECT a.blocks, a.quotes FROM article AS a JOIN story ON story.id = story_id WHERE story_id = ? ORDER BY
            source = coalesce(nullif(prefer, ''), 'page') DESC, source = 'page' DESC LIMIT 1""",
            (story_id,),
        )
        if row is None:
            return
        try:
            quotes = unpack_quotes(row[1], unpack_blocks(row[0]))
        except ValueError:
            return
        for quote in self.spoken.corrected(story_id, quotes):
            if quote.kind != "nested":
                self._add(story_id, quote)

    def _drop(self, story_id: int) -> None:
        held = self._db.all("SELECT id, norm FROM quote WHERE story_id = ?", (story_id,))
        self._db.many(
            "DELETE FROM shingle WHERE hash = ? AND quote_id = ?",
            [(mark, quote_id) for quote_id, norm in held for mark in prints(norm.split())],
        )
        self._db.run("DELETE FROM quote WHERE story_id = ?", (story_id,))

    def _add(self, story_id: int, quote: PlacedQuote) -> None:
        words = said_words(quote.text)
        speaker = storable(quote.speaker or "")
        made = self._db.run(
            """INSERT INTO quote(story_id, block, start, stop, kind, speaker, who, how, words, norm)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            (story_id, quote.block, quote.start, quote.end, quote.kind, speaker, person_key(speaker), quote.how,
             storable(quote.text), f" {' '.join(words)} "),
        ).lastrowid  # fmt: skip
        if quote.kind in SPOKEN:
            marks = [(mark, made) for mark in sorted(prints(words))]
            self._db.many("INSERT OR IGNORE INTO shingle(hash, quote_id) VALUES (?, ?)", marks)

    # people
    def people(self) -> People:
        """Which spellings are one person, as things stand; kept until the library changes."""
        stamp = self._stamp()
        if self._people is None or self._people[0] != stamp:
            self._people = (stamp, people(self._db))
        return self._people[1]

    def _stamp(self) -> tuple[object, ...]:
        return tuple(
            self._db.one(
                """SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'quote'), (SELECT count(*) FROM quote),
                (SELECT group_concat(who || at) FROM speaker_alias),
                (SELECT group_concat(name || (removed_at IS NULL)) FROM feed)"""
            )
            or ()
        )

    def _keys(self, name: str) -> frozenset[str]:
        """Every key of the persons whom these words mean: all persons are not reckoned for a few."""
        return self._once(("speaker", name), lambda: keys_of(self._db, name))

    def _once(self, asked: tuple[str, str], answer: Callable[[], frozenset[Any]]) -> frozenset[Any]:
        """The answer, found anew when quotes have changed."""
        stamp = self._stamp()
        if self._meant[0] != stamp or len(self._meant[1]) > MEANT:
            self._meant = (stamp, {})
        if asked not in self._meant[1]:
            self._meant[1][asked] = answer()
        return self._meant[1][asked]

    def speakers(self, match: str = "", limit: int = 1000) -> tuple[Speaker, ...]:
        """Who speaks in the library, the most quoted first; `match`: only names with these words (or their starts)."""
        return self.people().speakers(match)[: max(limit, 0)]

    def of(self, name: str, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        """What the person said (in any of their spellings), newest first; of every person the words fit."""
        keys = self.people().keys(name)
        return self._some("AND q.who IN (SELECT value FROM json_each(?))", (_json(keys),), limit)

    def in_story(self, story_id: int) -> tuple[SpokenQuote, ...]:
        """The story's spoken and block quotes, in its order."""
        rows = self._db.all(f"{_QUOTE} AND q.story_id = ? ORDER BY q.block, q.start", (story_id,))
        return tuple(self._quote(row) for row in rows if row[5] in SPOKEN)

    def newest(self, limit: int = 1000) -> tuple[SpokenQuote, ...]:
        """Every spoken or block quote, those of the newest stories first."""
        return self._some("", (), limit)

    def _some(self, where: str, args: tuple[object, ...], limit: int) -> tuple[SpokenQuote, ...]:
        rows = self._db.all(
            f"""{_QUOTE} {where} AND q.kind IN ('speech', 'block')
            ORDER BY s.sort DESC, s.id DESC, q.block, q.start LIMIT ?""",
            (*args, max(limit, 0)),
        )
        return tuple(self._quote(row) for row in rows)

    def _quote(self, row: Row) -> SpokenQuote:
        named = self.people().named(row[13], row[7])
        return SpokenQuote(*(*row[:7], named, *row[8:13]))

    # for the query language
    def stories_of(self, name: str) -> frozenset[int]:
        """Ids of stories in which a person whom these words fit is quoted (`speaker:`)."""
        found = self._db.value(
            """SELECT json_group_array(story_id) FROM quote INDEXED BY quote_who
            WHERE who IN (SELECT value FROM json_each(?)) AND kind IN ('speech', 'block')""",
            (_json(self._keys(name)),),
        )
        return frozenset(json.loads(found))

    def stories_quoting(self, words: str) -> frozenset[int]:
        """Ids of stories with a quotation that holds these words in a row; a trailing * takes any ending (`quote:`)."""
        pattern = quoted(words)
        return self._once(("quote", pattern), lambda: self._quoting(pattern)) if pattern else frozenset()

    def _quoting(self, pattern: str) -> frozenset[int]:
        sql = "SELECT story_id FROM quote WHERE instr(norm, ?) AND kind <> 'nested'"
        return frozenset(row[0] for row in self._db.all(sql, (pattern,)))

    # said again
    def said_again(self, story_id: int, text: str, limit: int = 50) -> tuple[SaidAgain, ...]:
        """The words of `text`, a quotation in this story, as other stories quote them: the oldest first."""
        words = said_words(text)
        found: list[SaidAgain] = []
        who = self._who(story_id, words)
        for row in self._like(words, story_id):
            shared = compare(words, said_words(row[6]))
            if shared is not None and (shared.words >= RUN or self._may_be_one(who, row[13])):
                found.append(SaidAgain(self._quote(row), shared.relation, shared.words, shared.lacks))
        return tuple(sorted(found, key=lambda again: (again.quote.when, again.quote.id))[: max(limit, 0)])

    def _like(self, words: Sequence[str], story_id: int) -> list[Row]:
        """Quotations elsewhere that may be these words again. Short words are looked for in every quotation."""
        if len(words) < SHORTEST:
            return []
        marks = ids_json(prints(words) | cuttings(words))
        rows = self._db.all(
            f"""{_QUOTE} AND q.story_id <> ? AND q.id IN
            (SELECT quote_id FROM shingle WHERE hash IN (SELECT value FROM json_each(?))) LIMIT 500""",
            (story_id, marks),
        )
        if SHORTEST < len(words) < RUN:
            rows += self._db.all(
                f"""{_QUOTE} AND q.story_id <> ? AND q.kind IN ('speech', 'block') AND instr(q.norm, ?)
                AND q.id NOT IN (SELECT value FROM json_each(?)) LIMIT 100""",
                (story_id, f" {' '.join(words)} ", ids_json(row[0] for row in rows)),
            )
        return rows

    def _who(self, story_id: int, words: Sequence[str]) -> str:
        """The key of whoever says these words in the story, "" when nobody is named."""
        norm = f" {' '.join(words)} "
        return str(self._db.value("SELECT who FROM quote WHERE story_id = ? AND norm = ?", (story_id, norm)) or "")

    def _may_be_one(self, who: str, other: str) -> bool:
        """Few words are the same words again only from one person, as far as both are named."""
        person = self.people().person
        return not who or not other or person.get(who, who) == person.get(other, other)

    # the reader's word
    def set_speaker(self, story_id: int, text: str, name: str | None, now: int) -> dict[str, object]:
        """Keep that `name` (None: nobody) says this quote of the story; what takes it back, for the journal."""
        with self._db.write(durable=True):
            undo = self.spoken.set(story_id, text, name, now)
            self._index(story_id)
        return undo

    def merge(self, name: str, into: str, now: int) -> dict[str, object]:
        """Keep that `name` is a spelling of `into`, everywhere; what takes it back, for the journal."""
        with self._db.write(durable=True):
            return self.spoken.merge(resolve(self.people(), name), into, now)

    def undo(self, op: dict[str, object]) -> None:
        """Take back a `set_speaker` or `merge`."""
        with self._db.write(durable=True):
            story_id = self.spoken.undo(op)
            if story_id is not None:
                self._index(story_id)

    def corrected(self, story_id: int, quotes: Sequence[PlacedQuote]) -> tuple[PlacedQuote, ...]:
        """An article's quotes with the reader's own word on who said them, merged names under one."""
        quotes = self.spoken.corrected(story_id, quotes)
        if self._db.one("SELECT 1 FROM speaker_alias LIMIT 1") is None:
            return quotes
        known = self.people()
        return tuple(known.corrected(quote) for quote in quotes)


def quoted(words: str) -> str:
    """What stands in `quote.norm` where these words are said in a row; a trailing * takes any ending."""
    found = " ".join(said_words(words))
    return storable(f" {found}" if words.rstrip().endswith("*") else f" {found} ") if found else ""


class _Reread(NamedTuple):
    """An article read by the present detector; `packed` is what it was read from."""

    source: str
    packed: bytes
    quotes: tuple[PlacedQuote, ...]


def _reread(db: Db, story_id: int) -> list[_Reread]:
    """The story's articles that an older detector read, read anew from their stored blocks."""
    from tui_news.text.quotes import quotes_in

    rows = db.all("SELECT source, blocks, lang FROM article WHERE story_id = ? AND detector < ?", (story_id, DETECTOR))
    return [_Reread(source, packed, tuple(quotes_in(_blocks(packed), lang))) for source, packed, lang in rows]


def _blocks(packed: bytes) -> tuple[Block, ...]:
    try:
        return unpack_blocks(packed)
    except ValueError:
        return ()


def _keep(db: Db, story_id: int, found: list[_Reread]) -> None:
    """Unless the article was replaced meanwhile."""
    for one in found:
        spoken = sum(quote.kind == "speech" for quote in one.quotes)
        db.run(
            """UPDATE article SET quotes = ?, spoken = ?, detector = ?
            WHERE story_id = ? AND source = ? AND blocks = ?""",
            (pack_quotes(one.quotes), spoken, DETECTOR, story_id, one.source, one.packed),
        )
    if found:
        settle(db, story_id)


def _json(keys: Iterable[str]) -> str:
    import json

    return json.dumps(sorted(keys))
