"""Undo, across restarts: each act is noted with the small changes that take it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence

from tui_news.store.connection import Db
from tui_news.store.feeds import Feeds
from tui_news.store.packing import dump
from tui_news.store.stories import Stories

KEEP = 500  # acts: beyond them nobody presses u
OPS = frozenset({"read", "star", "feed_removed", "feed_edited", "feed_added"})


class Journal:
    """`library.journal`."""

    def __init__(self, db: Db, feeds: Feeds, stories: Stories, clock: Callable[[], float]) -> None:
        self._db, self._feeds, self._stories, self._clock = db, feeds, stories, clock

    def record(self, words: str, undo: Sequence[Mapping[str, object]], *, now: int | None = None) -> None:
        """Note an act in the transaction that carries it out. words: what it was ("marking 12 stories read").

        undo: what takes it back, carried out in reverse order:
        {"op": "read" | "star", "ids": [...], "value": bool}: set these marks to `value`;
        {"op": "feed_removed", "id": n}: bring the feed back; {"op": "feed_added", "id": n}: hide it again;
        {"op": "feed_edited", "id": n, "title"?: str, "folder"?: str}: set these to what they were.
        Raises ValueError for any other.
        """
        for op in undo:
            if op.get("op") not in OPS:
                raise ValueError(f"no such undo: {op!r}")
        at = int(self._clock()) if now is None else now
        with self._db.write(durable=True):
            self._db.run("INSERT INTO journal(at, words, undo) VALUES (?, ?, ?)", (at, words, dump(list(undo))))
            self._db.run("DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?", (KEEP,))

    def undo(self) -> str | None:
        """Take back the last act that was not; its words, None when there is none."""
        with self._db.write(durable=True):
            row = self._db.one("SELECT id, words, undo FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT 1")
            if row is None:
                return None
            for op in reversed(json.loads(row[2])):
                self._apply(op)
            self._db.run("UPDATE journal SET undone = 1 WHERE id = ?", (row[0],))
        return str(row[1])

    def _apply(self, op: dict[str, object]) -> None:
        match op:
            case {"op": "read", "ids": list(ids), "value": value}:
                self._stories.set_read(ids, bool(value))
            case {"op": "star", "ids": list(ids), "value": value}:
                self._stories.set_starred(ids, bool(value))
            case {"op": "feed_removed", "id": int(feed_id)}:
                self._feeds.restore(feed_id)
            case {"op": "feed_added", "id": int(feed_id)}:
                self._feeds.remove(feed_id, now=int(self._clock()))
            case {"op": "feed_edited", "id": int(feed_id)}:
                title, folder = op.get("title"), op.get("folder")
                self._feeds.edit(
                    feed_id,
                    title=None if title is None else str(title),
                    folder=None if folder is None else str(folder),
                )
