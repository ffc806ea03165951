"""What a query is once it is read. `at` is where it stands in the text (code points); it takes no part in equality."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from tui_news.models import UsageError
from tui_news.models.late import dataclass
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.sanitize import UNSAFE

Place = Literal["", "title", "author", "body", "comments", "quote"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand together. place: where, "" anywhere. prefix: the last word may have any ending."""

    text: str
    place: Place = ""
    prefix: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Field:
    """`name:value`, the value checked (see FIELDS in `fields`). prefix: the value is the beginning of a tag."""

    name: str
    value: str
    prefix: bool = False
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    part: Node


@dataclass(frozen=True, slots=True)
class And:
    """Two parts or more; none for the empty query, which matches everything."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Or:
    """Two parts or more."""

    parts: tuple[Node, ...]


Node = Text | Field | Not | And | Or
EVERYTHING = And()


def leaves(node: Node, positive: bool | None = None) -> Iterator[Text | Field]:
    """The texts and fields in it, left to right; with `positive` only the wanted ones (False: the unwanted)."""
    stack = [(node, True)]
    while stack:
        part, wanted = stack.pop()
        if isinstance(part, Not):
            stack.append((part.part, not wanted))
        elif isinstance(part, And | Or):
            stack.extend((inner, wanted) for inner in reversed(part.parts))
        elif positive is None or wanted == positive:
            yield part


class QueryError(UsageError):
    """A query that cannot be read. text: all of it; at: the offending character (may be its length: the end).

    why: what is wrong there, in a sentence without its full stop.
    """

    SHOWN = 72  # cells of the query beside the caret

    def __init__(self, why: str, text: str, at: int, todo: str = "") -> None:
        super().__init__("The query cannot be read", why, todo)
        self.text, self.at = text, max(0, min(at, len(text)))

    def pointed(self) -> str:
        """One line for where there is no room for a caret: what is wrong, and beside what."""
        near = UNSAFE.sub(" ", self.text[self.at : self.at + 20]).strip()
        place = f" at “{near}”" if near else " at its end"
        return f"{self.why[:1].upper()}{self.why[1:]}{place}."

    def lines(self) -> tuple[str, ...]:
        return self.caret()

    def caret(self) -> tuple[str, str]:
        """The query on one line (cut around the character when it is long), and a line with a caret under it."""
        line = UNSAFE.sub("\N{REPLACEMENT CHARACTER}", self.text).replace("\n", " ").replace("\t", " ")
        before, after = line[: self.at], line[self.at :]
        lead = ""
        while cell_len(before) > self.SHOWN - 12:
            lead, before = "…", before[max(1, len(before) - self.SHOWN + 12) :]
        shown = cell_fit(after, max(8, self.SHOWN - cell_len(before)))
        return lead + before + shown, " " * cell_len(lead + before) + "^"
