"""When the library is damaged: save what SQLite still reads, put the file aside, go on."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tui_news.models import LibraryError
from tui_news.models.late import dataclass
from tui_news.store.backups import to_rescue_from
from tui_news.store.connection import FAULTS, Db, Row, connect
from tui_news.store.migrate import migrate
from tui_news.store.opmlfile import sync_folder
from tui_news.store.schema import TABLES

MAGIC = b"SQLite format 3\0"
TAILS = ("", "-wal", "-shm")
CHUNK = 500


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """One process at a time mends the library: two would put each other's work aside. Raises LibraryError."""
    try:
        handle = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise LibraryError(f"The library {path}", str(error.strerror), "check the folder") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a rescue brought over, and where the damaged file lies now; None when nothing was there."""

    aside: Path | None
    feeds: int
    stories: int
    marks: int
    copy: Path | None = None

    @property
    def sentence(self) -> str:
        held = f"{self.feeds} feeds, {self.stories:,} stories, {self.marks:,} read or starred marks"
        if self.aside is None and self.copy is None:
            return "The library was gone, and no copy of it is here: a new one was begun."
        if self.aside is None:
            return f"The library was gone: {held} came back from the copy {self.copy}."
        return f"The library was damaged and lies now at {self.aside}; saved from it: {held}." + (
            f" What it no longer gave came from the copy {self.copy}." if self.copy else ""
        )


def rescue(path: Path, now: float, fill: Callable[[Db], None]) -> Saved:
    """Build a new library from what the damaged one still gives (`fill` adds to it), then swap the two.

    Built beside it and renamed last. A crash on the way leaves the damaged file in its place, to begin again; one in
    the middle of the swap leaves the new library by its own name (`ready_of`), and the next rescue ends the swap.
    Raises LibraryError.
    """
    ready = ready_of(path)
    try:
        copied, counts = _half_way(path, ready) or _built(path, ready, fill)
        there = any(os.path.exists(f"{path}{tail}") and os.stat(f"{path}{tail}").st_size for tail in TAILS[:2])
        aside = _free_name(path, now)
        for tail in TAILS:  # the file first: while it is there, the swap has not begun
            with suppress(FileNotFoundError):
                os.replace(f"{path}{tail}", f"{aside}{tail}") if there else os.unlink(f"{path}{tail}")
        os.replace(ready, path)
        sync_folder(path.parent)
    except (OSError, *FAULTS) as error:
        raise LibraryError(
            f"The library {path} is damaged", f"a new one could not be made beside it ({error})", "check the disk"
        ) from error
    return Saved(aside if there else None, counts[0], counts[1], counts[2], copied)


def ready_of(path: Path) -> Path:
    """The name of a rescued library that has only to take the damaged one's place."""
    return path.with_name(f"{path.stem}.rescued.db")


def _half_way(path: Path, ready: Path) -> tuple[Path | None, list[int]] | None:
    """A swap was cut off: the new library is whole, and the damaged one no longer in its place."""
    if not os.path.exists(ready) or (os.path.exists(path) and os.stat(path).st_size):
        return None
    db = Db(connect(ready), ready)
    try:
        return ready, _counts(db)
    finally:
        db.close()


def _built(path: Path, ready: Path, fill: Callable[[Db], None]) -> tuple[Path | None, list[int]]:
    """The copy that helped, and how many feeds, stories and marks came over."""
    fresh = path.with_name(f"{path.stem}.new.db")
    _remove(fresh)
    _remove(ready)
    db = Db(connect(fresh), fresh)
    try:
        migrate(db)
        copied = _from_copy(path, db, _salvage(path, db))
        with db.write(durable=True):
            tidy(db)
            _ask_anew(db)
        counts = _counts(db)
        fill(db)
    finally:
        db.close()
    os.replace(fresh, ready)
    return copied, counts


def _counts(db: Db) -> list[int]:
    return [int(db.value(f"SELECT count(*) FROM {name}")) for name in ("feed", "story", "status")]


def _free_name(path: Path, now: float) -> Path:
    day = time.strftime("%Y-%m-%d", time.gmtime(now))
    tails = ["", *(f"-{number}" for number in range(2, 1000))]
    names = (path.with_name(f"{path.stem}-damaged-{day}{tail}.db") for tail in tails)
    return next(name for name in names if not name.exists())


def _remove(path: Path) -> None:
    for tail in TAILS:
        Path(f"{path}{tail}").unlink(missing_ok=True)


def _salvage(damaged: Path, db: Db) -> list[tuple[str, str]]:
    """Copy every row that can be read; the tables that could not be read to their end.

    Works on a copy: opening would alter the file that is to be kept.
    """
    copy = damaged.with_name(f"{damaged.stem}.reading.db")
    try:
        _copy(damaged, copy)
        source = _reading(copy)
        try:
            with suppress(*FAULTS):
                source = _respelled(source, copy, db)
            return _copy_tables(source, db, TABLES)
        finally:
            source.close()
    except OSError:
        pass  # no room for a copy: the file itself is kept, and the feeds come from the OPML
    finally:
        _remove(copy)
    return list(TABLES)


def _respelled(source: sqlite3.Connection, copy: Path, db: Db) -> sqlite3.Connection:
    """The copy, with definitions of ours for its tables that cannot be read by their own: a letter amiss in one would
    cost the whole table."""
    lost = [name for name, _ in TABLES if not _opens(source, name)]
    if not lost or source.execute("PRAGMA user_version").fetchone()[0] != db.value("PRAGMA user_version"):
        return source
    for name in lost:
        sql = db.value("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
        source.execute("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (sql, name))
    source.close()
    return _reading(copy)


def _opens(source: sqlite3.Connection, table: str) -> bool:
    try:
        source.execute(f"SELECT * FROM {table} LIMIT 0")
    except FAULTS:
        return False
    return True


def _reading(copy: Path) -> sqlite3.Connection:
    """A connection that reads on past a malformed entry of the schema, and texts that are none."""
    source = sqlite3.connect(copy, isolation_level=None)
    source.text_factory = lambda raw: raw.decode("utf-8", "replace")
    with suppress(*FAULTS):
        source.execute("PRAGMA writable_schema=ON")
    return source


def _from_copy(damaged: Path, db: Db, lost: Sequence[tuple[str, str]]) -> Path | None:
    """Rows that the file no longer gave, from the last sound copy beside it; that copy, None when it gave nothing."""
    for copy in to_rescue_from(damaged.parent) if lost else ():
        before = db.conn.total_changes
        with suppress(*FAULTS):
            source = connect(copy, readonly=True)
            try:
                if source.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                    _copy_tables(source, db, lost)
                    return copy if db.conn.total_changes > before else None
            finally:
                source.close()
    return None


def _copy(damaged: Path, copy: Path) -> None:
    _remove(copy)
    shutil.copyfile(damaged, copy)
    with suppress(FileNotFoundError):
        shutil.copyfile(f"{damaged}-wal", f"{copy}-wal")
    with open(copy, "r+b") as stream:
        if copy.stat().st_size >= 512 and stream.read(16) != MAGIC:
            stream.seek(0)
            stream.write(MAGIC)


def _copy_tables(source: sqlite3.Connection, db: Db, tables: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The tables that could not be read to their end. Rows that are there already stay."""
    db.run("PRAGMA foreign_keys=OFF")
    with db.write(durable=True):
        lost = [(table, key) for table, key in tables if not _copy_table(source, db, table, key)]
    db.run("PRAGMA foreign_keys=ON")
    return lost


def _copy_table(source: sqlite3.Connection, db: Db, table: str, key: str) -> bool:
    try:
        held = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    except FAULTS:
        return False
    columns = [row[1] for row in db.all(f"PRAGMA table_info({table})") if row[1] in held]
    if not columns:
        return False
    names = ", ".join(columns)
    into = f"INSERT OR IGNORE INTO {table}({names}) VALUES ({', '.join('?' * len(columns))})"
    backward = ", ".join(f"{part} DESC" for part in key.split(", "))
    if _pour(source, f"SELECT {names} FROM {table} ORDER BY {key}", db, into):
        return True
    _pour(source, f"SELECT {names} FROM {table} ORDER BY {backward}", db, into)
    return False


def _pour(source: sqlite3.Connection, select: str, db: Db, into: str) -> bool:
    """Copy rows until the first that cannot be read; whether the end was reached."""
    try:
        cursor = source.execute(select)
        while True:
            rows: list[Row] = []
            try:
                rows = _take(cursor, rows)
            finally:
                db.many(into, rows)
            if len(rows) < CHUNK:
                return True
    except FAULTS:
        return False


def _take(cursor: sqlite3.Cursor, rows: list[Row]) -> list[Row]:
    """Fill `rows` in place, so that those before a damaged one are not lost with it."""
    while len(rows) < CHUNK:
        row = cursor.fetchone()
        if row is None:
            break
        rows.append(row)
    return rows


def tidy(db: Db) -> None:
    """What lost its parent cannot be shown; ids and counts must be right for what comes after."""
    db.run("DELETE FROM story WHERE feed_id NOT IN (SELECT id FROM feed)")
    for table, key in (("body", "story_id"), ("article", "story_id"), ("page", "story_id"), ("thread", "story_id")):
        db.run(f"DELETE FROM {table} WHERE {key} NOT IN (SELECT id FROM story)")
    db.run("DELETE FROM comment WHERE thread NOT IN (SELECT story_id FROM thread)")
    db.run("DELETE FROM muted WHERE story_id NOT IN (SELECT id FROM story) OR rule_id NOT IN (SELECT id FROM rule)")
    db.run("DELETE FROM memo WHERE kind = 'index'")
    db.run("INSERT OR REPLACE INTO memo(kind, key, value) SELECT 'twins', 'backlog', max(id) FROM story HAVING max(id)")
    db.run("INSERT OR IGNORE INTO dirty(story_id) SELECT id FROM story")
    # A lost feed's id must not pass to another: its marks would come with it.
    last = db.value(
        "SELECT max(coalesce((SELECT max(id) FROM feed), 0), coalesce((SELECT max(feed_id) FROM status), 0))"
    )
    db.run("DELETE FROM sqlite_sequence WHERE name = 'feed'")
    db.run("INSERT INTO sqlite_sequence(name, seq) VALUES ('feed', ?)", (last,))
    marks_to_stories(db)


def _ask_anew(db: Db) -> None:
    """Every feed is to be read as a whole, at the next refresh, and a story without its text taken for changed: else
    what was lost would stay away as long as the feed says the same."""
    db.run("UPDATE feed SET etag = '', modified = '', body_hash = '', marks = x'', next_check = 0")
    db.run("UPDATE story SET content_hash = '' WHERE id NOT IN (SELECT story_id FROM body)")


def marks_to_stories(db: Db) -> None:
    """Set every story's read and starred as its status says; a status that was lost is made from its story."""
    db.run(
        """INSERT OR IGNORE INTO status(feed_id, identity, read, starred)
        SELECT feed_id, identity, read, starred FROM story WHERE read = 1 OR starred = 1"""
    )
    db.run(
        """UPDATE story SET read = s.read, starred = s.starred FROM status AS s
        WHERE s.feed_id = story.feed_id AND s.identity = story.identity
        AND (story.read <> s.read OR story.starred <> s.starred)"""
    )
