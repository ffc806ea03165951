"""What must never be among the bytes that the program writes, whoever wrote the text."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

MARKER = b"CNRY7F"
# a string sequence (OSC, DCS, APC, PM, SOS) that a stranger's marker sits in, in 7-bit or 8-bit spelling
SEQUENCE = re.compile(rb"(?:\x1b[\]P_^X]|\xc2[\x90\x98\x9d\x9e\x9f])[^\x1b\x07]*CNRY7F")
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
# Seen by nobody and acting on no terminal, and yet there: soft hyphens, fillers, private signs, tags outside of a flag.
UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0001\U000e0100-\U000e01ef\U000f0000-\U0010ffff]"
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007f]|[\u200c\u200d]{2}|[\ufe00-\ufe0f]{2}"
)
MOST_MARKS = 8


@cache
def _heaps() -> re.Pattern[str]:
    """More combining marks than anybody writes on one letter."""
    marks = "".join(chr(o) for o in range(0x300, sys.maxunicode) if unicodedata.category(chr(o)) in ("Mn", "Me"))
    return re.compile(f"[{marks}]{{{MOST_MARKS + 1},}}")


def unseen(text: str) -> list[str]:
    """Of a stranger's text as it is kept and shown: what should have been taken out of it."""
    found = UNSEEN.search(text) or _heaps().search(text)
    return [f"unseen signs: {text[max(0, found.start() - 10) : found.end() + 10][:60]!a}"] if found else []


def marks_of_harm(shown: bytes) -> list[str]:
    """For what was written to a pipe: any control or bidi character, any sequence with the marker, anything unseen."""
    why = []
    if SEQUENCE.search(shown):
        why.append("a sequence with the marker was written")
    text = shown.decode("utf-8", "surrogateescape")
    if found := CONTROLS.search(text):
        around = text[max(0, found.start() - 20) : found.end() + 20]
        why.append(f"a control character was written: {around!r}")
    return why + unseen(text)
