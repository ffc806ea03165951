"""Letting go of old read stories, when the reader asked for it. Unread, starred and tagged ones always stay."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Iterator

from tui_news.models.late import dataclass
from tui_news.store.connection import Db, ids_json

DAY = 86_400
CHUNK = 200  # stories a transaction: nobody waits long for the library
REMOVED_DAYS = 30  # a removed feed's stories stay at least so long: its removal can be undone

_TAGGED = "EXISTS (SELECT 1 FROM story_tag AS g WHERE g.feed_id = s.feed_id AND g.identity = s.identity)"
# Both the coming and the reading are older than the limit: a story read yesterday is not gone today.
_OLD = f"""FROM story AS s LEFT JOIN status AS m ON m.feed_id = s.feed_id AND m.identity = s.identity
    WHERE s.feed_id = ?1 AND s.read = 1 AND s.starred = 0 AND max(s.sort, s.first_seen, coalesce(m.read_at, 0)) < ?2
    AND NOT {_TAGGED}"""
_REMOVED = f"FROM story AS s WHERE s.feed_id = ?1 AND s.starred = 0 AND s.first_seen < ?2 AND NOT {_TAGGED}"


@dataclass(frozen=True, slots=True)
class Going:
    """What would go of one feed. removed: the feed is unsubscribed, and its unread stories go with it."""

    feed_id: int
    title: str
    stories: int
    size: int  # bytes of text and pages
    removed: bool = False


def going(db: Db, now: int, days: int, feed_id: int | None = None) -> tuple[Going, ...]:
    """What a prune would delete, feed by feed, or of one feed only.

    days: how long read stories are kept, 0 for ever; a feed's own setting overrides it.
    """
    found = []
    for number, name, rule, before, removed in _rules(db, now, days, feed_id):
        count, size = _measure(db, rule, number, before)
        if count:
            found.append(Going(number, name, count, size, removed))
    return tuple(found)


def prune(db: Db, now: int, days: int, feed_id: int | None = None) -> int:
    """Delete what `going` names; how many stories went. Their marks stay, and a note that keeps them from returning."""
    gone = 0
    for number, _, rule, before, _ in _rules(db, now, days, feed_id):
        while ids := [row[0] for row in db.all(f"SELECT s.id {rule} LIMIT {CHUNK}", (number, before))]:
            with db.write():
                _delete(db, ids, now)
            gone += len(ids)
    return gone


def wanted(db: Db, days: int) -> bool:
    """Whether anything is ever to go: by the program's setting, or by a feed's own."""
    return days > 0 or db.value("SELECT 1 FROM feed WHERE retention_days > 0 LIMIT 1") is not None


def _rules(db: Db, now: int, days: int, only: int | None) -> Iterator[tuple[int, str, str, int, bool]]:
    """(feed, name, rule, before which time, whether it is removed) of every feed that has a limit."""
    for number, name, removed_at, own in db.all("SELECT id, name, removed_at, retention_days FROM feed ORDER BY id"):
        limit = days if own is None else own
        if limit <= 0 or only not in (None, number):
            continue
        if removed_at is None:
            yield number, name, _OLD, now - limit * DAY, False
        elif removed_at < now - max(limit, REMOVED_DAYS) * DAY:
            yield number, name, _REMOVED, now, True


def _measure(db: Db, rule: str, feed_id: int, before: int) -> tuple[int, int]:
    row = db.one(
        f"""SELECT count(*), coalesce(sum(coalesce((SELECT length(html) FROM body WHERE story_id = i), 0)
        + coalesce((SELECT sum(length(blocks)) FROM article WHERE story_id = i), 0)
        + coalesce((SELECT length(raw) FROM page WHERE story_id = i), 0)), 0) FROM (SELECT s.id AS i {rule})""",
        (feed_id, before),
    )
    return (row[0], row[1]) if row else (0, 0)


def _delete(db: Db, ids: list[int], now: int) -> None:
    chosen = ids_json(ids)
    inside = "(SELECT value FROM json_each(?))"
    db.run(
        f"""INSERT OR REPLACE INTO pruned(feed_id, identity, at)
        SELECT feed_id, identity, ? FROM story WHERE id IN {inside}""",
        (now, chosen),
    )
    db.run("INSERT OR REPLACE INTO dirty(story_id) SELECT value FROM json_each(?)", (chosen,))
    db.run(f"DELETE FROM story WHERE id IN {inside}", (chosen,))
