from __future__ import annotations

import gc
import weakref

import pytest

from tui_news.ui import garbage


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


@pytest.mark.parametrize(("made", "quiet"), [(garbage.MUCH, True), (garbage.TOO_MUCH, False)])
def test_what_was_left_long_ago_is_found_at_a_quiet_moment_or_when_it_is_much(old_garbage, monkeypatch, made, quiet):
    monkeypatch.setattr(garbage.Made, "all", made)
    assert garbage.sweep(quiet)
    assert old_garbage() is None
    assert not garbage.sweep(quiet), "nothing was made since"


def test_otherwise_nobody_waits_for_it(old_garbage, monkeypatch):
    monkeypatch.setattr(garbage.Made, "all", 0)
    assert not garbage.sweep(quiet=True)
    monkeypatch.setattr(garbage.Made, "all", garbage.TOO_MUCH // 2)
    assert not garbage.sweep(quiet=False)


def test_the_newest_are_looked_at_between_keys_and_the_older_when_they_are_some():
    few, some = garbage.FEW, garbage.SOME
    assert garbage.due(few - 1, few, few, quiet=True) is None
    assert garbage.due(few, few, few, quiet=False) == 0
    assert garbage.due(few, some, some, quiet=False) == 1
    assert garbage.due(few, few, garbage.MUCH, quiet=True) == 2


def test_what_came_in_a_rush_and_was_looked_at_by_itself_counts(monkeypatch):
    looked: list[int] = []
    monkeypatch.setattr(garbage.Made, "all", 0)
    monkeypatch.setattr(garbage.Made, "looks", 3)
    monkeypatch.setattr(garbage.gc, "get_count", lambda: (0, 3 + garbage.MUCH // garbage.YOUNG[0], 0))
    monkeypatch.setattr(garbage.gc, "collect", looked.append)
    monkeypatch.setattr("tui_news.services.thrift.give_back", lambda: looked.append(2))
    assert garbage.sweep(quiet=True)
    assert looked == [2]
