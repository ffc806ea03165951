"""Numeric character references (&#8217;) that XML 1.0 §2.2 forbids: parsers raise on some of them, and obey others;
and references by name, which a parser may lose."""

from __future__ import annotations

import re
from html.entities import html5

_ESCAPES_OF_PAIRS = re.compile(
    r"&#(?:x(?P<x>d[89ab][0-9a-f]{2})|(?P<d>5[56]\d{3}));&#(?:x(?P<y>d[c-f][0-9a-f]{2})|(?P<e>5[67]\d{3}));", re.I
)
_NAMED = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]{1,31});", re.DOTALL)
# Any but the usual ones: two to four figures that are no control character's, four of a hexadecimal number's.
# It begins with the rarer character: a text of escaped HTML is full of "&".
_DOUBTFUL = re.compile(
    r"#(?<=&#)(?!(?:[1-9]\d{3}|[2-9]\d\d|1(?:[013-9]\d|2[0-689])|3[2-9]|[4-9]\d|x20[0-9a-fA-F]{2});)"
)
_REFERENCE = re.compile(r"&#(?:[xX]0*([0-9a-fA-F]{1,12})[0-9a-fA-F]*|0*(\d{1,12})\d*);?")


def has_doubtful_references(text: str) -> bool:
    """Whether any reference by number is to another character than the usual ones."""
    return _DOUBTFUL.search(text) is not None


def allowed_references(text: str) -> str:
    """The text in which references to what no document may hold are U+FFFD, and pairs of surrogates one letter."""
    if not has_doubtful_references(text):
        return text
    return _REFERENCE.sub(_allowed_reference, _ESCAPES_OF_PAIRS.sub(_join_pair, text))


def numeric_references(text: str) -> str:
    """XML in which references by name are by number, HTML's names among them. Not in CDATA, where they are words.

    Past the first fault of a document libxml2 leaves out every reference by name, `&lt;` included.
    """
    if "&" not in text:
        return text
    return _NAMED.sub(_by_number, text)


def _by_number(match: re.Match[str]) -> str:
    letters = html5.get(f"{match[1]};") if match[1] else None
    return "".join(f"&#{ord(letter)};" for letter in letters) if letters else match[0]


def _join_pair(match: re.Match[str]) -> str:
    """A letter outside the first plane, referred to as two surrogates (as some JavaScript writes it)."""
    high = int(match["x"], 16) if match["x"] else int(match["d"])
    low = int(match["y"], 16) if match["y"] else int(match["e"])
    if 0xD800 <= high < 0xDC00 <= low < 0xE000:
        return f"&#{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)};"
    return "\ufffd"


def _allowed_reference(match: re.Match[str]) -> str:
    point = int(match[1], 16) if match[1] else int(match[2])
    forbidden = (point < 0x20 and point not in (9, 10, 13)) or point == 0x7F
    forbidden = forbidden or 0xD800 <= point < 0xE000 or point in (0xFFFE, 0xFFFF) or point > 0x10FFFF
    return "\ufffd" if forbidden else match[0]
