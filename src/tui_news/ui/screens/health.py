"""How the feeds are: what came last, what comes next and why, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from textual.widget import Widget

from tui_news.models import Feed
from tui_news.text.dates import ago
from tui_news.text.wrap import wrap
from tui_news.ui.screens.dialog import Page
from tui_news.ui.widgets.lines import BLANK, Line, LineBuilder
from tui_news.ui.widgets.text_page import TextPage


def health_lines(feeds: Sequence[Feed], now: int, width: int) -> list[Line]:
    """The failing feeds first, each with the sentence of its error."""
    lines: list[Line] = []
    for feed in sorted(feeds, key=lambda feed: (not feed.error, feed.title.casefold())):
        mark = "!" if feed.error else "·"
        lines.append(LineBuilder().add(f"{mark} ", "bad" if feed.error else "rest").add(feed.title, "strong").line())
        lines += (
            _told(_visits(feed, now), "rest", width)
            + _told(feed.error, "bad", width)
            + _told(feed.url, "rest", width)
            + [BLANK]
        )
    return lines or [LineBuilder().add("No feeds yet.").line()]


def _visits(feed: Feed, now: int) -> str:
    last = f"last fetched {_ago(feed.last_success, now)}" if feed.last_success else "never fetched so far"
    coming = ""
    if feed.next_check is not None:
        left = feed.next_check - now
        coming = f"; next in {ago(now, now + left)}" if left > 60 else "; next when asked or due"
        coming += f" ({feed.next_why})" if feed.next_why else ""
    return f"{feed.unread:,} unread of {feed.total:,}; {last}{coming}"


def _ago(then: int, now: int) -> str:
    said = ago(then, now)
    return "just now" if said == "now" else f"{said} ago"


def _told(text: str, look: str, width: int) -> list[Line]:
    places = wrap(text, max(10, width - 3)) if text else []
    return [LineBuilder().add("  ").add(text[start:end], look).line() for start, end in places]


class HealthScreen(Page):
    title_text = "How the feeds are"

    def __init__(self, feeds: Sequence[Feed], now: int) -> None:
        super().__init__()
        self.feeds, self.when = tuple(feeds), now

    def body(self) -> Iterable[Widget]:
        yield TextPage(partial(health_lines, self.feeds, self.when))
