"""Lists that a query narrows are read from an index alone: it holds every small thing that a query asks of a story.

Reading a row for each story that is passed over costs seven times as much, and grows with what the rows hold.
"""

# ruff: noqa: S608 - only our own names are formatted into SQL

from __future__ import annotations

# talk is reckoned from two columns, so an index that holds it alone is not enough.
ASKED = "hidden, feed_id, read, starred, offline, comments_new, quotes, comments, comments_hint, lang"

PACE: tuple[str, ...] = (
    "DROP INDEX story_all",
    f"CREATE INDEX story_all ON story(sort, id, {ASKED}) WHERE hidden = 0",
    "DROP INDEX story_unread",
    f"CREATE INDEX story_unread ON story(sort, id, {ASKED}) WHERE hidden = 0 AND read = 0",
    "DROP INDEX story_talk",
    f"CREATE INDEX story_talk ON story(talk, sort, id, {ASKED}) WHERE hidden = 0",
    # Which languages there are, and who has one of them: a few steps, whatever the library's size.
    "CREATE INDEX story_lang ON story(lang) WHERE lang > ''",
    "CREATE INDEX article_lang ON article(lang, story_id) WHERE lang > ''",
)

# What lists gather of all stories is read from indexes alone: who has a tag, who is quoted, what is starred.
# tagged is story_tag by the stories' numbers, and derived from it: each was looked up in an index of texts.
_TAGGED = "SELECT tag, story.id FROM story_tag JOIN story USING (feed_id, identity)"
_TAGS = "SELECT tag FROM story_tag WHERE feed_id = {row}.feed_id AND identity = {row}.identity"
_STORY = "SELECT id FROM story WHERE feed_id = {row}.feed_id AND identity = {row}.identity"
_COMES = f"INSERT OR IGNORE INTO tagged SELECT tag, new.id FROM ({_TAGS.format(row='new')});"
_GOES = f"DELETE FROM tagged WHERE story_id = old.id AND tag IN ({_TAGS.format(row='old')});"
_PUT = f"INSERT OR IGNORE INTO tagged SELECT new.tag, id FROM ({_STORY.format(row='new')});"
_TAKEN = f"DELETE FROM tagged WHERE tag = old.tag AND story_id IN ({_STORY.format(row='old')});"

SETS: tuple[str, ...] = (
    """CREATE TABLE tagged(
    tag TEXT NOT NULL COLLATE NOCASE,
    story_id INTEGER NOT NULL,
    PRIMARY KEY(tag, story_id)) WITHOUT ROWID""",
    f"INSERT OR IGNORE INTO tagged {_TAGGED} ORDER BY 1, 2",
    f"CREATE TRIGGER tagged_story_added AFTER INSERT ON story BEGIN {_COMES} END",
    f"CREATE TRIGGER tagged_story_removed AFTER DELETE ON story BEGIN {_GOES} END",
    f"""CREATE TRIGGER tagged_story_renamed AFTER UPDATE OF feed_id, identity ON story
    WHEN old.feed_id <> new.feed_id OR old.identity <> new.identity BEGIN {_GOES} {_COMES} END""",
    f"CREATE TRIGGER tagged_added AFTER INSERT ON story_tag BEGIN {_PUT} END",
    f"CREATE TRIGGER tagged_removed AFTER DELETE ON story_tag BEGIN {_TAKEN} END",
    f"CREATE TRIGGER tagged_changed AFTER UPDATE ON story_tag BEGIN {_TAKEN} {_PUT} END",
    "DROP INDEX quote_who",
    "CREATE INDEX quote_who ON quote(who, story_id, speaker, kind)",
    "DROP INDEX story_starred",
    """CREATE INDEX story_starred ON story(sort, id, hidden, starred, read, feed_id, comments, comments_hint)
    WHERE hidden = 0 AND starred = 1""",
)
