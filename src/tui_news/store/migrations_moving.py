"""Stories that went by the reader's rule of how long to keep them: their feed may still list them, and must not bring
them back."""

from __future__ import annotations

PRUNED: tuple[str, ...] = (
    """CREATE TABLE pruned(
    feed_id INTEGER NOT NULL,
    identity TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(feed_id, identity)) WITHOUT ROWID""",
)
TABLES: tuple[tuple[str, str], ...] = (("pruned", "feed_id, identity"),)
