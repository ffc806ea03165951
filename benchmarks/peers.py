"""The other readers that benchmarks compare with: found where they are installed, and set up each at its best.

A peer is looked for in the variable of its name (NEWSBOAT, NEWSRAFT, SFEED_CURSES: a path), then on PATH; one that is
not there is said to be so. What is written here are their settings in a folder of the benchmark's; nothing of theirs is
kept. What tuning means:

newsboat: 100 threads; a cache that has been ANALYZEd. It asks SQLite for that itself only while the cache is empty, and
is then 2 to 60 times slower for want of it, so a fresh cache gets the statistics it will need beforehand. It keeps what
a server needs to answer 304 from the second visit on (the row that it is kept in is not there yet at the first).
newsraft: as it comes (500 connections; it ANALYZEs by itself at each start). sfeed: 50 downloads at a time.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

NAMES = ("newsboat", "newsraft", "sfeed_curses")
THREADS = 100


class Peer(NamedTuple):
    """One of them on a folder of its own: commands, without the folder's making, and what it keeps there."""

    name: str
    reload: list[str]  # fetches all feeds, without a screen, and ends
    show: list[str]  # its first list, in a terminal
    env: dict[str, str]
    cache: Path  # file or folder

    def disk(self) -> int:
        """Bytes that it keeps."""
        files = self.cache.rglob("*") if self.cache.is_dir() else self.cache.parent.glob(self.cache.name + "*")
        return sum(path.stat().st_size for path in files if path.is_file())


def program(name: str) -> str | None:
    return shutil.which(os.environ.get(name.upper(), name))


def version(name: str) -> str:
    """As it says itself; sfeed says nothing."""
    if not (path := program(name)):
        return f"{name} not installed"
    said = subprocess.run([path, "-v"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    found = re.search(r"\d+\.\d+\S*", said.stdout + said.stderr) if name != "sfeed_curses" else None
    return f"{name} {found[0]}" if found else name


def installed(folder: Path, urls: Sequence[str], items: int, names: Sequence[str] = NAMES) -> list[Peer]:
    """Those that are here, subscribed to these feeds of so many stories. A folder that was set up keeps what it holds,
    with the feeds' addresses as they are now."""
    makers = {"newsboat": newsboat, "newsraft": newsraft, "sfeed_curses": sfeed}
    found = []
    for name in names:
        if path := program(name):
            own = folder / name
            own.mkdir(parents=True, exist_ok=True)
            found.append(makers[name](path, own, urls, items))
    return found


def newsboat(path: str, own: Path, urls: Sequence[str], items: int) -> Peer:
    cache = own / "cache.db"
    (own / "config").write_text(f"reload-threads {THREADS}\n")
    command = [path, "-u", str(own / "urls"), "-c", str(cache), "-C", str(own / "config")]
    if not cache.exists():
        # It makes its tables when it has anything to look at: a feed that is nowhere, on a port that nobody has.
        (own / "urls").write_text("http://127.0.0.1:9/nothing\n")
        subprocess.run([*command, "-x", "reload"], capture_output=True)
        with_statistics(cache, len(urls), items)
    (own / "urls").write_text("".join(f"{url}\n" for url in urls))
    return Peer("newsboat", [*command, "-x", "reload"], command, dict(os.environ), cache)


def with_statistics(cache: Path, feeds: int, items: int) -> None:
    """What ANALYZE would find when the feeds are in: the choices of SQLite's planner follow them from the first."""
    rows = feeds * items
    told = [
        ("rss_item", "idx_deleted", f"{rows} {rows}"), ("rss_item", "idx_feedurl", f"{rows} {items}"),
        ("rss_item", "idx_guid", f"{rows} 1"), ("rss_feed", "idx_lastmodified", f"{feeds} {feeds}"),
        ("rss_feed", "idx_rssurl", f"{feeds} 1"), ("rss_feed", "sqlite_autoindex_rss_feed_1", f"{feeds} 1"),
    ]  # fmt: skip
    db = sqlite3.connect(cache)
    with db:
        db.execute("DELETE FROM sqlite_stat1")
        db.executemany("INSERT INTO sqlite_stat1 VALUES (?, ?, ?)", told)
        db.execute("DELETE FROM rss_feed")
    db.close()


def analyzed(peer: Peer) -> None:
    """As its users are told to do with a cache that has grown."""
    if peer.name == "newsboat":
        db = sqlite3.connect(peer.cache)
        db.execute("ANALYZE")
        db.close()


def newsraft(path: str, own: Path, urls: Sequence[str], items: int) -> Peer:
    (own / "feeds").write_text("".join(f"{url}\n" for url in urls))
    (own / "config").touch()
    cache = own / "newsraft.sqlite3"
    command = [path, "-f", str(own / "feeds"), "-c", str(own / "config"), "-d", str(cache)]
    return Peer("newsraft", [*command, "-e", "reload-all"], command, dict(os.environ), cache)


def sfeed(path: str, own: Path, urls: Sequence[str], items: int) -> Peer:
    cache = own / "feeds"
    cache.mkdir(exist_ok=True)
    lines = "".join(f"  feed 'Feed {number}' '{url}'\n" for number, url in enumerate(urls))
    (own / "sfeedrc").write_text(f"sfeedpath='{cache}'\nmaxjobs=50\nfeeds() {{\n{lines}}}\n")
    files = [str(cache / f"Feed {number}") for number in range(len(urls))]
    update = str(Path(path).with_name("sfeed_update"))
    return Peer("sfeed_curses", [update, str(own / "sfeedrc")], [path, *files], dict(os.environ), cache)
