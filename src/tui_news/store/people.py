"""The speakers of the library as persons: which spellings are one, and what each is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from tui_news.models import PlacedQuote, Speaker
from tui_news.models.late import dataclass
from tui_news.store.connection import Db
from tui_news.text.quotes.people import Heard, one_person, person_key


@dataclass(frozen=True, slots=True)
class _Spelling:
    who: str
    name: str
    feed_id: int
    feed: str
    quotes: int
    stories: frozenset[int]
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class People:
    """person: key -> the person's key. names: the person's key -> what to call them. merged: keys that the reader's
    merging gave another name -> that name. all: the most quoted first."""

    person: dict[str, str]
    names: dict[str, str]
    merged: dict[str, str]
    all: tuple[tuple[str, Speaker], ...]

    def named(self, who: str, spelt: str) -> str:
        """What to call the one who is spelt so."""
        return self.names.get(self.person.get(who, who), spelt)

    def corrected(self, quote: PlacedQuote) -> PlacedQuote:
        """The quote under the person's one name, where the reader merged; a story's own spelling stays otherwise."""
        if not quote.speaker:
            return quote
        named = self.merged.get(person_key(quote.speaker))
        return replace(quote, speaker=named) if named else quote

    def speakers(self, match: str) -> tuple[Speaker, ...]:
        wanted = person_key(match).split()
        return tuple(one for _, one in self.all if _fits(wanted, one))

    def keys(self, match: str) -> frozenset[str]:
        """Every key of the persons whom the words fit. A person's exact name means that person alone."""
        exact = person_key(match)
        if exact in self.person:
            chosen = {self.person[exact]}
        else:
            wanted = exact.split()
            chosen = {key for key, one in self.all if wanted and _fits(wanted, one)}
        return frozenset(key for key, person in self.person.items() if person in chosen)


def _fits(wanted: list[str], one: Speaker) -> bool:
    """Whether each wanted word begins a word of one of the spellings."""
    words = {word for spelling in (one.name, *one.spellings) for word in person_key(spelling).split()}
    return all(any(word.startswith(part) for word in words) for part in wanted)


def people(db: Db) -> People:
    """As the library holds them now."""
    spellings = list(_spellings(db))
    aliases = db.all("SELECT who, into_who, name FROM speaker_alias")
    person = one_person(_heard(spellings), {who: into for who, into, _ in aliases})
    groups: dict[str, list[_Spelling]] = defaultdict(list)
    for one in spellings:
        groups[person.get(one.who, one.who)].append(one)
    chosen: dict[str, str] = {into: name for _, into, name in aliases}
    made = [(key, _speaker(key, found, chosen)) for key, found in groups.items()]
    made.sort(key=lambda pair: (-pair[1].quotes, pair[1].name))
    names = {key: one.name for key, one in made} | chosen
    merged = {key: names[into] for key, into in person.items() if key != into and into in chosen}
    return People(person, names, merged, tuple(made))


def _spellings(db: Db) -> Iterable[_Spelling]:
    rows = db.all(
        """SELECT q.who, q.speaker, s.feed_id, f.name, count(*), group_concat(DISTINCT q.story_id), min(s.sort),
        max(s.sort) FROM quote AS q JOIN story AS s ON s.id = q.story_id JOIN feed AS f ON f.id = s.feed_id
        WHERE q.who <> '' AND s.hidden = 0 AND q.kind IN ('speech', 'block') GROUP BY q.who, q.speaker, s.feed_id"""
    )
    for who, name, feed_id, feed, quotes, stories, first, last in rows:
        yield _Spelling(who, name, feed_id, feed, quotes, frozenset(map(int, stories.split(","))), first, last)


def _heard(spellings: Iterable[_Spelling]) -> list[Heard]:
    found: dict[str, list[_Spelling]] = defaultdict(list)
    for one in spellings:
        found[one.who].append(one)
    return [
        Heard(who, _commonest(held), sum(one.quotes for one in held), frozenset(one.feed_id for one in held))
        for who, held in found.items()
    ]


def _commonest(spellings: Iterable[_Spelling]) -> str:
    counts: dict[str, int] = defaultdict(int)
    for one in spellings:
        counts[one.name] += one.quotes
    return max(counts, key=lambda name: (counts[name], name))


def _speaker(key: str, found: list[_Spelling], chosen: dict[str, str]) -> Speaker:
    own = [one for one in found if one.who == key] or found
    name = chosen.get(key) or _commonest(own)
    others = sorted({one.name for one in found} - {name})
    return Speaker(
        name,
        sum(one.quotes for one in found),
        len(frozenset().union(*(one.stories for one in found))),
        min(one.first for one in found),
        max(one.last for one in found),
        tuple(others),
        tuple(sorted({one.feed for one in found})),
    )


def resolve(known: People, name: str) -> str:
    """The key of the person whom a name means."""
    key = person_key(name)
    return known.person.get(key, key)
