"""Dash speech (Norwegian "replikkstrek", French and Spanish dialogue), and words of saying put inside a quotation.

A line that begins with a dash is speech up to the words of saying; where the language lets speech resume after them
("– Nei, sa hun. Aldri."), a second stretch follows. The same search cuts « …, dit-elle, … » in two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.spans import Mark, Para

_DASHED = re.compile(r"^[^\S\n]*([–—―]|-(?=\s))[^\S\n]*(?=[^\W\d_]|[«“\"„'‘¿¡…(])", re.M)
_MIDWAY = re.compile(r"(?<=[.!?:])[ \u00a0]([–—])[ \u00a0](?=[^\W\d_a-zæøåäö])")
_SAYING = re.compile(
    r"(?P<pause>[,!?…»”\"][ \u00a0]{0,3}[–—―-]?|\.[ \u00a0]{0,3}[–—―]|(?<=\w)[ \u00a0][–—―])[ \u00a0]{0,3}"
    r"(?:(?:[smlnt]|no)['’]|(?:se|lui|le|me|lhe|ci|nous|a|ha|har|hadde|hade) )?(?P<verb>[^\W\d_]+)(?P<rest>[ \u00a0\-])"
)
_STOP = re.compile(r"(?P<end>[.!?:](?=\s|$|[–—―»”\"]))|(?P<dash>,?[ \u00a0]?[–—―])|(?P<comma>,(?=\s))|\n")
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATED = re.compile(r"(?:^|[\s(])(?:[^\W\d_]|Dr|St|Mr|Mrs|kl|nr|ca|jr|sr)$")
_SENTENCE = re.compile(r"(?<=[.!?])[ \u00a0]+(?=[^\W\d_])")
_INCISED = frozenset({"fr", "it", "es", "pt", "ca", "ru", "uk", "pl", "ro", "bg"})
_IT = re.compile(r" det\b")
_NAMED_FIRST = frozenset({"fi", "et", "hu", "lv", "lt"})  # the name may stand before the verb of saying
_ABOVE = 1_500  # code points looked back over for the paragraph before
_CLAUSE = 200  # code points; a longer clause of saying is not one


def dash_speech(text: str, para: Para, lex: Lexicon) -> list[Mark]:
    """The stretches of dash speech in a paragraph, in order; each line that opens with a dash is read by itself."""
    opened = list(_DASHED.finditer(text, para.start, para.end))
    if not opened:
        return _midway(text, para, lex)
    out: list[Mark] = []
    for found in opened:
        line = text.find("\n", found.end(), para.end)
        stop = para.end if line < 0 else line
        while stop > found.end() and text[stop - 1].isspace():
            stop -= 1
        dash = found.group(1)
        if dash == "-" and not out and _goes_on(text, para.start, lex):
            dash = "–"
        out.extend(_line(text, found.start(1), found.end(), stop, dash, lex, len(opened)))
    return out


def _goes_on(text: str, start: int, lex: Lexicon) -> bool:
    """Whether the paragraph before is dash speech with words of saying, so that a hyphen here is a dash, too."""
    above = text[max(0, start - _ABOVE) : start].rstrip()
    begin = above.rfind("\n\n") + 1 and above.rfind("\n\n") + 2
    found = _DASHED.match(above, begin)
    return found is not None and next(_clauses(above, found.end(), len(above), lex), None) is not None


def _midway(text: str, para: Para, lex: Lexicon) -> list[Mark]:
    """Swedish and Norwegian papers: "Brandt var kort. – Vi får se, sade han.": only with words of saying."""
    found = _MIDWAY.search(text, para.start, para.end) if lex.resumes else None
    if found is None:
        return []
    if text[found.start() - 1] == ":" and text[para.end - 1] in ".!?…":
        return [Mark(found.start(1), para.end, found.end(), para.end, "–")]  # "Statsråden svarer: – Nei."
    line = text.find("\n", found.end(), para.end)
    return list(_line(text, found.start(1), found.end(), para.end if line < 0 else line, "-", lex, 1))


def _line(text: str, start: int, inner: int, stop: int, dash: str, lex: Lexicon, lines: int) -> Iterator[Mark]:
    clauses = list(_clauses(text, inner, stop, lex))
    if not clauses:
        if dash != "-" and lex.dash == "always" and _whole(text, inner, stop, lines):
            yield Mark(start, stop, inner, stop, "–")
        return
    end = inner
    for stopped, end in clauses:
        if stopped > inner:
            yield Mark(start, stopped, inner, stopped, "–")
        start, inner = _resumed(text, end, stop)
    if inner < stop and (lex.resumes or text[end:inner].strip(" .\u00a0") != ""):
        limit = _narrator(text, inner, stop, lex)
        if limit > inner:
            yield Mark(start, limit, inner, limit, "–")


def _resumed(text: str, end: int, stop: int) -> tuple[int, int]:
    """Where speech takes up again after a clause of saying: with its new dash, and without."""
    inner = _past_dash(text, end, stop)
    again = re.search(r"[–—―]\s*$", text[end:inner])
    return (end + again.start() if again else inner), inner


def _past_dash(text: str, at: int, stop: int) -> int:
    while at < stop and text[at] in " ,.\u00a0–—―":
        at += 1
    return at


def _whole(text: str, inner: int, stop: int, lines: int) -> bool:
    """Whether a dash line without words of saying is speech at all: no list item, no signature."""
    said = text[inner:stop]
    words = _WORD.findall(said)
    if said[-1:] in '.!?…»”"':
        return len(words) > 1 or said[-1] in "!?…."
    return lines < 3 and len(words) > 2 and not all(w[0].isupper() for w in words)


def _clauses(text: str, begin: int, stop: int, lex: Lexicon) -> Iterator[tuple[int, int]]:
    """Clauses of saying inside speech: (where the words before them end, where the words after them begin)."""
    at = begin
    while at < stop:
        found = _SAYING.search(text, at, stop)
        if found is None:
            return
        at = found.end("verb")
        verb = found["verb"]
        told = verb in lex.dash_say and _IT.match(text, found.end("verb"), stop) is not None
        if lex.pronouns.get(verb) in {"m", "f", "p"} or (lex.lang in _NAMED_FIRST and verb[0].isupper()):
            told = told or _says(text, found.end("verb"), stop, lex)  # Finnish ", hän sanoi", ", Rautio sanoo"
        if not told and (verb not in lex.say or verb in lex.gerunds):
            continue
        end = _clause_end(text, found.end("verb"), min(stop, found.end("verb") + _CLAUSE), lex, stop)
        if end is None:
            continue
        pause = found["pause"]
        yield found.start() + (1 if pause[0] in '!?…»”"' else 0), end
        at = end


def _says(text: str, at: int, stop: int, lex: Lexicon) -> bool:
    """Whether a verb of saying follows, after the rest of a name."""
    for after in islice(_WORD.finditer(text, at, stop), 3):
        if text[at : after.start()].strip(" -\u00a0"):
            return False  # a comma or a full stop between
        if after.group() in lex.say:
            return True
        if after.group()[0].islower():
            return False
        at = after.end()
    return False


def _clause_end(text: str, at: int, limit: int, lex: Lexicon, stop: int) -> int | None:
    for found in _STOP.finditer(text, at, limit):
        if found["end"]:
            if _ABBREVIATED.search(text, max(at, found.start() - 4), found.start()):
                continue
            return found.end()
        if found["dash"]:
            return found.start() + found["dash"].startswith(",")
        if found["comma"]:
            after = _WORD.search(text, found.end(), limit)
            if after and after.group() in lex.joints - lex.relatives - lex.ands:
                return found.end()
        elif found.group() == "\n":
            return found.start()
    return stop if limit == stop else None


def _narrator(text: str, begin: int, stop: int, lex: Lexicon) -> int:
    """Where the reporter takes over again ("Hun sier at …"), else `stop`."""
    at = begin
    while at < stop:
        first = _WORD.match(text, at)
        second = _WORD.search(text, first.end(), stop) if first else None
        if first and second and lex.pronouns.get(first.group().lower()) in {"m", "f"} and second.group() in lex.say:
            return max(begin, len(text[:at].rstrip()))
        gap = _SENTENCE.search(text, at, stop)
        if gap is None:
            return stop
        at = gap.end()
    return stop


def cut_incises(text: str, marks: list[Mark], lex: Lexicon) -> list[Mark]:
    """Split outermost quotations at `, VERB NAME,` for the languages that put the words of saying inside."""
    if lex.lang not in _INCISED:
        return marks
    out: list[Mark] = []
    for mark in marks:
        if mark.depth or mark.style == "–" or mark.end - mark.start < 20:
            out.append(mark)
            continue
        out.extend(_cut_one(text, mark, lex))
    return out


def _cut_one(text: str, mark: Mark, lex: Lexicon) -> Iterator[Mark]:
    start, inner = mark.start, mark.inner_start
    at = inner
    while at < mark.inner_end:
        found = _SAYING.search(text, at, mark.inner_end)
        if found is None:
            break
        at = found.end("verb")
        end = _incise_end(text, found, mark.inner_end, lex)
        if end is None:
            continue
        stop = found.start() + (1 if found["pause"][0] in "!?…" else 0)
        yield replace(mark, start=start, end=stop, inner_start=inner, inner_end=stop)
        start = inner = at = end
    yield replace(mark, start=start, inner_start=inner)


def _incise_end(text: str, found: re.Match[str], limit: int, lex: Lexicon) -> int | None:
    """Where speech resumes after a clause of saying inside a quotation; None when it is no such clause."""
    if found["verb"] not in lex.say:
        return None
    at = found.end("verb")
    subject = re.compile(r"(?:-t)?[- ]\s?(?P<who>[^\W\d_]+)").match(text, at, limit)
    if not subject or not (subject["who"][0].isupper() or subject["who"] in lex.pronouns or subject["who"] in lex.dets):
        return None
    stop = re.compile(r",\s*[–—]?\s*|[.]?\s+[–—]\s*|\.\s+").search(text, at, min(limit, at + 90))
    return stop.end() if stop else None
