"""Words as one looks for them: case, accents and the cut of quotation marks aside, each letter's place kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

__all__ = ["find_all", "fold"]

# What decomposition leaves alone, and marks that typists write in more than one way.
_ALSO = {
    "ø": "o", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ħ": "h", "ı": "i", "ŋ": "n",
    "‘": "'", "’": "'", "‚": "'", "ʼ": "'", "′": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "",
}  # fmt: skip
# Marks that writers leave out: accents, Hebrew points, Arabic vowels. Other scripts' marks are letters.
_LEFT_OUT = re.compile("[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640]")
_KEPT = frozenset("йў")  # letters of their own, though they decompose


class _Folds(dict[int, str]):
    def __missing__(self, code: int) -> str:
        if len(self) > 20_000:
            self.clear()
        folded = self[code] = _fold_letter(chr(code))
        return folded


def _fold_letter(letter: str) -> str:
    lower = unicodedata.normalize("NFKC", letter).casefold()
    if lower not in _KEPT:
        lower = unicodedata.normalize("NFC", _LEFT_OUT.sub("", unicodedata.normalize("NFD", lower)))
    return "".join(_ALSO.get(one, one) for one in lower)


_folds = _Folds()


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text folded, and for each of its letters the offset of the one it comes from (a range where all match)."""
    if text.isascii():
        return text.lower(), range(len(text))
    folded = text.translate(_folds)
    if all(len(_folds[ord(one)]) == 1 for one in set(text)):
        return folded, range(len(text))
    return folded, [at for at, one in enumerate(text) for _ in _folds[ord(one)]]


def find_all(words: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words stand in the text, as offsets; any run of white space answers to any other."""
    folded_words, _ = fold(words)
    if not folded_words.split():
        return
    pattern = re.compile(r"\s+".join(map(re.escape, folded_words.split())))
    folded, places = fold(text)
    for hit in pattern.finditer(folded):
        end = places[hit.end() - 1] + 1
        while end < len(text) and _LEFT_OUT.match(text[end]):
            end += 1
        yield places[hit.start()], end
