"""newsboat's cache made by hand: as version 2.9 left it, as 2.21 does, as 2.40 does."""

from __future__ import annotations

import sqlite3
from pathlib import Path

ITEM = """id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, title VARCHAR(1024) NOT NULL,
author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL,
content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL"""
LATER = {
    "old": [],
    "2.21": ["enclosure_url VARCHAR(1024)", "enclosure_type VARCHAR(1024)", "enqueued INTEGER(1) NOT NULL DEFAULT 0",
             "flags VARCHAR(52)", "deleted INTEGER(1) NOT NULL DEFAULT 0", "base VARCHAR(128) NOT NULL DEFAULT ''"],
}  # fmt: skip
LATER["2.40"] = [*LATER["2.21"], "content_mime_type VARCHAR(255) NOT NULL DEFAULT ''",
                 "enclosure_description VARCHAR(1024) NOT NULL DEFAULT ''"]  # fmt: skip


def make_cache(
    path: Path, feeds: list[tuple[str, str, str]], items: list[dict[str, object]], age: str = "2.21"
) -> Path:
    """feeds: (address, site, title). items: rss_item rows by column; what is missing is made up of the number."""
    conn = sqlite3.connect(path)
    conn.execute(
        "CREATE TABLE rss_feed(rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, title VARCHAR(1024) NOT NULL)"
    )
    conn.execute(f"CREATE TABLE rss_item({', '.join([ITEM, *LATER[age]])})")
    conn.executemany("INSERT INTO rss_feed VALUES (?, ?, ?)", feeds)
    held = {row[1] for row in conn.execute("PRAGMA table_info(rss_item)")}
    for number, given in enumerate(items):
        row = {
            "guid": f"tag:{number}", "title": f"Story {number}", "author": "", "url": f"https://one.example/{number}",
            "feedurl": feeds[0][0], "pubDate": 1_780_000_000 + number, "content": f"<p>Words {number}</p>", "unread": 1,
        } | given  # fmt: skip
        kept = {name: value for name, value in row.items() if name in held}
        marks = ", ".join("?" * len(kept))
        conn.execute(f"INSERT INTO rss_item({', '.join(kept)}) VALUES ({marks})", list(kept.values()))
    conn.commit()
    conn.close()
    return path
