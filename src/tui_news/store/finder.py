"""Queries against the library: read, planned, run. Words need the search index: they run on a connection of their own.

That connection reads the library's file and the index together, writes neither, and its faults are the index's: they
never mark the library as damaged.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from tui_news.models import LibraryError
from tui_news.store.connection import Db, Row, ids_json
from tui_news.store.errors import LibraryDamaged
from tui_news.store.query import FEW, Compiler, Part, named, relaxed
from tui_news.store.snippets import snippet
from tui_news.text.query.nodes import EVERYTHING, Field, Node, Not, QueryError, Text, leaves
from tui_news.text.query.parse import parse
from tui_news.text.query.words import pattern

if TYPE_CHECKING:
    from tui_news.store.hits import Hits
    from tui_news.store.library import Library
    from tui_news.store.sets import Sets
    from tui_news.store.world import World

T = TypeVar("T")
SPARSE = 8  # of so many stories one
# Most stories have a word with any given two letters at its beginning: without those few are left, and all are needed.
_FEW_LEFT = re.compile(r' NOT .*(?<!: )"\w\w" \*')
_LACKING = """SELECT story_id FROM ix.doc WHERE docid IN (SELECT value FROM json_each(?)) UNION ALL
    SELECT story_id FROM dirty WHERE story_id NOT IN (SELECT story_id FROM ix.doc) LIMIT ?"""


class Found(NamedTuple):
    """A hit: the story, a stretch of its text on one line, and where in it the words stand (start, end)."""

    story_id: int
    snippet: str
    marks: tuple[tuple[int, int], ...]


class Finder:
    """`library.finder`."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._db: Db | None = None
        self._attached: int | None = None
        self._hits: Hits | None = None  # of this connection
        self._seen: World | None = None  # by the list that is being made
        self._gathered: Sets | None = None  # for it
        self._each: dict[Node, Part] = {}  # for it

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
            self._db = self._hits = None

    # reading a query
    def parts(self, node: Node, index: str = "ix", sets: bool = False) -> tuple[Part, ...]:
        """The conditions of a query, against the feeds and people of now.

        sets: what is dear inside other conditions is gathered.
        """
        world = self._world(index)
        return Compiler(world, self._sets() if sets else None).parts(node)

    def later(self, node: Node) -> tuple[Part, ...]:
        """The same with sets; what may cost much is not asked yet: see `dear` and `gathered`."""
        return Compiler(self._now(), self._sets()).parts(node, later=True)

    def settled(self, node: Node) -> Node:
        """What of it is not true of all stories, or of none: see `store.settled`."""
        from tui_news.store.settled import decided

        found = decided(node, self._verdict)
        return found if not isinstance(found, bool) else EVERYTHING if found else Not(EVERYTHING)

    def _verdict(self, leaf: Text | Field) -> bool | None:
        if isinstance(leaf, Text):
            return None
        if leaf.name in ("newer", "older"):
            part, (first, last) = Compiler(self._now()).part(leaf), self._sets().times
            when = part.args[0]
            assert isinstance(when, int)
            early, late = when <= first, when > last
            return (
                (True if early else False if late else None)
                if leaf.name == "newer"
                else (False if early else True if late else None)
            )
        if leaf.name in ("lang", "feed", "folder", "speaker"):
            return False if Compiler(self._now(), self._sets()).part(leaf).bits == 0 else None
        return None

    def each(self, node: Node) -> Part:
        """The condition without words, as it is asked of a few stories."""
        if node not in self._each:
            self._each[node] = Compiler(self._now(), each=True).part(node)
        return self._each[node]

    def relaxed(self, node: Node) -> tuple[Part, ...]:
        """Those that reading, starring or tagging cannot undo, with sets."""
        held = relaxed(node)
        return self.parts(held, sets=True) if held is not None else ()

    def gathered(self, part: Part) -> Part:
        """The condition, what is dear in it gathered of all stories, or asked of the few that may meet it."""
        if part.node is None:
            return part
        made = self._sets().made
        if part not in made:
            made[part] = self._made(part)
        return made[part]

    def made(self, part: Part) -> bool:
        """Whether it was gathered for this list already."""
        return part in self._sets().made

    def sparse(self, parts: Sequence[Part]) -> bool:
        """Whether a set holds what meets them all, and it is a small part of the stories: those are no neighbours."""
        known = [part.bits if part.bits is not None else part.cases.upper if part.cases else None for part in parts]
        most = self._sets().everything.bit_count()
        return any(bits is not None and bits.bit_count() * SPARSE < most for bits in known)

    def _made(self, part: Part) -> Part:
        assert part.node is not None
        among = self.among(part)
        if among is None:
            return Compiler(self._now(), self._sets()).part(part.node)
        from tui_news.store.sets import asked, having  # not needed for the first paint

        return having(asked(self, part, among), part.state)

    def among(self, part: Part) -> int | None:
        """A small set that holds every story which meets a condition of several; None where none is known."""
        if part.node is None or (part.sql and "*" not in part.fts):
            return None
        from tui_news.store.bounds import Bounds  # not needed for the first paint

        return Bounds(self, self._now(), self._sets()).of(part.node)

    def all_gathered(self, parts: Sequence[Part]) -> tuple[Part, ...]:
        """The conditions so, those of which all stories are known as one. What costs most is asked last, and only of
        the stories that are left, if they are few."""
        from tui_news.store.sets import together  # not needed for the first paint

        return together(self, parts)

    def costly(self, part: Part, most: int = FEW) -> bool:
        """Whether words or quotations would have to be sought in the whole library to gather it. most: words that so
        many stories have are gathered, and are not dear."""
        if part.node is None or not any(isinstance(leaf, Text) for leaf in leaves(part.node)):
            return False
        from tui_news.store.sieve import soon  # not needed for the first paint

        if soon(part.fts):
            return False
        return not part.fts or ("*" in part.fts and self.set_of(part.fts) is None) or not self.few(part, most)

    def dear(self, part: Part, near: bool = True) -> bool:
        """Whether it costs more to find all stories that meet it than to ask about those that come first in a list.

        near: what comes first in the list are neighbours in the index.
        """
        if part.node is None:
            return False
        from tui_news.store.weighing import Weighing  # not needed for the first paint

        return Weighing(self, self._now(), self._library.db).dear(part, near)

    def common(self, part: Part) -> bool:
        """Whether so many stories seem to have the words that one begins with the stories."""
        if not part.fts or self.set_of(part.fts) is not None or _FEW_LEFT.search(part.fts):
            return False
        return "*" in part.fts or not self.few(part)  # to count any ending costs as much as to gather it

    def tidy(self) -> None:
        """Forget sets that were asked for long ago."""
        if self._hits is not None:
            self._hits.tidy()

    def set_of(self, match: str) -> int | None:
        """All stories that match, if they were gathered already."""
        return self.indexed(lambda db: self._hits_of(db).held(match))

    def spelt(self, match: str) -> str:
        """For a stretch of the index: beginnings of words spelt out, if they are few."""
        return self.indexed(lambda db: self._hits_of(db).spelt(match)) if "*" in match else match

    def rows_in_index(self) -> int:
        return self.indexed(lambda db: self._hits_of(db).shape()[0])

    def pieces(self) -> int:
        """That the index is in: see `store.pieces`."""
        return self.indexed(lambda db: self._hits_of(db).shape()[1])

    def rare(self, match: str) -> bool:
        """Whether few stories match: they are then gathered."""
        return self.indexed(lambda db: self._hits_of(db).few(match, FEW))

    def lacking(self, match: str) -> tuple[int, ...] | None:
        """The stories that do not match, if they are very few, those that nobody has indexed yet among them."""
        rows = self.indexed(lambda db: self._hits_of(db).lacking(match))
        if rows is None:
            return None
        found = self.indexed(lambda db: db.all(_LACKING, (ids_json(rows), FEW + 1)))
        return tuple(row[0] for row in found) if len(found) <= FEW else None

    def many_lack(self, match: str) -> None:
        """More stories than `lacking` tells of were seen not to match."""
        self.indexed(lambda db: self._hits_of(db).many_lack(match))

    def set_of_all(self, match: str) -> int:
        """All stories that match."""
        return self.indexed(lambda db: self._hits_of(db).of(match))

    def _sets(self) -> Sets:
        """What is gathered for the list that is being made."""
        if self._gathered is None:
            from tui_news.store.sets import Sets  # not needed for the first paint

            self._gathered = Sets(self, self._library.db)
        return self._gathered

    def _hits_of(self, db: Db) -> Hits:
        if self._hits is None:
            from tui_news.store.hits import Hits  # not needed for the first paint

            self._hits = Hits(db)
        return self._hits

    def _now(self) -> World:
        if self._seen is None:
            self._seen = self._world("ix")
        return self._seen

    def anew(self) -> None:
        """Another list is made, of what the library holds now."""
        self._seen = self._gathered = None
        self._each.clear()

    def feeds_of(self, leaf: Field) -> tuple[int, ...]:
        """The feeds that `feed:` means."""
        return tuple(feed.id for feed in named(self._world("ix").feeds, leaf.value))

    def _world(self, index: str) -> World:
        from tui_news.store.world import FeedName, Once, World  # not needed for the first paint

        library = self._library
        rows = library.db.all("SELECT id, name, url, folder FROM feed WHERE removed_at IS NULL")
        feeds = tuple(FeedName(*row) for row in rows)
        return World(int(library.clock()), feeds, Once(library.quotes), index, self._languages, self._tags)

    def _tags(self, glob: str) -> tuple[str, ...]:
        """The tags whose small letters fit the pattern: a step of the index for each tag there is."""
        rows = self._library.db.all(
            """WITH RECURSIVE each(one) AS (SELECT (SELECT min(tag) FROM story_tag) UNION ALL
            SELECT (SELECT min(tag) FROM story_tag WHERE tag > one) FROM each WHERE one IS NOT NULL)
            SELECT one FROM each WHERE lower(one) GLOB ?""",
            (glob,),
        )
        return tuple(row[0] for row in rows)

    def _languages(self, table: str) -> tuple[str, ...]:
        """The languages that the stories or articles are in, as each writes them: a step of the index for each."""
        least = f"SELECT min(lang) FROM {table} INDEXED BY {table}_lang WHERE lang > "
        rows = self._library.db.all(
            f"""WITH RECURSIVE each(one) AS (SELECT ({least}'') UNION ALL
            SELECT ({least}one AND lang > '') FROM each WHERE one IS NOT NULL)
            SELECT one FROM each WHERE one IS NOT NULL"""
        )
        return tuple(row[0] for row in rows)

    def smart_query(self, smart_id: int) -> Node:
        """A smart feed's query; everything for one that is gone. Raises QueryError."""
        smart = self._library.smart.get(smart_id)
        return parse(smart.query) if smart is not None else EVERYTHING

    # running it
    def all(self, sql: str, args: Sequence[object]) -> list[Row]:
        """The rows of a statement about story, which may ask the index."""
        if not _asks_index(sql):
            return self._library.db.all(sql, args)
        return self.indexed(lambda db: db.all(sql, args))

    def rows(self, sql: str, args: Sequence[object]) -> Generator[Row, None, None]:
        """The same, one by one as they are asked for. Close it: it holds the moment it reads."""
        if not _asks_index(sql):
            return self._library.db.each(sql, args)
        return self.indexed(lambda db: db.each(sql, args))

    def few(self, part: Part, most: int = FEW) -> bool:
        """Whether at most `most` stories meet the condition. Reads no more than it must."""
        if not part.few:
            return False
        if part.fts and "ix." in part.few:
            return self.indexed(lambda db: self._hits_of(db).few(part.fts, most))
        counted, asked = self._sets().counted, (part.few, part.args, most)
        if asked not in counted:
            counted[asked] = self.all(part.few, (*part.args, most + 1))[0][0]
        return bool(counted[asked] <= most)

    def indexed(self, work: Callable[[Db], T]) -> T:
        """`work` on the library with the index as `ix`; a damaged index is made anew, once."""
        try:
            return self._told(work)
        except LibraryDamaged:
            self.close()
            self._library.search.rebuild()
        return self._told(work)

    def _told(self, work: Callable[[Db], T]) -> T:
        db = self._open()
        try:
            return work(db)
        except LibraryError as error:
            raise self._library.search.told(error) from error

    def _open(self) -> Db:
        search = self._library.search
        file = search.ready()
        if self._db is not None and file != self._attached:
            self.close()  # deleted or replaced
        if self._db is None:
            db = Db(self._library.db.beside(), self._library.paths.index)
            try:
                db.run("ATTACH ? AS ix", (f"{self._library.paths.index.absolute().as_uri()}?mode=ro",))
            except BaseException:
                db.close()
                raise
            self._db, self._attached = db, file
        return self._db

    def find(self, query: str | Node, limit: int = 100) -> tuple[Found, ...]:
        """The stories that match, best first, each with a snippet. See `store.ranking`. Raises QueryError."""
        from tui_news.store.index_text import Document, document
        from tui_news.store.ranking import ranked

        node = check(query) if isinstance(query, str) else query
        light = pattern(node)
        db = self._library.db
        found = []
        for story_id in ranked(self, node, max(limit, 0)):
            held = document(db, story_id) or Document("", "", "", "")
            found.append(Found(story_id, *snippet(light, (held.body, held.comments, held.title, held.author))))
        return tuple(found)

    @property
    def now(self) -> int:
        return int(self._library.clock())


def _asks_index(sql: str) -> bool:
    return "ix." in sql


def check(query: str) -> Node:
    """The query's node, for what is to be kept: it must say something. Raises QueryError."""
    node = parse(query)
    if node == EVERYTHING:
        raise QueryError("it is empty", query, 0, "say which stories")
    return node
