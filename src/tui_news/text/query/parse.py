"""A query as typed, into nodes. Every string is a query or a QueryError that knows the character; time is linear."""

from __future__ import annotations

import re
from typing import Literal

from tui_news.models.late import dataclass
from tui_news.text.query.fields import HELP, field
from tui_news.text.query.nodes import EVERYTHING, And, Node, Not, Or, QueryError, Text

LONGEST = 10_000  # characters
DEEPEST = 40  # parentheses inside one another
MOST = 400  # words and fields
WORD = re.compile(r"[^\W_]")
_QUOTES = str.maketrans("“”„‟", '""""')
_SPACE = re.compile(r"\s+")
_BARE = re.compile(r'[^\s"()]+')
_KEY = re.compile(r"([A-Za-z]+):")
_ADDRESS = ("http", "https", "mailto")  # not names of fields: what follows them is an address to search for
_OPERATORS = ("AND", "OR", "NOT")

Kind = Literal["(", ")", "AND", "OR", "NOT", "item", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    at: int
    node: Node | None = None  # of an item; None: it has nothing to search for


def parse(text: str, typing: bool = False) -> Node:
    """The query's node. Raises QueryError.

    typing: it is still being typed: what is open at its end is closed, an operator or field without its word is left
    out, and its last word may have any ending.
    """
    if len(text) > LONGEST:
        raise QueryError(f"a query has at most {LONGEST:,} characters", text, LONGEST)
    return _Parser(text, _Scanner(text, typing).tokens(), typing).query()


class _Scanner:
    """Text into tokens. Values are checked here: a field is known by its own characters alone."""

    def __init__(self, text: str, typing: bool) -> None:
        self.text, self.typing = text, typing
        self.flat = text.translate(_QUOTES)
        self.at = 0
        self.items = 0

    def tokens(self) -> list[Token]:
        found: list[Token] = []
        while (token := self._next()).kind != "end":
            found.append(token)
        return [*found, token]

    def _next(self) -> Token:
        space = _SPACE.match(self.flat, self.at)
        self.at = start = space.end() if space else self.at
        if start >= len(self.flat):
            return Token("end", start)
        char = self.flat[start]
        if char in "()":
            self.at += 1
            return Token("(" if char == "(" else ")", start)
        if char == "-" and start + 1 < len(self.flat) and not self.flat[start + 1].isspace():
            self.at += 1
            return Token("NOT", start)
        bare = _BARE.match(self.flat, start)
        if bare and bare[0] in _OPERATORS:
            self.at = bare.end()
            return Token(bare[0], start)  # type: ignore[arg-type]
        return Token("item", start, self._item(start))

    def _item(self, start: int) -> Node | None:
        self.items += 1
        if self.items > MOST:
            raise QueryError(f"a query has at most {MOST} words", self.text, start)
        key = _KEY.match(self.flat, start)
        name = key[1].lower() if key else ""
        if not key or name in _ADDRESS:
            value, prefix = self._value(start)
            return Text(value, "", self._ends(prefix, value), start) if WORD.search(value) else None
        if name not in HELP:
            raise QueryError(*_unknown(key[1], name), at=start, text=self.text)
        value, prefix = self._value(key.end())
        if not (WORD.search(value) or (prefix and name == "tag")):
            if self.typing and self.at >= len(self.flat):
                return None
            raise QueryError(f"{name}: needs a value: {HELP[name]}", self.text, key.end())
        prefix = self._ends(prefix, value) if name != "tag" else prefix
        return field(name, value, prefix, self.text, start, key.end())

    def _ends(self, prefix: bool, value: str) -> bool:
        """Whether any ending will do: after two letters half of all words would, unless a * asks for it."""
        return prefix and (len(value) > 2 or self.flat[self.at - 1] == "*")

    def _value(self, start: int) -> tuple[str, bool]:
        """(the text, whether its last word may have any ending) of what begins at `start`, a quoted or a bare word."""
        if start < len(self.flat) and self.flat[start] == '"':
            end = self.flat.find('"', start + 1)
            if end < 0 and not self.typing:
                raise QueryError("the quotation mark is never closed", self.text, start)
            self.at = len(self.flat) if end < 0 else end + 1
            text = self.text[start + 1 : self.at if end < 0 else end]
            starred = self.flat.startswith("*", self.at)
            self.at += starred
            return text, starred or end < 0
        bare = _BARE.match(self.flat, start)
        self.at = bare.end() if bare else start
        text = bare[0] if bare else ""
        last = self.typing and self.at >= len(self.flat) and text[-1:].isalnum()
        return text.rstrip("*"), text.endswith("*") or last


def _unknown(shown: str, name: str) -> tuple[str]:
    from difflib import get_close_matches  # only for a mistake

    near = get_close_matches(name, HELP, 1, 0.6)
    hint = f"did you mean {near[0]}:?" if near else "put it in quotation marks to search for the words"
    return (f"there is no field {shown[:20]}:, {hint}",)


class _Parser:
    """query: all of its words; OR binds weaker than standing side by side (and AND), NOT and - strongest."""

    def __init__(self, text: str, tokens: list[Token], typing: bool) -> None:
        self.text, self.tokens, self.typing = text, tokens, typing
        self.index = self.depth = 0

    @property
    def here(self) -> Token:
        return self.tokens[self.index]

    def query(self) -> Node:
        found = self._either()
        if self.here.kind == ")":
            raise QueryError("there is no parenthesis for this one to close", self.text, self.here.at)
        if found is not None:
            return found
        if self.here.at == 0 or not self.text.strip() or self.typing:
            return EVERYTHING
        raise QueryError("there is no letter or digit to search for", self.text, self.tokens[0].at)

    def _either(self) -> Node | None:
        parts = [self._all()]
        while self.here.kind == "OR":
            at = self._operator(parts[-1])
            parts.append(self._all())
            self._need(parts[-1], at, "OR")
        return _flat(Or, [part for part in parts if part is not None])

    def _all(self) -> Node | None:
        parts: list[Node] = []
        while self.here.kind not in ("OR", ")", "end"):
            at = self.here.at
            if self.here.kind == "AND":
                self._operator(parts[-1] if parts else None)
                self._need_more(at, "AND")
            part = self._one()
            if part is not None:
                parts.append(part)
        return _flat(And, parts)

    def _one(self) -> Node | None:
        token = self.here
        if token.kind == "NOT":
            return self._not(token)
        if token.kind == "(":
            return self._group(token)
        if token.kind in ("AND", "OR"):
            raise QueryError(f"{token.kind} has nothing before it", self.text, token.at)
        if token.kind == "item":
            self.index += 1
        return token.node

    def _not(self, token: Token) -> Node | None:
        """In a loop: a thousand minus signs are no reason to go a thousand deep."""
        wanted = True
        while self.here.kind == "NOT":
            wanted, token = not wanted, self.here
            self.index += 1
        part = None if self.here.kind in (")", "end") else self._one()
        self._need(part, token.at, "NOT" if self.text.startswith("NOT", token.at) else "-")
        if part is None or wanted:
            return part
        return part.part if isinstance(part, Not) else Not(part)

    def _group(self, token: Token) -> Node | None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"more than {DEEPEST} parentheses inside one another", self.text, token.at)
        self.index += 1
        found = self._either()
        if self.here.kind == ")":
            self.index += 1
        elif not self.typing:
            raise QueryError("the parenthesis is never closed", self.text, token.at)
        if found is None and not self.typing:
            raise QueryError("there is nothing in the parentheses", self.text, token.at)
        self.depth -= 1
        return found

    def _operator(self, before: Node | None) -> int:
        """Step over AND or OR, which needs something on its left; where it stands."""
        token = self.here
        if before is None:
            raise QueryError(f"{token.kind} has nothing before it", self.text, token.at)
        self.index += 1
        return token.at

    def _need(self, part: Node | None, at: int, name: str) -> None:
        if part is None and not (self.typing and self.here.kind == "end"):
            raise QueryError(f"{name} has nothing after it", self.text, at)

    def _need_more(self, at: int, name: str) -> None:
        if self.here.kind in ("AND", "OR", ")", "end") and not (self.typing and self.here.kind == "end"):
            raise QueryError(f"{name} has nothing after it", self.text, at)


def _flat(kind: type[And] | type[Or], parts: list[Node]) -> Node | None:
    """The only part, else all of them in one node: what is of the same kind inside is the same without parentheses."""
    if len(parts) < 2:
        return parts[0] if parts else None
    inner: list[Node] = []
    for part in parts:
        inner.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(inner))
