"""Break text into lines of cells. Greedy, and fast: a long article wraps again at every resize."""

from __future__ import annotations

import re
from collections.abc import Callable

from tui_news.text.cells import cell_len as _cell_len
from tui_news.text.cells import clusters, is_narrow
from tui_news.text.lazy import lazily

__all__ = ["wrap"]

_SPACES = " \u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000"  # no-break spaces do not break
_WIDE = "\u2e80-\u2fdf\u3001-\u30ff\u3105-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uf900-\ufaff\uff01-\uff9f"
_WIDE += "\U00020000-\U0003ffff"
# Hangul is not among them: Korean puts spaces between words, and is easier to read broken there (W3C klreq).
# What may not start a line, and what may not end one (JIS X 4051, the common half of it).
_CLOSING = "、。，．,.:;!?・：；！？ー）)］]｝}〕〉》」』】’”…‥％々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"
_OPENING = "（(［[｛{〔〈《「『【‘“￥"
_CJK = f"[{re.escape(_OPENING)}]*[{_WIDE}][\u0300-\u036f\u3099\u309a\ufe00-\ufe0f]*[{re.escape(_CLOSING)}]*"
_UNITS = lazily(f"[{_SPACES}]+|{_CJK}|[^{_SPACES}{_WIDE}]+?(?=[{re.escape(_OPENING)}]*[{_WIDE}{_SPACES}]|$)")


def wrap(text: str, width: int, cell_len: Callable[[str], int] = _cell_len) -> list[tuple[int, int]]:
    """Offsets (start, end) of the lines of `text`, none wider than `width` cells (at least 2).

    Breaks at spaces, which belong to no line; after a dash or hyphen inside a word that does not fit; between CJK
    characters; and inside words wider than a line. "\\n" always breaks; empty lines stay. Leading spaces of a text
    line stay (code). No text gives one empty line.
    """
    width = max(width, 2)
    narrow = is_narrow(text)
    if narrow and len(text) <= width and "\n" not in text:
        return [(0, len(text))]
    out: list[tuple[int, int]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if len(line) <= width and (narrow or is_narrow(line)):
            out.append((start, end))
        elif narrow or is_narrow(line):
            _wrap_narrow(text, start, end, width, out)
        else:
            _wrap_wide(line, start, width, cell_len, out)
        start = end + 1
    return out


def _wrap_narrow(text: str, pos: int, end: int, width: int, out: list[tuple[int, int]]) -> None:
    """One cell a character: offsets are cells. Each line costs two searches, whatever its words."""
    rfind = text.rfind
    add = out.append
    first = len(out)
    while end - pos > width:
        cut = rfind(" ", pos, pos + width + 1)
        if cut > pos and (stop := _end_of_words(text, pos, cut)) > pos:
            if dash := _dash(text, cut + 1, min(pos + width, end)):
                stop = cut = dash
        elif not text[pos : pos + width].strip(" "):
            stop = cut = pos  # an indentation wider than the line
        else:
            stop = cut = _dash(text, pos, pos + width) or pos + width
        if stop > pos:
            add((pos, stop))
        pos = cut
        while pos < end and text[pos] == " ":
            pos += 1
    if pos < end or len(out) == first:
        add((pos, end))


def _end_of_words(text: str, pos: int, cut: int) -> int:
    while cut > pos and text[cut - 1] == " ":
        cut -= 1
    return cut


def _dash(text: str, start: int, stop: int) -> int:
    """Where a word that does not fit may break: after its last dash or hyphen between letters; 0 if nowhere."""
    at = max(text.rfind("—", start, stop), text.rfind("-", start, stop), text.rfind("–", start, stop))
    if at > start and text[at - 1].isalpha() and text[at + 1 : at + 2].isalpha():
        return at + 1
    return 0


def _wrap_wide(line: str, offset: int, width: int, cell_len: Callable[[str], int], out: list[tuple[int, int]]) -> None:
    """Mixed widths: unit by unit (a run of spaces, a CJK character with its punctuation, a word)."""
    first = len(out)
    start = stop = used = gap = 0  # the line so far: start..stop, its cells; cells of the spaces after it
    for m in _UNITS.finditer(line):
        begin, end = m.span()
        if line[begin] in _SPACES:
            gap += cell_len(m[0])
            if stop == start and begin == 0 and gap < width:
                stop, used, gap = end, gap, 0  # an indentation belongs to the line
            continue
        cells = cell_len(m[0])
        if used + gap + cells <= width and (stop > start or begin == start):
            stop, used, gap = end, used + gap + cells, 0
            continue
        if stop > start and (cells <= width or line[start:stop].strip(_SPACES)):
            out.append((offset + start, offset + stop))
            start, used = begin, 0
        elif stop == start:
            start = begin
        gap = 0
        if used + cells <= width:
            stop, used = end, used + cells
        else:
            start, used = _chop(line, start, begin, end, used, width, offset, out)
            stop = end
    if stop > start or len(out) == first:
        out.append((offset + start, offset + stop))


def _chop(
    line: str, start: int, begin: int, end: int, used: int, width: int, offset: int, out: list[tuple[int, int]]
) -> tuple[int, int]:
    """Cut a unit wider than the line between clusters; where its last line starts, and the cells used there."""
    for a, _, cells in clusters(line[begin:end]):
        if used + cells > width:
            out.append((offset + start, offset + begin + a))
            start, used = begin + a, 0
        used += cells
    return start, used
