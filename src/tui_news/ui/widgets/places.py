"""A place in a text, found again in another text of the same story: the feed's, the page's, a refetched one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.models import Article, Block
from tui_news.ui.widgets.story_doc import Anchor

TOP: Anchor = ("b", -1, 0, 0)
ALIKE = 40  # so many letters at the beginning make two paragraphs the same


def carried(anchor: Anchor, before: Article | None, after: Article | None) -> Anchor:
    """The anchor of the same paragraph; of the beginning if another text (see Article.source) has no such paragraph."""
    match anchor:
        case ("b", int(block), int(offset), int(below)) if before is not None and after is not None and block >= 0:
            found = _same(before.blocks, block, after.blocks)
            if found is not None:
                return ("b", found, min(offset, len(after.blocks[found].text)), below)
            return anchor if before.source == after.source else TOP
    return anchor


def _same(before: Sequence[Block], block: int, after: Sequence[Block]) -> int | None:
    """The nearest block with the same words, else with the same beginning."""
    words = before[block].text if block < len(before) else ""
    if not words.strip():
        return None
    same = [n for n, one in enumerate(after) if one.text == words]
    same = same or [n for n, one in enumerate(after) if one.text[:ALIKE] == words[:ALIKE]]
    return min(same, key=lambda n: abs(n - block), default=None)
