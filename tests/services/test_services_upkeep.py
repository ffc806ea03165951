"""Care at quiet times: looked at, copied, and nothing of it without need or room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fakes import NOW, Clock, FakeWeb
from tui_news.config import Settings
from tui_news.paths import Paths
from tui_news.services.opening import open_library
from tui_news.services.tools import Tools
from tui_news.services.upkeep import upkeep
from tui_news.store import Library, backups
from tui_news.store.opening import marker_of
from tui_news.workers.inline import Inline


class Counting(Inline):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    async def run(self, spec, *args, **kwargs):
        self.asked.append(spec.rpartition(":")[2])
        for name in ("seconds", "memory_mb"):
            kwargs.pop(name, None)
        return await super().run(spec, *args, **kwargs)


@pytest.fixture
def tools(tmp_path: Path):
    paths = Paths(*(tmp_path / name for name in ("data", "cache", "config", "state")))
    clock = Clock()
    library = open_library(paths, clock=clock)
    library.feeds.add("https://a.example/f", now=NOW)
    yield Tools(library, FakeWeb(), Counting(), clock)
    library.close()


def copies(tools: Tools) -> list[str]:
    return [path.name for path in backups.all_of(tools.library.paths.data)]


def age(tools: Tools, path: Path, seconds: int) -> None:
    os.utime(path, (tools.now - seconds, tools.now - seconds))


async def test_a_day_brings_one_look_and_one_copy_and_the_oldest_goes(tools: Tools) -> None:
    clock, asked = tools.clock, tools.workers.asked
    for day in range(4):
        clock.now = NOW + day * 86_400
        assert await upkeep(tools, Settings(backups=2)) == []
        age(tools, backups.name_of(tools.library.paths.data, clock.now), 0)
        assert await upkeep(tools, Settings(backups=2)) == []
        clock.now += 3600
        assert await upkeep(tools, Settings(backups=2)) == []
    assert asked == ["look", "copy_to"] * 4
    assert copies(tools) == ["library-2026-09-24.backup.db", "library-2026-09-23.backup.db"]
    copied = Paths(tools.library.paths.data / "again", *(tools.library.paths.data for _ in range(3)))
    copied.data.mkdir()
    (tools.library.paths.data / copies(tools)[0]).rename(copied.library)
    again = open_library(copied)
    assert [feed.url for feed in again.feeds.all()] == ["https://a.example/f"]
    again.close()


async def test_no_copies_when_none_are_wanted_or_there_is_no_room(tools: Tools, monkeypatch) -> None:
    await upkeep(tools, Settings(backups=0))
    monkeypatch.setattr(backups, "room_for", lambda library: False)
    assert await upkeep(tools, Settings()) == []
    assert copies(tools) == []
    assert await upkeep(tools, Settings(), force=True) == [
        "There is no room for a copy of the library beside it; none was made."
    ]


def spoil(library: Library, table: str) -> None:
    library.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
    page = library.db.value("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    with open(library.paths.library, "r+b") as stream:
        stream.seek((page - 1) * 16384)
        stream.write(b"\xa5" * 16384)


async def test_damage_is_told_and_mended_at_the_next_start_and_never_copied(tools: Tools) -> None:
    library = tools.library
    spoil(library, "status")
    (told,) = await upkeep(tools, Settings())
    assert "mends it at its next start" in told
    assert marker_of(library.paths).exists()
    assert copies(tools) == []
    library.close()
    mended = open_library(library.paths)
    assert "was damaged" in mended.notices[0]
    assert len(mended.feeds.all()) == 1
    mended.close()


async def test_a_copy_that_fails_leaves_the_last_one(tools: Tools) -> None:
    await upkeep(tools, Settings())
    (name,) = copies(tools)
    tools.clock.now += 90_000
    tools.library.paths.data.chmod(0o500)
    told = await upkeep(tools, Settings())
    tools.library.paths.data.chmod(0o700)
    assert copies(tools)[-1] == name
    if os.geteuid():
        assert "could not be copied" in told[0]


async def test_retention_only_where_it_was_set(tools: Tools) -> None:
    await upkeep(tools, Settings())
    assert tools.library.db.value("SELECT 1 FROM memo WHERE key = 'pruned'") is None
    await upkeep(tools, Settings(keep_days=30))
    assert tools.library.db.value("SELECT at FROM memo WHERE key = 'pruned'") == tools.now


def test_a_large_library_is_copied_once_a_week() -> None:
    assert backups.interval(10) == 86_400
    assert backups.interval(2 * 2**30) == 7 * 86_400
