"""Is it speech, a title, or a word held with tongs?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_news.models.article import QuoteKind
from tui_news.text.quotes.cues import FIRM, REPORTED
from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.spans import Mark, Tok
from tui_news.text.quotes.wordfiles import read, words

_WORD = re.compile(r"[^\W_]+(?:['’\-‐‑.&/][^\W_]+)*")
_SENTENCES = re.compile(r"[?!…] [^\W\d_]|[!?]$")  # "Whose streets? Our streets!" is no title
_SMALL = words(read("common")["small"])
_TITLE_MARKS = frozenset("『《〈")
_SHORT, _SURE = 2, 75  # one or two words are speech only if the cue is this sure
_LONG = 5  # words from which a quote without other signs is taken as speech; one fewer beside _SOME cue
_SOME = 45
_NAMING = 2  # words between "according to" and the quoted name of a paper: "laut der Website"
_CALLED = frozenset({"von", "als", "ein", "eine", "einem", "einen", "einer"})
_CALL = frozenset(str.split("call calls called nicknamed dub dubbed term termed"))
_LONG_CJK = 9  # characters, where words are not spaced


def kind_of(
    text: str,
    mark: Mark,
    weight: int,
    toks: Sequence[Tok],
    at: int,
    lex: Lexicon,
    capitals: bool = True,
    alone: bool = False,
) -> QuoteKind:
    """The kind of the quote at token `at`, whose best cue has this weight.

    alone: nothing but the quote in its sentence. capitals: False inside a headline, where they do not make a title.
    """
    inner = text[mark.inner_start : mark.inner_end].strip()
    if mark.style == "–":
        return "speech"
    words = _WORD.findall(inner)
    if not words:
        return "term"
    if mark.style in _TITLE_MARKS:
        return "title"
    count = _length(inner, words)
    before = _word_before(toks, at)
    said_of = lex.lang == "de" and weight >= _SURE and before in _CALLED  # "sprach von einem „Akt der Willkür“"
    titled = capitals and not said_of and _titled(words, lex) and not _SENTENCES.search(inner)
    lower = inner[0].islower() and weight >= _SURE  # "ha definito l’opera “uno scempio”"
    if _names_work(before, lex) and weight < 97 and count <= 12 and not lower:
        return "title" if titled or count <= _LONG or weight < FIRM else "speech"
    if count <= 3 and weight < 90 and _inside_name(toks, at):
        return "term"
    if titled and before in lex.preps and 1 < count < 9:
        return "title"
    if count <= 3 and _after_source(toks, at, lex):
        return "title"
    if count <= _called_so(toks, at, lex):
        return "term"
    if before in lex.named and not (count > _SHORT and _his_word(toks, at, lex)):
        return "term" if count <= _LONG or not _sentence_like(inner) else "speech"
    if alone and inner[-1] in ".!?…" and inner[0].isupper():
        return "speech"
    if titled and weight >= FIRM and count >= _LONG and _sentence_like(inner):
        return "speech"
    if titled and (len(words) > 1 or not weight >= 90) and not (weight >= 90 and _sentence_like(inner)):
        return "title" if len(words) > 1 else "term"
    return _by_weight(inner, count, weight)


def _by_weight(inner: str, count: int, weight: int) -> QuoteKind:
    """Speech or term, by how sure the cue is and how long the quote."""
    if weight >= (FIRM if count > _SHORT else _SURE):
        return "speech"
    if weight == REPORTED and count > 1:
        return "speech"
    if count >= (_LONG if weight < _SOME else _LONG - 1) or (_sentence_like(inner) and count > 1 and weight >= 40):
        return "speech"
    return "speech" if inner[-1] in "!?" and count > 1 and not weight else "term"


def _length(inner: str, words: list[str]) -> int:
    if any("\u3040" <= c <= "\u9fff" for c in inner):
        return _LONG if len(inner) >= _LONG_CJK else 1
    return len(words)


def _word_before(toks: Sequence[Tok], at: int) -> str:
    n = at - 1
    while n >= 0 and toks[n].kind == "p" and toks[n].text == ",":
        n -= 1
    return toks[n].low if n >= 0 and toks[n].kind == "w" else ""


def _names_work(before: str, lex: Lexicon) -> bool:
    """Whether a word like "novel" stands before; in languages that bend nouns, in any form of it."""
    if before in lex.works or not lex.bends:
        return before in lex.works
    return any(before.startswith(word) for word in lex.works if len(word) > 3)


def _inside_name(toks: Sequence[Tok], at: int) -> bool:
    """Eddie “The Fox” Lang."""
    around = [toks[n] for n in (at - 1, at + 1) if 0 <= n < len(toks)]
    return len(around) == 2 and all(t.kind == "w" and t.cap for t in around)


def _called_so(toks: Sequence[Tok], at: int, lex: Lexicon) -> int:
    """Up to how many words are a name: `whom colleagues call “the Monk”`, `what investors call “the long tail”`; but
    `what he called “rumours and half-truths”` are his words."""
    lows = [t.low for t in toks[max(0, at - 6) : at]]
    if lex.lang != "en" or not lows or lows[-1] not in _CALL or not {"whom", "what"} & set(lows):
        return 0
    return _SHORT if _his_word(toks, at, lex) else _SHORT + 1


def _his_word(toks: Sequence[Tok], at: int, lex: Lexicon) -> bool:
    """Whether one person called it so: `what she called …`."""
    lows = [t.low for t in toks[max(0, at - 2) : at]]
    return lex.lang == "en" and lows in (["he", "called"], ["she", "called"])


def _after_source(toks: Sequence[Tok], at: int, lex: Lexicon) -> bool:
    """Whether "according to" stands right before: what follows is the source's name."""
    last = at
    while last > 0 and at - last < _NAMING and toks[last - 1].kind == "w" and toks[last - 1].low not in lex.pronouns:
        last -= 1
    return any(
        tuple(t.low for t in toks[max(0, end - len(words)) : end]) == words
        for end in range(last, at + 1)
        for words in lex.according
        if words != ("so",)
    )


def _titled(words: list[str], lex: Lexicon) -> bool:
    """Whether all words that carry meaning are capitalised, as in a headline or a name."""
    if lex.caseless:
        return False
    content = [w for w in words if w.lower() not in _SMALL]
    return (
        bool(content)
        and words[0][0].isupper() | words[0][0].isdigit()
        and all(w[0].isupper() or w[0].isdigit() for w in content)
    )


def _sentence_like(inner: str) -> bool:
    return inner[-1] in ".,!?…。！？،؟" or inner[:-1].rstrip().endswith((".", "!", "?"))
