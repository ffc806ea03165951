"""What stands around a story and is not part of it: by the words of a line, and by where in the story it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tui_news.articles.phrases import ANYWHERE, AT_END, CREDIT, LEADS_AWAY, MORE
from tui_news.models import Block

_WORD = re.compile(r"\w+")
_DRAWN = re.compile(r"[\s*_~=•·⁂—–-]{3,60}")
_BYLINE_WORDS = frozenset(
    str.split(
        "by von av af par de por di door przez and und og och et y e en reporter staff writer editor correspondent "
        "contributor updated published posted last on at the "
        "am pm est et gmt jan feb mar apr may jun jul aug sep sept oct nov dec january "
        "february march april june july august september october november december"
    )
)
_OUTLET = re.compile(r"\b[A-Z]{2,}(?: [A-Z]{2,}){1,3}$")
_TOP = 12  # blocks in which the title may stand once more, behind boxes
_WAY_BACK = re.compile(r"(?:\s*[↩↑⤴⬆↵⏎↥⇧^][\ufe0e\ufe0f]?)+$")
_TELLING = 12  # characters of a caption or credit that is not there twice by chance
_SIGNED = re.compile(r"(?:[A-Z][\w.'’-]+ ){2,3}(?:[A-Z]{2,} ?){2,3}")  # "Ann Lee COAST POST", whoever is the author
_HIDES = re.compile(r"\s*\b(?:(?:hide|toggle|show) caption\b\s*)+", re.IGNORECASE)
_INTRODUCES = frozenset(
    str.split("is was writes covers reports joined has works ist schreibt berichtet er est és es è är on jest")
)


def is_boilerplate(text: str) -> bool:
    """Whether a whole line is furniture wherever it stands."""
    return len(text) <= 500 and bool(ANYWHERE.fullmatch(text.strip()))


def is_trailer(text: str) -> bool:
    """Whether a line at the end only leads elsewhere ("The post … appeared first on …", "Read more")."""
    return len(text) <= 1000 and bool(AT_END.fullmatch(text.strip()))


def tidy(blocks: Sequence[Block], title: str = "", author: str = "") -> tuple[Block, ...]:
    """The story without its furniture and its trailers, and without title and author, who stand above it already."""
    blocks = [Block("rule", "", quote=block.quote) if _drawn(block) else _without_way_back(block) for block in blocks]
    blocks = [replace(block, kind="caption") if _credits(block) else block for block in blocks]
    kept = [block for block in blocks if not (_plain(block) and (is_boilerplate(block.text) or _leads_away(block)))]
    kept = without_byline(without_title(_once(kept), title), author)
    while kept and kept[0].kind == "rule":
        kept.pop(0)
    while kept and (_ends_story(kept[-1]) or _about_author(kept[-1], author) or _under_trailer(kept)):
        kept.pop()
    kept = _without_more(kept)
    return tuple(_without_echo(_without_twin_headings(kept)))


def _without_more(blocks: list[Block]) -> list[Block]:
    """The story without the list of other stories that ends it: links under "More …", "Related …"."""
    at = len(blocks)
    while at and blocks[at - 1].kind == "item" and _linked(blocks[at - 1]) > 0.6:
        at -= 1
    if at == len(blocks) or not at or not MORE.fullmatch(blocks[at - 1].text):
        return blocks
    blocks = blocks[: at - 1]
    while blocks and _ends_story(blocks[-1]):
        blocks.pop()
    return blocks


def _linked(block: Block) -> float:
    """How much of a block's text is links."""
    return sum(span.end - span.start for span in block.spans if span.style == "link") / max(1, len(block.text))


def _without_way_back(block: Block) -> Block:
    """A footnote without the arrow that leads back to its number: a link within the page."""
    found = _WAY_BACK.search(block.text) if block.spans else None
    last = max((span.start for span in block.spans if span.style == "link" and "#" in (span.href or "")), default=-1)
    if found is None or not found.start() or last < found.start():
        return block
    end = found.start()
    spans = tuple(replace(span, end=min(span.end, end)) for span in block.spans if span.start < end)
    return replace(block, text=block.text[:end], spans=spans)


def _drawn(block: Block) -> bool:
    """Whether a line is a rule drawn with characters: "* * *", "___"."""
    return block.kind in ("para", "heading") and bool(_DRAWN.fullmatch(block.text.strip()))


def _credits(block: Block) -> bool:
    """Whether a paragraph only says whose picture stands above it."""
    return block.kind == "para" and not block.quote and len(block.text) < 90 and bool(CREDIT.fullmatch(block.text))


def _once(blocks: Sequence[Block]) -> list[Block]:
    """Captions without the words of their buttons, and each once: pages say it beside the picture and in its frame."""
    kept: list[Block] = []
    said = ""
    for block in blocks:
        if block.kind == "caption" and not block.spans and _HIDES.search(block.text):
            block = replace(block, text=_HIDES.sub(" ", block.text).strip())
        again = block.kind in ("caption", "para") and key(block.text) and key(block.text) in said
        if again and len(block.text) > _TELLING:
            continue
        said = key(block.text) if block.kind == "caption" else said if block.kind == "image" or again else ""
        kept.append(block)
    return kept


def _leads_away(block: Block) -> bool:
    """Whether a line only leads to another story: by its words and a link, or as one link in capitals."""
    if _linked(block) < 0.6 or block.kind not in ("para", "heading"):
        return False
    shouted = len(block.text.split()) >= 4 and block.text.isupper()
    return shouted or bool(LEADS_AWAY.fullmatch(block.text))


def without_byline(blocks: Sequence[Block], author: str) -> list[Block]:
    """Drops short lines before the text, or in its first rows, that name nobody but the author."""
    names = key(author)
    if not names:
        return list(blocks)
    return [
        block for n, block in enumerate(blocks) if not (_is_byline(block, names) if n <= 5 else _is_name(block, names))
    ]


def _is_name(block: Block, names: str) -> bool:
    """Whether a line farther down is the author's name and nothing else: it stands over a box about them."""
    return block.kind in ("para", "heading") and not block.quote and key(block.text) == names


def _is_byline(block: Block, names: str) -> bool:
    words = key(block.text)
    if _SIGNED.fullmatch(block.text):
        return block.kind in ("para", "heading")
    if words.startswith(names + " ") and _OUTLET.search(block.text) and len(words) < len(names) + 30:
        return block.kind in ("para", "heading")  # "Ann Lee COAST POST"
    if block.kind not in ("para", "item", "heading") or len(words) > len(names) + 40 or names not in words:
        return False
    rest = words.replace(names, " ").split()
    return all(word in _BYLINE_WORDS or word.isdigit() for word in rest)


def _about_author(block: Block, author: str) -> bool:
    """Whether a last paragraph introduces the author: "Ann Lee is a reporter who …"."""
    names = key(author)
    words = key(block.text)
    if not names or block.kind != "para" or block.quote or len(block.text) > 500 or not words.startswith(names + " "):
        return False
    return words[len(names) :].split()[:1] != [] and words[len(names) :].split()[0] in _INTRODUCES


def _plain(block: Block) -> bool:
    return block.kind in ("para", "heading", "item", "caption") and not block.quote


def _ends_story(block: Block) -> bool:
    """A rule, a trailer, or a heading with nothing left under it."""
    return block.kind in ("rule", "heading") or (_plain(block) and is_trailer(block.text))


def _under_trailer(blocks: Sequence[Block]) -> bool:
    """Whether the last block is a picture under words that only lead elsewhere: an issue's cover."""
    pictured = len(blocks) > 1 and blocks[-1].kind == "image" and blocks[-2].kind in ("heading", "para")
    return pictured and is_trailer(blocks[-2].text)


def key(text: str) -> str:
    """Words only, lower case: what two renderings of one line have in common."""
    return " ".join(_WORD.findall(text.casefold()))


def without_title(blocks: Sequence[Block], title: str) -> list[Block]:
    """Drops a heading near the top, or the first line, that repeats the title; of a first-level one near is enough."""
    wanted = key(title)
    for index, block in enumerate(blocks[:_TOP]):
        if index >= 4 and not (block.kind == "heading" and wanted and key(block.text) == wanted):
            continue
        may = block.kind == "heading" or (index == 0 and block.kind == "para")
        near = block.kind == "heading" and block.level == 1 and _alike(key(block.text), wanted)
        if wanted and may and (near or key(block.text) == wanted):
            return [*blocks[:index], *blocks[index + 1 :]]
    return list(blocks)


def _alike(one: str, other: str) -> bool:
    """Whether most words of the shorter of two titles are in the other."""
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.6 * max(1, min(len(a), len(b)))


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
