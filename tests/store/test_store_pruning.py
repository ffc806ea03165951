"""Retention: off until asked, and never a story that is unread, starred or tagged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Entry, View
from tui_news.store import Library
from tui_news.store.pruning import DAY, going, prune, wanted

NOW = 1_700_000_000


def names(library: Library) -> set[str]:
    return {row.title.removeprefix("Story ") for row in library.stories.page(View("all"), None, 500)}


def test_only_old_read_stories_go_and_they_do_not_come_back(library: Library, entry: Callable[..., Entry]) -> None:
    old, fresh = NOW - 100 * DAY, NOW - 5 * DAY
    feed, _ = library.feeds.add("https://a.example/f")
    entries = [entry(name, fresh if name == "fresh" else old) for name in ("read", "unread", "star", "tag", "fresh")]
    ids = dict(
        zip(["read", "unread", "star", "tag", "fresh"], library.stories.store(feed, entries, [], old), strict=True)
    )
    library.db.run("UPDATE story SET first_seen = ? WHERE id = ?", (fresh, ids["fresh"]))
    library.stories.set_read([ids[name] for name in ("read", "star", "tag", "fresh")], True)
    library.db.run("UPDATE status SET read_at = ?", (old,))
    library.stories.set_starred([ids["star"]], True)
    library.tags.add([ids["tag"]], "keep")
    assert going(library.db, NOW, 0) == ()
    assert prune(library.db, NOW, 0) == 0
    foreseen = going(library.db, NOW, 30)
    assert [(one.feed_id, one.stories) for one in foreseen] == [(feed, 1)]
    assert foreseen[0].size > 0
    assert prune(library.db, NOW, 30) == 1
    assert names(library) == {"unread", "star", "tag", "fresh"}
    assert library.stories.store(feed, [entry("read", old)], [], NOW) == []
    assert names(library) == {"unread", "star", "tag", "fresh"}
    assert library.check() == []


def test_a_story_that_may_not_return_is_no_news_of_its_feed(library: Library, entry: Callable[..., Entry]) -> None:
    feed, _ = library.feeds.add("https://a.example/f")
    library.stories.set_read(library.stories.store(feed, [entry("a", 5)], [], 5), True)
    library.db.run("UPDATE status SET read_at = 5")
    assert prune(library.db, NOW, 30) == 1
    library.stories.store(feed, [entry("a", NOW)], [], NOW)  # the feed gives it no date: it sorts as of now
    found = library.feeds.get(feed)
    assert found is not None
    assert found.visits.newest == 5


def test_a_story_read_lately_stays_however_old_it_is(library: Library, entry: Callable[..., Entry]) -> None:
    feed, _ = library.feeds.add("https://a.example/f")
    ids = library.stories.store(feed, [entry("a", NOW - 900 * DAY)], [], NOW - 900 * DAY)
    library.stories.set_read(ids, True)
    assert prune(library.db, NOW + DAY, 30) == 0
    assert prune(library.db, NOW + 31 * DAY, 30) == 1


def test_a_feed_may_have_its_own_limit(library: Library, entry: Callable[..., Entry]) -> None:
    for number in range(3):
        feed, _ = library.feeds.add(f"https://{number}.example/f")
        library.stories.set_read(library.stories.store(feed, [entry(str(number), 5)], [], 5), True)
    library.db.run("UPDATE status SET read_at = 5")
    library.db.run("UPDATE feed SET retention_days = 10 WHERE id = 2")
    assert wanted(library.db, 0)
    assert [one.feed_id for one in going(library.db, NOW, 0)] == [2]
    library.db.run("UPDATE feed SET retention_days = 0 WHERE id = 2")
    assert not wanted(library.db, 0)
    assert [one.feed_id for one in going(library.db, NOW, 30)] == [1, 3]
    assert [one.feed_id for one in going(library.db, NOW, 30, 3)] == [3]


def test_what_a_removed_feed_had_goes_later_but_for_stars(library: Library, entry: Callable[..., Entry]) -> None:
    feed, _ = library.feeds.add("https://a.example/f")
    ids = library.stories.store(feed, [entry("unread"), entry("star")], [], NOW - 90 * DAY)
    library.stories.set_starred(ids[1:], True)
    library.feeds.remove(feed, now=NOW)
    assert going(library.db, NOW + 20 * DAY, 7) == ()
    (one,) = going(library.db, NOW + 31 * DAY, 7)
    assert (one.stories, one.removed) == (1, True)
    prune(library.db, NOW + 31 * DAY, 7)
    library.feeds.restore(feed)
    assert names(library) == {"star"}


@contextmanager
def undone(library: Library) -> Iterator[None]:
    """A step that leaves no trace: Hypothesis uses one library for all of its examples."""
    with suppress(RuntimeError), library.write():
        yield
        raise RuntimeError


@settings(max_examples=40)
@given(
    stories=st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans(), st.integers(0, 90)), max_size=12),
    days=st.integers(0, 60),
)
def test_nothing_unread_starred_or_tagged_ever_goes(library, entry, stories, days) -> None:
    with undone(library):
        feed, _ = library.feeds.add("https://a.example/f")
        safe = set()
        for number, (read, star, tag, age) in enumerate(stories):
            at = NOW - age * DAY
            ids = library.stories.store(feed, [entry(str(number), at)], [], at)
            if read:
                library.stories.set_read(ids, True)
                library.db.run("UPDATE status SET read_at = ? WHERE identity = ?", (at, f"id:{number}"))
            if star:
                library.stories.set_starred(ids, True)
            if tag:
                library.tags.add(ids, "t")
            if not read or star or tag or age <= days or not days:
                safe.add(str(number))
        foreseen = sum(one.stories for one in going(library.db, NOW, days))
        assert prune(library.db, NOW, days) == foreseen
        assert safe <= names(library)
