"""The faults of storage, one by one: what the doctor says, what the next start does, and that nothing held is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_news.cli import main
from tui_news.models import Article, Block, Entry, LibraryError, View
from tui_news.paths import Paths, default_paths
from tui_news.services.opening import open_library
from tui_news.store import Library, backups

NOW = 1_790_000_000


def entry(feed: int, number: int) -> Entry:
    name = f"{feed}-{number}"
    return Entry(f"g:{name}", name, f"https://e.example/{name}", f"Story {name}", "", NOW, NOW - number,
                 f"<p>{'The words of ' + name + ' go on. '!s}</p>" * 40, name)  # fmt: skip


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A closed library of 8 feeds with 20 stories each: 20 read, 5 starred."""
    monkeypatch.setenv("TUINEWS_HOME", str(tmp_path))
    library = open_library(default_paths(), clock=lambda: NOW)
    with library.write(durable=True):
        for feed in range(8):
            number, _ = library.feeds.add(f"https://{feed}.example/f", folder="News", now=NOW)
            ids = library.stories.store(number, [entry(feed, n) for n in range(20)], [], NOW)
            if feed == 0:
                library.stories.set_read(ids, True)
            if feed == 1:
                library.stories.set_starred(ids[:5], True)
                library.articles.put(ids[0], Article("feed", (Block("para", "Words"),)))
    while library.search.update():
        pass
    library.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    library.close()
    return default_paths()


def write(path: Path, at: int, data: bytes) -> None:
    with open(path, "r+b") as stream:
        stream.seek(at)
        stream.write(data)


def page_of(path: Path, table: str) -> int:
    conn = sqlite3.connect(path)
    page = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    conn.close()
    return (page - 1) * 16384


def doctor(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object]]:
    capsys.readouterr()
    code = main(["doctor", "--json", *words])
    return code, json.loads(capsys.readouterr().out)


def problems(shape: dict[str, object]) -> list[str]:
    found = shape["findings"]
    assert isinstance(found, list)
    return [one["text"] for one in found if one["kind"] in ("problem", "unusable")]


def held(library: Library) -> tuple[int, int, int, int]:
    counts = library.stories.counts(0)
    return counts.feeds, counts.total, counts.total - counts.unread, counts.starred


def test_a_healthy_library(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    code, shape = doctor(capsys)
    assert (code, problems(shape)) == (0, [])
    assert {"versions", "limits", "places"} <= shape.keys()
    before = paths.library.read_bytes()
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "8 feeds, 160 stories" in out
    assert "sound" in out
    assert "All is well." in out
    assert sqlite3.sqlite_version in out
    assert paths.library.read_bytes() == before


WHOLE = (8, 160, 20, 5)
FEEDS = (8, 0, 0, 0)


def garbage_header(paths: Paths) -> None:
    write(paths.library, 0, b"\xff" * 16)


def no_database(paths: Paths) -> None:
    paths.library.write_bytes(b"once upon a time " * 5000)


def empty(paths: Paths) -> None:
    paths.library.write_bytes(b"")


def cut(paths: Paths) -> None:
    os.truncate(paths.library, paths.library.stat().st_size // 2)


def flipped_page(paths: Paths) -> None:
    write(paths.library, page_of(paths.library, "body"), b"\xa5" * 16384)


def flipped_statuses(paths: Paths) -> None:
    write(paths.library, page_of(paths.library, "status"), b"\xa5" * 16384)


def wal_deleted(paths: Paths) -> None:
    """A crash that left a journal, which somebody then deletes: what was checkpointed is there."""
    program = "import os, sys; from tui_news.services.opening import open_library as o; from tui_news.paths import *\n"
    program += "l = o(default_paths()); l.stories.set_starred([1], True); os._exit(9)"
    subprocess.run([sys.executable, "-c", program], check=False)
    wal = Path(f"{paths.library}-wal")
    assert wal.stat().st_size
    wal.unlink()


FAULTS: list[tuple[Callable[[Paths], None], tuple[int, ...], tuple[int, ...]]] = [
    # what is done to it; what is held after the next start without a copy, and with one
    (garbage_header, WHOLE, WHOLE),
    (no_database, FEEDS, WHOLE),
    (empty, FEEDS, WHOLE),
    (cut, (8,), WHOLE),
    (flipped_page, (8, 160, 20, 5), WHOLE),
    (flipped_statuses, (8, 160, 20, 5), WHOLE),
    (wal_deleted, WHOLE, WHOLE),
]


@pytest.mark.parametrize("copied", [False, True])
@pytest.mark.parametrize(("fault", "alone", "with_copy"), FAULTS, ids=lambda part: getattr(part, "__name__", ""))
def test_a_damaged_file_is_told_mended_and_whole_again(
    paths: Paths,
    capsys: pytest.CaptureFixture[str],
    fault: Callable[[Paths], None],
    alone: tuple[int, ...],
    with_copy: tuple[int, ...],
    copied: bool,
) -> None:
    if copied:
        library = open_library(paths, clock=lambda: NOW)
        library.backup()
        library.close()
    fault(paths)
    code, shape = doctor(capsys)
    assert (code, bool(problems(shape))) == ((0, False) if fault is wal_deleted else (1, True))
    code, shape = doctor(capsys, "--fix")
    assert (code, problems(shape)) == (0, [])
    library = open_library(paths)
    wanted = with_copy if copied else alone
    assert held(library)[: len(wanted)] == wanted
    assert library.check() == []
    assert {feed.folder for feed in library.feeds.all()} == {"News"}
    library.close()


def test_wrong_counts_marks_articles_and_orphans_are_mended(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    conn = sqlite3.connect(paths.library)
    conn.execute("UPDATE tally SET unread = 99 WHERE feed_id = 3")
    conn.execute("UPDATE status SET read = 0 WHERE feed_id = 1 AND identity = 'g:0-3'")
    conn.execute("UPDATE article SET blocks = x'00010203'")
    conn.execute("INSERT INTO body(story_id, html) VALUES (9999, x'00')")
    conn.commit()
    conn.close()
    code, shape = doctor(capsys)
    assert code == 1
    told = "\n".join(problems(shape))
    for words in (
        "unread counts are wrong",
        "1 stories show another mark",
        "1 articles can no longer",
        "belongs to nothing",
    ):
        assert words in told
    code, shape = doctor(capsys, "--fix")
    assert (code, problems(shape)) == (0, [])
    library = open_library(paths)
    assert held(library) == (8, 160, 19, 5)
    library.close()


def test_a_damaged_index_is_made_anew(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.index.write_bytes(b"no index at all" * 1000)
    assert doctor(capsys)[0] == 1
    assert doctor(capsys, "--fix")[0] == 0
    assert main(["search", "words"]) == 0
    assert "Story" in capsys.readouterr().out


def test_a_newer_library_is_refused_and_not_touched(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    conn = sqlite3.connect(paths.library)
    conn.execute("PRAGMA user_version=999")
    conn.close()
    before = paths.library.read_bytes()
    for words in ([], ["--fix"]):
        code, shape = doctor(capsys, *words)
        assert code == 4
        assert "newer version" in problems(shape)[0]
    assert main(["list"]) == 4
    assert paths.library.read_bytes() == before


def test_an_older_library_is_a_note_until_it_is_migrated(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    import gzip

    fixture = Path(__file__).parents[1] / "store" / "fixtures" / "schema1.db.gz"
    paths.library.write_bytes(gzip.decompress(fixture.read_bytes()))
    (paths.data / "subscriptions.opml").unlink()
    code, shape = doctor(capsys)
    assert (code, problems(shape)) == (0, [])
    assert doctor(capsys, "--fix")[0] == 0


def test_a_library_that_another_program_holds(paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    import tui_news.store.connection as connection

    monkeypatch.setattr(connection, "PATIENCE", 200)
    holder = sqlite3.connect(paths.library, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        assert doctor(capsys)[0] == 0
        assert main(["list"]) == 0
        capsys.readouterr()
        assert main(["remove", "1"]) == 4
        assert "another program" in capsys.readouterr().err
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert main(["remove", "1"]) == 0


def test_a_library_that_may_only_be_read_is_read(paths: Paths, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    """As root every file may be written to: the system's answer is played here."""
    from tui_news.store import LibraryReadonly, opening

    def refuse(path: Path) -> None:
        raise LibraryReadonly(f"The library {path}", "it may only be read", "check who may write to it")

    monkeypatch.setattr(opening, "open_sound", lambda paths: refuse(paths.library))
    before = paths.library.read_bytes()
    assert main(["list", "--limit", "3"]) == 0
    out = capsys.readouterr()
    assert "Story" in out.out
    assert "open for reading" in out.err
    assert main(["star", "1"]) == 4
    assert "may only be read" in capsys.readouterr().err
    assert paths.library.read_bytes() == before


def test_a_full_disk_loses_nothing_and_goes_on_reading(paths: Paths) -> None:
    library = open_library(paths)
    library.db.run("PRAGMA max_page_count=10")
    with pytest.raises(LibraryError, match="full"):
        library.stories.store(1, [entry(1, n) for n in range(100, 400)], [], NOW)
    assert held(library) == WHOLE
    assert len(library.stories.page(View("all"), None, 500)) == 160
    assert library.check() == []
    library.close()


@pytest.mark.parametrize("years", [-10, 50])
def test_a_wrong_clock_prunes_nothing_and_feeds_are_due_again(paths: Paths, years: int) -> None:
    wrong = NOW + years * 31_557_600
    library = open_library(paths, clock=lambda: wrong)
    for feed in library.feeds.all():
        library.feeds.fetched(feed.id, now=wrong, etag="", modified="", body_hash="", headers="", http_status=200,
                              next_check=wrong + 3600, next_why="")  # fmt: skip
    library.close()
    library = open_library(paths, clock=lambda: NOW + 86_400)
    assert len(library.feeds.due(NOW + 86_400)) == 8
    assert held(library) == WHOLE
    assert backups.is_due(paths.library, NOW)
    library.close()


def test_what_a_crash_left_lying_is_cleared(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    part = paths.data / "library-2026-01-01.backup.db.77.part"
    part.write_bytes(b"x")
    os.utime(part, (1, 1))
    assert "1 unfinished files" in problems(doctor(capsys)[1])[0]
    assert doctor(capsys, "--fix")[0] == 0
    assert not part.exists()


def test_settings_and_keys_that_do_not_work_are_told(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    paths.settings.write_text('colour = 1\n[keys]\n"app.quit" = "j"\n"no.action" = "x"\n', encoding="utf-8")
    code, shape = doctor(capsys)
    assert code == 1
    told = "\n".join(problems(shape))
    assert "config.toml:1: colour: unknown setting" in told
    assert "There is no action 'no.action'" in told


def test_prune_says_first_copies_and_then_does(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["prune"]) == 1
    assert "kept for ever" in capsys.readouterr().err
    conn = sqlite3.connect(paths.library)
    conn.execute("UPDATE status SET read_at = 5")
    conn.execute("UPDATE story SET first_seen = 5, sort = 5")
    conn.commit()
    conn.close()
    assert main(["prune", "--days", "30", "--dry-run"]) == 0
    out = capsys.readouterr().out
    assert "20 old read stories would go" in out
    assert not backups.all_of(paths.data)
    assert main(["prune", "--days", "30", "--shrink"]) == 0
    out = capsys.readouterr().out
    assert "20 old read stories went" in out
    assert backups.all_of(paths.data)
    library = open_library(paths)
    assert held(library) == (8, 140, 0, 5)
    library.close()


def test_rebuild_makes_every_article_again_without_a_network(paths: Paths, capsys: pytest.CaptureFixture[str]) -> None:
    code, shape = doctor(capsys, "--rebuild")
    assert code == 0
    assert shape["mended"] == ["1 stories were made again from what is kept of them."]
    library = open_library(paths)
    article = library.articles.get(21)
    assert article is not None
    assert article.blocks[0].text.startswith("The words of 1-0")
    library.close()
