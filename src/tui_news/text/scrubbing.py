"""The slow half of sanitize: characters whose fate depends on their category or their neighbours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

_FILLERS = frozenset({0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x1D159})  # letters and symbols that look blank
_GHOSTS = frozenset({0x034F, 0x17B4, 0x17B5})  # marks that are never seen
# Prepended concatenation marks: format characters by category, visible signs on the page (end of ayah …).
_VISIBLE_FORMAT = frozenset({*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD})
_TAGS = range(0xE0020, 0xE0080)
_MAX_MARKS = 8
_SURROGATES = re.compile("[\ud800-\udfff]")
_RARE = re.compile("[\U000101f0-\U0001e9ff]")  # where marks beyond U+FFFF live
_ODDER = re.compile("[^\n -~]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_FLAG = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f)|[\U000e0020-\U000e007f]")
_SELECTORS = re.compile("([\ufe00-\ufe0f])[\ufe00-\ufe0f]+")
_LIVING = range(0x0300, 0x1D00)  # the blocks of marked scripts: Devanagari, Thai, Tibetan, Khmer …


def scrub_odd(s: str) -> str:
    """Clean a string that has at least one character outside the plain set. Line breaks are "\\n" already."""
    if _living_odd().search(s):
        if _SURROGATES.search(s):
            s = s.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        s = _ODDER.sub(_fates, s)
        if "\u200c" in s or "\u200d" in s:
            s = _JOINERS.sub(_joiner, s)
        s = _FLAG.sub(r"\1", s)
        s = _SELECTORS.sub(r"\1", s)
    marks = _marks(bool(_RARE.search(s)))
    s = marks.stacks.sub(lambda m: m[0][:_MAX_MARKS], s)
    if marks.first(s):
        s = "◌" + s
    return marks.after_break.sub("\n◌", s) if "\n" in s else s


class _Fates(dict[int, "str | int | None"]):
    """str.translate's table, filled as characters turn up: itself, a replacement, or None (dropped)."""

    def __missing__(self, o: int) -> str | int | None:
        if len(self) > 50_000:
            self.clear()
        fate = self[o] = _fate(o)
        return fate


_table = _Fates()


def _fates(m: re.Match[str]) -> str:
    return m[0].translate(_table)


def _fate(o: int) -> str | int | None:
    if o in _FILLERS:
        return " "
    if o == 0x0A or o in (0x200C, 0x200D) or o in _TAGS or o in _VISIBLE_FORMAT:
        return o
    kind = unicodedata.category(chr(o))
    if kind in ("Cc", "Cf") or o in _GHOSTS or 0xE0100 <= o <= 0xE01EF:
        return None
    if kind in ("Cs", "Co") or (kind == "Cn" and not _newer(o)):
        return "\ufffd"
    return o


def _newer(o: int) -> bool:
    """Code points that Python's tables may not know yet, but readers meet: emoji and rare ideographs."""
    return 0x1F000 <= o <= 0x1FBFF or (0x20000 <= o <= 0x3FFFD and o & 0xFFFE != 0xFFFE)


def _joiner(m: re.Match[str]) -> str:
    s, i = m.string, m.start()
    before, after = s[i - 1 : i], s[i + 1 : i + 2]
    if not before or not after or len(m[0]) > 1:
        return ""
    if m[0] == "\u200d" and _is_emoji(before) and _is_emoji(after) and after != "\ufe0f":
        return m[0]
    return m[0] if _is_joining(before) and _is_joining(after) else ""


def _is_emoji(c: str) -> bool:
    return "\U0001f000" <= c <= "\U0001faff" or "\u2190" <= c <= "\u2bff" or c == "\ufe0f"


def _is_joining(c: str) -> bool:
    return c > "\u05ff" and (c.isalnum() or unicodedata.category(c)[0] == "M") and not "\ufe00" <= c <= "\ufe0f"


class _Marks(NamedTuple):
    """Finders of more marks than a base may carry, and of marks without a base (they would join the border)."""

    stacks: re.Pattern[str]
    first: Callable[[str], object]
    after_break: re.Pattern[str]


@cache
def _marks(rare: bool) -> _Marks:
    """`rare`: with the historic scripts beyond U+FFFF. A class that names one of those is fifty times slower."""
    marks = _mark_class(range(0x300, 0x2100), range(0x2CE0, 0x3100), range(0xA660, 0xABF0), range(0xFB1E, 0xFE30))
    if rare:
        marks = f"(?:{marks}|{_mark_class(range(0x101F0, 0x11F60), range(0x16AF0, 0x16FF2), range(0x1BC90, 0x1EA00))})"
    return _Marks(re.compile(f"{marks}{{{_MAX_MARKS + 1},}}"), re.compile(marks).match, re.compile(f"\n(?={marks})"))


def _mark_class(*ranges: range) -> str:
    return f"[{_as_class([o for r in ranges for o in r if unicodedata.category(chr(o))[0] == 'M'])}]"


@cache
def _living_odd() -> re.Pattern[str]:
    """Matches what is neither plain nor an assigned letter or mark of the living scripts."""
    from tui_news.text.sanitize import _PLAIN

    fine = [o for o in _LIVING if unicodedata.category(chr(o))[0] != "C" and o not in _FILLERS | _GHOSTS]
    return re.compile(f"[^{_PLAIN}{_as_class(fine)}]")


def _as_class(points: list[int]) -> str:
    """Sorted code points as the inside of a character class."""
    out: list[str] = []
    start = last = points[0]
    for o in [*points[1:], -1]:
        if o == last + 1:
            last = o
            continue
        out.append(re.escape(chr(start)) + ("-" + re.escape(chr(last)) if last > start else ""))
        start = last = o
    return "".join(out)
