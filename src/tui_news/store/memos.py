"""Small things to remember that are no part of a story: which host asked for silence, which twins are done."""

from __future__ import annotations

from tui_news.store.connection import Db, storable


class Memos:
    """`library.memos`."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, kind: str, key: str) -> str | None:
        found: str | None = self._db.value("SELECT value FROM memo WHERE kind = ? AND key = ?", (kind, storable(key)))
        return found

    def put(self, kind: str, key: str, value: str, at: int = 0) -> None:
        with self._db.write():
            self._db.run(
                "INSERT OR REPLACE INTO memo(kind, key, value, at) VALUES (?, ?, ?, ?)",
                (kind, storable(key), storable(value), at),
            )

    def drop(self, kind: str, key: str) -> None:
        with self._db.write():
            self._db.run("DELETE FROM memo WHERE kind = ? AND key = ?", (kind, storable(key)))
