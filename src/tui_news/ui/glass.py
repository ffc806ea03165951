"""What the terminal shows, and how little is written to make it show something else.

Textual writes each dirty piece of a row whole, and each run of text with its whole look. Here a piece is written from
the first cell that is another to the last, and a look by what changes in it. What Textual paints as a whole is written
as a whole: so a terminal that lost its screen gets it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.color import ColorSystem
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import SGR_STYLES

Piece = tuple[int, int, int, Sequence[Segment]]  # row, first column, the column after the last, what stands there
Told = tuple[str, Style | None]
# By row and first column: the column after the last, what stands there, its characters if each surely takes one cell.
Rows = dict[int, dict[int, tuple[int, Sequence[Segment], int | None]]]
LOOKS = 2_000  # that are held; a link is part of one
# On a blank cell these show: underlined, reversed, struck through, doubly underlined, framed, encircled, overlined.
SHOWING = sum(1 << bit for bit in (3, 6, 8, 9, 10, 11, 12))
# One cell each, wherever. A terminal may think otherwise of the rest: what stands after it is written with it.
_SURE = re.compile(
    r"[ -~\u00a0-\u00ac\u00ae-\u02ff\u0391-\u0482\u048a-\u04ff\u2010-\u2027\u2190-\u2193\u2500-\u259f●▸▾★✓❝]*"
)


class Look(NamedTuple):
    """Attributes as bits in the order of SGR_STYLES; colours as their codes, "" for the terminal's own; a link."""

    attributes: int = 0
    colour: str = ""
    ground: str = ""
    link: str = ""


PLAIN = Look()
BLANK = (Segment(""),)


class Glass:
    """Pieces of rows as they were last written."""

    def __init__(self) -> None:
        self._rows: Rows = {}
        self._pens: dict[ColorSystem, Pen] = {}

    def forget(self) -> None:
        """Nobody knows what the terminal shows now."""
        self._rows.clear()

    def through(self, update: Any) -> Any:
        """The update, written by what is another. What is no frame is left as it is."""
        if isinstance(update, ChopsUpdate | LayoutUpdate):
            return Written(self, update)
        if update is not None:
            self.forget()
        return update

    def spell(self, update: ChopsUpdate | LayoutUpdate, colours: ColorSystem) -> str:
        pen = self._pens.setdefault(colours, Pen(colours))
        if isinstance(update, LayoutUpdate):
            self.forget()
        for y, x, end, parts in _laid(update) if isinstance(update, LayoutUpdate) else _chopped(update):
            at, fresh = self._put(y, x, end, parts)
            if fresh:
                pen.spell(y, x + at, fresh)
        return pen.done()

    def _put(self, y: int, x: int, end: int, parts: Sequence[Segment]) -> tuple[int, Sequence[Segment]]:
        """How many cells of the piece are as they were, and what is to be written after them."""
        row = self._rows.setdefault(y, {})
        held = row.get(x)
        if held is None or held[0] != end:
            for at in [at for at, (stop, _, _) in row.items() if at < end and stop > x]:
                del row[at]
            held = None
        elif held[1] is parts:
            return 0, ()
        text = _text(parts)
        length = len(text) if is_sure(text) else None
        row[x] = end, parts, length
        if held is None:
            return 0, parts
        return difference(held[1], parts, sure=length is not None and length == held[2])


class Written(CompositorUpdate):
    """A frame on its way to the terminal. If Textual does not write it, nothing is taken for written."""

    def __init__(self, glass: Glass, update: ChopsUpdate | LayoutUpdate) -> None:
        self.glass, self.update = glass, update

    def render_segments(self, console: Console) -> str:
        return self.glass.spell(self.update, console._color_system or ColorSystem.TRUECOLOR)


def _chopped(update: ChopsUpdate) -> Iterator[Piece]:
    done = set[tuple[int, int]]()
    for y, left, right in update.spans:
        for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
            if strip is not None and x < right and end > left and (y, x) not in done:
                done.add((y, x))
                yield y, x, end, strip._segments


def _laid(update: LayoutUpdate) -> Iterator[Piece]:
    left, top, _, _ = update.region
    for y, row in enumerate(update.strips, top):
        x = left
        for strip in row:
            yield y, x, x + strip.cell_length, strip._segments
            x += strip.cell_length


def is_sure(text: str) -> bool:
    """Whether every terminal gives each of these characters one cell."""
    return (text.isascii() and text.isprintable()) or _SURE.fullmatch(text) is not None


def difference(old: Sequence[Segment], new: Sequence[Segment], sure: bool = False) -> tuple[int, Sequence[Segment]]:
    """How many cells at the beginning are the same, and what is to be written after them for `old` to become `new`.

    What stands before must be of sure widths, or the terminal's columns may not be ours; and what is written, and what
    it replaces, for what stands behind them to be left where it is. sure: all of both is, and they are equally long.
    """
    if old is new:
        return 0, ()
    first = _alike(old, new)
    if first == len(old) == len(new):
        return 0, ()
    before = _text(new[:first])
    if not (sure or (is_sure(before) and _begins_surely(new[first:]))):
        return 0, new
    last = _alike(old[:first:-1], new[:first:-1])
    was, now, behind = old[first : len(old) - last], new[first : len(new) - last], new[len(new) - last :]
    gone, fresh = _text(was), _text(now)
    if not (sure or (is_sure(gone) and is_sure(fresh) and len(gone) == len(fresh) and _begins_surely(behind))):
        return len(before), new[first:]
    start, end = _trimmed(was, now, len(fresh))
    return len(before) + start, now if end - start == len(fresh) else _cut(now, start, end)


def _alike(old: Sequence[object], new: Sequence[object]) -> int:
    """How many of the first are the same."""
    for count, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other:
            return count
    return min(len(old), len(new))


def _text(parts: Sequence[Segment]) -> str:
    return "".join(part.text for part in parts)


def _begins_surely(parts: Sequence[Segment]) -> bool:
    """Whether what stands there is none that belongs to the cell before it."""
    return is_sure(_text(parts)[:1])


def _trimmed(old: Sequence[Segment], new: Sequence[Segment], length: int) -> tuple[int, int]:
    """Between which characters the two, equally long, are different."""
    start = _begun(old, new)
    return start, max(start, length - _ended(old, new))


def _begun(old: Sequence[Segment], new: Sequence[Segment]) -> int:
    """How many of the first characters are the same and look the same. Mostly that is told by the first part."""
    (text, look, _), (other, style, _) = (old or BLANK)[0], (new or BLANK)[0]
    same = _alike(text, other) if look is style or look == style else 0
    return same if same < min(len(text), len(other)) else _shared(_forth(old), _forth(new))


def _ended(old: Sequence[Segment], new: Sequence[Segment]) -> int:
    """The same of the last ones."""
    (text, look, _), (other, style, _) = (old or BLANK)[-1], (new or BLANK)[-1]
    same = _alike(text[::-1], other[::-1]) if look is style or look == style else 0
    return same if same < min(len(text), len(other)) else _shared(_back(old), _back(new))


def _forth(parts: Sequence[Segment]) -> Iterator[Told]:
    return ((text, style) for text, style, _ in parts)


def _back(parts: Sequence[Segment]) -> Iterator[Told]:
    return ((text[::-1], style) for text, style, _ in reversed(parts))


def _shared(old: Iterator[Told], new: Iterator[Told]) -> int:
    """How many of the first characters are the same and look the same."""
    count, was, now = 0, "", ""
    look: Style | None = None
    other: Style | None = None
    while True:
        while not was:
            if (piece := next(old, None)) is None:
                return count
            was, look = piece
        while not now:
            if (piece := next(new, None)) is None:
                return count
            now, other = piece
        same = _alike(was, now) if look is other or look == other else 0
        count += same
        if same < min(len(was), len(now)) or not same:
            return count
        was, now = was[same:], now[same:]


def _cut(parts: Sequence[Segment], start: int, end: int) -> list[Segment]:
    found, at = list[Segment](), 0
    for text, style, control in parts:
        if piece := text[max(0, start - at) : max(0, end - at)]:
            found.append(Segment(piece, style, control))
        at += len(text)
    return found


class Pen:
    """Writes runs of text, each look as what is other than in the one before."""

    def __init__(self, colours: ColorSystem) -> None:
        self._colours = colours
        self._looks: dict[Style, Look] = {}
        self._turns: dict[tuple[Look, Look], str] = {}
        self._out: list[str] = []
        self._look = PLAIN

    def spell(self, y: int, x: int, parts: Sequence[Segment]) -> None:
        out = self._out
        out.append(f"\x1b[{y + 1};{x + 1}H")
        for text, style, _ in parts:
            look = PLAIN if style is None else self._looks.get(style) or self._read(style)
            if look != self._look:
                self._turn(look, text)
            out.append(text)

    def done(self) -> str:
        """What was spelt since the last time; it ends with nothing of a look."""
        self._turn(PLAIN, "")
        out, self._out = self._out, []
        if len(self._looks) > LOOKS:
            self._looks.clear()
            self._turns.clear()
        return "".join(out)

    def _read(self, style: Style) -> Look:
        colour, ground = (
            ";".join(one.downgrade(self._colours).get_ansi_codes(front)) if one is not None else ""
            for one, front in ((style.color, True), (style.bgcolor, False))
        )
        link = f"id={style._link_id};{style.link}" if style.link else ""
        look = self._looks[style] = Look(style._attributes & style._set_attributes, colour, ground, link)
        return look

    def _turn(self, look: Look, text: str) -> None:
        """Make what comes next look like this. Of a blank only the ground is seen."""
        at = self._look
        if text.isspace() and not (look.attributes | at.attributes) & SHOWING:
            look = look._replace(attributes=at.attributes, colour=at.colour)
        if look.link != at.link:
            self._out.append(f"\x1b]8;{look.link or ';'}\x1b\\")
        if (turn := self._turns.get((at, look))) is None:
            codes = _codes(at, look)
            turn = self._turns[at, look] = f"\x1b[{codes}m" if codes else ""
        self._out.append(turn)
        self._look = look


def _codes(at: Look, look: Look) -> str:
    gone = at.attributes & ~look.attributes or (at.colour and not look.colour) or (at.ground and not look.ground)
    if gone:
        at = PLAIN
    fresh = look.attributes & ~at.attributes
    codes = ["0"] if gone else []
    codes += [name for bit, name in enumerate(SGR_STYLES) if fresh & (1 << bit)]
    codes += [look.colour] if look.colour != at.colour else []
    codes += [look.ground] if look.ground != at.ground else []
    return ";".join(codes)
