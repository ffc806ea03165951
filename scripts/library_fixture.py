"""Writes a small library of the current schema, kept for ever: later versions must open it without loss.

Run once, when a schema is released: `python scripts/library_fixture.py tests/store/fixtures`. What was written is
never written again; `tests/store/test_store_released.py` opens each of them.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

from tui_news.models import Article, Block, Comment, Entry, PlacedQuote, Route, ThreadRef
from tui_news.paths import Paths
from tui_news.store import Library
from tui_news.store.schema import MIGRATIONS

NOW = 1_790_000_000
FEEDS = (
    ("https://harbour.example/feed.xml", "The Harbour Post", "News/Coast"),
    ("https://hill.example/atom", "", "News"),
    ("https://gone.example/rss", "Once was", ""),
)
REF = ThreadRef("wordpress", "https://hill.example|7", (Route("rest", "https://hill.example/c"),), "")


def entry(feed: int, number: int) -> Entry:
    name = f"{feed}-{number}"
    return Entry(
        identity=f"g:{name}",
        guid=name,
        url=f"https://example.org/{name}",
        title=f"Story {name}: the ferry æøå 漢字",
        author="A. Writer",
        published=NOW - 3600 * number,
        sort=NOW - 3600 * number,
        html=f"<p>The ferry of {name} came late. “It is the wind,” said Kari.</p>",
        content_hash=f"hash-{name}",
        thread=REF if number == 0 else None,
        tags=("sea", "wind"),
    )


def fill(library: Library) -> None:
    with library.write(durable=True):
        for feed, (url, title, folder) in enumerate(FEEDS):
            number, _ = library.feeds.add(url, title=title, folder=folder, now=NOW)
            ids = library.stories.store(number, [entry(feed, n) for n in range(6)], [], NOW)
            library.stories.set_read(ids[:3], True)
            library.stories.set_starred(ids[2:4], True)
            library.stories.save_position(ids[1], '{"block": 3}')
            if feed == 0:
                discuss(library, ids[0])
                library.journal.record("marking 3 stories read", [{"op": "read", "ids": ids[:3], "value": False}])
        library.feeds.remove(3, now=NOW)


def discuss(library: Library, story: int) -> None:
    block = Block("para", "“It is the wind,” said Kari.")
    article = Article("page", (block,), (PlacedQuote(0, 0, 17, "speech", "“It is the wind,”", "Kari"),), fetched_at=NOW)
    library.articles.put(story, article, b"<html><p>It is the wind</p></html>")
    said = [
        Comment("1", None, "ola", NOW, body="First", blocks=(Block("para", "First"),), first_gen=1),
        Comment("2", "1", "kari", NOW, body="Second", blocks=(Block("para", "Second"),), first_gen=1, fold=True),
    ]
    library.threads.put(
        story, REF, said, [], coverage="complete", total=2, route="rest", warnings=["one was cut"], now=NOW
    )
    library.threads.mark_seen(story, ["1"])
    library.threads.save_folds(story, {"2": True})


def main() -> int:
    folder = Path(sys.argv[1])
    target = folder / f"schema{len(MIGRATIONS)}.db.gz"
    if target.exists():
        print(f"{target} is there already and stays as it is", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as base:
        paths = Paths(*(Path(base) / name for name in ("data", "cache", "config", "state")))
        library = Library.open(paths, clock=lambda: NOW)
        fill(library)
        library.db.run("PRAGMA wal_checkpoint(TRUNCATE)")
        library.close()
        target.write_bytes(gzip.compress(paths.library.read_bytes(), 9, mtime=0))
    print(f"{target}: {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
