"""Feed health and settings, folders in an order, the same story in several feeds, what waits for the network.

story.hidden has a third bit: 4, another story stands for this one in lists of many feeds (bit 1: its feed was removed).
Lists that ask for hidden = 0 thus show such a story once; its own feed's list shows it all the same (story_copy).
story.twin: the number its group goes by, NULL for a story without twins. twinkey: by which addresses and guids.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

# Who stands for the group: the first to come that can be seen, unless the reader wants them apart.
# A muted feed shows its stories only at home: one of those stands for nobody.
STAND = """(hidden & ~4) | (4 * (twin IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM memo WHERE kind = 'twins' AND key = 'apart')
    AND EXISTS (SELECT 1 FROM story AS other JOIN feed ON feed.id = other.feed_id WHERE other.twin = story.twin
        AND other.id < story.id AND (other.hidden & 3) = 0 AND feed.muted = 0)))"""

FLOW: tuple[str, ...] = (
    "ALTER TABLE feed ADD COLUMN failing_since INTEGER",
    "ALTER TABLE feed ADD COLUMN moved_to TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE feed ADD COLUMN moves INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feed ADD COLUMN moved_from TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE feed ADD COLUMN moved_at INTEGER",
    "ALTER TABLE feed ADD COLUMN took_ms INTEGER",
    "ALTER TABLE feed ADD COLUMN newest INTEGER",
    "ALTER TABLE feed ADD COLUMN interval_minutes INTEGER",
    "ALTER TABLE feed ADD COLUMN full_text TEXT NOT NULL DEFAULT 'auto'",
    "ALTER TABLE feed ADD COLUMN comments TEXT NOT NULL DEFAULT 'auto'",
    "ALTER TABLE feed ADD COLUMN muted INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE feed ADD COLUMN retention_days INTEGER",
    "UPDATE feed SET newest = (SELECT max(sort) FROM story WHERE feed_id = feed.id)",
    "UPDATE feed SET failing_since = coalesce(last_success, last_fetch) WHERE failures > 0",
    """CREATE TABLE folder(
    path TEXT PRIMARY KEY,
    position INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    "ALTER TABLE story ADD COLUMN twin INTEGER",
    "ALTER TABLE story ADD COLUMN talk INTEGER GENERATED ALWAYS AS (coalesce(comments, comments_hint, 0)) VIRTUAL",
    "CREATE INDEX story_talk ON story(talk, sort, id, hidden, feed_id, read) WHERE hidden = 0",
    "CREATE INDEX story_twin ON story(twin, id) WHERE twin IS NOT NULL",
    "CREATE INDEX story_copy ON story(feed_id, sort, id, hidden, read, starred, twin) WHERE hidden = 4",
    """CREATE TABLE twinkey(
    key INTEGER NOT NULL,
    story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    PRIMARY KEY(key, story_id)) WITHOUT ROWID""",
    "CREATE INDEX twinkey_story ON twinkey(story_id)",
    f"""CREATE TRIGGER twin_hidden AFTER UPDATE OF hidden ON story
    WHEN new.twin IS NOT NULL AND (old.hidden & 3) <> (new.hidden & 3) BEGIN
    UPDATE story SET hidden = {STAND} WHERE twin = new.twin; END""",
    f"""CREATE TRIGGER twin_removed AFTER DELETE ON story WHEN old.twin IS NOT NULL BEGIN
    UPDATE story SET hidden = {STAND} WHERE twin = old.twin; END""",
    f"""CREATE TRIGGER twin_feed_muted AFTER UPDATE OF muted ON feed WHEN old.muted <> new.muted BEGIN
    UPDATE story SET hidden = {STAND}
    WHERE twin IN (SELECT twin FROM story WHERE feed_id = new.id AND twin IS NOT NULL); END""",
    "INSERT OR REPLACE INTO memo(kind, key, value) SELECT 'twins', 'backlog', id FROM story ORDER BY id DESC LIMIT 1",
    # What was asked for without a network, once each: it is done when the network is back.
    """CREATE TABLE later(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    at INTEGER NOT NULL,
    UNIQUE(kind, target))""",
)  # fmt: skip

TABLES: tuple[tuple[str, str], ...] = (("folder", "path"), ("later", "id"))
