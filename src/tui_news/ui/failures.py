"""How the sentence about an unforeseen error is made. The report itself is `services.reporting`'s."""

from __future__ import annotations

from tui_news.services.reporting import report, told

__all__ = ["report", "told"]
