"""The file under an open library. Deleted or replaced, it takes what is written with it, and SQLite does not notice:
its connection goes on with a file that no longer has a name."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tui_news.models import LibraryError
from tui_news.store.connection import TAILS, Db, Mark, marks_of
from tui_news.store.errors import LibraryReadonly

AGAIN_SECONDS = 60  # two programs that hold the same library keep what was there before only once
ROOM = 1 << 20  # bytes that have to be free before a library that met a full disk is tried again


class Place:
    """Looks whether the library's name still means the file that is open, and mends it when it does not.

    opener: a sound, current connection to whatever lies at the name now. gone: whether nothing does. told: called with
    a sentence once mended. held: the marks of the open file and its journals, when they were last seen in their place.
    """

    def __init__(
        self,
        db: Db,
        opener: Callable[[], Db],
        gone: Callable[[Path], bool],
        told: Callable[[str], None],
        held: tuple[Mark, ...],
    ) -> None:
        self._db, self._opener, self._gone, self._told, self.held = db, opener, gone, told, held
        self._busy = False
        self._bad: tuple[Mark, LibraryReadonly] | None = None  # what lies there and cannot be used

    def look(self) -> None:
        """Before each write, and now and then. Raises LibraryReadonly when what is there cannot be used: then the old
        file goes on being read."""
        now = marks_of(self._db.path)[0]
        if self._busy or self._db.conn.in_transaction or now == self.held[0]:
            return
        if now is None and not self._gone(self._db.path):
            return
        if self._bad is not None and self._bad[0] == now:
            raise self._bad[1]
        self._busy, self._bad = True, None
        try:
            self._told(self._take_new() if now is not None else self._put_back())
        except LibraryReadonly as error:
            self._bad = (now, error) if now is not None else None
            raise
        finally:
            self._busy = False

    def renew(self) -> bool:
        """For a library that was opened for reading because it could not be written: whether it now is."""
        path = self._db.path
        if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK | os.X_OK)) or _free(path.parent) < ROOM:
            return False
        try:
            self._swap(self._opener())
        except LibraryError:
            return False
        return True

    def _put_back(self) -> str:
        """The name is gone and we hold all that it stood for: it is written again, nothing is lost."""
        path = self._db.path
        part = path.with_name(f"{path.stem}.again.{os.getpid()}.part")
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._db.conn.execute("VACUUM INTO ?", (str(part),))
            part.chmod(0o600)
            self._drop_journals()
            _name_unless_taken(part, path)
        except FileExistsError:
            return self._take_new()  # another of us was faster
        except (OSError, sqlite3.Error) as error:
            raise LibraryReadonly(
                f"The library {path}", f"its file is gone and could not be written again ({error})", "check its folder"
            ) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        self._reopen()
        return f"The library's file was gone: it was written again, with all that is in it, at {path}."

    def _take_new(self) -> str:
        """Somebody put another file there (a copy, a rescue): it is the library now; what was before is kept."""
        kept = self._reopen(keep=True)
        words = f"; what was there before is kept at {kept}" if kept else ""
        return f"Another file was put in the library's place: this is it{words}."

    def _reopen(self, keep: bool = False) -> Path | None:
        path = self._db.path
        self._drop_journals()
        try:
            fresh = self._opener()
        except LibraryError as error:
            what = f"The library {path} was replaced by a file that cannot be used"
            raise LibraryReadonly(what, error.why, "what was there before is shown; put it right and go on") from error
        kept = self._keep() if keep else None
        self._swap(fresh)
        return kept

    def _swap(self, fresh: Db) -> None:
        old, self._db.conn, self._db.beside = self._db.conn, fresh.conn, fresh.beside
        fresh.release()
        self.held = marks_of(self._db.path)
        self._db.moved()
        with suppress(sqlite3.Error):
            old.close()

    def _keep(self) -> Path | None:
        """What the open file holds, beside the library; None when it cannot be read, or another of us did it."""
        folder, stem = self._db.path.parent, self._db.path.stem
        with suppress(OSError, sqlite3.Error):
            named = sorted(folder.glob(f"{stem}-before-*.db"))
            if any(time.time() - held.stat().st_mtime < AGAIN_SECONDS for held in named):
                return None
            day = time.strftime("%Y-%m-%d-%H%M%S", time.gmtime())
            target = folder / f"{stem}-before-{day}.db"
            self._db.conn.execute("VACUUM INTO ?", (str(target),))
            target.chmod(0o600)
            return target
        return None

    def _drop_journals(self) -> None:
        """A journal by the library's name that is the old file's: whoever opens the new one would read it into that."""
        for tail, mark in list(zip(TAILS, marks_of(self._db.path), strict=True))[1:]:
            if mark is not None and mark in self.held:
                with suppress(OSError):
                    os.unlink(f"{self._db.path}{tail}")


def _name_unless_taken(part: Path, path: Path) -> None:
    """Raises FileExistsError when somebody has put a file there meanwhile."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError from None
        os.rename(part, path)


def _free(folder: Path) -> int:
    try:
        found = os.statvfs(folder)
    except OSError:
        return 0
    return found.f_bavail * found.f_frsize
