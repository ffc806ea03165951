"""One person in two spellings: keys for names, and which surnames may stand for which full names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from functools import cache
from pathlib import Path

from tui_news.models.late import dataclass

_ASIDE = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑.][^\W_]+)*")
# Letters that decomposing leaves whole.
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


@cache
def _titles() -> frozenset[str]:
    """What stands before a name and is not part of it, as words of their own, in many languages."""
    text = Path(__file__).with_name("data").joinpath("titles.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def person_key(name: str) -> str:
    """`name` without case, diacritics, titles, brackets and a possessive's ending: equal for spellings of one name.

    The key of a name that is nothing but a title is the title.
    """
    text = _ASIDE.sub(" ", name)
    found = [_plain(word) for word in _WORD.findall(text)]
    parts = [word for word in found if word]
    kept = [word for word in parts if word not in _titles()]
    return " ".join(kept or parts)


def _plain(word: str) -> str:
    low = unicodedata.normalize("NFD", word.casefold().replace("’", "'"))
    low = unicodedata.normalize("NFC", "".join(c for c in low if not unicodedata.combining(c)))
    return low.translate(_LETTERS).removesuffix("'s").strip("'.")


@dataclass(frozen=True, slots=True)
class Heard:
    """A key as the library holds it: how often it speaks, and in which feeds; how it is mostly spelt."""

    key: str
    spelt: str
    quotes: int
    feeds: frozenset[int] = field(default=frozenset())


_Longer = dict[str, list[tuple[list[str], Heard]]]  # by its last word: a name's words and who is called so


def one_person(
    heard: Iterable[Heard],
    merged: Mapping[str, str],
    feeds: Callable[[Heard], frozenset[int]] = lambda one: one.feeds,
) -> dict[str, str]:
    """Each key -> the key of the person it stands for (itself, mostly).

    feeds: those it is heard in, where they are not known beforehand: few are asked for.
    merged: the reader's own word (key -> key), which comes first. Beyond it a key joins a longer one only where that
    is clear: a surname alone joins the one full name that ends in it, among those heard in a feed of its own, if no
    other in the library does; "Odd Enoksen" joins the one name with the same first and last word. Unclear stays apart.
    """
    held = {one.key: one for one in heard}
    longer: _Longer = {}
    for one in held.values():
        words = one.key.split()
        if len(words) > 1 and one.spelt[:1] == one.spelt[:1].upper():
            longer.setdefault(words[-1], []).append((words, one))
    out = {key: _joined(one, longer, feeds) for key, one in held.items()}
    return {key: _follow(key, out, merged) for key in out.keys() | merged.keys()}


def _joined(one: Heard, longer: _Longer, feeds: Callable[[Heard], frozenset[int]]) -> str:
    words = one.key.split()
    if not words or not one.spelt[:1].isupper() or (len(words) == 1 and len(words[0]) < 3):
        return one.key
    others = [other for other in longer.get(words[-1], ()) if len(other[0]) > len(words)]
    if len(words) > 1:
        others = [other for other in others if other[0][0] == words[0]]
    if not others:
        return one.key
    fullest, named = max(others, key=lambda other: len(other[0]))
    clear = all(set(fullest).issuperset(parts) for parts, _ in others)
    return named.key if clear and any(feeds(one) & feeds(other) for _, other in others) else one.key


def _follow(key: str, joined: Mapping[str, str], merged: Mapping[str, str]) -> str:
    """The reader's merges first, then ours; a ring (A into B, B into A) ends where it began."""
    seen = {key}
    while True:
        after = merged.get(key) or joined.get(key, key)
        if after in seen:
            return key
        seen.add(after)
        key = after
