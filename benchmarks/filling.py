"""A library of made-up stories, written in bulk: a million takes minutes, not hours."""

from __future__ import annotations

import random
import sqlite3
from itertools import accumulate

from tui_news.store import Library
from tui_news.store.index_schema import COLUMNS
from tui_news.store.packing import squeeze

NOW = 1_790_000_000
FEEDS = 200
POOL = 20_000  # different bodies; beyond so many stories they come again, each under a title of its own
BATCH = 20_000  # stories a transaction

Row = tuple[object, ...]


def fill(library: Library, stories: int) -> None:
    """200 feeds in 20 folders, 6 stories in 10 read, 1 in 50 starred, 1 in 100 tagged `kept`, with a complete index.

    `common` is in every text, `midword` in one title of 20, `rareword` in one text of 500. One story in three has
    comments, one in 50 new ones, one in five quotes.
    """
    make = Maker()
    with library.write():
        for feed in range(FEEDS):
            library.feeds.add(f"https://f{feed}.example/feed", title=f"Feed {feed}", folder=f"Folder {feed % 20}")
    library.search.ready()  # stamped while the library is empty: what follows is written into both
    index = sqlite3.connect(library.paths.index, isolation_level=None)
    index.execute("PRAGMA synchronous=OFF")
    for first in range(1, stories + 1, BATCH):
        _write(library, index, make, range(first, min(first + BATCH, stories + 1)), stories)
    index.close()
    while library.search.merge():  # as a reader that was left open leaves it
        pass
    library.db.run(
        "UPDATE feed SET newest = (SELECT max(sort) FROM story WHERE feed_id = feed.id), last_success = ?", (NOW,)
    )


def _write(library: Library, index: sqlite3.Connection, make: Maker, numbers: range, stories: int) -> None:
    made = [make.story(number, NOW - (stories - number) * 300) for number in numbers]
    with library.write():
        library.db.many(
            """INSERT INTO story(id, feed_id, identity, guid, url, title, published, sort, first_seen, read, starred,
            comments_hint, comments_new, quotes, whole, offline)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 1)""",
            (one[0] for one in made),
        )
        library.db.many("INSERT INTO body(story_id, html) VALUES (?, ?)", ((one[0][0], one[1][0]) for one in made))
        first, last = numbers[0], numbers[-1]
        library.db.run(
            """INSERT INTO status(feed_id, identity, read, read_at, starred) SELECT feed_id, identity, read, sort, starred
            FROM story WHERE id BETWEEN ? AND ? AND (read OR starred)""",
            (first, last),
        )
        library.db.run(
            """INSERT INTO story_tag(tag, feed_id, identity) SELECT 'kept', feed_id, identity FROM story
            WHERE id BETWEEN ? AND ? AND id % 100 = 0""",
            (first, last),
        )
    index.execute("BEGIN")
    index.executemany("INSERT INTO doc(docid, story_id) VALUES (?, ?)", ((one[0][0], one[0][0]) for one in made))
    index.executemany(
        f"INSERT INTO words(rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})",
        ((one[0][0], *({"title": one[0][5], "body": one[1][1]}.get(name, "") for name in COLUMNS)) for one in made),
    )
    index.execute("COMMIT")


class Maker:
    """Stories by number, the same ones each time."""

    def __init__(self) -> None:
        self.dice = random.Random(1)
        syllables = [a + b for a in "bcdfghklmnprstvz" for b in "aeiou"]
        words = ["".join(self.dice.choices(syllables, k=self.dice.choice((2, 2, 3, 3, 4)))) for _ in range(30_000)]
        chances = list(accumulate(1 / (n + 3) for n in range(len(words))))
        self.text = self.dice.choices(words, cum_weights=chances, k=400_000)
        self.pool: dict[int, tuple[bytes, str]] = {}

    def story(self, number: int, when: int) -> tuple[Row, tuple[bytes, str]]:
        dice = self.dice.random
        at = int(dice() * (len(self.text) - 10))
        title = " ".join(self.text[at : at + 8]) + (" midword" if number % 20 == 0 else "")
        row = (
            number, int(dice() * FEEDS) + 1, f"id:{number}", f"guid-{number}", f"https://f.example/story/{number}", title,
            when, when, when, dice() < 0.6, dice() < 0.02, int(dice() * 40) if number % 3 == 0 else None,
            int(number % 50 == 0), int(number % 5 == 0),
        )  # fmt: skip
        return row, self.body(number)

    def body(self, number: int) -> tuple[bytes, str]:
        place = number % POOL  # 500 divides it: who has the rare word is the same each time round
        if place not in self.pool:
            at = int(self.dice.random() * (len(self.text) - 260))
            text = "common " + " ".join(self.text[at : at + 250]) + (" rareword" if number % 500 == 0 else "")
            self.pool[place] = squeeze(f"<p>{text}</p>"), text
        return self.pool[place]
