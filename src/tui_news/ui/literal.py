"""Markup is switched off for the whole program: "[b]" is three characters, whoever wrote them, wherever they are shown.

Textual reads markup out of nearly every string that a widget is given, and out of what its command palette searches:
a feed called "[/b]" is an error there, "[@click=…]" something that acts. We draw with `Content` only, so nothing of
ours is lost; this is the net under `markup=False`, as `filters` is the one under `text.sanitize`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text
from textual.content import Content

if TYPE_CHECKING:
    from textual.fuzzy import Matcher


def _content(cls: type[Content], /, markup: str | Content, **variables: object) -> Content:
    return markup if isinstance(markup, Content) else cls(markup)


def _text(cls: type[Text], /, text: str, *, justify: Any = None, end: str = "\n", **more: Any) -> Text:
    return cls(text, justify=justify, end=end)


def switch_markup_off() -> None:
    """Once, before anything is drawn; again does nothing more."""
    Content.from_markup = classmethod(_content)  # type: ignore[method-assign,assignment]
    Text.from_markup = classmethod(_text)  # type: ignore[method-assign,assignment]


def marked(matcher: Matcher, words: str) -> Content:
    """The words, with the letters that fit what was typed marked: as `Matcher.highlight`, which reads markup."""
    shown = Content(words)
    for at in matcher.fuzzy_search.match(matcher.query, words)[1]:
        if not words[at].isspace():
            shown = shown.stylize(matcher.match_style, at, at + 1)
    return shown
