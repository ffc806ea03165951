"""Turn strings from outside into ours: no control, bidi or invisible character ever reaches the store or the screen.

Cleaning removes the offending character alone, never the "sequence" it may start: a truncated escape sequence must not
swallow the words after it. Text in living scripts (Hebrew, Arabic, Persian with ZWNJ, Thai, Tibetan, Devanagari,
Vietnamese, emoji families and flags) comes out as it went in. Cleaning is idempotent.
"""

from __future__ import annotations

import re

from tui_news.text.lazy import lazily
from tui_news.text.urls import clean_url, mask_url, without_login

__all__ = [
    "UNSAFE",
    "clean_line",
    "clean_text",
    "clean_url",
    "is_safe",
    "mask_url",
    "scrub",
    "scrub_after",
    "without_login",
]

# What must never be written to a terminal, whatever its origin: C0 but newline, DEL, C1, bidi controls and marks,
# zero-width and annotation characters, line separators, surrogates.
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)

# What needs no second look: newline, letters, digits, printable punctuation and symbols of the common scripts.
_PLAIN = (
    "\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037a-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u0531-\u0556\u0561-\u0586\u05d0-\u05ea\u060c\u061b\u061f-\u064a\u0660-\u066f\u0671-\u06d3\u06f0-\u06f9"
    "\u0e01-\u0e30\u0e32\u0e33\u0e3f-\u0e46\u0e50-\u0e59\u10d0-\u10ff\u1e00-\u1f15\u2000-\u200a\u2010-\u2027"
    "\u202f-\u205f\u2070\u2071\u2074-\u208e\u20a0-\u20c0\u2100-\u218b\u2190-\u2426\u2460-\u27ff\u2801-\u2b73"
    "\u3000-\u3029\u3030-\u303f\u3041-\u3096\u309b-\u30ff\u3105-\u312f\u3131-\u3163\u3165-\u318e\u3190-\u31e3"
    "\u3220-\ua48c\uac00-\ud7a3\uf900-\ufa6d\uff01-\uff9f\uffa1-\uffbe\uffe0-\uffe6\ufffd"
    "\U0001f1e6-\U0001f1ff\U0001f300-\U0001f64f\U0001f680-\U0001f6d7\U0001f900-\U0001f9ff\U00020000-\U0002a6d6"
)
_ODD = lazily(f"[^{_PLAIN}]")
_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_RUNS = re.compile("[ \xa0\u2000-\u200a\u202f\u205f\u3000]{2,}")
_INPUT_SLACK = 65_536  # how much dropped matter we read past before giving up on reaching `limit`
_DANGLING = "\u200c\u200d" + "".join(map(chr, range(0xE0020, 0xE0080)))


def clean_line(s: str, limit: int = 1000) -> str:
    """One row of text, at most `limit` characters: breaks and tabs become spaces, runs are folded, ends stripped."""
    s = s[: limit * 4 + _INPUT_SLACK]
    if not (s.isascii() and s.isprintable()):
        s = _RUNS.sub(" ", scrub(s.replace("\t", " ")).replace("\n", " "))
        bare = s.strip()
        s = scrub(bare) if len(bare) < len(s) else s  # a mark that stood on a space now stands at the start
    elif "  " in s:
        s = _RUNS.sub(" ", s)
    return _cut(s.strip(), limit)


def clean_text(s: str, limit: int = 1_000_000, code: bool = False) -> str:
    """Text of at most `limit` characters that keeps its line breaks as "\\n". Tabs: four spaces in code, else one."""
    s = s[: limit * 4 + _INPUT_SLACK]
    if "\t" in s:
        s = s.replace("\t", "    " if code else " ")
    return _cut(scrub(s), limit)


def is_safe(s: str) -> bool:
    """Whether nothing in the string can act on a terminal (line feeds are allowed)."""
    return UNSAFE.search(s) is None


def scrub(s: str) -> str:
    """Clean text of any length: as `clean_text`, without limit; tabs are dropped."""
    if _ODD.search(s) is None:
        return s
    from tui_news.text.scrubbing import scrub_odd  # the tables cost a millisecond: most runs never need them

    return scrub_odd(_BREAKS.sub("\n", s))


def scrub_after(before: str, s: str) -> str:
    """Clean `s`, knowing the (clean) text `before` it: marks and joiners look back across the seam."""
    if _ODD.search(s) is None:
        return s
    tail = "x" + before[-32:]
    whole = scrub(tail + s)
    return whole[len(tail) :] if before and whole.startswith(tail) else scrub(s)


def _cut(s: str, limit: int) -> str:
    if len(s) <= limit:
        return s
    return s[: max(limit - 1, 0)].rstrip(_DANGLING).rstrip() + "…"[:limit]
