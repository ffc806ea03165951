"""Every released schema opens, from a file that its own version wrote; and no migration loses anything, wherever it
is cut off. `scripts/library_fixture.py` made the files; they are never made again."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tui_news.models import View
from tui_news.paths import Paths
from tui_news.store import Library
from tui_news.store.connection import Db, connect
from tui_news.store.migrate import migrate
from tui_news.store.schema import MIGRATIONS, TABLES

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("schema*.db.gz"))
NOW = 1_790_000_000
KEPT = ("feed", "status", "story", "body", "article", "page", "thread", "comment", "journal")


def put(fixture: Path, paths: Paths) -> Path:
    paths.make()
    paths.library.write_bytes(gzip.decompress(fixture.read_bytes()))
    return paths.library


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every kept table's rows, by the columns of the first schema."""
    conn = sqlite3.connect(path)
    found = {}
    for table in KEPT:
        names = FIRST[table]
        found[table] = sorted(conn.execute(f"SELECT {', '.join(names)} FROM {table}"), key=repr)
    conn.close()
    return found


def _first_columns() -> dict[str, list[str]]:
    conn = sqlite3.connect(":memory:")
    for statement in MIGRATIONS[0]:
        conn.execute(statement)
    return {table: [row[1] for row in conn.execute(f"PRAGMA table_info({table})")] for table in KEPT}


FIRST = _first_columns()


def test_the_first_release_is_among_the_fixtures() -> None:
    assert FIXTURES[0].name == "schema1.db.gz"


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_a_released_library_opens_without_loss(fixture: Path, paths: Paths) -> None:
    before = rows(put(fixture, paths))
    library = Library.open(paths, clock=lambda: NOW)
    try:
        assert library.check() == []
        assert [feed.title for feed in library.feeds.all()] == ["https://hill.example/atom", "The Harbour Post"]
        counts = library.stories.counts(NOW)
        assert (counts.total, counts.unread, counts.starred) == (12, 6, 4)
        assert len(library.stories.page(View("all"), None, 50)) == 12
        opened = library.articles.get(1)
        assert opened is not None
        assert opened.quotes[0].speaker == "Kari"
        thread = library.threads.get(1)
        assert thread is not None
        assert [(c.author, c.seen, c.fold) for c in thread.comments] == [("ola", True, None), ("kari", False, True)]
        while library.search.update():
            pass
        assert len(library.finder.find("ferry")) == 12
    finally:
        library.close()
    assert rows(paths.library) == before
    assert sqlite3.connect(paths.library).execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    library = Library.open(paths, clock=lambda: NOW)
    assert library.journal.undo() == "marking 3 stories read"
    library.close()


class Cut(Exception):
    """The moment at which the power goes."""


class Dying(Db):
    """Lets so many statements through; before the next one the folder is copied as a crash would leave it."""

    def __init__(self, path: Path, good: int, grave: Path) -> None:
        super().__init__(connect(path), path)
        self.good, self.grave = good, grave

    def run(self, sql: str, args: object = ()) -> sqlite3.Cursor:
        if self.good <= 0:
            if not self.grave.exists():
                shutil.copytree(self.path.parent, self.grave)
            raise Cut
        self.good -= 1
        return super().run(sql, args)  # type: ignore[arg-type]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda path: path.name)
def test_a_migration_may_be_cut_off_before_any_statement(fixture: Path, tmp_path: Path) -> None:
    start = tmp_path / "start.db"
    start.write_bytes(gzip.decompress(fixture.read_bytes()))
    with closing(sqlite3.connect(start)) as conn:
        (version,) = conn.execute("PRAGMA user_version").fetchone()
    before, finished, good = rows(start), False, 0
    while not finished:
        live, grave = tmp_path / f"live{good}", tmp_path / f"grave{good}"
        live.mkdir()
        shutil.copy(start, live / "library.db")
        db = Dying(live / "library.db", good, grave)
        super(Dying, db).run("PRAGMA journal_mode=WAL")
        try:
            migrate(db)
            finished = True
        except Cut:
            mended = Db(connect(grave / "library.db"), grave / "library.db")
            migrate(mended)
            assert mended.value("PRAGMA user_version") == len(MIGRATIONS)
            assert mended.value("PRAGMA integrity_check") == "ok"
            mended.close()
            assert rows(grave / "library.db") == before
        finally:
            db.conn.close()
        for folder in (live, grave):
            shutil.rmtree(folder, ignore_errors=True)
        good += 1
    assert good > sum(map(len, MIGRATIONS[version:]))


def test_a_migration_may_be_killed_before_any_statement() -> None:
    """A few of the kills of `python scripts/scorecard migrations`, which does all of them."""
    script = Path(__file__).parents[2] / "scripts" / "scorecard"
    line = [sys.executable, str(script), "migrations", "--oldest", "--every", "11", "--verbs", "1000"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed at 1" in done.stdout  # ten statements and more
    assert "nothing lost" in done.stdout


DERIVED = {"tally", "tagged", "dirty", "quote", "shingle", "unquoted", "twinkey", "sqlite_sequence", "sqlite_stat1"}


def test_what_a_rescue_brings_over_is_every_table_that_is_not_made_of_others(library: Library) -> None:
    held = {row[0] for row in library.db.all("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert held - DERIVED == {table for table, _ in TABLES}, (
        "a new table belongs into its migration's TABLES (it is the reader's) or into DERIVED here (it is made again)"
    )
