"""What SQLite says, as one sentence a person can act on."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import ClassVar

from tui_news.models import LibraryError


class LibraryBusy(LibraryError):
    """Another program kept writing for longer than our patience. Trying again may help. who: " (its name, process
    4711)" where the system tells, else ""."""

    kind: ClassVar[str] = "busy"
    who = ""


class LibraryDamaged(LibraryError):
    """The file is no database, or its pages contradict each other. Opening it anew rescues what can be read."""

    kind: ClassVar[str] = "damaged"


class LibraryReadonly(LibraryError):
    """Nothing can be written here; `Library.open(readonly=True)` may still read."""

    kind: ClassVar[str] = "readonly"


class LibraryFull(LibraryError):
    """The disk (or a quota) has no room. What was held stays readable."""

    kind: ClassVar[str] = "full"


class LibraryNewer(LibraryError):
    """A later version of the program wrote this library. Nothing in it was touched."""

    kind: ClassVar[str] = "newer"


_RESCUE = "start tuinews again to rescue what can be read"
_PRIMARY: dict[int, tuple[type[LibraryError], str, str]] = {
    sqlite3.SQLITE_LOCKED: (LibraryBusy, "another part of the program is using it", "try again in a moment"),
    sqlite3.SQLITE_READONLY: (LibraryReadonly, "it may only be read", "check who may write to the file and its folder"),
    sqlite3.SQLITE_FULL: (LibraryFull, "the disk is full", "make room and try again; nothing held was lost"),
    sqlite3.SQLITE_CORRUPT: (LibraryDamaged, "the file is damaged", _RESCUE),
    sqlite3.SQLITE_NOTADB: (
        LibraryDamaged,
        "the file is no database",
        _RESCUE,
    ),
    sqlite3.SQLITE_CANTOPEN: (LibraryError, "the file cannot be opened", "check the folder and who may read it"),
    sqlite3.SQLITE_PERM: (LibraryError, "the system forbids it", "check who may read and write the file"),
}
_MISSING = ("no such table", "no such column", "no such index", "malformed database schema", "has no column named")

_ILLEGIBLE = "Could not decode to UTF-8"  # Python of a text whose bytes are none; SQLite does not look


def translate(error: BaseException, path: Path) -> LibraryError:
    """The LibraryError for what went wrong with the file at `path`."""
    what = f"The library {path}"
    code = getattr(error, "sqlite_errorcode", 0) or 0
    known = _PRIMARY.get(code & 0xFF)
    if code & 0xFF == sqlite3.SQLITE_BUSY:
        return _busy(what, path)
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN and _only_readable(path):
        known = _PRIMARY[sqlite3.SQLITE_READONLY]
    if known:
        kind, why, todo = known
        return kind(what, why, todo)
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        return LibraryFull(what, f"the disk refused ({error})", "check that it has room; nothing held was lost")
    if isinstance(error, UnicodeDecodeError) or _ILLEGIBLE in str(error):
        return LibraryDamaged(what, "a text in it is damaged", _RESCUE)
    if any(words in str(error) for words in _MISSING):
        return LibraryDamaged(what, f"parts of it are missing ({error})", _RESCUE)
    return LibraryError(what, f"{error}", "see the log, and try again")


def _busy(what: str, path: Path) -> LibraryBusy:
    from tui_news.store.holders import writer_of  # needed when a wait was in vain only

    who = writer_of(path)
    busy = LibraryBusy(what, f"another program is writing to it{who}", "try again in a moment")
    busy.who = who
    return busy


def _only_readable(path: Path) -> bool:
    """On a disk that may not be written to, SQLite says that it cannot make the files beside it."""
    folder = path.parent
    return os.access(path, os.R_OK) and not (os.access(path, os.W_OK) and os.access(folder, os.W_OK | os.X_OK))
