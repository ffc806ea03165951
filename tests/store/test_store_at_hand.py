"""Texts at hand save the index from reading stories again, and are never put in a story's place that has changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Block, Comment, Entry, ThreadRef
from tui_news.store import Library
from tui_news.store.at_hand import AtHand

Make = Callable[..., Entry]


@pytest.fixture
def feed(library: Library) -> int:
    return library.feeds.add("https://a.example/feed")[0]


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.text(max_size=9)), max_size=30), st.integers(0, 30))
def test_the_newest_stay_as_far_as_there_is_room(kept: list[tuple[str, str]], room: int) -> None:
    at_hand = AtHand(room)
    for key, text in kept:
        at_hand.keep(key, text)
        assert sum(map(len, at_hand._texts.values())) == at_hand._held <= room
        if len(text) <= room:
            assert at_hand.take(key) == text
            assert key not in at_hand
            at_hand.keep(key, text)


def test_a_text_is_taken_once() -> None:
    at_hand = AtHand()
    at_hand.keep("a", "one")
    at_hand.keep("a", "two")
    assert (len(at_hand), at_hand.take("a"), at_hand.take("a"), len(at_hand)) == (1, "two", None, 0)


def words(library: Library, word: str) -> list[int]:
    return sorted(found.story_id for found in library.finder.find(word))


def test_what_is_at_hand_is_indexed_as_it_is_there_and_the_rest_is_read(
    library: Library, feed: int, entry: Make
) -> None:
    made = [entry(str(n), html="<p>alpha</p>", content_hash=f"h{n}") for n in range(3)]
    ids = library.stories.store(feed, made, [], 9)
    at_hand = AtHand()
    at_hand.keep("h1", "beta")
    assert library.search.update(at_hand=at_hand) == 3
    assert (words(library, "alpha"), words(library, "beta"), len(at_hand)) == ([ids[0], ids[2]], [ids[1]], 0)


def test_of_a_story_that_has_changed_since_the_new_words_are_read(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a", html="alpha", content_hash="h1")], [], 9)
    at_hand = AtHand()
    at_hand.keep("h1", "alpha")
    library.stories.store(feed, [], [(story, entry("a", html="gamma", content_hash="h2"))], 9)
    library.search.update(at_hand=at_hand)
    assert (words(library, "alpha"), words(library, "gamma")) == ([], [story])


def test_comments_that_came_meanwhile_are_indexed_too(library: Library, feed: int, entry: Make) -> None:
    (story,) = library.stories.store(feed, [entry("a", html="alpha", content_hash="h1")], [], 9)
    at_hand = AtHand()
    at_hand.keep("h1", "alpha")
    said = [Comment("1", None, "Kari", 5, blocks=(Block("para", "zebra"),))]
    ref = ThreadRef("hn", "hn|1", (), "https://x.example/1")
    library.threads.put(story, ref, said, [], coverage="complete", total=1, route="x", warnings=(), now=9)
    library.search.update(at_hand=at_hand)
    assert (words(library, "alpha"), words(library, "zebra")) == ([story], [story])


def test_a_process_with_few_at_hand_leaves_them_to_another(library: Library, feed: int, entry: Make) -> None:
    made = [entry(str(n), html="alpha", content_hash=f"h{n}") for n in range(3)]
    library.stories.store(feed, made, [], 9)
    at_hand = AtHand()
    at_hand.keep("h0", "alpha")
    at_hand.keep("other", "beta")
    assert library.search.update(at_hand=at_hand, least=2) == 0
    at_hand.keep("h1", "alpha")
    assert library.search.update(at_hand=at_hand, least=2) == 2
    assert library.search.update() == 1
