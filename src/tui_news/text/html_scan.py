"""HTML as a stream of texts and tags, in time linear in its length whatever it holds.

A deliberate subset of the WHATWG tokenizer: no pattern is ever tried from two places over the same long stretch, and
everything that failed once for want of an end ("no `>` any more") is not looked for again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

TEXT, START, END = 0, 1, 2
LIMIT = 2_000_000  # characters of a document that are read

_SIMPLE = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)([^<>]*)>").match
_NAME = re.compile(r"<(/?)([a-zA-Z][\w:.-]*)").match
_OPENING = re.compile(r"<[a-zA-Z/!?]").search
_STOP = re.compile(r">|=\s*([\"'])").search
_ATTRIBUTE = re.compile(r"([^\s/=\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_READING_END = re.compile(r"<(?:/?r[tpb]|/?rtc|/ruby)[\s>]", re.IGNORECASE).search
_HUGE = re.compile(r"&#[xX]?[0-9a-fA-F]{8,};?")
_KNOWN = frozenset(
    str.split(
        "a abbr article aside b big blockquote br center cite code dd del div dl dt em embed figcaption"
        " figure font footer form h1 h2 h3 h4 h5 h6 header hr i iframe img ins li mark object ol p pre q s"
        " script section small source span strike strong style sub sup table tbody td tfoot th thead tr tt"
        " u ul video"
    )
)


def decode(s: str) -> str:
    """Character references decoded. (`html.unescape` raises on numbers of more than 4,300 digits.)"""
    return unescape(_HUGE.sub("\ufffd", s) if "&#" in s else s)


def attributes(s: str) -> dict[str, str]:
    """The attributes of a tag's inside: names in lower case, values decoded; of a repeated one the first counts."""
    found: dict[str, str] = {}
    for m in _ATTRIBUTE.finditer(s):
        value = m[2] or m[3] or m[4] or ""
        found.setdefault(m[1].lower(), decode(value) if "&" in value else value)
    return found


class Scanner:
    """Iterates over (kind, data, inside): TEXT with raw characters; START and END with a lower-case name.

    `inside` is what stands between a start tag's name and its ">". `skip` may move the reading place forward between
    two steps.
    """

    __slots__ = ("_broken", "_gone", "_last", "_pos", "html")

    def __init__(self, html: str) -> None:
        self.html = html[:LIMIT]
        self._pos = 0
        self._last = self.html.rfind(">")
        self._gone: set[str] = set()  # what is known not to come any more
        self._broken = False  # quotes in tags do not pair: they no longer count

    def __iter__(self) -> Iterator[tuple[int, str, str]]:
        html = self.html
        find = html.find
        while True:
            start = self._pos
            i = find("<", start)
            if i < 0:
                break
            if i > start:
                yield TEXT, html[start:i], ""
            if (
                (m := _SIMPLE(html, i))
                and (not (inside := m[3]) or (inside[0] in " /\n\t\r\f" and _paired(inside)))
                and m[2][-1] != ":"
            ):
                self._pos = m.end()
                yield (END if m[1] else START), m[2].lower(), inside
            else:
                token = self._hard(i)
                if token is not None:
                    yield token
        if start < len(html):
            yield TEXT, html[start:], ""

    def ahead(self, *words: str) -> bool:
        """Whether the text at the reading place begins with one of the words (after white space)."""
        return self.html[self._pos : self._pos + 12].lstrip().startswith(words)

    def skip(self, name: str, nested: bool = True) -> str | None:
        """Move behind the end tag of the element just opened; its inside. None, and no move, if it has no end."""
        if name in self._gone:
            return None
        depth, first = 1, None
        for m in re.compile(rf"<(/?){re.escape(name)}(?=[\s/>])", re.IGNORECASE).finditer(self.html, self._pos):
            if not m[1]:
                depth += nested
                continue
            first = first or m
            depth -= 1
            if depth == 0:
                return self._jump(m)
        if first is None:
            self._gone.add(name)
            return None
        return self._jump(first)

    def skip_reading(self) -> None:
        """Move to the end of a ruby reading, whose end tag is optional; readings are short."""
        if m := _READING_END(self.html, self._pos, self._pos + 500):
            self._pos = m.start()

    def skip_all(self) -> None:
        """Move to the end of the document."""
        self._pos = len(self.html)

    def _jump(self, end: re.Match[str]) -> str:
        inside = self.html[self._pos : end.start()]
        close = self.html.find(">", end.end())
        self._pos = close + 1 if close >= 0 else len(self.html)
        return inside

    def _hard(self, i: int) -> tuple[int, str, str] | None:
        """What is no simple tag: comments, declarations, quotes that hide ">", a "<" that is just a character."""
        html = self.html
        if html.startswith("<!--", i):
            self._comment(i)
            return None
        if html.startswith("<![CDATA[", i) and "]]>" not in self._gone:
            end = html.find("]]>", i)
            if end >= 0:
                self._pos = end + 3
                return TEXT, html[i + 9 : end], ""
            self._gone.add("]]>")
        m = _NAME(html, i)
        if m is None:
            if html.startswith(("<!", "<?", "</"), i) and self._last > i:
                self._pos = html.find(">", i) + 1
                return None
            return self._literal(i)
        after = html[m.end() : m.end() + 1]
        if m[2][-1] == ":" or (after and after not in " />\n\t\r\f"):
            return self._literal(i)  # "<https://…>", "<someone@example.org>"
        end = self._tag_end(m.end())
        if end < 0:
            if m[2].lower() not in _KNOWN:
                return self._literal(i)
            self.skip_all()  # a text that was cut within a tag
            return None
        self._pos = end + 1
        return (END if m[1] else START), m[2].lower(), html[m.end() : end]

    def _literal(self, i: int) -> tuple[int, str, str]:
        m = _OPENING(self.html, i + 1)
        self._pos = m.start() if m else len(self.html)
        return TEXT, self.html[i : self._pos], ""

    def _comment(self, i: int) -> None:
        if self.html.startswith(("<!-->", "<!--->"), i):
            self._pos = self.html.find(">", i) + 1
            return
        end = -1 if "-->" in self._gone else self.html.find("-->", i + 4)
        if end >= 0:
            self._pos = end + 3
            return
        self._gone.add("-->")
        self._pos = i + 4  # without an end it hides nothing: the rest of the story is worth more than the rule

    def _tag_end(self, i: int) -> int:
        """Where the tag's ">" is, not counting those in quoted values; -1 if there is none."""
        if i > self._last:
            return -1
        if self._broken:
            return self.html.find(">", i)
        at = i
        while m := _STOP(self.html, at):
            if m[1] is None:
                return m.start()
            close = self.html.find(m[1], m.end())
            at = close + 1 if close >= 0 else m.end()
        self._broken = True
        return self.html.find(">", i)


def _paired(inside: str) -> bool:
    return not (inside.count('"') & 1 or inside.count("'") & 1)
