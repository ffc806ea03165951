"""Whom the text has named so far: full names for surnames, and who "she" was."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace

from tui_news.text.quotes.lexicon import Lexicon
from tui_news.text.quotes.nouns import Source
from tui_news.text.quotes.offices import Offices
from tui_news.text.quotes.wordfiles import read, words

_CAPITAL = "[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩΆ-ΏА-ЯЁІЇЄҐ]"
_PART = rf"(?:(?:{_CAPITAL}|Dr|St|Jr|Sr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|Gen)\.|{_CAPITAL}[\w'’\-‐‑]{{0,40}})"
_JOINED = r"[ \u00a0](?:(?:van|von|der|den|de|del|da|di|dos|bin|al|el|la|af)[ \u00a0]){0,2}"
_NAME = re.compile(rf"(?<![\w'’\-‐‑]){_PART}(?:{_JOINED}{_PART}){{1,5}}")
_NAMES = read("names")
_MALE, _FEMALE = words(_NAMES["male"]), words(_NAMES["female"])
_MR, _MRS, _SUFFIX = words(_NAMES["mr"]), words(_NAMES["mrs"]), words(_NAMES["suffixes"])


_PERSON = re.compile(r"(?:er|or|ist|ian|ant|[^m]ent|ee|man|woman|person|boy|girl|wife|son|mother|cian|ess|ard|eon)s?$")
_NEAR = 700  # code points back to the name that a pronoun may mean


class Memory:
    """Names of one text in reading order."""

    def __init__(self, text: str, lex: Lexicon) -> None:
        self.lex = lex
        self.by_last: dict[str, list[tuple[int, str]]] = {}
        self.offices: Offices | None = None
        self.names: list[tuple[int, str]] = []  # full names in reading order
        self.role: tuple[int, str | None] = (-_NEAR, None)  # whom the sentence before was about, if an office
        self.gender: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self.things: set[str] = set()  # of those spoken of, what is nobody: a deal, a plan
        if not lex.caseless:
            self.offices = Offices(text, lex)
            for found in _NAME.finditer(text):
                self._learn(found.group(), found.start())

    def _learn(self, run: str, at: int) -> None:
        parts = run.replace("\u00a0", " ").split(" ")
        cut = 0
        for n, part in enumerate(parts[:-1]):
            low = part.lower().rstrip(".")
            if (
                part.endswith(("'s", "’s"))
                or low in self.lex.titles
                or low in self.lex.stops
                or low.endswith(self.lex.suffixes or ("\0",))
            ):
                cut = n + 1
                if low in _MR or low in _MRS:
                    self.gender[parts[-1].lower()] = "m" if low in _MR else "f"
                    if n == len(parts) - 2:
                        self.names.append((at, parts[-1]))
        name = [p for p in parts[cut:] if p]
        if name and name[-1].endswith(("'s", "’s")):
            name[-1] = name[-1][:-2]
        if name and len(name) <= 6 and self.offices is not None:
            self.offices.learn(parts[:cut], " ".join(name), at + len(run) - len(" ".join(parts[cut:])), at + len(run))
        if not 2 <= len(name) <= 6 or any(p.lower() in self.lex.stops or p.lower() in self.lex.dets for p in name):
            return  # one word, or a headline
        tail = name[-2] if name[-1].lower() in _SUFFIX else name[-1]
        places = self.by_last.setdefault(tail.rstrip(".").lower(), [])
        full = " ".join(name).rstrip(".") if name[-1].lower() not in _SUFFIX else " ".join(name)
        places.append((at, full))
        self.names.append((at, full))

    def fullest(self, name: str, before: int) -> str:
        """The full name seen before code point `before` for a surname, else the name as it is."""
        if " " in name:
            return name
        places = self.by_last.get(name.lower().rstrip("."), [])
        upto = bisect_left(places, (before, ""))
        if not upto:
            return name
        seen = Counter(full for _, full in places[max(0, upto - 20) : upto])
        return max(seen, key=lambda full: seen[full])  # the first of equals: insertion order

    def speaker(self, source: Source | None) -> str | None:
        """The speaker's name for a source, with pronouns resolved; None when nobody fits. Remembers whom it named."""
        if source is None or source.gender == "i":
            return None
        if source.kind == "pronoun":
            last = self.last.get(source.gender)
            if last is not None and last in self.things and (person := self._only(source)):
                return person  # "The deal was dead? Ms. Okafor paused. “No,” she said."
            return last or self._any(source.gender) or self._only(source)
        if source.kind == "role" and self.offices is not None:
            holder = self.offices.holder(source.text, source.at)
            source = source if holder is None else replace(source, text=holder, kind="name")
        name = self.fullest(source.text, source.at) if source.kind == "name" else source.text
        if self._nobody(name):
            return None
        self.note(name, source.kind)
        return name

    def _nobody(self, name: str) -> bool:
        """Whether one capitalised word is none's name: "I’ve", "They’re", "Plus"."""
        word = name.casefold().replace("’", "'").partition("'")[0]
        return " " not in name and not self.lex.caseless and (word in self.lex.stops or word in self.lex.pronouns)

    def note(self, name: str, kind: str = "name") -> None:
        """Remember that `name` was just spoken of."""
        if kind == "name" and self._nobody(name):
            return  # "It's fortunate"
        gender = self._gender_of(name) if kind == "name" else "?"
        if kind != "name" and not self._personal(name):
            self.things.add(name)
        self.last["*"] = name
        for key in ("m", "f") if gender == "?" else (gender,):
            self.last[key] = name
        self.last["n"] = name
        if gender == "?":
            self.last["p"] = name

    def _personal(self, role: str) -> bool:
        """Whether a noun phrase is somebody, by its words' endings; only English is asked."""
        words = role.lower().split()
        return self.lex.lang != "en" or any(word in self.lex.titles or _PERSON.search(word) for word in words)

    def _only(self, source: Source) -> str | None:
        """The one person named shortly before whom "he" or "she" may mean; None when there are two."""
        if source.gender not in ("m", "f"):
            return None
        upto = bisect_left(self.names, (source.at, ""))
        near = [full for at, full in self.names[max(0, upto - 12) : upto] if source.at - at < _NEAR]
        if not near and source.at - self.role[0] < _NEAR:
            return self.role[1]
        fitting = {full.split()[-1]: full for full in near if self._gender_of(full) in ("?", source.gender)}
        return next(iter(fitting.values())) if len(fitting) == 1 else None

    def _any(self, gender: str) -> str | None:
        return self.last.get("*") if gender in "np" else None

    def _gender_of(self, name: str) -> str:
        words = name.lower().split()
        if words[-1] in self.gender:
            return self.gender[words[-1]]
        if words[0] in _MALE:
            return "m"
        return "f" if words[0] in _FEMALE else "?"
