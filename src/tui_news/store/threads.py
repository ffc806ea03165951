"""Threads: comments as merged, what the reader saw and folded, and which route works for a site."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_news.models import Comment, Thread, ThreadRef
from tui_news.store.connection import Db, Row, storable, whole
from tui_news.store.entries import settle, touch
from tui_news.store.packing import dump, pack_ref, read_blocks, strings, unpack_ref
from tui_news.text.codec import pack_blocks

_COMMENT = """cid, parent, author, created, body, body_kind, blocks, author_id, author_url, edited, url, score, rank,
    role, kind, state, first_gen, seen, fold"""
# What the reader did (seen, fold) and when the comment came (first_gen, seq) stay with it: the caller merged with what
# it read earlier, and the reader may have folded since.
_UPSERT = f"""INSERT INTO comment({_COMMENT}, thread, seq) VALUES ({", ".join("?" * 21)})
    ON CONFLICT DO UPDATE SET parent = excluded.parent, author = excluded.author, created = excluded.created,
    body = excluded.body, body_kind = excluded.body_kind, blocks = excluded.blocks, author_id = excluded.author_id,
    author_url = excluded.author_url, edited = excluded.edited, url = excluded.url, score = excluded.score,
    rank = excluded.rank, role = excluded.role, kind = excluded.kind, state = excluded.state"""


class Threads:
    """`library.threads`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, db: Db) -> None:
        self._db = db

    def get(self, story_id: int, bodies: bool = True) -> Thread | None:
        """The held thread, its comments in the order they first came; None when nothing is known of one.

        bodies: with what was received, which merging compares; reading needs only the blocks.
        """
        row = self._db.one(
            """SELECT ref, coverage, total, route, fetched_at, error, gen, seen_gen, ordering, warnings
            FROM thread WHERE story_id = ?""",
            (story_id,),
        )
        if row is None:
            return None
        columns = _COMMENT if bodies else _COMMENT.replace(" body,", " '',", 1)
        rows = self._db.all(f"SELECT {columns} FROM comment WHERE thread = ? ORDER BY seq, cid", (story_id,))
        ref, coverage, total, route, fetched_at, error, gen, seen_gen, order, warnings = row
        return Thread(
            story_id, unpack_ref(ref), tuple(map(_comment, rows)), coverage, total, route, fetched_at, error, gen,
            seen_gen, order, strings(warnings),
        )  # fmt: skip

    def put(
        self,
        story_id: int,
        ref: ThreadRef,
        merge_upserts: Sequence[Comment],
        removed: Sequence[str],
        *,
        coverage: str,
        total: int | None,
        route: str,
        warnings: Sequence[str],
        now: int,
    ) -> None:
        """Store a successful fetch as merged: one generation more, the error forgotten."""
        with self._db.write():
            if not self._exists(story_id):
                return
            self._db.run(
                """INSERT INTO thread(story_id, ref, coverage, total, route, fetched_at, gen, warnings)
                VALUES (?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO UPDATE SET ref = excluded.ref,
                coverage = excluded.coverage, total = excluded.total, route = excluded.route,
                fetched_at = excluded.fetched_at, error = '', error_until = NULL, gen = gen + 1,
                warnings = excluded.warnings""",
                (story_id, pack_ref(ref), coverage, whole(total), storable(route), now, dump(list(warnings))),
            )
            gone = [(story_id, storable(cid)) for cid in removed]
            self._db.many("DELETE FROM comment WHERE thread = ? AND cid = ?", gone)
            self._upsert(story_id, merge_upserts)
            settle(self._db, story_id)
            touch(self._db, story_id)

    def _upsert(self, story_id: int, comments: Sequence[Comment]) -> None:
        gen = self._db.value("SELECT gen FROM thread WHERE story_id = ?", (story_id,))
        last = self._db.value("SELECT max(seq) FROM comment WHERE thread = ?", (story_id,)) or 0
        rows = (_values(comment, story_id, gen, last + place) for place, comment in enumerate(comments, 1))
        self._db.many(_UPSERT, rows)

    def remember_ref(self, story_id: int, ref: ThreadRef) -> None:
        """Note where the thread lives, before any fetch of it."""
        with self._db.write():
            if self._exists(story_id):
                self._db.run(
                    """INSERT INTO thread(story_id, ref) VALUES (?, ?)
                    ON CONFLICT DO UPDATE SET ref = excluded.ref""",
                    (story_id, pack_ref(ref)),
                )
                settle(self._db, story_id)

    def failed(self, story_id: int, ref: ThreadRef | None, error: str, until: int | None, now: int) -> None:
        """Note a failed fetch at `now`; the comments stay. until: not to be asked again before."""
        with self._db.write():
            if self._exists(story_id):
                self._db.run(
                    """INSERT INTO thread(story_id, ref, error, error_until) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET ref = coalesce(excluded.ref, ref), error = excluded.error,
                    error_until = excluded.error_until""",
                    (story_id, pack_ref(ref), storable(error), max(until, now) if until is not None else None),
                )
                settle(self._db, story_id)

    def wait_until(self, story_id: int) -> int | None:
        """When a thread that failed may be asked for again; None: now."""
        found: int | None = self._db.value("SELECT error_until FROM thread WHERE story_id = ?", (story_id,))
        return found

    def _exists(self, story_id: int) -> bool:
        return self._db.one("SELECT 1 FROM story WHERE id = ?", (story_id,)) is not None

    # what the reader did
    def save_folds(self, story_id: int, folds: Mapping[str, bool | None]) -> None:
        """Comment id to folded (True), open (False) or as the default says (None)."""
        rows = [(fold if fold is None else int(fold), story_id, storable(cid)) for cid, fold in folds.items()]
        with self._db.write():
            self._db.many("UPDATE comment SET fold = ? WHERE thread = ? AND cid = ?", rows)

    def mark_seen(self, story_id: int, ids: Sequence[str]) -> None:
        """These comments were on screen."""
        with self._db.write():
            rows = [(story_id, storable(cid)) for cid in ids]
            self._db.many("UPDATE comment SET seen = 1 WHERE thread = ? AND cid = ? AND seen = 0", rows)
            settle(self._db, story_id)

    def keep_new(self, story_id: int, ids: Sequence[str]) -> None:
        """These comments are not seen after all: new again, if they came after the last visit."""
        with self._db.write():
            rows = [(story_id, storable(cid)) for cid in ids]
            self._db.many("UPDATE comment SET seen = 0 WHERE thread = ? AND cid = ? AND seen = 1", rows)
            settle(self._db, story_id)

    def leave(self, story_id: int) -> None:
        """The reader left the thread: only what comes later is new."""
        with self._db.write():
            self._db.run("UPDATE thread SET seen_gen = gen WHERE story_id = ?", (story_id,))
            settle(self._db, story_id)

    def set_order(self, story_id: int, order: str) -> None:
        with self._db.write():
            self._db.run("UPDATE thread SET ordering = ? WHERE story_id = ?", (order, story_id))

    # routes
    def route_for(self, site: str, since: int = 0) -> str | None:
        """The route that last worked for the site, if that was noted at `since` or later."""
        found: str | None = self._db.value(
            "SELECT value FROM memo WHERE kind = 'route' AND key = ? AND at >= ?", (storable(site), since)
        )
        return found

    def remember_route(self, site: str, route: str, now: int) -> None:
        with self._db.write():
            self._db.run(
                "INSERT OR REPLACE INTO memo(kind, key, value, at) VALUES ('route', ?, ?, ?)",
                (storable(site), storable(route), now),
            )


def _values(comment: Comment, story_id: int, gen: int, seq: int) -> tuple[object, ...]:
    def text(value: str | None) -> str | None:
        return None if value is None else storable(value)

    return (
        storable(comment.id), text(comment.parent), storable(comment.author), whole(comment.created),
        storable(comment.body), comment.body_kind, pack_blocks(comment.blocks), text(comment.author_id),
        text(comment.author_url), whole(comment.edited), text(comment.url), whole(comment.score),
        whole(comment.rank), comment.role, comment.kind, comment.state, comment.first_gen or gen,
        int(comment.seen), None if comment.fold is None else int(comment.fold), story_id, seq,
    )  # fmt: skip


def _comment(row: Row) -> Comment:
    fold = None if row[18] is None else bool(row[18])
    return Comment(*(*row[:6], read_blocks(row[6]), *row[7:17], bool(row[17]), fold))
