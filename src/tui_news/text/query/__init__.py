"""The query language: one for searching, filtering, smart feeds, mute rules and bulk acts. See docs/query.md.

`parse(text) -> Node`, raises QueryError, which knows the character; `show(node) -> text` that parses to the same node.
"""
