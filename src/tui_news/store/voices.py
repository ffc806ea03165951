"""Whom a name means, for `speaker:`: the persons of `store.people`, reckoned only for those who may be meant.

After each new quote all persons may be others, and to reckon them all takes 0.4 s at 50,000 quotes.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from tui_news.store.connection import Db, Row
from tui_news.text.quotes.people import Heard, one_person, person_key

SHARE = 8  # of all keys: more than one in so many are read by reading all quotes, in the order in which they lie
_ROWS = """SELECT q.who, q.speaker, s.feed_id FROM quote AS q {way} CROSS JOIN story AS s ON s.id = q.story_id
    WHERE q.who IN (SELECT value FROM json_each(?)) AND s.hidden = 0 AND q.kind IN ('speech', 'block')"""


def keys_of(db: Db, match: str) -> frozenset[str]:
    """As `People.keys`: every key of the persons whom the words fit. A person's exact name means that person alone."""
    exact = person_key(match)
    aliases: list[Row] = db.all("SELECT who, into_who, name FROM speaker_alias")
    merged = {who: into for who, into, _ in aliases}
    called = {into: person_key(name) for _, into, name in aliases}
    keys = {row[0] for row in db.all("SELECT DISTINCT who FROM quote WHERE who <> ''")}
    among = _circle(exact.split(), keys | merged.keys() | called.keys(), merged, called)
    heard = _heard(db, among, len(keys))
    person = one_person(heard, merged)
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


def _heard(db: Db, among: frozenset[str], all_keys: int) -> list[Heard]:
    """By speaker each story's row is a page read from somewhere; in the order of the file they are read once."""
    way = "NOT INDEXED" if len(among) * SHARE > all_keys else "INDEXED BY quote_who"
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    feeds: dict[str, set[int]] = defaultdict(set)
    for who, speaker, feed in db.all(_ROWS.format(way=way), (json.dumps(sorted(among)),)) if among else ():
        spelt[who][speaker] += 1
        feeds[who].add(feed)
    return [
        Heard(who, max(counts, key=lambda name: (counts[name], name)), counts.total(), frozenset(feeds[who]))
        for who, counts in spelt.items()
    ]


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
