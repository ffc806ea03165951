"""What the finder knows about a language: verbs of saying and the little words around them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields
from typing import Any

from tui_news.models.late import dataclass
from tui_news.text.quotes.wordfiles import language, words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's words, all in lower case.

    say: finite forms of saying; after a word of not_after they are nouns or infinitives ("the reports"). weak: verbs
    that report only when nothing better does. gerunds: forms without a subject of their own ("adding"). infinitives:
    "to call", "zu betonen". address: after these the next name is the listener. according: phrases before a source
    ("according to"). trailing: phrases after it ("zufolge").
    by: before a passive's agent. dets: what may begin a subject; oblique: what begins a phrase that is none.
    pronouns: form -> "m", "f", "p" (plural), "n" (any) or "i" (the writer); objects: the same after "according to"
    ("him"). relatives; joints: words that begin a
    clause. skip: auxiliaries and adverbs between subject and verb. titles: what stands before a name and is not it.
    suffixes: endings of words for offices (German). stops: capitalised words that are no names (days, months).
    works / named: words before a title or before a word that is only mentioned. verb_first: the subject follows.
    inverts: a phrase before the verb sends the subject behind it (Germanic languages but English).
    dash: "always", "verb" (only with a verb of saying) for dash speech. dash_say: verbs of saying before "det" in dash
    speech only ("heter det"). resumes: speech goes on after "sa N.". caseless: a script without capitals. bends: nouns
    have cases, so that a word for a work is known by its beginning. drops: a verb may stand without its subject.
    """

    lang: str
    say: frozenset[str]
    weak: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
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
    objects: dict[str, str] = field(default_factory=dict)
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
    bends: bool = False
    drops: bool = False
    dash_say: frozenset[str] = frozenset()


_GENDERS = {"he": "m", "she": "f", "they": "p", "it": "n", "i": "i"}


def lexicon(lang: str) -> Lexicon:
    """The lexicon for a two-letter code; English for a language we know nothing about."""
    lists = language(lang)
    if _made.get(lang, (None, None))[0] is not lists:  # the lists themselves are kept until the reader's change
        _made[lang] = (lists, _lexicon(lang, lists))
    return _made[lang][1]


_made: dict[str, tuple[Mapping[str, Any], Lexicon]] = {}


def _lexicon(lang: str, lists: Mapping[str, Any]) -> Lexicon:
    made: dict[str, Any] = {}
    for entry in fields(Lexicon):
        value = lists.get(entry.name)
        if value is None or entry.name == "lang":
            continue
        if entry.name == "according":
            made["according"] = phrases(value)
        elif entry.name in ("pronouns", "objects"):
            made[entry.name] = {form: _GENDERS[key] for key, text in value.items() for form in text.split()}
        elif entry.name == "suffixes":
            made["suffixes"] = tuple(sorted(words(value)))
        else:
            made[entry.name] = words(value) if isinstance(value, str) and entry.name != "dash" else value
    return Lexicon(lang, **made)


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases, one a line, the longest first, each as its words."""
    found = {tuple(line.split()) for line in text.splitlines() if line.strip()}
    return tuple(sorted(found, key=lambda phrase: (-len(phrase), phrase)))
