"""newsboat's `cache.db`, read and never touched: no lock, no journal beside it, not a byte changed.

https://github.com/newsboat/newsboat/blob/master/src/cache.cpp: `rss_feed` and `rss_item`; columns came one by one
since 2007 (flags, deleted, base; content_mime_type in 2.14), so only those that are there are asked for.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tui_news.models import TuinewsError
from tui_news.models.moving import CacheFeed, CacheItem

MAGIC = b"SQLite format 3\0"
_JOURNALS = ("-journal", "-wal")
_FAULTS = (sqlite3.Error, OverflowError, UnicodeDecodeError)  # the last: its words on a damaged name
_COLUMNS = {
    "guid": "''", "title": "''", "author": "''", "url": "''", "pubDate": "0", "content": "''", "unread": "1",
    "flags": "''", "deleted": "0", "enclosure_url": "''", "enclosure_type": "''", "content_mime_type": "''",
}  # fmt: skip


class NewsboatCache:
    """Use as a context manager. Raises TuinewsError in a sentence."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._stamp = _stamp(path)
        self._conn: sqlite3.Connection | None = None

    def __enter__(self) -> NewsboatCache:
        try:
            self._conn = self._open()
            tables = {row[0] for row in self._conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        except (OSError, *_FAULTS) as error:
            self.__exit__()
            raise self._told(error) from error
        if not {"rss_item", "rss_feed"} <= tables:
            self.__exit__()
            raise TuinewsError(f"{self.path} could not be imported", "it is a database, but not newsboat's cache")
        return self

    def __exit__(self, *args: object) -> None:
        if self._conn is not None:
            self._conn.close()
        if self._folder is not None:
            self._folder.cleanup()

    def _open(self) -> sqlite3.Connection:
        """The file itself, as one that nobody writes; beside a journal a copy of both, which SQLite may mend."""
        path, query = self.path.absolute(), "mode=ro&immutable=1"
        journals = [tail for tail in _JOURNALS if (beside := Path(f"{path}{tail}")).exists() and beside.stat().st_size]
        if journals:
            self._folder = tempfile.TemporaryDirectory(prefix="tuinews-")
            copy = Path(self._folder.name) / "cache.db"
            for tail in ("", *journals):
                shutil.copyfile(f"{path}{tail}", f"{copy}{tail}")
            path, query = copy, "mode=rw"
        conn = sqlite3.connect(f"{path.as_uri()}?{query}", uri=True, isolation_level=None)
        conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
        return conn

    def _told(self, error: BaseException) -> TuinewsError:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return TuinewsError(f"{self.path} could not be read", why, "close newsboat and try again")

    def feeds(self) -> list[CacheFeed]:
        assert self._conn is not None
        try:
            rows = self._conn.execute(
                """SELECT i.feedurl, coalesce(f.url, ''), coalesce(f.title, ''), i.n FROM
                (SELECT feedurl, count(*) AS n FROM rss_item GROUP BY feedurl) AS i
                LEFT JOIN rss_feed AS f ON f.rssurl = i.feedurl ORDER BY i.feedurl"""
            ).fetchall()
        except _FAULTS as error:
            raise self._told(error) from error
        return [CacheFeed(str(url), str(site), str(title), int(count)) for url, site, title, count in rows]

    def items(self, feed_url: str) -> Iterator[CacheItem]:
        """The feed's items, newest first, as newsboat shows them."""
        assert self._conn is not None
        try:
            held = {row[1] for row in self._conn.execute("PRAGMA table_info(rss_item)")}
            names = ", ".join(name if name in held else other for name, other in _COLUMNS.items())
            cursor = self._conn.execute(
                f"SELECT {names} FROM rss_item WHERE feedurl = ? ORDER BY pubDate DESC, id DESC", (feed_url,)
            )
            for row in cursor:
                yield _item(row)
        except _FAULTS as error:
            raise self._told(error) from error

    def written_meanwhile(self) -> bool:
        """Whether another program changed the file since it was opened."""
        return _stamp(self.path) != self._stamp


def _stamp(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_size


def _item(row: tuple[object, ...]) -> CacheItem:
    guid, title, author, url, published, content, unread, flags, deleted, media, media_type, mime = row
    return CacheItem(
        guid=_text(guid),
        title=_text(title),
        author=_text(author),
        url=_text(url),
        published=_number(published),
        content=_text(content),
        unread=_number(unread) != 0,
        flags=_text(flags),
        deleted=_number(deleted) != 0,
        enclosure_url=_text(media),
        enclosure_type=_text(media_type),
        mime=_text(mime),
    )


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")


def _number(value: object) -> int:
    """SQLite keeps what it is given: a column declared INTEGER may hold text."""
    try:
        return int(str(value or 0))
    except ValueError:
        return 0
