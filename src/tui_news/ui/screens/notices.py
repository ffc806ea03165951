"""What was found wrong while starting, when it is more than one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.widget import Widget

from tui_news.text.wrap import wrap
from tui_news.ui.screens.dialog import Page
from tui_news.ui.widgets.lines import Line, LineBuilder
from tui_news.ui.widgets.text_page import TextPage


def notice_lines(notices: Sequence[str], width: int) -> list[Line]:
    lines: list[Line] = []
    for notice in notices:
        for number, (start, end) in enumerate(wrap(notice, max(10, width - 3))):
            lines.append(LineBuilder().add("  " if number else "· ", "key").add(notice[start:end]).line())
    return lines


class NoticesScreen(Page):
    title_text = "While starting"

    def __init__(self, notices: Sequence[str]) -> None:
        super().__init__()
        self.notices = tuple(notices)

    def body(self) -> Iterable[Widget]:
        yield TextPage(partial(notice_lines, self.notices))
