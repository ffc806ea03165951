from __future__ import annotations

import gc
import weakref

import pytest

from tui_news.ui import garbage

HALF = garbage.YOUNG[1] // 2


class Held:
    pass


@pytest.fixture
def old_garbage():
    """Something that nobody holds and that two looks have passed over."""
    assert gc.isenabled()
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 1000, 1000)
    one = Held()
    one.itself = one
    gc.collect(0)
    gc.collect(1)
    found = weakref.ref(one)
    del one
    gc.collect(1)
    assert found() is not None, "a look at the young and the middle-aged does not find it"
    yield found
    gc.set_threshold(*before)


def counts(monkeypatch, middle, old):
    monkeypatch.setattr(garbage.gc, "get_count", lambda: (0, middle, old))


@pytest.mark.parametrize(("middle", "old", "quiet"), [(0, 1, True), (HALF, 0, True), (0, garbage.MANY, False)])
def test_what_was_left_long_ago_is_found_at_a_quiet_moment_or_when_it_is_much(
    old_garbage, monkeypatch, middle, old, quiet
):
    counts(monkeypatch, middle, old)
    assert garbage.sweep(quiet)
    assert old_garbage() is None


@pytest.mark.parametrize(
    ("middle", "old", "quiet"), [(0, 0, True), (HALF - 1, 0, True), (2 * HALF - 1, garbage.MANY - 1, False)]
)
def test_otherwise_nobody_waits_for_it(old_garbage, monkeypatch, middle, old, quiet):
    counts(monkeypatch, middle, old)
    assert not garbage.sweep(quiet)
