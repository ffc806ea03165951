"""A list of quotes in a dialog, with a line to type in that narrows it."""

from __future__ import annotations

from dataclasses import replace

from tui_news.ui.widgets.lines import Line, Run
from tui_news.ui.widgets.quotes_list import QuotesList


class MarkedQuotes(QuotesList):
    """The cursor also has a mark: a background alone is nothing where there are no colours."""

    def line_at(self, line: int) -> Line | None:
        shown = super().line_at(line)
        if shown is None or not shown.text or not self.is_cursor_row(line):
            return shown
        return replace(shown, text="▌" + shown.text[1:], runs=(*shown.runs, Run(0, 1, "accent")))
