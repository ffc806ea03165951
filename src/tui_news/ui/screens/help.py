"""`?`: what the keys do here, then everywhere, then in the other places."""

from __future__ import annotations

from collections.abc import Iterable

from textual.widget import Widget

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


def key_lines(context: str, keymap: Keymap) -> list[Line]:
    """All the keys, those of `context` first."""
    lines = _section(CONTEXT_TITLES[context], _own(context), keymap)
    lines += _section("Anywhere", [a for a in in_context(context) if a.contexts == ANYWHERE], keymap)
    for other in CONTEXTS:
        if other != context:
            lines += _section(CONTEXT_TITLES[other], _own(other), keymap)
    lines += [_head("Signs"), *(_row(sign, words) for sign, words in LEGEND)]
    return lines


def _own(context: str) -> list[Action]:
    return [action for action in in_context(context) if action.contexts != ANYWHERE]


def _section(title: str, actions: list[Action], keymap: Keymap) -> list[Line]:
    rows = [_row(" ".join(map(key_name, keymap.keys[a.id])), a.help) for a in actions if keymap.keys[a.id]]
    return [_head(title), *rows, BLANK]


def _head(title: str) -> Line:
    return LineBuilder().add(title, "head").line()


def _row(keys: str, words: str) -> Line:
    return LineBuilder().add(f"  {keys:<{KEYS_WIDTH}}", "key").add(words).line()


class HelpScreen(Page):
    title_text = "Keys"

    def __init__(self, context: str, keymap: Keymap) -> None:
        super().__init__()
        self.context, self.keymap = context or "list", keymap

    def body(self) -> Iterable[Widget]:
        yield TextPage(key_lines(self.context, self.keymap))
