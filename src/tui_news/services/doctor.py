"""What is well and what is not, in sentences: looked at without changing anything. `services.mending` mends."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Literal

from tui_news.models import LibraryError, TuinewsError
from tui_news.models.late import dataclass
from tui_news.paths import Paths
from tui_news.store import Library, LibraryDamaged, backups
from tui_news.store.checkup import look
from tui_news.store.opening import OPML, marker_of
from tui_news.text.codec import unpack_blocks

Kind = Literal["fine", "note", "problem", "unusable"]
NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs")
LEFTOVERS = ("*.part", "library.new.db*", "library.reading.db*")
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Finding:
    """fix: the name of the act that mends it (see `services.mending`), "" when a person must."""

    kind: Kind
    about: str
    text: str
    fix: str = ""


@dataclass
class Report:
    findings: list[Finding] = field(default_factory=list)

    def add(self, kind: Kind, about: str, text: str, fix: str = "") -> None:
        self.findings.append(Finding(kind, about, text, fix))

    def of(self, *kinds: Kind) -> list[Finding]:
        return [one for one in self.findings if one.kind in kinds]


def examine(paths: Paths, now: float, notes: tuple[tuple[str, str], ...] = ()) -> Report:
    """Everything that can be seen from outside. notes: (about, sentence) of problems in settings and keys."""
    report = Report()
    _folders(report, paths)
    _library(report, paths, now)
    _beside(report, paths, now)
    for about, sentence in notes:
        report.add("problem", about, sentence)
    return report


def _folders(report: Report, paths: Paths) -> None:
    for name in ("data", "cache", "config", "state"):
        folder = getattr(paths, name)
        if not folder.exists():
            report.add("note", "folders", f"{folder} is not there yet.")
        elif not os.access(folder, os.W_OK | os.X_OK):
            report.add("problem", "folders", f"{folder} may not be written to; check who owns it.")
    if paths.data.exists():
        free = shutil.disk_usage(paths.data).free
        if free < 200 * 2**20:
            report.add("problem", "disk", f"Only {megabytes(free)} are free where the library is; make room.")
        kind = file_system(paths.data)
        if kind in NETWORK:
            report.add(
                "problem", "disk",
                f"The library is on a network file system ({kind}), where SQLite's locks cannot be trusted; "
                "set TUINEWS_HOME to a folder of this machine.",
            )  # fmt: skip


def file_system(path: Path) -> str:
    """Its type as /proc/mounts says it, "" where there is no such list."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    places = [parts[1:3] for line in lines if len(parts := line.split()) > 2]
    inside = [(len(place), kind) for place, kind in places if path.resolve().is_relative_to(place)]
    return max(inside, default=(0, ""))[1]


def _library(report: Report, paths: Paths, now: float) -> None:
    path = paths.library
    copies = backups.to_rescue_from(paths.data) if paths.data.exists() else []
    if not path.exists() and not copies:
        report.add("note", "library", "There is no library yet; `tuinews` makes one.")
        return
    if not path.exists() or path.stat().st_size == 0:
        back = " The next start brings back what its last copy holds." if copies else ""
        report.add("problem", "library", f"{path} is {'empty' if path.exists() else 'gone'}.{back}", "rescue")
        return
    if marker_of(paths).exists():
        report.add("problem", "library", "Damage was met earlier; the next start looks closely and mends it.", "rescue")
    try:
        library = Library.open(paths, readonly=True)
    except LibraryDamaged as error:
        report.add("problem", "library", str(error), "rescue")
    except LibraryError as error:
        fresh = "an older version wrote it" in str(error)
        report.add("note" if fresh else "unusable", "library", str(error), "migrate" if fresh else "")
    else:
        with_library(report, library, now)


def with_library(report: Report, library: Library, now: float) -> None:
    try:
        _inside(report, library)
        _feeds(report, library)
        _opml(report, library)
        _index(report, library)
    except LibraryDamaged as error:
        report.add("problem", "library", str(error), "rescue")
    except LibraryError as error:
        report.add("unusable", "library", str(error))
    finally:
        library.close()


def _inside(report: Report, library: Library) -> None:
    found = look(str(library.paths.library))
    orphans = [line for line in found if "belongs to nothing" in line]
    for line in found:
        report.add("problem", "library", f"SQLite says: {line}", "orphans" if line in orphans else "rescue")
    if len(found) > len(orphans):
        return
    if library.stories.miscounted():
        report.add("problem", "library", "The unread counts are wrong.", "recount")
    if wrong := marks_apart(library):
        report.add("problem", "library", f"{wrong} stories show another mark than the one that was kept.", "marks")
    broken = sum(1 for _ in broken_articles(library))
    if broken:
        report.add("problem", "library", f"{broken} articles can no longer be read; they are made again.", "articles")
    counts = library.stories.counts(0)
    stories = library.db.value("SELECT count(*) FROM story WHERE (hidden & 1) = 0")  # muted ones too
    size = megabytes(library.paths.library.stat().st_size)
    if not report.of("problem", "unusable"):
        report.add("fine", "library", f"{counts.feeds:,} feeds, {stories:,} stories, {size}: sound.")


def marks_apart(library: Library) -> int:
    return int(
        library.db.value(
            """SELECT count(*) FROM story JOIN status USING (feed_id, identity)
            WHERE story.read <> status.read OR story.starred <> status.starred"""
        )
    )


def broken_articles(library: Library) -> Iterator[tuple[int, str]]:
    """(story, source) of articles whose blocks no longer unpack."""
    for story, source, blocks in library.db.each("SELECT story_id, source, blocks FROM article"):
        try:
            unpack_blocks(blocks)
        except ValueError:
            yield story, source


def _feeds(report: Report, library: Library) -> None:
    feeds = library.feeds.all()
    failing = [feed for feed in feeds if feed.failures >= 3]
    gone = [feed for feed in feeds if feed.status == "gone"]
    for what, some in (("failed three times or more in a row", failing), ("gone for good", gone)):
        if some:
            names = ", ".join(feed.title for feed in some[:5]) + (" …" if len(some) > 5 else "")
            report.add("note", "feeds", f"{len(some)} {'feed' if len(some) == 1 else 'feeds'} {what}: {names}.")


def _opml(report: Report, library: Library) -> None:
    path = library.paths.data / OPML
    ours = {feed.url for feed in library.feeds.all()}
    try:
        from tui_news.feeds.opml import read_opml

        theirs = {item.url for item in read_opml(path.read_bytes())} if path.exists() else set()
    except (OSError, TuinewsError) as error:
        report.add("problem", "subscriptions", f"{path} cannot be read: {error}", "opml")
        return
    if ours != theirs:
        report.add("problem", "subscriptions", f"{path} does not list the same feeds as the library.", "opml")
    elif ours:
        report.add("fine", "subscriptions", f"{path} lists all {len(ours)} feeds.")


def _index(report: Report, library: Library) -> None:
    path = library.paths.index
    waiting = int(library.db.value("SELECT count(*) FROM dirty"))
    if not path.exists():
        report.add("note", "search", "The search index is not there; it is made at the next refresh.", "index")
        return
    try:
        conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
            conn.execute("SELECT count(*) FROM words WHERE words MATCH 'a'").fetchone()
        finally:
            conn.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        found = str(error)
    if found != "ok":
        report.add("problem", "search", f"The search index is damaged ({found}); it can be made anew.", "index")
    elif waiting:
        report.add("note", "search", f"{waiting:,} stories wait to be indexed.", "index")
    else:
        report.add("fine", "search", f"The search index is complete, {megabytes(path.stat().st_size)}.")


def _beside(report: Report, paths: Paths, now: float) -> None:
    """Copies, damaged files put aside, and what a crash left lying."""
    held = backups.all_of(paths.data) if paths.data.exists() else []
    if held:
        sound = not look(str(held[0]))
        age = int((now - held[0].stat().st_mtime) / 86_400)
        made = "made today" if age < 1 else f"{age} {'day' if age == 1 else 'days'} old"
        text = f"{len(held)} {'copy' if len(held) == 1 else 'copies'} of the library, the last {made}: {held[0]}"
        report.add(
            "fine" if sound else "problem", "copies", text + ("." if sound else " is damaged."), "" if sound else "copy"
        )
    elif paths.library.exists():
        report.add("note", "copies", "No copy of the library has been made yet.", "copy")
    for old in sorted(paths.data.glob("library-damaged-*.db")):
        size = megabytes(old.stat().st_size)
        report.add("note", "copies", f"{old} ({size}) is a damaged library put aside; delete it when you miss nothing.")
    left = [path for path in leftovers(paths) if now - path.stat().st_mtime > HOUR]
    if left:
        report.add("problem", "leftovers", f"{len(left)} unfinished files lie in {paths.data}.", "leftovers")


def leftovers(paths: Paths) -> list[Path]:
    return [path for pattern in LEFTOVERS for path in paths.data.glob(pattern)]


def megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB" if size >= 100_000 else f"{size:,} bytes"


def facts(paths: Paths) -> dict[str, dict[str, object]]:
    """Versions, places and limits: what a report of a fault should hold."""
    import platform
    from importlib.metadata import PackageNotFoundError, version
    from xml.parsers import expat

    from tui_news import __version__
    from tui_news.web import limits

    def of(name: str) -> str:
        try:
            return version(name)
        except PackageNotFoundError:
            return "not installed"

    versions: dict[str, object] = {
        "tuinews": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "sqlite": sqlite3.sqlite_version,
        "expat": expat.EXPAT_VERSION.removeprefix("expat_"),
    }
    versions |= {name: of(name) for name in ("textual", "httpx", "feedparser", "lxml", "trafilatura")}
    places: dict[str, object] = {
        name: str(getattr(paths, name)) for name in ("library", "index", "settings", "log", "data", "cache")
    }
    shown = ("TERM", "COLORTERM", "NO_COLOR", "LANG", "TUINEWS_HOME")
    terminal: dict[str, object] = {name: os.environ[name] for name in shown if name in os.environ}
    terminal["encoding"] = sys.stdout.encoding or ""
    terminal["time"] = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {"versions": versions, "places": places, "limits": _limits(limits), "surroundings": terminal}


def _limits(module: object) -> dict[str, object]:
    """Times in seconds, sizes in bytes, as `web.limits` has them."""
    units = ("KIB", "MIB", "USER_AGENT")
    return {name.lower(): value for name, value in vars(module).items() if name.isupper() and name not in units}
