"""The library's tables. A migration, once released, is never changed: a new one follows it.

status is apart from story and has no foreign key: what you read stays read when a story goes and comes back.
story repeats read, starred and (as hidden) its feed's removal and its muting, so that partial indexes can serve every
list.
tally counts a feed's stories by triggers: counting them each time grows with the library.
"""

from __future__ import annotations

from tui_news.store import (
    migrations_articles,
    migrations_flow,
    migrations_moving,
    migrations_pace,
    migrations_query,
    migrations_quotes,
    migrations_refresh,
)

APPLICATION_ID = 0x7475696E  # "tuin"

_FIRST = (
    """CREATE TABLE feed(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL UNIQUE,
    own_title TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    name TEXT GENERATED ALWAYS AS (coalesce(nullif(own_title, ''), nullif(title, ''), url)) VIRTUAL,
    site TEXT NOT NULL DEFAULT '',
    folder TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0,
    etag TEXT NOT NULL DEFAULT '',
    modified TEXT NOT NULL DEFAULT '',
    body_hash TEXT NOT NULL DEFAULT '',
    headers TEXT NOT NULL DEFAULT '',
    last_fetch INTEGER,
    last_success INTEGER,
    next_check INTEGER,
    next_why TEXT NOT NULL DEFAULT '',
    status TEXT NOT NULL DEFAULT 'new',
    http_status INTEGER,
    error TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    added INTEGER NOT NULL DEFAULT 0,
    removed_at INTEGER)""",
    """CREATE TABLE story(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id INTEGER NOT NULL REFERENCES feed(id),
    identity TEXT NOT NULL,
    guid TEXT NOT NULL DEFAULT '',
    url TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    published INTEGER,
    updated INTEGER,
    sort INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    content_hash TEXT NOT NULL DEFAULT '',
    lang TEXT,
    teaser INTEGER NOT NULL DEFAULT 0,
    whole INTEGER NOT NULL DEFAULT 0,
    threaded INTEGER NOT NULL DEFAULT 0,
    read INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    prefer TEXT NOT NULL DEFAULT '',
    quotes INTEGER,
    comments INTEGER,
    comments_new INTEGER NOT NULL DEFAULT 0,
    comments_hint INTEGER,
    offline INTEGER NOT NULL DEFAULT 0,
    UNIQUE(feed_id, identity))""",
    # The trailing columns repeat the index's own condition: without them SQLite reads the row to check it.
    "CREATE INDEX story_all ON story(sort, id, hidden, feed_id) WHERE hidden = 0",
    "CREATE INDEX story_unread ON story(sort, id, hidden, read, feed_id) WHERE hidden = 0 AND read = 0",
    "CREATE INDEX story_starred ON story(sort, id, hidden, starred, read) WHERE hidden = 0 AND starred = 1",
    "CREATE INDEX story_feed ON story(feed_id, sort, id, hidden) WHERE hidden = 0",
    "CREATE INDEX story_feed_unread ON story(feed_id, sort, id, hidden, read) WHERE hidden = 0 AND read = 0",
    "CREATE INDEX story_url ON story(url)",
    """CREATE TABLE body(
    story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
    html BLOB NOT NULL,
    comments_url TEXT NOT NULL DEFAULT '',
    ref TEXT,
    extras TEXT NOT NULL DEFAULT '')""",
    """CREATE TABLE status(
    feed_id INTEGER NOT NULL,
    identity TEXT NOT NULL,
    read INTEGER NOT NULL DEFAULT 0,
    read_at INTEGER,
    starred INTEGER NOT NULL DEFAULT 0,
    starred_at INTEGER,
    position TEXT NOT NULL DEFAULT '',
    PRIMARY KEY(feed_id, identity)) WITHOUT ROWID""",
    """CREATE TABLE tally(
    feed_id INTEGER PRIMARY KEY,
    unread INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    starred INTEGER NOT NULL DEFAULT 0)""",
    "CREATE TRIGGER feed_added AFTER INSERT ON feed BEGIN INSERT OR IGNORE INTO tally(feed_id) VALUES (new.id); END",
    """CREATE TRIGGER story_added AFTER INSERT ON story BEGIN
    UPDATE tally SET total = total + 1, unread = unread + (new.read = 0), starred = starred + (new.starred = 1)
    WHERE feed_id = new.feed_id; END""",
    """CREATE TRIGGER story_removed AFTER DELETE ON story BEGIN
    UPDATE tally SET total = total - 1, unread = unread - (old.read = 0), starred = starred - (old.starred = 1)
    WHERE feed_id = old.feed_id; END""",
    """CREATE TRIGGER story_marked AFTER UPDATE OF read, starred ON story
    WHEN old.read <> new.read OR old.starred <> new.starred BEGIN
    UPDATE tally SET unread = unread + (new.read = 0) - (old.read = 0),
    starred = starred + (new.starred = 1) - (old.starred = 1) WHERE feed_id = new.feed_id; END""",
    """CREATE TABLE article(
    story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    blocks BLOB NOT NULL,
    quotes BLOB NOT NULL,
    spoken INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    author TEXT NOT NULL DEFAULT '',
    published INTEGER,
    lang TEXT,
    fetched_at INTEGER NOT NULL DEFAULT 0,
    extractor INTEGER NOT NULL DEFAULT 1,
    UNIQUE(story_id, source))""",
    # The page as it came, so that a better extractor can read it again without a network.
    """CREATE TABLE page(
    story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
    raw BLOB NOT NULL)""",
    """CREATE TABLE thread(
    story_id INTEGER PRIMARY KEY REFERENCES story(id) ON DELETE CASCADE,
    ref TEXT,
    coverage TEXT NOT NULL DEFAULT 'complete',
    total INTEGER,
    route TEXT NOT NULL DEFAULT '',
    fetched_at INTEGER,
    error TEXT NOT NULL DEFAULT '',
    error_until INTEGER,
    gen INTEGER NOT NULL DEFAULT 0,
    seen_gen INTEGER NOT NULL DEFAULT 0,
    ordering TEXT NOT NULL DEFAULT 'site',
    warnings TEXT NOT NULL DEFAULT '[]')""",
    """CREATE TABLE comment(
    thread INTEGER NOT NULL REFERENCES thread(story_id) ON DELETE CASCADE,
    cid TEXT NOT NULL,
    seq INTEGER NOT NULL,
    parent TEXT,
    author TEXT NOT NULL DEFAULT '',
    author_id TEXT,
    author_url TEXT,
    created INTEGER,
    edited INTEGER,
    body TEXT NOT NULL DEFAULT '',
    body_kind TEXT NOT NULL DEFAULT 'html',
    blocks BLOB NOT NULL,
    url TEXT,
    score INTEGER,
    rank INTEGER,
    role TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'comment',
    state TEXT NOT NULL DEFAULT 'live',
    first_gen INTEGER NOT NULL DEFAULT 0,
    seen INTEGER NOT NULL DEFAULT 0,
    fold INTEGER,
    PRIMARY KEY(thread, cid)) WITHOUT ROWID""",
    """CREATE TABLE journal(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    words TEXT NOT NULL,
    undo TEXT NOT NULL,
    undone INTEGER NOT NULL DEFAULT 0)""",
    """CREATE TABLE memo(
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY(kind, key)) WITHOUT ROWID""",
    # seq grows with each marking: an index that read the story before cannot strike a later mark off.
    "CREATE TABLE dirty(seq INTEGER PRIMARY KEY AUTOINCREMENT, story_id INTEGER NOT NULL UNIQUE)",
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    migrations_query.SECOND,
    migrations_quotes.QUOTES,
    migrations_flow.FLOW,
    migrations_moving.PRUNED,
    migrations_articles.ARTICLES,
    migrations_refresh.MARKS,
    migrations_pace.PACE,
    migrations_pace.SETS,
)
# What a rescue copies, parents first, each with its key: a damaged table is read from both ends.
TABLES: tuple[tuple[str, str], ...] = (
    ("feed", "id"),
    ("status", "feed_id, identity"),
    ("story", "id"),
    ("body", "story_id"),
    ("article", "rowid"),
    ("page", "story_id"),
    ("thread", "story_id"),
    ("comment", "thread, cid"),
    ("journal", "id"),
    ("memo", "kind, key"),
    *migrations_query.TABLES,
    *migrations_quotes.TABLES,
    *migrations_flow.TABLES,
    *migrations_moving.TABLES,
)
