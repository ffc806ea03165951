"""Blocks as plain text and as Markdown; plain text as blocks; `>` lines as quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tui_news.models import Block, Span
from tui_news.text.cells import cell_len
from tui_news.text.sanitize import clean_text

# ">", ">>", "> >" at the start of a line; not ":>", "->", ">:)" and other faces, nor ">_<", ">=" or "><"
_MARKS = re.compile(r"(?:>[ \t\u00a0]?)+(?![:;=_<\-.()'])")
_ESCAPE = re.compile(r"([\\`*_\[\]<>])")
_LINE_START = re.compile(r"^(\s*)([#+\-]|\d+[.)])(?=\s)", re.MULTILINE)
_WIDEST = 60


def text_to_blocks(text: str) -> tuple[Block, ...]:
    """Paragraphs of plain text, split at empty lines; lines that start with ">" are quotes."""
    parts = re.split(r"\n[ \t]*\n", clean_text(text.replace("\r\n", "\n")))
    return fold_quote_lines(Block("para", part.strip()) for part in parts if part.strip())


def word_count(blocks: Iterable[Block]) -> int:
    """Words in all texts, by white space."""
    return sum(len(block.text.split()) for block in blocks)


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


def plain_text(blocks: Iterable[Block]) -> str:
    """Readable in a pipe and aloud: quotes by "> ", items indented by their marks, tables in columns. Ends in "\\n"."""
    return _joined(_plain_block(block) for block in blocks)


def _joined(parts: Iterable[tuple[str, bool]]) -> str:
    """Blocks apart by an empty line, items of a list together."""
    text, before = "", False
    for part, tight in parts:
        if text:
            text += "\n" if tight and before else "\n\n"
        text, before = text + part, tight
    return text + "\n"


def _plain_block(block: Block) -> tuple[str, bool]:
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
    return "\n".join((mark + line).rstrip() for line in lines), block.kind == "item"


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


def markdown(blocks: Iterable[Block]) -> str:
    """CommonMark (tables as GitHub writes them). Text that would be read as markup is escaped. Ends in "\\n"."""
    return _joined(_markdown_block(block) for block in blocks)


def _markdown_block(block: Block) -> tuple[str, bool]:
    if block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
        text = f"{fence}{block.lang or ''}\n{block.text}\n{fence}"
    elif block.kind == "table":
        text = _markdown_table(block)
    elif block.kind == "image":
        text = f"![{_escaped(block.text)}]({block.href or ''})"
    elif block.kind == "rule":
        text = "---"
    elif block.kind == "embed":
        text = f"[{_escaped(block.text)}]({block.href or ''})"
    else:
        text = _styled(block)
        if block.kind == "heading":
            text = "#" * min(max(block.level, 1), 6) + " " + text.replace("\n", " ")
        elif block.kind == "caption":
            text = f"*{text}*"
        elif block.kind == "item":
            text = _markdown_item(text, block)
        else:
            text = _LINE_START.sub(r"\1\\\2", text)
    mark = "> " * block.quote
    return "\n".join((mark + line).rstrip() for line in text.split("\n")), block.kind == "item"


def _markdown_item(text: str, block: Block) -> str:
    indent = "    " * (block.level - 1)
    mark = (
        ("-" if block.marker == "•" else block.marker if block.marker[:-1].isdigit() else "-") if block.marker else " "
    )
    lines = text.split("\n")
    return "\n".join([f"{indent}{mark} {lines[0]}", *(f"{indent}  {line}" for line in lines[1:])])


def _markdown_table(block: Block) -> str:
    count = max((len(row) for row in block.rows), default=0)
    rows = [[_escaped(cell).replace("|", "\\|") for cell in row] + [""] * (count - len(row)) for row in block.rows]
    head = rows[0] if block.head and rows else [""] * count
    body = rows[1:] if block.head else rows
    lines = [head, ["---"] * count, *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _escaped(text: str) -> str:
    return _ESCAPE.sub(r"\\\1", text)


_AROUND = {"em": "*", "strong": "**", "code": "`", "strike": "~~"}


def _styled(block: Block) -> str:
    """The text with its spans as markup. Spans that cross another are left out: Markdown cannot say them."""
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    stack: list[int] = []
    for span in block.spans:
        while stack and stack[-1] <= span.start:
            stack.pop()
        if stack and span.end > stack[-1]:
            continue
        before, after = _marks_of(span)
        if before:
            stack.append(span.end)
            opens.setdefault(span.start, []).append(before)
            closes.setdefault(span.end, []).insert(0, after)
    return _woven(block.text, opens, closes)


def _marks_of(span: Span) -> tuple[str, str]:
    if span.style == "link":
        href = (span.href or "").replace("(", "%28").replace(")", "%29")
        return "[", f"]({href})"
    mark = _AROUND.get(span.style, "")
    return mark, mark


def _woven(text: str, opens: dict[int, list[str]], closes: dict[int, list[str]]) -> str:
    places = sorted({0, len(text), *opens, *closes})
    out, last = "", 0
    for place in places:
        out += _escaped(text[last:place]) + "".join(closes.get(place, ())) + "".join(opens.get(place, ()))
        last = place
    return out
