"""What `doctor --fix` does about what the doctor found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from tui_news.config import Settings
from tui_news.models import LibraryError, TuinewsError
from tui_news.paths import Paths
from tui_news.services.doctor import Finding, broken_articles, leftovers
from tui_news.services.opening import open_library
from tui_news.store import Library, backups
from tui_news.store.checkup import copy_to
from tui_news.store.entries import settle
from tui_news.store.index_schema import remove_index
from tui_news.store.rescue import marks_to_stories

ORDER = ("rescue", "migrate", "orphans", "marks", "articles", "recount", "opml", "index", "leftovers", "copy")


def mend(paths: Paths, findings: Sequence[Finding], settings: Settings, clock: Callable[[], float]) -> list[str]:
    """Carry out the findings' fixes in a sensible order; a sentence for each. Raises LibraryError when it cannot."""
    asked = {finding.fix for finding in findings if finding.fix}
    if "copy" in asked and not settings.backups:
        asked.discard("copy")
    if not asked:
        return []
    if "rescue" in asked and paths.library.exists():
        (paths.data / "library.damaged").touch()  # the opening looks at every page, not only at the first ones
    told: list[str] = []
    if "leftovers" in asked:
        for path in leftovers(paths):
            with suppress(OSError):
                path.unlink()
        told.append("Unfinished files were removed.")
    library = open_library(paths, clock=clock)
    try:
        told += library.notices
        for name in ORDER:
            if name in asked and name in _FIXES:
                told.append(_FIXES[name](library))
    finally:
        library.close()
    return told


def _orphans(library: Library) -> str:
    with library.write(durable=True):
        rows = library.db.all("PRAGMA foreign_key_check")
        for table, rowid, *_ in rows:
            if rowid is not None:
                library.db.run(f"DELETE FROM {_own(library, table)} WHERE rowid = ?", (rowid,))  # noqa: S608
        for table in ("comment", "muted", "twinkey"):  # these have no rowid
            key = "thread" if table == "comment" else "story_id"
            parent = "SELECT story_id FROM thread" if table == "comment" else "SELECT id FROM story"
            library.db.run(f"DELETE FROM {table} WHERE {key} NOT IN ({parent})")  # noqa: S608
    return f"{len(rows)} rows that belonged to nothing were removed."


def _own(library: Library, table: str) -> str:
    """The name only if the schema has it: it goes into SQL as it is."""
    found = library.db.value("SELECT name FROM sqlite_master WHERE type = 'table' AND name = ?", (table,))
    if not found:
        raise LibraryError(f"The table {table}", "it is none of the library's")
    return str(found)


def _marks(library: Library) -> str:
    with library.write(durable=True):
        marks_to_stories(library.db)
    return "Every story shows the mark that was kept."


def _recount(library: Library) -> str:
    library.stories.recount()
    return "The unread counts are right again."


def _articles(library: Library) -> str:
    """They are made again, from the feed's text or the page as it came, when the story is next opened or refreshed."""
    found = list(broken_articles(library))
    with library.write(durable=True):
        for story, source in found:
            library.db.run("DELETE FROM article WHERE story_id = ? AND source = ?", (story, source))
            settle(library.db, story)
    return f"{len(found)} unreadable articles were dropped; they are made again from what was kept of them."


def _opml(library: Library) -> str:
    library.unread_opml = False
    library.feeds.touched()
    return "subscriptions.opml was written anew."


def _index(library: Library) -> str:
    if not _readable(library.paths.index):
        remove_index(library.paths.index)
        library.search.rebuild()
    count = 0
    while done := library.search.update(limit=500):
        count += done
    return f"The search index is up to date ({count:,} stories were read for it)."


def _readable(path: Path) -> bool:
    try:
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            conn.execute("SELECT count(*) FROM words WHERE words MATCH 'a'").fetchone()
            return bool(conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
        finally:
            conn.close()
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _copy(library: Library) -> str:
    path = library.paths.library
    if not backups.room_for(path):
        raise TuinewsError("No copy was made", "there is no room for one beside the library", "make room")
    target = backups.name_of(path.parent, library.clock())
    problems = copy_to(str(path), str(target))
    return f"The library could not be copied: {problems[0]}." if problems else f"A copy was made: {target}."


_FIXES: dict[str, Callable[[Library], str]] = {
    "orphans": _orphans,
    "marks": _marks,
    "articles": _articles,
    "recount": _recount,
    "opml": _opml,
    "index": _index,
    "copy": _copy,
}
