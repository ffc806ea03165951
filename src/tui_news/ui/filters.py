"""The last net: no control character reaches the terminal, whatever a widget was given."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui_news.text.sanitize import UNSAFE


class UnsafeFilter(LineFilter):
    """Replaces what could command the terminal. Style links are outside a filter's reach: they are cleaned earlier."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        if not any(UNSAFE.search(segment.text) for segment in segments):
            return segments
        return [Segment(UNSAFE.sub("\ufffd", segment.text), segment.style, segment.control) for segment in segments]
