"""What was asked for without a network: each thing once, done when the network is back."""

from __future__ import annotations

from tui_news.store.connection import Db, storable

MOST = 500


class Later:
    """`library.later`. kind: "story" | "refresh" | "add" | "pack" | "open"; target: an id or an address."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def put(self, kind: str, target: str, now: int) -> None:
        with self._db.write(durable=True):
            self._db.run(
                "INSERT OR IGNORE INTO later(kind, target, at) VALUES (?, ?, ?)", (kind, storable(target), now)
            )
            self._db.run("DELETE FROM later WHERE id <= (SELECT max(id) FROM later) - ?", (MOST,))

    def all(self) -> tuple[tuple[int, str, str], ...]:
        """(id, kind, target), the first asked first."""
        return tuple(self._db.all("SELECT id, kind, target FROM later ORDER BY id"))

    def done(self, later_id: int) -> None:
        with self._db.write():
            self._db.run("DELETE FROM later WHERE id = ?", (later_id,))

    def count(self) -> int:
        return int(self._db.value("SELECT count(*) FROM later"))
