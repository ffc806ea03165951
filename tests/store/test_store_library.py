from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_news.models import LibraryError
from tui_news.paths import Paths
from tui_news.store import Library, LibraryBusy, LibraryDamaged, LibraryFull, LibraryNewer, LibraryReadonly
from tui_news.store.connection import Db, connect, storable, whole
from tui_news.store.errors import translate
from tui_news.store.migrate import back_up, migrate, version_of
from tui_news.store.schema import APPLICATION_ID, MIGRATIONS

Open = Callable[..., Library]
SECOND = ("ALTER TABLE feed ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'", "CREATE TABLE extra(x)")


def test_opens_with_the_settings_that_keep_data(library: Library) -> None:
    wanted = {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "page_size": 16384,
        "mmap_size": 0,
        "busy_timeout": 5000,
        "user_version": len(MIGRATIONS),
        "application_id": APPLICATION_ID,
    }
    assert {name: library.db.value(f"PRAGMA {name}") for name in wanted} == wanted
    assert library.notices == []


def test_an_exception_rolls_the_whole_transaction_back(library: Library) -> None:
    def add_two_and_fail() -> None:
        with library.write():
            library.feeds.add("https://a.example/feed")
            library.feeds.add("https://b.example/feed")
            raise KeyError

    with pytest.raises(KeyError):
        add_two_and_fail()
    assert library.feeds.all() == ()
    assert not (library.paths.data / "subscriptions.opml").exists()


def test_a_durable_write_syncs_fully_and_only_then(library: Library) -> None:
    with library.write(durable=True):
        assert library.db.value("PRAGMA synchronous") == 2
    assert library.db.value("PRAGMA synchronous") == 1


def test_changed_tells_of_others_writes_only(opened: Open) -> None:
    one, two = opened(), opened()
    assert not one.changed()
    one.feeds.add("https://a.example/feed")
    assert not one.changed()
    two.feeds.add("https://b.example/feed")
    assert one.changed()
    assert not one.changed()
    assert len(one.feeds.all()) == 2


def test_a_writer_waits_as_long_as_its_patience_and_says_who(opened: Open) -> None:
    one, two = opened(), opened()
    two.patience(1)
    with one.write(), pytest.raises(LibraryBusy, match="another program is writing"), two.write():
        raise AssertionError("two writers at once")
    with two.write():
        two.feeds.add("https://a.example/feed")
    assert len(one.feeds.all()) == 1


def test_reading_goes_on_while_another_writes(opened: Open) -> None:
    one, two = opened(), opened()
    one.feeds.add("https://a.example/feed")
    with one.write():
        one.feeds.add("https://b.example/feed")
        assert len(two.feeds.all()) == 1


def test_a_newer_library_is_refused_and_not_touched(opened: Open, paths: Paths) -> None:
    opened().close()
    conn = sqlite3.connect(paths.library)
    conn.execute("PRAGMA user_version=999")
    conn.close()
    before = paths.library.read_bytes()
    with pytest.raises(LibraryNewer, match="schema 999"):
        opened()
    with pytest.raises(LibraryNewer):
        opened(readonly=True)
    assert paths.library.read_bytes() == before


def test_another_programs_database_is_refused_and_not_touched(opened: Open, paths: Paths) -> None:
    paths.make()
    conn = sqlite3.connect(paths.library)
    conn.execute("CREATE TABLE mine(x)")
    conn.close()
    before = paths.library.read_bytes()
    with pytest.raises(LibraryError, match="another program's database"):
        opened()
    assert paths.library.read_bytes() == before


def test_readonly_reads_and_refuses_to_write(opened: Open) -> None:
    opened().feeds.add("https://a.example/feed")
    library = opened(readonly=True)
    assert [feed.url for feed in library.feeds.all()] == ["https://a.example/feed"]
    with pytest.raises(LibraryReadonly, match="may only be read"):
        library.feeds.add("https://b.example/feed")
    assert library.search.update() == 0


def test_readonly_makes_nothing(opened: Open, paths: Paths) -> None:
    with pytest.raises(LibraryError, match="there is none yet"):
        opened(readonly=True)
    assert not paths.data.exists()


def test_readonly_reads_the_bare_file_where_no_journal_may_be_made(
    opened: Open, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root no folder is read-only: the first way to open is made to fail as it does there."""
    library = opened()
    library.feeds.add("https://a.example/feed")
    library.close()
    real = sqlite3.connect

    class Refused(sqlite3.Connection):
        def execute(self, *args: object) -> sqlite3.Cursor:
            return real("/none/library.db")  # raises as a folder without the right to write does

    def refuse(name: str, **options: object) -> sqlite3.Connection:
        plain = name.endswith("?mode=ro") or everything
        return real(name, factory=Refused if plain else sqlite3.Connection, **options)  # type: ignore[call-overload]

    everything = False
    monkeypatch.setattr(sqlite3, "connect", refuse)
    assert len(opened(readonly=True).feeds.all()) == 1
    everything = True
    with pytest.raises(LibraryError, match="cannot be opened"):
        opened(readonly=True)


def test_readonly_of_an_older_or_damaged_library_says_so(opened: Open, paths: Paths) -> None:
    paths.make()
    paths.library.touch()
    with pytest.raises(LibraryError, match="older version"):
        opened(readonly=True)
    paths.library.write_bytes(b"no database at all" * 100)
    with pytest.raises(LibraryDamaged, match="no database"):
        opened(readonly=True)
    assert [path.name for path in paths.data.iterdir()] == ["library.db"]


def test_readonly_waits_for_a_file_that_another_program_locked(
    opened: Open, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_news.store import connection

    monkeypatch.setattr(connection, "PATIENCE", 1)
    paths.make()
    conn = sqlite3.connect(paths.library, isolation_level=None)
    conn.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LibraryBusy):
        opened(readonly=True)
    conn.close()


def test_a_folder_that_cannot_be_made_is_a_sentence(opened: Open, paths: Paths) -> None:
    paths.data.parent.mkdir(exist_ok=True)
    paths.data.write_text("a file where the folder should be")
    with pytest.raises(LibraryError, match="exists"):
        opened()


def test_a_library_that_is_a_folder_is_a_sentence(opened: Open, paths: Paths) -> None:
    paths.make()
    paths.library.mkdir()
    with pytest.raises(LibraryError, match="cannot be opened"):
        opened()


def test_closing_twice_is_harmless_and_use_after_it_is_a_sentence(library: Library) -> None:
    assert library.search.update() == 0
    library.close()
    library.close()
    with pytest.raises(LibraryError):
        library.feeds.all()


def test_check_finds_wrong_counts_and_recount_mends_them(library: Library) -> None:
    library.feeds.add("https://a.example/feed")
    assert library.check() == []
    library.db.run("UPDATE tally SET unread = 7")
    assert library.check() == ["the unread counts are wrong; `recount` mends them"]
    library.stories.recount()
    assert library.check() == []


def test_check_finds_rows_that_belong_to_nothing(library: Library) -> None:
    library.db.run("PRAGMA foreign_keys=OFF")
    library.db.run("INSERT INTO body(story_id, html) VALUES (77, x'')")
    assert library.check() == ["body row 77 belongs to nothing"]


def test_backups_are_whole_and_the_oldest_go(library: Library, paths: Paths) -> None:
    library.feeds.add("https://a.example/feed")
    for day in ("2001-01-01", "2002-02-02", "2003-03-03"):
        (paths.data / f"library-{day}.backup.db").touch()
    made = library.backup(keep=2)
    assert made.name == "library-2023-11-14.backup.db"
    assert sorted(path.name for path in paths.data.glob("*.backup.db")) == [
        "library-2003-03-03.backup.db",
        "library-2023-11-14.backup.db",
    ]
    conn = sqlite3.connect(made)
    assert conn.execute("SELECT url FROM feed").fetchall() == [("https://a.example/feed",)]
    conn.close()
    assert not list(paths.data.glob("*.part"))


def test_a_backup_that_cannot_be_written_is_a_sentence(library: Library, paths: Paths) -> None:
    (paths.data / "library-2023-11-14.backup.db").mkdir()
    with pytest.raises(LibraryError, match="directory"):
        library.backup()
    assert not list(paths.data.glob("*.part"))


# migrations
HELD = len(MIGRATIONS)


def old_library(path: Path) -> Db:
    path.parent.mkdir(parents=True)
    db = Db(connect(path), path)
    migrate(db)
    db.run("INSERT INTO feed(url, added) VALUES ('https://a.example/feed', 5)")
    return db


def test_an_older_library_is_copied_then_migrated(paths: Paths) -> None:
    db = old_library(paths.library)
    migrate(db, (*MIGRATIONS, SECOND))
    assert version_of(db) == HELD + 1
    assert db.all("SELECT url, mood FROM feed") == [("https://a.example/feed", "calm")]
    db.close()
    copy = sqlite3.connect(paths.data / f"library-schema{HELD}.backup.db")
    assert copy.execute("PRAGMA user_version").fetchone() == (HELD,)
    assert copy.execute("SELECT url FROM feed").fetchall() == [("https://a.example/feed",)]
    copy.close()


@pytest.mark.parametrize("good", range(len(SECOND) + 1))
def test_a_migration_that_stops_at_any_statement_leaves_what_was(paths: Paths, good: int) -> None:
    db = old_library(paths.library)
    with pytest.raises(LibraryError):
        migrate(db, (*MIGRATIONS, (*SECOND[:good], "INSERT INTO nowhere VALUES (1)")))
    assert version_of(db) == HELD
    assert "mood" not in {row[1] for row in db.all("PRAGMA table_info(feed)")}
    migrate(db, (*MIGRATIONS, SECOND))
    assert version_of(db) == HELD + 1
    db.close()


def test_a_copy_that_cannot_be_made_stops_the_migration(paths: Paths) -> None:
    db = old_library(paths.library)
    (paths.data / f"library-schema{HELD}.backup.db").mkdir()
    with pytest.raises(LibraryError, match="directory"):
        migrate(db, (*MIGRATIONS, SECOND))
    assert version_of(db) == HELD
    db.close()


def test_two_processes_migrate_once(paths: Paths) -> None:
    """The step that finds its work done by another does nothing."""
    from tui_news.store.migrate import _step

    db = old_library(paths.library)
    migrate(db, (*MIGRATIONS, SECOND))
    _step(db, HELD, SECOND)
    assert version_of(db) == HELD + 1
    db.close()


def test_a_copy_leaves_no_part_behind_when_the_disk_is_full(paths: Paths) -> None:
    db = old_library(paths.library)
    with pytest.raises(LibraryError):
        back_up(db, paths.data / "missing" / "copy.db")
    assert sorted(path.name for path in paths.data.iterdir() if "part" in path.name) == []
    db.close()


# the sentences
@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_BUSY, LibraryBusy),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, LibraryBusy),
        (sqlite3.SQLITE_LOCKED, LibraryBusy),
        (sqlite3.SQLITE_READONLY_DBMOVED, LibraryReadonly),
        (sqlite3.SQLITE_FULL, LibraryFull),
        (sqlite3.SQLITE_IOERR_WRITE, LibraryFull),
        (sqlite3.SQLITE_CORRUPT, LibraryDamaged),
        (sqlite3.SQLITE_NOTADB, LibraryDamaged),
        (sqlite3.SQLITE_PERM, LibraryError),
        (sqlite3.SQLITE_ERROR, LibraryError),
    ],
)
def test_every_code_is_a_sentence_with_what_to_do(code: int, kind: type[LibraryError]) -> None:
    error = sqlite3.OperationalError("said so")
    error.sqlite_errorcode = code
    told = translate(error, Path("/x/library.db"))
    assert type(told) is kind
    assert told.what == "The library /x/library.db"
    assert told.why
    assert told.todo


def test_faults_outside_sqlites_tree_are_sentences_too(library: Library) -> None:
    with pytest.raises(LibraryError):
        library.db.run("SELECT ?", (2**70,))
    with pytest.raises(LibraryError):
        library.db.one("SELECT ?", ("\ud800",))
    with pytest.raises(LibraryError):
        library.db.many("INSERT INTO memo(kind, key, value) VALUES (?, ?, ?)", [("a", "b", 2**70)])
    with pytest.raises(LibraryError):
        list(library.db.each("SELECT abs(value) FROM json_each('[1, -9223372036854775808]')"))


def test_what_sqlite_cannot_hold_is_made_storable() -> None:
    assert storable("a\ud800b") == "a\ufffdb"
    assert storable("\ud83d\ude00") == "\U0001f600"
    assert whole(2**70) == 2**63 - 1
    assert whole(-(2**70)) == -(2**63)
    assert whole(None) is None


def test_a_full_disk_is_a_sentence_and_what_was_held_stays(library: Library) -> None:
    library.feeds.add("https://a.example/feed")
    pages = library.db.value("PRAGMA page_count")
    library.db.run(f"PRAGMA max_page_count={pages}")
    rows = [("x", str(number), "y" * 1000) for number in range(1000)]
    with pytest.raises(LibraryFull), library.write():
        library.db.many("INSERT INTO memo(kind, key, value) VALUES (?, ?, ?)", rows)
    assert len(library.feeds.all()) == 1
    assert library.check() == []
    library.db.run("PRAGMA max_page_count=1000000")
    library.feeds.add("https://b.example/feed")
    assert len(library.feeds.all()) == 2


def test_files_are_private_to_the_reader(library: Library, paths: Paths) -> None:
    assert os.stat(paths.data).st_mode & 0o077 == 0
