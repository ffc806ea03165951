"""The sentence or two under the headline, told from the story's first paragraph where the page does not name it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui_news.articles.boilerplate import key
from tui_news.models import Block

LONGEST = 400  # characters
STORY = 3  # paragraphs that follow a standfirst at least: a note of two lines has none
_BEFORE = ("image", "caption", "embed", "rule")  # what may stand between headline and standfirst


def with_standfirst(blocks: Sequence[Block], about: str = "") -> tuple[Block, ...]:
    """The blocks with the standfirst marked: the one the page named, else an opening paragraph all in bold or
    italics, else one that says just what the page says of itself (`about`, its description)."""
    at = next((n for n, block in enumerate(blocks) if block.kind not in _BEFORE), None)
    named = [block for block in blocks if block.lead]
    if at is None or named:
        return tuple(blocks) if len(named) < STORY else tuple(replace(block, lead=False) for block in blocks)
    first, after = blocks[at], [block for block in blocks[at + 1 :] if block.kind == "para"]
    plain = first.kind == "para" and not (first.quote or first.pull) and 20 <= len(first.text) <= LONGEST
    if not plain or len(after) < STORY or not (_set_apart(first, after[0]) or _same(first.text, about)):
        return tuple(blocks)
    return (*blocks[:at], replace(first, lead=True), *blocks[at + 1 :])


def _set_apart(first: Block, second: Block) -> bool:
    return _all_of_it(first) and not _all_of_it(second)


def _all_of_it(block: Block) -> bool:
    most = 0.95 * len(block.text)
    return any(span.style in ("strong", "em") and span.end - span.start >= most for span in block.spans)


def _same(text: str, about: str) -> bool:
    """A description cut from the first paragraph is shorter than it, or longer, and says nothing."""
    return bool(about) and key(text) == key(about)
