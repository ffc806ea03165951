"""newsboat's filter language in the words of ours, where ours has them.

https://newsboat.org/releases/2.44/docs/newsboat.html#_filter_language: attribute operator value, joined by and, or and
parentheses. What cannot be said here raises ValueError with the word at fault: a query that means something else is
worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

TagQuery = Callable[[str], str]
_TOKEN = re.compile(
    r"""\s*(?:(?P<par>[()])|(?P<op>=~|!~|!\#|==|!=|<=|>=|=|<|>|\#|between\b)|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<word>[^\s()"=!<>#]+))""",
    re.X,
)
_WORDS = {"title": "title", "content": "body", "description": "body", "author": "author", "feedtitle": "feed",
          "rssurl": "feed"}  # fmt: skip
_REGEX = re.compile(r"[\\\[\]{}+?^$*().]")
_IN_ADDRESS = re.compile(r"[\\\[\]{}^$*()]")  # dots, ? and + stand in addresses, and mean themselves to who typed them
LOOSE = (
    "The patterns of query feeds (=~) look for words that are so or begin so; inside a word, where newsboat looks too, "
    "nothing is found here."
)
_NOT = {"!=": "=", "!~": "=~", "!#": "#"}


def to_query(condition: str, tag: TagQuery) -> str:
    """Our query for the condition. tag: our query for one of newsboat's feed tags."""
    reader = _Reader(_tokens(condition), tag)
    query = reader.either()
    if reader.left:
        raise ValueError(reader.left[0][1])
    return query


Token = tuple[str, str]


def _tokens(text: str) -> list[Token]:
    found: list[Token] = []
    at = 0
    while at < len(text.rstrip()):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError(text[at : at + 20])
        kind = match.lastgroup or ""
        value = match[kind]
        found.append((kind, re.sub(r"\\(.)", r"\1", value) if kind == "text" and '\\"' in value else value))
        at = match.end()
    return found


class _Reader:
    """Recursive descent; conditions are a line in a file, and deep ones are refused."""

    def __init__(self, tokens: list[Token], tag: TagQuery) -> None:
        self.left, self.tag, self.depth = tokens, tag, 0

    def _is(self, *words: str) -> bool:
        return bool(self.left) and self.left[0][1].lower() in words and self.left[0][0] != "text"

    def _next(self) -> Token:
        if not self.left:
            raise ValueError("it ends too early")
        return self.left.pop(0)

    def either(self) -> str:
        parts = [self.both()]
        while self._is("or", "||"):
            self._next()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})"

    def both(self) -> str:
        parts = [self.one()]
        while self._is("and", "&&"):
            self._next()
            parts.append(self.one())
        return " AND ".join(parts)

    def one(self) -> str:
        if self._is("("):
            self._next()
            self.depth += 1
            if self.depth > 30:
                raise ValueError("too many parentheses")
            inside = self.either()
            if self._next()[1] != ")":
                raise ValueError("a parenthesis is open")
            return f"({inside})" if " " in inside and not inside.startswith("(") else inside
        attribute, (_, operator) = self._next()[1].lower(), self._next()
        kind, value = self._next()
        if kind not in ("text", "word"):
            raise ValueError(value)
        return self._comparison(attribute, operator, value)

    def _comparison(self, attribute: str, operator: str, value: str) -> str:
        if operator in _NOT and attribute not in ("unread", "flags", "age"):
            return _negated(self._comparison(attribute, _NOT[operator], value))
        if attribute == "unread" and operator in ("=", "==", "!="):
            return "is:unread" if (value.lower() in ("yes", "1")) == (operator != "!=") else "is:read"
        if attribute == "flags":
            return _flags(operator, value)
        if attribute == "age":
            return _age(operator, value)
        if attribute == "tags" and operator in ("#", "=", "==") and re.search(r"\w", value):
            return self.tag(value)
        if attribute in _WORDS and operator in ("=", "==", "=~", "#"):
            return _words(_WORDS[attribute], operator, value)
        raise ValueError(attribute)


def _negated(query: str) -> str:
    return f"NOT {query}" if " " not in query or query.startswith("(") or query.count('"') == 2 else f"NOT ({query})"


def _flags(operator: str, value: str) -> str:
    """Any flag is a star here."""
    without = (operator in ("=", "==") and not value) or (operator in ("!#", "!~", "!=") and bool(value))
    return "NOT is:starred" if without else "is:starred"


def _age(operator: str, value: str) -> str:
    """In days, whole ones: newsboat's age 0 is today."""
    low, _, high = value.partition(":")
    if not low.isdigit() or (operator == "between") != high.isdigit():
        raise ValueError(f"age {operator} {value}")
    number = int(low)
    if operator == "between":
        young, old = sorted((number, int(high)))
        return f"newer:{old + 1}d" + (f" AND older:{young}d" if young else "")
    if operator in ("<", "<="):
        return f"newer:{max(number + (operator == '<='), 1)}d"
    if operator in (">", ">="):
        return f"older:{number + (operator == '>')}d"
    if operator in ("=", "=="):
        return f"newer:{number + 1}d" + (f" AND older:{number}d" if number else "")
    raise ValueError(f"age {operator}")


def _words(field: str, operator: str, value: str) -> str:
    """A pattern of plain words, with | between them, is that many searches; any other pattern is none of ours.

    newsboat finds a pattern's letters anywhere. Here the last word may end in any way, unless the pattern says that it
    ends there; letters inside a word are not found (`LOOSE` says so to the reader).
    """
    wanted = value.removeprefix("(?i)")
    if operator == "=~":
        inner = wanted[1:-1] if wanted.startswith("(") and wanted.endswith(")") else wanted
        found = [_pattern(field, part.strip(" "), value) for part in inner.split("|")]
    else:
        found = [f"{field}:{quoted(wanted)}" if re.search(r"\w", wanted) else ""]
    if not all(found):
        raise ValueError(f"the pattern {value}")
    return found[0] if len(found) == 1 else f"({' OR '.join(found)})"


def _pattern(field: str, part: str, value: str) -> str:
    """One of a pattern's alternatives; "" without a word in it."""
    words = re.sub(r"^(?:\^|\.\*|\\[b<])+|(?:\$|\.\*|\\[b>])+$", "", part)
    words = re.sub(r"\\([./])", r"\1", words) if field == "feed" else words
    if (_IN_ADDRESS if field == "feed" else _REGEX).search(words):
        raise ValueError(f"the pattern {value}")
    if not re.search(r"\w", words):
        return ""
    ends = field == "feed" or re.search(r"(?:\$|\\[b>])$", part) or not re.search(r"\w\w$", words)
    return f"{field}:{quoted(words)}" + ("" if ends else "*")


def quoted(text: str) -> str:
    """A value of our language, in quotation marks where it needs them."""
    clean = " ".join(text.replace('"', " ").split())
    return clean if re.fullmatch(r"[\w./-]+", clean) and clean not in ("AND", "OR", "NOT") else f'"{clean}"'
