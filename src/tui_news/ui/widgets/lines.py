"""A row of the screen before it is drawn: text with named stretches. Nothing here knows Textual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from tui_news.models.late import dataclass


class Run(NamedTuple):
    """Code points `start`..`end` (exclusive) in the look called `style` (a `line--NAME` component class).

    Later runs lie over earlier ones. `href`: the run is a link to this (clean) address.
    """

    start: int
    end: int
    style: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `lead`: how many code points at its start are margin, bars and marks, which copying leaves out.

    fill: a look that covers the whole row, under the runs. joint: what stands between it and the next row when both
    are copied: nothing or a space where a paragraph was wrapped.
    """

    text: str
    runs: tuple[Run, ...] = ()
    lead: int = 0
    fill: str = ""
    joint: str = "\n"

    @property
    def body(self) -> str:
        """The row without its margin: what copying takes."""
        return self.text[self.lead :].rstrip()


BLANK = Line("")


class LineBuilder:
    """Puts a Line together from left to right."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._runs: list[Run] = []
        self.length = 0

    def add(self, text: str, style: str = "", href: str = "") -> LineBuilder:
        """Append text, in a look if one is named."""
        if text and (style or href):
            self._runs.append(Run(self.length, self.length + len(text), style, href))
        self._parts.append(text)
        self.length += len(text)
        return self

    def runs(self, runs: tuple[Run, ...], start: int, end: int, at: int) -> LineBuilder:
        """Take over those of `runs` (of another text) that touch start..end, which was appended at offset `at`."""
        for run in runs:
            first, last = max(run.start, start), min(run.end, end)
            if first < last:
                self._runs.append(run._replace(start=first - start + at, end=last - start + at))
        return self

    def line(self, lead: int = 0, fill: str = "", joint: str = "\n") -> Line:
        return Line("".join(self._parts), tuple(self._runs), lead, fill, joint)


def shifted(line: Line, cells: int) -> Line:
    """The line moved right by so many blank cells, which count as lead."""
    if cells <= 0 or not line.text:
        return line
    runs = tuple(run._replace(start=run.start + cells, end=run.end + cells) for run in line.runs)
    return replace(line, text=" " * cells + line.text, runs=runs, lead=line.lead + cells)


def stretches(line: Line) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """The line's text in pieces that look alike, each with the looks (and links) that lie over it, the topmost last."""
    text, runs = line.text, line.runs
    if not runs:
        yield text, ()
        return
    points = sorted({0, len(text), *(at for run in runs for at in run[:2] if at < len(text))})
    for start, end in pairwise(points):
        yield text[start:end], tuple([(run[2], run[3]) for run in runs if run[0] <= start and run[1] >= end])
