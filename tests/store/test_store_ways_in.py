"""Whatever way a query is answered, it gives the rows, in the order, that plain reckoning over all stories gives."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Article, Block, Entry, View
from tui_news.paths import Paths
from tui_news.store import (
    Library,
    bounds,
    cases,
    endings,
    finder,
    hits,
    mixed,
    orders,
    query,
    seeking,
    sets,
    sieve,
    stretches,
    weighing,
    world,
)
from tui_news.store import lists as lists_module
from tui_news.store.orders import next_batch
from tui_news.store.views import ORDERS
from tui_news.text.query.nodes import And, Field, Node, Not, Text, leaves
from tui_news.text.query.parse import parse

NOW = 1_700_000_000
STORIES = 120


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, dict[int, set[str]]]]:
    """A library whose marks, words and languages are spread by the story's number, and what is true of each story."""
    base: Path = tmp_path_factory.mktemp("ways")
    library = Library.open(Paths(base, base, base, base), clock=lambda: NOW)
    for feed in range(3):
        library.feeds.add(f"https://{feed}.example/feed", title=f"Quay {feed}", folder="Coast" if feed else "")
    facts: dict[int, set[str]] = {}
    with library.write():
        for number in range(STORIES):
            library.stories.store(number % 3 + 1, [_entry(number)], [], NOW)
    ids = {row[1]: row[0] for row in library.db.all("SELECT id, guid FROM story")}
    for number in range(STORIES):
        facts[ids[str(number)]] = _facts(number)
    having = {name: [story for story, said in facts.items() if name in said] for name in ("is:read", "is:starred")}
    library.stories.set_read(having["is:read"], True)
    library.stories.set_starred(having["is:starred"], True)
    for tag in ("kept", "Kelp"):
        library.tags.add([story for story, said in facts.items() if f"tag:{tag.lower()}" in said], tag)
    library.db.many(
        """INSERT INTO quote(story_id, block, start, stop, kind, speaker, who, words, norm)
        VALUES (?, 0, 0, 1, 'speech', 'Liv Berg', 'liv berg', '', ?)""",
        [(story, " we hope so ") for story, said in facts.items() if "quote:hope" in said],
    )
    for story, said in facts.items():
        if "page" in said:
            words = " ".join(said & {"all", "some", "few"})
            library.articles.put(story, Article("page", (Block("para", words),), lang="de_AT"))
    library.db.run("UPDATE story SET offline = (CAST(guid AS INTEGER) % 4 = 0)")
    library.db.run("UPDATE story SET hidden = 4 WHERE CAST(guid AS INTEGER) % 17 = 5")
    while library.search.update():
        pass
    again = [story for story in facts if story % 9 == 0]  # read anew: their place in the index is another
    library.db.many("INSERT OR IGNORE INTO dirty(story_id) VALUES (?)", [(story,) for story in again])
    while library.search.update():
        pass
    # A rule that cannot be read is asked of nobody: what it hides stays.
    rule = library.db.run("INSERT INTO rule(query) VALUES ('(')").lastrowid
    quiet = [story for story, said in facts.items() if "is:muted" in said]
    library.db.many("INSERT INTO muted(rule_id, story_id) VALUES (?, ?)", [(rule, story) for story in quiet])
    yield library, facts
    library.close()


def _entry(number: int) -> Entry:
    words = " ".join(word for word in ("all", "some", "few") if word in _facts(number))
    return Entry(
        identity=str(number), guid=str(number), url=f"https://quay.example/{number}", title=f"Story {number}",
        author="", published=NOW, sort=NOW - number * 7919 % 5000, html=f"<p>{words}</p>", content_hash=str(number),
        teaser=False, lang=(None, "en-GB", "nb", None)[number % 4], comments_hint=number % 5 or None,
    )  # fmt: skip


def _facts(number: int) -> set[str]:
    said = {"all"} if number % 10 else set()
    said |= {"some"} if number % 3 == 0 else set()
    said |= {"few"} if number % 40 == 1 else set()
    said |= {"is:read" if number % 5 < 2 else "is:unread"}
    said |= {"is:starred"} if number % 11 == 0 else set()
    said |= {"is:offline"} if number % 4 == 0 else set()
    said |= {"has:comments"} if number % 5 else set()
    said |= {"tag:kept"} if number % 13 == 0 else set()
    said |= {"tag:kelp"} if number % 2 == 0 else set()
    said |= {"tag:ke*", "tag:*", "has:tags"} if said & {"tag:kelp", "tag:kept"} else set()
    said |= {"quote:hope", "quote:ho*", "quote:so,", "speaker:berg"} if number % 3 == 1 else set()
    said |= {"page"} if number % 8 == 3 else set()
    said |= {"copy"} if number % 17 == 5 else set()
    said |= {"is:muted"} if number % 7 == 2 and number % 11 else set()
    said |= {("", "lang:en", "lang:no", "")[number % 4]}
    said |= {"lang:de"} if number % 8 == 3 else set()
    age = number * 7919 % 5000  # as in `_entry`
    said |= {"folder:coast"} if number % 3 else set()
    said |= {"newer:30min"} if age <= 1800 else {"older:1h"} if age > 3600 else set()
    return said | {f"feed:{number % 3 + 1}"}


def meets(node: Node, said: set[str]) -> bool:
    if isinstance(node, Text) and node.place == "quote":
        return f"quote:{node.text}{'*' if node.prefix else ''}" in said
    if isinstance(node, Text):
        return node.text in said or (node.prefix and any(word.startswith(node.text) for word in said))
    if isinstance(node, Field):
        return f"{node.name}:{node.value}{'*' if node.prefix else ''}" in said
    if isinstance(node, Not):
        return not meets(node.part, said)
    found = (meets(part, said) for part in node.parts)
    return all(found) if isinstance(node, And) else any(found)


def shown(node: Node, said: set[str]) -> bool:
    """What a rule mutes is shown where one asks for such; what another story stands for nowhere but at home."""
    if "is:muted" in said:
        return Field("is", "muted") in leaves(node) and meets(node, said)
    return "copy" not in said and meets(node, said)


LEAVES = ("all", "some", "few", "al*", "so*", "none", "is:read", "is:unread", "is:starred", "is:offline", "tag:kept",
          "is:muted", "has:comments", "lang:en", "lang:no", "lang:de", "lang:fi", "feed:2", "tag:kelp",
          "newer:30min", "older:1h", "since:2030", "before:2020", "folder:coast", "tag:ke*", "tag:*", "tag:x*", "has:tags", "quote:hope", "quote:ho*", "quote:so,", "speaker:berg")  # fmt: skip
QUERIES = st.recursive(
    st.sampled_from(LEAVES) | st.sampled_from(LEAVES).map("-{}".format),
    lambda inner: (
        st.tuples(st.sampled_from(("({} {})", "({} OR {})")), inner, inner).map(lambda made: made[0].format(*made[1:]))
        | inner.map("-({})".format)
    ),
    max_leaves=8,
)


@pytest.mark.parametrize("few", [2000, 5])
def test_a_query_gives_what_plain_reckoning_gives(
    held: tuple[Library, dict[int, set[str]]], monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    library, facts = held
    monkeypatch.setattr(orders, "FEW", few)
    monkeypatch.setattr(query, "FEW", few)
    monkeypatch.setattr(sets, "FEW", few)
    monkeypatch.setattr(finder, "FEW", few)
    monkeypatch.setattr(bounds, "FEW", few)
    monkeypatch.setattr(hits, "ALMOST_ALL", 5 if few == 5 else 64)
    monkeypatch.setattr(hits, "SAMPLE", 20 if few == 5 else 1000)
    monkeypatch.setattr(endings, "LARGE", 0 if few == 5 else 5000)
    monkeypatch.setattr(weighing, "FEW", few)
    monkeypatch.setattr(query, "MANY_TAGS", 1 if few == 5 else 30)
    monkeypatch.setattr(weighing, "PROBES", 0 if few == 5 else 2000)
    monkeypatch.setattr(weighing, "SHARE", 4 if few == 5 else 16)
    monkeypatch.setattr(library.finder, "few", _few(library, few))
    monkeypatch.setattr(stretches, "SCATTERED", 15 if few == 5 else 1500)
    monkeypatch.setattr(stretches, "PILOT", 7 if few == 5 else 250)
    monkeypatch.setattr(stretches, "MERGED", 9 if few == 5 else 1000)
    monkeypatch.setattr(stretches, "MOST", 27 if few == 5 else 7000)
    monkeypatch.setattr(orders, "LOOKED", 50 if few == 5 else 1500)
    monkeypatch.setattr(stretches, "STRETCHES", (7, 20) if few == 5 else (500, 4000))
    monkeypatch.setattr(orders, "PILOT", 30 if few == 5 else 500)
    monkeypatch.setattr(sieve, "GAP", 10 if few == 5 else 1000)
    monkeypatch.setattr(seeking, "FIRST", 1 if few == 5 else 4)
    monkeypatch.setattr(seeking, "STRETCH", 10 if few == 5 else 900)
    monkeypatch.setattr(seeking, "PAGE", 9 if few == 5 else 400)
    monkeypatch.setattr(sieve, "ALMOST_ALL", 5 if few == 5 else 64)
    monkeypatch.setattr(seeking, "SAMPLE", 2 if few == 5 else 16)
    monkeypatch.setattr(orders, "FORTIETH", 1 if few == 5 else 40)
    monkeypatch.setattr(orders, "MUCH", 10 if few == 5 else 1200)
    monkeypatch.setattr(cases, "MOST", 3 if few == 5 else 16)
    monkeypatch.setattr(mixed, "ATOMS", 3 if few == 5 else 6)
    monkeypatch.setattr(mixed, "SOON", 0 if few == 5 else 10_000)

    @settings(max_examples=200)
    @given(QUERIES, st.sampled_from(ORDERS), st.booleans(), st.sampled_from((3, 400)))
    def holds(asked: str, order: str, unread_only: bool, size: int) -> None:
        view, node = View(filter=asked, order=order, unread_only=unread_only), parse(asked)
        wanted = {
            story for story, said in facts.items() if shown(node, said) and not (unread_only and "is:read" in said)
        }
        ranks = {feed: place for place, feed in enumerate(library.stories._ranks())}
        rows = list(library.stories.rows(sorted(wanted)).values())
        rows.sort(key=lambda row: lists_module.rank(view, row.key, ranks), reverse=True)
        found = library.stories.page(view, limit=size)
        if len(found) == size:
            found += library.stories.page(view, found[-1].key)
        assert [row.id for row in found] == [row.id for row in rows]
        assert library.stories.size(view) == len(rows)

    holds()


@pytest.mark.parametrize("asked", ["-is:muted", "is:muted", "is:muted OR is:starred", "-(is:muted is:unread)", "all"])
def test_a_search_shows_what_a_list_shows(held: tuple[Library, dict[int, set[str]]], asked: str) -> None:
    library, facts = held
    wanted = {story for story, said in facts.items() if shown(parse(asked), said)}
    assert {found.story_id for found in library.finder.find(asked, STORIES)} == wanted


def test_whether_a_rule_mutes_them_is_asked_of_no_row(held: tuple[Library, dict[int, set[str]]]) -> None:
    library, _ = held
    asked: list[str] = []
    library.db.conn.set_trace_callback(asked.append)
    library.stories.page(View(filter="-is:muted OR is:starred", order="comments"))
    library.db.conn.set_trace_callback(None)
    ways = [sql for sql in asked if "FROM story INDEXED BY" in sql]
    assert [one for way in ways for one in ("story_hidden", "story_all", "story_talk") if one in way]
    assert not [way for way in asked if "FROM story NOT INDEXED" in way]


@pytest.mark.parametrize(
    ("asked", "order"),
    [("all is:starred", "newest"), ("all -is:offline", "comments"), ("all lang:en", "comments"), ("all", "feed")],
)
def test_common_words_are_not_gathered_for_a_first_page(
    held: tuple[Library, dict[int, set[str]]], monkeypatch: pytest.MonkeyPatch, asked: str, order: str
) -> None:
    library, _ = held
    monkeypatch.setattr(library.finder, "few", _few(library, 20))
    monkeypatch.setattr(orders, "FORTIETH", 1)
    library.finder.indexed(lambda db: setattr(library.finder._hits_of(db), "_version", None))
    told: list[str] = []
    library.finder.indexed(lambda db: db.conn.set_trace_callback(told.append))
    assert library.stories.page(View(filter=asked, order=order), limit=5)
    library.finder.indexed(lambda db: db.conn.set_trace_callback(None))
    assert not [sql for sql in told if "json_group_array" in sql and "LIMIT 21" not in sql]
    assert len([sql for sql in told if "MATCH" in sql]) <= 2


@pytest.mark.parametrize(
    "asked", ["(few OR tag:kept) (so* OR is:unread)", "-(-few OR -so*)", "(few -is:read) OR (so* few)"]
)
@pytest.mark.parametrize("order", ORDERS)
def test_what_may_be_few_stories_is_asked_of_these(
    held: tuple[Library, dict[int, set[str]]], monkeypatch: pytest.MonkeyPatch, asked: str, order: str
) -> None:
    library, facts = held
    monkeypatch.setattr(library.finder, "few", _few(library, 20))
    library.finder.indexed(lambda db: setattr(library.finder._hits_of(db), "_version", None))
    told: list[str] = []
    library.finder.indexed(lambda db: db.conn.set_trace_callback(told.append))
    found = library.stories.page(View(filter=asked, order=order))
    assert library.stories.size(View(filter=asked, order=order)) == len(found)
    library.finder.indexed(lambda db: db.conn.set_trace_callback(None))
    assert {row.id for row in found} == {story for story, said in facts.items() if shown(parse(asked), said)}
    assert not [sql for sql in told if "json_group_array" in sql and '"so" *' in sql]


def test_a_set_of_all_there_is_is_looked_up_for_no_story(held: tuple[Library, dict[int, set[str]]]) -> None:
    library, facts = held
    told: list[str] = []
    library.db.conn.set_trace_callback(told.append)
    assert library.stories.size(View(filter="is:read -tag:nobody")) == sum(
        shown(parse("is:read"), said) for said in facts.values()
    )
    library.db.conn.set_trace_callback(None)
    assert [sql for sql in told if "id <= " in sql]
    assert not [sql for sql in told if "substr(" in sql]


@pytest.mark.parametrize(
    ("found", "seen", "left", "wanted"),
    [(0, 1, 199, 8), (0, 9, 191, 191), (500, 1, 199, 1), (500, 2, 198, 2), (40, 1, 199, 11), (1, 1, 199, 479)],
)
def test_so_many_feeds_are_read_as_fill_a_page(found: int, seen: int, left: int, wanted: int) -> None:
    assert next_batch(found, seen, left) == wanted


def _few(library: Library, few: int) -> Callable[..., bool]:
    plain = type(library.finder).few
    return lambda part, most=few: plain(library.finder, part, min(few, most))


def test_a_set_of_words_is_gathered_once_and_again_when_the_index_changed(
    held: tuple[Library, dict[int, set[str]]],
) -> None:
    library, facts = held
    view = View(filter="some OR tag:none", order="comments")
    library.stories.page(view)
    asked: list[str] = []
    library.finder.indexed(lambda db: db.conn.set_trace_callback(asked.append))
    library.stories.page(view)
    library.stories.page(replace(view, order="feed"))
    assert library.stories.size(view) == sum(shown(Text("some"), said) for said in facts.values())
    assert not [sql for sql in asked if "MATCH" in sql]
    library.db.run("INSERT OR IGNORE INTO dirty(story_id) VALUES (1)")
    library.search.update()
    library.stories.page(view)
    assert len([sql for sql in asked if "json_group_array" in sql and "MATCH" in sql]) == 1
    library.finder.indexed(lambda db: db.conn.set_trace_callback(None))


def test_what_was_asked_long_ago_is_let_go(held: tuple[Library, dict[int, set[str]]]) -> None:
    library, _ = held
    for number in range(40):
        library.stories.page(View(filter=f"word{number} OR some{number} OR is:starred"))
    library.finder.tidy()
    assert library.finder.set_of('"word39"') == 0
    assert library.finder.set_of('"word9"') is None


def test_what_nobody_has_indexed_yet_lacks_every_word(library: Library) -> None:
    library.feeds.add("https://a.example/feed")
    first = library.stories.store(1, [_entry(1), _entry(2)], [], NOW)
    while library.search.update():
        pass
    (late,) = library.stories.store(1, [_entry(3)], [], NOW)
    assert [row.id for row in library.stories.page(View(filter="-all"))] == [late]
    assert [row.id for row in library.stories.page(View(filter="-nowhere", order="comments"))] == [late, *first[::-1]]
    assert library.finder.lacking('"all"') == (late,)
    assert library.finder.lacking('"nowhere"') == (*first, late)


@pytest.mark.parametrize(
    ("match", "spelt"),
    [
        ('"sto" *', '("story")'),
        ('{title} : "sto" *', '{title} : "sto" *'),
        ('"STO" *', '("story")'),
        ('("few" AND "al" *)', '("few" AND ("all"))'),
        ('"a story" *', '"a story" *'),
        ('"zz" *', '"zz" *'),
        ('"blå" *', '"blå" *'),
    ],
)
def test_a_beginning_is_spelt_out(held: tuple[Library, dict[int, set[str]]], match: str, spelt: str) -> None:
    assert held[0].finder.spelt(match) == spelt


def test_a_beginning_of_many_words_is_not(
    held: tuple[Library, dict[int, set[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "MOST", 3)
    held[0].finder.indexed(lambda db: held[0].finder._hits_of(db)._endings.forget())
    assert held[0].finder.spelt('"1" *') == '"1" *'


@given(st.data())
def test_cases_are_what_each_story_is_asked_by_itself(data: st.DataObject) -> None:
    everything, atoms = 0b1111, 3
    sets_ = st.integers(0, everything)

    def made(numbers: list[int]) -> cases.Case:
        found: cases.Case = data.draw(sets_)
        for number in numbers:
            way = data.draw(st.sampled_from((int.__and__, int.__or__, int.__xor__)))
            fork = cases.Fork(number, data.draw(sets_), data.draw(sets_))
            found = cases.merged(found, fork, way)
        return found

    def told(case: cases.Case, truth: list[bool]) -> int:
        while isinstance(case, cases.Fork):
            case = case.yes if truth[case.atom] else case.no
        return case

    names = tuple((f"atom{number}", ()) for number in range(atoms))
    numbers = st.lists(st.integers(0, atoms - 1), max_size=4)
    one = cases.Cases(made(data.draw(numbers)), names, everything)
    other = cases.Cases(made(data.draw(numbers)), data.draw(st.permutations(names).map(tuple)), everything)
    both = one.also(other)
    for turn in range(2**atoms):
        truth = {name: bool(turn >> number & 1) for number, name in enumerate(names)}
        wanted = [told(some.case, [truth[name] for name in some.atoms]) for some in (one, other)]
        assert told(both.case, [truth[name] for name in both.atoms]) == wanted[0] & wanted[1]
        assert told(both.case, [truth[name] for name in both.atoms]) & ~both.upper == 0


@pytest.mark.parametrize(
    "asked", ["since:2030 OR tag:kept", "before:2020 OR (tag:kept some)", "-(since:2030 all) tag:ke*"]
)
@pytest.mark.parametrize("order", ORDERS)
def test_a_story_that_lost_its_tag_stays_where_nothing_is_asked_of_the_rest(
    held: tuple[Library, dict[int, set[str]]], asked: str, order: str
) -> None:
    library, _ = held
    view = View(filter=asked, order=order)
    before = [row.id for row in library.stories.page(view)]
    tag = "Kelp" if "ke*" in asked else "kept"
    gone = next(
        story
        for story in before
        if library.db.value("SELECT 1 FROM tagged WHERE story_id = ? AND tag = ?", (story, tag))
    )
    names = [row[0] for row in library.db.all("SELECT tag FROM tagged WHERE story_id = ?", (gone,))]
    for name in names:
        library.tags.remove([gone], name)
    try:
        assert [row.id for row in library.stories.page(replace(view, keep=frozenset({gone})))] == before
        assert gone not in [row.id for row in library.stories.page(view)]
    finally:
        for name in names:
            library.tags.add([gone], name)


@pytest.mark.parametrize(
    ("match", "count", "each", "share", "way"),
    [
        ('"common"', 400, 8, 1.0, "seek"),
        ('"common"', 1000, 8, 1.0, "read"),  # half of them will do, but so many were asked about
        ('"common"', 400, 160, 1.0, "read"),  # the index is in many pieces
        ('"common"', 1000, 8, 0.1, "gather"),  # 4,000 would have to be asked about for a page
        ('"rare"', 100, 8, 0.0, "read"),
        ('{title} : "common"', 500, 8, 0.3, "seek"),  # all that have it anywhere would be read
        ('{title} : "common"', 1000, 8, 0.39, "seek"),
        ('{title} : "common"', 1000, 160, 0.3, "gather"),
        ('{title} : "common"', 50, 3000, 0.0, "gather"),
        ('"two words"', 1000, 15, 0.5, "seek"),
        ('"two words"', 500, 15, 0.0, "seek"),
        ('"two words"', 1000, 160, 0.5, "read"),
        ('"two words"', 1000, 15, 0.1, "gather"),
        ('("one" AND "other")', 500, 20, 0.5, "read"),
    ],
)
def test_stories_are_sought_one_by_one_where_that_is_less_than_to_read_all(
    match: str, count: int, each: float, share: float, way: str
) -> None:
    assert seeking.best(match, count, 100_000, each, share) == way


class _Index:
    """Answers as the finder: rows that match, and what was asked."""

    def __init__(self) -> None:
        self.asked: list[list[int]] = []

    def all(self, sql: str, args: tuple[str, str]) -> list[tuple[int]]:
        assert "+rowid" not in sql
        self.asked.append(json.loads(args[1]))
        return [(row,) for row in self.asked[-1] if row % 2 == 0]


@pytest.mark.parametrize(("slow", "asked"), [(-1.0, 4), (1e9, 16)])
def test_a_few_from_everywhere_are_tried_and_no_more_where_they_take_long(
    monkeypatch: pytest.MonkeyPatch, slow: float, asked: int
) -> None:
    monkeypatch.setattr(seeking, "SLOW", slow)
    index = _Index()
    found = seeking.tried(index, '"two words"', range(100, 261))  # type: ignore[arg-type]
    assert len(found.asked) == asked == sum(map(len, index.asked))
    assert found.asked[-1] > 215
    assert found.matched == {row for row in found.asked if row % 2 == 0}
    assert seeking.tried(index, '"two words"', []).share == 0  # type: ignore[arg-type]


def test_what_was_said_is_read_once_for_a_list() -> None:
    asked: list[str] = []

    class Quotes:
        def stories_of(self, name: str) -> frozenset[int]:
            asked.append(name)
            return frozenset((1,))

        def stories_quoting(self, words: str) -> frozenset[int]:
            return frozenset()

    once = world.Once(Quotes())
    assert [once.saying(name) for name in ("Tore", "Kari", "Tore")] == [1 << 1] * 3
    assert asked == ["Tore", "Kari"]


@pytest.mark.parametrize(
    ("seen", "found", "narrow", "more"),
    [
        (250, 250, False, 500),
        (250, 125, False, 687),
        (250, 40, False, 2812),
        (250, 26, False, 4000),
        (250, 24, False, 0),
        (2000, 220, False, 0),
        (2000, 0, True, 4000),
        (7000, 3000, False, 0),
        (1000, 400, False, 4000),
    ],
)
def test_the_first_stories_say_how_many_more_a_page_takes(seen: int, found: int, narrow: bool, more: int) -> None:
    assert stretches._next(seen, found, narrow) == more


def test_words_that_are_wanted_are_known_through_every_minus() -> None:
    node = parse("one -(two OR -three) -four -tag:five")
    assert [leaf.text for leaf in sieve.wanted(node)] == ["one", "three"]


@pytest.mark.parametrize("match", ['"all"', '"ALL"', '"story"', '"nowhere"'])
def test_the_index_tells_how_many_have_a_plain_word(held: tuple[Library, dict[int, set[str]]], match: str) -> None:
    finder = held[0].finder
    counted = finder.indexed(lambda db: db.value("SELECT count(*) FROM ix.words WHERE words MATCH ?", (match,)))
    assert finder.indexed(lambda db: finder._hits_of(db)._endings.rows_with(match)) == counted


def test_of_anything_else_it_does_not(held: tuple[Library, dict[int, set[str]]]) -> None:
    told = held[0].finder.indexed(lambda db: held[0].finder._hits_of(db)._endings)
    assert [told.rows_with(match) for match in ('{title} : "all"', '"a b"', '"al" *')] == [None] * 3


def test_a_few_stories_say_which_word_with_a_beginning_all_may_have(
    held: tuple[Library, dict[int, set[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "LARGE", 0)
    finder = held[0].finder
    told = finder.indexed(lambda db: finder._hits_of(db)._endings)
    told.forget()
    assert told._shared("st", STORIES) == {"story"}
    assert told._shared("fe", STORIES) == set()
    asked = ('"st" *', '"fe" *', '"zz" *', '{title} : "st" *')
    rows = finder.indexed(lambda db: db.value("SELECT count(*) FROM ix.words WHERE words MATCH 'story'"))
    assert [told.commonest(match, STORIES) for match in asked] == [("story", rows), *[("", 0)] * 3]


def test_how_many_have_a_tag_is_guessed_by_some_stretches(held: tuple[Library, dict[int, set[str]]]) -> None:
    library, facts = held
    weighing_of = weighing.Weighing(library.finder, library.finder._now(), library.db)
    kelp = query.Compiler(library.finder._now()).part(parse("tag:kelp"))
    assert 0 < weighing_of._seem(kelp) < 2 * len(facts)
    assert weighing_of._seem(replace(kelp, args=("nobody",))) == 0


@pytest.mark.parametrize(
    ("asked", "hope"),
    [
        ("one tag:a", "tag:a"),
        ("(one OR tag:a) tag:b", "tag:b"),
        ("-(one tag:a) tag:b", "tag:b"),
        ("-(one OR tag:a)", "-tag:a"),
        ("one -two", None),
        ("quote:so one", "quote:so"),
    ],
)
def test_what_is_no_words_says_whether_there_is_hope(asked: str, hope: str | None) -> None:
    left = stretches.decided(sieve.hopeful(parse(asked)), lambda leaf: None)
    assert left == (True if hope is None else parse(hope))
