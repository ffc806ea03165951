"""How the feeds are: what came last, what comes next and why, and what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

from textual.widget import Widget

from tui_news.models import Feed
from tui_news.services.health import ORDER, Health, visits, worst_first
from tui_news.text.cells import cell_fit
from tui_news.text.sanitize import mask_url
from tui_news.text.wrap import wrap
from tui_news.ui.screens.dialog import Page
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.text_page import TextPage

MARKS = {"gone": "x", "failing": "!", "moved": "→", "stale": "z", "slow": "~", "muted": "-"}
BAD = ("gone", "failing")


def health_lines(feeds: Sequence[Feed], now: int, width: int) -> list[Line]:
    """What needs a look first, each with its sentences; then the others."""
    judged = worst_first(tuple(feeds), now)
    lines = [*_told(summary([told for _, told in judged]), "head", width, ""), BLANK] if judged else []
    for feed, told in judged:
        bad = told.state in BAD
        mark = MARKS.get(told.state, "·")
        title = cell_fit(feed.title, width - 2)
        lines.append(LineBuilder().add(f"{mark} ", "bad" if bad else "rest").add(title, "strong").line())
        for words in told.words:
            lines += _told(words, "bad" if bad else "", width)
        counts = f"{feed.unread:,} unread of {feed.total:,}; {visits(feed, now)}"
        lines += _told(counts, "rest", width) + _told(mask_url(feed.url), "rest", width) + [BLANK]
    return lines or [LineBuilder().add("No feeds yet.").line()]


def summary(found: Sequence[Health]) -> str:
    """ "40 feeds: 2 failing, 1 gone, 3 stale." """
    counts = Counter(told.state for told in found)
    told = ", ".join(f"{counts[state]} {state}" for state in ORDER if counts[state] and state not in ("ok", "new"))
    feeds = "1 feed" if len(found) == 1 else f"{len(found)} feeds"
    return f"{feeds}: {told}." if told else f"{feeds}, and all is well."


def _told(text: str, look: str, width: int, indent: str = "  ") -> list[Line]:
    places = wrap(text, max(10, width - 3)) if text else []
    return [LineBuilder().add(indent).add(text[start:end], look).line() for start, end in places]


class HealthScreen(Page):
    title_text = "How the feeds are"

    def __init__(self, feeds: Sequence[Feed], now: int) -> None:
        super().__init__()
        self.feeds, self.when = tuple(feeds), now

    def body(self) -> Iterable[Widget]:
        yield TextPage(partial(health_lines, self.feeds, self.when))
