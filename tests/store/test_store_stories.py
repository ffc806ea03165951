from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tui_news.models import Article, Block, Enclosure, Entry, Known, Route, Story, StoryRow, ThreadRef, View
from tui_news.store import Library
from tui_news.store.packing import expand, unpack_extras, unpack_ref

Make = Callable[..., Entry]
REF = ThreadRef("wordpress", "https://a.example/|1", (Route("rest", "https://a.example/wp-json"),),
                "https://a.example/1", 3, (("post", "1"),))  # fmt: skip


@pytest.fixture
def feed(library: Library) -> int:
    return library.feeds.add("https://a.example/feed", title="A", site="https://a.example/")[0]


def row(library: Library, story: int) -> StoryRow:
    return library.stories.rows([story])[story]


def get(library: Library, story: int) -> Story:
    found = library.stories.get(story)
    assert found is not None
    return found


def dirty(library: Library) -> set[int]:
    return {int(found[0]) for found in library.db.all("SELECT story_id FROM dirty")}


def test_a_story_comes_out_as_it_went_in(library: Library, feed: int, entry: Make) -> None:
    library.feeds.fetched(
        feed, now=5, etag="", modified="", body_hash="", headers="<h>", http_status=200, next_check=9, next_why=""
    )
    new = entry(
        "a", sort=50, published=60, updated=61, lang="nb", thread=REF, comments_url="https://a.example/a#c",
        comments_hint=7, tags=("x", "y"), enclosures=(Enclosure("https://a.example/s.mp3", "audio/mpeg", 5),),
    )  # fmt: skip
    (story,) = library.stories.store(feed, [new], [], 99)
    shown = StoryRow(story, feed, "A", "Story a", "https://example.org/a", "A. Writer", 60, 50, False, False,
                     comments_hint=7)  # fmt: skip
    assert get(library, story) == Story(
        shown, "https://a.example/feed", "https://a.example/", "<h>", "a", new.html, False, REF,
        "https://a.example/a#c", "nb", new.enclosures, new.tags,
    )  # fmt: skip
    assert library.stories.known(feed) == (
        Known(story, "id:a", "a", "https://example.org/a", "Story a", 60, 50, "hash a", False, 99),
    )
    assert library.stories.get(12345) is None


def test_a_whole_body_without_a_thread_is_held_offline(library: Library, feed: int, entry: Make) -> None:
    new = [entry("whole"), entry("teaser", teaser=True), entry("empty", html=""), entry("thread", thread=REF)]
    ids = library.stories.store(feed, new, [], 9)
    assert [row(library, story).offline for story in ids] == [True, False, False, False]
    assert library.stories.unpacked(10) == (ids[3], ids[2], ids[1])
    assert library.stories.unpacked(1) == (ids[3],)
    library.stories.set_read(ids, True)
    library.stories.set_starred(ids[1:2], True)
    assert library.stories.unpacked(10) == (ids[1],)


def test_a_change_keeps_the_id_the_marks_and_when_it_was_first_seen(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    library.stories.set_read([story], True)
    library.db.run("DELETE FROM dirty")
    changed = entry("a", title="New title", html="<p>New words</p>", content_hash="h2", teaser=True)
    assert library.stories.store(feed, [], [(story, changed)], 20) == []
    found = get(library, story)
    assert (found.row.title, found.html, found.row.read, found.row.offline) == (
        "New title", "<p>New words</p>", True, False,
    )  # fmt: skip
    assert library.stories.known(feed)[0].first_seen == 9
    assert library.stories.known(feed)[0].content_hash == "h2"
    assert dirty(library) == {story}


def test_marks_follow_a_story_to_its_new_identity(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    library.stories.set_read([story], True)
    library.stories.save_position(story, "12")
    library.stories.store(feed, [], [(story, entry("a", identity="id:b"))], 20)
    assert row(library, story).read
    assert library.stories.position(story) == "12"
    assert library.db.all("SELECT identity, read, position FROM status") == [("id:b", 1, "12")]


def test_what_was_read_under_either_identity_stays_read(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    library.stories.set_starred([story], True)
    library.db.run("INSERT INTO status(feed_id, identity, read, position) VALUES (?, 'id:b', 1, '7')", (feed,))
    library.stories.store(feed, [], [(story, entry("a", identity="id:b"))], 20)
    assert (row(library, story).read, row(library, story).starred) == (True, True)
    assert library.stories.position(story) == "7"
    assert library.feeds.all()[0].unread == 0


def test_an_identity_that_another_story_has_is_not_taken(library: Library, feed: int, entry: Make) -> None:
    one, two = library.stories.store(feed, [entry("a"), entry("b")], [], 9)
    library.stories.set_read([two], True)
    library.stories.store(feed, [], [(one, entry("b", title="Changed"))], 20)
    assert [(known.identity, known.title, known.read) for known in library.stories.known(feed)] == [
        ("id:a", "Changed", False),
        ("id:b", "Story b", True),
    ]


def test_a_new_entry_that_is_held_already_updates_it(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    assert library.stories.store(feed, [entry("a", title="Twice")], [], 20) == []
    assert row(library, story).title == "Twice"


def test_a_change_of_another_feeds_or_no_story_changes_nothing(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    other, _ = library.feeds.add("https://b.example/feed")
    library.stories.store(other, [], [(story, entry("x", title="Wrong")), (999, entry("y"))], 20)
    assert row(library, story).title == "Story a"
    assert library.stories.known(other) == ()


def test_what_you_read_stays_read_when_a_story_goes_and_comes_back(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    library.stories.set_read([story], True)
    library.stories.set_starred([story], True)
    library.db.run("DELETE FROM story")
    assert library.feeds.all()[0].total == 0
    (again,) = library.stories.store(feed, [entry("a")], [], 30)
    assert again != story
    assert (row(library, again).read, row(library, again).starred) == (True, True)
    assert library.check() == []


def test_marking_tells_what_changed_and_counts_follow(library: Library, feed: int, entry: Make) -> None:
    ids = library.stories.store(feed, [entry(str(n)) for n in range(5)], [], 9)
    assert library.stories.set_read(ids[:3], True) == ids[:3]
    assert library.stories.set_read(ids, True) == ids[3:]
    assert library.stories.set_read([ids[0], 999], False) == ids[:1]
    assert library.stories.set_starred(ids[:1], True) == ids[:1]
    assert library.stories.set_starred(ids[:1], True) == []
    assert library.stories.counts(0)[:4] == (1, 1, 1, 5)
    assert library.db.value("SELECT read_at FROM status LIMIT 1") == 1_700_000_000
    assert library.check() == []


def test_positions(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    assert library.stories.position(story) == ""
    library.stories.save_position(story, "3")
    library.stories.save_position(story, "4")
    library.stories.save_position(999, "5")
    assert library.stories.position(story) == "4"
    assert library.stories.position(999) == ""
    assert not row(library, story).read


def test_preferring_an_article_shows_its_quote_count(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    assert library.stories.preferred(story) == ""
    assert library.stories.preferred(999) == ""
    library.stories.prefer(story, "feed")
    assert library.stories.preferred(story) == "feed"


def test_a_changed_body_takes_the_article_made_from_it_away(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a")], [], 9)
    for source in ("feed", "page"):
        library.articles.put(story, Article(source, (Block("para", source),)))  # type: ignore[arg-type]
    library.stories.store(feed, [], [(story, entry("a", title="Only the title"))], 20)
    assert library.articles.get(story, "feed") is not None
    library.stories.store(feed, [], [(story, entry("a", html="<p>other</p>"))], 20)
    assert library.articles.get(story, "feed") is None
    assert library.articles.get(story, "page") is not None


def test_hostile_values_are_stored_not_refused(library: Library, feed: int, entry: Make) -> None:
    new = entry(
        "a", identity="\ud800", guid="\udfff", url="x\ud800", title="\ud83d", html="<p>\ud800</p>", published=2**80,
        sort=-(2**80), comments_hint=2**70, tags=("\ud800",), thread=replace(REF, key="\ud800", count_hint=2**90),
    )  # fmt: skip
    (story,) = library.stories.store(feed, [new], [], 9)
    found = get(library, story)
    assert (found.html, found.row.title, found.row.published) == ("<p>\ufffd</p>", "\ufffd", 2**63 - 1)
    assert found.thread is not None
    assert library.stories.store(feed, [new], [], 9) == []
    assert len(library.stories.page(View(filter="is:unread \ud800"))) == 1


def test_nothing_of_a_refused_batch_is_stored(library: Library, feed: int, entry: Make) -> None:
    def store_and_fail() -> None:
        with library.write():
            library.stories.store(feed, [entry("a")], [], 9)
            raise KeyError

    with pytest.raises(KeyError):
        store_and_fail()
    assert library.stories.known(feed) == ()
    assert library.feeds.all()[0].total == 0


@pytest.mark.parametrize("text", [None, "", "{", "[1]", '["a","k",[["x"]],"p",null,[]]', "7"])
def test_a_ref_that_cannot_be_read_is_none(text: str | None) -> None:
    assert unpack_ref(text) is None


def test_what_is_damaged_in_a_row_is_empty() -> None:
    assert expand(b"no deflate") == b""
    assert expand(None) == b""
    assert unpack_extras(None) == ((), ())


def test_many_stories_are_stored_in_few_statements_with_ids_that_nobody_had(
    library: Library, feed: int, entry: Make
) -> None:
    (gone,) = library.stories.store(feed, [entry("gone")], [], 9)
    library.db.run("DELETE FROM story WHERE id = ?", (gone,))
    said: list[str] = []
    library.db.conn.set_trace_callback(said.append)
    ids = library.stories.store(feed, [entry(f"n{n}") for n in range(77)], [], 9)
    library.db.conn.set_trace_callback(None)
    assert ids == list(range(gone + 1, gone + 78))
    assert [row(library, story).title for story in ids] == [f"Story n{n}" for n in range(77)]
    assert len({one for one in said if one.startswith("INSERT INTO story(")}) == 5  # 32 + 32 + 8 + 4 + 1 rows
    assert library.feeds.unread() == {feed: 77}


def test_two_of_one_identity_in_a_visit_are_one_story_as_the_second_says(
    library: Library, feed: int, entry: Make
) -> None:
    ids = library.stories.store(feed, [entry("a"), entry("b"), entry("a", title="Again"), entry("c")], [], 9)
    assert len(ids) == 3
    assert [row(library, story).title for story in ids] == ["Again", "Story b", "Story c"]


def test_what_was_read_and_starred_before_is_so_again(library: Library, feed: int, entry: Make) -> None:
    first = library.stories.store(feed, [entry(name) for name in "abc"], [], 9)
    library.stories.set_read(first[:2], True)
    library.stories.set_starred(first[1:], True)
    library.db.run("DELETE FROM story")
    again = library.stories.store(feed, [entry(name) for name in "abcd"], [], 9)
    rows = [row(library, story) for story in again]
    assert [(one.read, one.starred) for one in rows] == [(True, False), (True, True), (False, True), (False, False)]
    assert library.feeds.unread() == {feed: 2}


def test_what_a_visit_is_compared_with(library: Library, feed: int, entry: Make) -> None:
    """What each story was made from is the last part of its hash; one that lacks it matches nothing."""
    made = [replace(entry(name), content_hash=f"{'a' * 32}-{'b' * 8}{tail}")
            for name, tail in (("a", f"-{'c' * 16}"), ("b", ""), ("c", f"-{'d' * 16}"))]  # fmt: skip
    library.stories.store(feed, [*made, replace(entry("d"), content_hash="")], [], 9)
    known = library.stories.known(feed)
    told = {one.content_hash.rpartition("-")[2] for one in known}
    assert told & set(library.stories.sources(feed).split()) == {"c" * 16, "d" * 16}
    assert all("-" in other for other in set(library.stories.sources(feed).split()) - told)
    assert sorted(library.stories.names(feed)) == sorted(
        (one.identity, one.url, one.title, one.published) for one in known
    )
    assert (library.stories.sources(feed + 1), library.stories.names(feed + 1)) == ("", [])
