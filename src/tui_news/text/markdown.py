"""Blocks as Markdown: CommonMark, with tables and strike-through as GitHub writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from tui_news.models import Block, Span
from tui_news.text.urls import without_login

__all__ = ["markdown"]

_ESCAPE = re.compile(r"([\\`*_\[\]<>~])|&(?=#?\w{1,31};)")
_LINE_START = re.compile(r"^(\s*)(?:([#+=-])|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)
_MARKS = {
    "strong": ("**", "**"),
    "em": ("*", "*"),
    "strike": ("~~", "~~"),
    "sup": ("<sup>", "</sup>"),
    "sub": ("<sub>", "</sub>"),
    "mark": ("<mark>", "</mark>"),
}
_ORDER = ("link", "strong", "em", "strike", "mark", "sup", "sub", "code")  # from the outside in
_MOST_SPANS = 500  # in a block; the work grows with their square
_Style = tuple[str, str | None]


def markdown(blocks: Iterable[Block]) -> str:
    """The blocks as Markdown that reads as they do: what would be taken for markup is escaped. Ends in "\\n"."""
    out: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            out.append(_between(before, block))
        mark = "> " * block.quote
        out.append("\n".join((mark + line).rstrip() for line in _text(block).split("\n")))
        before = block
    return "".join(out) + "\n"


def _between(before: Block, block: Block) -> str:
    if before.kind == block.kind == "item" and block.marker and before.quote == block.quote:
        return "\n"
    shared = min(before.quote, block.quote)
    return "\n" + ("> " * shared).rstrip() + "\n"


def _text(block: Block) -> str:
    if block.kind == "code":
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", block.text)), default=0))
        return f"{fence}{block.lang or ''}\n{block.text}\n{fence}"
    if block.kind == "table":
        return _table(block)
    if block.kind == "rule":
        return "---"
    if block.kind in ("image", "embed"):
        bang = "!" if block.kind == "image" else ""
        return f"{bang}[{_escaped(block.text)}]({_address(block.href or '')})"
    text = styled(block.text, block.spans)
    if block.kind == "heading":
        return "#" * min(max(block.level, 1), 6) + " " + text.replace("\\\n", " ")
    if block.kind == "caption":
        return f"*{text}*" if not block.spans else text
    return _item(text, block) if block.kind == "item" else _LINE_START.sub(_safe_start, text)


def _safe_start(m: re.Match[str]) -> str:
    return f"{m[1]}\\{m[2]}" if m[2] else f"{m[1]}{m[3]}\\{m[4]}"


def _item(text: str, block: Block) -> str:
    indent = "    " * (max(block.level, 1) - 1)
    lines = _LINE_START.sub(_safe_start, text).split("\n")
    if not block.marker:
        return "\n".join(f"{indent}    {line}" for line in lines)
    mark = block.marker if block.marker[:-1].isdigit() else "-"
    return "\n".join([f"{indent}{mark} {lines[0]}", *(f"{indent}    {line}" for line in lines[1:])])


def _table(block: Block) -> str:
    rows = [[_escaped(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in block.rows]
    columns = max(map(len, rows), default=0)
    head = rows[0] if block.head and rows else []
    lines = [head, ["---"] * columns, *(rows[1:] if block.head else rows)]
    return "\n".join("| " + " | ".join(line + [""] * (columns - len(line))) + " |" for line in lines)


def styled(text: str, spans: Sequence[Span]) -> str:
    """Text with its spans as markup. Spans that cross are cut where they do: marks always nest."""
    spans = spans[:_MOST_SPANS]
    edges = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    out: list[str] = []
    open_: list[_Style] = []
    for start, end in pairwise(edges):
        wanted = _styles(spans, start, end)
        keep = 0
        while keep < min(len(open_), len(wanted)) and open_[keep] == wanted[keep]:
            keep += 1
        _close(out, open_[keep:])
        out += [_opening(style) for style in wanted[keep:]]
        open_ = wanted
        code = any(style == "code" for style, _ in wanted)
        out.append(_code(text[start:end]) if code else _escaped(text[start:end]).replace("\n", "\\\n"))
    _close(out, open_)
    return "".join(out)


def _styles(spans: Sequence[Span], start: int, end: int) -> list[_Style]:
    found = {(s.style, s.href if s.style == "link" else None) for s in spans if s.start <= start and end <= s.end}
    links = [style for style in found if style[0] == "link"]
    found.difference_update(links[1:])  # a link inside a link cannot be written
    return sorted(found, key=lambda style: _ORDER.index(style[0]))


def _opening(style: _Style) -> str:
    return "[" if style[0] == "link" else _MARKS.get(style[0], ("", ""))[0]


def _close(out: list[str], styles: list[_Style]) -> None:
    for name, href in reversed(styles):
        out.append(f"]({_address(href or '')})" if name == "link" else _MARKS.get(name, ("", ""))[1])


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text[:1] == "`" or text[-1:] == "`" else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _address(href: str) -> str:
    return without_login(href).replace("(", "%28").replace(")", "%29")


def _escaped(text: str) -> str:
    return _ESCAPE.sub(lambda m: f"\\{m[1]}" if m[1] else "&amp;", text)
