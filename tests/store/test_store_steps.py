"""How much SQLite does for a list: counted in steps of its machine, a story held, so that no clock is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tui_news.models import Entry, View
from tui_news.paths import Paths
from tui_news.store import Library, orders, query, sets, weighing
from tui_news.store import finder as finder_module
from tui_news.store.views import ORDERS

NOW = 1_700_000_000
STORIES = 2400
EVERY = 20  # steps between two counts


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """All have the word `common`, every second the word `some`; every second the tag `even`, the others `odd`."""
    base: Path = tmp_path_factory.mktemp("steps")
    library = Library.open(Paths(base, base, base, base), clock=lambda: NOW)
    for feed in range(8):
        library.feeds.add(f"https://{feed}.example/feed")
    with library.write():
        for feed in range(8):
            library.stories.store(feed + 1, [_entry(n) for n in range(feed, STORIES, 8)], [], NOW)
        for tag, rest in (("even", 0), ("odd", 1)):
            library.db.run(
                """INSERT INTO story_tag(tag, feed_id, identity) SELECT ?, feed_id, identity FROM story
                WHERE CAST(guid AS INTEGER) % 2 = ?""",
                (tag, rest),
            )
        library.db.run(
            """INSERT INTO quote(story_id, block, start, stop, kind, speaker, who, words, norm)
            SELECT id, 0, 0, 1, 'speech', 'Liv Berg ' || (id % 40), 'liv berg' || (id % 40), '', ' so ' FROM story"""
        )
        library.db.run("UPDATE story SET read = 1 WHERE CAST(guid AS INTEGER) % 3 = 0")
    while library.search.update():
        pass
    yield library
    library.close()


def _entry(number: int) -> Entry:
    return Entry(
        identity=str(number), guid=str(number), url=f"https://quay.example/{number}", title=f"Story {number}",
        author="", published=NOW, sort=NOW - number * 7919 % 50_000, content_hash=str(number), teaser=False,
        html=f"<p>common {'some' if number % 2 else 'other'}</p>", comments_hint=number % 7 or None,
    )  # fmt: skip


def steps(library: Library, view: View) -> float:
    """Of SQLite's machine for the view's first page and its size, a story of the library."""
    counted = [0]

    def count() -> None:
        counted[0] += EVERY

    library.finder.indexed(lambda db: setattr(library.finder._hits_of(db), "_version", None))
    both = [library.db.conn, library.finder.indexed(lambda db: db.conn)]
    for conn in both:
        conn.set_progress_handler(count, EVERY)
    library.stories.page(view)
    library.stories.size(view)
    for conn in both:
        conn.set_progress_handler(None, 0)
    return counted[0] / STORIES


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "asked",
    ["tag:even -tag:*", "tag:even tag:odd", "-has:tags tag:even", "some -common", "-common is:unread", "-com* tag:even",
     "com* -common", "-co* common", "speaker:liv -common", "tag:even some -other", "-(tag:even OR tag:odd)"],
)  # fmt: skip
def test_what_no_story_meets_is_known_from_sets_not_from_stories(
    grown: Library, monkeypatch: pytest.MonkeyPatch, asked: str, order: str
) -> None:
    for module in (orders, query, sets, weighing, finder_module):
        monkeypatch.setattr(module, "FEW", 50)
    plain = grown.finder.few
    monkeypatch.setattr(grown.finder, "few", lambda part, most=50: plain(part, min(most, 50)))
    view = View(filter=asked, order=order)
    assert grown.stories.page(view) == ()  # who is called Liv is known from here on
    assert steps(grown, view) <= 50
