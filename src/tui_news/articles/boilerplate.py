"""What stands around a story and is not part of it: by the words of a line, and by where in the story it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.articles.phrases import ANYWHERE, AT_END
from tui_news.models import Block

_WORD = re.compile(r"\w+")


def is_boilerplate(text: str) -> bool:
    """Whether a whole line is furniture wherever it stands."""
    return len(text) <= 500 and bool(ANYWHERE.fullmatch(text.strip()))


def is_trailer(text: str) -> bool:
    """Whether a line at the end only leads elsewhere ("The post … appeared first on …", "Read more")."""
    return len(text) <= 1000 and bool(AT_END.fullmatch(text.strip()))


def tidy(blocks: Sequence[Block], title: str = "", author: str = "") -> tuple[Block, ...]:
    """The story without its furniture, its trailers, and the title, which is shown above it already."""
    kept = [block for block in blocks if not (_plain(block) and is_boilerplate(block.text))]
    kept = without_title(kept, title)
    while kept and _ends_story(kept[-1]):
        kept.pop()
    return tuple(_without_echo(_without_twin_headings(kept)))


def _plain(block: Block) -> bool:
    return block.kind in ("para", "heading", "item", "caption") and not block.quote


def _ends_story(block: Block) -> bool:
    """A rule, a trailer, or a heading with nothing left under it."""
    return block.kind in ("rule", "heading") or (_plain(block) and is_trailer(block.text))


def key(text: str) -> str:
    """Words only, lower case: what two renderings of one line have in common."""
    return " ".join(_WORD.findall(text.casefold()))


def without_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """Drops a heading near the top, or the first line, that repeats the title."""
    wanted = key(title)
    for index, block in enumerate(blocks[:4]):
        may = block.kind == "heading" or (index == 0 and block.kind == "para")
        if wanted and may and key(block.text) == wanted:
            return [*blocks[:index], *blocks[index + 1 :]]
    return list(blocks)


def _without_twin_headings(blocks: Sequence[Block]) -> list[Block]:
    """One of two equal headings in a row: what stood between them was furniture."""
    kept: list[Block] = []
    for block in blocks:
        if not (block.kind == "heading" and kept and kept[-1] == block):
            kept.append(block)
    return kept


def _without_echo(blocks: list[Block]) -> list[Block]:
    """Pages print the standfirst twice, above the picture and below it: the first of the two goes.

    Equal paragraphs in a row are a refrain, and stay.
    """
    for index, block in enumerate(blocks[:2]):
        words = key(block.text)
        again = [later.text for later in blocks[index + 2 : index + 6] if key(later.text) == words]
        if again and len(words) > 40 and block.kind == "para" and blocks[index + 1].text != block.text:
            return [*blocks[:index], *blocks[index + 1 :]]
    return blocks
