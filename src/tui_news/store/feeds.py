"""Subscriptions and their health. A removed feed is hidden with its stories, so that it can come back."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.models import Feed, FeedSettings, Subscription, Visits
from tui_news.store.connection import Db, Row, storable
from tui_news.store.folders import folder_key, positions
from tui_news.text.sanitize import mask_url

SELECT = """SELECT f.id, f.url, f.name, f.site, f.folder, t.unread, t.total, f.etag, f.modified, f.body_hash,
    f.last_fetch, f.last_success, f.next_check, f.next_why, f.status, f.http_status, f.error, f.failures,
    f.headers, f.added, f.interval_minutes, f.full_text, f.comments, f.muted, f.retention_days,
    f.failing_since, f.moved_to, f.moves, f.moved_from, f.moved_at, f.took_ms, f.newest, f.position
    FROM feed AS f JOIN tally AS t ON t.feed_id = f.id WHERE f.removed_at IS NULL"""
AHEAD = 3600  # seconds: a feed fetched further ahead than this was fetched under a wrong clock


class Feeds:
    """`library.feeds`. Methods that write open a transaction of their own, or join the caller's."""

    def __init__(self, db: Db, changed: Callable[[], None], renamed: Callable[[], None] | None = None) -> None:
        """changed: what is subscribed to is another list now; renamed: its feeds only call themselves otherwise."""
        self._db, self._changed, self._renamed = db, changed, renamed or changed

    def all(self) -> tuple[Feed, ...]:
        """Every subscribed feed, by folder (in the folders' order), position and title without regard to case."""
        rows = self._db.all(SELECT)
        held = positions(self._db)
        rows.sort(key=lambda row: (folder_key(row[4], held) if row[4] else (), row[-1], row[2].casefold(), row[0]))
        return tuple(_feed(row) for row in rows)

    def unread(self) -> dict[int, int]:
        """Of every subscribed feed, by its id: a tenth of what `all` costs."""
        return dict(self._db.all("SELECT id, unread FROM feed JOIN tally ON feed_id = id WHERE removed_at IS NULL"))

    def get(self, feed_id: int) -> Feed | None:
        return self._one("f.id = ?", feed_id)

    def by_url(self, url: str) -> Feed | None:
        """The subscribed feed at exactly this address."""
        return self._one("f.url = ?", storable(url))

    def _one(self, condition: str, value: object) -> Feed | None:
        row = self._db.one(f"{SELECT} AND {condition}", (value,))
        return _feed(row) if row else None

    def held(self, url: str) -> bool:
        """Whether the address was ever subscribed, removed feeds included."""
        return self._db.value("SELECT 1 FROM feed WHERE url = ?", (storable(url),)) is not None

    def subscriptions(self) -> tuple[Subscription, ...]:
        """What `subscriptions.opml` says: no title where only the address is known."""
        return tuple(
            Subscription(feed.url, "" if feed.title == feed.url else feed.title, feed.site, feed.folder)
            for feed in self.all()
        )

    def due(self, now: int) -> tuple[Feed, ...]:
        """Feeds to fetch, the longest due first. Gone ones wait to be asked for by name.

        A last fetch in the future means that the clock went back: without that rule polling would stop for years.
        """
        rows = self._db.all(
            f"""{SELECT} AND f.status <> 'gone'
            AND (f.next_check IS NULL OR f.next_check <= ? OR f.last_fetch > ?)
            ORDER BY f.next_check, f.id""",
            (now, now + AHEAD),
        )
        return tuple(_feed(row) for row in rows)

    def add(self, url: str, title: str = "", site: str = "", folder: str = "", *, now: int = 0) -> tuple[int, bool]:
        """Subscribe: (id, whether it was not subscribed before). `title` is the reader's own.

        A removed feed comes back with its stories and marks, under the folder and title given now, if any.
        """
        url, title, site, folder = storable(url), storable(title), storable(site), storable(folder)
        with self._db.write(durable=True):
            row = self._db.one("SELECT id, removed_at FROM feed WHERE url = ?", (url,))
            if row and row[1] is None:
                return int(row[0]), False
            self._changed()
            if row:
                self._bring_back(row[0], title, folder)
                return int(row[0]), True
            cursor = self._db.run(
                "INSERT INTO feed(url, own_title, site, folder, added) VALUES (?, ?, ?, ?, ?)",
                (url, title, site, folder, now),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid, True

    def _bring_back(self, feed_id: int, title: str, folder: str) -> None:
        self.restore(feed_id)
        self.edit(feed_id, title=title or None, folder=folder or None)
        self._db.run("UPDATE feed SET next_check = NULL, status = 'new' WHERE id = ?", (feed_id,))

    def remove(self, feed_id: int, *, now: int = 1) -> None:
        """Unsubscribe: the feed and its stories are hidden, nothing is deleted."""
        self._hide(feed_id, max(now, 1))

    def restore(self, feed_id: int) -> None:
        """Undo `remove`."""
        self._hide(feed_id, None)

    def _hide(self, feed_id: int, removed_at: int | None) -> None:
        bit = int(removed_at is not None)
        with self._db.write(durable=True):
            self._db.run("UPDATE feed SET removed_at = ? WHERE id = ?", (removed_at, feed_id))
            self._db.run("UPDATE story SET hidden = (hidden & ~1) | ? WHERE feed_id = ?", (bit, feed_id))
            self._changed()

    def touched(self) -> None:
        """Rows of feeds were changed by hand: `subscriptions.opml` follows."""
        with self._db.write(durable=True):
            self._changed()

    def edit(self, feed_id: int, title: str | None = None, folder: str | None = None) -> None:
        """Change what is not None. An empty title, or the feed's own, gives the feed's own back."""
        with self._db.write(durable=True):
            if title is not None:
                self._db.run(
                    "UPDATE feed SET own_title = CASE WHEN ?1 IN (title, url) THEN '' ELSE ?1 END WHERE id = ?2",
                    (storable(title), feed_id),
                )
            if folder is not None:
                self._db.run("UPDATE feed SET folder = ? WHERE id = ?", (storable(folder), feed_id))
            self._changed()

    def fetched(
        self,
        feed_id: int,
        *,
        now: int,
        etag: str,
        modified: str,
        body_hash: str,
        headers: str,
        http_status: int | None,
        next_check: int | None,
        next_why: str,
        title: str = "",
        site: str = "",
        url: str | None = None,
        moved_to: str = "",
        moves: int = 0,
        took: int | None = None,
    ) -> bool:
        """Note an answer (304 too). Empty title and site keep what is held. Whether the address changed.

        url: the address it moved to for good; ignored when another feed has it. moved_to, moves, took: see Visits.
        """
        with self._db.write():
            before = self._db.one("SELECT url, own_title, title, site FROM feed WHERE id = ?", (feed_id,))
            if before is None:
                return False
            taken = url is None or self.held(url)
            address = before[0] if taken else storable(url or "")
            named, place = storable(title) or before[2], storable(site) or before[3]
            own = "" if before[1] == named else before[1]
            self._db.run(
                """UPDATE feed SET url = ?, own_title = ?, title = ?, site = ?, etag = ?, modified = ?, body_hash = ?,
                headers = ?, http_status = ?, next_check = ?, next_why = ?, last_fetch = ?, last_success = ?,
                moved_to = ?, moves = ?, took_ms = coalesce(?, took_ms),
                status = 'ok', error = '', failures = 0, failing_since = NULL WHERE id = ?""",
                (address, own, named, place, storable(etag), storable(modified), body_hash, storable(headers),
                 http_status, next_check, next_why, now, now, storable(moved_to), moves, took, feed_id),
            )  # fmt: skip
            if address != before[0]:
                self._db.run(
                    "UPDATE feed SET moved_from = ?, moved_at = ?, moved_to = '', moves = 0 WHERE id = ?",
                    (before[0], now, feed_id),
                )
                self._changed()
            elif before != (address, own, named, place):
                self._renamed()
        return bool(address != before[0])

    def marks(self, feed_id: int) -> bytes:
        """What the last visit noted of the feed's items; b"" where the next must read them all."""
        return self._db.value("SELECT marks FROM feed WHERE id = ? AND body_hash <> ''", (feed_id,)) or b""

    def set_marks(self, feed_id: int, marks: bytes) -> None:
        """Inside the transaction that stores what the visit brought."""
        self._db.run("UPDATE feed SET marks = ?1 WHERE id = ?2 AND marks IS NOT ?1", (marks, feed_id))

    def failed(
        self,
        feed_id: int,
        *,
        now: int,
        error: str,
        http_status: int | None,
        next_check: int | None,
        next_why: str,
        gone: bool = False,
    ) -> None:
        """Note a failed fetch; stories and validators stay."""
        with self._db.write():
            self._db.run(
                """UPDATE feed SET status = ?, error = ?, http_status = ?, next_check = ?, next_why = ?,
                last_fetch = ?, failures = failures + 1, moves = 0, failing_since = coalesce(failing_since, ?)
                WHERE id = ?""",
                ("gone" if gone else "error", storable(error), http_status, next_check, next_why, now, now, feed_id),
            )

    def put_off(self, feed_id: int, next_check: int, next_why: str) -> None:
        """Its host asked for silence: it was not asked and has not failed."""
        with self._db.write():
            self._db.run("UPDATE feed SET next_check = ?, next_why = ? WHERE id = ?", (next_check, next_why, feed_id))

    def set_settings(self, feed_id: int, settings: FeedSettings) -> None:
        """What a person sets for the feed. A shorter interval brings the next visit forward."""
        with self._db.write(durable=True):
            self._db.run(
                """UPDATE feed SET interval_minutes = ?1, full_text = ?2, comments = ?3, muted = ?4,
                retention_days = ?5,
                next_check = CASE WHEN ?1 IS NOT interval_minutes AND failures = 0 AND status = 'ok'
                    THEN last_fetch + coalesce(?1, 60) * 60 ELSE next_check END,
                next_why = CASE WHEN ?1 IS NOT interval_minutes AND failures = 0 AND status = 'ok'
                    THEN CASE WHEN ?1 IS NULL THEN 'hourly' ELSE 'as you set it' END ELSE next_why END
                WHERE id = ?6""",
                (settings.interval, settings.full_text, settings.comments, int(settings.muted), settings.retention,
                 feed_id),
            )  # fmt: skip


def _feed(row: Row) -> Feed:
    interval, full_text, comments, muted, retention = row[20:25]
    settings = FeedSettings(interval, full_text, comments, bool(muted), retention)
    name = mask_url(row[2])  # a feed without a title goes by its address, and that may hold a password
    return Feed(*(*row[:2], name, *row[3:20], settings, Visits(*row[25:32])))
