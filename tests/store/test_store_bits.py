"""Sets of stories as numbers say the same to Python and to SQLite."""

from __future__ import annotations

import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from tui_news.store.bits import HELD, bits_of, ids_in, mask


@given(st.sets(st.integers(0, 300)))
def test_a_set_is_what_went_into_it(ids: set[int]) -> None:
    bits = bits_of(ids)
    assert list(ids_in(bits)) == sorted(ids)
    assert bits.bit_count() == len(ids)
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE story(id INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO story VALUES (?)", [(story_id,) for story_id in range(400)])
    assert {row[0] for row in db.execute(f"SELECT id FROM story WHERE {HELD}", (mask(bits),))} == ids
    db.close()
