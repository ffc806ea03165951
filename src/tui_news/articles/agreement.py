"""Two readings of one page: the cautious one says what is the story, the generous one what may be.

What only the generous reading has stays where it stands among paragraphs that both have: in the same element of the
page. A teaser, a byline or a caption stands in one of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tui_news.articles.boilerplate import key
from tui_news.models import Block

_PLACES = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "div", "span", "td", "pre", "blockquote", "dd", "dt")
_DISAGREE = 0.5  # of the cautious reading's text: with less in common they read different parts of the page
_LONG = 4_000  # characters of the text of one block that is looked up


def merged(generous: Sequence[Block], cautious: Sequence[Block], root: Any, about: str = "") -> tuple[Block, ...]:
    """The cautious reading's blocks with those of the generous one's that belong to them, in the generous one's order.

    about: what the page says of itself in a sentence or two; a standfirst says the same.
    """
    sure = {key(block.text) for block in cautious}
    asked = {key(block.text) for block in generous} - sure
    sure.discard("")
    asked.discard("")
    if not asked:
        return tuple(generous)
    homes = _homes(root, sure | asked)
    places = [home for text in sure for home in homes.get(text, ())]
    agreed: Counter[Any] = Counter(places)
    agreed.update(sort for home in places if (sort := _sort_of(home)) is not None)
    about = key(about)
    kept = tuple(block for block in generous if _stays(block, sure, homes, agreed, about))
    if sum(len(block.text) for block in kept) < _DISAGREE * sum(len(block.text) for block in cautious):
        return tuple(cautious)  # they read different things: the cautious reading is a story at least
    return kept


def _stays(block: Block, sure: set[str], homes: dict[str, list[Any]], agreed: Counter[Any], about: str) -> bool:
    text = key(block.text)
    if not text or text in sure or block.kind in ("table", "code", "rule", "image", "caption", "embed"):
        return True
    linked = sum(span.end - span.start for span in block.spans if span.style == "link")
    if linked > 0.5 * len(block.text):
        return False
    if text not in homes:
        return len(text) > 100
    if len(text) > 30 and (text in about or (about and about in text)):
        return True
    return any(agreed[home] >= 2 or agreed[_sort_of(home)] >= 2 for home in homes[text])


def _sort_of(element: Any) -> tuple[str, ...] | None:
    """What an element has in common with its like: its name and class, and those of the one it stands in."""
    above = element.getparent()
    if not element.get("class") or above is None:
        return None
    return (element.tag, element.get("class"), above.tag, above.get("class") or "")


def _homes(root: Any, wanted: set[str]) -> dict[str, list[Any]]:
    """Text -> the elements that hold a block of it."""
    homes: dict[str, list[Any]] = {}
    for element in root.iter(*_PLACES):
        size = len(element.text or "") if len(element) == 0 else -1
        if size == 0 or size > _LONG:
            continue
        text = element.text_content()
        if 0 < len(text) <= _LONG and (words := key(text)) in wanted:
            homes.setdefault(words, []).append(element.getparent())
    return homes
