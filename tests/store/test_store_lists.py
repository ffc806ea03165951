from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tui_news.models import Entry, StoryKey, StoryRow, View
from tui_news.store import Library, lists, orders
from tui_news.store.folders import sidebar_order
from tui_news.store.views import kept, plan

NOW = 1_700_000_000
FOLDERS = {"https://a.example/": "News", "https://b.example/": "News/Norway", "https://c.example/": "Newspapers",
           "https://d.example/": ""}  # fmt: skip
VIEWS = [
    *(View(kind) for kind in ("all", "unread", "starred")),
    View("today", since=NOW - 500),
    *(View("folder", name=name) for name in ("News", "News/Norway", "Newspapers", "Nothing", "")),
    *(View("feed", id=feed_id) for feed_id in (1, 4, 5, 99)),
]


@pytest.fixture
def stories(library: Library, entry: Callable[..., Entry]) -> list[StoryRow]:
    """Seventy stories in four feeds (and some in a removed one), many of the same second; the visible rows."""
    dice = random.Random(7)
    with library.write():
        for url, folder in (*FOLDERS.items(), ("https://gone.example/", "News")):
            feed_id, _ = library.feeds.add(url, folder=folder)
            new = [
                entry(f"{feed_id}/{n}", NOW - dice.randrange(40) * 25, title=f"{dice.choice(['Red', 'Blå_%'])} {n}")
                for n in range(14)
            ]
            ids = library.stories.store(feed_id, new, [], NOW)
            library.stories.set_read(dice.sample(ids, 6), True)
            library.stories.set_starred(dice.sample(ids, 4), True)
    library.feeds.remove(5)
    while library.search.update():
        pass
    rows = library.stories.rows(range(1, 1000))
    assert len(rows) == 56
    return sorted(rows.values(), key=lambda row: (row.sort, row.id), reverse=True)


def naive(rows: list[StoryRow], view: View) -> list[StoryRow]:
    """What the view should hold, said once more in the plainest way."""

    def placed(row: StoryRow) -> bool:
        folder = FOLDERS.get(row.feed, "")
        if view.kind == "folder":
            return folder == view.name or folder.startswith(f"{view.name}/")
        return (view.kind != "feed" or row.feed_id == view.id) and (view.kind != "today" or row.sort >= view.since)

    def stated(row: StoryRow) -> bool:
        unread = view.unread_only or view.kind == "unread"
        return row.id in view.keep or ((not unread or not row.read) and (view.kind != "starred" or row.starred))

    return [row for row in rows if placed(row) and stated(row) and FILTERS[view.filter](row, row.id in view.keep)]


# What each filter asks of a row; what marks can undo is not asked of a row that is kept.
FILTERS: dict[str, Callable[[StoryRow, bool], bool]] = {
    "": lambda row, keep: True,
    "red": lambda row, keep: "Red" in row.title,
    "BLA": lambda row, keep: "Blå" in row.title,
    "title:re* is:unread": lambda row, keep: "Red" in row.title and (keep or not row.read),
    "red OR is:starred": lambda row, keep: "Red" in row.title or row.starred or keep,
    "-red -feed:2": lambda row, keep: "Red" not in row.title and row.feed_id != 2,
    "folder:norway is:starred": lambda row, keep: row.feed_id == 2 and (row.starred or keep),
}


def every_view() -> list[View]:
    found = []
    for view in VIEWS:
        for unread in (False, True):
            for words in FILTERS:
                for keep in (frozenset[int](), frozenset(range(1, 60, 3))):
                    found.append(replace(view, unread_only=unread, filter=words, keep=keep))
    return found


@pytest.mark.parametrize("many", [1, 40])
def test_pages_and_sizes_are_those_of_the_plain_rule(
    library: Library, stories: list[StoryRow], many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "MANY", many)
    for view in every_view():
        wanted = naive(stories, view)
        assert list(library.stories.page(view)) == wanted, view
        assert library.stories.size(view) == len(wanted), view
        assert sorted(library.stories.unread_ids(view)) == sorted(row.id for row in wanted if not row.read), view


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_pages_join_without_a_gap_or_a_repeat(library: Library, stories: list[StoryRow], limit: int) -> None:
    for view in every_view()[::9]:
        found: list[StoryRow] = []
        while page := library.stories.page(view, found[-1].key if found else None, limit):
            assert len(page) <= limit
            found += page
        assert found == naive(stories, view), view


@pytest.mark.parametrize("order", ["newest", "oldest", "unread", "comments", "feed"])
def test_pages_before_join_to_the_same_list(library: Library, stories: list[StoryRow], order: str) -> None:
    library.db.run("UPDATE story SET comments = id % 4")
    for view in every_view()[::5]:
        ordered, found = replace(view, order=order), list[StoryRow]()
        whole = library.stories.page(ordered, None, 1000)
        while page := library.stories.page_before(ordered, found[0].key if found else None, 7):
            assert len(page) <= 7
            found = [*page, *found]
        assert tuple(found) == whole, ordered
        for row in whole[::11]:
            assert library.stories.page_before(ordered, row.key, 1000) == whole[: whole.index(row)], ordered


@pytest.mark.parametrize(("few", "page"), [(0, 0), (0, 99), (2000, 5)])
@pytest.mark.parametrize("order", ["feed", "comments"])
def test_filtered_pages_by_feed_and_by_comments_are_sorted_and_whole(
    library: Library, stories: list[StoryRow], order: str, few: int, page: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "FEW", few)
    monkeypatch.setattr(orders, "PAGE", page)
    monkeypatch.setattr(orders, "FIRST", 2)
    monkeypatch.setattr(orders, "MANY", 3)
    library.db.run("UPDATE story SET comments = id % 4")
    stories = [library.stories.rows([row.id])[row.id] for row in stories]
    feeds = {feed: number for number, feed in enumerate(sidebar_order(library.db))}
    for view in every_view():
        ordered = replace(view, order=order)
        wanted = sorted(naive(stories, view), key=lambda row: lists.rank(ordered, row.key, feeds), reverse=True)
        found: list[StoryRow] = []
        while rows := library.stories.page(ordered, found[-1].key if found else None, 7):
            found += rows
        assert found == wanted, ordered


def test_the_next_unread_is_further_on_and_never_from_the_top(library: Library, stories: list[StoryRow]) -> None:
    order = [feed.id for feed in library.feeds.all() if feed.folder] + [4]
    for view in VIEWS:
        for back in (False, True):
            for start in (None, *(row.key for row in stories[::5])):
                inside = [row for row in naive(stories, view) if not row.read]
                rows = inside[::-1] if back else inside
                later = [row for row in rows if not start or _beyond(row, start, back)]
                wanted = next(iter(later), None) or _behind(stories, view, order, start, back)
                assert library.stories.next_unread(view, start, back) == wanted, (view, start, back)


def _behind(
    stories: list[StoryRow], view: View, order: list[int], start: StoryKey | None, back: bool
) -> StoryRow | None:
    """What lies behind the view: older days after today, the next feeds after a feed or folder."""
    unread = [row for row in stories if not row.read]
    if view.kind == "today" and start and not back:
        return next((row for row in unread if _beyond(row, start, False)), None)
    here = [order.index(row.feed_id) for row in naive(stories, replace(view, unread_only=False))]
    if view.kind not in ("feed", "folder") or not here:
        return None
    feeds = order[: min(here)][::-1] if back else order[max(here) + 1 :]
    found = [[row for row in unread if row.feed_id == feed] for feed in feeds]
    return next((rows[-1 if back else 0] for rows in found if rows), None)


def _beyond(row: StoryRow, start: StoryKey, back: bool) -> bool:
    key = (row.sort, row.id)
    return key > (start.sort, start.id) if back else key < (start.sort, start.id)


def test_the_only_unread_story_is_not_its_own_successor(library: Library, stories: list[StoryRow]) -> None:
    library.stories.set_read([row.id for row in stories[1:]], True)
    library.stories.set_read([stories[0].id], False)
    assert library.stories.next_unread(View(), None) == library.stories.page(View())[0]
    assert library.stories.next_unread(View(), stories[0].key) is None
    assert library.stories.next_unread(View("search", name="x"), None) is not None
    library.stories.set_read([stories[0].id], True)
    assert library.stories.next_unread(View(), None) is None


def test_a_search_has_no_rows_here(library: Library, stories: list[StoryRow]) -> None:
    view = View("search", name="words", keep=frozenset([1]))
    assert library.stories.page(view) == ()
    assert library.stories.size(view) == 0


def test_counts(library: Library, stories: list[StoryRow]) -> None:
    unread = [row for row in stories if not row.read]
    starred = sum(row.starred for row in stories)
    today = sum(row.sort >= NOW - 500 for row in unread)
    assert library.stories.counts(NOW) == (len(unread), len(unread), starred, 56, 4)
    assert library.stories.counts(NOW, since=NOW - 500).today == today
    assert library.stories.counts(NOW + 10**6).today == 0
    assert [feed.unread for feed in library.feeds.all()] == [
        sum(row.feed_id == feed.id for row in unread) for feed in library.feeds.all()
    ]
    assert [feed.total for feed in library.feeds.all()] == [14] * 4


def test_an_empty_library_counts_nothing(library: Library) -> None:
    assert library.stories.counts(NOW) == (0, 0, 0, 0, 0)
    assert library.stories.page(View()) == ()
    assert library.stories.first_of(1) is None
    assert library.stories.unpacked(5) == ()


def test_the_latest_of_some_are_told_apart_without_their_rows(library: Library, stories: list[StoryRow]) -> None:
    asked = [row.id for row in stories[::2]]
    newest = sorted(stories[::2], key=lambda row: (-row.sort, -row.id))
    assert library.stories.latest([*asked, *asked, 999], 100) == [row.id for row in newest]
    assert library.stories.latest(asked, 2) == [row.id for row in newest[:2]]


def test_newest_first_of_and_by_url(library: Library, stories: list[StoryRow]) -> None:
    rows = [row for row in stories if row.feed_id == 2]
    assert library.stories.newest(2, 3) == tuple(row.id for row in rows[:3])
    assert library.stories.first_of(2) == rows[0].id
    assert library.stories.by_url(rows[5].url) == rows[5].id
    assert library.stories.by_url("https://example.org/none") is None
    assert library.stories.by_url("https://example.org/5/1") is None  # of the removed feed


# plans
def explained(library: Library, query: tuple[str, Sequence[object]]) -> str:
    return "; ".join(row[3] for row in library.db.all(f"EXPLAIN QUERY PLAN {query[0]}", query[1]))


@pytest.mark.parametrize("view", [replace(view, unread_only=unread) for view in VIEWS for unread in (False, True)])
@pytest.mark.parametrize("after", [None, StoryKey(NOW, 5)])
@pytest.mark.parametrize("back", [False, True])
def test_list_pages_are_read_from_an_index_alone_in_order(
    library: Library, view: View, after: StoryKey | None, back: bool
) -> None:
    told = explained(library, plan(view, 1 if view.kind in ("feed", "folder") else None).keys(after, back, 400))
    assert "USING COVERING INDEX story_" in told
    assert "TEMP B-TREE" not in told
    assert after is None or told.startswith("SEARCH")


def test_a_folder_of_many_feeds_is_picked_from_the_index_of_all(library: Library) -> None:
    told = explained(library, plan(View("folder", name="x"), feeds=[1, 2]).keys(StoryKey(NOW, 5), limit=400))
    assert "SEARCH story USING COVERING INDEX story_all (sort<?)" in told
    assert "TEMP B-TREE" not in told


def test_counting_today_is_a_range_of_an_index(library: Library) -> None:
    told = explained(library, plan(View("today", since=NOW, unread_only=True)).count())
    assert told == "SEARCH story USING COVERING INDEX story_unread (sort>?)"


def test_kept_rows_are_found_by_their_ids(library: Library) -> None:
    query = kept(View("folder", name="x", unread_only=True, keep=frozenset([1, 2])), [1, 2], ())
    assert "SEARCH story USING INTEGER PRIMARY KEY" in explained(library, query)


def test_rows_and_feeds_scan_no_story(library: Library) -> None:
    from tui_news.store.entries import ROWS
    from tui_news.store.feeds import SELECT

    assert "SCAN s" not in explained(library, (ROWS, ("[1]",)))
    assert "story" not in explained(library, (SELECT, ()))
