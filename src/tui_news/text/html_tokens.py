"""HTML as tokens, in one pass. The standard library's parser takes half a minute on a megabyte of "<a <a <a"; this one is
linear on any input, because every pattern is anchored, bounded, and never tried twice from the same place to the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

LIMIT = 2_000_000  # characters: a page's main content is a fraction of it

_NAME = r"[a-zA-Z][^\s/><]{0,60}"
_TAG = re.compile(
    rf"<(/?)({_NAME})((?:\s|/|[^\s/<>=\"'][^\s/<>=]{{0,200}}|=\s*\"[^\"]{{0,20000}}\"|=\s*'[^']{{0,20000}}'|=|\"|')*+)>",
)
_ATTRIBUTE = re.compile(r"([^\s/=\"'<>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")
_RAW = frozenset(
    ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "template", "svg", "math")
)
_ENTITY_LIKE = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,10}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


class Token(NamedTuple):
    """kind "start" (name, attributes, and whether it closes itself), "end" (name) or "text" (data)."""

    kind: str
    data: str
    attributes: dict[str, str] | None = None
    closed: bool = False


def decode_text(text: str) -> str:
    """Character references decoded."""
    return _ENTITY_LIKE.sub(lambda found: unescape(found[0]), text) if "&" in text else text


def tokens(html: str) -> Iterator[Token]:
    """The tokens of a document or fragment. What is no tag is text; comments and declarations are left out."""
    html = html[:LIMIT]
    position, length = 0, len(html)
    lost: set[str] = set()  # closing marks that do not come again: looking for them twice would be quadratic
    while position < length:
        opening = html.find("<", position)
        if opening < 0:
            opening = length
        if opening > position:
            yield Token("text", decode_text(html[position:opening]))
        if opening == length:
            return
        found = _TAG.match(html, opening)
        if found is None:
            position = _past_declaration(html, opening, lost)
            if position == opening:
                yield Token("text", "<")
                position += 1
            continue
        position = found.end()
        name = found[2].lower()
        if found[1]:
            yield Token("end", name)
            continue
        yield Token("start", name, _attributes(found[3]), found[3].endswith("/"))
        if name in _RAW and not (found[3].endswith("/") and name in ("svg", "math")):
            position = _past_raw(html, position, name, lost)
            yield Token("end", name)


def _attributes(text: str) -> dict[str, str]:
    """Names in lower case; of a repeated attribute the first counts (HTML's rule)."""
    found: dict[str, str] = {}
    if text:
        for name, double, single, bare in _ATTRIBUTE.findall(text):
            found.setdefault(name.lower(), decode_text(double or single or bare))
    return found


def _past_declaration(html: str, opening: int, lost: set[str]) -> int:
    """The place behind a comment, declaration or broken tag that starts here; `opening` itself if it is plain text."""
    if html.startswith("<!--", opening):
        return _find(html, "-->", opening + 4, lost)
    if html.startswith("<![CDATA[", opening):
        return _find(html, "]]>", opening + 9, lost)
    if html.startswith(("<!", "<?", "</"), opening):
        return _find(html, ">", opening + 2, lost)
    return opening


def _find(html: str, mark: str, start: int, lost: set[str]) -> int:
    if mark not in lost:
        end = html.find(mark, start)
        if end >= 0:
            return end + len(mark)
        lost.add(mark)
    return start


def _past_raw(html: str, start: int, name: str, lost: set[str]) -> int:
    """Behind the element's end tag; the rest of the document belongs to an element that never ends, as in browsers."""
    end = re.compile(rf"</{name}\b[^<>]{{0,200}}>", re.IGNORECASE).search(html, start)
    return end.end() if end else len(html)
