from __future__ import annotations

import pytest

from fakes import FakeWeb, make_tools
from tui_news.models import FeedSettings, TuinewsError
from tui_news.services.desk import LibraryDesk


@pytest.fixture
def desk(tmp_path):
    made = LibraryDesk(make_tools(tmp_path, FakeWeb()).library)
    for name, folder in (("a", "News"), ("b", "News"), ("c", "News/Norway"), ("d", "Tech"), ("e", "")):
        made.library.feeds.add(f"https://{name}.example/feed", name.upper(), folder=folder)
    yield made
    made.close()


def shown(desk):
    return [(feed.folder, feed.title) for feed in desk.feeds()]


def test_folders_come_with_their_parents_and_move_with_undo(desk):
    assert desk.shelf.folders() == ("News", "News/Norway", "Tech")
    assert desk.shelf.move_folder("News", 1)
    assert desk.shelf.folders() == ("Tech", "News", "News/Norway")
    assert not desk.shelf.move_folder("News", 1)
    assert shown(desk) == [("", "E"), ("Tech", "D"), ("News", "A"), ("News", "B"), ("News/Norway", "C")]
    assert desk.undo() == "moving the folder News down"
    assert desk.shelf.folders() == ("News", "News/Norway", "Tech")


def test_feeds_move_among_those_of_their_folder(desk):
    assert desk.shelf.move_feed(1, 1)
    assert [title for folder, title in shown(desk) if folder == "News"] == ["B", "A"]
    assert not desk.shelf.move_feed(1, 1)
    assert not desk.shelf.move_feed(99, 1)
    assert desk.undo() == "moving A down"
    assert [title for folder, title in shown(desk) if folder == "News"] == ["A", "B"]


def test_a_folder_is_made_renamed_with_all_in_it_and_taken_apart(desk):
    assert desk.shelf.create_folder(" Slow / Weekly ") == "Slow/Weekly"
    assert "Slow" in desk.shelf.folders()
    with pytest.raises(TuinewsError, match="already"):
        desk.shelf.create_folder("Tech")
    with pytest.raises(TuinewsError, match="name"):
        desk.shelf.create_folder(" / ")
    with pytest.raises(TuinewsError, match="itself"):
        desk.shelf.rename_folder("News", "News/Old")
    assert desk.shelf.rename_folder("News", "World") == "World"
    assert [folder for folder, _ in shown(desk)] == ["", "Tech", "World", "World", "World/Norway"]
    assert desk.shelf.rename_folder("Slow/Weekly", "Slow/Monthly") == "Slow/Monthly"
    assert desk.shelf.rename_folder("World", "") == ""
    assert [folder for folder, _ in shown(desk)] == ["", "", "", "Norway", "Tech"]
    assert desk.undo() == "taking the folder World apart"
    desk.undo()
    assert desk.undo() == "renaming the folder News to World"
    assert desk.shelf.folders() == ("News", "News/Norway", "Slow", "Slow/Weekly", "Tech")


def test_settings_of_a_feed_are_kept_and_undone_as_one_act(desk):
    wanted = FeedSettings(interval=15, full_text="always", comments="never", muted=True, retention=30)
    desk.shelf.edit(1, "Mine", "Tech/New", wanted)
    feed = desk.library.feeds.get(1)
    assert (feed.title, feed.folder, feed.settings) == ("Mine", "Tech/New", wanted)
    assert desk.undo() == "editing A"
    feed = desk.library.feeds.get(1)
    assert (feed.title, feed.folder, feed.settings) == ("A", "News", FeedSettings())
    desk.shelf.edit(1, "A", "News", FeedSettings())
    assert desk.undo() is None, "nothing was changed"
    with pytest.raises(TuinewsError, match="folder"):
        desk.shelf.edit(1, "A", "a/b/c/d/e/f/g", FeedSettings())


def test_a_new_interval_brings_the_next_visit_forward(desk):
    desk.library.feeds.fetched(1, now=1000, etag="", modified="", body_hash="", headers="", http_status=200,
                               next_check=1000 + 86400, next_why="the feed asks for it (ttl)")  # fmt: skip
    desk.shelf.edit(1, "A", "News", FeedSettings(interval=30))
    feed = desk.library.feeds.get(1)
    assert (feed.next_check, feed.next_why) == (1000 + 1800, "as you set it")


def test_choices_are_remembered(desk):
    assert desk.shelf.remembered("order all") == ""
    desk.shelf.remember("order all", "oldest")
    assert desk.shelf.remembered("order all") == "oldest"
