from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Entry, Feed, Subscription, View
from tui_news.store import Library
from tui_news.store.opmlfile import opml, sync_folder, write_atomically

A, B = "https://a.example/feed", "https://b.example/feed"
OK = {"etag": '"1"', "modified": "Fri", "body_hash": "h", "headers": "<x>", "http_status": 200, "next_why": "hourly"}
BAD = {"error": "the server said no", "http_status": 500, "next_why": "after a failure"}


def get(library: Library, feed_id: int) -> Feed:
    feed = library.feeds.get(feed_id)
    assert feed is not None
    return feed


def test_adding_subscribes_once(library: Library) -> None:
    one = library.feeds.add(A, title="Mine", site="https://a.example/", folder="News/Norway", now=7)
    assert one == (1, True)
    assert library.feeds.add(A, title="Other") == (1, False)
    assert library.feeds.all() == (Feed(1, A, "Mine", "https://a.example/", "News/Norway", added=7, status="new"),)
    assert library.feeds.by_url(A) == library.feeds.get(1)
    assert library.feeds.by_url(B) is None
    assert library.feeds.get(9) is None
    assert library.feeds.held(A)
    assert not library.feeds.held(B)


def test_a_removed_feed_is_hidden_with_its_stories_and_comes_back_with_its_marks(
    library: Library, entry: Callable[..., Entry]
) -> None:
    feed_id, _ = library.feeds.add(A, folder="News")
    ids = library.stories.store(feed_id, [entry(str(n)) for n in range(3)], [], 10)
    library.stories.set_read(ids[:1], True)
    library.stories.set_starred(ids[1:2], True)
    before, rows = library.feeds.all(), library.stories.page(View())
    library.feeds.remove(feed_id, now=99)
    assert library.feeds.all() == ()
    assert library.feeds.get(feed_id) is None
    assert library.stories.page(View()) == ()
    assert library.stories.page(View("starred")) == ()
    assert library.stories.rows(ids) == {}
    assert library.stories.get(ids[0]) is None
    assert library.stories.counts(100) == (0, 0, 0, 0, 0)
    library.feeds.restore(feed_id)
    assert library.feeds.all() == before
    assert library.stories.page(View()) == rows
    library.feeds.remove(feed_id)
    assert library.feeds.add(A) == (feed_id, True)
    assert library.feeds.all() == before
    assert library.stories.page(View()) == rows


def test_stories_that_arrive_for_a_removed_feed_are_hidden_too(library: Library, entry: Callable[..., Entry]) -> None:
    feed_id, _ = library.feeds.add(A)
    library.feeds.remove(feed_id)
    library.stories.store(feed_id, [entry("late")], [], 10)
    assert library.stories.page(View()) == ()
    library.feeds.restore(feed_id)
    assert len(library.stories.page(View())) == 1


def test_coming_back_under_another_folder_and_title(library: Library) -> None:
    feed_id, _ = library.feeds.add(A, title="Old", folder="Old")
    library.feeds.failed(feed_id, now=5, next_check=10**10, gone=True, **BAD)
    library.feeds.remove(feed_id)
    library.feeds.add(A, title="New", folder="New")
    feed = get(library, feed_id)
    assert (feed.title, feed.folder, feed.status, feed.next_check) == ("New", "New", "new", None)


def test_order_is_folder_position_title_without_case(library: Library) -> None:
    for number, (title, folder) in enumerate(
        [("b", "Tech"), ("A", "tech"), ("Ærlig", ""), ("ærend", ""), ("Zed", ""), ("z", "News")]
    ):
        library.feeds.add(f"https://{number}.example/", title=title, folder=folder)
    library.db.run("UPDATE feed SET position = -1 WHERE own_title = 'Zed'")
    assert [feed.title for feed in library.feeds.all()] == ["Zed", "ærend", "Ærlig", "z", "A", "b"]


def test_the_readers_title_wins_and_an_empty_one_gives_the_feeds_back(library: Library) -> None:
    feed_id, _ = library.feeds.add(A)
    assert get(library, feed_id).title == A
    library.feeds.fetched(feed_id, now=5, next_check=10, title="Its Own", site="https://a.example/", **OK)
    assert get(library, feed_id).title == "Its Own"
    library.feeds.edit(feed_id, title="Mine")
    library.feeds.fetched(feed_id, now=6, next_check=10, title="Its Newer", **OK)
    assert get(library, feed_id).title == "Mine"
    assert get(library, feed_id).site == "https://a.example/"
    library.feeds.edit(feed_id, title="")
    assert get(library, feed_id).title == "Its Newer"
    library.feeds.edit(feed_id, title="Its Newer", folder="F")
    library.feeds.fetched(feed_id, now=7, next_check=10, title="Its Newest", **OK)
    assert (get(library, feed_id).title, get(library, feed_id).folder) == ("Its Newest", "F")


def test_a_title_that_came_with_the_subscription_gives_way_when_it_is_the_feeds_own(library: Library) -> None:
    feed_id, _ = library.feeds.add(A, title="Daily")
    library.feeds.fetched(feed_id, now=5, next_check=10, title="Daily", **OK)
    library.feeds.fetched(feed_id, now=6, next_check=10, title="Daily News", **OK)
    assert get(library, feed_id).title == "Daily News"


def test_health_after_success_failure_and_success(library: Library) -> None:
    feed_id, _ = library.feeds.add(A)
    library.feeds.failed(feed_id, now=5, next_check=50, **BAD)
    library.feeds.failed(feed_id, now=6, next_check=60, **BAD)
    feed = get(library, feed_id)
    assert (feed.status, feed.failures, feed.error, feed.http_status) == ("error", 2, "the server said no", 500)
    assert (feed.last_fetch, feed.last_success, feed.next_check, feed.next_why) == (6, None, 60, "after a failure")
    library.feeds.fetched(feed_id, now=7, next_check=70, **OK)
    feed = get(library, feed_id)
    assert (feed.status, feed.failures, feed.error, feed.http_status) == ("ok", 0, "", 200)
    assert (feed.last_fetch, feed.last_success, feed.next_check, feed.next_why) == (7, 7, 70, "hourly")
    assert (feed.etag, feed.modified, feed.body_hash, feed.headers) == ('"1"', "Fri", "h", "<x>")
    library.feeds.fetched(99, now=7, next_check=70, **OK)
    assert len(library.feeds.all()) == 1


def test_a_feed_that_moved_for_good_takes_its_new_address_unless_another_has_it(library: Library) -> None:
    one, _ = library.feeds.add(A)
    two, _ = library.feeds.add(B)
    library.feeds.fetched(one, now=5, next_check=9, url=B, **OK)
    assert get(library, one).url == A
    library.feeds.fetched(two, now=5, next_check=9, url="https://c.example/feed", **OK)
    assert get(library, two).url == "https://c.example/feed"
    assert "https://c.example/feed" in (library.paths.data / "subscriptions.opml").read_text()


def test_due_is_new_or_past_and_the_longest_due_first(library: Library) -> None:
    ids = [library.feeds.add(f"https://{n}.example/")[0] for n in range(6)]
    library.feeds.fetched(ids[1], now=5, next_check=100, **OK)
    library.feeds.fetched(ids[2], now=5, next_check=90, **OK)
    library.feeds.fetched(ids[3], now=5, next_check=101, **OK)
    library.feeds.failed(ids[4], now=5, next_check=50, gone=True, **BAD)
    library.feeds.remove(ids[5])
    assert [feed.id for feed in library.feeds.due(100)] == [ids[0], ids[2], ids[1]]


def test_polling_goes_on_when_the_clock_goes_back_ten_years(library: Library, now: int) -> None:
    feed_id, _ = library.feeds.add(A)
    library.feeds.fetched(feed_id, now=now, next_check=now + 3600, **OK)
    assert library.feeds.due(now) == ()
    assert len(library.feeds.due(now - 10 * 365 * 86400)) == 1


def test_every_change_of_subscriptions_is_in_the_opml(library: Library) -> None:
    file = library.paths.data / "subscriptions.opml"
    feed_id, _ = library.feeds.add(A, title='"Quoted" & <tagged>', folder="News/Norway")
    library.feeds.add(B, folder="News")
    outlines = {item.get("text"): item for item in ET.parse(file).iter("outline")}
    assert outlines['"Quoted" & <tagged>'].get("xmlUrl") == A
    assert [item.get("text") for item in outlines["News"]] == [B, "Norway"]
    library.feeds.edit(feed_id, title="Plain", folder="")
    assert [item.get("text") for item in ET.parse(file).findall("body/outline")] == ["Plain", "News"]
    library.feeds.remove(feed_id)
    assert A not in file.read_text()
    library.feeds.restore(feed_id)
    assert A in file.read_text()
    written = file.stat().st_mtime_ns
    library.feeds.fetched(feed_id, now=5, next_check=9, **OK)
    assert file.stat().st_mtime_ns == written


def test_many_subscriptions_in_one_transaction_write_the_opml_once(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_news.store import library as module

    written: list[Path] = []
    monkeypatch.setattr(module, "write_atomically", lambda path, text: written.append(path))
    with library.write(durable=True):
        for number in range(40):
            library.feeds.add(f"https://{number}.example/")
        assert written == []
    assert written == [library.paths.data / "subscriptions.opml"]


def test_an_opml_that_cannot_be_written_is_a_notice_not_a_failure(library: Library) -> None:
    (library.paths.data / "subscriptions.opml").mkdir()
    library.feeds.add(A)
    assert len(library.feeds.all()) == 1
    assert len(library.notices) == 1
    assert "could not be written" in library.notices[0]
    assert not list(library.paths.data.glob("*.part"))


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "list"
    write_atomically(file, "whole")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(file, "half \ud800")
    assert file.read_text() == "whole"
    assert list(tmp_path.iterdir()) == [file]
    sync_folder(tmp_path / "missing")


TEXT = st.text(max_size=12)
FOLDERS = st.lists(st.sampled_from(["A", "B", "C d"]), max_size=3).map("/".join)


@given(st.lists(st.builds(Subscription, url=TEXT, title=TEXT, site=TEXT, folder=FOLDERS), max_size=8))
def test_any_subscriptions_are_well_formed_xml_in_their_folders(items: list[Subscription]) -> None:
    root = ET.fromstring(opml(items).encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
    found: list[str] = []

    def walk(node: ET.Element, folder: tuple[str, ...]) -> None:
        for child in node:
            if child.get("type") == "rss":
                found.append("/".join(folder))
            else:
                walk(child, (*folder, child.get("text") or ""))

    body = root.find("body")
    assert body is not None
    walk(body, ())
    assert sorted(found) == sorted(item.folder for item in items)


def test_stories_that_no_visit_brought_make_what_the_last_visit_had_void(library, entry) -> None:
    feed, _ = library.feeds.add("https://a.example/f")
    library.db.run("UPDATE feed SET body_hash = 'h', marks = x'01'")
    library.stories.store(feed, [entry("a")], [], 5)
    assert library.feeds.marks(feed) == b""
