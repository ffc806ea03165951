"""The words of a piece of HTML, for counting and for the search index. Not for showing: see `text.html`."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

MOST = 200_000  # characters of a story that are looked at
_TAG = re.compile(r"<[/!?]?[a-zA-Z-][^<>]*>")
_UNSEEN = ("script", "style")


@lru_cache(maxsize=1)  # asked twice of a story: for the index, and whether it is whole
def stripped(html: str) -> str:
    """Without tags, in time linear in its length; white space as it came."""
    lower = html.lower()
    for name in _UNSEEN:
        if f"<{name}" in lower:
            html = _without(html, name)
    return unescape(_TAG.sub(" ", html))


def _without(html: str, name: str) -> str:
    """Without the element's content. A pattern would search the whole rest anew from each unclosed start."""
    lower, kept, place = html.lower(), [], 0
    if len(lower) != len(html):
        return html
    while (start := lower.find(f"<{name}", place)) >= 0:
        kept.append(html[place:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        place = end
    return "".join([*kept, html[place:]])
