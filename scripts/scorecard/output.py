"""What must never be among the bytes that the program writes, whoever wrote the text."""

from __future__ import annotations

import re

MARKER = b"CNRY7F"
# a string sequence (OSC, DCS, APC, PM, SOS) that a stranger's marker sits in, in 7-bit or 8-bit spelling
SEQUENCE = re.compile(rb"(?:\x1b[\]P_^X]|\xc2[\x90\x98\x9d\x9e\x9f])[^\x1b\x07]*CNRY7F")
CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def marks_of_harm(shown: bytes) -> list[str]:
    """For what was written to a pipe: any control or bidi character, any sequence with the marker."""
    why = []
    if SEQUENCE.search(shown):
        why.append("a sequence with the marker was written")
    text = shown.decode("utf-8", "surrogateescape")
    if found := CONTROLS.search(text):
        around = text[max(0, found.start() - 20) : found.end() + 20]
        why.append(f"a control character was written: {around!r}")
    return why
