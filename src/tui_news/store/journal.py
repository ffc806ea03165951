"""Undo, across restarts: each act is noted with the small changes that take it back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from tui_news.models import TuinewsError
from tui_news.store import moved
from tui_news.store.connection import Row
from tui_news.store.packing import dump
from tui_news.store.undo import check, picture, put_back

if TYPE_CHECKING:
    from tui_news.store.library import Library

KEEP = 500  # acts: beyond them nobody presses u
OPS = (
    frozenset({"read", "star", "tag", "feed_removed", "feed_edited", "feed_added", "row", "speaker", "merge"})
    | moved.OPS
)
Op = Mapping[str, object]


class Noted(NamedTuple):
    """An act that can still be undone. at: when it was done."""

    id: int
    at: int
    words: str


class Act:
    """An act under way. `words` may be set until it ends; empty words, or nothing changed: nothing is noted."""

    def __init__(self, library: Library, words: str) -> None:
        self._library, self.words = library, words
        self._undo: list[Op] = []

    def keep(self, table: str, **key: object) -> None:
        """Call before changing (making, deleting) a row: undo makes it what it is now. Tables: `store.undo.ROWS`."""
        self._undo.append(picture(self._library.db, table, key))

    def made(self, table: str, **key: object) -> None:
        """Call after making a row whose key was not known before: undo deletes it."""
        check(table, key)
        self._undo.append({"op": "row", "table": table, "key": key, "was": None})

    def op(self, **op: object) -> None:
        """A change with an inverse of its own: see `Journal.record`."""
        self._undo.append(op)

    def changes(self) -> list[Op]:
        """What takes the act back, without pictures of rows that are as they were."""
        db = self._library.db
        return [op for op in self._undo if op["op"] != "row" or picture(db, str(op["table"]), op["key"]) != op]  # type: ignore[arg-type]


class Journal:
    """`library.journal`."""

    def __init__(self, library: Library) -> None:
        self._library, self._db = library, library.db

    @contextmanager
    def act(self, words: str) -> Iterator[Act]:
        """One undoable act: a durable transaction, and the note of it. words: what it is ("moving Norway Daily up").

        with library.journal.act("moving Norway Daily up") as act:
            act.keep("feed", id=3)
            …change the row…
        """
        with self._db.write(durable=True):
            act = Act(self._library, words)
            yield act
            undo = act.changes()
            if undo and act.words:
                self.record(act.words, undo)

    def record(self, words: str, undo: Sequence[Op], *, now: int | None = None) -> int:
        """Note an act in the transaction that carries it out. words: what it was ("marking 12 stories read").

        undo: what takes it back, carried out in reverse order:
        {"op": "read" | "star", "ids": [...], "value": bool}: set these marks to `value`;
        {"op": "tag", "tag": name, "ids": [...], "value": bool}: put the tag on (or take it off) these stories;
        {"op": "feed_removed", "id": n}: bring the feed back; {"op": "feed_added", "id": n}: hide it again;
        {"op": "feed_edited", "id": n, "title"?: str, "folder"?: str}: set these to what they were;
        {"op": "row", …}: a row as it was (`Act.keep` makes these); what an import brought: see `store.moved`;
        {"op": "speaker" | "merge", …}: see `store.speakers`.
        Answers the act's number. Raises ValueError for any other.
        """
        _check(undo)
        at = int(self._library.clock()) if now is None else now
        with self._db.write(durable=True):
            row = self._db.run("INSERT INTO journal(at, words, undo) VALUES (?, ?, ?)", (at, words, dump(list(undo))))
            self._db.run("DELETE FROM journal WHERE id <= (SELECT max(id) FROM journal) - ?", (KEEP,))
        return row.lastrowid or 0

    def extend(self, act: int, undo: Sequence[Op], words: str = "") -> None:
        """More of an act that is written in steps: what takes back the new step, and perhaps better words."""
        _check(undo)
        with self._db.write(durable=True):
            held = json.loads(self._db.value("SELECT undo FROM journal WHERE id = ?", (act,)) or "[]")
            self._db.run(
                "UPDATE journal SET undo = ?, words = coalesce(nullif(?, ''), words) WHERE id = ?",
                (dump([*held, *undo]), words, act),
            )

    def noted(self, limit: int = 20) -> tuple[Noted, ...]:
        """What `undo` would take back, the last act first."""
        rows = self._db.all(
            "SELECT id, at, words FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT ?", (max(limit, 0),)
        )
        return tuple(Noted(*row) for row in rows)

    def undo(self) -> str | None:
        """Take back the last act that was not; its words, None when there is none. All of it or nothing.

        Raises TuinewsError for one that cannot be: it is passed over from then on.
        """
        row = None
        try:
            with self._db.write(durable=True):
                row = self._db.one("SELECT id, words, undo FROM journal WHERE undone = 0 ORDER BY id DESC LIMIT 1")
                if row is None:
                    return None
                self._take_back(row)
        except (ValueError, KeyError, TypeError, AttributeError, AssertionError) as error:  # damaged, or a stranger's
            if row is not None:
                self._db.run("UPDATE journal SET undone = 1 WHERE id = ?", row[:1])
            raise TuinewsError("The last act could not be undone", "what it changed was not kept whole") from error
        return str(row[1])

    def _take_back(self, row: Row) -> None:
        ops = list(reversed(json.loads(row[2])))
        for op in ops:
            self._apply(op)
        self._after(ops)
        self._db.run("UPDATE journal SET undone = 1 WHERE id = ?", row[:1])

    def _apply(self, op: dict[str, object]) -> None:
        library = self._library
        match op:
            case {"op": "read", "ids": list(ids), "value": value}:
                library.stories.set_read(ids, bool(value))
            case {"op": "star", "ids": list(ids), "value": value}:
                library.stories.set_starred(ids, bool(value))
            case {"op": "tag", "tag": str(tag), "ids": list(ids), "value": value}:
                (library.tags.add if value else library.tags.remove)(ids, tag)
            case {"op": "row"}:
                put_back(self._db, op)
            case {"op": str(name)} if name in moved.OPS:
                moved.take_back(self._db, op)
            case {"op": "feed_removed", "id": int(feed_id)}:
                library.feeds.restore(feed_id)
            case {"op": "feed_added", "id": int(feed_id)}:
                library.feeds.remove(feed_id, now=int(library.clock()))
            case {"op": "speaker" | "merge"}:
                library.quotes.undo(op)
            case {"op": "feed_edited", "id": int(feed_id)}:
                title, folder = op.get("title"), op.get("folder")
                library.feeds.edit(
                    feed_id,
                    title=None if title is None else str(title),
                    folder=None if folder is None else str(folder),
                )

    def _after(self, ops: Sequence[Op]) -> None:
        """What hangs on rows that were put back, each once."""
        tables = {op.get("table") for op in ops}
        if "feed" in tables:
            self._library.feeds.touched()
        rules = [op["key"]["id"] for op in ops if op.get("table") == "rule" and isinstance(op["key"], dict)]
        if rules:
            self._library.rules.renew(rules)


def _check(undo: Sequence[Op]) -> None:
    for op in undo:
        if op.get("op") not in OPS:
            raise ValueError(f"no such undo: {op!r}")
        if op["op"] == "row":
            check(op.get("table"), op.get("key"))
