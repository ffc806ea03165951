"""Quotes across the library: an index made from the stored articles, and the reader's own word on who said what.

quote and shingle are derived and may be emptied at any time; speaker_set and speaker_alias are the reader's and are
keyed by what outlives a story's text: feed and identity, the quote's own words, a name's key.
"""

from __future__ import annotations

QUOTES: tuple[str, ...] = (
    """CREATE TABLE quote(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    kind TEXT NOT NULL,
    speaker TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL DEFAULT '',
    how TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL,
    norm TEXT NOT NULL)""",
    "CREATE INDEX quote_story ON quote(story_id)",
    "CREATE INDEX quote_who ON quote(who, story_id, speaker)",
    "CREATE TABLE shingle(hash INTEGER NOT NULL, quote_id INTEGER NOT NULL, PRIMARY KEY(hash, quote_id)) WITHOUT ROWID",
    """CREATE TABLE speaker_set(
    feed_id INTEGER NOT NULL,
    identity TEXT NOT NULL,
    norm TEXT NOT NULL,
    speaker TEXT NOT NULL,
    at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(feed_id, identity, norm)) WITHOUT ROWID""",
    """CREATE TABLE speaker_alias(
    who TEXT PRIMARY KEY,
    into_who TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID""",
    # Whatever changes a story's articles, its quotes are read anew.
    "CREATE TABLE unquoted(story_id INTEGER PRIMARY KEY)",
    "ALTER TABLE article ADD COLUMN detector INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX article_detector ON article(detector, story_id)",
    """CREATE TRIGGER article_put AFTER INSERT ON article BEGIN
    INSERT OR REPLACE INTO unquoted VALUES (new.story_id); END""",
    """CREATE TRIGGER article_dropped AFTER DELETE ON article BEGIN
    INSERT OR REPLACE INTO unquoted VALUES (old.story_id); END""",
    """CREATE TRIGGER article_preferred AFTER UPDATE OF prefer ON story WHEN old.prefer <> new.prefer BEGIN
    INSERT OR REPLACE INTO unquoted VALUES (new.id); END""",
    # What the reader said of a story's quotes follows the story to its new identity.
    """CREATE TRIGGER story_renamed AFTER UPDATE OF identity ON story WHEN old.identity <> new.identity BEGIN
    UPDATE OR REPLACE speaker_set SET identity = new.identity
    WHERE feed_id = old.feed_id AND identity = old.identity; END""",
    "INSERT INTO unquoted SELECT DISTINCT story_id FROM article",
)
TABLES: tuple[tuple[str, str], ...] = (("speaker_set", "feed_id, identity, norm"), ("speaker_alias", "who"))
