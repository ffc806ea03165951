from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tui_news.models import Article, Block, Comment, Entry, Route, StoryRow, Thread, ThreadRef
from tui_news.store import Library

REF = ThreadRef("wordpress", "https://a.example/|1", (Route("rest", "https://a.example/r"), Route("rss", "https://b")),
                "https://a.example/1", 3, (("post", "1"),))  # fmt: skip
FULL = Comment("2", "1", "Kari", 50, "<p>Ja!</p>", "html", (Block("para", "Ja!", quote=1),), "k1", "https://k.example",
               60, "https://a.example/1#2", -3, 4, "op", "comment", "live")  # fmt: skip


@pytest.fixture
def story(library: Library, entry: Callable[..., Entry]) -> int:
    feed_id, _ = library.feeds.add("https://a.example/feed")
    return library.stories.store(feed_id, [entry("a", thread=REF)], [], 9)[0]


def put(library: Library, story: int, comments: Sequence[Comment], removed: Sequence[str] = (), now: int = 9) -> None:
    library.threads.put(
        story, REF, comments, removed, coverage="newest", total=12, route="rest", warnings=("one",), now=now
    )


def get(library: Library, story: int) -> Thread:
    thread = library.threads.get(story)
    assert thread is not None
    return thread


def row(library: Library, story: int) -> StoryRow:
    return library.stories.rows([story])[story]


def some(*ids: str) -> list[Comment]:
    return [Comment(one, None, f"Author {one}", 5) for one in ids]


def test_a_thread_comes_out_as_it_went_in_in_the_order_it_came(library: Library, story: int) -> None:
    assert library.threads.get(story) is None
    put(library, story, [FULL, *some("10", "1")], now=77)
    thread = get(library, story)
    assert thread == Thread(
        story, REF, tuple(replace(comment, first_gen=1) for comment in (FULL, *some("10", "1"))), "newest", 12, "rest",
        77, "", 1, 0, "site", ("one",),
    )  # fmt: skip
    assert row(library, story).comments == 3
    assert row(library, story).comments_new == 0
    assert row(library, story).offline


def test_an_update_keeps_what_the_reader_did_meanwhile(library: Library, story: int) -> None:
    put(library, story, some("1", "2", "3"))
    read_before = get(library, story).comments
    library.threads.save_folds(story, {"1": True, "2": False, "9": True})
    library.threads.mark_seen(story, ["1", "9"])
    put(library, story, [replace(comment, author="Edited") for comment in read_before], ["3"])
    found = get(library, story).comments
    assert [(c.id, c.author, c.fold, c.seen, c.first_gen) for c in found] == [
        ("1", "Edited", True, True, 1),
        ("2", "Edited", False, False, 1),
        ("3", "Edited", None, False, 1),
    ]
    library.threads.save_folds(story, {"1": None})
    assert get(library, story).comments[0].fold is None


def test_new_is_what_came_after_the_last_visit_and_was_not_seen(library: Library, story: int) -> None:
    put(library, story, some("1", "2"))
    put(library, story, some("3", "4", "5"))
    assert (row(library, story).comments, row(library, story).comments_new) == (5, 3)
    library.threads.mark_seen(story, ["3"])
    assert row(library, story).comments_new == 2
    thread = get(library, story)
    assert sum(map(thread.is_new, thread.comments)) == 2
    library.threads.leave(story)
    assert row(library, story).comments_new == 0
    assert get(library, story).seen_gen == 2
    put(library, story, some("6"))
    assert row(library, story).comments_new == 1


def test_what_is_kept_new_is_new_at_the_next_visit(library: Library, story: int) -> None:
    put(library, story, some("1"))
    library.threads.leave(story)
    put(library, story, some("1", "2", "3"))
    library.threads.mark_seen(story, ["2", "3"])
    assert row(library, story).comments_new == 0
    library.threads.keep_new(story, ["3", "9", "\ud800"])
    assert row(library, story).comments_new == 1
    assert [one.id for one in get(library, story).comments if get(library, story).is_new(one)] == ["3"]


def test_only_living_comments_are_counted(library: Library, story: int) -> None:
    gone = [replace(comment, state="gone") for comment in some("1", "2")]
    ping = [replace(comment, kind="pingback") for comment in some("3")]
    put(library, story, [*gone, *ping, *some("4")])
    assert row(library, story).comments == 1
    assert len(get(library, story).comments) == 4


def test_removed_comments_are_deleted(library: Library, story: int) -> None:
    put(library, story, some("1", "2"))
    put(library, story, [], ["1"])
    assert [comment.id for comment in get(library, story).comments] == ["2"]
    assert row(library, story).comments == 1


def test_a_failure_keeps_the_comments_and_a_success_forgets_it(library: Library, story: int) -> None:
    library.threads.failed(story, REF, "the site said no", 500, 100)
    thread = get(library, story)
    assert (thread.ref, thread.error, thread.fetched_at, thread.gen) == (REF, "the site said no", None, 0)
    assert library.threads.wait_until(story) == 500
    assert row(library, story).comments is None
    put(library, story, some("1"))
    assert get(library, story).error == ""
    assert library.threads.wait_until(story) is None
    library.threads.failed(story, None, "again", None, 100)
    thread = get(library, story)
    assert (thread.ref, thread.error, len(thread.comments), thread.gen) == (REF, "again", 1, 1)
    assert library.threads.wait_until(story) is None


def test_a_ref_found_in_the_page_is_remembered_before_any_fetch(
    library: Library, entry: Callable[..., Entry], story: int
) -> None:
    (other,) = library.stories.store(1, [entry("b")], [], 9)
    assert row(library, other).offline
    library.threads.remember_ref(other, REF)
    assert get(library, other).ref == REF
    assert not row(library, other).offline
    found = library.stories.get(other)
    assert found is not None
    assert found.thread == REF
    library.threads.remember_ref(other, replace(REF, key="k2"))
    newer = get(library, other).ref
    assert newer is not None
    assert newer.key == "k2"


def test_threads_of_no_story_are_not_kept(library: Library) -> None:
    put(library, 99, some("1"))
    library.threads.failed(99, REF, "x", None, 5)
    library.threads.remember_ref(99, REF)
    library.threads.leave(99)
    assert library.threads.get(99) is None


def test_order_and_routes_are_remembered(library: Library, story: int) -> None:
    put(library, story, [])
    library.threads.set_order(story, "newest")
    put(library, story, [])
    assert get(library, story).order == "newest"
    assert library.threads.route_for("wordpress|a.example") is None
    library.threads.remember_route("wordpress|a.example", "rss", 5)
    library.threads.remember_route("wordpress|a.example", "rest", 6)
    assert library.threads.route_for("wordpress|a.example") == "rest"


def test_hostile_comments_are_stored_not_refused(library: Library, story: int) -> None:
    odd = replace(FULL, id="\ud800", parent="\ud800", author="\udfff", body="\ud83d", score=2**80, created=-(2**80))
    put(library, story, [odd])
    (found,) = get(library, story).comments
    assert (found.id, found.parent, found.score) == ("\ufffd", "\ufffd", 2**63 - 1)
    library.threads.mark_seen(story, ["\ud800"])
    assert get(library, story).comments[0].seen


def test_a_damaged_body_is_empty_and_the_rest_stays(library: Library, story: int) -> None:
    put(library, story, [FULL, *some("3")])
    library.db.run("UPDATE comment SET blocks = x'00'")
    assert [comment.blocks for comment in get(library, story).comments] == [(), ()]


def test_a_failed_put_changes_nothing(library: Library, story: int) -> None:
    put(library, story, some("1"))

    def put_and_fail() -> None:
        with library.write():
            put(library, story, some("2"), ["1"])
            raise KeyError

    with pytest.raises(KeyError):
        put_and_fail()
    assert [comment.id for comment in get(library, story).comments] == ["1"]
    assert get(library, story).gen == 1


def test_for_reading_the_bodies_stay_where_they_are(library: Library, story: int) -> None:
    put(library, story, [Comment("1", None, "A", 5, body="<p>As received</p>")])
    assert get(library, story).comments[0].body == "<p>As received</p>"
    shown = library.threads.get(story, bodies=False)
    assert shown is not None
    assert [(one.id, one.author, one.body) for one in shown.comments] == [("1", "A", "")]


def test_what_only_a_browser_shows_does_not_keep_a_story_from_being_offline(
    library: Library, entry: Callable[..., Entry]
) -> None:
    browser = ThreadRef("links", "links|1", (), "https://one.example/1")
    rest = ThreadRef("wordpress", "wp|1", (Route("rest", "https://one.example/wp-json"),), "https://one.example/1")
    with library.write():
        feed, _ = library.feeds.add("https://browser.example/feed")
        whole = [
            entry("b1", html="<p>All of it</p>", thread=browser),
            entry("b2", html="<p>All of it</p>", thread=rest),
            entry("b3", html="<p>All of it</p>", thread=rest, comments_hint=0),
        ]
        ids = library.stories.store(feed, whole, [], 5)
    assert [library.stories.rows([one])[one].offline for one in ids] == [True, False, True]
    library.threads.failed(ids[0], browser, "The comments are on Disqus", None, 9)
    library.articles.put(ids[0], Article("feed", ()))
    assert library.stories.rows(ids)[ids[0]].offline
