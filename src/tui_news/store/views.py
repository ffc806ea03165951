"""From a View to SQL: which index serves it, and what bounds it."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

from dataclasses import dataclass, field

from tui_news.models import StoryKey, View
from tui_news.store.connection import ids_json, storable

KINDS = ("unread", "today", "all", "starred", "folder", "feed")


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


def plan(view: View, feed_id: int | None = None, feeds: list[int] | None = None) -> Plan:
    """The view's plan, narrowed to one feed by `feed_id` (from that feed's index) or to several by `feeds`."""
    unread = view.unread_only or view.kind == "unread"
    words, patterns = _filter(view.filter)
    scope: list[str] = ["hidden = 0"]
    args: list[object] = []
    if feed_id is not None:
        scope.append("feed_id = ?")
        args.append(feed_id)
    if feeds is not None:
        scope.append("feed_id IN (SELECT value FROM json_each(?))")
        args.append(ids_json(feeds))
    if view.kind == "today":
        scope.append("sort >= ?")
        args.append(view.since)
    state = ["read = 0"] if unread else []
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


def kept(view: View, feeds: list[int] | None, unread: bool = False) -> tuple[str, tuple[object, ...]] | None:
    """(sql, args) of the (sort, id) of `view.keep` that the view's state would now leave out; None if it cannot.

    Its place and filter still hold. feeds: the feeds of the view, None for all. unread: only unread ones.
    """
    base = plan(view, feeds=feeds)
    if not view.keep or not base.state:
        return None
    where = [*base.scope, f"NOT ({' AND '.join(base.state)})", "id IN (SELECT value FROM json_each(?))"]
    if unread:
        where.append("read = 0")
    return f"SELECT sort, id FROM story WHERE {' AND '.join(where)}", (*base.args, ids_json(view.keep))


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
