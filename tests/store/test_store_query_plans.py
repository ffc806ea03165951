"""Which way into the library each kind of query takes, and that none fails on what a person may type."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Entry, View
from tui_news.store import Library
from tui_news.store.finder import Finder
from tui_news.store.halves import half
from tui_news.store.query import named
from tui_news.store.views import plan
from tui_news.store.world import FeedName
from tui_news.text.query.fields import HAS, IS, moment
from tui_news.text.query.nodes import QueryError
from tui_news.text.query.parse import parse

NOW = 1_700_000_000


@pytest.fixture
def filled(library: Library, entry: Callable[..., Entry]) -> Library:
    library.feeds.add("https://a.example/feed", title="Coast Post", folder="News/Norway")
    library.stories.store(1, [entry(str(n), sort=NOW - n * 3600) for n in range(30)], [], NOW)
    while library.search.update():
        pass
    return library


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("rare", "INTEGER PRIMARY KEY"),
        ("is:unread rare -other", "INTEGER PRIMARY KEY"),
        ("tag:x", "INTEGER PRIMARY KEY"),
        ("has:tags", "INTEGER PRIMARY KEY"),
        ("speaker:berg", "INTEGER PRIMARY KEY"),
        ("is:unread newer:2d", "story_unread"),
        ("feed:coast", "story_feed"),
        ("feed:coast is:unread", "story_feed_unread"),
        ("is:starred", "story_starred"),
        ("has:new", "story_has_new"),
        ("has:quotes", "story_has_quotes"),
        ("has:comments", "story_has_comments"),
        ("newer:2d", "story_all (sort>?)"),
        ("-is:read", "COVERING INDEX story_all"),
        ("-is:offline -has:comments -lang:en", "COVERING INDEX story_all"),
        ("is:starred OR has:new OR is:offline", "COVERING INDEX story_all"),
        ("is:unread -is:offline", "COVERING INDEX story_unread"),
        ("lang:fi", "INTEGER PRIMARY KEY"),
        ("is:muted is:starred", "story_hidden"),
        ("-is:muted -is:offline", "COVERING INDEX story_all"),
        ("is:starred OR -(is:muted OR tag:x)", "story_all"),
    ],
)
def test_each_kind_of_query_has_its_way_in(filled: Library, query: str, index: str) -> None:
    finder: Finder = filled.finder
    muted = query.startswith("is:muted")
    asked = half(parse(query), muted)
    assert asked is not None
    made = plan(View("all"), parts=finder.parts(asked), few=finder.few, half=muted)
    sql, args = made.keys(None, limit=400)
    told = "; ".join(row[3] for row in finder.all(f"EXPLAIN QUERY PLAN {sql}", args))
    assert index in told
    assert "SCAN story;" not in told


@pytest.mark.parametrize("kind", ["all", "unread", "today", "starred"])
def test_a_list_by_feed_asks_no_question_a_feed(filled: Library, kind: str) -> None:
    for number in range(60):
        filled.feeds.add(f"https://{number}.example/feed")
    asked: list[str] = []
    filled.db.conn.set_trace_callback(asked.append)
    found = filled.stories.page(View(kind, filter="is:unread newer:2d", order="feed"))
    filled.db.conn.set_trace_callback(None)
    assert bool(found) == (kind != "starred")
    assert len(asked) <= 12


@pytest.mark.parametrize("asked", ["", "is:unread", "-is:starred"])
def test_todays_stories_by_comments_are_read_by_their_time(filled: Library, asked: str) -> None:
    statements: list[str] = []
    filled.db.conn.set_trace_callback(statements.append)
    assert filled.stories.page(View("today", filter=asked, order="comments", since=1))
    filled.db.conn.set_trace_callback(None)
    assert not [one for one in statements if "story_talk" in one]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("2", [2]),
        ("coast", [1]),
        ("coast post", [1]),
        ("paper", [1, 2]),  # no title has it
        ("post.example", [1, 3]),  # a piece of an address, though a title has it too
        ("https://paper.example/2", [2]),
        ("paper.example/2", [2]),
        ("nowhere", []),
    ],
)
def test_a_feed_is_named_by_title_address_or_number(value: str, ids: list[int]) -> None:
    feeds = [
        FeedName(1, "Coast Post", "https://post.example/paper", ""),
        FeedName(2, "Inland", "https://paper.example/2", ""),
        FeedName(3, "What post.example wrote", "https://other.example/", ""),
    ]
    assert [feed.id for feed in named(feeds, value)] == ids


def test_all_values_are_asked(filled: Library) -> None:
    for query in (
        *(f"is:{value}" for value in IS),
        *(f"has:{value}" for value in HAS),
        "lang:no",
        "quote:hope",
        "speaker:x",
    ):
        filled.stories.page(View(filter=query))
        filled.stories.page(View(filter=f"-({query} OR words) OR {query}"))


def test_long_and_deep_queries_are_answered(filled: Library) -> None:
    for query in (
        '"' + "word " * 1999 + '"',
        " OR ".join(f"w{n}" for n in range(390)),
        "(" * 39 + "is:unread OR words" + ")" * 39,
        " ".join(f"(a{n} OR is:unread)" for n in range(190)),
    ):
        filled.stories.page(View(filter=query))


PIECES = st.sampled_from(
    ["words", '"of 1"', "wor*", "title:story", "-words", "OR", "(", ")", "is:unread", "has:new", "feed:coast", "tag:*",
     "newer:2d", "older:9999", "since:0001", "lang:en", "folder:norway", "quote:a", "'", "%", "\udcff", "NEAR", "漁"]
)  # fmt: skip


def test_whatever_is_typed_is_answered_or_pointed_at(filled: Library) -> None:
    @settings(max_examples=60)
    @given(st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=20))
    def holds(query: str) -> None:
        try:
            parse(query)
        except QueryError:
            return
        rows = filled.stories.page(View(filter=query))
        assert len(rows) == filled.stories.size(View(filter=query))

    holds()


@pytest.mark.parametrize(("value", "ago"), [("36h", 129600), ("2d", 172800), ("1w", 604800), ("30min", 1800)])
def test_ages_count_back_from_now(value: str, ago: int) -> None:
    assert moment(value, NOW) == NOW - ago


def test_dates_are_days_of_the_readers_own() -> None:
    assert moment("today", NOW) - moment("yesterday", NOW) in range(82800, 90001)
    assert moment("2023-11", NOW) < moment("2023-11-14", NOW) <= NOW
    assert moment("0001", NOW) < moment("9999", NOW)
