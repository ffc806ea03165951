"""What a cue is, and the sources that need no verb: `according to NAME`, `NAMEn mukaan`, `dem Bericht zufolge`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tui_news.models.late import dataclass
from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.nouns import Source, phrase, read_right
from tui_news.text.quotes.spans import Tok

Toks = Sequence[Tok]
_PHRASE = 6  # words of a source before "zufolge"
_READS = frozenset({"heißt", "hieß"})
REPORTED = 58  # German reported speech: whoever was reported before
FIRM = 60  # from here on a cue makes even a short quote speech


@dataclass(frozen=True, slots=True)
class Cue:
    """A source and how sure the wording is: 100 = verb and name touch the quote … 20 = somebody in the sentence."""

    source: Source | None
    weight: int


NOTHING = Cue(None, 0)


def _nominative(name: str, lang: str) -> str:
    """A source that stands in the genitive or behind an apostrophe ("Demir'e göre"), as far as that is plain."""
    if lang == "fi" and len(name) > 3 and name.endswith("n"):
        return name[:-3] + "nen" if name.endswith("sen") else name[:-1]
    return re.sub(r"['’][^\W\d_]{1,4}$", "", name) if lang == "tr" else name


class SourcePhrases:
    """A sentence's tokens, asked for the sources it names without a verb of saying."""

    def __init__(self, toks: Toks, begin: int, end: int, lex: Lexicon) -> None:
        self.toks, self.begin, self.end, self.lex = toks, begin, end, lex
        self.verbs: list[int] = []  # places of the verbs of saying

    def according(self, at: int) -> Cue:
        """`according to NAME`, anywhere in the sentence; the nearer the surer."""
        best = NOTHING
        for n in range(self.begin, self.end):
            width = self._source_phrase(n)
            if not width and n == self.begin and self._in_paper():
                width = 1
            if not width:
                continue
            source = read_right(self.toks, n + width, self.end, self.lex, oblique=True)
            if source and self.toks[n].low in _READS:
                return Cue(source, 98)
            if source:
                best = max(best, Cue(source, self._nearness(n, at)), key=lambda c: c.weight)
        return best

    def _nearness(self, n: int, at: int) -> int:
        """The weight of "according to" at `n`: it opens the sentence, stands beside the quote, or farther off."""
        gap = abs(n - at)
        if 0 < n - at <= 2:
            return 96
        if n == self.begin and (gap < 16 or self.lex.lang == "en"):
            return 91
        if n < at and self.lex.lang == "de" and any(v < n for v in self.verbs):
            return 60  # "sagte NAME laut der Zeitung, …"
        return 76 if gap < 16 else 68 if gap < 30 else 58

    def trailing(self, at: int) -> Cue:
        """The source before its word: `Poliisin mukaan …`, `dem Bericht zufolge`."""
        lex, toks = self.lex, self.toks
        for n in range(self.begin + 1, self.end) if lex.trailing else ():
            if toks[n].low not in lex.trailing or toks[n - 1].kind != "w":
                continue
            start = n - 1
            while start > self.begin and toks[start - 1].kind == "w" and n - start < _PHRASE:
                start -= 1
            while (
                start < n - 1 and not toks[start].cap and (toks[start].low in lex.preps or toks[start].low in lex.skip)
            ):
                start += 1
            source = phrase(toks[start:n], lex)
            if toks[n - 1].low in lex.objects and start == n - 1:  # "ihm zufolge"
                source = Source(toks[n - 1].text, "pronoun", lex.objects[toks[n - 1].low], toks[n - 1].start)
            if source:
                return Cue(replace(source, text=_nominative(source.text, lex.lang)), 76 if abs(at - n) < 16 else 60)
        return NOTHING

    def _in_paper(self) -> bool:
        """German `In einem Brief heißt es …`."""
        if self.lex.lang != "de" or self.toks[self.begin].low not in {"in", "im"}:
            return False
        lows = [t.low for t in self.toks[self.begin : self.end]]
        return any(a in {"heißt", "hieß"} and b == "es" for a, b in pairwise(lows))

    def _source_phrase(self, n: int) -> int:
        lex, toks = self.lex, self.toks
        for words in lex.according:
            if toks[n].low == words[0] and tuple(t.low for t in toks[n : n + len(words)]) == words:
                if words == ("so",) and not self._so_source(n):
                    continue
                return len(words)
        return 0

    def _so_source(self, n: int) -> bool:
        """German "so NAME": only after a pause, and before a name or a nominative."""
        if n == self.begin or n + 1 >= self.end or self.toks[n - 1].kind == "w":
            return False
        after = self.toks[n + 1]
        return after.kind == "w" and (after.cap or after.low in self.lex.dets)
