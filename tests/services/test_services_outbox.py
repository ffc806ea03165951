"""What the reader does while the library cannot be written is neither lost nor in the way."""

from __future__ import annotations

import pytest

from fakes import NOW, Clock, make_paths
from tui_news.models import Entry, LibraryError, View
from tui_news.services import outbox
from tui_news.services.desk import LibraryDesk
from tui_news.store import Library, LibraryFull

STORIES = 3


@pytest.fixture
def paths(tmp_path):
    return make_paths(tmp_path)


@pytest.fixture
def desk(paths, monkeypatch):
    monkeypatch.setattr(outbox, "HURRY", 0.0)
    monkeypatch.setattr(outbox.Outbox.flush, "__defaults__", (0.0,))
    monkeypatch.setattr(outbox, "LAST_PATIENCE", 0.0)
    library = Library.open(paths, clock=Clock())
    feed, _ = library.feeds.add("https://coast.example/feed", now=NOW)
    library.stories.store(feed, [entry(n) for n in range(STORIES)], [], NOW)
    yield LibraryDesk(library, Clock(), waits=True)
    library.close()


@pytest.fixture
def other(paths, desk):
    """Another program in the middle of a write."""
    library = Library.open(paths)
    library.db.run("BEGIN IMMEDIATE")
    yield library
    library.close()


def entry(number):
    url = f"https://coast.example/{number}"
    return Entry(url, url, url, f"Story {number}", "", NOW - number, NOW - number, "<p>Boats.</p>", str(number))


def rows(desk):
    return desk.stories(View())


def stored(desk):
    return desk.library.stories.page(View(), None, 99)


def test_a_mark_beside_a_long_write_is_shown_at_once_and_stored_later(desk, other):
    first = rows(desk)[0].id
    desk.set_read([first], True)
    desk.set_starred([first], True)
    assert (rows(desk)[0].read, rows(desk)[0].starred) == (True, True)
    assert desk.rows([first])[first].read
    opened = desk.open(first)
    assert opened is not None
    assert opened.story.row.starred
    assert not stored(desk)[0].read
    assert desk.outbox.news() == outbox.WORDS[outbox.LibraryBusy]
    assert desk.outbox.news() == "", "it is said once"
    other.db.run("COMMIT")
    desk.outbox.flush()
    assert (stored(desk)[0].read, stored(desk)[0].starred) == (True, True)
    assert desk.outbox.news() == "What you did is stored."
    assert desk.undo() == "starring 1 story"


def test_acts_are_stored_in_the_order_in_which_they_were_done(desk, other):
    first = rows(desk)[0].id
    for read in (True, False, True, False):
        desk.set_read([first], read)
    other.db.run("COMMIT")
    desk.set_starred([first], True)
    assert not desk.outbox.held
    assert (stored(desk)[0].read, stored(desk)[0].starred) == (False, True)


def test_reading_on_never_comes_back_to_what_was_read_meanwhile(desk, other):
    order = []
    row = desk.next_unread(View(), None)
    while row is not None:
        desk.set_read([row.id], True)
        order.append(row.id)
        row = desk.next_unread(View(), row.key)
    assert order == [one.id for one in rows(desk)]
    assert desk.next_unread(View(), None) is None
    assert desk.mark_all_read(View()) == 0


def test_undo_takes_back_what_waits(desk, other):
    first, second = (row.id for row in rows(desk)[:2])
    desk.set_read([first], True)
    desk.set_starred([second], True)
    desk.save_position(first, "p:3")
    assert desk.undo() == "starring 1 story"
    assert desk.undo() == "marking read"
    other.db.run("COMMIT")
    desk.outbox.flush()
    assert not any(row.read or row.starred for row in stored(desk))
    assert desk.library.stories.position(first) == "p:3", "a place is not undone"


def test_the_place_in_a_story_waits_too(desk, other):
    first = rows(desk)[0].id
    desk.save_position(first, "p:3")
    desk.save_position(first, "p:7")
    opened = desk.open(first)
    assert opened is not None
    assert opened.position == "p:7"
    other.db.run("COMMIT")
    desk.close()
    assert desk.lost == ""
    with_place = Library.open(desk.library.paths)
    assert with_place.stories.position(first) == "p:7"
    with_place.close()


def test_what_could_not_be_stored_in_the_end_is_said(desk, other):
    first = rows(desk)[0].id
    desk.set_read([first], True)
    desk.close()
    assert desk.lost == "another program is writing to the library: the last thing you did could not be stored"


def test_a_full_disk_is_said_and_tried_again_when_there_is_room(desk, monkeypatch):
    write = Library.write
    first = rows(desk)[0].id

    def full(self, durable=False):
        raise LibraryFull("The library", "the disk is full", "make room")

    monkeypatch.setattr(Library, "write", full)
    desk.set_starred([first], True)
    assert desk.outbox.news().startswith("The disk is full")
    assert rows(desk)[0].starred
    monkeypatch.setattr(Library, "write", write)
    desk.outbox.flush()
    assert stored(desk)[0].starred
    assert desk.outbox.news() == "What you did is stored."
    desk.outbox.flush()
    assert desk.outbox.news() == ""


def test_where_nothing_may_be_written_marks_last_until_one_leaves(desk, paths):
    desk.library.close()
    reading = LibraryDesk(Library.open(paths, readonly=True, clock=Clock()), Clock(), waits=True)
    first = rows(reading)[0].id
    reading.set_read([first], True)
    assert reading.outbox.news() == outbox.WORDS[outbox.LibraryReadonly]
    assert rows(reading)[0].read
    assert reading.next_unread(View(), None).id != first
    reading.close()
    assert reading.lost == "", "that was said at the start"


def test_a_verb_of_the_command_line_fails_instead(desk, other):
    verb = LibraryDesk(desk.library, Clock())
    with desk.library.hurry(0), pytest.raises(LibraryError, match="another program"):
        verb.set_read([rows(desk)[0].id], True)
    assert not rows(desk)[0].read


def test_what_waiting_would_not_help_is_said_and_does_not_block_what_follows(desk):
    def broken():
        raise LibraryError("The library", "it is damaged", "start again")

    with pytest.raises(LibraryError, match="damaged"):
        desk.outbox.do(broken)
    first = rows(desk)[0].id
    desk.set_read([first], True)
    assert stored(desk)[0].read
