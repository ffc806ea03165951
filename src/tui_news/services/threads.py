"""Threads as the screen and the command line walk them (the pure part of the comments room)."""

from tui_news.comments.tree import Node, flatten, visible

__all__ = ["Node", "flatten", "visible"]
