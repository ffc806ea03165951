"""HTML to blocks: what feeds, pages and comments are made of. Never raises, never recurses, linear in its input.

Elements mean what the HTML standard says; its error rules are not followed to the letter: a missing end tag costs at
most the structure around it, never the words.
"""

from __future__ import annotations

from tui_news.models import Block
from tui_news.text.html_elements import ENDS, STARTS
from tui_news.text.html_reader import Reader
from tui_news.text.html_scan import START, TEXT

__all__ = ["MOST_BLOCKS", "html_to_blocks"]

MOST_BLOCKS = 20_000


def html_to_blocks(html: str, base: str = "") -> tuple[Block, ...]:
    """The blocks of an HTML fragment or document; at most two million characters of it are read.

    base: the address that relative links are relative to; without one they are no links.
    """
    reader = Reader(html, base)
    flow = reader.flow
    text, starts, ends = flow.text, STARTS, ENDS
    for kind, name, inside in reader.scanner:
        if kind == TEXT:
            text(name)
        elif kind == START:
            if inside and ("idden" in inside or "display" in inside) and reader.passes_hidden(name, inside):
                continue
            if start := starts.get(name):
                start(reader, name, inside)
                if flow.count > MOST_BLOCKS:
                    break
        elif end := ends.get(name):
            end(reader, name)
    return reader.finish()
