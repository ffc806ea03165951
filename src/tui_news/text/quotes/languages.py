"""Guess a text's language from its script and its commonest function words. Cheap: only the first part is read."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tui_news.text.quotes.wordfiles import read, words

_SAMPLE = 4000  # code points; more changes the answer almost never
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile("[^\0-\u036f]")  # its other side takes 4 ms to compile
_SETS = {name: words(text) for name, text in read("languages")["latin"].items()}
_CYR_SETS = {name: words(text) for name, text in read("languages")["cyrillic"].items()}
_SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("zh", "\u4e00", "\u9fff"),
    ("he", "\u0590", "\u05ff"),
    ("ar", "\u0600", "\u06ff"),
    ("el", "\u0370", "\u03ff"),
    ("cyr", "\u0400", "\u04ff"),
    ("hi", "\u0900", "\u097f"),
    ("th", "\u0e00", "\u0e7f"),
)


def _speakers(sets: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Which languages have a word among their commonest."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, common in sets.items():
        for word in common:
            found[word].append(name)
    return dict(found)


_SPEAKERS, _CYR_SPEAKERS = _speakers(_SETS), _speakers(_CYR_SETS)
_ALIASES = {"nb": "no", "nob": "no", "nno": "nn", "iw": "he", "sh": "hr", "bs": "hr", "in": "id", "gsw": "de"}


def language_of(text: str, lang: str | None = None) -> str:
    """The language to read `text` in: two letters, "en" when nothing speaks for another.

    lang: what the source claims ("nb-NO", "de_AT"); its first part wins when we know it by that name.
    """
    if lang:
        short = re.split(r"[-_]", lang.strip().lower(), maxsplit=1)[0]
        short = _ALIASES.get(short, short)
        if short in _SETS or short in _CYR_SETS or any(short == s for s, _, _ in _SCRIPTS):
            return short
    sample = text[:_SAMPLE]
    script = _script(sample)
    if script == "cyr":
        return _cyrillic(sample)
    return script or _best(sample, _SETS, _SPEAKERS, "en")


def _script(sample: str) -> str | None:
    counts: Counter[str] = Counter()
    for char in _BEYOND_LATIN.findall(sample):
        if char.isalpha():
            for name, low, high in _SCRIPTS:
                if low <= char <= high:
                    counts[name] += 1
                    break
    if not counts:
        return None
    if counts["ja"] * 8 > counts["zh"]:
        counts["ja"] += counts["zh"]
    name, count = counts.most_common(1)[0]
    letters = sum(c.isalpha() for c in sample)
    return name if count * 3 > letters else None


def _cyrillic(sample: str) -> str:
    if re.search(r"[іїєґ]", sample):
        return "uk"
    if re.search(r"[ђћљњџј]", sample):
        return "sr"
    return "ru" if re.search(r"[ыэё]", sample) else _best(sample, _CYR_SETS, _CYR_SPEAKERS, "ru")


def _best(sample: str, names: Iterable[str], speakers: Mapping[str, Iterable[str]], default: str) -> str:
    scores = dict.fromkeys(names, 0)
    for word in map(str.lower, _WORD.findall(sample)):
        for name in speakers.get(word, ()):
            scores[name] += 1
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > scores.get(default, 0) else default
