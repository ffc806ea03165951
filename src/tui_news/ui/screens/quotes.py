"""Who says what: the story's quotes by speaker; enter goes there, y copies with the source."""

from __future__ import annotations

from tui_news.models import PlacedQuote, StoryRow
from tui_news.text.dates import day


def cite(quote: PlacedQuote, row: StoryRow) -> str:
    """`“…” — Speaker, Source, date, link`."""
    date = day(row.published) if row.published is not None else ""
    return f"{quote.text} — {', '.join(part for part in (quote.speaker, row.feed, date, row.url) if part)}"
