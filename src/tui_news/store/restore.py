"""An export put back: to the last mark into a library that holds nothing of its reader's yet, else joined to what is
there, feed by address and story by identity."""

# ruff: noqa: S608 - only names of our own schema are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import field
from typing import Any

from tui_news.models.late import dataclass
from tui_news.store.connection import Db
from tui_news.store.dump import NOT_KEPT, Row
from tui_news.store.rescue import tidy
from tui_news.store.schema import TABLES
from tui_news.text.sanitize import clean_url

# How each table joins a library that has its own rows; every table of TABLES is here (a test looks).
JOINED = {
    "feed": "by address", "status": "marks add up", "story": "by identity", "folder": "as it is",
    "body": "of new stories", "article": "of new stories", "page": "of new stories", "thread": "of new stories",
    "comment": "of new stories", "smart_feed": "by name", "rule": "by query", "story_tag": "as it is",
    "speaker_set": "as it is", "speaker_alias": "as it is",
    "journal": "", "memo": "", "muted": "", "later": "", "pruned": "",  # about the other library only
}  # fmt: skip
_STORY_KEY = {"comment": "thread"}


@dataclass
class Restored:
    """What came, and the undo of it. exact: the library is now what the export was."""

    feeds: list[int] = field(default_factory=list)
    stories: list[int] = field(default_factory=list)
    read: int = 0
    starred: int = 0
    smart: int = 0
    exact: bool = False
    undo: list[dict[str, object]] = field(default_factory=list)


def is_fresh(db: Db) -> bool:
    """Whether nothing in it is its reader's: no feeds but the built-in edition's, no marks."""
    own = "SELECT 1 FROM feed WHERE url NOT LIKE 'builtin:%' LIMIT 1"
    marks = "SELECT 1 FROM status WHERE read = 1 OR starred = 1 LIMIT 1"
    return db.one(own) is None and db.one(marks) is None and db.one("SELECT 1 FROM smart_feed LIMIT 1") is None


def restore(db: Db, rows: Iterable[tuple[str, Row]]) -> Restored:
    """Inside a transaction. Raises TuinewsError; the caller rolls back."""
    db.run("PRAGMA defer_foreign_keys=ON")  # until the commit: what lost its parent is tidied away by then
    return _exactly(db, rows) if is_fresh(db) else _Joining(db).run(rows)


Columns = dict[str, dict[str, tuple[type, ...]]]
_KINDS: dict[str, tuple[type, ...]] = {"TEXT": (str,), "BLOB": (bytes,), "INTEGER": (int,)}


def _columns(db: Db) -> Columns:
    """Tables with their columns and what may stand in each. SQLite itself takes anything."""
    return {
        table: {row[1]: _KINDS.get(row[2], (str, bytes, int, float)) for row in db.all(f"PRAGMA table_info({table})")}
        for table, _ in TABLES
    }


def _fitting(row: Row, kinds: dict[str, tuple[type, ...]]) -> Row:
    """The row without values of another kind than their columns': such a one, once stored, would fail every list that
    it is in."""
    return {name: value for name, value in row.items() if name in kinds and (value is None or _is(value, kinds[name]))}


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and not (isinstance(value, int) and not -(2**63) <= value < 2**63)


def _insert(db: Db, table: str, row: Row) -> int | None:
    """The new row's id; None when one like it is there."""
    names = list(row)
    cursor = db.run(
        f"INSERT OR IGNORE INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", list(row.values())
    )
    return cursor.lastrowid if cursor.rowcount > 0 else None


def _web_only(row: Row) -> bool:
    """An export may come from a stranger: a feed's address is one that can be fetched, and nothing else."""
    url = str(row.get("url", ""))
    return url.startswith("builtin:edition/") or (url.startswith(("http://", "https://")) and bool(clean_url(url)))


def _exactly(db: Db, rows: Iterable[tuple[str, Row]]) -> Restored:
    known, done = _columns(db), Restored(exact=True)
    for table, _ in reversed(TABLES):
        db.run(f"DELETE FROM {table}")
    for table, row in rows:
        kept = _fitting(row, known[table])
        if (table == "feed" and not _web_only(row)) or (table == "memo" and row.get("kind") in NOT_KEPT):
            continue
        number = _insert(db, table, kept)
        if table == "feed" and number is not None and row.get("removed_at") is None:
            done.feeds.append(number)
        elif table == "story" and number is not None:
            done.stories.append(number)
    tidy(db)
    done.read, done.starred = (
        db.value(f"SELECT count(*) FROM status WHERE {what} = 1") for what in ("read", "starred")
    )
    done.smart = db.value("SELECT count(*) FROM smart_feed")
    done.undo = [{"op": "feed_added", "id": number} for number in done.feeds]
    return done


class _Joining:
    """Their rows with our ids."""

    def __init__(self, db: Db) -> None:
        self.db, self.known, self.done = db, _columns(db), Restored()
        self.feeds: dict[Any, int] = {}
        self.stories: dict[Any, int] = {}
        self.new: set[Any] = set()
        self.read: list[int] = []
        self.starred: list[int] = []

    def run(self, rows: Iterable[tuple[str, Row]]) -> Restored:
        ways: dict[str, Callable[[str, Row], None]] = {
            "by address": self._feed, "by identity": self._story, "marks add up": self._status,
            "of new stories": self._of_story, "by name": self._named, "by query": self._named,
            "as it is": self._as_it_is,
        }  # fmt: skip
        later: list[Row] = []  # their statuses come before their stories
        for table, row in rows:
            kept = _fitting(row, self.known[table])
            if table == "status":
                later.append(kept)
            elif JOINED.get(table):
                with suppress(KeyError):  # a row that does not say what it is of
                    ways[JOINED[table]](table, kept)
        for row in later:
            with suppress(KeyError):
                self._status("status", row)
        self._note()
        return self.done

    def _note(self) -> None:
        done, db = self.done, self.db
        done.undo = [{"op": "feed_added", "id": number} for number in done.feeds]
        if done.stories:
            done.undo.append({"op": "stories_added", "ids": done.stories})
            db.run("INSERT OR IGNORE INTO dirty(story_id) SELECT id FROM story")
            db.run("UPDATE feed SET marks = x''")  # what their last visits had is not what is held now
        for name, ids in (("read", self.read), ("star", self.starred)):
            if ids:
                done.undo.append({"op": name, "ids": ids, "value": False})

    def _feed(self, table: str, row: Row) -> None:
        theirs = row.pop("id")
        held = self.db.one("SELECT id, removed_at FROM feed WHERE url = ?", (row["url"],))
        if held is not None:
            self.feeds[theirs] = held[0]
        elif row.get("removed_at") is None and _web_only(row):
            number = _insert(self.db, table, row)
            if number is None:
                return
            self.feeds[theirs] = number
            self.done.feeds.append(number)

    def _story(self, table: str, row: Row) -> None:
        theirs, feed = row.pop("id"), self.feeds.get(row["feed_id"])
        if feed is None:
            return
        held = self.db.value("SELECT id FROM story WHERE feed_id = ? AND identity = ?", (feed, row["identity"]))
        if held is None:
            number = _insert(self.db, table, row | {"feed_id": feed, "hidden": 0, "twin": None})
            if number is None:
                return
            held = number
            self.new.add(theirs)
            self.done.stories.append(number)
        self.stories[theirs] = held

    def _of_story(self, table: str, row: Row) -> None:
        key = _STORY_KEY.get(table, "story_id")
        if row[key] in self.new:
            _insert(self.db, table, row | {key: self.stories[row[key]]})

    def _status(self, table: str, row: Row) -> None:
        """What is read or starred in either is so; a place is kept where we have none."""
        feed = self.feeds.get(row["feed_id"])
        if feed is None:
            return
        row = row | {"feed_id": feed}
        key = (feed, row["identity"])
        story = self.db.one("SELECT id, read, starred FROM story WHERE feed_id = ? AND identity = ?", key)
        ours = self.db.one("SELECT read, starred FROM status WHERE feed_id = ? AND identity = ?", key) or (0, 0)
        _insert(self.db, table, row)
        self.db.run(
            """UPDATE status SET read = max(read, ?), starred = max(starred, ?),
            position = coalesce(nullif(position, ''), ?) WHERE feed_id = ? AND identity = ?""",
            (row.get("read", 0), row.get("starred", 0), row.get("position", ""), *key),
        )
        self.done.read += bool(row.get("read") and not ours[0])
        self.done.starred += bool(row.get("starred") and not ours[1])
        if story:
            self._mark(story, bool(row.get("read")), bool(row.get("starred")))

    def _mark(self, story: tuple[Any, ...], read: bool, starred: bool) -> None:
        if read and not story[1]:
            self.read.append(story[0])
        if starred and not story[2]:
            self.starred.append(story[0])
        self.db.run(
            "UPDATE story SET read = max(read, ?), starred = max(starred, ?) WHERE id = ?", (read, starred, story[0])
        )

    def _named(self, table: str, row: Row) -> None:
        """Smart feeds and rules name feeds by their numbers; those are ours now."""
        row.pop("id")
        row["query"] = self._renumbered(str(row["query"]))
        key = "name" if table == "smart_feed" else "query"
        if self.db.one(f"SELECT 1 FROM {table} WHERE {key} = ?", (row[key],)) is None:
            _insert(self.db, table, row)
            self.done.smart += table == "smart_feed"

    def _renumbered(self, query: str) -> str:
        import re

        def ours(match: re.Match[str]) -> str:
            return f"feed:{self.feeds.get(int(match[1]), 0)}"

        return re.sub(r"\bfeed:(\d+)\b", ours, query)

    def _as_it_is(self, table: str, row: Row) -> None:
        if "feed_id" in row:
            feed = self.feeds.get(row["feed_id"])
            if feed is None:
                return
            row = row | {"feed_id": feed}
        _insert(self.db, table, row)
