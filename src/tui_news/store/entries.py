"""A refresh's entries into rows, and rows into stories."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tui_news.models import Entry, Packed, Story, StoryRow
from tui_news.store.connection import Db, Row, ids_json, storable, whole
from tui_news.store.packing import expand, pack_story, squeeze, unpack_extras, unpack_ref
from tui_news.text.sanitize import mask_url

_FIELDS = (
    *("guid", "url", "title", "author", "published", "updated", "sort", "content_hash"),
    *("lang", "teaser", "whole", "threaded", "comments_hint"),
)
_COLUMNS = ("id", "feed_id", "identity", "first_seen", *_FIELDS, "offline", "read", "starred", "hidden")
_PORTIONS = (32, 16, 8, 4, 2, 1)  # rows of one statement: few texts, so that each is prepared once
_UPDATE = f"UPDATE story SET {', '.join(f'{name} = ?' for name in _FIELDS)} WHERE id = ?"
WIDTH = 17  # columns of ROW
ROW = """s.id, s.feed_id, f.name, s.title, s.url, s.author, s.published, s.sort, s.read, s.starred, s.quotes,
    s.comments, s.comments_hint, s.comments_new, s.offline,
    CASE WHEN s.hidden THEN (SELECT group_concat(query, '; ') FROM muted JOIN rule ON rule.id = rule_id
        WHERE muted.story_id = s.id) END,
    CASE WHEN s.twin IS NOT NULL THEN (SELECT group_concat(own.name, char(31)) FROM story AS other
        JOIN feed AS own ON own.id = other.feed_id WHERE other.twin = s.twin AND other.id <> s.id
        AND (other.hidden & 1) = 0 AND NOT EXISTS (SELECT 1 FROM memo WHERE kind = 'twins' AND key = 'apart')) END"""

ROWS = f"""SELECT {ROW} FROM json_each(?) AS j JOIN story AS s ON s.id = j.value
    JOIN feed AS f ON f.id = s.feed_id WHERE (s.hidden & 1) = 0"""


Made = tuple[int, Entry]  # a story's id, and what it was made from


def story_row(row: Row) -> StoryRow:
    feed = mask_url(row[2])  # a feed without a title goes by its address, and that may hold a password
    marks = bool(row[8]), bool(row[9])
    also = tuple(map(mask_url, row[16].split("\x1f"))) if row[16] else ()
    return StoryRow(*(*row[:2], feed, *row[3:8], *marks, *row[10:14], bool(row[14]), row[15] or "", also))


class _Kept(NamedTuple):
    """A story and its parts as the library keeps them."""

    entry: Entry
    packed: Packed

    @classmethod
    def of(cls, entry: Entry) -> _Kept:
        return cls(entry, entry.packed or pack_story(entry.html, entry.thread, entry.enclosures, entry.tags))

    @property
    def whole(self) -> int:
        return int(bool(self.packed.html) and not self.entry.teaser)

    @property
    def threaded(self) -> int:
        """Whether a fetch could bring comments: not where the feed counts none, or where only a browser shows them."""
        return int(self.packed.routed and self.entry.comments_hint != 0)

    @property
    def offline(self) -> int:
        """As `settle` would say of a story of which nothing else is held."""
        return int(self.whole and not self.threaded)


def store(db: Db, feed_id: int, new: Sequence[Entry], changed: Sequence[tuple[int, Entry]], now: int) -> list[Made]:
    """Inside a transaction: what is new now, in order. See `Stories.store`."""
    made: list[Made] = []
    for story_id, entry in changed:
        _change(db, feed_id, story_id, _Kept.of(entry))
    there, latest = _there(db, feed_id, new), 0
    fresh: list[_Kept] = []
    for entry in new:
        kept = _Kept.of(entry)
        identity = storable(entry.identity)
        if identity in there:
            made += _insert(db, feed_id, fresh, now)  # it may be one of them
            fresh.clear()
            held = _held(db, feed_id, identity)
            if held is None:
                continue  # pruned
            _change(db, feed_id, held, kept)
        else:
            there.add(identity)
            fresh.append(kept)
        latest = max(latest, entry.sort)
    made += _insert(db, feed_id, fresh, now)
    if latest:
        # Stories from elsewhere, an import's say, are not what the last visit saw; a visit sets its marks after this.
        db.run(
            "UPDATE feed SET newest = max(coalesce(newest, 0), ?), marks = x'' WHERE id = ?", (whole(latest), feed_id)
        )
    return made


def _there(db: Db, feed_id: int, new: Sequence[Entry]) -> set[str]:
    """Which of these identities are held already, or were pruned: asked at once, since nearly none is."""
    wanted = json.dumps([storable(entry.identity) for entry in new])
    rows = db.all(
        """SELECT identity FROM story WHERE feed_id = ?1 AND identity IN (SELECT value FROM json_each(?2))
        UNION SELECT identity FROM pruned WHERE feed_id = ?1 AND identity IN (SELECT value FROM json_each(?2))""",
        (feed_id, wanted),
    )
    return {row[0] for row in rows}


def _held(db: Db, feed_id: int, identity: str) -> int | None:
    found: int | None = db.value("SELECT id FROM story WHERE feed_id = ? AND identity = ?", (feed_id, identity))
    return found


def _insert(db: Db, feed_id: int, stories: Sequence[_Kept], now: int) -> list[Made]:
    """Many rows a statement: the trigger that counts has SQLite copy all pages that a statement changes, each time."""
    if not stories:
        return []
    keys = [storable(kept.entry.identity) for kept in stories]
    marks, hidden = _marks(db, feed_id, keys)
    first: int = 1 + db.value(
        """SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'story'), 0),
        coalesce((SELECT max(id) FROM story), 0))"""
    )
    rows = [
        (story_id, feed_id, key, now, *_values(kept), kept.offline, *marks.get(key, (0, 0)), hidden)
        for story_id, (key, kept) in enumerate(zip(keys, stories, strict=True), first)
    ]
    for some in _portions(rows):
        db.run(_inserting(len(some)), [value for row in some for value in row])
    made = list(enumerate(stories, first))
    _put_bodies(db, made)
    return [(story_id, kept.entry) for story_id, kept in made]


def _marks(db: Db, feed_id: int, keys: Sequence[str]) -> tuple[dict[str, tuple[int, int]], int]:
    """Which of these were read and starred before they were here; and whether the feed's stories are hidden."""
    rows = db.all(
        "SELECT identity, read, starred FROM status WHERE feed_id = ? AND identity IN (SELECT value FROM json_each(?))",
        (feed_id, json.dumps(keys)),
    )
    removed = db.value("SELECT removed_at IS NOT NULL FROM feed WHERE id = ?", (feed_id,))
    return {key: (read, starred) for key, read, starred in rows}, removed or 0


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    at = 0
    while at < len(rows):
        size = next(size for size in _PORTIONS if size <= len(rows) - at)
        yield rows[at : at + size]
        at += size


@cache
def _inserting(count: int) -> str:
    row = f"({', '.join('?' * len(_COLUMNS))})"
    return f"INSERT INTO story({', '.join(_COLUMNS)}) VALUES {', '.join([row] * count)}"


def _change(db: Db, feed_id: int, story_id: int, kept: _Kept) -> None:
    old = db.one(
        "SELECT identity, html FROM story LEFT JOIN body ON story_id = id WHERE id = ? AND feed_id = ?",
        (story_id, feed_id),
    )
    if old is None:
        return
    identity = storable(kept.entry.identity)
    if identity != old[0] and _held(db, feed_id, identity) is None:
        _rename(db, feed_id, story_id, old[0], identity)
    db.run(_UPDATE, (*_values(kept), story_id))
    if expand(old[1]) != expand(kept.packed.html):
        # The article made from the old body would hide the new one.
        db.run("DELETE FROM article WHERE story_id = ? AND source = 'feed'", (story_id,))
    _put_bodies(db, [(story_id, kept)])
    settle(db, story_id)


def _rename(db: Db, feed_id: int, story_id: int, old: str, new: str) -> None:
    """What was read or starred under either identity stays so."""
    db.run("UPDATE story SET identity = ? WHERE id = ?", (new, story_id))
    db.run(
        """INSERT INTO status SELECT feed_id, ?1, read, read_at, starred, starred_at, position FROM status
        WHERE feed_id = ?2 AND identity = ?3 ON CONFLICT DO UPDATE SET read = max(read, excluded.read),
        starred = max(starred, excluded.starred), position = coalesce(nullif(position, ''), excluded.position)""",
        (new, feed_id, old),
    )
    db.run("DELETE FROM status WHERE feed_id = ? AND identity = ?", (feed_id, old))
    db.run("UPDATE OR REPLACE story_tag SET identity = ? WHERE feed_id = ? AND identity = ?", (new, feed_id, old))
    db.run(
        """UPDATE story SET read = s.read, starred = s.starred FROM status AS s
        WHERE story.id = ? AND s.feed_id = ? AND s.identity = ?""",
        (story_id, feed_id, new),
    )


def _values(kept: _Kept) -> tuple[object, ...]:
    entry = kept.entry
    return (
        storable(entry.guid), storable(entry.url), storable(entry.title), storable(entry.author),
        whole(entry.published), whole(entry.updated), whole(entry.sort), entry.content_hash, entry.lang,
        int(entry.teaser), kept.whole, kept.threaded, whole(entry.comments_hint),
    )  # fmt: skip


def _put_bodies(db: Db, stories: Sequence[tuple[int, _Kept]]) -> None:
    db.many(
        """INSERT INTO body(story_id, html, comments_url, ref, extras) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET html = excluded.html, comments_url = excluded.comments_url, ref = excluded.ref,
        extras = excluded.extras""",
        (
            (
                story_id,
                kept.packed.html or squeeze(b""),
                storable(kept.entry.comments_url),
                kept.packed.ref,
                kept.packed.extras,
            )
            for story_id, kept in stories
        ),
    )
    db.run(
        "INSERT OR REPLACE INTO dirty(story_id) SELECT value FROM json_each(?)",
        (ids_json(story_id for story_id, _ in stories),),
    )


def touch(db: Db, story_id: int) -> None:
    """The search index must read the story anew."""
    db.run("INSERT OR REPLACE INTO dirty(story_id) VALUES (?)", (story_id,))


def settle(db: Db, story_id: int) -> None:
    """What lists show of a story's article and thread, from what is held of them now.

    quotes: of the article that is shown. offline: a whole article (a page, or a feed's body that is no teaser), and
    the thread if one is known. comments: live ones; pingbacks are no comments.
    """
    db.run(
        """UPDATE story SET
        quotes = coalesce((SELECT spoken FROM article WHERE story_id = ?1
                AND source = CASE story.prefer WHEN 'feed' THEN 'feed' ELSE 'page' END),
            (SELECT spoken FROM article WHERE story_id = ?1)),
        offline = (whole OR EXISTS (SELECT 1 FROM article WHERE story_id = ?1 AND source = 'page'))
            AND (EXISTS (SELECT 1 FROM thread WHERE story_id = ?1
                    AND (fetched_at IS NOT NULL OR json_array_length(ref, '$[2]') = 0))
                OR NOT (threaded OR EXISTS (SELECT 1 FROM thread WHERE story_id = ?1
                    AND json_array_length(ref, '$[2]') > 0)))
        WHERE id = ?1""",
        (story_id,),
    )
    counts = db.one(
        """SELECT count(c.cid), coalesce(sum(c.seen = 0 AND c.first_gen > max(t.seen_gen, 1)), 0)
        FROM thread AS t LEFT JOIN comment AS c ON c.thread = t.story_id AND c.state = 'live' AND c.kind = 'comment'
        WHERE t.story_id = ? AND t.fetched_at IS NOT NULL GROUP BY t.story_id""",
        (story_id,),
    )
    db.run("UPDATE story SET comments = ?, comments_new = ? WHERE id = ?", (*(counts or (None, 0)), story_id))


def story(row: StoryRow, rest: Row) -> Story:
    """The Story of a row as `Stories.get` selects it."""
    feed_url, site, headers, guid, html, teaser, ref, found, comments_url, lang, extras = rest
    enclosures, tags = unpack_extras(extras)
    return Story(
        row, feed_url, site, headers, guid, expand(html).decode("utf-8", "replace"), bool(teaser),
        unpack_ref(ref) or unpack_ref(found), comments_url or "", lang, enclosures, tags,
    )  # fmt: skip
