"""Paragraphs whose lines all begin with ">": somebody's words, as mail and forums quote them."""

from __future__ import annotations

import re

from tui_news.text.quotes.spans import Mark, Para

_CREDIT = re.compile(r"\n[ \t]*>[ \t]*[–—―-]{1,2}[ \t]*(?P<name>[^\W\d_][^\n,(]{1,60})[^\n]{0,80}$")
_WORDS = re.compile(r"[^\W_]+")
_FEWEST = 4  # words of a paragraph behind ">" that are a quotation and no sign


def angled(text: str, para: Para) -> tuple[Mark, str | None] | None:
    """The paragraph as a block quotation, and whom its last line ("> — Name") credits, if all its lines begin so."""
    if text[para.start] != ">" or not all(
        line.lstrip().startswith(">") for line in text[para.start : para.end].split("\n")
    ):
        return None
    credit = _CREDIT.search(text, para.start, para.end)
    end = credit.start() if credit else para.end
    inner = para.start + 1
    while inner < end and text[inner] in "> \n":
        inner += 1
    if len(_WORDS.findall(text, inner, end)) < _FEWEST:
        return None
    mark = Mark(para.start, end, inner, end, ">")
    return mark, credit["name"].strip() if credit else None
