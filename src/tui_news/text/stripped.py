"""The words of a piece of HTML, for counting and for the search index. Not for showing: see `text.html`."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

MOST = 200_000  # characters of a story that are looked at
_TAG = re.compile(r"<[/!?]?[a-zA-Z-][^<>]*>")
# Those of most stories: no comment, and no element whose content is unseen.
_PLAIN_TAG = re.compile(r"</?+(?![sS](?:[cC][rR]|[tT][yY]))[a-zA-Z-][^<>]*+>")
_UNSEEN = ("script", "style")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")  # as `html.unescape`
_LONG = 40  # characters of a reference: a longer one is a number with zeros in front, or too large to be a letter


def stripped(html: str) -> str:
    """Without tags, in time linear in its length; white space as it came."""
    text = plainly_stripped(html)
    return _thoroughly(html) if text is None else text


@lru_cache(maxsize=1)  # asked twice of a story: for the index, and whether it is whole
def plainly_stripped(html: str) -> str | None:
    """`stripped` of what has no comments, and no "<" but that of its tags; None for any other."""
    text = " ".join(_PLAIN_TAG.split(html))
    return None if "<" in text else _decoded(text)


@lru_cache(maxsize=1)
def _thoroughly(html: str) -> str:
    lower = html.lower()
    for name in _UNSEEN:
        if f"<{name}" in lower:
            html = _without(html, name)
    return _decoded(_TAG.sub(" ", html))


def _decoded(text: str) -> str:
    """`html.unescape`, which reckons anew what each story says ten times."""
    return _REFERENCE.sub(_meant, text) if "&" in text else text


def _meant(match: re.Match[str]) -> str:
    reference = match[0]
    return _known(reference) if len(reference) < _LONG else _known(_shorter(reference))


@lru_cache(maxsize=512)
def _known(reference: str) -> str:
    return unescape(reference)


def _shorter(number: str) -> str:
    """The same letter's reference. `html.unescape` raises on more than 4,300 digits."""
    start = 3 if number[2] in "xX" else 2
    digits = number[start:].rstrip(";").lstrip("0") or "0"
    return f"{number[:start]}{digits[:8]};"  # eight are too many for any letter


def _without(html: str, name: str) -> str:
    """Without the element's content. A pattern would search the whole rest anew from each unclosed start."""
    lower, kept, place = html.lower(), [], 0
    if len(lower) != len(html):
        return html
    while (start := lower.find(f"<{name}", place)) >= 0:
        kept.append(html[place:start])
        end = lower.find(f"</{name}", start)
        if end < 0:
            return "".join(kept)
        place = end
    return "".join([*kept, html[place:]])
