"""Who holds which office in a text, so that "the mayor" is Lena Ortiz where that is clear."""

from __future__ import annotations

import re

from tui_news.models.late import dataclass
from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.wordfiles import words as listed

_BEFORE = re.compile(r"(?P<office>[^\W\d_]+),? $")
_AFTER = re.compile(r",((?: [^\W\d_]+){1,4})")
_MOST = 200  # names whose offices are kept
_LOOK = 48  # code points looked at on each side of a name
_INDEFINITE = listed("a an ein eine einer un une una uno um uma ei eit een")
_NORDIC = frozenset({"no", "nn", "da", "sv"})
_ENDING = 3  # letters of a Nordic definite ending: statsminister-en, president-en


@dataclass(frozen=True, slots=True)
class _Held:
    at: int
    words: frozenset[str]
    name: str


class Offices:
    """Filled in reading order with the names of a text."""

    def __init__(self, text: str, lex: Lexicon) -> None:
        self.text, self.lex = text, lex
        self.held: list[_Held] = []

    def learn(self, titles: list[str], name: str, start: int, end: int) -> None:
        """`name` stands at start..end of the text, capitalised titles before it taken off as `titles`."""
        words = {title.lower().rstrip(".") for title in titles}
        before = _BEFORE.search(self.text, max(0, start - _LOOK), start)
        after = _AFTER.match(self.text, end, end + _LOOK)
        words.update(before["office"].lower().split() if before else ())
        words.update(after[1].lower().split() if after else ())
        known = frozenset(word for word in words if self._office(word))
        if known and len(self.held) < _MOST:
            self.held.append(_Held(start, known, name))

    def _office(self, word: str) -> bool:
        return word in self.lex.titles or bool(self.lex.suffixes and word.endswith(self.lex.suffixes))

    def holder(self, role: str, before: int) -> str | None:
        """The one person named before code point `before` who holds the office that `role` means; None if unclear."""
        words = role.lower().split()
        definite = words[0] in self.lex.dets and words[0] not in self._indefinite()
        words = words[1:] if definite else words
        if not 1 <= len(words) <= 2 or not (definite or self.lex.lang in _NORDIC):
            return None
        fitting = {
            one.name.split()[-1]: one.name
            for one in self.held
            if one.at < before and all(self._means(word, one.words, definite) for word in words)
        }
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _indefinite(self) -> frozenset[str]:
        """The word "a" is "the" in Portuguese, "en" and "et" are "a" in the Nordic languages."""
        if self.lex.lang == "pt":
            return _INDEFINITE - {"a"}
        return _INDEFINITE | {"en", "et", "ett"} if self.lex.lang in _NORDIC else _INDEFINITE

    def _means(self, word: str, offices: frozenset[str], definite: bool) -> bool:
        if definite and word in offices:
            return True
        if self.lex.lang not in _NORDIC:
            return False
        return any(word.startswith(one) and 0 < len(word) - len(one) <= _ENDING for one in offices)
