"""What keeps a library well, done at a quiet time and out of everyone's way: a look at the whole file, a copy of it,
and, where the reader set how long stories are kept, letting old ones go."""

from __future__ import annotations

import json
from pathlib import Path

from tui_news.config import Settings
from tui_news.models import TuinewsError
from tui_news.services.tools import Tools
from tui_news.store import backups
from tui_news.store.opening import marker_of
from tui_news.store.pruning import prune, wanted

PATIENCE = 900.0  # seconds a worker may take for a look or a copy
DAMAGED = "The library's file is damaged; tuinews mends it at its next start. `tuinews doctor` says more."


async def upkeep(tools: Tools, settings: Settings, *, force: bool = False) -> list[str]:
    """Do what is due; sentences about what a reader should know. Never raises for the library's sake."""
    path = tools.library.paths.library
    try:
        told = await _check(tools, path, force)
        if not told:
            told = await _copy(tools, path, settings.backups, force)
        if wanted(tools.library.db, settings.keep_days) and _is_due(tools, "pruned", backups.DAY):
            prune(tools.library.db, tools.now, settings.keep_days)
            _done(tools, "pruned")
    except (TuinewsError, OSError) as error:
        return [str(error)]
    return told


def is_young(tools: Tools) -> bool:
    """Whether the library's first feed came less than a day ago: there is little to lose, and somebody watches."""
    first = tools.library.db.value("SELECT min(added) FROM feed")
    return first is None or tools.now - first < backups.DAY


async def _check(tools: Tools, path: Path, force: bool) -> list[str]:
    if not force and not _is_due(tools, "checked", backups.interval_of(path)):
        return []
    found = await tools.workers.run("tui_news.store.checkup:look", str(path), seconds=PATIENCE, memory_mb=200)
    orphans = [line for line in found if "belongs to nothing" in line]
    if len(found) > len(orphans):
        marker_of(tools.library.paths).touch()
        return [DAMAGED]
    _done(tools, "checked")
    if tools.library.stories.miscounted():
        tools.library.stories.recount()
    return []


async def _copy(tools: Tools, path: Path, keep: int, force: bool) -> list[str]:
    if not keep or not (force or backups.is_due(path, tools.now)):
        return []
    if not backups.room_for(path):
        return ["There is no room for a copy of the library beside it; none was made."] if force else []
    target = backups.name_of(path.parent, tools.now)
    problems = await tools.workers.run(
        "tui_news.store.checkup:copy_to", str(path), str(target), seconds=PATIENCE, memory_mb=300
    )
    if problems:
        return [f"The library could not be copied: {problems[0]}"]
    backups.drop_surplus(path, keep)
    return []


def _is_due(tools: Tools, what: str, seconds: int) -> bool:
    """A time in the future was noted under a wrong clock: it counts for nothing."""
    at = tools.library.db.value("SELECT at FROM memo WHERE kind = 'upkeep' AND key = ?", (what,)) or 0
    return not 0 <= tools.now - at < seconds


def _done(tools: Tools, what: str) -> None:
    with tools.library.write():
        tools.library.db.run(
            "INSERT OR REPLACE INTO memo(kind, key, value, at) VALUES ('upkeep', ?, ?, ?)",
            (what, json.dumps(True), tools.now),
        )
