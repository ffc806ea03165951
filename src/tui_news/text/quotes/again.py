"""The same words quoted twice: what two quotations share, and who left out what."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

from tui_news.models.late import dataclass

Relation = Literal["same", "shorter", "longer", "overlaps"]
_TOKEN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\\W_]+")
RUN = 8  # words in a row that two quotations must share
SHORTEST = 4  # words: a shorter quotation is said again by chance
_SHINGLE, _WINDOW = 5, 4  # together they find every shared run of RUN words (winnowing: Schleimer et al. 2003)
_LONGEST = 400  # words of a quotation that are compared


def said_words(text: str) -> tuple[str, ...]:
    """The words of a quotation without case, diacritics, marks and punctuation; each CJK character is a word."""
    plain = text.casefold().replace("’", "").replace("'", "")
    if plain.isascii():
        return tuple(_TOKEN.findall(plain))
    low = unicodedata.normalize("NFD", plain)
    plain = unicodedata.normalize("NFC", "".join(c for c in low if not unicodedata.combining(c)))
    return tuple(_TOKEN.findall(plain))


def prints(words: Sequence[str]) -> frozenset[int]:
    """Fingerprints: quotations that share RUN words, or are equal, share one. None for fewer than SHORTEST words."""
    if len(words) < SHORTEST:
        return frozenset()
    words = words[:_LONGEST]
    whole = _hash(words)
    runs = [_hash(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1)]
    picked = (min(runs[n : n + _WINDOW]) for n in range(len(runs) - _WINDOW + 1))
    return frozenset([whole, *picked])


def cuttings(words: Sequence[str]) -> frozenset[int]:
    """Fingerprints that quotations too short to share RUN words have, if all of them stands in these words."""
    words = words[:_LONGEST]
    lengths = range(SHORTEST + 1, min(RUN, len(words)))
    return frozenset(_hash(words[n : n + size]) for size in lengths for n in range(len(words) - size + 1))


def _hash(words: Sequence[str]) -> int:
    return zlib.crc32(" ".join(words).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Shared:
    """Two quotations compared. relation: the second is the "same", "shorter" (it leaves words out), "longer", or each
    has words that the other lacks ("overlaps"). words: how many they share in one run. lacks: the words, in one of the
    two, that the other does not have."""

    relation: Relation
    words: int
    lacks: int


def compare(first: Sequence[str], second: Sequence[str]) -> Shared | None:
    """What `second` is to `first` (both from `said_words`); None when they are not the same words said again."""
    a, b = list(first[:_LONGEST]), list(second[:_LONGEST])
    if min(len(a), len(b)) < SHORTEST:
        return None
    if a == b:
        return Shared("same", len(a), 0)
    run = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    inside = run.size == min(len(a), len(b))
    if run.size < (SHORTEST + 1 if inside else RUN):
        return None
    if inside:
        return Shared("shorter" if len(b) < len(a) else "longer", run.size, abs(len(a) - len(b)))
    return Shared("overlaps", run.size, len(a) + len(b) - 2 * run.size)
