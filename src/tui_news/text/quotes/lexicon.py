"""What the finder knows about a language: verbs of saying and the little words around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

# Which module holds a language. Close relatives share one: their word lists are merged where they overlap.
_HOMES: dict[str, str] = {
    "en": "words_en",
    "de": "words_de",
    "nl": "words_nl",
    "no": "words_nordic",
    "nn": "words_nordic",
    "da": "words_nordic",
    "sv": "words_nordic",
    "fr": "words_romance",
    "es": "words_romance",
    "ca": "words_romance",
    "it": "words_romance",
    "pt": "words_romance",
    "ro": "words_romance",
    "pl": "words_slavic",
    "cs": "words_slavic",
    "sk": "words_slavic",
    "hr": "words_slavic",
    "sl": "words_slavic",
    "sr": "words_slavic",
    "ru": "words_slavic",
    "uk": "words_slavic",
    "bg": "words_slavic",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words, all in lower case.

    say: finite forms of saying. weak: verbs that report only when nothing better does. gerunds: forms without a
    subject of their own ("adding"). infinitives: "to call", "zu betonen". address: after these the next name is the
    listener. according: phrases before a source ("according to"). trailing: phrases after it ("zufolge").
    by: before a passive's agent. dets: what may begin a subject; oblique: what begins a phrase that is none.
    pronouns: form -> "m", "f", "p" (plural), "n" (any) or "i" (the writer). relatives; joints: words that begin a
    clause. skip: auxiliaries and adverbs between subject and verb. titles: what stands before a name and is not it.
    suffixes: endings of words for offices (German). stops: capitalised words that are no names (days, months).
    works / named: words before a title or before a word that is only mentioned. verb_first: the subject follows.
    inverts: a phrase before the verb sends the subject behind it (Germanic languages but English).
    dash: "always", "verb" (only with a verb of saying) for dash speech. resumes: speech goes on after "sa N.".
    """

    lang: str
    say: frozenset[str]
    weak: frozenset[str] = frozenset()
    gerunds: frozenset[str] = frozenset()
    infinitives: frozenset[str] = frozenset()
    address: frozenset[str] = frozenset()
    according: tuple[tuple[str, ...], ...] = ()
    trailing: frozenset[str] = frozenset()
    by: frozenset[str] = frozenset()
    dets: frozenset[str] = frozenset()
    oblique: frozenset[str] = frozenset()
    preps: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    pronouns: dict[str, str] = field(default_factory=dict)
    relatives: frozenset[str] = frozenset()
    joints: frozenset[str] = frozenset()
    ands: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()
    stops: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    reported: frozenset[str] = frozenset()
    verb_first: bool = False
    verb_last: bool = False
    inverts: bool = False
    dash: str = "always"
    resumes: bool = False
    caseless: bool = False


def words(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases separated by "|", longest first, each as its words."""
    return tuple(sorted((tuple(p.split()) for p in text.split("|")), key=lambda p: -len(p)))


def gendered(**forms: str) -> dict[str, str]:
    """Pronouns by their gender: gendered(m="he", f="she")."""
    return {form: gender for gender, listed in forms.items() for form in listed.split()}


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon for a two-letter code; English for a language we know nothing about."""
    module = import_module(f"tui_news.text.quotes.{_HOMES.get(lang, 'words_more')}")
    made: Lexicon = module.build(lang)
    return made
