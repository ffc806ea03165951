"""Whom a name means, for `speaker:`: the persons of `store.people`, reckoned only for those who may be meant.

After each new quote all persons may be others, and to reckon them all takes 0.4 s at 50,000 quotes.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tui_news.store.connection import Db, Row
from tui_news.text.quotes.people import Heard, one_person, person_key

# Said by one of these, in a story that is shown: read from two indexes alone.
_SHOWN = """FROM quote INDEXED BY quote_who WHERE who IN (SELECT value FROM json_each(?))
    AND kind IN ('speech', 'block')
    AND story_id NOT IN (SELECT id FROM story INDEXED BY story_hidden WHERE hidden <> 0)"""
_FEEDS = """SELECT DISTINCT feed_id FROM quote INDEXED BY quote_who JOIN story ON story.id = story_id
    WHERE who = ? AND kind IN ('speech', 'block') AND hidden = 0"""


def keys_of(db: Db, match: str) -> frozenset[str]:
    """As `People.keys`: every key of the persons whom the words fit. A person's exact name means that person alone."""
    exact = person_key(match)
    aliases: list[Row] = db.all("SELECT who, into_who, name FROM speaker_alias")
    merged = {who: into for who, into, _ in aliases}
    called = {into: person_key(name) for _, into, name in aliases}
    keys = {row[0] for row in db.all("SELECT DISTINCT who FROM quote WHERE who <> ''")}
    among = _circle(exact.split(), keys | merged.keys() | called.keys(), merged, called)
    heard = _heard(db, among)
    person = one_person(heard, merged, lambda one: frozenset(row[0] for row in db.all(_FEEDS, (one.key,))))
    chosen = {person[exact]} if exact in person else _fitting(exact.split(), heard, person, called)
    return frozenset(key for key, whose in person.items() if whose in chosen)


def _begins(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:^| ){re.escape(word)}" for word in words))


def _circle(
    wanted: list[str], keys: Iterable[str], merged: Mapping[str, str], called: Mapping[str, str]
) -> frozenset[str]:
    """Every key that has a say in whom the words mean: those that begin so, all who share a last word with one
    (`one_person` looks no further), and what the reader merged with any of them."""
    families: dict[str, list[str]] = defaultdict(list)
    linked: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        families[key[key.rfind(" ") + 1 :]].append(key)
    for who, into in merged.items():
        linked[who].append(into)
        linked[into].append(who)
    fits = _begins(wanted).search
    waiting = [key for key in keys if fits(key) or (key in called and fits(called[key]))] if wanted else []
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += families.pop(key[key.rfind(" ") + 1 :], [])
            waiting += linked.get(key, ())
    return frozenset(found)


def _heard(db: Db, among: frozenset[str]) -> list[Heard]:
    """Without their feeds: each story's row is a page read from somewhere. Of how they are mostly spelt it matters only
    whether it begins with a capital letter, and mostly all their spellings begin alike."""
    chosen = json.dumps(sorted(among))
    rows = db.all(f"SELECT who, count(*), min(speaker), max(speaker) {_SHOWN} GROUP BY who", (chosen,))
    unlike = json.dumps([who for who, _, least, most in rows if least[:1] != most[:1]])
    counted = db.all(f"SELECT who, count(*), speaker {_SHOWN} GROUP BY who, speaker ORDER BY 1, 2, 3", (unlike,))
    spelt = {row[0]: row[2] for row in rows} | {who: speaker for who, _, speaker in counted}
    return [Heard(who, spelt[who], quotes) for who, quotes, _, _ in rows]


def _fitting(
    wanted: list[str], heard: Iterable[Heard], person: Mapping[str, str], called: Mapping[str, str]
) -> set[str]:
    """The persons in whose spellings each wanted word begins a word."""
    spellings: dict[str, list[str]] = defaultdict(list)
    for one in heard:
        spellings[person[one.key]].append(one.key)
    return {whose for whose, keys in spellings.items() if wanted and _fits(wanted, [*keys, called.get(whose, "")])}


def _fits(wanted: list[str], spellings: list[str]) -> bool:
    text = " ".join(["", *spellings])
    return all(f" {word}" in text for word in wanted)
