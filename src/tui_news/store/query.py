"""Search words as a person types them, into a query FTS5 cannot misread."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tui_news.models import TuinewsError

MOST = 32  # words
# Scripts written without spaces: FTS5 would take a whole sentence for one word, so each character is one.
CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
_PART = re.compile(r'"([^"]*)"?|([^\s"]+)')
_MARKS = re.compile("[\u0300-\u036f]+")
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Query:
    """fts: for MATCH. pattern: finds the words in `fold`ed text."""

    fts: str
    pattern: re.Pattern[str]


def parse_query(words: str) -> Query:
    """Plain words are all wanted; "a phrase" stands together; a trailing * takes any ending.

    Raises TuinewsError when nothing in it can be searched for.
    """
    phrases: list[str] = []
    patterns: list[str] = []
    for match in list(_PART.finditer(words.replace("\0", " ")))[:MOST]:
        text = match[1] if match[1] is not None else match[2]
        tokens = _TOKEN.findall(spaced(text))
        if tokens:
            starred = match[2] is not None and text.endswith("*") and len(tokens[-1]) > 1
            phrases.append(f'"{" ".join(tokens)}"{"*" if starred else ""}')
            patterns.append(_pattern(tokens, starred))
    if not phrases:
        raise TuinewsError("The search is empty", "it has no word in it", "type a word, or part of one and *")
    return Query(" AND ".join(phrases), re.compile("|".join(patterns)))


def _pattern(tokens: list[str], starred: bool) -> str:
    """Between the words of a phrase there may be anything that is no word, or nothing between CJK characters."""
    inner = r"[\W_]*".join(re.escape(fold(token)) for token in tokens)
    first, last = tokens[0][0], tokens[-1][-1]
    start = "" if CJK.match(first) else r"(?<![^\W_])"
    end = r"[^\W_]*" if starred else "" if CJK.match(last) else r"(?![^\W_])"
    return f"{start}{inner}{end}"


def spaced(text: str) -> str:
    """`text` with CJK characters apart, as the index holds them."""
    return text if text.isascii() else CJK.sub(r" \g<0> ", text)


def fold(text: str) -> str:
    """Without case and diacritics; of the same length as `text` (character by character where need be)."""
    if text.isascii():
        return text.lower()
    folded = _strip(text)
    return folded if len(folded) == len(text) else "".join((_strip(c) or c)[0] for c in text)


def _strip(text: str) -> str:
    """The index's tokenizer drops the marks of letters of the Latin script and its kin."""
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text))).lower()
