"""Markdown as people write it in comments, as blocks. markdown-it reads it, as Lemmy's own page has it read."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from tui_news.comments.render import blocks_of
from tui_news.models import Block
from tui_news.text.lazy import lazily
from tui_news.text.sanitize import clean_text

_SPOILER = lazily(r"^ {0,3}:::+ *spoiler\b *(.*)$", re.IGNORECASE)
_SPOILER_END = lazily(r"^ {0,3}:::+ *$")
_FENCE = lazily(r"^[> ]{0,20}(?:`{3,}|~{3,})")
_ADDRESS = lazily(r"https?://[^\s<>\"]*[^\s<>\".,;:!?')\]]", re.IGNORECASE)
_NESTING = 100


def markdown_blocks(text: str, base: str = "") -> tuple[Block, ...]:
    return blocks_of(_reader().render(_told(clean_text(text, code=True))), base)


def _told(text: str) -> str:
    """What is hidden until somebody asks is marked as such: a line of ours in place of Lemmy's own fences."""
    lines, code = [], False
    for line in text.split("\n"):
        code ^= bool(_FENCE.match(line))
        found = None if code else _SPOILER.match(line)
        if found:
            line = f"\n**[spoiler] {found.group(1).strip()}**\n"
        elif not code and _SPOILER_END.match(line):
            line = ""
        lines.append(line)
    return "\n".join(lines)


@lru_cache(maxsize=1)
def _reader() -> Any:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}).enable(["table", "strikethrough"])
    reader.add_render_rule("text", _text)
    return reader


def _text(renderer: Any, tokens: Any, at: int, options: Any, env: Any) -> str:
    """Words, with what looks like an address made a link, unless they are one."""
    words = tokens[at].content
    opened = sum(token.nesting for token in tokens[:at] if token.type.startswith("link_"))
    if opened or "://" not in words:
        return escape(words)
    parts, done = [], 0
    for found in _ADDRESS.finditer(words):
        parts += [escape(words[done : found.start()]), f'<a href="{escape(found.group())}">{escape(found.group())}</a>']
        done = found.end()
    return "".join(parts) + escape(words[done:])
