"""From one comment to another. Positions in, positions out; None where there is nothing further."""

from __future__ import annotations

from tui_news.comments import tree
from tui_news.ui.widgets.thread_state import ThreadState


def following(state: ThreadState, position: int, back: bool = False) -> int | None:
    """The next shown comment."""
    number = state.number(state.showing(position))
    if number is None:
        return None
    number += -1 if back else 1
    return state.shown[number] if 0 <= number < len(state.shown) else None


def root(state: ThreadState, position: int, back: bool = False) -> int | None:
    """The next top-level comment; backwards, first the top of this branch."""
    top = root_of(state, position)
    if not back:
        return _onward(state, state.nodes[top].end)
    return top if top != position else _backward(state, top)


def root_of(state: ThreadState, position: int) -> int:
    """The comment at the left margin that this one is under (itself, if it is one)."""
    while state.nodes[position].depth > state.base:
        position = state.nodes[position].parent
    return position


def sibling(state: ThreadState, position: int, back: bool = False) -> int | None:
    """The next comment under the same parent, else the next at a smaller depth (backwards: the parent)."""
    if not back:
        return _onward(state, state.nodes[position].end)
    before = _backward(state, position)
    return parent(state, position) if before is None else before


def parent(state: ThreadState, position: int) -> int | None:
    return _inside(state, tree.parent_of(state.nodes, position))


def new(state: ThreadState, position: int | None, back: bool = False) -> int | None:
    """The next new comment, folded away or not; from None, the first (or last)."""
    if back:
        start = len(state.nodes) if position is None else position
        return next((one for one in range(start - 1, -1, -1) if state.new[one]), None)
    start = -1 if position is None else position
    return next((one for one in range(start + 1, len(state.nodes)) if state.new[one]), None)


def _onward(state: ThreadState, position: int) -> int | None:
    """This one or the next that a filter leaves, at its level or above."""
    found = _inside(state, position)
    while found is not None and state.only_op and state.number(found) is None:
        found = _inside(state, state.nodes[found].end)
    return found


def _backward(state: ThreadState, position: int) -> int | None:
    """The comment before under the same parent that a filter leaves."""
    before = tree.prev_sibling(state.nodes, position)
    while before is not None and state.only_op and state.number(before) is None:
        before = tree.prev_sibling(state.nodes, before)
    return None if before is None else _inside(state, before)


def _inside(state: ThreadState, position: int | None) -> int | None:
    first, stop = state.span
    return position if position is not None and first <= position < stop else None
