"""The benchmarks' peers: how they are set up and how what they say is read. None of them need be installed."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def script(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def test_a_peer_is_found_by_its_variable_and_says_its_version(bench, tmp_path, monkeypatch):
    peers = bench("peers")
    monkeypatch.setenv("NEWSRAFT", str(script(tmp_path / "raft-0.9", "echo 0.36 >&2")))
    monkeypatch.setenv("NEWSBOAT", str(script(tmp_path / "boat", "echo 'newsboat 2.21.0 - https://x/'; echo 1.66")))
    monkeypatch.setenv("SFEED_CURSES", str(tmp_path / "nowhere"))
    assert [peers.version(name) for name in peers.NAMES] == [
        "newsboat 2.21.0", "newsraft 0.36", "sfeed_curses not installed",
    ]  # fmt: skip


def test_peers_read_the_addresses_of_today_and_keep_what_they_hold(bench, tmp_path, monkeypatch):
    peers = bench("peers")
    for name in peers.NAMES:
        monkeypatch.setenv(name.upper(), str(script(tmp_path / name, "exit 1")))
    kept = tmp_path / "sets" / "newsboat" / "cache.db"
    kept.parent.mkdir(parents=True)
    kept.write_text("as it was")
    for urls in (["http://127.0.0.1:1/feed"], ["http://127.0.0.1:2/feed", "http://127.0.0.1:3/feed"]):
        boat, raft, feed = peers.installed(tmp_path / "sets", urls, 40)
    assert kept.read_text() == "as it was"
    assert (kept.parent / "urls").read_text().splitlines() == urls
    assert (raft.cache.parent / "feeds").read_text().splitlines() == urls
    assert "feed 'Feed 1' 'http://127.0.0.1:3/feed'" in (feed.cache.parent / "sfeedrc").read_text()
    assert feed.show[1:] == [str(feed.cache / "Feed 0"), str(feed.cache / "Feed 1")]
    assert boat.disk() == len("as it was")


def test_newsboats_empty_cache_gets_the_statistics_of_a_full_one(bench, tmp_path):
    cache = tmp_path / "cache.db"
    db = sqlite3.connect(cache)
    db.executescript(
        """CREATE TABLE rss_feed(rssurl TEXT PRIMARY KEY, lastmodified INTEGER, etag TEXT);
        CREATE TABLE rss_item(id INTEGER PRIMARY KEY, guid TEXT, feedurl TEXT, deleted INTEGER);
        CREATE INDEX idx_rssurl ON rss_feed(rssurl); CREATE INDEX idx_lastmodified ON rss_feed(lastmodified);
        CREATE INDEX idx_guid ON rss_item(guid); CREATE INDEX idx_feedurl ON rss_item(feedurl);
        CREATE INDEX idx_deleted ON rss_item(deleted); ANALYZE; INSERT INTO rss_feed VALUES ('nothing', 0, '')"""
    )
    bench("peers").with_statistics(cache, 50, 4)
    made = set(db.execute("SELECT * FROM sqlite_stat1"))
    db.executemany("INSERT INTO rss_feed VALUES (?, 0, '')", ((str(n),) for n in range(50)))
    db.executemany(
        "INSERT INTO rss_item(guid, feedurl, deleted) VALUES (?, ?, 0)", ((str(n), str(n // 4)) for n in range(200))
    )
    db.execute("ANALYZE")
    assert made == set(db.execute("SELECT * FROM sqlite_stat1"))
    db.close()


def test_a_ratio_is_ours_to_theirs_and_none_divides_by_nothing(bench):
    refresh = bench("refresh")
    assert refresh.ratio(refresh.Cost(2, 3, 0), refresh.Cost(4, 1.5, 0)).split() == ["0.50x", "[2.00]"]
    assert refresh.ratio(refresh.Cost(1, 1, 0), refresh.Cost(1, 0, 0)).split() == ["1.00x", "[100.00]"]
