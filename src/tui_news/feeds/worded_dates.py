"""Dates that no RFC describes: months in words of many languages, clocks of twelve hours, 2024年1月2日.

Only what can be read in one way: of 01/02/2024 nobody knows whether it is in January.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# The names of the twelve months by their beginnings, without accents: as many letters as tell them from the others.
_MONTHS = (
    "jan gen ene янв sty led tammi oca січ ιαν",
    "feb fev фев lut uno helmi sub лют φεβ",
    "mar mrz maerz март maalis bre бер μαρ",
    "apr avr abr апр kwi dub huhti nis кві απρ",
    "may mai maj mag mei май мая kve touko тра μαι",
    "jun juin giu июн cze cerve cervn cvn kesa haz чер ιουν",
    "jul juil lug июл lip cvc cervenc heina tem лип ιουλ",
    "aug aou ago авг sie srp elo agu сер αυγ",
    "sep set сен wrz zar syys eyl вер σεπ",
    "oct okt ott out окт paz rij loka eki жов οκτ",
    "nov ноя lis marras kas лис νοε",
    "dec dic dez des дек gru pro joulu ara гру δεκ",
)
_DAY_FIRST = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s.-]+(?:de |of |d')?([^\W\d_]{3,12})\.?[\s.,-]+(?:de |del )?(\d{4})\b"
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})(?:/(\d{1,2})/(\d{1,2})\b|[年년]\s*(\d{1,2})[月월]\s*(\d{1,2})[日일])")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?$")
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s*([ap])\.?m\b)?", re.I)
_ZONE = re.compile(r"(?:\s|\d)(?:GMT|UTC|UT)?\s?([+-])(\d{1,2})(?::?(\d\d))?(?:\s*\([^()]*\))?$", re.I)

Parts = tuple[int, int, int, int, int, int, int]  # year, month, day, hour, minute, second, minutes east of UTC


def half_days(text: str) -> bool:
    """Whether it has a clock of twelve hours, which RFC 822 does not know."""
    found = _CLOCK.search(text)
    return bool(found and found[4])


def zone(text: str) -> int | None:
    """The offset that a date ends in, in minutes, where it is written as +01:00 or GMT+2; None without one."""
    found = _ZONE.search(text)
    if found is None:
        return None
    minutes = int(found[2]) * 60 + int(found[3] or 0)
    return -minutes if found[1] == "-" else minutes


def worded(text: str) -> Parts | None:
    """The parts of a date in words, or None."""
    if found := _COMPACT.match(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
        return year, month, day, hour, minute, second, zone(" " + (found[7] or "")) or 0
    day_of = _day_of(text)
    if day_of is None:
        return None
    (year, month, day), end = day_of
    clock = _CLOCK.search(text, end) or _CLOCK.search(text[:end].split(",")[0])
    hour, minute, second = (int(part or 0) for part in clock.groups()[:3]) if clock else (0, 0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4].lower() == "p" else 0)
    return year, month, day, hour, minute, second, (zone(text) or 0) if clock else 0


def _day_of(text: str) -> tuple[tuple[int, int, int], int] | None:
    """((year, month, day), where it ends in the text)."""
    if found := _YEAR_FIRST.search(text):
        year, *rest = (int(part) for part in found.groups() if part)
        return (year, rest[0], rest[1]), found.end()
    for pattern, (year, month, day) in ((_DAY_FIRST, (3, 2, 1)), (_MONTH_FIRST, (3, 1, 2))):
        for found in pattern.finditer(text):
            if number := _month(found[month]):
                return (int(found[year]), number, int(found[day])), found.end()
    return None


def _month(word: str) -> int:
    """1 to 12 for the name of a month, 0 for any other word."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(c))
    return next((month for start, month in _starts() if plain.startswith(start)), 0)


@cache
def _starts() -> tuple[tuple[str, int], ...]:
    """Longer beginnings first: "marras" is November, "mar" is March."""
    pairs = []
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            plain = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
            pairs.append((plain, number))
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))
