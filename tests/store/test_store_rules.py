"""Mute rules: what they hide, when, and that nothing is lost by them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_news.models import Article, Block, Comment, Entry, ThreadRef, View
from tui_news.store import Library
from tui_news.text.query.nodes import QueryError

NOW = 1_700_000_000
Make = Callable[..., Entry]


@pytest.fixture
def ids(library: Library, entry: Make) -> list[int]:
    """Boats, trains, and a starred story of both."""
    feed_id, _ = library.feeds.add("https://a.example/feed", title="Mine")
    library.feeds.add("https://b.example/feed", title="Other")
    new = [
        entry("1", title="The boat sails", html="Nothing more."),
        entry("2", title="The train", html="It is no boat."),
        entry("3", title="A boat on a train", html="."),
    ]
    made = library.stories.store(feed_id, new, [], NOW)
    library.stories.set_starred(made[2:], True)
    index(library)
    return made


def index(library: Library) -> None:
    while library.search.update():
        pass
    library.rules.renew_moving()


def shown(library: Library) -> list[int]:
    assert not library.stories.miscounted()
    return sorted(row.id for row in library.stories.page(View()))


def test_a_rule_hides_what_it_matches_and_says_so(library: Library, ids: list[int]) -> None:
    assert library.rules.would_hide("boat") == (2, (ids[1], ids[0]))
    rule = library.rules.add("boat")
    assert shown(library) == ids[2:]  # the starred one stays
    assert [(one.query, one.hides) for one in library.rules.all()] == [("boat", 2)]
    hidden = library.stories.page(View("muted", id=rule))
    assert [(row.id, row.hidden_by, row.read) for row in hidden] == [(ids[1], "boat", False), (ids[0], "boat", False)]
    assert library.stories.size(View("muted")) == 2
    assert library.rules.would_hide("boat") == (0, ())
    library.rules.edit(rule, "title:boat")
    assert shown(library) == ids[1:]
    library.rules.remove(rule)
    assert shown(library) == ids


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("boat -train", [1, 2]),
        ("title:boat OR title:train", [2]),
        ("feed:mine is:unread", [2]),
        ("feed:other", [0, 1, 2]),
        ("author:writer", [2]),
        ("newer:1d", [2]),
    ],
)
def test_all_of_the_language_can_hide(library: Library, ids: list[int], query: str, left: list[int]) -> None:
    library.rules.add(query)
    assert shown(library) == [ids[n] for n in left]


def test_what_arrives_is_hidden_before_anybody_sees_it(library: Library, ids: list[int], entry: Make) -> None:
    library.rules.add('"gone fishing" feed:mine')
    library.rules.add("title:tide*")
    new = [
        entry("4", title="Holiday", html="<p>He has <b>gone</b> fishing.</p>"),
        entry("5", title="Tides"),
        entry("6", title="Gone from fishing"),
        entry("7", html="Of tides."),
    ]
    made = library.stories.store(1, new, [], NOW)
    assert shown(library) == [*ids, *made[2:]]
    other = library.stories.store(2, [entry("4b", html="gone fishing")], [], NOW)
    assert shown(library) == [*ids, *made[2:], *other]
    index(library)
    assert shown(library) == [*ids, *made[2:], *other]


def test_a_story_that_changes_is_asked_about_again(library: Library, ids: list[int], entry: Make) -> None:
    library.rules.add("title:boat")
    library.stories.store(1, [], [(ids[0], entry("1", title="The ship sails"))], NOW)
    assert ids[0] in shown(library)
    library.stories.store(1, [], [(ids[0], entry("1", title="The boat again"))], NOW)
    assert ids[0] not in shown(library)


def test_texts_and_comments_that_come_later_count(library: Library, ids: list[int]) -> None:
    library.rules.add("lighthouse")
    library.rules.add("comments:spoiler")
    library.articles.put(ids[0], Article("page", (Block("para", "By the lighthouse."),)))
    comments = [Comment("1", None, "Ola", 5, blocks=(Block("para", "A spoiler!"),))]
    library.threads.put(
        ids[1], ThreadRef("hn", "1", (), "https://x.example"), comments, [], coverage="complete", total=1, route="x",
        warnings=(), now=NOW,
    )  # fmt: skip
    assert shown(library) == ids
    index(library)
    assert shown(library) == ids[2:]


def test_rules_on_marks_follow_them(library: Library, ids: list[int]) -> None:
    library.rules.add("is:read")
    library.stories.set_read(ids[:1], True)
    library.rules.renew_moving()
    assert shown(library) == ids[1:]


def test_unstarring_a_story_hides_it(library: Library, ids: list[int]) -> None:
    library.rules.add("boat")
    library.stories.set_starred(ids, False)
    assert shown(library) == []


@pytest.mark.parametrize("query", ["", "(a", "is:muted", "a OR -is:muted", "&"])
def test_a_rule_that_says_nothing_is_refused(library: Library, query: str) -> None:
    with pytest.raises(QueryError):
        library.rules.add(query)
    assert library.rules.all() == ()


def test_a_rule_of_another_version_hides_nothing_and_stops_nothing(
    library: Library, ids: list[int], entry: Make
) -> None:
    library.db.run("INSERT INTO rule(query) VALUES ('mood:calm')")
    made = library.stories.store(1, [entry("9")], [], NOW)
    index(library)
    assert shown(library) == [*ids, *made]
    assert [rule.hides for rule in library.rules.all()] == [0]


def test_a_rule_is_undone_and_its_undoing_brings_back_and_hides_again(library: Library, ids: list[int]) -> None:
    with library.journal.act("muting") as act:
        act.made("rule", id=library.rules.add("boat"))
    with library.journal.act("unmuting") as act:
        act.keep("rule", id=1)
        library.rules.remove(1)
    assert shown(library) == ids
    assert library.journal.undo() == "unmuting"
    assert shown(library) == ids[2:]
    assert library.journal.undo() == "muting"
    assert shown(library) == ids


def test_a_removed_feed_is_asked_about_too(library: Library, ids: list[int]) -> None:
    library.feeds.remove(1)
    library.rules.add("boat")
    library.feeds.restore(1)
    assert shown(library) == ids[2:]
