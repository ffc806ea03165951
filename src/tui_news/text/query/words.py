"""A query's words: as the search index holds them, and as a pattern that finds them in text."""

from __future__ import annotations

import re
import unicodedata

from tui_news.text.lazy import lazily
from tui_news.text.query.nodes import Node, Text, leaves

# Scripts written without spaces: FTS5 would take a whole sentence for one word, so each character is one.
CJK = lazily("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_BELOW = bytes(range(0xE3))
MOST = 64  # words of a phrase
_MARKS = re.compile("[\u0300-\u036f]+")
_TOKEN = re.compile(r"[^\W_]+")


def tokens(text: str) -> list[str]:
    """The words of it, each CJK character one."""
    return _TOKEN.findall(spaced(text))[:MOST]


def open_ended(node: Text, words: list[str]) -> bool:
    """Whether its last word may have any ending. One letter may not: every second word would begin with it."""
    return node.prefix and len(words[-1]) > 1


def pattern(node: Node) -> re.Pattern[str] | None:
    """Finds in `fold`ed text what the query wants of it; None when it wants no words."""
    found = [_phrase(leaf) for leaf in leaves(node, positive=True) if isinstance(leaf, Text)]
    wanted = [one for one in dict.fromkeys(found) if one]
    return re.compile("|".join(wanted)) if wanted else None


def _phrase(node: Text) -> str:
    """Between the words of a phrase there may be anything that is no word, or nothing between CJK characters."""
    words = tokens(node.text.replace("\0", " "))
    if not words:
        return ""
    inner = r"[\W_]*".join(re.escape(fold(word)) for word in words)
    start = "" if CJK.match(words[0][0]) else r"(?<![^\W_])"
    end = r"[^\W_]*" if open_ended(node, words) else "" if CJK.match(words[-1][-1]) else r"(?![^\W_])"
    return f"{start}{inner}{end}"


def spaced(text: str) -> str:
    """`text` with CJK characters apart, as the index holds them."""
    # UTF-8 of what lies below U+3000 has no byte of 0xE3 or more: to see that takes a quarter of the pattern's time.
    if text.isascii() or not text.encode("utf-8", "replace").translate(None, _BELOW):
        return text
    return CJK.sub(r" \g<0> ", text)


def fold(text: str) -> str:
    """Without case and diacritics; of the same length as `text` (character by character where need be)."""
    if text.isascii():
        return text.lower()
    folded = _strip(text)
    return folded if len(folded) == len(text) else "".join((_strip(c) or c)[0] for c in text)


def _strip(text: str) -> str:
    """The index's tokenizer drops the marks of letters of the Latin script and its kin."""
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text))).lower()
