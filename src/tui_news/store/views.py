"""From a View to SQL: which index serves it, and what bounds it. The choices: docs/technotes/query.md."""

# ruff: noqa: S608 - only our own names are formatted into SQL; values are always bound

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import reduce
from operator import and_

from tui_news.models import StoryKey, View
from tui_news.models.late import dataclass
from tui_news.store.connection import ids_json
from tui_news.store.query import MUTED, Part

Few = Callable[[Part], bool]
KINDS = ("unread", "today", "all", "starred", "folder", "feed", "smart", "muted")
MIXED = ("unread", "today", "all", "smart")  # the lists that a muted feed's stories are not in
_BEYOND = re.compile(r"\b(?:read|starred|offline|quotes|comments\w*|lang|twin)\b")  # what a feed's index has not
ORDERS = ("newest", "oldest", "unread", "comments", "feed")


@dataclass(frozen=True, slots=True)
class Plan:
    """An index ("": by id) with its conditions. `state`: those that reading or starring can undo (see View.keep)."""

    index: str
    scope: tuple[str, ...]
    state: tuple[str, ...]
    args: tuple[object, ...] = field(default=())
    bits: int | None = None  # the stories that meet those of its conditions of which that is known (`store.bits`)

    @property
    def table(self) -> str:
        return f"story INDEXED BY {self.index}" if self.index else "story NOT INDEXED"

    @property
    def by_feed(self) -> bool:
        """Whether a feed's own index holds all that is asked of its stories."""
        asked = " ".join((*self.scope, *self.state))
        held = " read " if self.index == "story_feed_unread" else ""
        return self.index.startswith("story_feed") and not [one for one in _BEYOND.findall(asked) if one not in held]

    def keys(self, after: StoryKey | None, back: bool = False, limit: int = -1) -> tuple[str, tuple[object, ...]]:
        """(sql, args) of the (sort, id) after `after`, newest first, or those before it, oldest first."""
        where, args = [*self.scope, *self.state], list(self.args)
        if after is not None:
            where.append(f"(sort, id) {'>' if back else '<'} (?, ?)")
            args += [after.sort, after.id]
        way = "ASC" if back else "DESC"
        sql = f"SELECT sort, id FROM {self.table} WHERE {' AND '.join(where)}"
        return f"{sql} ORDER BY sort {way}, id {way} LIMIT ?", (*args, limit)

    def rows(self) -> tuple[str, tuple[object, ...]]:
        """(sql, args) of every (feed, sort, id), in no order."""
        where = " AND ".join((*self.scope, *self.state))
        return f"SELECT feed_id, sort, id FROM {self.table} WHERE {where}", self.args

    def some(self, most: int) -> tuple[str, tuple[object, ...]]:
        """(sql, args) of so many rows at most, to see how many there are."""
        where = " AND ".join((*self.scope, *self.state))
        return f"SELECT 1 FROM {self.table} WHERE {where} LIMIT ?", (*self.args, most)

    def count(self) -> tuple[str, tuple[object, ...]]:
        where = " AND ".join((*self.scope, *self.state))
        return f"SELECT count(*) FROM {self.table} WHERE {where}", self.args


def plan(
    view: View,
    feed_id: int | None = None,
    feeds: Sequence[int] | None = None,
    muted: Sequence[int] = (),
    only: str = "",
    parts: Sequence[Part] = (),
    few: Few = lambda part: False,
    half: bool = False,
) -> Plan:
    """The view's plan, narrowed to one feed by `feed_id` (from that feed's index) or to several by `feeds`.

    muted: feeds to leave out. only: "read" | "unread" stories. parts: the conditions of the view's queries.
    few: whether a condition is met by so few stories that one begins with them. half: of the stories that a rule
    mutes, not of all others (see `store.halves`).
    """
    unread = view.unread_only or view.kind == "unread" or only == "unread"
    scope = ["(hidden & 1) = 0", "hidden <> 0", MUTED] if half else ["hidden = 0"]
    args: list[object] = []
    if feed_id is not None:
        scope.append("feed_id = ?")
        args.append(feed_id)
    if view.kind == "today":
        scope.append("sort >= ?")
        args.append(view.since)
    if view.kind == "muted" and view.id:
        scope.append("id IN (SELECT story_id FROM muted WHERE rule_id = ?)")
        args.append(view.id)
    state = ["read = 0"] if unread else ["read = 1"] if only == "read" else []
    if view.kind == "starred":
        state.append("starred = 1")
    if half:
        index = "" if any(part.few and few(part) for part in parts) else "story_hidden"
    else:
        index = _better(_index(view, unread, feed_id), parts, unread, few)
    wanted = [(part.sql, part.args) for part in parts]
    # What else bounds them is gathered for nothing where the few are known by their ids.
    told = bool(index) or any(part.bits is not None and part.few for part in parts)
    wanted += [] if told else [(part.among, part.args) for part in parts if part.among]
    wanted += _heard(feeds, muted)
    args += [arg for _, some in wanted for arg in some]
    known = [part.bits for part in parts if part.bits is not None]
    bits = reduce(and_, known) if known else None
    return Plan(index, (*scope, *(sql for sql, _ in wanted)), tuple(state), tuple(args), bits)


def _heard(feeds: Sequence[int] | None, muted: Sequence[int]) -> list[tuple[str, tuple[object, ...]]]:
    """Asked last: for each row that is passed over it would cost as much as the walk itself. A few muted feeds are
    compared one by one, which costs half of a look into a set."""
    if feeds is not None:
        return [("feed_id IN (SELECT value FROM json_each(?))", (ids_json(feeds),)), *_heard(None, muted)]
    if not muted:
        return []
    if len(muted) <= 3:
        return [("feed_id <> ?", (feed,)) for feed in muted]
    return [("feed_id NOT IN (SELECT value FROM json_each(?))", (ids_json(muted),))]


def gathered(base: Plan) -> Plan:
    """A plan for some feeds, read at once from their own index rather than picked from all there is."""
    own = {"story_all": "story_feed", "story_unread": "story_feed_unread"}
    return replace(base, index=own.get(base.index, base.index))


def _better(index: str, parts: Sequence[Part], unread: bool, few: Few) -> str:
    """A query's own way in: by ids when few stories meet one of its conditions; else the narrowest index."""
    if any(part.few and few(part) for part in parts):
        return ""
    named = {part.index for part in parts if part.index}
    unread = unread or "story_unread" in named
    if index.startswith("story_feed") or "story_feed" in named:
        return "story_feed_unread" if unread else "story_feed"
    for name in ("story_has_new", "story_starred", "story_has_quotes", "story_has_comments"):
        if name in (*named, index):
            return name
    return "story_unread" if unread else index


def _index(view: View, unread: bool, feed_id: int | None) -> str:
    if view.kind == "starred":
        return "story_starred"
    place = "story_feed" if feed_id is not None else "story"
    if unread:
        return f"{place}_unread"
    return place if feed_id is not None else "story_all"


def copies(view: View, feeds: Sequence[int], only: str = "", parts: Sequence[Part] = ()) -> Plan:
    """The stories that another feed's stands for, where that other is none of `feeds`: here they are shown."""
    base = plan(view, feeds=feeds, only=only, parts=parts)
    first = """NOT EXISTS (SELECT 1 FROM story AS other WHERE other.twin = story.twin AND other.id < story.id
        AND (other.hidden & 3) = 0 AND other.feed_id IN (SELECT value FROM json_each(?)))"""
    scope = ("hidden = 4", *base.scope[1:], first)
    return Plan("story_copy", scope, base.state, (*base.args, ids_json(feeds)))


def talk(base: Plan, after: StoryKey | None, some: int = 0, back: bool = False) -> tuple[str, tuple[object, ...]]:
    """(sql, args) of the plan's (talk, sort, id), the most comments first. Starred ones and copies are few: sorted.

    back: those before, the fewest comments first. some: so many at most, from the plan's own index and in no order.
    """
    own = some or base.index in ("", "story_starred", "story_copy", "story_hidden")
    table = base.table if own else "story INDEXED BY story_talk"
    where, args = [*base.scope, *base.state], list(base.args)
    if after is not None:
        where.append(f"(talk, sort, id) {'>' if back else '<'} (?, ?, ?)")
        args += [after.talk, after.sort, after.id]
    sql = f"SELECT talk, sort, id FROM {table} WHERE {' AND '.join(where)}"
    if some:
        return f"{sql} LIMIT ?", (*args, some)
    way = "ASC" if back else "DESC"
    return f"{sql} ORDER BY talk {way}, sort {way}, id {way}", tuple(args)


def kept(
    view: View,
    feeds: Sequence[int] | None,
    unread: bool = False,
    parts: Sequence[Part] = (),
    lasting: Sequence[Part] = (),
    half: bool = False,
) -> tuple[str, tuple[object, ...]] | None:
    """(sql, args) of the ids of `view.keep` that the view's state would now leave out; None if it cannot.

    Its place and filter still hold. feeds: the feeds of the view, None for all. unread: only unread ones.
    parts: the conditions of the view's queries; lasting: what of them marks cannot undo. half: as in `plan`.
    """
    base = plan(view, feeds=feeds, parts=lasting, half=half)
    state = [*base.state, *(part.sql for part in parts if part.state)]
    if not view.keep or not state or view.kind == "muted":
        return None
    # Copies too: what stays in a feed's own list may be one.
    where = [
        "(hidden & 3) = 2" if half else "(hidden & 3) = 0",
        *base.scope[1:],
        f"NOT ({' AND '.join(state)})",
        "id IN (SELECT value FROM json_each(?))",
    ]
    if unread:
        where.append("read = 0")
    args = [*base.args, *(arg for part in parts if part.state for arg in part.args), ids_json(view.keep)]
    return f"SELECT id FROM story NOT INDEXED WHERE {' AND '.join(where)}", tuple(args)


def by_mark(view: View) -> View:
    """Unread first: what is kept among the unread stands among them, though nothing is left out."""
    return replace(view, unread_only=True) if view.order == "unread" else view


def rank(view: View, key: StoryKey, feeds: Mapping[int, int]) -> tuple[int, ...]:
    """A row's place in the view's order: the greater comes first."""
    match view.order:
        case "oldest":
            return (-key.sort, -key.id)
        case "comments":
            return (key.talk, key.sort, key.id)
        case "unread":
            return (int(not key.read or key.id in view.keep), key.sort, key.id)
        case "feed":
            return (-feeds.get(key.feed, len(feeds)), key.sort, key.id)
    return (key.sort, key.id)
