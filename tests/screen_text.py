"""What a row-drawing widget shows, as plain text: for goldens that no theme can break."""

from __future__ import annotations

from textual.widget import Widget


def screen_rows(widget: Widget) -> list[str]:
    """The widget's rows on the screen, without trailing blanks."""
    return [widget.render_line(row).text.rstrip() for row in range(widget.size.height)]


def screen_text(widget: Widget) -> str:
    """The rows as one text, without blank rows at its end."""
    return "\n".join(screen_rows(widget)).rstrip("\n")
