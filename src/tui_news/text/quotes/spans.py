"""The plain values that the steps of the quote finder hand to each other."""

from __future__ import annotations

from tui_news.models.late import dataclass


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: code points `start`..`end` of the text, blank lines around it excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A found pair of marks (or a dash line) before anybody asked what it means.

    start/end include the marks; inner_start/inner_end do not. depth: 0 outermost. group: quotes that run over
    several paragraphs share a number, others have -1. style: the opening mark, "–" for dash speech.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    style: str
    depth: int = 0
    group: int = -1


@dataclass(frozen=True, slots=True)
class Tok:
    """A token of a paragraph with its quotes masked. kind: "w" word, "p" punctuation, "q" quote, "n" line break.

    quote: the quote's place in the list of outermost marks, -1 for other tokens. low: a quote's last character.
    """

    kind: str
    text: str
    low: str
    start: int
    end: int
    quote: int = -1
    cap: bool = False
