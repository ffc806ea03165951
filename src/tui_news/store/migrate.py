"""From any older schema to ours: a copy first, then one transaction a step."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tui_news.models import LibraryError
from tui_news.store.connection import Db
from tui_news.store.errors import LibraryDamaged, LibraryNewer
from tui_news.store.schema import APPLICATION_ID, MIGRATIONS


def version_of(db: Db) -> int:
    return int(db.value("PRAGMA user_version"))


def check_ours(db: Db, latest: int = len(MIGRATIONS)) -> int:
    """The schema's version, 0 for an empty file. Raises LibraryNewer or LibraryError, having written nothing."""
    version = version_of(db)
    if version > latest:
        raise LibraryNewer(
            f"The library {db.path}",
            f"a newer version of tuinews wrote it (schema {version}, this one knows {latest})",
            "update tuinews; the library was not touched",
        )
    tables = db.value("SELECT count(*) FROM sqlite_master")
    if tables and db.value("PRAGMA application_id") != APPLICATION_ID:
        raise LibraryError(
            f"The library {db.path}", "it is another program's database", "move it elsewhere; it was not touched"
        )
    if version and not tables:
        raise LibraryDamaged(f"The library {db.path}", "its tables are gone", "start tuinews again")
    return version


def migrate(db: Db, migrations: Sequence[Sequence[str]] = MIGRATIONS) -> None:
    """Bring the open database up to the last migration. Raises LibraryError; a failed step leaves its predecessor."""
    version = check_ours(db, len(migrations))
    if 0 < version < len(migrations):
        back_up(db, db.path.with_name(f"{db.path.stem}-schema{version}.backup.db"))
    step_by_step(db, migrations)


def step_by_step(db: Db, migrations: Sequence[Sequence[str]]) -> None:
    """Every migration that the database has not seen, each a transaction; no copy is made first."""
    for number in range(version_of(db), len(migrations)):
        _step(db, number, migrations[number])


def _step(db: Db, number: int, statements: Sequence[str]) -> None:
    with db.write(durable=True):
        if version_of(db) != number:
            return  # another process was faster
        for statement in statements:
            db.run(statement)
        db.run(f"PRAGMA user_version={number + 1}")
        db.run(f"PRAGMA application_id={APPLICATION_ID}")


def back_up(db: Db, target: Path) -> Path:
    """A consistent copy of the live library at `target`, whole or not at all. Raises LibraryError."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        part.unlink(missing_ok=True)
        db.run("VACUUM INTO ?", (str(part),))
        part.chmod(0o600)
        os.replace(part, target)
    except OSError as error:
        raise LibraryError(f"The copy {target}", str(error.strerror or error), "check the folder") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return target
