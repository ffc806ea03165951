"""Smart feeds, tags and mute rules.

story.hidden is a set of bits from here on: 1 its feed was removed, 2 a rule mutes it. Lists ask for 0, so that one
partial index serves whatever the reason. A starred story is never muted: triggers hold that, whoever writes.
story_tag is keyed as status is: a story that goes and comes back has its tags.
tally leaves out muted stories: what is hidden is not unread.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL

from __future__ import annotations

SEEN = "(({row}.hidden & 2) = 0)"
_NEW, _OLD = SEEN.format(row="new"), SEEN.format(row="old")

SECOND: tuple[str, ...] = (
    """CREATE TABLE smart_feed(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    query TEXT NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE rule(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    query TEXT NOT NULL,
    added INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE muted(
    rule_id INTEGER NOT NULL REFERENCES rule(id) ON DELETE CASCADE,
    story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    PRIMARY KEY(rule_id, story_id)) WITHOUT ROWID""",
    "CREATE INDEX muted_story ON muted(story_id)",
    """CREATE TABLE story_tag(
    tag TEXT NOT NULL COLLATE NOCASE,
    feed_id INTEGER NOT NULL,
    identity TEXT NOT NULL,
    at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(tag, feed_id, identity)) WITHOUT ROWID""",
    "CREATE INDEX story_tag_story ON story_tag(feed_id, identity)",
    """CREATE TRIGGER muted_added AFTER INSERT ON muted BEGIN
    UPDATE story SET hidden = hidden | 2 WHERE id = new.story_id AND starred = 0 AND (hidden & 2) = 0; END""",
    """CREATE TRIGGER muted_removed AFTER DELETE ON muted
    WHEN NOT EXISTS (SELECT 1 FROM muted WHERE story_id = old.story_id) BEGIN
    UPDATE story SET hidden = hidden & ~2 WHERE id = old.story_id AND (hidden & 2) = 2; END""",
    """CREATE TRIGGER muted_starred AFTER UPDATE OF starred ON story
    WHEN old.starred <> new.starred AND EXISTS (SELECT 1 FROM muted WHERE story_id = new.id) BEGIN
    UPDATE story SET hidden = (hidden & ~2) | CASE WHEN new.starred THEN 0 ELSE 2 END WHERE id = new.id; END""",
    "DROP TRIGGER story_removed",
    f"""CREATE TRIGGER story_removed AFTER DELETE ON story WHEN {_OLD} BEGIN
    UPDATE tally SET total = total - 1, unread = unread - (old.read = 0), starred = starred - (old.starred = 1)
    WHERE feed_id = old.feed_id; END""",
    "DROP TRIGGER story_marked",
    f"""CREATE TRIGGER story_marked AFTER UPDATE OF read, starred, hidden ON story
    WHEN old.read <> new.read OR old.starred <> new.starred OR {_OLD} <> {_NEW} BEGIN
    UPDATE tally SET total = total + {_NEW} - {_OLD},
    unread = unread + ({_NEW} AND new.read = 0) - ({_OLD} AND old.read = 0),
    starred = starred + ({_NEW} AND new.starred = 1) - ({_OLD} AND old.starred = 1) WHERE feed_id = new.feed_id; END""",
    # has:new, has:quotes, has:comments: each finds its own few. The conditions are word for word those of store.query.
    "CREATE INDEX story_has_new ON story(sort, id, hidden, read, feed_id) WHERE hidden = 0 AND comments_new > 0",
    """CREATE INDEX story_has_quotes ON story(sort, id, hidden, read, feed_id)
    WHERE hidden = 0 AND coalesce(quotes, 0) > 0""",
    """CREATE INDEX story_has_comments ON story(sort, id, hidden, read, feed_id)
    WHERE hidden = 0 AND coalesce(comments, comments_hint, 0) > 0""",
    # What a rule hides, and nothing else: its list is walked from here.
    "CREATE INDEX story_hidden ON story(sort, id, hidden) WHERE hidden <> 0",
)
TABLES: tuple[tuple[str, str], ...] = (
    ("smart_feed", "id"),
    ("rule", "id"),
    ("muted", "rule_id, story_id"),
    ("story_tag", "tag, feed_id, identity"),
)
