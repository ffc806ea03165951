"""`?`: what the keys do here, then everywhere, then in the other places."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.widget import Widget

from tui_news.text.wrap import wrap
from tui_news.ui.actions import ANYWHERE, CONTEXT_TITLES, CONTEXTS, Action, in_context, key_name
from tui_news.ui.keymap import Keymap
from tui_news.ui.screens.dialog import Page
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.text_page import TextPage

KEYS_WIDTH = 16
LEGEND = (
    ("●", "unread"), ("★", "starred"), ("❝5", "five spoken quotes"), ("~12", "comments the feed claims, none held yet"),
    ("offline ✓", "the whole story is held and reads without a network"), ("!", "a feed that failed: see its health"),
)  # fmt: skip


def key_lines(context: str, keymap: Keymap, width: int) -> list[Line]:
    """All the keys, those of `context` first."""
    lines = _section(CONTEXT_TITLES[context], _own(context), keymap, width)
    lines += _section("Anywhere", [a for a in in_context(context) if a.contexts == ANYWHERE], keymap, width)
    for other in CONTEXTS:
        if other != context:
            lines += _section(CONTEXT_TITLES[other], _own(other), keymap, width)
    lines.append(_head("Signs"))
    for sign, words in LEGEND:
        lines += _row(sign, words, width)
    return lines


def _own(context: str) -> list[Action]:
    return [action for action in in_context(context) if action.contexts != ANYWHERE]


def _section(title: str, actions: list[Action], keymap: Keymap, width: int) -> list[Line]:
    lines = [_head(title)]
    for action in actions:
        if keymap.keys[action.id]:
            lines += _row(" ".join(map(key_name, keymap.keys[action.id])), action.help, width)
    return [*lines, BLANK]


def _head(title: str) -> Line:
    return LineBuilder().add(title, "head").line()


def _row(keys: str, words: str, width: int) -> list[Line]:
    indent = KEYS_WIDTH + 2
    keys = f"  {keys:<{KEYS_WIDTH}}"
    lines = []
    for start, end in wrap(words, max(10, width - indent)):
        lines.append(LineBuilder().add(keys, "key").add(words[start:end]).line())
        keys = " " * indent
    return lines


class HelpScreen(Page):
    title_text = "Keys"

    def __init__(self, context: str, keymap: Keymap) -> None:
        super().__init__()
        self.context, self.keymap = context or "list", keymap

    def body(self) -> Iterable[Widget]:
        yield TextPage(partial(key_lines, self.context, self.keymap))
