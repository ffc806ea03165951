"""Full text over stories and comments: an index in a file of its own, rebuilt whenever it is missing or damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tui_news.models import LibraryError
from tui_news.store.connection import Db, Row, ids_json, storable
from tui_news.store.errors import LibraryBusy, LibraryDamaged, translate
from tui_news.store.index_schema import open_index, remove_index
from tui_news.text.query.words import spaced

if TYPE_CHECKING:
    from tui_news.store.at_hand import AtHand
    from tui_news.store.index_text import Document

T = TypeVar("T")
CHUNK = 100  # stories read at a time: their texts are in memory together
BATCH = 5000  # stories a transaction: FTS5 writes what it gathered, and merges, at each commit
WASTE = 5000  # rows of stories that were read anew, before the index is made afresh
PATIENCE = 2000  # milliseconds
INDEX = "The search index"


class Search:
    """`library.search`: keeps the index. Finding is `library.finder`'s. Raises LibraryError."""

    def __init__(
        self,
        db: Db,
        path: Path,
        readonly: bool = False,
        indexed: Callable[[list[int]], None] = lambda ids: None,
    ) -> None:
        """indexed: told which stories were read anew, after they were."""
        self._db, self._path, self._readonly, self._indexed = db, path, readonly, indexed
        self._conn: sqlite3.Connection | None = None
        self._file: int | None = None

    def close(self) -> None:
        if self._conn is not None:
            self._conn.close()
            self._conn = None

    def update(self, limit: int = BATCH, at_hand: AtHand | None = None, least: int = 0) -> int:
        """Index up to `limit` stories that are new or changed, in that order; how many were done.

        0 when there is nothing to do, or when another process is at it. at_hand: texts that need not be read.
        least: only stories whose texts are there, and none if those are fewer.
        """
        done = 0
        while not self._readonly and done < limit:
            room = min(BATCH, limit - done)
            try:
                count = self._with_index(lambda conn, room=room: self._index_some(conn, room, at_hand, least))  # type: ignore[misc]
            except LibraryBusy:
                break
            if not count:
                break
            done += count
        return done

    def pieces(self) -> int:
        """In how many pieces the index is: see `store.pieces`. Raises LibraryError."""
        from tui_news.store.pieces import STRUCTURE, pieces_in  # not needed for the first paint

        sql = STRUCTURE.format(index="main")
        return self._with_index(lambda conn: pieces_in(*(conn.execute(sql).fetchone() or (None,))))

    def merge(self) -> bool:
        """Put some of them together, for some 30 ms; whether there may be more to do. Not while another process is at
        the index. Raises LibraryError."""
        from tui_news.store.pieces import merge_step  # not needed for the first paint

        try:
            return not self._readonly and self._with_index(merge_step)
        except LibraryBusy:
            return False

    def ready(self) -> int | None:
        """Open the index, made if it is missing; which file it is. Raises LibraryError."""
        self._with_index(lambda conn: None)
        return self._file

    def told(self, error: LibraryError) -> LibraryError:
        """A fault met while reading the index, as the index's."""
        return type(error)(INDEX, error.why, f"{self._path} may be deleted at any time")

    def rebuild(self) -> None:
        """Throw the index away; `update` makes it anew."""
        self.close()
        try:
            remove_index(self._path)
        except OSError as error:
            raise LibraryError(INDEX, f"{error}", "check the cache folder") from error

    # the index's file
    def _with_index(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """`work` on the index; a damaged one is made anew, once."""
        try:
            return self._told(work)
        except LibraryDamaged as error:
            if error.what != INDEX:
                raise  # the library itself
        self.rebuild()
        return self._told(work)

    def _told(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return work(self._open())
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter: its own words on a damaged name
            if "fts5" in str(error):
                raise LibraryError(INDEX, "this SQLite was built without FTS5", "use a Python that has it") from error
            told = translate(error, self._path)
            raise type(told)(INDEX, told.why, f"{self._path} may be deleted at any time") from error
        except OSError as error:
            raise LibraryError(INDEX, f"{error}", "check the cache folder") from error

    def _open(self) -> sqlite3.Connection:
        if self._conn is not None and _inode(self._path) != self._file:
            self.close()  # deleted or replaced: what we wrote would go nowhere
        if self._conn is None:
            self._conn = open_index(self._path, PATIENCE)
            self._file = _inode(self._path)
        if not self._readonly:
            self._check_stamp(self._conn)
        return self._conn

    def _check_stamp(self, conn: sqlite3.Connection) -> None:
        """An index that was made for another library, or just made, begins with every story to be read."""
        row = conn.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()
        if row is None:
            self._begin(conn)
        elif row[0] != self._stamp():
            raise LibraryDamaged(INDEX, "it was made for another library")

    def _stamp(self) -> str | None:
        found: str | None = self._db.value("SELECT value FROM memo WHERE kind = 'index' AND key = 'stamp'")
        return found

    def _begin(self, conn: sqlite3.Connection) -> None:
        """Library first: a crash between the two writes leaves no stamp in the index, and it begins again."""
        stamp = os.urandom(16).hex()
        with self._db.write():
            self._db.run("INSERT OR REPLACE INTO memo(kind, key, value) VALUES ('index', 'stamp', ?)", (stamp,))
            self._db.run("INSERT OR IGNORE INTO dirty(story_id) SELECT id FROM story ORDER BY id")
        conn.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('stamp', ?)", (stamp,))

    # writing
    def _index_some(self, conn: sqlite3.Connection, limit: int, at_hand: AtHand | None, least: int) -> int:
        _check_waste(conn)
        marks = self._db.all("SELECT seq, story_id FROM dirty ORDER BY seq LIMIT ?", (limit,))
        if at_hand is not None and least:
            marks = self._those_at_hand(marks, at_hand)
        if len(marks) < max(least, 1):
            return 0
        self._index(conn, [story_id for _, story_id in marks], at_hand)
        stamp = conn.execute("SELECT value FROM meta WHERE key = 'stamp'").fetchone()[0]
        with self._db.write():
            if stamp == self._stamp():  # else another process began a new index, and these belong into it
                self._db.many("DELETE FROM dirty WHERE seq = ?", [(seq,) for seq, _ in marks])
        self._indexed([story_id for _, story_id in marks])
        return len(marks)

    def _those_at_hand(self, marks: list[Row], at_hand: AtHand) -> list[Row]:
        ids = ids_json([story_id for _, story_id in marks])
        told = self._db.all("SELECT id, content_hash FROM story WHERE id IN (SELECT value FROM json_each(?))", (ids,))
        here = {story_id for story_id, content_hash in told if content_hash in at_hand}
        return [mark for mark in marks if mark[1] in here]

    def _index(self, conn: sqlite3.Connection, story_ids: list[int], at_hand: AtHand | None = None) -> None:
        from tui_news.store.index_text import documents  # not needed for the first paint

        conn.execute("BEGIN IMMEDIATE")
        try:
            for start in range(0, len(story_ids), CHUNK):
                some = story_ids[start : start + CHUNK]
                _put(conn, some, documents(self._db, some, tidy=False, at_hand=at_hand))
            conn.execute("COMMIT")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            raise


def _put(conn: sqlite3.Connection, story_ids: list[int], held: dict[int, Document]) -> None:
    """New rows; the stories' old ones, if any, are no longer pointed to."""
    conn.executemany("DELETE FROM doc WHERE story_id = ?", [(story_id,) for story_id in story_ids])
    used = conn.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'doc'").fetchone()[0]
    numbered = list(enumerate(held.items(), used + 1))
    conn.executemany("INSERT INTO doc(docid, story_id) VALUES (?, ?)", [(n, story_id) for n, (story_id, _) in numbered])
    conn.executemany(
        "INSERT INTO words(rowid, title, author, body, comments) VALUES (?, ?, ?, ?, ?)",
        ((n, *(spaced(storable(text)) for text in document)) for n, (_, document) in numbered),
    )


def _check_waste(conn: sqlite3.Connection) -> None:
    """Rows that no story points to any more cost room and, in bm25, rank: an index of mostly those is made anew."""
    used, made = conn.execute("SELECT count(*), coalesce(max(docid), 0) FROM doc").fetchone()
    if made - used > max(WASTE, used):
        raise LibraryDamaged(INDEX, "most of it is out of date")


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
