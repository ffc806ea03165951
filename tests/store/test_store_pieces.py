"""The search index is in pieces, and they are put together."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.models import Entry
from tui_news.store import Library
from tui_news.store.pieces import pieces_in

Make = Callable[..., Entry]


@pytest.fixture
def feed(library: Library) -> int:
    return library.feeds.add("https://a.example/feed")[0]


def test_each_commit_leaves_a_piece_and_like_ones_are_put_together(library: Library, feed: int, entry: Make) -> None:
    assert library.search.pieces() == 0
    for number in range(9):
        library.stories.store(feed, [entry(f"{number}", title=f"fog number {number}")], [], 9)
        assert library.search.update() == 1
    assert library.search.pieces() == 9
    assert library.search.merge()
    while library.search.merge():
        pass
    assert library.search.pieces() == 1
    assert not library.search.merge()
    assert len(library.finder.find("fog")) == 9


def test_a_readonly_library_is_left_alone(
    library: Library, feed: int, entry: Make, opened: Callable[..., Library]
) -> None:
    for number in range(9):
        library.stories.store(feed, [entry(f"{number}")], [], 9)
        library.search.update()
    assert not opened(readonly=True).search.merge()
    assert library.search.pieces() == 9


def test_what_fts5_says_of_its_pieces_is_read() -> None:
    assert pieces_in(bytes((0, 0, 0, 7, 2, 49, 0))) == 49
    assert pieces_in(b"\0\0\0\7\xff\0\0\1" + bytes((2, 0x81, 0x02))) == 130


def test_an_index_that_lost_its_record_is_in_no_pieces(library: Library, feed: int, entry: Make) -> None:
    library.stories.store(feed, [entry("a")], [], 9)
    library.search.update()
    with sqlite3.connect(library.paths.index) as conn:
        conn.execute("DELETE FROM words_data WHERE id = 10")
    conn.close()
    assert library.search.pieces() == 0
    assert pieces_in(None) == 0


@given(st.binary(max_size=40))
def test_any_bytes_are_a_number(data: bytes) -> None:
    assert pieces_in(data) >= 0
