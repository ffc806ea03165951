"""How those who speak in a story are told apart: a look and a mark each, their names for a legend, and doubts. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from zlib import crc32

from tui_news.models import PlacedQuote

SPEAKERS = 6  # looks for speakers; more of them share
UNNAMED = "speaker"  # the look of speech nobody is named for
MARKS = {UNNAMED: "╎", **dict(zip((f"speaker-{n}" for n in range(1, SPEAKERS + 1)), "▎┃║┋▌╏", strict=True))}
DOUBT = "?"
_PARTICLES = {
    "van", "von", "der", "den", "de", "di", "da", "del", "della", "du", "la", "af", "av", "bin", "ibn", "al", "el",
    "ten", "ter", "zu",
}  # fmt: skip
_NO_NAME = re.compile(r"[ivx]+|[js]r\.?|.\.?")  # `Harald V`, `King Jr.`, an initial


def speaker_looks(quotes: Iterable[PlacedQuote]) -> dict[str | None, str]:
    """A look for each speaker: always the same for a name, unless another of the story has taken it.

    A name's own look comes from its letters, so somebody quoted in many stories looks the same in most of them.
    """
    looks: dict[str | None, str] = {None: UNNAMED}
    for quote in quotes:
        if quote.kind in ("speech", "block") and quote.speaker and quote.speaker not in looks:
            own = crc32(quote.speaker.casefold().encode("utf-8", "replace")) % SPEAKERS
            taken = set(looks.values()) if len(looks) <= SPEAKERS else set()
            tries = (f"speaker-{(own + step) % SPEAKERS + 1}" for step in range(SPEAKERS))
            looks[quote.speaker] = next(look for look in tries if look not in taken)
    return looks


def mark_of(look: str) -> str:
    """The mark in the margin beside what a speaker says: tells speakers apart without colour."""
    return MARKS.get(look, "▎")


def is_doubtful(quote: PlacedQuote) -> bool:
    """Whether it is likely, but not said beside the quote, who speaks."""
    return bool(quote.speaker) and not quote.sure


def speaker_name(quote: PlacedQuote) -> str:
    """`Odd Roger Enoksen`, with a question mark where that is doubtful; "" when nobody is named."""
    return f"{quote.speaker}{DOUBT if is_doubtful(quote) else ''}" if quote.speaker else ""


def tally(quotes: Iterable[PlacedQuote]) -> list[tuple[str, int, bool]]:
    """(speaker, quotes, whether every one of them is doubtful), most quoted first, then by appearance."""
    counts: Counter[str] = Counter()
    sure: set[str] = set()
    for quote in quotes:
        if quote.kind == "speech" and quote.speaker:
            counts[quote.speaker] += 1
            if not is_doubtful(quote):
                sure.add(quote.speaker)
    return [(name, count, name not in sure) for name, count in counts.most_common()]


def short_names(names: Iterable[str], text: str, tight: bool = False) -> dict[str, str]:
    """`Enoksen` for `Odd Roger Enoksen`: for everybody, or for nobody.

    Surnames where the text itself calls each person by one; whole names else, unless there is no room for them (tight).
    Two people with one surname keep their whole names, and so do bodies.
    """
    names = list(names)
    ends = {name: _surname(name, text) for name in names}
    if not tight and not all(_alone(end, name, text) for name, end in ends.items() if end):
        return {name: name for name in names}
    shorts = {name: end or name for name, end in ends.items()}
    twice = {short for short, count in Counter(shorts.values()).items() if count > 1}
    return {name: name if short in twice else short for name, short in shorts.items()}


def _surname(name: str, text: str) -> str:
    """The last word with the particles before it; "" for what is no person's name, or where that is doubtful."""
    words = name.split()
    if len(words) < 2 or not (words[0][0].isupper() and words[-1][0].isupper()):
        return ""
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    end = " ".join(words[start:])
    if _alone(end, name, text):
        return end
    if words[-1].casefold() in _bodies() or _NO_NAME.fullmatch(words[-1].casefold()) or "of" in words:
        return ""
    # `Xi said`: the family's name is in front
    return "" if any(not _goes_on(text, at) for at in _places(words[0], text)) else end


def _alone(end: str, name: str, text: str) -> bool:
    """Whether the text has the surname without the word that precedes it in the name."""
    before = f"{name[: -len(end)].split()[-1]} "
    return any(not text.endswith(before, 0, place.start) for place in _places(end, text))


def _places(word: str, text: str) -> Iterator[slice]:
    """Where it stands in the text as a word, as `\\b` has it. A pattern that begins with that tries every character: it
    took half of the time of opening a story."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if _lettered(text[at - 1 : at]) != _lettered(word[0]) and _lettered(word[-1]) != _lettered(text[end : end + 1]):
            yield slice(at, end)
        at = text.find(word, at + 1)


def _lettered(char: str) -> bool:
    return char.isalnum() or char == "_"


def _goes_on(text: str, place: slice) -> bool:
    """Whether a word follows that begins with another letter than a small one from a to z."""
    space, char = text[place.stop : place.stop + 1], text[place.stop + 1 : place.stop + 2]
    return space == " " and char.isalnum() and not (char.isdecimal() or "a" <= char <= "z")


@cache
def _bodies() -> frozenset[str]:
    """Words that end the name of a body: the quotes' own list, and some that may be surnames for it."""
    from tui_news.text.quotes.wordfiles import read, words  # not needed for the first paint

    return words(read("common")["groups"]) | {"cross", "international", "times", "watch"}
