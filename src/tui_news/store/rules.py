"""Mute rules: a query hides what it matches, what is there and what comes. Nothing is read or deleted by it.

muted says which rule hides which story; triggers keep story.hidden after it. A rule is asked anew for a story when it
arrives (in the transaction that stores it: nobody sees it first), and when the search index has read it anew.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from tui_news.models import LibraryError, Rule
from tui_news.store.connection import Db, ids_json, storable
from tui_news.store.finder import check
from tui_news.store.index_schema import COLUMNS, TOKENS
from tui_news.store.query import Part
from tui_news.text.query.nodes import Field, Node, QueryError, Text, leaves
from tui_news.text.query.parse import parse
from tui_news.text.query.words import spaced

if TYPE_CHECKING:
    from tui_news.store.library import Library

MOVING = ("is", "has", "newer", "older", "tag", "speaker")  # fields whose answer changes without a story changing
_TEMP = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5({', '.join(COLUMNS)}, content='', {TOKENS})",
    "CREATE TABLE IF NOT EXISTS temp.doc(docid INTEGER PRIMARY KEY, story_id INTEGER NOT NULL UNIQUE)",
    "INSERT INTO temp.words(words) VALUES ('delete-all')",
    "DELETE FROM temp.doc",
)


class Rules:
    """`library.rules`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def _db(self) -> Db:
        return self._library.db

    def all(self) -> tuple[Rule, ...]:
        """The oldest first, each with what it hides now."""
        rows = self._db.all(
            """SELECT rule.id, query, added, (SELECT count(*) FROM muted JOIN story ON story.id = story_id
            WHERE rule_id = rule.id AND (hidden & 3) = 2) FROM rule ORDER BY rule.id"""
        )
        return tuple(Rule(*row) for row in rows)

    def get(self, rule_id: int) -> Rule | None:
        return next((rule for rule in self.all() if rule.id == rule_id), None)

    def would_hide(self, query: str, limit: int = 5) -> tuple[int, tuple[int, ...]]:
        """(how many visible stories a rule would hide, the newest of them). Raises QueryError."""
        parts = self._library.finder.parts(sound(query))
        where = " AND ".join(["hidden = 0", "starred = 0", *(part.sql for part in parts)])
        args = [arg for part in parts for arg in part.args]
        found = self._library.finder.all(f"SELECT sort, id FROM story WHERE {where}", args)
        return len(found), tuple(row[1] for row in sorted(found, reverse=True)[:limit])

    def add(self, query: str) -> int:
        """Save the rule and hide what it matches; its id. Raises QueryError."""
        ids = self._matching(sound(query))
        with self._db.write(durable=True):
            cursor = self._db.run(
                "INSERT INTO rule(query, added) VALUES (?, ?)", (storable(query), int(self._library.clock()))
            )
            assert cursor.lastrowid is not None
            self._hide(cursor.lastrowid, ids)
        return cursor.lastrowid

    def edit(self, rule_id: int, query: str) -> None:
        """Another query; what it hid and no longer matches comes back. Raises QueryError."""
        ids = self._matching(sound(query))
        with self._db.write(durable=True):
            self._db.run("UPDATE rule SET query = ? WHERE id = ?", (storable(query), rule_id))
            self._hide(rule_id, ids)

    def remove(self, rule_id: int) -> None:
        """What it hid comes back, unless another rule hides it too."""
        self._db.run("DELETE FROM rule WHERE id = ?", (rule_id,))

    # keeping up
    def renew(self, rule_ids: Iterable[int]) -> None:
        """Ask these rules anew about everything."""
        wanted = set(rule_ids)
        for rule_id, node in self._read():
            if rule_id in wanted:
                self._hide(rule_id, self._matching(node))

    def renew_moving(self) -> None:
        """Ask anew the rules whose answer changes with time, marks, comments or quotes."""
        self.renew(rule_id for rule_id, node in self._read() if _moves(node))

    def arrived(self, story_ids: Sequence[int]) -> None:
        """Hide what the rules match of stories just stored, inside the caller's transaction. Never fails for a rule."""
        rules = self._read() if story_ids else []
        if not rules:
            return
        with suppress(LibraryError):
            if any(isinstance(leaf, Text) for _, node in rules for leaf in leaves(node)):
                self._read_words(story_ids)
            for rule_id, node in rules:
                parts = self._library.finder.parts(node, "temp")
                self._hide(rule_id, self._among(parts, story_ids), story_ids)

    def indexed(self, story_ids: Sequence[int]) -> None:
        """The search index read these stories anew: their text or comments changed."""
        for rule_id, node in self._read() if story_ids else ():
            parts = self._library.finder.parts(node)
            self._hide(rule_id, self._among(parts, story_ids), story_ids)

    def _read(self) -> list[tuple[int, Node]]:
        """(id, query) of the rules that can be read; one of a newer version may not be."""
        found: list[tuple[int, Node]] = []
        for rule_id, query in self._db.all("SELECT id, query FROM rule"):
            with suppress(QueryError):
                found.append((rule_id, parse(query)))
        return found

    def _read_words(self, story_ids: Sequence[int]) -> None:
        """These stories' texts into an index in memory: the real one follows later, outside the transaction."""
        from tui_news.store.index_text import document  # not needed for the first paint

        for statement in _TEMP:
            self._db.run(statement)
        for number, story_id in enumerate(story_ids, 1):
            held = document(self._db, story_id)
            if held is not None:
                self._db.run("INSERT OR IGNORE INTO temp.doc(docid, story_id) VALUES (?, ?)", (number, story_id))
                self._db.run(
                    "INSERT INTO temp.words(rowid, title, author, body, comments) VALUES (?, ?, ?, ?, ?)",
                    (number, *(spaced(storable(text)) for text in held)),
                )

    def _matching(self, node: Node) -> set[int]:
        parts = self._library.finder.parts(node)
        where = " AND ".join(part.sql for part in parts) or "1"
        args = [arg for part in parts for arg in part.args]
        return {row[0] for row in self._library.finder.all(f"SELECT id FROM story WHERE {where}", args)}

    def _among(self, parts: Sequence[Part], story_ids: Sequence[int]) -> set[int]:
        where = " AND ".join(["id IN (SELECT value FROM json_each(?))", *(part.sql for part in parts)])
        args = [ids_json(story_ids), *(arg for part in parts for arg in part.args)]
        return {row[0] for row in self._library.finder.all(f"SELECT id FROM story NOT INDEXED WHERE {where}", args)}

    def _hide(self, rule_id: int, ids: set[int], among: Sequence[int] | None = None) -> None:
        """Make the rule hide exactly these (of `among`, when given)."""
        with self._db.write():
            held = {row[0] for row in self._db.all("SELECT story_id FROM muted WHERE rule_id = ?", (rule_id,))}
            gone = (held if among is None else held & set(among)) - ids
            if gone:
                self._db.many(
                    "DELETE FROM muted WHERE rule_id = ? AND story_id = ?", [(rule_id, story_id) for story_id in gone]
                )
            if ids - held:
                self._db.many(
                    "INSERT INTO muted(rule_id, story_id) VALUES (?, ?)", [(rule_id, new) for new in sorted(ids - held)]
                )


def sound(query: str) -> Node:
    """The query's node, if a rule can be made of it. Raises QueryError."""
    node = check(query)
    for leaf in leaves(node):
        if leaf == Field("is", "muted"):
            raise QueryError("a rule cannot ask what rules hide", query, leaf.at)
    return node


def _moves(node: Node) -> bool:
    return any(leaf.name in MOVING if isinstance(leaf, Field) else leaf.place == "quote" for leaf in leaves(node))
