"""What is true of all stories of a library or of none is asked of nobody: `since:2030`, a language that nobody writes.

Only what no mark can change is told beforehand: by that which marks change, a story stays in its list (`views.kept`).
"""

from __future__ import annotations

from collections.abc import Callable

from tui_news.text.query.nodes import Field, Node, Not, Or, Text

Verdict = Callable[[Text | Field], bool | None]


def decided(node: Node, verdict: Verdict) -> Node | bool:
    """What is left to ask once the verdict on some leaves is known. True and False: whatever else the stories are."""
    if isinstance(node, Text | Field):
        known = verdict(node)
        return node if known is None else known
    if isinstance(node, Not):
        inner = decided(node.part, verdict)
        return not inner if isinstance(inner, bool) else Not(inner)
    settles = isinstance(node, Or)
    left: dict[Node, None] = {}
    for part in node.parts:
        found = decided(part, verdict)
        if found is settles:
            return settles
        if not isinstance(found, bool):
            left.update(dict.fromkeys(found.parts if type(found) is type(node) else (found,)))
    if not left:
        return not settles
    return next(iter(left)) if len(left) == 1 else type(node)(tuple(left))
