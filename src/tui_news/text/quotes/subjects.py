"""Find the subject of a verb of saying."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.nouns import Source, read_right
from tui_news.text.quotes.spans import Tok

Toks = Sequence[Tok]
_FAR = 40  # tokens looked back over; a subject farther away is a guess
_NORDIC = frozenset({"no", "nn", "da", "sv"})
_BREAKS = frozenset(":;–—―")


def left_subject(toks: Toks, verb: int, low: int, lex: Lexicon) -> Source | None:
    """The subject that stands before the verb at `verb`, not before token `low`."""
    at = verb - 1
    low = max(low, verb - _FAR)
    while at >= low and toks[at].kind == "w" and toks[at].low in lex.skip and not toks[at].cap:
        if toks[at].low in lex.pronouns:
            break
        at -= 1
    if at < low:
        return None
    tok = toks[at]
    if noble(toks, at, verb, low):
        return Source(" ".join(t.text for t in toks[at - 2 : at + 1]), "name", at=toks[at - 2].start)
    if tok.kind == "w" and (tok.low in lex.ands or tok.low in lex.joints) and not tok.cap:
        return None  # the verb shares the subject of the one before
    if tok.low in lex.pronouns and tok.kind == "w" and not (tok.low in lex.relatives and tok.low not in {"sie"}):
        return Source(tok.text, "pronoun", lex.pronouns[tok.low], tok.start)
    if tok.text == ",":
        return _before_insert(toks, at, low, lex)
    if tok.low in lex.relatives and tok.kind == "w" and not lex.inverts:
        return _antecedent(toks, at, low, lex)
    begin = _clause_start(toks, at, low, lex)
    found = _subject_in(toks, begin, at + 1, lex)
    bare = found is not None and found.kind == "role" and not toks[begin].cap and toks[begin].low not in lex.dets
    if (found is None or bare) and begin > low and toks[begin - 1].low in lex.relatives and not lex.inverts:
        return _antecedent(toks, begin - 1, low, lex)
    if found and found.kind == "role" and begin - 1 > low and toks[begin - 1].text == ",":
        return _whose_apposition(toks, begin, low, lex) or found
    return found


def noble(toks: Toks, at: int, verb: int, low: int) -> bool:
    """`Von der Leyen betonte, …`: at a sentence's start, with the verb right behind and no subject after it."""
    opens = at - 2 == low and toks[low].text == "Von" and toks[low + 1].low in {"der", "den"} and toks[at].cap
    return opens and verb == at + 1 and verb + 1 < len(toks) and toks[verb + 1].text in {",", ":"}


def _clause_start(toks: Toks, at: int, low: int, lex: Lexicon) -> int:
    """The first token of the run of words that ends at `at`."""
    begin = at
    while begin > low:
        tok = toks[begin - 1]
        if tok.kind != "w" or tok.low in lex.say or (tok.low in lex.relatives and tok.low not in lex.dets):
            break
        if tok.low in lex.ands:
            if not _joins_nouns(toks, begin - 1, low, lex):
                break
        elif tok.low in lex.joints and not tok.cap:
            break
        begin -= 1
    return begin


def _joins_nouns(toks: Toks, at: int, low: int, lex: Lexicon) -> bool:
    """Whether the "and" at `at` stands between two names or noun phrases."""
    if at - 1 < low or at + 1 >= len(toks):
        return False
    left, right = toks[at - 1], toks[at + 1]
    if left.kind != "w":
        return False
    if left.cap and right.cap:
        return True
    led = right.low in lex.dets or right.cap
    if led and left.cap:
        while at > low and (toks[at - 1].cap or toks[at - 1].low in lex.of):
            at -= 1
        return at <= low or toks[at - 1].kind != "w" or toks[at - 1].low in lex.dets
    return led and not left.cap and at - 2 >= low and (toks[at - 2].low in lex.dets)


def _before_insert(toks: Toks, comma: int, low: int, lex: Lexicon) -> Source | None:
    """`NAME, a fisherman of thirty years, said`: the phrase before the insert that ends at `comma`."""
    at = comma - 1
    while at >= low and (toks[at].kind != "q" or (at > low and toks[at - 1].kind == "w")):
        tok = toks[at]
        if tok.kind == "p" and tok.text in _BREAKS:
            return None
        if tok.text == ",":
            begin = _clause_start(toks, at - 1, low, lex) if at - 1 >= low else at
            found = _subject_in(toks, begin, at, lex)
            inner = _subject_in(toks, at + 1, comma, lex)
            if (
                found
                and (found.kind == "role" or _office(toks, begin, at, lex) or _definite(toks, begin, at, low, lex))
                and inner
                and inner.kind == "name"
                and (toks[at + 1].cap or lex.caseless)
                and (" " in inner.text or (found.kind == "role" and toks[begin].low in lex.dets))
            ):
                return inner
            if found and (found.kind != "role" or begin == low or toks[begin - 1].kind != "w"):
                return found
            if found is None and at - 1 <= low:
                return None
        at -= 1
    return None


def _office(toks: Toks, begin: int, end: int, lex: Lexicon) -> bool:
    """In a script without capitals: whether the words name an office, so that a person's name may follow."""
    return lex.caseless and any(tok.low in lex.titles for tok in toks[begin:end])


def _definite(toks: Toks, begin: int, end: int, low: int, lex: Lexicon) -> bool:
    """Nordic `Regissøren, Ane Berg, sier …`: one word that opens the sentence, with the article at its end."""
    return (
        begin == low and end == begin + 1 and lex.lang in _NORDIC and toks[begin].low.endswith(("en", "et", "a", "n"))
    )


def _whose_apposition(toks: Toks, begin: int, low: int, lex: Lexicon) -> Source | None:
    """A name directly before the comma before a noun phrase: "Anna Berg, head of the board said"."""
    at = begin - 2
    if at < low or not toks[at].cap:
        return None
    start = _clause_start(toks, at, low, lex)
    found = _subject_in(toks, start, at + 1, lex)
    return found if found and found.kind == "name" else None


def _antecedent(toks: Toks, at: int, low: int, lex: Lexicon) -> Source | None:
    """The phrase a relative pronoun at `at` stands for."""
    at -= 1
    near = at  # without a comma it is the nearest noun: "to residents who say"
    while at >= low and toks[at].kind == "p" and toks[at].text in {",", "–", "—"}:
        at -= 1
    if at < low or toks[at].kind != "w":
        return None
    begin = _clause_start(toks, at, low, lex)
    if at == near:
        begin = next((n + 1 for n in range(at, begin - 1, -1) if _bounds(toks[n], lex)), begin)
    return _subject_in(toks, begin, at + 1, lex)


def _bounds(tok: Tok, lex: Lexicon) -> bool:
    return not tok.cap and (
        tok.low in lex.skip or (tok.low in lex.preps and tok.low not in lex.of - {"from", "in", "at"})
    )


def _subject_in(toks: Toks, begin: int, end: int, lex: Lexicon) -> Source | None:
    """The subject within a run of words that ends before the verb."""
    while (
        begin < end
        and toks[begin].kind == "w"
        and (toks[begin].low in lex.skip or toks[begin].low in lex.joints)
        and toks[begin].low not in lex.dets
        and toks[begin].low not in lex.pronouns
    ):
        begin += 1
    if begin >= end or toks[begin].kind != "w":
        return None
    if lex.inverts and _opens_obliquely(toks[begin], lex):
        return None
    return main_subject(toks, begin, end, lex, tight=True)


def _opens_obliquely(tok: Tok, lex: Lexicon) -> bool:
    return tok.low in lex.preps or tok.low in lex.oblique or tok.low in lex.skip or tok.low in lex.joints


def main_subject(toks: Toks, begin: int, end: int, lex: Lexicon, *, tight: bool = False) -> Source | None:
    """The first noun phrase of toks[begin:end] that depends on no preposition.

    tight: the words are known to be one clause's run up to its verb, so bare nouns count as well.
    """
    at = begin
    in_phrase = False  # inside a prepositional phrase: its nouns are no subjects
    while at < end:
        tok = toks[at]
        if tok.kind != "w":
            in_phrase = False
        elif tok.low in lex.pronouns and not (tok.low in lex.dets and at + 1 < end and toks[at + 1].kind == "w"):
            return Source(tok.text, "pronoun", lex.pronouns[tok.low], tok.start)
        elif tok.low in lex.preps and (not tok.cap or at == begin or tok.low in lex.stops):
            in_phrase = True
        elif tok.low in lex.oblique or (tok.low in lex.joints and not tok.cap):
            in_phrase = in_phrase or tok.low in lex.oblique
        elif in_phrase:
            at = _past_phrase(toks, at, end, lex)
            in_phrase = False
            continue
        elif _may_begin(toks, at, begin, end, lex, tight):
            found = read_right(toks, at, end, lex)
            if found:
                return found
        at += 1
    return None


def _past_phrase(toks: Toks, at: int, end: int, lex: Lexicon) -> int:
    """Skip one noun phrase after a preposition; a name right after a date or year is left standing."""
    led = at if toks[at].low in lex.dets else -2
    if led >= 0:
        at += 1
    while at < end and toks[at].kind == "w" and not toks[at].cap and not toks[at].text[0].isdigit():
        if (
            toks[at].low in lex.preps
            or toks[at].low in lex.dets
            or toks[at].low in lex.pronouns
            or toks[at].low in lex.say
        ):
            return at
        at += 1
    if not lex.inverts and led >= 0 and at > led + 1:
        return at  # "In her letter Ann Berg wrote": the name is another phrase
    dated = False
    while at < end and toks[at].kind == "w" and (toks[at].cap or toks[at].text[0].isdigit()):
        is_date = toks[at].low in lex.stops or toks[at].text[0].isdigit()
        if dated and not is_date:
            return at
        dated = dated or is_date
        at += 1
    return at


def _may_begin(toks: Toks, at: int, begin: int, end: int, lex: Lexicon, tight: bool) -> bool:
    tok = toks[at]
    if tok.low in lex.dets:
        return True
    if lex.caseless:
        return tok.low not in lex.skip and tok.low not in lex.joints
    if tok.cap:
        if tok.low in lex.stops or tok.low in lex.joints or tok.low in lex.gerunds or tok.low in lex.skip:
            return False
        after = toks[at + 1] if at + 1 < end else None
        if tight or after is None or after.kind != "w" or after.cap:
            return True
        return not (at == begin and tok.low.endswith(("ing", "ed", "ly")))
    if not tight or tok.low in lex.skip or tok.low in lex.say or tok.low in lex.joints or tok.low in lex.relatives:
        return False
    rest = toks[at:end]
    return len(rest) <= 5 or any(t.cap for t in rest[:5])
