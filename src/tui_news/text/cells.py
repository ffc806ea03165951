"""How many terminal cells a string takes: the same answer as the library that draws it, without importing it."""

from __future__ import annotations

import unicodedata

from tui_news.text.lazy import lazily

__all__ = ["cell_fit", "cell_len", "clusters", "is_narrow"]

ZWJ, VS16 = "\u200d", "\ufe0f"

# One cell each, whatever their neighbours: a string of these is as wide as it is long.
_ONE_CELL = (
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u05d0-\u05ea\u0620-\u064a\u0660-\u066f\u0671-\u06d5"
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u2199\u2500-\u25fc]*"
)
_NARROW = lazily(_ONE_CELL)

_NARROW_LINES = lazily(_ONE_CELL.replace("[", "[\n", 1))

# Narrow symbols that the emoji variation selector makes two cells wide (Unicode emoji-variation-sequences).
_WIDENS = lazily(
    "[#*0-9©®‼⁉™ℹ↔-↙↩↪⌨⏏⏭-⏯⏱⏲⏸-⏺Ⓜ▪▫▶◀◻◼☀-☄☎☑☘☝☠☢☣☦☪☮☯☸-☺♀♂♟♠♣♥♦♨♻♾⚒⚔-⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷-⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇"
    "❣❤➡⤴⤵⬅-⬇🅰🅱🅾🅿🌡🌤-🌬🌶🍽🎖🎗🎙-🎛🎞🎟🏋-🏎🏔-🏟🏳🏵🏷🐿👁📽🕉🕊🕯🕰🕳-🕹🖇🖊-🖍🖐🖥🖨🖱🖲🖼🗂-🗄🗑-🗓🗜-🗞🗡🗣🗨🗯🗳🗺"
    "🛋🛍-🛏🛠-🛥🛩🛰🛳]"
)

_ZERO = ((0x1160, 0x11FF), (0xD7B0, 0xD7FB), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0x1F3FB, 0x1F3FF))
_ONE = frozenset({0xAD, *range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD})
_TWO = ((0x2630, 0x2637), (0x268A, 0x268F), (0x4DC0, 0x4DFF), (0x1D300, 0x1D356), (0x1D360, 0x1D376))


class _Widths(dict[str, int]):
    """Cells of a single character, remembered."""

    def __missing__(self, c: str) -> int:
        if len(self) > 50_000:
            self.clear()
        width = self[c] = _width(c)
        return width


def _width(c: str) -> int:
    o = ord(c)
    if o in _ONE:
        return 1
    kind = unicodedata.category(c)
    if kind[0] == "M" or kind in ("Cc", "Cf", "Zl", "Zp") or any(a <= o <= b for a, b in _ZERO):
        return 0
    if any(a <= o <= b for a, b in _TWO):
        return 2
    if kind == "Cn" and 0x1F900 <= o <= 0x1FAFF:  # emoji newer than Python's tables
        return 2
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


_widths = _Widths()


def is_narrow(s: str) -> bool:
    """Whether every character but "\\n" takes exactly one cell, so that offsets are cells."""
    return (s.isascii() and s.isprintable()) or _NARROW_LINES.fullmatch(s) is not None


def cell_len(s: str) -> int:
    """Cells the string takes on one row. A joined emoji sequence counts as its first emoji."""
    if (s.isascii() and s.isprintable()) or _NARROW.fullmatch(s):
        return len(s)
    if ZWJ in s or VS16 in s:
        return sum(width for _, _, width in clusters(s))
    return sum(map(_widths.__getitem__, s))


def clusters(s: str) -> list[tuple[int, int, int]]:
    """The units that may not be cut apart, as (start, end, cells): a base with its marks, an emoji sequence."""
    out: list[tuple[int, int, int]] = []
    start = width = i = 0
    base = ""
    while i < len(s):
        c = s[i]
        if c == ZWJ:
            i += 2  # what is joined takes no cells of its own
            continue
        if c == VS16:
            if base and _WIDENS.match(base):
                width += 1
            base = ""
        elif cells := _widths[c]:
            if base or width:
                out.append((start, i, width))
                start, width = i, 0
            width, base = width + cells, c
        i += 1
    if s:
        out.append((start, len(s), width))
    return out


def cell_fit(s: str, width: int) -> str:
    """The string, cut with "…" if it takes more than `width` cells."""
    if width <= 0:
        return ""
    if cell_len(s) <= width:
        return s
    room = width - 1
    if s.isascii():
        return s[:room] + "…"
    for start, _end, cells in clusters(s):
        if cells > room:
            return s[:start] + "…"
        room -= cells
    raise AssertionError("the clusters of a string are as wide as the string")  # pragma: no cover
