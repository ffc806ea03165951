"""As much of a line of text as a row has room for, around the words that are lit in it."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.text.cells import cell_fit, cell_len, clusters

__all__ = ["excerpt"]

LONG = 24  # characters; a longer word at the end of the row is cut: the row would be half empty


def excerpt(text: str, spans: Sequence[tuple[int, int]], width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """(at most `width` cells of one line, where what is in it of `spans` is now); offsets are characters.

    Cut between words, with "…" where text is left out, so that the first span is in sight.
    """
    if width <= 0 or cell_len(text) <= width:
        return (text, tuple(spans)) if width > 0 else ("", ())
    first, last = spans[0] if spans else (0, 0)
    start = _start(text, first, width)
    lead = "…" if start else ""
    line, shift = lead + text[start:], len(lead) - start
    room = _room(line, last + shift, width)
    moved = [(max(begin + shift, len(lead)), min(end + shift, room)) for begin, end in spans]
    return line[:room] + ("…" if room < len(line) else ""), tuple((begin, end) for begin, end in moved if begin < end)


def _start(text: str, first: int, width: int) -> int:
    """The earliest word that leaves two thirds of the row to what is from `first` on, or all that follows it in sight;
    where words are too long for that, or are not told apart by spaces, the earliest character."""
    words = [0, *(at + 1 for at, char in enumerate(text[:first]) if char == " ")]
    for at in words:
        if _near(text, at, first, width):
            return at
    inside = [start for start, _, _ in clusters(text) if start <= first]
    return next((at for at in inside if _near(text, at, first, width)), first)


def _near(text: str, at: int, first: int, width: int) -> bool:
    return cell_len(text[at:first]) <= width // 3 or cell_len(text[at:]) < width


def _room(line: str, last: int, width: int) -> int:
    """How many characters of the line are shown, those up to `last` if there is room."""
    if cell_len(line) <= width:
        return len(line)
    cut = len(cell_fit(line, width)) - 1
    space = line.rfind(" ", max(last, cut - LONG), cut + 1)
    return len(line[: space if space > 0 else cut].rstrip(" …"))
