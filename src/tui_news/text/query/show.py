"""A query's nodes as text again: the shortest that parses to the same."""

from __future__ import annotations

import re

from tui_news.text.query.nodes import And, Field, Node, Not, Or, Text
from tui_news.text.query.parse import WORD

_PLAIN = re.compile(r'[^\s"“”„‟():*-][^\s"“”„‟():]*')
_WORDS = ("AND", "OR", "NOT")


def show(node: Node) -> str:
    """`parse(show(node)) == node` for every node that parse gives."""
    if isinstance(node, Text):
        return f"{node.place}:{_value(node)}" if node.place else _value(node)
    if isinstance(node, Field):
        return f"{node.name}:{_value(node)}"
    if isinstance(node, Not):
        return f"-{_inside(node.part, And | Or)}"
    if isinstance(node, Or):
        return " OR ".join(_inside(part, Or) for part in node.parts)
    return " ".join(_inside(part, Or) for part in node.parts)


def _inside(node: Node, weaker: type | object) -> str:
    text = show(node)
    return f"({text})" if isinstance(node, weaker) else text  # type: ignore[arg-type]


def _value(node: Text | Field) -> str:
    text = node.text if isinstance(node, Text) else node.value
    star = "*" if node.prefix else ""
    plain = _PLAIN.fullmatch(text) and text not in _WORDS and not text.endswith("*")
    if (plain and WORD.search(text)) or (not text and star):
        return f"{text}{star}"
    return f'"{text}"{star}'
