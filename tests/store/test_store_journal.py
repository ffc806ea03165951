from __future__ import annotations

from collections.abc import Callable

import pytest

from tui_news.models import Entry, View
from tui_news.store import Library
from tui_news.store.journal import KEEP

Open = Callable[..., Library]


@pytest.fixture
def ids(library: Library, entry: Callable[..., Entry]) -> list[int]:
    feed_id, _ = library.feeds.add("https://a.example/feed", title="Mine", folder="F")
    return library.stories.store(feed_id, [entry(str(n)) for n in range(4)], [], 9)


def test_nothing_to_undo(library: Library) -> None:
    assert library.journal.undo() is None


def test_marks_are_undone_last_first_across_restarts(library: Library, ids: list[int], opened: Open) -> None:
    with library.write(durable=True):
        changed = library.stories.set_read(ids, True)
        library.journal.record("marking 4 stories read", [{"op": "read", "ids": changed, "value": False}])
    with library.write(durable=True):
        library.stories.set_starred(ids[:1], True)
        library.journal.record("starring 1 story", [{"op": "star", "ids": ids[:1], "value": False}], now=5)
    library.close()
    library = opened()
    assert library.journal.undo() == "starring 1 story"
    assert library.stories.counts(0)[:3] == (0, 0, 0)
    assert library.journal.undo() == "marking 4 stories read"
    assert library.stories.unread_ids(View()) == ids[::-1]
    assert library.journal.undo() is None


def test_subscriptions_are_undone(library: Library, ids: list[int]) -> None:
    library.feeds.remove(1)
    library.journal.record("unsubscribing", [{"op": "feed_removed", "id": 1}])
    library.feeds.add("https://b.example/feed")
    library.journal.record("subscribing", [{"op": "feed_added", "id": 2}])
    assert library.journal.undo() == "subscribing"
    assert library.feeds.all() == ()
    assert library.journal.undo() == "unsubscribing"
    assert [feed.title for feed in library.feeds.all()] == ["Mine"]
    assert "a.example" in (library.paths.data / "subscriptions.opml").read_text()


@pytest.mark.parametrize("old", [{"title": "Mine"}, {"folder": "F"}, {"title": "Mine", "folder": "F"}, {}])
def test_edits_are_undone(library: Library, ids: list[int], old: dict[str, object]) -> None:
    library.feeds.edit(1, title="New" if "title" in old else None, folder="G" if "folder" in old else None)
    library.journal.record("editing", [{"op": "feed_edited", "id": 1, **old}])
    assert library.journal.undo() == "editing"
    assert [(feed.title, feed.folder) for feed in library.feeds.all()] == [("Mine", "F")]


def test_one_act_of_many_changes_is_undone_in_reverse(library: Library, ids: list[int]) -> None:
    library.journal.record(
        "two", [{"op": "read", "ids": ids, "value": False}, {"op": "read", "ids": ids, "value": True}]
    )
    library.journal.undo()
    assert library.stories.counts(0).unread == 4


def test_an_act_and_its_note_are_one(library: Library, ids: list[int]) -> None:
    def act_and_fail() -> None:
        with library.write(durable=True):
            library.stories.set_read(ids, True)
            library.journal.record("marking", [{"op": "unheard of"}])

    with pytest.raises(ValueError, match="no such undo"):
        act_and_fail()
    assert library.stories.counts(0).unread == 4
    assert library.journal.undo() is None


def test_an_undo_that_cannot_be_read_changes_nothing_and_is_passed(library: Library, ids: list[int]) -> None:
    library.journal.record("odd", [{"op": "read", "ids": "none"}])
    assert library.journal.undo() == "odd"
    assert library.stories.counts(0).unread == 4


def test_old_acts_are_forgotten(library: Library) -> None:
    with library.write():
        for number in range(KEEP + 20):
            library.journal.record(f"act {number}", [])
    assert library.db.value("SELECT count(*) FROM journal") == KEEP
    assert library.journal.undo() == f"act {KEEP + 19}"
