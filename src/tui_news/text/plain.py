"""Blocks as plain text and as Markdown; plain text as blocks; `>` lines as quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tui_news.models import Block, Span
from tui_news.text.cells import cell_len
from tui_news.text.html_flow import is_rtl
from tui_news.text.lazy import lazily
from tui_news.text.markdown import markdown
from tui_news.text.sanitize import clean_text, clean_url
from tui_news.text.scripts import with_scripts

__all__ = ["fold_quote_lines", "markdown", "plain_text", "text_to_blocks", "word_count"]

# ">", ">>", "> >" at the start of a line; no faces (">:)", ">_<"), no ">=" or "><"; the marks must not be given back
# (an atomic group: Python before 3.11.5 loses its place in a possessive repeat of a group that backtracks, gh-106052)
_MARKS = re.compile(
    r"[ \t]{0,3}(?>(?:>[ \t\u00a0]?(?=>))*)>"
    r"(?![:;][-'o^]?[()\[\]DPpOo/\\|3<>*]|[_.^-]{1,3}[<>]|[=<]|[()]+(?:\s|$))[ \t\u00a0]?"
)
_URL = re.compile(r"https?://[^\s<>\"“”]{3,2000}", re.IGNORECASE)
_IDEOGRAPHS = lazily("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WIDEST = 60


def text_to_blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs of plain text, split at empty lines; lines that start with ">" are quotes, addresses are links."""
    parts = re.split(r"\n[ \t]*\n", clean_text(text))
    folded = fold_quote_lines(Block("para", part.strip()) for part in parts if part.strip())
    return tuple([_linked(block) for block in folded])


def _linked(block: Block) -> Block:
    """With the addresses that are written out in its text as links; punctuation behind one is not part of it."""
    if "://" not in block.text:
        return replace(block, rtl=is_rtl(block.text))
    spans = []
    for m in _URL.finditer(block.text):
        shown = m[0].rstrip(".,;:!?'’*_")
        if shown.endswith(")") and "(" not in shown:
            shown = shown.rstrip(").,")
        if href := clean_url(shown):
            spans.append(Span(m.start(), m.start() + len(shown), "link", href))
    return replace(block, spans=tuple(spans), rtl=is_rtl(block.text))


def word_count(blocks: Iterable[Block]) -> int:
    """Words in all texts, by white space; where words are not set apart, two ideographs or kana count as one."""
    return sum(_words(block.text) for block in blocks)


def _words(text: str) -> int:
    if text.isascii() or not (signs := len(_IDEOGRAPHS.findall(text))):
        return len(text.split())
    return len(_IDEOGRAPHS.sub(" ", text).split()) + (signs + 1) // 2


def fold_quote_lines(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Split paragraphs whose lines start with ">" into quote blocks (level by the number of marks) and the rest."""
    found: list[Block] = []
    for block in blocks:
        if block.kind in ("para", "item") and ">" in block.text and _quoting(block.text):
            found.extend(_split(block))
        else:
            found.append(block)
    return tuple(found)


def _quoting(text: str) -> bool:
    return any(_MARKS.match(line) for line in text.split("\n"))


def _split(block: Block) -> Iterator[Block]:
    """Runs of lines with the same number of marks, each a block; spans follow their words."""
    runs: list[tuple[int, list[tuple[int, int]]]] = []
    start = 0
    for line in block.text.split("\n"):
        found = _MARKS.match(line)
        marks, skip = (found[0].count(">"), found.end()) if found else (0, 0)
        place = (start + skip, start + len(line))
        if runs and runs[-1][0] == marks:
            runs[-1][1].append(place)
        else:
            runs.append((marks, [place]))
        start += len(line) + 1
    for number, (marks, places) in enumerate(runs):
        part = _part(block, places)
        if part.text.strip():
            yield replace(part, quote=block.quote + marks, marker=block.marker if number == 0 else "")


def _part(block: Block, places: Sequence[tuple[int, int]]) -> Block:
    text, spans = "", []
    for start, end in places:
        lead = len(text)
        text += block.text[start:end] + "\n"
        for span in block.spans:
            low, high = max(span.start, start), min(span.end, end)
            if low < high:
                spans.append(replace(span, start=low - start + lead, end=high - start + lead))
    return replace(block, text=text[:-1], spans=tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


def plain_text(blocks: Iterable[Block], figures: bool = False, raised: bool = False) -> str:
    """Readable in a pipe and aloud: quotes by "> ", items indented by their marks, tables in columns. Ends in "\\n".

    figures: with the pictures' names and captions in their places, which are no part of the story's own text.
    raised: raised and lowered figures as such, for a reader: 10³ is not 103.
    """
    out: list[str] = []
    before: Block | None = None
    for block in _named_once(blocks):
        if not figures and block.kind in ("image", "caption"):
            continue
        if before is not None:
            out.append("\n" if before.kind == block.kind == "item" and before.quote == block.quote else "\n\n")
        out.append(_plain_block(replace(block, text=with_scripts(block.text, block.spans)) if raised else block))
        before = block
    return "".join(out) + "\n"


def _named_once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Pictures that are named as their caption begins without that name: it is said once."""
    held: Block | None = None
    for block in blocks:
        if held is not None:
            told = block.kind == "caption" and _same_words(block.text, held.text)
            yield replace(held, text="") if told else held
        held = block if block.kind == "image" and block.text else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _same_words(caption: str, name: str) -> bool:
    told, wanted = (re.sub(r"\W+", " ", text).strip().casefold() for text in (caption, name))
    return bool(wanted) and (told == wanted or told.startswith(f"{wanted} "))


def _plain_block(block: Block) -> str:
    if block.kind == "table":
        lines = _columns(block.rows)
    elif block.kind == "image":
        lines = [f"[image: {block.text}]" if block.text else "[image]"]
    elif block.kind == "rule":
        lines = ["* * *"]
    elif block.kind == "embed":
        lines = [f"[{block.text}] {block.href or ''}".rstrip()]
    elif block.kind == "code":
        lines = ["    " + line for line in block.text.split("\n")]
    else:
        lines = block.text.split("\n")
    if block.kind == "item":
        lines = _hung(lines, block)
    mark = "> " * block.quote
    return "\n".join((mark + line).rstrip() for line in lines)


def _hung(lines: list[str], block: Block) -> list[str]:
    indent = "  " * block.level
    first = f"{indent}{block.marker} " if block.marker else indent + "  "
    return [(first if number == 0 else indent + "  ") + line for number, line in enumerate(lines)]


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Cells in columns as wide as their widest text (at most 60 cells), two spaces apart."""
    count = max((len(row) for row in rows), default=0)
    widths = [
        min(max((cell_len(row[column]) for row in rows if column < len(row)), default=0), _WIDEST)
        for column in range(count)
    ]
    return [
        "  ".join(text + " " * max(0, widths[column] - cell_len(text)) for column, text in enumerate(row)).rstrip()
        for row in rows
    ]
