"""Tokens of a paragraph whose quotes are masked, and where its sentences end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.text.quotes.spans import Mark, Para, Tok
from tui_news.text.quotes.wordfiles import read, words

_ELISION = r"(?:[ldsnmtjcLDSNMTJC]|qu|Qu|[Dd]ell|[Aa]ll|[Nn]ell|[Dd]all|[Uu]n|lorsqu|puisqu|jusqu)['’](?=\w)"
_BODY = (
    r"\d+(?:[.,:]\d+)*[^\W_]*(?:[-‐‑][^\W_]+)*"
    r"|(?:[^\W\d_]\.){2,}(?:[-‐‑][^\W_]+)?"
    r"|[^\W_]+(?:(?:['’ʼ\-‐‑&/@]|(?<![a-zß-öø-ÿ])\.(?=[^\W\d_])|\.(?=[a-zß-öø-ÿ])|(?<=[\u05d0-\u05ea])[\"״](?=[\u05d0-\u05ea]))[^\W_]+)*"
    r"|\n|[^\w\s]|_"
)
_TOKEN = re.compile(_BODY)
_ELIDING = re.compile(f"{_ELISION}|{_BODY}")
_INVERTED = r"(?:ils?|elles?|on|je|nous|vous)\b"  # French "a-t-il ajouté"
_FRENCH = re.compile(rf"{_ELISION}|[^\W_]+(?=-(?:t-)?{_INVERTED})|-(?:t-)?(?={_INVERTED})|{_BODY}")
_SHORT = words(read("common")["abbreviations"])
_TERMINAL = frozenset(".!?…。！？؟")
_CLOSING = " \t\n\u00a0\u202f\"'”“’‘»«›‹」』)]"
# What is longer than this, or quotes more often, is a list or worse, and is cut to keep the work linear.
_TOKENS = 300
_QUOTES = 10
_PAREN = 120  # code points; a longer parenthesis is a sentence of its own, not an aside


def tokens(text: str, para: Para, marks: Sequence[Mark], lang: str) -> list[Tok]:
    """The paragraph's tokens; each outermost mark becomes one "q" token, short asides in parentheses are left out."""
    pattern = _FRENCH if lang == "fr" else _ELIDING if lang in {"it", "ca"} else _TOKEN
    out: list[Tok] = []
    at = para.start
    for n, mark in enumerate(marks):
        _words(text, at, mark.start, pattern, out)
        out.append(Tok("q", "", text[mark.inner_end - 1], mark.start, mark.end, n))
        at = mark.end
    _words(text, at, para.end, pattern, out)
    return _without_asides(out)


def _words(text: str, start: int, end: int, pattern: re.Pattern[str], out: list[Tok]) -> None:
    skip_to = start
    for found in pattern.finditer(text, start, end):
        if found.start() < skip_to:
            continue
        word, stop = found.group(), found.end()
        if word == "\n":
            out.append(Tok("n", word, word, found.start(), stop))
        elif word[0].isalnum():
            low = word.lower().replace("’", "'")
            if stop < end and text[stop] == "." and (low in _SHORT or (len(word) == 1 and word.isupper())):
                stop += 1
                skip_to = stop
            out.append(Tok("w", text[found.start() : stop], low, found.start(), stop, -1, word[0].isupper()))
        elif word[0] != "-" or (stop - found.start() == 1 and not _hyphen(text, found.start(), pattern)):
            out.append(Tok("p", word, word, found.start(), stop))


def _hyphen(text: str, at: int, pattern: re.Pattern[str]) -> bool:
    """Whether the hyphen at `at` joins a French verb to its pronoun."""
    return pattern is _FRENCH and text[at - 1 : at].isalnum()


def _without_asides(toks: list[Tok]) -> list[Tok]:
    if not any(t.text in "([" for t in toks if t.kind == "p"):
        return toks
    out: list[Tok] = []
    opened = -1  # place in `out` of the parenthesis that is open
    for tok in toks:
        if tok.kind == "p" and tok.text in "([":
            opened = len(out)
        if tok.kind == "q":
            opened = -1
        out.append(tok)
        if tok.kind == "p" and tok.text in ")]" and opened >= 0:
            if tok.end - out[opened].start <= _PAREN:
                del out[opened:]
            opened = -1
    return out


def ends_sentence(text: str, mark: Mark) -> bool:
    """Whether the quoted words end like a sentence."""
    end = mark.inner_end
    while end > mark.inner_start and text[end - 1] in _CLOSING:
        end -= 1
    return end > mark.inner_start and text[end - 1] in _TERMINAL


def sentences(text: str, toks: Sequence[Tok], marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """Cut the tokens into sentences: pairs of places, end exclusive."""
    cuts: list[tuple[int, int]] = []
    start = quotes = 0
    for n, tok in enumerate(toks):
        quotes += tok.kind == "q"
        full = n + 1 - start >= _TOKENS or quotes >= _QUOTES
        if n + 1 < len(toks) and (full or _cut(text, toks, n, marks)):
            cuts.append((start, n + 1))
            start, quotes = n + 1, 0
        elif tok.kind == "n" and start == n:
            start = n + 1
    if start < len(toks):
        cuts.append((start, len(toks)))
    return cuts


def _cut(text: str, toks: Sequence[Tok], n: int, marks: Sequence[Mark]) -> bool:
    tok, after = toks[n], toks[n + 1]
    if tok.kind == "n":
        before = toks[n - 1] if n else tok
        return before.kind in "qn" or before.text in _TERMINAL or before.text == ":" or after.kind == "q"
    if tok.kind == "q":
        return after.kind in "qwn" and not _lower(after) and ends_sentence(text, marks[tok.quote])
    if tok.kind == "p" and tok.text in _TERMINAL:
        return after.kind == "q" or after.kind == "n" or (after.kind == "w" and not _lower(after))
    return False


def _lower(tok: Tok) -> bool:
    return tok.kind == "w" and tok.text[0].islower()
