from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from tui_news.models import Entry, FeedSettings, StoryRow, View
from tui_news.store import Library
from tui_news.store.views import ORDERS

NOW = 1_700_000_000
GUID = "tag:coast.example,2023:storm-17"
Make = Callable[..., Entry]


@pytest.fixture
def feeds(library: Library) -> tuple[int, int, int]:
    made = [library.feeds.add(f"https://{name}.example/feed", name.title(), folder=folder)[0]
            for name, folder in (("coast", "News"), ("daily", "News"), ("other", "Apart"))]  # fmt: skip
    return made[0], made[1], made[2]


def put(library: Library, entry: Make, feed: int, name: str, url: str = "", when: int = NOW, **more: object) -> int:
    made = replace(entry(name, when), url=url or f"https://site.example/{name}", **more)
    return library.stories.store(feed, [made], [], NOW)[0]


def ids(library: Library, *view: object, **more: object) -> list[int]:
    return [row.id for row in library.stories.page(View(*view, **more))]  # type: ignore[arg-type]


def test_the_same_address_is_shown_once_with_both_sources_and_twice_at_home(
    library: Library, entry: Make, feeds: tuple[int, int, int]
) -> None:
    one = put(library, entry, feeds[0], "a", "https://www.site.example/storm/?utm_source=rss")
    two = put(library, entry, feeds[1], "b", "http://site.example/storm#top")
    three = put(library, entry, feeds[2], "c", "https://site.example/other")
    assert ids(library, "all") == [three, one]
    assert ids(library, "unread") == [three, one]
    assert ids(library, "feed", feeds[1]) == [two]
    assert ids(library, "folder", name="News") == [one]
    row = library.stories.rows([one])[one]
    assert (row.feed, row.also) == ("Coast", ("Daily",))
    assert library.twins.of(two) == [one]
    assert library.stories.counts(NOW + 1)[:4] == (2, 2, 0, 2)
    assert [library.stories.size(View(kind)) for kind in ("all", "unread")] == [2, 2]
    assert library.stories.size(View("folder", name="News")) == 1
    assert library.stories.size(View("feed", id=feeds[1])) == 1


def test_a_guid_with_its_title_is_enough_and_a_short_guid_is_not(
    library: Library, entry: Make, feeds: tuple[int, int, int]
) -> None:
    one = put(library, entry, feeds[0], "a", guid=GUID, title="Storm closes the road")
    put(library, entry, feeds[1], "b", guid=GUID, title="STORM closes  the road")
    put(library, entry, feeds[0], "c", guid="17", title="Episode 1")
    put(library, entry, feeds[1], "d", guid="17", title="Episode 1")
    put(library, entry, feeds[2], "e", guid=GUID, title="Another title")
    assert len(library.stories.page(View())) == 4
    assert library.stories.rows([one])[one].also == ("Daily",)


def test_an_address_that_a_feed_has_twice_is_no_storys(
    library: Library, entry: Make, feeds: tuple[int, int, int]
) -> None:
    for feed, name in ((0, "a"), (0, "b"), (1, "c"), (1, "d")):
        put(library, entry, feeds[feed], name, "https://site.example/news")
    put(library, entry, feeds[0], "e", "https://site.example/")
    put(library, entry, feeds[1], "f", "https://site.example/")
    assert len(library.stories.page(View())) == 6


def test_reading_and_starring_one_is_both_and_undone_for_both(
    library: Library, entry: Make, feeds: tuple[int, int, int]
) -> None:
    one = put(library, entry, feeds[0], "a", "https://site.example/x")
    two = put(library, entry, feeds[1], "b", "https://site.example/x")
    assert library.stories.set_read([two], True) == [one, two]
    assert [row.read for row in library.stories.rows([one, two]).values()] == [True, True]
    late = put(library, entry, feeds[2], "c", "https://site.example/x")
    assert library.stories.rows([late])[late].read, "it was read elsewhere before it came"
    library.stories.set_starred([late], True)
    assert ids(library, "starred") == [one]
    assert library.stories.counts(NOW).starred == library.stories.size(View("starred")) == 1
    library.stories.set_read([one], False)
    assert [feed.unread for feed in library.feeds.all()] == [1, 1, 1]


def test_nothing_is_lost_when_the_one_that_stands_for_it_goes(
    library: Library, entry: Make, feeds: tuple[int, int, int]
) -> None:
    one = put(library, entry, feeds[0], "a", "https://site.example/x")
    two = put(library, entry, feeds[1], "b", "https://site.example/x")
    library.feeds.remove(feeds[0])
    assert ids(library, "all") == [two]
    library.feeds.restore(feeds[0])
    assert ids(library, "all") == [one]
    library.feeds.set_settings(feeds[0], FeedSettings(muted=True))
    assert ids(library, "all") == [two]
    assert ids(library, "feed", feeds[0]) == [one]
    library.feeds.set_settings(feeds[0], FeedSettings())
    library.db.run("DELETE FROM story WHERE id = ?", (one,))
    assert ids(library, "all") == [two]


def test_the_reader_may_want_them_apart(library: Library, entry: Make, feeds: tuple[int, int, int]) -> None:
    one = put(library, entry, feeds[0], "a", "https://site.example/x")
    two = put(library, entry, feeds[1], "b", "https://site.example/x")
    library.twins.set_apart(True)
    assert library.twins.apart
    assert ids(library, "all") == [two, one]
    assert library.stories.rows([one])[one].also == ()
    assert library.stories.set_read([one], True) == [one]
    library.twins.set_apart(False)
    assert ids(library, "all") == [one]


def test_stories_of_before_are_caught_up_with(library: Library, entry: Make, feeds: tuple[int, int, int]) -> None:
    one = put(library, entry, feeds[0], "a", "https://site.example/x")
    two = put(library, entry, feeds[1], "b", "https://site.example/x")
    library.stories.set_read([one], True)
    library.db.run("UPDATE story SET twin = NULL, hidden = 0, read = (id = ?)", (one,))
    library.db.run("DELETE FROM twinkey")
    library.db.run("INSERT INTO memo(kind, key, value) VALUES ('twins', 'backlog', '2')")
    assert [library.twins.catch_up(1) for _ in range(4)] == [1, 1, 0, 0]
    assert ids(library, "all") == [one]
    assert library.stories.rows([two])[two].read


def test_muted_feeds_are_in_their_own_list_only(library: Library, entry: Make, feeds: tuple[int, int, int]) -> None:
    one = put(library, entry, feeds[0], "a")
    two = put(library, entry, feeds[1], "b")
    library.stories.set_starred([one], True)
    library.feeds.set_settings(feeds[0], FeedSettings(muted=True))
    for kind in ("all", "unread"):
        assert ids(library, kind) == [two]
        assert library.stories.size(View(kind)) == 1
    assert ids(library, "folder", name="News") == [two]
    assert ids(library, "starred") == ids(library, "feed", feeds[0]) == [one]
    assert library.stories.counts(NOW + 1)[:4] == (1, 1, 1, 1)
    assert library.stories.next_unread(View(), library.stories.rows([two])[two].key) is None


def order_of(order: str, rows: list[StoryRow], feeds: list[int]) -> list[StoryRow]:
    """The order, said once more in the plainest way."""
    newest = sorted(rows, key=lambda row: (row.sort, row.id), reverse=True)
    keys: dict[str, Callable[[StoryRow], int]] = {
        "unread": lambda row: row.read,
        "comments": lambda row: -(row.comments if row.comments is not None else row.comments_hint or 0),
        "feed": lambda row: feeds.index(row.feed_id),
    }
    return newest[::-1] if order == "oldest" else sorted(newest, key=keys[order]) if order in keys else newest


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("view", [View(), View("unread"), View("folder", name="News"), View("feed", id=2),
                                  View("starred"), View(filter="7")])  # fmt: skip
def test_every_order_pages_by_key_and_goes_to_the_next_unread(
    library: Library, entry: Make, feeds: tuple[int, int, int], order: str, view: View
) -> None:
    for number in range(60):
        hint = (number * 7) % 5 or None
        url = f"https://site.example/s{number // 2 if number % 5 == 0 else number}"
        put(library, entry, feeds[number % 3], str(number), url, NOW - (number * 37) % 20, comments_hint=hint)
    library.stories.set_read(range(1, 60, 4), True)
    library.stories.set_starred(range(1, 60, 3), True)
    view = replace(view, order=order)
    rows = [row for row in library.stories.page(replace(view, order="newest"), None, 1000)]
    wanted = order_of(order, rows, [3, 1, 2])
    assert list(library.stories.page(view, None, 1000)) == wanted
    found: list[StoryRow] = []
    while page := library.stories.page(view, found[-1].key if found else None, 7):
        found += page
    assert found == wanted
    unread = [row for row in wanted if not row.read]
    for row, later in pairwise(unread):
        assert library.stories.next_unread(view, row.key) == later
        assert library.stories.next_unread(view, later.key, back=True) == row
