"""From a View to SQL: which index serves it, and what bounds it."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tui_news.models import StoryKey, View
from tui_news.store.connection import ids_json, storable

KINDS = ("unread", "today", "all", "starred", "folder", "feed")
MIXED = ("unread", "today", "all")  # the lists that a muted feed's stories are not in
ORDERS = ("newest", "oldest", "unread", "comments", "feed")


@dataclass(frozen=True, slots=True)
class Plan:
    """An index with its conditions. `state`: those that reading or starring can undo (see View.keep)."""

    index: str
    scope: tuple[str, ...]
    state: tuple[str, ...]
    args: tuple[object, ...] = field(default=())

    def keys(self, after: StoryKey | None, back: bool = False, limit: int = -1) -> tuple[str, tuple[object, ...]]:
        """(sql, args) of the (sort, id) after `after`, newest first, or those before it, oldest first."""
        where, args = [*self.scope, *self.state], list(self.args)
        if after is not None:
            where.append(f"(sort, id) {'>' if back else '<'} (?, ?)")
            args += [after.sort, after.id]
        way = "ASC" if back else "DESC"
        sql = f"SELECT sort, id FROM story INDEXED BY {self.index} WHERE {' AND '.join(where)}"
        return f"{sql} ORDER BY sort {way}, id {way} LIMIT ?", (*args, limit)

    def count(self) -> tuple[str, tuple[object, ...]]:
        where = " AND ".join((*self.scope, *self.state))
        return f"SELECT count(*) FROM story INDEXED BY {self.index} WHERE {where}", self.args


def plan(
    view: View,
    feed_id: int | None = None,
    feeds: Sequence[int] | None = None,
    muted: Sequence[int] = (),
    only: str = "",
) -> Plan:
    """The view's plan, narrowed to one feed by `feed_id` (from that feed's index) or to several by `feeds`.

    muted: feeds to leave out. only: "read" | "unread" stories.
    """
    unread = view.unread_only or view.kind == "unread" or only == "unread"
    words, patterns = _filter(view.filter)
    scope: list[str] = ["hidden = 0"]
    args: list[object] = []
    if feed_id is not None:
        scope.append("feed_id = ?")
        args.append(feed_id)
    if feeds is not None:
        scope.append("feed_id IN (SELECT value FROM json_each(?))")
        args.append(ids_json(feeds))
    if muted:
        scope.append("feed_id NOT IN (SELECT value FROM json_each(?))")
        args.append(ids_json(muted))
    if view.kind == "today":
        scope.append("sort >= ?")
        args.append(view.since)
    state = ["read = 0"] if unread else ["read = 1"] if only == "read" else []
    if view.kind == "starred":
        state.append("starred = 1")
    return Plan(_index(view, unread, feed_id), (*scope, *words), tuple(state), (*args, *patterns))


def _index(view: View, unread: bool, feed_id: int | None) -> str:
    if view.kind == "starred":
        return "story_starred"
    place = "story_feed" if feed_id is not None else "story"
    if unread:
        return f"{place}_unread"
    return place if feed_id is not None else "story_all"


def copies(view: View, feeds: Sequence[int], only: str = "") -> Plan:
    """The stories that another feed's stands for, where that other is none of `feeds`: here they are shown."""
    base = plan(view, feeds=feeds, only=only)
    first = """NOT EXISTS (SELECT 1 FROM story AS other WHERE other.twin = story.twin AND other.id < story.id
        AND (other.hidden & 3) = 0 AND other.feed_id IN (SELECT value FROM json_each(?)))"""
    scope = ("hidden = 4", *base.scope[1:], first)
    return Plan("story_copy", scope, base.state, (*base.args, ids_json(feeds)))


def talk(view: View, base: Plan, after: StoryKey | None) -> tuple[str, tuple[object, ...]]:
    """(sql, args) of the plan's (talk, sort, id), the most comments first. Starred ones and copies are few: sorted."""
    index = base.index if base.index in ("story_starred", "story_copy") else "story_talk"
    where, args = [*base.scope, *base.state], list(base.args)
    if after is not None:
        where.append("(talk, sort, id) < (?, ?, ?)")
        args += [after.talk, after.sort, after.id]
    sql = f"SELECT talk, sort, id FROM story INDEXED BY {index} WHERE {' AND '.join(where)}"
    return f"{sql} ORDER BY talk DESC, sort DESC, id DESC", tuple(args)


def kept(view: View, feeds: Sequence[int] | None, unread: bool = False) -> tuple[str, tuple[object, ...]] | None:
    """(sql, args) of the ids of `view.keep` that the view's state would now leave out; None if it cannot.

    Its place and filter still hold. feeds: the feeds of the view, None for all. unread: only unread ones.
    """
    base = plan(view, feeds=feeds)
    if not view.keep or not base.state:
        return None
    # Copies too: what stays in a feed's own list may be one.
    where = [
        "(hidden & 3) = 0",
        *base.scope[1:],
        f"NOT ({' AND '.join(base.state)})",
        "id IN (SELECT value FROM json_each(?))",
    ]
    if unread:
        where.append("read = 0")
    return f"SELECT id FROM story WHERE {' AND '.join(where)}", (*base.args, ids_json(view.keep))


def _filter(text: str) -> tuple[list[str], list[object]]:
    """Every word must be in the title. LIKE knows capitals of ASCII only: other words go through Python."""
    conditions: list[str] = []
    args: list[object] = []
    for word in storable(text).split():
        if word.isascii():
            conditions.append("title LIKE ? ESCAPE '\\'")
            escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            args.append(f"%{escaped}%")
        else:
            conditions.append("has_word(title, ?)")
            args.append(word.casefold())
    return conditions, args
