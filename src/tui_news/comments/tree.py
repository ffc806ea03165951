"""A thread as a flat list in display order. Everything is iterative: a chain of 5,000 replies is legal input.

A *position* is an index into the nodes `flatten` returns; a node's `index` is one into the comments given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from tui_news.models import Comment
from tui_news.models.late import dataclass

Order = Literal["site", "oldest", "newest", "replies"]
ORDERS: tuple[Order, ...] = ("site", "oldest", "newest", "replies")
Flags = Callable[[int], bool] | Sequence[bool]
SortKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A comment in its place. parent: its parent's position, -1 for a root. end: where its subtree ends.

    replies: how many comments are below it. orphan: it answers one that is not held, and so stands as a root.
    """

    index: int
    depth: int
    parent: int
    end: int
    replies: int
    orphan: bool = False


def flatten(comments: Sequence[Comment], order: str = "site") -> tuple[Node, ...]:
    """The comments in display order, each exactly once, parents before their replies.

    order: "site" (the site's own rank, else by time), "oldest", "newest", "replies" (most first); any other
    means "site". Cycles are cut at their first comment; of two comments with one id the first is the parent.
    """
    parents = cut_cycles(link(comments))
    children = _children(parents)
    sizes = _sizes(parents, children)
    _sort(comments, children, sizes, order)
    ids = {comment.id for comment in comments}
    orphans = [comment.parent is not None and comment.parent not in ids for comment in comments]
    return _walk(children, sizes, orphans)


def link(comments: Sequence[Comment]) -> list[int]:
    """Each comment's parent as an index, -1 where it has none, names itself or one that is absent."""
    first: dict[str, int] = {}
    for index, comment in enumerate(comments):
        first.setdefault(comment.id, index)
    parents = [-1 if comment.parent is None else first.get(comment.parent, -1) for comment in comments]
    return [-1 if parent == index else parent for index, parent in enumerate(parents)]


def cut_cycles(parents: Sequence[int]) -> list[int]:
    """The parents without cycles: in each, the member listed first loses its parent."""
    result = list(parents)
    done = [False] * len(result)
    for start in range(len(result)):
        path: list[int] = []
        on_path: set[int] = set()
        at = start
        while at != -1 and not done[at] and at not in on_path:
            path.append(at)
            on_path.add(at)
            at = result[at]
        if at != -1 and at in on_path:
            result[min(path[path.index(at) :])] = -1
        for index in path:
            done[index] = True
    return result


def _children(parents: Sequence[int]) -> list[list[int]]:
    """Children by parent; the last list holds the roots (index -1 reaches it)."""
    children: list[list[int]] = [[] for _ in range(len(parents) + 1)]
    for index, parent in enumerate(parents):
        children[parent].append(index)
    return children


def _sizes(parents: Sequence[int], children: Sequence[Sequence[int]]) -> list[int]:
    """How many comments each subtree holds, its own included."""
    queue = list(children[-1])
    for index in queue:  # grows while it is read: parents always stand before their children
        queue.extend(children[index])
    sizes = [1] * len(parents)
    for index in reversed(queue):
        if parents[index] != -1:
            sizes[parents[index]] += sizes[index]
    return sizes


def _sort(comments: Sequence[Comment], children: list[list[int]], sizes: Sequence[int], order: str) -> None:
    times = [_time_key(comment) for comment in comments]
    if any(comment.created is None for comment in comments):
        # Pages of some themes show no dates: ids tell the order of all, dates would tell that of some.
        times = [time[1:] for time in times]

    def site(index: int) -> SortKey:
        rank = comments[index].rank
        return (rank is None, rank or 0, times[index])

    def replies(index: int) -> SortKey:
        return (-sizes[index], times[index])

    def oldest(index: int) -> SortKey:
        return times[index]

    key = {"replies": replies, "oldest": oldest, "newest": oldest}.get(order, site)
    for siblings in children:
        if len(siblings) > 1:
            siblings.sort(key=key, reverse=order == "newest")


def _time_key(comment: Comment) -> SortKey:
    number = int(comment.id) if comment.id.isascii() and comment.id.isdigit() and len(comment.id) < 20 else 0
    return (comment.created or 0, number, comment.id)


def _walk(children: list[list[int]], sizes: list[int], orphans: list[bool]) -> tuple[Node, ...]:
    nodes: list[Node] = []
    stack = [(index, 0, -1) for index in reversed(children[-1])]
    while stack:
        index, depth, parent = stack.pop()
        position, size = len(nodes), sizes[index]
        nodes.append(Node(index, depth, parent, position + size, size - 1, orphans[index]))
        stack.extend((child, depth + 1, position) for child in reversed(children[index]))
    return tuple(nodes)


def visible(nodes: Sequence[Node], folded: Flags) -> list[int]:
    """Positions not hidden under a folded one, which itself stays. `folded` is asked by position."""
    is_folded = folded if callable(folded) else folded.__getitem__
    shown: list[int] = []
    position = 0
    while position < len(nodes):
        shown.append(position)
        position = nodes[position].end if is_folded(position) else position + 1
    return shown


def new_inside(nodes: Sequence[Node], is_new: Flags) -> list[int]:
    """For each position, how many *below* it are new (itself not counted). `is_new` is asked by position."""
    new = is_new if callable(is_new) else is_new.__getitem__
    counts = [0] * len(nodes)
    for position in range(len(nodes) - 1, -1, -1):
        parent = nodes[position].parent
        if parent != -1:
            counts[parent] += counts[position] + bool(new(position))
    return counts


def parent_of(nodes: Sequence[Node], position: int) -> int | None:
    parent = nodes[position].parent
    return None if parent == -1 else parent


def next_sibling(nodes: Sequence[Node], position: int) -> int | None:
    """The next comment under the same parent (or the next root)."""
    after = nodes[position].end
    return after if after < len(nodes) and nodes[after].parent == nodes[position].parent else None


def prev_sibling(nodes: Sequence[Node], position: int) -> int | None:
    parent, before = nodes[position].parent, position - 1
    if before == parent:
        return None
    while nodes[before].parent != parent:
        before = nodes[before].parent
    return before


def root_of(nodes: Sequence[Node], position: int) -> int:
    while nodes[position].parent != -1:
        position = nodes[position].parent
    return position


def next_root(nodes: Sequence[Node], position: int) -> int | None:
    after = nodes[root_of(nodes, position)].end
    return after if after < len(nodes) else None


def prev_root(nodes: Sequence[Node], position: int) -> int | None:
    return prev_sibling(nodes, root_of(nodes, position))


def ancestors(nodes: Sequence[Node], position: int) -> list[int]:
    """Positions of the parent, its parent and so on, nearest first."""
    found: list[int] = []
    while nodes[position].parent != -1:
        position = nodes[position].parent
        found.append(position)
    return found
