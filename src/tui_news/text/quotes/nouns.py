"""Read who is meant: the name or noun phrase to the right or left of a verb, without a parser."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.models.late import dataclass
from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.spans import Tok
from tui_news.text.quotes.wordfiles import read, words

Toks = Sequence[Tok]
_COMMON = read("common")
_PARTICLES, _GROUPS = words(_COMMON["particles"]), words(_COMMON["groups"])
_POSSESSIVE = ("'s", "’s", "s'", "s’")
_GENITIVE = frozenset({"des", "der", "vom"})
_TO = frozenset({"a", "al", "à", "au", "aux", "ao", "aos", "alla", "all'"})
_ROMANCE = frozenset({"es", "fr", "it", "pt", "ca", "ro"})
_LONGEST = 12  # words in a noun phrase


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks. kind: "name", "role" or "pronoun" (then `gender` says which: m, f, p, n, i)."""

    text: str
    kind: str
    gender: str = ""
    at: int = 0  # code point where it stands


def read_right(toks: Toks, at: int, end: int, lex: Lexicon, *, oblique: bool = False) -> Source | None:
    """The noun phrase that begins at token `at` (after adverbs and dates), or None."""
    at = _after_adverbs(toks, at, end, lex)
    if at >= end or toks[at].kind != "w":
        return None
    first = toks[at]
    if first.low in lex.pronouns and not (first.low in lex.dets and _starts_noun(toks, at + 1, end, lex)):
        return Source(first.text, "pronoun", lex.pronouns[first.low], first.start)
    if (
        oblique
        and first.low in lex.objects
        and not (at + 1 < end and toks[at + 1].kind == "w" and _noun(toks[at + 1], lex))
    ):
        return Source(first.text, "pronoun", lex.objects[first.low], first.start)
    if not oblique and _opens_aside(first, lex):
        past = _past_addressee(toks, at, end, lex)
        return phrase(toks[past : _phrase_end(toks, past, end, lex)], lex) if past else None
    if first.low in lex.joints or (first.low in lex.relatives and first.low not in lex.dets):
        return None
    stop = _phrase_end(toks, at, end, lex)
    source = phrase(toks[at:stop], lex)
    if source and source.kind == "role":
        return _named_after(toks, stop, end, lex) or source
    return source


def _past_addressee(toks: Toks, at: int, end: int, lex: Lexicon) -> int:
    """Romance `aseguró a este diario NAME`: where the name begins behind "to" and a noun; 0 if none does."""
    if toks[at].low not in _TO or lex.inverts or lex.lang == "en":
        return 0
    for n in range(at + 2, min(at + 6, end)):
        if toks[n].kind != "w":
            return 0
        if toks[n].cap:
            return n if not toks[n - 1].cap and toks[n - 1].low not in lex.preps | lex.dets else 0
    return 0


def _noun(tok: Tok, lex: Lexicon) -> bool:
    """Whether the word after "her" may be a noun, so that "her" is whose it is."""
    little = (lex.say, lex.skip, lex.preps, lex.joints, lex.dets, lex.pronouns, lex.oblique)
    return all(tok.low not in words for words in little)


def _opens_aside(tok: Tok, lex: Lexicon) -> bool:
    if tok.low in lex.dets:
        return False
    return tok.low in lex.oblique or (tok.low in lex.preps and not tok.cap)


def _after_adverbs(toks: Toks, at: int, end: int, lex: Lexicon) -> int:
    for _ in range(6):
        if at < end and toks[at].kind == "w" and toks[at].low in lex.skip and not toks[at].cap:
            if toks[at].low in lex.pronouns or _article(toks, at, end, lex):
                break
            at += 1
        elif at + 1 < end and toks[at].low in lex.preps and toks[at + 1].low in lex.stops and toks[at + 1].cap:
            at += 2
        else:
            break
    return at


def _article(toks: Toks, at: int, end: int, lex: Lexicon) -> bool:
    """Whether a word that may be an object ("le dit") is the article of what follows ("le préfet")."""
    if toks[at].low not in lex.dets or at + 1 >= end or toks[at + 1].kind != "w":
        return False
    after = toks[at + 1].low
    return after not in lex.say and after not in lex.skip and after not in lex.preps


def _starts_noun(toks: Toks, at: int, end: int, lex: Lexicon) -> bool:
    if at >= end or toks[at].kind != "w":
        return False
    tok = toks[at]
    return tok.cap or (
        not lex.caseless
        and tok.low not in lex.say
        and tok.low not in lex.skip
        and tok.low not in lex.preps
        and at + 1 < end
        and toks[at + 1].cap
    )


def _phrase_end(toks: Toks, at: int, end: int, lex: Lexicon) -> int:
    """Where the noun phrase that starts at `at` ends."""
    n, capped, led = at, False, not toks[at].cap
    if toks[at].low in lex.dets or toks[at].low in lex.oblique:
        led = True
        n += 1
    while n < end and n - at < _LONGEST and toks[n].kind == "w":
        tok = toks[n]
        if tok.cap:
            capped = True
        elif not _goes_on(toks, n, end, lex, capped, led, n - at):
            break
        n += 1
    return n


def _goes_on(toks: Toks, n: int, end: int, lex: Lexicon, capped: bool, led: bool, length: int) -> bool:
    """Whether the lower-case word at `n` still belongs to the phrase."""
    low = toks[n].low
    following = toks[n + 1] if n + 1 < end else None
    if lex.caseless:
        return length < 3 and low not in lex.preps and low not in lex.joints and low not in lex.say
    if low in lex.titles and following and following.cap:
        return True
    if low in lex.ands:
        return bool(
            following and following.kind == "w" and (following.cap or following.low in lex.dets) and (capped or led)
        )
    if capped and following and following.cap and (low in _PARTICLES or low in lex.of or low in lex.oblique):
        return low not in {"for", "at", "from", "in", "i", "för", "av", "af", "fra", "från"}
    if low in lex.of and led and not capped and following and following.kind == "w":
        return True
    if low in lex.preps or low in lex.joints or low in lex.relatives or low in lex.say or low in lex.skip:
        return False
    if low in lex.gerunds or (low in lex.weak and toks[n - 1].low not in lex.dets):
        return False
    if not capped or (led and lex.lang != "de"):
        return True
    if lex.inverts:  # after the noun only its genitive goes on: "Sprecher der deutschen Regierung"
        genitive = lex.of | lex.oblique
        return low in genitive or (toks[n - 1].low in genitive and low.endswith(("en", "er", "es", "em")))
    if low.endswith("ed"):
        return False
    ahead = [t for t in toks[n + 1 : min(n + 4, end)] if t.kind == "w" and t.low not in lex.preps]
    return bool(ahead) and any(t.cap for t in ahead) and toks[n + 1].kind == "w" and toks[n + 1].low not in lex.preps


def _named_after(toks: Toks, at: int, end: int, lex: Lexicon) -> Source | None:
    """A name set off by a comma after an office ("the judge, Anna Berg, said"), perhaps after "of the court"."""
    n = at
    while n < end and n - at < 8 and toks[n].kind == "w":
        little = toks[n].low in lex.skip and toks[n].low not in lex.dets
        if toks[n].low in lex.say or toks[n].low in lex.joints or little:
            return None
        n += 1
    if n + 2 >= end or toks[n].text != "," or not toks[n + 1].cap:
        return None
    stop = _phrase_end(toks, n + 1, end, lex)
    named = phrase(toks[n + 1 : stop], lex)
    closed = stop < end and toks[stop].text == ","
    if not named or named.kind != "name" or (" " not in named.text and not closed):
        return None
    if stop < end and toks[stop].kind == "w" and not (toks[stop].low in lex.preps or toks[stop].low in lex.skip):
        return None
    return named


def phrase(toks: Toks, lex: Lexicon) -> Source | None:
    """Make a source of a noun phrase's tokens: the person's name inside it if there is one, else all of it."""
    part = list(toks)
    while (
        part
        and (part[-1].low in lex.skip or part[-1].low in _PARTICLES or part[-1].low in lex.dets)
        and not part[-1].cap
    ):
        part.pop()
    while part and part[0].low in lex.stops and part[0].low not in lex.dets and part[0].low not in lex.titles:
        part.pop(0)
    if lex.lang == "en":
        while len(part) > 1 and not part[-1].cap and part[-1].low.endswith("ly"):
            part.pop()
    if not part or (len(part) == 1 and not lex.caseless and part[0].low in lex.dets | lex.stops | lex.oblique):
        return None
    if lex.caseless:
        named = [t for t in part if t.low not in lex.titles] or part
        return Source(" ".join(t.text for t in named), "name", at=named[0].start)
    if all(t.text[0].isdigit() for t in part):
        return None
    if lex.lang == "de" and part[0].low not in lex.dets and not any(t.cap for t in part):
        return None  # "worden"
    name = _name_in(part, lex)
    chosen = name or part
    kind = "name" if name else "role"
    return Source(_joined(chosen), kind, at=chosen[0].start)


def _joined(toks: Toks) -> str:
    text = " ".join(t.text for t in toks)
    for ending in ("'s", "’s"):
        text = text.removesuffix(ending)
    return re.sub(r"(['’]) ", r"\1", text)


def _name_in(part: list[Tok], lex: Lexicon) -> list[Tok] | None:
    first = len(part)
    of = next((n for n in range(2, len(part)) if part[n].low == "of"), 0)
    if lex.lang == "en" and of and all(t.cap and t.low not in lex.titles | _GROUPS for t in part[:of]):
        return part[:of]  # "Kit Rowe of Elmore"
    if any(t.low in lex.ands and not t.cap for t in part[1:-1]):
        return None  # several together: all of them
    while first > 0 and (
        part[first - 1].cap
        or (
            part[first - 1].low in _PARTICLES
            and first < len(part)
            and part[first - 1].low not in {"the", "of", "and", "und", "&"}
        )
    ):
        first -= 1
    while first < len(part) and (
        not part[first].cap or (part[first].low in lex.dets | lex.oblique and part[first].low != part[-1].low)
    ):
        first += 1
    run = part[first:]
    if not run:
        return None
    led = first > 0
    if all(t.low in lex.titles for t in run):
        return None  # "one neo-bank CEO"
    if lex.lang == "de" and led and part[first - 1].low in _GENITIVE and any(t.cap for t in part[: first - 1]):
        return None  # "Trainer des SC Altmark"
    if lex.lang in _ROMANCE and led and first > 1 and (run[0].low in lex.of or part[first - 1].low in lex.of):
        return None  # "la consejera de Salud", "el alcalde de Madrid"
    for n in range(len(run) - 1, 0, -1):
        before = run[n - 1]
        office = before.low.rstrip(".") in lex.titles or before.low.endswith(lex.suffixes or ("\0",))
        rest = run[n:]
        if (office or before.text.endswith(_POSSESSIVE)) and not (len(rest) == 1 and rest[0].low in _GROUPS):
            return None if rest[0].low in lex.of | lex.oblique and not rest[0].cap else rest
    if not led:
        return run
    if len(run) == 1 and (lex.lang == "de" or (first == 1 and part[0].low in lex.dets)):
        return None
    if len(run) == 1 and run[0].low in _GROUPS:
        return None
    return run
