"""What opening the first story needs, loaded soon after the first paint instead of under the reader's finger."""

from __future__ import annotations

from importlib import import_module

NEEDED = (
    "tui_news.services.reading", "tui_news.text.html", "tui_news.text.quotes", "tui_news.text.quotes.find",
    "tui_news.articles.feedbody", "tui_news.services.quotes", "tui_news.store.quotes", "tui_news.store.threads",
    "tui_news.store.journal", "tui_news.store.undo", "tui_news.text.markdown", "tui_news.text.plain",
)  # fmt: skip


def warm() -> None:
    for name in NEEDED:
        import_module(name)
