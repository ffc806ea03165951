"""Folders: a tree by their paths ("News/Norway"), in the reader's order; and the order of feeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_news.store.connection import Db, storable

LAST = 1 << 30  # a folder that was never moved stands after those that were, by name


class Folders:
    """`library.folders`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def all(self) -> tuple[str, ...]:
        """Every folder with its parents, empty ones too, in the sidebar's order."""
        rows = self._db.all(
            """SELECT path, position FROM folder UNION ALL
            SELECT DISTINCT folder, NULL FROM feed WHERE removed_at IS NULL AND folder <> ''"""
        )
        return folder_order({row[0] for row in rows}, {row[0]: row[1] for row in rows if row[1] is not None})

    def create(self, path: str) -> None:
        with self._db.write(durable=True):
            self._db.run("INSERT OR IGNORE INTO folder(path, position) VALUES (?, ?)", (storable(path), LAST))

    def place(self, paths: Sequence[str]) -> None:
        """Give these folders this order."""
        with self._db.write(durable=True):
            self._db.many(
                "INSERT OR REPLACE INTO folder(path, position) VALUES (?, ?)",
                [(storable(path), number) for number, path in enumerate(paths)],
            )

    def drop(self, path: str) -> None:
        self._db.run("DELETE FROM folder WHERE path = ?", (storable(path),))

    def place_feeds(self, feed_ids: Sequence[int]) -> None:
        """Give these feeds (those of one folder) this order."""
        with self._db.write(durable=True):
            self._db.many(
                "UPDATE feed SET position = ? WHERE id = ?", [(number, feed) for number, feed in enumerate(feed_ids)]
            )


def positions(db: Db) -> dict[str, int]:
    return {row[0]: row[1] for row in db.all("SELECT path, position FROM folder")}


def folder_key(path: str, held: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    """What a folder is sorted by: its parents' places, then its own; a parent comes before what is in it."""
    parts = path.split("/")
    steps = ["/".join(parts[: end + 1]) for end in range(len(parts))]
    return tuple((held.get(step, LAST), step.casefold()) for step in steps)


def folder_order(used: set[str], held: Mapping[str, int]) -> tuple[str, ...]:
    whole = {"/".join(path.split("/")[:end]) for path in used for end in range(1, path.count("/") + 2)}
    return tuple(sorted(whole, key=lambda path: folder_key(path, held)))


def sidebar_order(db: Db) -> list[int]:
    """The ids of the feeds as the sidebar shows them: folder by folder, those in none last."""
    held = positions(db)
    rows = db.all("SELECT id, folder, position, name FROM feed WHERE removed_at IS NULL")
    rows.sort(key=lambda row: (not row[1], folder_key(row[1], held), row[2], row[3].casefold(), row[0]))
    return [row[0] for row in rows]
