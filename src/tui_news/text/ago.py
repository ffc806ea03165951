"""How long ago, in a word. Apart from the other dates: the stored picture needs it before anything else is imported."""

from __future__ import annotations


def ago(then: int, now: int) -> str:
    """How long ago, in the fewest letters: "now", "5m", "3h", "2d", "5w", "3mo", "2y". The future is "now"."""
    seconds = now - then
    if seconds < 60:
        return "now"
    if seconds < 3600:
        return f"{seconds // 60}m"
    if seconds < 86_400:
        return f"{seconds // 3600}h"
    days = seconds // 86_400
    if days < 7:
        return f"{days}d"
    if days < 60:
        return f"{days // 7}w"
    return f"{days // 30}mo" if days < 365 else f"{days // 365}y"
