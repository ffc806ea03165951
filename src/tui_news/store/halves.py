"""`is:muted` decided: a query is asked of the stories that no rule mutes, and of those that one does, each by itself.

Both kinds have an index of their own; a condition over both would walk the whole table, and show what other reasons
hide.
"""

from __future__ import annotations

from tui_news.store.settled import decided
from tui_news.text.query.nodes import And, Field, Node

IS_MUTED = Field("is", "muted")


def half(node: Node, muted: bool) -> Node | None:
    """What is left of the query to ask of stories that are muted, or of those that are not; None: none match."""
    found = decided(node, lambda leaf: muted if leaf == IS_MUTED else None)
    if isinstance(found, bool):
        return And() if found else None
    return found
