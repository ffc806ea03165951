"""`is:muted` decided: a query is asked of the stories that no rule mutes, and of those that one does, each by itself.

Both kinds have an index of their own; a condition over both would walk the whole table, and show what other reasons
hide.
"""

from __future__ import annotations

from tui_news.text.query.nodes import And, Field, Node, Not, Or, Text

IS_MUTED = Field("is", "muted")


def half(node: Node, muted: bool) -> Node | None:
    """What is left of the query to ask of stories that are muted, or of those that are not; None: none match."""
    found = _decided(node, muted)
    if isinstance(found, bool):
        return And() if found else None
    return found


def _decided(node: Node, muted: bool) -> Node | bool:
    """True and False: whatever else the stories are."""
    if isinstance(node, Text | Field):
        return muted if node == IS_MUTED else node
    if isinstance(node, Not):
        inner = _decided(node.part, muted)
        return not inner if isinstance(inner, bool) else Not(inner)
    parts, settles = [_decided(part, muted) for part in node.parts], isinstance(node, Or)
    if settles in [part for part in parts if isinstance(part, bool)]:
        return settles
    left = tuple(part for part in parts if not isinstance(part, bool))
    if not left:
        return not settles
    return left[0] if len(left) == 1 else type(node)(left)
