"""Moving in: what was read and flagged elsewhere is so here; nothing of the other reader's is touched."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes import NOW, Clock
from newsboatkit import make_cache
from tui_news.models import TuinewsError, View
from tui_news.paths import Paths
from tui_news.services.desk import LibraryDesk
from tui_news.services.moved_report import Moved
from tui_news.services.moving import Mover
from tui_news.services.moving_sources import read_source
from tui_news.services.opening import open_library

ONE = ("https://one.example/feed", "https://one.example/", "The One &amp; Only")
TWO = ("https://two.example/feed", "https://two.example/", "Two")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LibraryDesk]:
    paths = Paths(*(tmp_path / name for name in ("data", "cache", "config", "state")))
    desk = LibraryDesk(open_library(paths, clock=Clock()), Clock())
    yield desk
    desk.close()


def move(desk: LibraryDesk, *files: Path, dry: bool = False) -> Moved:
    return Mover(desk.library, NOW, dry=dry).run([read_source(file) for file in files])


def urls(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "urls"
    file.write_text(text, encoding="utf-8")
    return file


def marks(desk: LibraryDesk) -> dict[str, tuple[bool, bool]]:
    return {row.title: (row.read, row.starred) for row in desk.stories(View("all"))}


ITEMS: list[dict[str, object]] = [
    {"unread": 0},
    {"flags": "ab"},
    {"unread": 0, "flags": "S"},
    {},
    {"unread": 1, "deleted": 1},
]


def test_what_was_flagged_there_is_kept_even_if_it_was_deleted(desk: LibraryDesk, tmp_path: Path) -> None:
    move(desk, make_cache(tmp_path / "cache.db", [ONE], [{"deleted": 1, "flags": "a"}]))
    assert marks(desk) == {"Story 0": (True, True)}


def test_the_whole_move_at_once(desk: LibraryDesk, tmp_path: Path) -> None:
    cache = make_cache(tmp_path / "cache.db", [ONE], ITEMS)
    moved = move(desk, cache, urls(tmp_path, f"{ONE[0]} news\n{TWO[0]}\n"))
    assert (moved.feeds, moved.stories, moved.read, moved.starred) == (2, 4, 3, 2)
    assert moved.sentence == "Imported 2 feeds, 4 stories, 3 read marks and 2 stars."
    assert marks(desk) == {
        "Story 0": (True, False),
        "Story 1": (False, True),
        "Story 2": (True, True),
        "Story 3": (False, False),
    }
    one = next(feed for feed in desk.feeds() if feed.url == ONE[0])
    assert (one.title, one.folder, one.unread) == ("The One & Only", "news", 2)
    opened = desk.open(next(row.id for row in desk.stories(View("all")) if row.title == "Story 3"))
    assert opened is not None
    assert opened.article is not None
    assert opened.article.blocks[0].text == "Words 3"


def test_one_press_takes_it_all_back(desk: LibraryDesk, tmp_path: Path) -> None:
    moved = move(desk, urls(tmp_path, ONE[0]), make_cache(tmp_path / "cache.db", [ONE], ITEMS))
    assert moved.did_anything
    assert desk.undo() == "importing 1 feed and 4 stories"
    assert desk.feeds() == ()
    assert desk.undo() is None
    move(desk, urls(tmp_path, ONE[0]))
    assert desk.library.db.value("SELECT count(*) FROM story") == 0
    assert desk.library.db.value("SELECT count(*) FROM status") == 0


def test_a_feed_whose_stories_were_taken_back_is_asked_for_all_it_has(desk: LibraryDesk, tmp_path: Path) -> None:
    """Else it answers “not modified” after the second import, and what it had besides newsboat's text never comes."""
    move(desk, urls(tmp_path, f"{ONE[0]}\n{TWO[0]}"))
    move(desk, make_cache(tmp_path / "cache.db", [ONE], ITEMS))
    desk.library.db.run("UPDATE feed SET etag = 'e', modified = 'm', body_hash = 'b'")
    desk.undo()
    assert {(feed.url, feed.etag, feed.modified, feed.body_hash) for feed in desk.feeds()} == {
        (ONE[0], "", "", ""),
        (TWO[0], "e", "m", "b"),
    }


@pytest.mark.parametrize("age", ["old", "2.21", "2.40"])
def test_every_age_of_the_cache(desk: LibraryDesk, tmp_path: Path, age: str) -> None:
    items: list[dict[str, object]] = [{"unread": 0}, {"content": "a < b", "content_mime_type": "text/plain"}]
    moved = move(desk, make_cache(tmp_path / "cache.db", [ONE], items, age))
    assert (moved.feeds, moved.stories, moved.read) == (1, 2, 1)


def test_a_second_import_changes_nothing(desk: LibraryDesk, tmp_path: Path) -> None:
    files = (urls(tmp_path, ONE[0]), make_cache(tmp_path / "cache.db", [ONE], ITEMS))
    move(desk, *files)
    again = move(desk, *files)
    assert not again.did_anything
    assert (again.feeds_held, again.stories_held) == (1, 4)
    assert again.sentence == "Imported 0 feeds (1 already there) and 0 stories (4 already held)."
    assert desk.undo() == "importing 1 feed and 4 stories"  # the first: the second was no act


def test_marks_reach_stories_that_are_held_and_never_unread_one(desk: LibraryDesk, tmp_path: Path) -> None:
    move(desk, make_cache(tmp_path / "first.db", [ONE], [{"unread": 1}, {"unread": 0}, {}]))
    later = [{"unread": 0}, {"unread": 1}, {"guid": "changed", "flags": "x", "url": "https://one.example/2"}]
    moved = move(desk, make_cache(tmp_path / "second.db", [ONE], later))
    assert (moved.stories, moved.read, moved.starred) == (0, 1, 1)
    assert marks(desk) == {"Story 0": (True, False), "Story 1": (True, False), "Story 2": (False, True)}


def test_what_you_left_there_stays_there(desk: LibraryDesk, tmp_path: Path) -> None:
    items: list[dict[str, object]] = [{}, {"feedurl": TWO[0]}, {"feedurl": "exec:rm -rf /"}, {"feedurl": "file:///x"}]
    moved = move(desk, urls(tmp_path, ONE[0]), make_cache(tmp_path / "cache.db", [ONE, TWO], items))
    assert moved.stories == 1
    assert "3 stories of 3 feeds" in moved.notes[0]
    assert [feed.url for feed in desk.feeds()] == [ONE[0]]


def test_a_cache_alone_brings_its_feeds_and_only_web_ones(desk: LibraryDesk, tmp_path: Path) -> None:
    items: list[dict[str, object]] = [{}, {"feedurl": "exec:rm -rf /"}, {"feedurl": "file:///x"}]
    move(desk, make_cache(tmp_path / "cache.db", [ONE], items))
    assert [feed.url for feed in desk.feeds()] == [ONE[0]]


def test_the_cache_is_not_touched_nor_is_anything_left_beside_it(desk: LibraryDesk, tmp_path: Path) -> None:
    folder = tmp_path / "nb"
    folder.mkdir()
    cache = make_cache(folder / "cache.db", [ONE], ITEMS)
    before = hashlib.sha256(cache.read_bytes()).digest(), cache.stat().st_mtime_ns
    folder.chmod(0o500)
    cache.chmod(0o400)
    move(desk, cache)
    folder.chmod(0o700)
    assert (hashlib.sha256(cache.read_bytes()).digest(), cache.stat().st_mtime_ns) == before
    assert [path.name for path in folder.iterdir()] == ["cache.db"]


def test_a_newsboat_that_is_writing_is_neither_waited_for_nor_disturbed(desk: LibraryDesk, tmp_path: Path) -> None:
    """Its half-done transaction stays its own: what is committed comes over."""
    cache = make_cache(tmp_path / "cache.db", [ONE], ITEMS)
    writer = sqlite3.connect(cache, isolation_level=None)
    writer.execute("PRAGMA cache_size=1")
    writer.execute("BEGIN EXCLUSIVE")
    writer.execute("UPDATE rss_item SET unread = 0, content = content || zeroblob(100000)")
    assert (tmp_path / "cache.db-journal").exists()
    moved = move(desk, cache)
    writer.execute("ROLLBACK")
    writer.close()
    assert (moved.stories, moved.read) == (4, 3)


@pytest.mark.parametrize("damage", [b"SQLite format 3\0" + b"\xff" * 5000, b"SQLite format 3\0"])
def test_a_damaged_cache_is_a_sentence(desk: LibraryDesk, tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "cache.db").write_bytes(damage)
    with pytest.raises(TuinewsError, match="could not be"):
        move(desk, tmp_path / "cache.db")
    assert desk.feeds() == ()


def test_another_programs_database_is_a_sentence(desk: LibraryDesk, tmp_path: Path) -> None:
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE moz_places(url)")
    conn.close()
    with pytest.raises(TuinewsError, match="not newsboat's cache"):
        move(desk, tmp_path / "x.db")


@pytest.mark.parametrize("seed", range(12))
def test_a_dry_run_says_what_then_happens_and_writes_nothing(desk: LibraryDesk, tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)

    def items() -> list[dict[str, object]]:
        made: list[dict[str, object]] = []
        for _ in range(dice.randrange(1, 12)):
            name = dice.randrange(8)
            made.append(
                {"guid": dice.choice([f"g{name}", f"https://one.example/{name}", ""]), "title": f"T{name}", "pubDate": name,
                 "url": f"https://one.example/{name}", "unread": dice.randrange(2), "deleted": dice.randrange(4) == 0,
                 "flags": dice.choice(["", "a"]), "feedurl": dice.choice([ONE[0], TWO[0]])}
            )  # fmt: skip
        return made

    move(desk, make_cache(tmp_path / "before.db", [ONE, TWO], items()))
    before = list(desk.library.db.conn.iterdump())
    files = (urls(tmp_path, f"{ONE[0]}\n{TWO[0]} x\n"), make_cache(tmp_path / "cache.db", [ONE, TWO], items()))
    foreseen = move(desk, *files, dry=True)
    assert list(desk.library.db.conn.iterdump()) == before
    done = move(desk, *files)
    counted = ("feeds", "feeds_held", "stories", "stories_held", "read", "starred", "skipped", "notes")
    assert {name: getattr(foreseen, name) for name in counted} == {name: getattr(done, name) for name in counted}
    assert desk.library.check() == []


def test_query_feeds_and_tags_become_smart_feeds_and_hidden_ones_are_muted(desk: LibraryDesk, tmp_path: Path) -> None:
    lines = [
        f"{ONE[0]} news daily",
        f'{TWO[0]} daily "!"',
        '"query:Unread:unread = \\"yes\\" and tags # \\"daily\\""',
        '"query:Odd:guid = \\"x\\""',
    ]
    file = urls(tmp_path, "\n".join(lines))
    assert move(desk, file, dry=True).smart == 2
    moved = move(desk, file)
    assert moved.smart == 2
    assert "guid cannot be asked here" in moved.skipped[0]
    assert [(smart.name, smart.query) for smart in desk.library.smart.all()] == [
        ("Unread", "is:unread AND (folder:daily OR feed:1)"),
        ("daily", "(folder:daily OR feed:1)"),
    ]
    assert [feed.settings.muted for feed in sorted(desk.feeds(), key=lambda feed: feed.id)] == [False, True]
    desk.undo()
    assert (desk.feeds(), desk.library.smart.all()) == ((), ())


def test_a_feed_without_guids_is_recognised_when_it_is_fetched(desk: LibraryDesk, tmp_path: Path) -> None:
    """newsboat makes guids of link and date: ours are made of what the feed itself has."""
    item: dict[str, object] = {"guid": "https://one.example/0Fri, 20 Nov 2026 10:00:00 +0000", "unread": 0}
    move(desk, make_cache(tmp_path / "cache.db", [ONE], [item]))
    assert desk.library.stories.known(1)[0].identity == "u:https://one.example/0"


def test_a_cache_that_sqlite_cannot_speak_of_is_a_sentence(desk: LibraryDesk, tmp_path: Path) -> None:
    """What it says of a damaged table quotes the table's name, whatever letters are left of it."""
    conn = sqlite3.connect(tmp_path / "cache.db")
    conn.executescript("CREATE TABLE rss_feed(rssurl, url, title); CREATE TABLE rss_item(id, guid)")
    conn.close()
    data = (tmp_path / "cache.db").read_bytes()
    (tmp_path / "cache.db").write_bytes(data.replace(b"CREATE TABLE rss_item", b"CREATE \xd7ABLE rss_item"))
    with pytest.raises(TuinewsError, match="could not be read"):
        move(desk, tmp_path / "cache.db")
