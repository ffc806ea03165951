"""How the sentence about an unforeseen error is printed. The report itself is `services.reporting`'s."""

from __future__ import annotations

from rich.text import Text

from tui_news.services.reporting import report

__all__ = ["printable", "report"]


def printable(sentence: str) -> Text:
    """For the terminal after the app is gone: as it is, no markup, never wrapped inside the path."""
    return Text(sentence, no_wrap=True, overflow="ignore")
