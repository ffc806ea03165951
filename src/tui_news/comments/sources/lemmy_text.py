"""Markdown as people write it in comments, as blocks: code between fences stays code, the rest is text with quotes."""

from __future__ import annotations

import re

from tui_news.models import Block
from tui_news.text.plain import text_to_blocks
from tui_news.text.sanitize import clean_text

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([\w+#.-]{0,30})[^`]*$")


def markdown_blocks(text: str) -> tuple[Block, ...]:
    """A fence that is not closed holds to the end, as CommonMark has it (§4.5)."""
    found: list[Block] = []
    lines: list[str] = []
    fence = lang = ""
    for line in clean_text(text, code=True).split("\n"):
        mark = _FENCE.match(line)
        if not fence and mark:
            found += _text(lines)
            lines, fence, lang = [], mark.group(1), mark.group(2)
        elif fence and mark and mark.group(1).startswith(fence) and mark.group(1) == line.strip():
            found += _code(lines, lang)
            lines, fence = [], ""
        else:
            lines.append(line)
    return (*found, *(_code(lines, lang) if fence else _text(lines)))


def _text(lines: list[str]) -> tuple[Block, ...]:
    return text_to_blocks("\n".join(lines))


def _code(lines: list[str], lang: str) -> tuple[Block, ...]:
    code = "\n".join(lines).strip("\n")
    return (Block("code", code, lang=lang or None),) if code else ()
