"""The last net: no control character reaches the terminal, whatever a widget was given."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui_news.text.sanitize import UNSAFE, clean_url, without_login


class UnsafeFilter(LineFilter):
    """Replaces what could command the terminal, and takes away every link that is not a clean web or mail address: a
    link's target goes out inside an escape sequence (OSC 8)."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        linked = any([style is not None and style._link for _, style, _ in segments])
        if not linked and UNSAFE.search("".join([text for text, _, _ in segments])) is None:
            return segments
        return [_safe(segment) for segment in segments]


def _link(segment: Segment) -> str | None:
    return segment.style.link if segment.style is not None else None


def _safe(segment: Segment) -> Segment:
    text, style, control = segment
    link = _link(segment)
    if style is not None and link and (clean := without_login(clean_url(link) or "")) != link:
        style = style.update_link(clean or None)
    return Segment(UNSAFE.sub("\ufffd", text), style, control)
