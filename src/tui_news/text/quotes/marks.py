"""Find pairs of quotation marks: one pass with a stack, so that a megabyte of marks costs no more than prose.

A mark's neighbours say whether it can open or close; the stack says what it would close. A pair never crosses a
paragraph, except by the newspaper convention that each paragraph of a long quote opens again and only the last
closes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tui_news.models.late import dataclass
from tui_news.text.quotes.spans import Mark, Para

MARK = re.compile(r"``|''|[\"“”„‟«»‹›‘’‚‛'「」『』《》〈〉〝〞〟＂]")
_CLOSERS: dict[str, str] = {
    "“": '”"“＂',
    "”": "”",
    "„": '“”"‟„',
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹›",
    "‘": "’'‘",
    "’": "’",
    "‚": "‘’'",
    "‛": "’",
    "'": "'’",
    '"': '"”＂',
    "＂": "＂",
    "``": "''",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "〝": "〞〟",
}
_PAIRED = frozenset("「」『』《》〈〉〝〞〟")
SINGLES = frozenset("'’‘‛")
_TIGHT_OPEN = frozenset("([{-–—―/¿¡:…;,.>|*_#=+~")
_ELIDED = re.compile(r"(?:\d0s|tis|twas|twere|twill|em|n|til|cause|cos|bout|round|ere|s|d|ll|re|ve)\b", re.I)
_SAID = re.compile(r"[^\W_]")
_FORGOTTEN = 600  # code points that an opening mark without its close may hold
_DEPTH = 6  # deeper nesting than this is noise, not language


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    after: int


class _Pass:
    """One paragraph's marks, with what lies ahead of each known (so that nothing is searched twice)."""

    def __init__(self, text: str, para: Para) -> None:
        self.text, self.para = text, para
        self.hits = [(m.group(), m.start(), m.end()) for m in MARK.finditer(text, para.start, para.end)]
        self.stack: list[_Open] = []
        self.pairs: list[Mark] = []
        self.firm = _firm_closers_ahead(text, self.hits, para)

    def before(self, start: int) -> str:
        return self.text[start - 1] if start > self.para.start else " "

    def after(self, end: int) -> str:
        return self.text[end] if end < self.para.end else " "

    def within_word(self, start: int, end: int) -> bool:
        before, after = self.before(start), self.after(end)
        return before.isalnum() and after.isalnum() and not (_no_spaces(before) or _no_spaces(after))

    def run(self) -> None:
        for n, (mark, start, end) in enumerate(self.hits):
            if mark in SINGLES and self.within_word(start, end):
                continue
            if not self.close(n, mark, start, end) and self.opens(mark, start, end):
                self.stack.append(_Open(mark, start, end))
                if len(self.stack) > _DEPTH:
                    del self.stack[0]

    def close(self, n: int, mark: str, start: int, end: int) -> bool:
        for back in range(1, len(self.stack) + 1):
            opener = self.stack[-back]
            if mark in _CLOSERS[opener.mark] and (len(mark) == 1 or opener.mark == "``"):
                if start <= opener.after or not self.closes(n, opener.mark, mark, start, end):
                    continue
                del self.stack[-back:]
                if not _SAID.search(self.text, opener.after, start):
                    return True  # marks around nothing
                self.pairs.append(Mark(opener.start, end, opener.after, start, opener.mark, len(self.stack)))
                return True
        return False

    def closes(self, n: int, opener: str, mark: str, start: int, end: int) -> bool:
        before, after = self.before(start), self.after(end)
        if mark in _PAIRED or (mark in "»›" and opener in "«‹") or mark == "''":
            return True
        if opener == "»":  # Danish and German books turn the guillemets round
            return (mark == "«" and not before.isspace()) or (mark == "»" and not before.isspace())
        if before.isspace() and not after.isspace():
            return False
        if mark in SINGLES and opener in "‘‚‛'’":
            return self.closes_single(n, before, after)
        if mark == '"':
            if after.isalnum() and not _no_spaces(after):
                return False
            return not (before.isdigit() and opener == '"' and self.inches(n))
        if mark in "“„" and after.isalnum() and not _no_spaces(after):
            return mark == "“" and opener == "„" and not before.isspace()
        return True

    def closes_single(self, n: int, before: str, after: str) -> bool:
        if (after.isalnum() and not _no_spaces(after)) or before.isspace():
            return False
        if before in ".,!?…;)]":
            return True
        return not (before in "sSxXzZ" and self.firm[n])

    def inches(self, n: int) -> bool:
        """Whether a " after a digit is a unit: another " follows that closes and does not open."""
        if n + 1 >= len(self.hits) or self.hits[n + 1][0] != '"':
            return False
        _, start, end = self.hits[n + 1]
        return not self.before(start).isspace() and not self.after(end).isalnum()

    def opens(self, mark: str, start: int, end: int) -> bool:
        if mark not in _CLOSERS:
            return False
        before, after = self.before(start), self.after(end)
        if mark in _PAIRED or mark == "„":
            return True
        if mark in "«‹":
            return not after.isspace() or (after in "\u00a0\u202f " and not before.isalnum())
        if mark == "“":
            return not after.isspace() or before.isspace()
        free = before.isspace() or before in _TIGHT_OPEN or before in MARKS or _no_spaces(before)
        if after.isspace() or not free:
            return False
        if before == " " and self.text[max(self.para.start, start - 2) : start - 1] == "=":
            return False  # name = "value"
        if mark in "'‘’‛":
            return self.opens_single(mark, before, after, end)
        if mark in '"”»›' and before in "=(" and start - 2 >= self.para.start:
            return before == "(" and self.text[start - 2].isspace()
        if mark in "”»›":
            return after.isalnum() or after in "¿¡…[(-–—'‘“"
        return True

    def opens_single(self, mark: str, before: str, after: str, end: int) -> bool:
        if not (after.isalpha() or (after.isdigit() and mark == "‘") or after in '[…¿¡"“'):
            return False
        if before == "-" or (mark == "’" and before not in " \n\t"):
            return False
        return not _ELIDED.match(self.text, end)


MARKS = frozenset("\"“”„‟«»‹›‘’‚‛'「」『』《》〈〉")


def _no_spaces(char: str) -> bool:
    """Whether the character belongs to a script that writes without spaces (or to Korean, which glues particles)."""
    return "\u3000" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or "\uff00" <= char <= "\uffef"


def _firm_closers_ahead(text: str, hits: list[tuple[str, int, int]], para: Para) -> list[bool]:
    """For each mark: does a single closing mark after punctuation follow before the next opening single mark?"""
    out = [False] * len(hits)
    ahead = False
    for n in range(len(hits) - 1, -1, -1):
        out[n] = ahead
        mark, start, end = hits[n]
        if mark not in SINGLES:
            continue
        before = text[start - 1] if start > para.start else " "
        after = text[end] if end < para.end else " "
        if before.isspace() and not after.isspace():
            ahead = False
        elif not after.isalnum() and not before.isspace() and before not in "sSxXzZ":
            ahead = True
    return out


def pairs(text: str, paras: list[Para]) -> Iterator[list[Mark]]:
    """For each paragraph its pairs, sorted by start, outermost first. Shapes: as `Mark` says."""
    group, running = 0, False
    for n, para in enumerate(paras):
        step = _Pass(text, para)
        step.run()
        found = step.pairs
        carried = _carried(step, paras[n + 1] if n + 1 < len(paras) else None, text)
        found += [carried] if carried is not None else _left_open(step, text)
        found = _nested(found)
        if found and (running or carried is not None):
            group += not running
            found = _grouped(found, group, running, carried)
        running = carried is not None
        yield found


def _grouped(found: list[Mark], group: int, running: bool, carried: Mark | None) -> list[Mark]:
    out = list(found)
    for n, mark in enumerate(out):
        if (running and n == 0) or (carried is not None and mark.start == carried.start):
            out[n] = replace(mark, group=group)
    return out


def _carried(step: _Pass, after: Para | None, text: str) -> Mark | None:
    """An opener that the paragraph leaves open and the next paragraph repeats: it runs to the paragraph's end."""
    if after is None:
        return None
    for opener in step.stack:
        lower = text[opener.after : opener.after + 1].islower()  # words that no later part goes on from
        single = opener.mark in "'‘’" and not (opener.mark == "‘" and opener.start == step.para.start)
        if not single and not lower and text.startswith(opener.mark, after.start):
            return Mark(opener.start, step.para.end, opener.after, step.para.end, opener.mark)
    return None


def _left_open(step: _Pass, text: str) -> list[Mark]:
    """A mark that can only open, before a sentence, with the paragraph's last words behind it: nobody closed it."""
    for opener in step.stack:
        before = text[max(step.para.start, opener.start - 2) : opener.start].strip()
        begins = opener.start == step.para.start or before[-1:] in {".", ":", "!", "?", ","}
        whole = text[opener.after : opener.after + 1].isupper() and text[step.para.end - 1] in ".!?…"
        later = any(start > opener.start and text[start] in '“„”»«"' for _, start, _ in step.hits)
        if opener.mark in "“„«" and begins and whole and not later and step.para.end - opener.start < _FORGOTTEN:
            return [Mark(opener.start, step.para.end, opener.after, step.para.end, opener.mark)]
    return []


def _nested(found: list[Mark]) -> list[Mark]:
    """Sort, drop what crosses another pair, and number the depth."""
    out: list[Mark] = []
    enclosing: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -m.end)):
        while enclosing and enclosing[-1].end <= mark.start:
            enclosing.pop()
        if enclosing and mark.end > enclosing[-1].end:
            continue
        out.append(mark if mark.depth == len(enclosing) else replace(mark, depth=len(enclosing)))
        enclosing.append(mark)
    return out
