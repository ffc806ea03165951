from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from tui_news.models import Comment, Entry, LibraryError, Subscription, ThreadRef
from tui_news.paths import Paths
from tui_news.store import Library, LibraryDamaged
from tui_news.store.rescue import rescue

Open = Callable[..., Library]
ASIDE = "library-damaged-2023-11-14.db"


def read_lines(data: bytes) -> Sequence[Subscription]:
    """Stands in for an OPML reader: one address a quoted xmlUrl."""
    if b"<opml" not in data:
        raise ValueError("this is no OPML")
    return [Subscription(part.split('"')[0]) for part in data.decode().split('xmlUrl="')[1:]]


@pytest.fixture
def filled(opened: Open, entry: Callable[..., Entry], paths: Paths) -> Paths:
    """A closed library of 30 feeds with 20 stories each; the first feed is read, the second starred."""
    library = opened()
    with library.write():
        for number in range(30):
            feed_id, _ = library.feeds.add(f"https://{number}.example/feed", folder="News", now=5)
            ids = library.stories.store(
                feed_id, [entry(f"{number}-{n}", html="<p>" + f"{number} words {n} " * 150) for n in range(20)], [], 10
            )
            if number == 0:
                library.stories.set_read(ids, True)
            if number == 1:
                library.stories.set_starred(ids, True)
    library.close()
    return paths


def test_a_garbage_header_loses_nothing(filled: Paths, opened: Open) -> None:
    data = bytearray(filled.library.read_bytes())
    data[:16] = b"\xff" * 16
    filled.library.write_bytes(data)
    library = opened()
    tally = library.stories.counts(0)
    assert (tally.feeds, tally.total, tally.unread, tally.starred) == (30, 600, 580, 20)
    assert library.check() == []
    assert (filled.data / ASIDE).read_bytes() == bytes(data)
    assert library.notices == [
        f"The library was damaged and lies now at {filled.data / ASIDE}; "
        "saved from it: 30 feeds, 600 stories, 40 read or starred marks."
    ]
    names = {path.name for path in filled.data.iterdir()}
    assert not {name for name in names if "reading" in name or ".new." in name}


def test_what_was_lost_comes_back_from_feeds_that_have_not_changed(filled: Paths, opened: Open) -> None:
    """No stamp and no hash may say "the same": of a story that lost its text nothing else would fetch it again."""
    library = opened()
    library.db.run("UPDATE feed SET etag = 'e', modified = 'm', body_hash = 'h', marks = x'01'")
    library.db.run("UPDATE story SET content_hash = 'a-b-c'")
    library.db.run("DELETE FROM body WHERE story_id = 7")
    library.close()
    filled.library.write_bytes(b"\xff" * 16 + filled.library.read_bytes()[16:])
    library = opened()
    feeds = library.feeds.all()
    assert len(feeds) == 30
    assert {(feed.etag, feed.modified, feed.body_hash, library.feeds.marks(feed.id)) for feed in feeds} == {
        ("", "", "", b"")
    }
    assert library.db.all("SELECT id FROM story WHERE content_hash = ''") == [(7,)]


def test_text_that_never_was_a_database_is_put_aside_and_feeds_come_from_the_opml(filled: Paths, opened: Open) -> None:
    filled.library.write_bytes(b"not a database at all, " * 1000)
    library = opened(read_opml=read_lines)
    assert len(library.feeds.all()) == 30
    assert library.notices[0].startswith("The library was damaged")
    assert "30 feeds were subscribed again" in library.notices[1]
    assert (filled.data / ASIDE).read_bytes().startswith(b"not a database")


@pytest.mark.parametrize("page", range(2, 12))
def test_a_destroyed_page_never_stops_the_program(filled: Paths, opened: Open, page: int) -> None:
    """Whatever page: it opens now or after one refused act, and every subscription is there."""
    with open(filled.library, "r+b") as stream:
        stream.seek(page * 16384)
        stream.write(b"\xa5" * 16384)
    library = opened(read_opml=read_lines)
    for _ in range(2):
        try:
            feeds = library.feeds.all()
            rows = [library.stories.newest(feed.id, 100) for feed in feeds]
            [library.stories.get(story) for ids in rows for story in ids]
            assert library.check() == []
            break
        except (LibraryDamaged, AssertionError):
            library.db.on_damage()
            library.close()
            library = opened(read_opml=read_lines)
    assert len(library.feeds.all()) == 30
    assert library.check() == []


def test_a_cut_file_gives_what_is_left(filled: Paths, opened: Open) -> None:
    size = filled.library.stat().st_size
    with open(filled.library, "r+b") as stream:
        stream.truncate(size // 2)
    filled.data.joinpath("library.damaged").touch()
    library = opened(read_opml=read_lines)
    assert len(library.feeds.all()) == 30
    assert library.check() == []


def test_an_empty_file_beside_a_list_of_feeds_is_refilled(filled: Paths, opened: Open) -> None:
    filled.library.write_bytes(b"")
    library = opened(read_opml=read_lines)
    assert len(library.feeds.all()) == 30
    assert library.notices == [
        f"The library was empty: 30 feeds were subscribed again from {filled.data / 'subscriptions.opml'}."
    ]
    library.close()
    assert opened(read_opml=read_lines).notices == []


def test_an_empty_file_with_a_full_journal_is_damage(filled: Paths, opened: Open) -> None:
    """SQLite would delete the journal unread."""
    filled.library.write_bytes(b"")
    wal = filled.data / "library.db-wal"
    wal.write_bytes(b"stories may be in here")
    library = opened(read_opml=read_lines)
    assert len(library.feeds.all()) == 30
    assert (filled.data / f"{ASIDE}-wal").read_bytes() == b"stories may be in here"


def test_an_empty_file_alone_is_a_new_library(paths: Paths, opened: Open) -> None:
    paths.make()
    paths.library.touch()
    library = opened(read_opml=read_lines)
    assert library.feeds.all() == ()
    assert library.notices == []


def test_a_missing_library_beside_a_list_of_feeds_is_refilled(paths: Paths, opened: Open) -> None:
    paths.make()
    (paths.data / "subscriptions.opml").write_text('<opml><outline xmlUrl="https://a.example/feed"/></opml>')
    assert [feed.url for feed in opened(read_opml=read_lines).feeds.all()] == ["https://a.example/feed"]


def test_a_library_whose_feeds_were_all_removed_stays_so(opened: Open, paths: Paths) -> None:
    library = opened()
    feed_id, _ = library.feeds.add("https://a.example/feed")
    library.feeds.remove(feed_id)
    library.close()
    (paths.data / "subscriptions.opml").write_text('<opml><outline xmlUrl="https://b.example/feed"/></opml>')
    assert opened(read_opml=read_lines).feeds.all() == ()


@pytest.mark.parametrize("reader", [None, read_lines])
def test_a_list_that_cannot_be_read_is_kept(paths: Paths, opened: Open, reader: object) -> None:
    paths.make()
    (paths.data / "subscriptions.opml").write_text("forty feeds, in a format of my own")
    library = opened(read_opml=reader)
    assert bool(library.notices) == (reader is not None)
    library.feeds.add("https://a.example/feed")
    kept = paths.data / "subscriptions-2023-11-14.opml"
    assert kept.read_text() == "forty feeds, in a format of my own"
    library.feeds.add("https://b.example/feed")
    assert kept.read_text() == "forty feeds, in a format of my own"
    assert "b.example" in (paths.data / "subscriptions.opml").read_text()


def test_missing_tables_are_damage(filled: Paths, opened: Open) -> None:
    conn = sqlite3.connect(filled.library)
    conn.execute("DROP TABLE thread")
    conn.close()
    library = opened()
    assert library.stories.counts(0).total == 600
    assert "saved from it: 30 feeds" in library.notices[0]


def test_no_tables_at_all_are_damage(filled: Paths, opened: Open) -> None:
    filled.library.unlink()
    conn = sqlite3.connect(filled.library)
    conn.execute("PRAGMA user_version=1")
    conn.close()
    assert len(opened(read_opml=read_lines).feeds.all()) == 30


def test_damage_met_while_reading_is_looked_for_at_the_next_opening(filled: Paths, opened: Open) -> None:
    library = opened()
    library.db.on_damage()
    library.close()
    assert (filled.data / "library.damaged").exists()
    opened().close()
    assert not (filled.data / "library.damaged").exists()


def test_a_readonly_library_leaves_no_mark_of_damage(filled: Paths, opened: Open) -> None:
    opened(readonly=True).db.on_damage()
    assert not (filled.data / "library.damaged").exists()


def test_damage_that_cannot_be_noted_is_still_a_sentence(filled: Paths, opened: Open) -> None:
    library = opened()
    (filled.data / "library.damaged").mkdir()
    library.db.run("PRAGMA writable_schema=ON")
    library.paths.data.joinpath("library.damaged").rmdir()
    library.paths = Paths(Path("/proc/none"), filled.cache, filled.config, filled.state)
    with pytest.raises(LibraryDamaged, match="missing"):
        library.db.run("SELECT * FROM nowhere")


def test_two_damaged_libraries_on_one_day_are_both_kept(filled: Paths, opened: Open) -> None:
    for text in (b"first " * 200, b"second " * 200):
        filled.library.write_bytes(text)
        opened().close()
    assert (filled.data / ASIDE).read_bytes().startswith(b"first")
    assert (filled.data / "library-damaged-2023-11-14-2.db").read_bytes().startswith(b"second")


def test_the_ids_of_lost_feeds_are_not_given_again(filled: Paths, opened: Open) -> None:
    conn = sqlite3.connect(filled.library)
    conn.execute("PRAGMA foreign_keys=OFF")
    conn.execute("DELETE FROM feed")
    conn.execute("DELETE FROM sqlite_sequence")
    conn.execute("DROP TABLE memo")
    conn.commit()
    conn.close()
    library = opened()
    feed_id, _ = library.feeds.add("https://other.example/feed")
    assert feed_id > 2
    assert library.stories.known(feed_id) == ()
    assert library.check() == []


def test_threads_and_marks_come_over(opened: Open, entry: Callable[..., Entry], paths: Paths) -> None:
    library = opened()
    feed_id, _ = library.feeds.add("https://a.example/feed")
    (story,) = library.stories.store(feed_id, [entry("a")], [], 10)
    ref = ThreadRef("wordpress", "k", (), "https://a.example/a")
    comments = [Comment("1", None, "Kari", 5, "<p>Ja</p>")]
    library.threads.put(story, ref, comments, [], coverage="complete", total=1, route="rest", warnings=[], now=9)
    library.stories.save_position(story, "40%")
    library.db.run("UPDATE story SET read = 1")  # its status is lost, the story knows
    library.close()
    data = bytearray(paths.library.read_bytes())
    data[:16] = bytes(16)
    paths.library.write_bytes(data)
    library = opened()
    thread = library.threads.get(story)
    assert thread is not None
    assert [comment.author for comment in thread.comments] == ["Kari"]
    assert library.stories.position(story) == "40%"


def test_a_rescue_that_cannot_be_written_leaves_the_file_in_its_place(filled: Paths, opened: Open) -> None:
    filled.library.write_bytes(b"damaged " * 100)
    (filled.data / "library.new.db").mkdir()
    with pytest.raises(LibraryError, match="could not be made beside it"):
        opened()
    assert filled.library.read_bytes() == b"damaged " * 100


@pytest.mark.parametrize("step", range(5))
def test_a_rescue_cut_off_at_any_rename_is_ended_by_the_next_start(
    filled: Paths, opened: Open, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    """Once the damaged file had left its place and the new one had not come, the next start began an empty library."""
    with open(filled.library, "r+b") as stream:
        stream.write(b"no database here")
    filled.library.with_name("library.db-wal").write_bytes(b"")
    real, left = os.replace, [step]

    def replace(source: str, target: str) -> None:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(5, "Input/output error")
        real(source, target)

    monkeypatch.setattr("tui_news.store.rescue.os.replace", replace)
    with suppress(LibraryError):
        opened(read_opml=read_lines).close()
    library = opened(read_opml=read_lines)
    tally = library.stories.counts(0)
    assert (tally.feeds, tally.total, tally.unread, tally.starred) == (30, 600, 580, 20)
    assert not list(filled.data.glob("library.*d.db"))


def test_a_rescue_without_room_for_a_copy_still_starts_anew(filled: Paths, opened: Open) -> None:
    filled.library.write_bytes(b"damaged " * 100)
    (filled.data / "library.reading.db").mkdir()
    with pytest.raises(LibraryError):
        opened(read_opml=read_lines)


def test_a_lock_that_cannot_be_made_is_a_sentence(filled: Paths, opened: Open) -> None:
    filled.library.write_bytes(b"damaged " * 100)
    (filled.data / "library.db.lock").mkdir()
    with pytest.raises(LibraryError, match="directory"):
        opened()


def test_the_second_of_two_processes_finds_it_mended(
    filled: Paths, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_news.store import opening

    real, calls = opening.open_sound, []

    def damaged_once(paths: Paths) -> object:
        calls.append(paths)
        if len(calls) == 1:
            raise LibraryDamaged("The library", "as the other process found it")
        return real(paths)

    monkeypatch.setattr(opening, "open_sound", damaged_once)
    library = opened()
    assert library.notices == []
    assert not (filled.data / ASIDE).exists()


def test_rescue_of_an_older_schema_takes_the_columns_both_have(filled: Paths) -> None:
    conn = sqlite3.connect(filled.library)
    conn.execute("ALTER TABLE feed DROP COLUMN headers")
    conn.execute("ALTER TABLE story ADD COLUMN odd")
    conn.close()
    saved = rescue(filled.library, 0, lambda db: None)
    assert (saved.feeds, saved.stories, saved.marks) == (30, 600, 40)
    assert saved.aside.name == "library-damaged-1970-01-01.db"


def test_what_the_file_no_longer_gives_comes_from_the_last_copy(filled: Paths, opened: Open) -> None:
    library = opened()
    copy = library.backup()
    ids = [row[0] for row in library.db.all("SELECT id FROM story LIMIT 3 OFFSET 100")]
    library.stories.set_starred(ids, True)
    library.close()
    filled.library.write_bytes(b"\x00" * 70_000)
    library = opened()
    tally = library.stories.counts(0)
    assert (tally.feeds, tally.total, tally.unread, tally.starred) == (30, 600, 580, 20)
    assert library.check() == []
    assert str(copy) in library.notices[0]


def test_a_copy_never_wins_over_what_the_file_still_gives(filled: Paths, opened: Open) -> None:
    """What was unstarred, untagged or unsubscribed since the copy does not come back with it."""
    library = opened()
    library.backup()
    starred = [row[0] for row in library.db.all("SELECT id FROM story WHERE starred = 1")]
    library.stories.set_starred(starred, False)
    library.feeds.remove(7)
    library.close()
    data = bytearray(filled.library.read_bytes())
    data[:16] = b"\xff" * 16
    filled.library.write_bytes(data)
    library = opened()
    assert (library.stories.counts(0).starred, len(library.feeds.all())) == (0, 29)
    assert "came from the copy" not in library.notices[0]


def test_a_damaged_copy_is_passed_over_for_an_older_one(filled: Paths, opened: Open) -> None:
    import os

    library = opened()
    old = library.backup()
    library.close()
    bad = old.with_name("library-2030-01-01.backup.db")
    bad.write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    os.utime(old, (1, 1))
    filled.library.write_bytes(b"gone")
    library = opened()
    assert library.stories.counts(0).total == 600
    assert str(old) in library.notices[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Story 3-7", b"Stor\xd7 3-7"),  # a story's title
        (b"https://4.example/feed", b"https://4.exampl\xd7/feed"),
        (b"CREATE TABLE feed(", b"CREATE \xd7ABLE feed("),  # in the words of SQLite's own error
        (b"CREATE TABLE story(", b"CREATE TABLE sto\xff\xd7("),
    ],
)
def test_a_letter_that_is_none_costs_nothing_else(filled: Paths, opened: Open, old: bytes, new: bytes) -> None:
    """One flipped bit in a text: SQLite calls the file sound, and Python refuses every list that the text is in."""
    data = filled.library.read_bytes()
    assert old in data
    filled.library.write_bytes(data.replace(old, new))
    library = opened(read_opml=read_lines)
    for _ in range(2):
        try:
            feeds = library.feeds.all()
            titles = [
                library.stories.get(story).row.title for feed in feeds for story in library.stories.newest(feed.id, 100)
            ]
            break
        except LibraryDamaged:
            library.close()
            library = opened(read_opml=read_lines)
    assert len(titles) == 600
    assert len(feeds) in (30, 31)  # an address that is none is beside the one that the list of feeds has
    tally = library.stories.counts(0)
    assert (tally.unread, tally.starred) == (580, 20)
    assert library.check() == []


@pytest.mark.parametrize("gone", [False, True])
def test_a_library_that_is_gone_comes_back_from_its_last_copy(filled: Paths, opened: Open, gone: bool) -> None:
    library = opened()
    library.backup()
    library.close()
    marks = sqlite3.connect(filled.library).execute("SELECT count(*) FROM status WHERE read OR starred").fetchone()
    os.truncate(filled.library, 0)
    if gone:
        filled.library.unlink()
    library = opened(read_opml=read_lines)
    assert library.db.one("SELECT count(*) FROM status WHERE read OR starred") == marks
    assert marks[0] > 0
    assert "was gone" in library.notices[0]
    assert "backup.db" in library.notices[0]
    assert not list(filled.data.glob("library-damaged-*"))
    assert library.check() == []
