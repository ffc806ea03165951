"""A library that an older version wrote, where nothing may be written."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from tui_news.models import LibraryError
from tui_news.paths import Paths
from tui_news.services.opening import open_to_read
from tui_news.store import Library, LibraryFull, LibraryReadonly, older
from tui_news.store.migrate import version_of
from tui_news.store.schema import MIGRATIONS

Open = Callable[..., Library]
OLDER = [
    path
    for path in sorted((Path(__file__).parent / "fixtures").glob("schema*.db.gz"))
    if path.name != f"schema{len(MIGRATIONS)}.db.gz"
]


def put(fixture: Path, paths: Paths) -> bytes:
    paths.make()
    paths.library.write_bytes(gzip.decompress(fixture.read_bytes()))
    return paths.library.read_bytes()


@pytest.mark.parametrize("fixture", OLDER, ids=lambda path: path.name)
def test_it_is_read_from_memory_and_the_file_is_not_touched(fixture: Path, paths: Paths, opened: Open) -> None:
    before = put(fixture, paths)
    library = opened(readonly=True, older=True)
    assert version_of(library.db) == len(MIGRATIONS)
    ids = [row[0] for row in library.db.all("SELECT id FROM story")]
    assert len(ids) >= 12
    assert sum(row.starred for row in library.stories.rows(ids).values()) == 4
    assert library.check() == []
    with pytest.raises(LibraryReadonly, match="may only be read"):
        library.stories.set_read(ids, True)
    assert library.db.beside().execute("SELECT count(*) FROM story").fetchone() == (len(ids),)
    assert not library.changed()
    library.close()
    assert paths.library.read_bytes() == before
    assert not list(paths.data.glob("*.backup.db"))


def test_two_of_them_do_not_share_a_copy(paths: Paths, opened: Open) -> None:
    put(OLDER[0], paths)
    first, second = opened(readonly=True, older=True), opened(readonly=True, older=True)
    first.close()
    assert len(second.feeds.all()) == 2


def test_it_is_migrated_in_its_place_as_soon_as_it_can_be_written(paths: Paths, opened: Open) -> None:
    put(OLDER[0], paths)
    library = opened(readonly=True, older=True)
    library._renew_at = 0
    library.renew()
    assert not library.readonly
    story = next(row.id for row in library.stories.rows(list(range(1, 13))).values() if not row.read)
    library.stories.set_read([story], True)
    library.close()
    again = opened(readonly=True)
    assert again.stories.rows([story])[story].read


def test_one_that_is_too_large_says_so(paths: Paths, opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    put(OLDER[0], paths)
    monkeypatch.setattr(older, "MOST", 1000)
    with pytest.raises(LibraryError, match="too large to be read from memory; make the file"):
        opened(readonly=True, older=True)


def test_without_room_for_the_copy_that_a_migration_makes_it_opens_for_reading(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise LibraryFull("The library", "the disk is full", "make room")

    before = put(OLDER[0], paths)
    monkeypatch.setattr("tui_news.store.migrate.back_up", full)
    library = open_to_read(paths)
    assert library.readonly
    assert "the disk is full" in library.notices[0]
    assert "open for reading" in library.notices[0]
    assert len(library.feeds.all()) == 2
    library.close()
    assert paths.library.read_bytes() == before
