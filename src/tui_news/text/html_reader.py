"""Which elements are open while HTML is read, and what each leaves behind when it ends."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from tui_news.models import Block
from tui_news.text.html_flow import Context, Flow
from tui_news.text.html_lists import List
from tui_news.text.html_scan import Scanner, attributes
from tui_news.text.html_tables import Table

DEEPEST = 200  # open elements; deeper ones keep their words and lose their structure

_NO_DISPLAY = re.compile(r"display\s*:\s*none", re.IGNORECASE).search
_MATTERS = re.compile(r"\bdir\b|pull|stand|dek\b|lede|ingress|chapo|vorspann|entrad|subtit", re.IGNORECASE).search
_PULL = re.compile(r"pull[-_]?quote", re.IGNORECASE).search
# What sites call the sentence or two under the headline, in seven languages.
_LEAD = re.compile(
    r"(?<![a-z])(?:stand-?first|(?:article-?)?dek|lede|ingress|chapo|vorspann|entradilla|(?:article|post|entry)[-_]+sub-?title)(?![a-z])",
    re.IGNORECASE,
).search
_DECORATION = frozenset(("a", "i", "svg", "img", "button"))  # what aria-hidden takes away; text it leaves
_SEARCHED = 60  # open elements looked at for one that a new <li> ends

Leave = Callable[["Reader"], None]


class OpenTable:
    """A table being read, and the state around it."""

    __slots__ = ("counts", "depth", "lists", "styles", "table")

    def __init__(self, reader: Reader) -> None:
        self.depth = len(reader.stack)  # with the table on it
        self.counts, self.lists = reader.counts, reader.lists
        self.styles = len(reader.flow.styles)
        self.table = Table()


class Reader:
    """The state while reading. `stack` holds the open block elements, each with the context before it."""

    def __init__(self, html: str, base: str) -> None:
        self.scanner = Scanner(html)
        self.base = base
        self.flow = Flow()
        self.stack: list[tuple[str, Context, Leave | None]] = []
        self.counts: dict[str, int] = defaultdict(int)  # open block elements by name, in the current table
        self.over: dict[str, int] = defaultdict(int)  # those too deep for the stack
        self.lists: list[List] = []
        self.tables: list[OpenTable] = []

    def finish(self) -> tuple[Block, ...]:
        self.flow.flush()
        self.close_to(0)
        return tuple(self.flow.out)

    def passes_hidden(self, name: str, inside: str) -> bool:
        """Read past the element if it is not to be seen; whether it was."""
        a = attributes(inside)
        decoration = name in _DECORATION and a.get("aria-hidden", "").lower() == "true"
        if not (a.get("hidden", "until-found") != "until-found" or decoration or _NO_DISPLAY(a.get("style", ""))):
            return False
        return name in ("img", "input", "source") or self.scanner.skip(name) is not None

    def block(self, name: str, inside: str, context: Context | None = None, leave: Leave | None = None) -> bool:
        """A block element starts: the text before it ends, and with it an open <p>. False: it is too deep to count."""
        self.flow.flush()
        if self.stack and self.stack[-1][0] == "p":
            self.pop()
        if inside and _MATTERS(inside):
            context = self._marked(inside, context or self.flow.context)
        if len(self.stack) >= DEEPEST:
            self.over[name] += 1
            return False
        self.stack.append((name, self.flow.context, leave))
        self.counts[name] += 1
        if context is not None:
            self.flow.context = context
        return True

    def _marked(self, inside: str, context: Context) -> Context:
        a = attributes(inside)
        direction = a.get("dir", "").lower()
        if direction in ("rtl", "ltr"):
            context = context._replace(rtl=direction == "rtl")
        names = a.get("class", "")
        if names and _LEAD(names):
            context = context._replace(lead=True)
        return context._replace(pull=True) if _PULL(names) else context

    def pop(self) -> None:
        """Close the innermost element."""
        name, before, leave = self.stack.pop()
        self.flow.flush()
        self.flow.context = before
        self.counts[name] -= 1
        if leave:
            leave(self)

    def close_to(self, depth: int) -> None:
        """Close elements until only `depth` are open."""
        while len(self.stack) > depth:
            self.pop()

    def close(self, name: str) -> None:
        """An end tag: closes the innermost such element, if one is open inside the current table."""
        self.flow.flush()
        if self.over[name]:
            self.over[name] -= 1
        elif self.counts[name] > 0:
            while self.stack[-1][0] != name:
                self.pop()
            self.pop()

    def close_within(self, names: tuple[str, ...], barrier: tuple[str, ...]) -> None:
        """Close the innermost of `names` (an <li> ends the one before it), but nothing outside `barrier`."""
        self.flow.flush()
        if not any(self.counts[name] > 0 for name in names):
            return
        for i in range(len(self.stack) - 1, max(-1, len(self.stack) - 1 - _SEARCHED), -1):
            if self.stack[i][0] in names:
                self.close_to(i)
                return
            if self.stack[i][0] in barrier:
                return

    # ── tables ───────────────────────────────────────────────────────────────────────────────────────────────────

    def open_table(self) -> None:
        """The <table> just put on the stack collects cells; end tags inside it close nothing outside."""
        self.tables.append(OpenTable(self))
        self.counts, self.lists = defaultdict(int), []

    def close_cell(self) -> None:
        """End the open cell or caption of the current table."""
        self.flow.flush()
        if self.tables:
            self.close_to(self.tables[-1].depth)

    def leave_cell(self) -> None:
        open_ = self.tables[-1]
        self.flow.close_down_to(open_.styles)
        self.flow.out = open_.table.end_cell()

    def leave_table(self) -> None:
        open_ = self.tables.pop()
        self.counts, self.lists = open_.counts, open_.lists
        self.counts["table"] -= 1
        context = self.flow.context
        self.flow.out += open_.table.blocks(context.quote, context.rtl)
