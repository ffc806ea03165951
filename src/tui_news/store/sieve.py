"""Which of some stories meet conditions that cost much to ask of all: words, tags, quotations, whatever they are in.

Stories that are neighbours in a list are mostly neighbours in the search index too, and FTS5 says of a stretch of it in
a third of a millisecond which rows match. Where they are no neighbours (another order, another condition that few meet,
feeds that were read one after the other) each is sought by itself, or all that match are read, past those that were not
asked about (`seeking`): half the work of gathering them (`hits`). Tags and quotations are looked up story by story.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui_news.store.bits import bits_of, ids_in
from tui_news.store.connection import Row, ids_json
from tui_news.store.hits import ALMOST_ALL
from tui_news.store.query import Part, dear, fts
from tui_news.store.seeking import best, is_word, read, sought, tried
from tui_news.text.query.nodes import And, Field, Node, Not, Or, Text, leaves

if TYPE_CHECKING:
    from tui_news.store.finder import Finder

GAP, APART, WIDE = 1000, 12, 8  # docids between neighbours; groups of them; docids read for each story asked about
_ANYWHERE = re.compile(r'(?:(?<!: )|\{body\} : )"[^"]*" \*')  # any ending, in columns of many words
DOCID = "(SELECT docid FROM ix.doc WHERE story_id = story.id)"


class Sieve:
    """The conditions of `parts`, all of which must hold. words: what MATCH is asked, "" for nothing. merged: words in
    one column with any ending are, whose places are merged for each question. scattered: some stories that were asked
    about were no neighbours, and all that match were read for them."""

    def __init__(self, finder: Finder, parts: Sequence[Part]) -> None:
        self._finder = finder
        self.node = And(tuple(part.node for part in parts if part.node is not None))
        words = [leaf for leaf in leaves(self.node) if isinstance(leaf, Text) and leaf.place != "quote"]
        found = [fts(leaf) or "" for leaf in words]
        self.words = " ".join(found)
        self.merged = any("*" in match and "{" in match for match in found)
        self._wanted = frozenset(str(fts(leaf)) for leaf in wanted(self.node))
        self.scattered = False
        self._seen: dict[str, tuple[int, int]] = {}  # by words: rows that were sought, and those that matched
        self._docids: Mapping[int, int | None] = {}
        self._answers: dict[Node, frozenset[int]] = {}  # what was told with the rows themselves

    def numbered(self, sql: str, args: Sequence[object]) -> list[Row]:
        """The rows of a plan's statement, each with its story's number in the index at its end. What is plain is asked
        with them: a list's index mostly knows, and to come back to a story's row costs twenty times as much."""
        number = DOCID if self.words else "NULL"
        asked = [(node, self._finder.each(node)) for node in plain(self.node)]
        told = "".join(f", {part.sql}" for _, part in asked)
        known = [arg for _, part in asked for arg in part.args]
        rows = self._finder.all(sql.replace(", id FROM", f", id, {number}{told} FROM", 1), (*known, *args))
        width = len(rows[0]) - len(asked) if rows else 0
        for at, (node, _) in enumerate(asked, width):
            self._answers[node] = frozenset(row[width - 2] for row in rows if row[at])
        return [row[:width] for row in rows] if asked else rows

    def merges(self, docids: Sequence[int | None]) -> bool:
        """Whether words with any ending will be merged for each question about such rows: they are no neighbours."""
        return "*" in self.words and _runs(self.words, [docid for docid in docids if docid is not None]) is None

    def held(self, docids: Mapping[int, int | None]) -> set[int]:
        """The stories that are left. docids: each story's number in the index, None for one that is not in it."""
        self._docids = docids
        return self._left(self.node, set(docids))

    def _left(self, node: Node, ids: set[int]) -> set[int]:
        if not ids:
            return ids
        match = fts(node)
        if match is not None and not ("*" in match and isinstance(node, And | Or)):
            return self._having(match, ids)
        if any(map(dear, leaves(node))) and not isinstance(node, Text | Field):
            return self._left_of(node, ids)
        if node in self._answers:
            return ids & self._answers[node]
        asked = self._finder.each(node)
        if asked.ids and asked.args:  # from an index of theirs: to read a story's row costs most
            sql = f"SELECT id FROM ({asked.ids}) WHERE id IN (SELECT value FROM json_each(?))"
            return {row[0] for row in self._finder.all(sql, (*asked.args, ids_json(ids)))}
        sql = f"SELECT id FROM story NOT INDEXED WHERE id IN (SELECT value FROM json_each(?)) AND {asked.sql}"
        return {row[0] for row in self._finder.all(sql, (ids_json(ids), *asked.args))}

    def _left_of(self, node: And | Or | Not, ids: set[int]) -> set[int]:
        """Of a condition with something dear in it. All else in it is one question: each reads the stories' rows."""
        if isinstance(node, Not):
            return ids - self._left(node.part, ids)
        found: set[int] = set()
        for part in parts_of(node):
            if isinstance(node, And):
                ids = self._left(part, ids)
            else:
                found |= self._left(part, ids - found)
        return ids if isinstance(node, And) else found

    def _having(self, match: str, ids: set[int]) -> set[int]:
        known = self._finder.set_of(match)
        if known is not None:
            return ids.intersection(ids_in(known & bits_of(ids)))
        if match in self._wanted and soon(match):
            return ids.intersection(ids_in(self._finder.set_of_all(match) & bits_of(ids)))
        numbers = {docid: story_id for story_id in ids if (docid := self._docids[story_id]) is not None}
        without = self._finder.lacking(match) if "*" in match else None  # to read a stretch of many words costs more
        having = near(self._finder, match, list(numbers)) if without is None else None
        if having is None and without is None:
            having, without = self._far(match, list(numbers))
        if without is not None:
            return set(numbers.values()).difference(without)
        if having is None:  # now they are known
            return ids.intersection(ids_in(self._finder.set_of_all(match) & bits_of(ids)))
        if len(ids) - len(having) > ALMOST_ALL:
            self._finder.many_lack(match)
        return {numbers[docid] for docid in having & numbers.keys()}

    def _far(self, match: str, docids: list[int]) -> tuple[set[int] | None, tuple[int, ...] | None]:
        """(which of these rows match, wherever they are; None where all that match are better gathered), or else the
        stories that do not, if they are very few."""
        if "*" in match:
            self.scattered = True
            return None if soon(match) else read(self._finder, match, docids), None
        if not is_word(match) and self._finder.rare(match):
            return None, None
        few = tried(self._finder, match, docids)
        asked, matched = self._seen.get(match, (0, 0))
        share = (matched + len(few.matched)) / max(asked + len(few.asked), 1)
        way = best(match, len(docids), self._finder.rows_in_index(), few.each, share)
        if way == "seek":
            found = few.matched | sought(self._finder, match, sorted(set(docids).difference(few.asked)))
            self._seen[match] = asked + len(docids), matched + len(found)
            return found, None
        if few.share == 1 and (without := self._finder.lacking(match)) is not None:
            return set(), without
        self.scattered = True
        return read(self._finder, match, docids) if way == "read" else None, None


def hopeful(node: Node, yes: bool = True) -> Node:
    """The condition as it would be if stories had all words that they should have, and none that they should not."""
    if isinstance(node, Text) and node.place != "quote":
        return And() if yes else Not(And())
    if isinstance(node, Not):
        return Not(hopeful(node.part, not yes))
    if isinstance(node, And | Or):
        return type(node)(tuple(hopeful(part, yes) for part in node.parts))
    return node


def wanted(node: Node, yes: bool = True) -> Iterator[Text]:
    """The words that a story should have. They mostly leave few: all that have them are needed in the end."""
    if isinstance(node, Not):
        yield from wanted(node.part, not yes)
    elif isinstance(node, And | Or):
        for part in node.parts:
            yield from wanted(part, yes)
    elif yes and isinstance(node, Text):
        yield node


def soon(match: str) -> bool:
    """Whether all that match are gathered in the time in which some of them are found: few stand in one column, and
    words with any ending are merged first, whoever is asked about."""
    return "*" in match and not _ANYWHERE.search(match)


def parts_of(node: And | Or) -> list[Node]:
    """What is asked by itself, the cheapest first: all that is plain at once."""
    easy = tuple(part for part in node.parts if not any(map(dear, leaves(part))))
    return [
        *([type(node)(easy)] if easy else []),
        *sorted((part for part in node.parts if part not in easy), key=_price),
    ]


def plain(node: Node) -> Iterator[Node]:
    """All that is asked in which nothing is dear."""
    if not any(map(dear, leaves(node))):
        if not isinstance(node, And | Or) or node.parts:
            yield node
    elif isinstance(node, Not):
        yield from plain(node.part)
    elif isinstance(node, And | Or) and (fts(node) is None or "*" in str(fts(node))):
        for part in parts_of(node):
            yield from plain(part)


def _price(node: Node) -> int:
    """What is asked first costs least: of those that are left all else is asked, or nothing."""
    words = [leaf for leaf in leaves(node) if isinstance(leaf, Text)]
    return max((2 + 2 * leaf.prefix - (leaf.place == "quote") for leaf in words), default=0)


def near(finder: Finder, match: str, docids: Sequence[int]) -> set[int] | None:
    """Which of the index's rows match; None where they are too far from one another to be read in a few runs."""
    groups = _runs(match, docids)
    if groups is None:
        return None
    match = finder.spelt(match)
    sql = "SELECT rowid FROM ix.words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
    return {row[0] for group in groups for row in finder.all(sql, (match, *group))}


def _runs(match: str, docids: Sequence[int]) -> list[tuple[int, int]] | None:
    """(first, last) of the runs to read; None where they are too many, or too long."""
    groups = _groups(sorted(docids))
    rows = sum(last - first + 1 for first, last in groups)
    few = len(groups) <= (1 if "*" in match else APART) and rows <= WIDE * max(len(docids), GAP)
    return groups if few else None


def _groups(docids: Sequence[int]) -> list[tuple[int, int]]:
    """(first, last) of neighbours."""
    found: list[tuple[int, int]] = []
    for docid in docids:
        if found and docid - found[-1][1] <= GAP:
            found[-1] = found[-1][0], docid
        else:
            found.append((docid, docid))
    return found
