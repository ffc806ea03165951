"""Opening the library: sound, migrated, and rescued or refilled when it has to be."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from tui_news.models import LibraryError, Subscription, TuinewsError
from tui_news.paths import Paths
from tui_news.store.connection import FAULTS, Db, connect
from tui_news.store.errors import LibraryDamaged, translate
from tui_news.store.feeds import Feeds
from tui_news.store.migrate import check_ours, migrate
from tui_news.store.schema import MIGRATIONS, TABLES

ReadOpml = Callable[[bytes], Sequence[Subscription]]
OPML = "subscriptions.opml"


def open_writable(paths: Paths, clock: Callable[[], float], read_opml: ReadOpml | None, notices: list[str]) -> Db:
    try:
        paths.make()
    except OSError as error:
        raise LibraryError(
            f"The library {paths.library}", str(error.strerror or error), "check who may write there"
        ) from error
    try:
        return open_sound(paths)
    except LibraryDamaged:
        pass
    from tui_news.store.rescue import alone  # a sound library needs none of it before the first paint

    with alone(paths.library):
        try:
            return open_sound(paths)  # another process may have mended it meanwhile
        except LibraryDamaged:
            _mend(paths, clock(), read_opml, notices)
            return open_sound(paths)


def _mend(paths: Paths, now: float, read_opml: ReadOpml | None, notices: list[str]) -> None:
    def fill(db: Db) -> None:
        feeds = Feeds(db, lambda: None)
        items = read_list(paths.data / OPML, read_opml, [])  # opening tells what is wrong with it
        with db.write(durable=True):
            added = subscribe(feeds, items, int(now))
        if added:
            notices.append(f"{added} feeds were subscribed again from {paths.data / OPML}.")

    from tui_news.store.rescue import rescue

    saved = rescue(paths.library, now, fill)
    marker_of(paths).unlink(missing_ok=True)
    notices.insert(0, saved.sentence)


def subscribe(feeds: Feeds, items: Sequence[Subscription], now: int) -> int:
    """Those whose address is not there, not even as a removed feed."""
    new = [item for item in items if not feeds.held(item.url)]
    for item in new:
        feeds.add(item.url, item.title, item.site, item.folder, now=now)
    return len(new)


def read_list(path: Path, read_opml: ReadOpml | None, notices: list[str]) -> Sequence[Subscription]:
    if read_opml is None or not os.path.lexists(path):
        return ()
    try:
        return read_opml(path.read_bytes())
    except (OSError, ValueError, TuinewsError) as error:
        notices.append(f"{path} could not be read: {error}.")
        return ()


def marker_of(paths: Paths) -> Path:
    return paths.data / "library.damaged"


def open_sound(paths: Paths) -> Db:
    """A sound, current database, or LibraryDamaged; nothing is written before its version is known."""
    path = paths.library
    if _wal_alone(path):
        raise LibraryDamaged(f"The library {path}", "the file is empty but its journal is not", "start tuinews again")
    if _lost(path):
        raise LibraryDamaged(f"The library {path}", "it is gone, and there are copies of it", "start tuinews again")
    try:
        db = Db(connect(path), path)
    except FAULTS as error:
        raise translate(error, path) from error
    try:
        check_ours(db)
        db.run("PRAGMA journal_mode=WAL")
        db.run("PRAGMA synchronous=NORMAL")
        migrate(db)
        _probe(db, marker_of(paths))
    except BaseException:
        db.close()
        raise
    return db


def _wal_alone(path: Path) -> bool:
    """SQLite deletes the journal of an empty file unread; there may be stories in it. And where the file was moved away
    under an open reader, that still uses its journals: a new library must not share them, or both read each other's."""
    try:
        if is_gone(path):
            return any(os.path.exists(f"{path}{tail}") for tail in ("-wal", "-shm"))
        return os.stat(path).st_size == 0 and os.stat(f"{path}-wal").st_size > 0
    except OSError:
        return False  # one of them is not there, or nobody may look: opening will tell


def _lost(path: Path) -> bool:
    """Nothing is there, or a file without a byte, beside copies of what was or a rescued library: no new one begins
    there."""
    if not is_gone(path) and os.stat(path).st_size:
        return False
    if os.path.exists(path.with_name(f"{path.stem}.rescued.db")):  # see `rescue.ready_of`, which is not loaded here
        return True
    from tui_news.store.backups import to_rescue_from  # not needed where there is a library

    return bool(to_rescue_from(path.parent))


def _probe(db: Db, marker: Path) -> None:
    """Cheap looks at the tables that everything needs; a full check only after damage was met."""
    for table in ("feed", "story", "status", "tally", "body", "article", "thread", "comment", "journal", "memo"):
        db.one(f"SELECT * FROM {table} LIMIT 1")
    if os.path.exists(marker):
        problems = [row[0] for row in db.all("PRAGMA quick_check(1)") if row[0] != "ok"]
        if problems:
            raise LibraryDamaged(f"The library {db.path}", str(problems[0]), "start tuinews again")
        for table, _ in TABLES:
            for _ in db.each(f"SELECT * FROM {table}"):
                pass  # a text that is none raises LibraryDamaged; SQLite's own check does not read letters
        marker.unlink(missing_ok=True)


def is_gone(path: Path) -> bool:
    """Whether there is none, and not merely none that we may see."""
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def open_readonly(path: Path, older: bool = False) -> Db:
    """older: one of an older schema is opened too, as a copy in memory."""
    if is_gone(path):
        raise LibraryError(f"The library {path}", "there is none yet", "subscribe to a feed first")
    try:
        db = Db(connect(path, readonly=True), path)
    except FAULTS as error:
        raise translate(error, path) from error
    try:
        if (version := check_ours(db)) < len(MIGRATIONS):
            if older and version:
                from tui_news.store.older import in_memory  # hardly ever needed

                return in_memory(db)
            raise LibraryError(f"The library {path}", "an older version wrote it", "open it once for writing")
    except BaseException:
        db.close()
        raise
    return db
