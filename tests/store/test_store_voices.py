"""Whom `speaker:` means, reckoned for a few, is whom it means when all persons are reckoned."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Entry
from tui_news.store import Library, voices
from tui_news.store.people import people
from tui_news.text.quotes.people import person_key

NAMES = ("Berg", "Kari Berg", "Kari Anne Berg", "Ola Berg", "kari berg", "Minister Kari Berg", "Odd Roger Enoksen",
         "Odd Enoksen", "Enoksen", "Kå Berg", "Bergersen", "Liv Bergersen", "Odd", "Minister", "the spokesman", "")  # fmt: skip
ASKED = ("berg", "ka", "kari berg", "k b", "odd", "e", "bergersen", "liv", "minister", "nobody", "", "berg ola", "the")
SAID = st.tuples(st.sampled_from(NAMES), st.integers(1, 6), st.sampled_from(("speech", "block", "scare")))
MERGES = st.lists(st.tuples(st.sampled_from(NAMES[:-1]), st.sampled_from(NAMES[:-1])), max_size=3)


def test_a_few_persons_are_those_that_all_are(library: Library, entry: Callable[..., Entry]) -> None:
    with library.write():
        for number in range(3):
            feed, _ = library.feeds.add(f"https://{number}.example/feed")
            library.stories.store(feed, [entry(f"{number}/{one}", 1) for one in range(2)], [], 1)
    library.db.run("UPDATE story SET hidden = 4 WHERE id = 6")

    @settings(max_examples=200)
    @given(st.lists(SAID, max_size=12), MERGES)
    def holds(said: list[tuple[str, int, str]], merges: list[tuple[str, str]]) -> None:
        library.db.run("DELETE FROM quote")
        library.db.run("DELETE FROM speaker_alias")
        library.db.many(
            """INSERT INTO quote(story_id, block, start, stop, kind, speaker, who, words, norm)
            VALUES (?, 0, 0, 1, ?, ?, ?, '', '')""",
            [(story, kind, name, person_key(name)) for name, story, kind in said],
        )
        for name, into in merges:
            if person_key(name) != person_key(into):
                library.quotes.merge(name, into, 1)
        everybody = people(library.db)
        for asked in ASKED:
            assert voices.keys_of(library.db, asked) == everybody.keys(asked), asked

    holds()


def test_who_is_meant_is_kept_until_a_quote_comes(library: Library, entry: Callable[..., Entry]) -> None:
    feed, _ = library.feeds.add("https://a.example/feed")
    first, second = library.stories.store(feed, [entry("1", 1), entry("2", 1)], [], 1)
    said = """INSERT INTO quote(story_id, block, start, stop, kind, speaker, who, words, norm)
        VALUES (?, 0, 0, 1, 'speech', ?, ?, '', '')"""
    library.db.run(said, (first, "Kari Berg", "kari berg"))
    assert library.quotes.stories_of("berg") == {first}
    asked: list[str] = []
    library.db.conn.set_trace_callback(asked.append)
    assert library.quotes.stories_of("berg") == {first}
    library.db.conn.set_trace_callback(None)
    assert not [sql for sql in asked if "DISTINCT who" in sql]
    library.db.run(said, (second, "Ola Berg", "ola berg"))
    assert library.quotes.stories_of("berg") == {first, second}
