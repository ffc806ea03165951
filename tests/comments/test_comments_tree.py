"""The thread as a list: every comment once, whatever the parents say, and never a deep stack."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from comments.commentsfakes import said
from tui_news.comments.tree import (
    ORDERS,
    ancestors,
    cut_cycles,
    flatten,
    new_inside,
    next_root,
    next_sibling,
    parent_of,
    prev_root,
    prev_sibling,
    root_of,
    visible,
)

THREAD = [
    said("1", created=10),
    said("2", created=20),
    said("3", "1", created=30),
    said("4", "3", created=40),
    said("5", "1", created=50),
    said("6", "gone", created=15),
]


def ids(comments, order="site"):
    return [comments[node.index].id for node in flatten(comments, order)]


def test_replies_stand_under_their_parents_in_the_order_of_time():
    nodes = flatten(THREAD)
    assert [THREAD[node.index].id for node in nodes] == ["1", "3", "4", "5", "6", "2"]
    assert [node.depth for node in nodes] == [0, 1, 2, 1, 0, 0]
    assert [node.parent for node in nodes] == [-1, 0, 1, 0, -1, -1]
    assert [node.end for node in nodes] == [4, 3, 3, 4, 5, 6]
    assert [node.replies for node in nodes] == [3, 1, 0, 0, 0, 0]


def test_an_answer_to_a_missing_comment_is_an_orphan_at_its_time_among_the_roots():
    assert [THREAD[node.index].id for node in flatten(THREAD) if node.orphan] == ["6"]


def test_the_orders():
    assert ids(THREAD, "oldest") == ["1", "3", "4", "5", "6", "2"]
    assert ids(THREAD, "newest") == ["2", "6", "1", "5", "3", "4"]
    assert ids(THREAD, "replies") == ["1", "3", "4", "5", "6", "2"]
    busy = [said("1", created=1), said("2", created=2), said("3", "2", created=3)]
    assert ids(busy, "replies") == ["2", "3", "1"]
    assert ids(busy, "nonsense") == ids(busy, "site")


def test_the_sites_own_rank_goes_before_time():
    ranked = [said("1", created=1, rank=2), said("2", created=2, rank=0), said("3", created=0), said("4", "2")]
    assert ids(ranked) == ["2", "4", "1", "3"]
    assert ids(ranked, "oldest")[0] == "3"


def test_one_missing_date_and_the_ids_tell_the_order():
    assert ids([said("10", created=None), said("9", created=99)]) == ["9", "10"]
    assert ids([said("b", created=None), said("a", created=None)]) == ["a", "b"]


def test_of_two_with_one_id_the_first_is_the_parent():
    nodes = flatten([said("1", created=5), said("1", created=6), said("2", "1", created=7)])
    assert [(node.index, node.parent) for node in nodes] == [(0, -1), (2, 0), (1, -1)]


def test_circles_are_cut_at_their_first_comment():
    circle = [said("1", "3"), said("2", "1"), said("3", "2"), said("4", "4"), said("5", "2")]
    nodes = flatten(circle)
    assert [(circle[node.index].id, node.depth, node.orphan) for node in nodes] == [
        ("1", 0, False), ("2", 1, False), ("3", 2, False), ("5", 2, False), ("4", 0, False),
    ]  # fmt: skip
    assert cut_cycles([1, 0]) == [-1, 0]


def test_walking_about():
    nodes = flatten(THREAD)  # 1 (3 (4) 5) 6 2
    assert [parent_of(nodes, at) for at in range(6)] == [None, 0, 1, 0, None, None]
    assert [next_sibling(nodes, at) for at in range(6)] == [4, 3, None, None, 5, None]
    assert [prev_sibling(nodes, at) for at in range(6)] == [None, None, None, 1, 0, 4]
    assert [root_of(nodes, at) for at in range(6)] == [0, 0, 0, 0, 4, 5]
    assert [next_root(nodes, at) for at in range(6)] == [4, 4, 4, 4, 5, None]
    assert [prev_root(nodes, at) for at in range(6)] == [None, None, None, None, 0, 4]
    assert ancestors(nodes, 2) == [1, 0]
    assert ancestors(nodes, 0) == []


def test_folding_hides_what_is_below_and_counts_what_is_new_there():
    nodes = flatten(THREAD)
    assert visible(nodes, lambda at: False) == list(range(6))
    assert visible(nodes, lambda at: at == 1) == [0, 1, 3, 4, 5]
    assert visible(nodes, [True] * 6) == [0, 4, 5]
    assert new_inside(nodes, lambda at: at in (2, 3, 5)) == [2, 1, 0, 0, 0, 0]
    assert new_inside(nodes, [True] * 6) == [3, 1, 0, 0, 0, 0]


def test_nothing_is_a_thread_too():
    assert flatten([]) == ()
    assert visible((), lambda at: False) == []


def test_a_chain_of_five_thousand_and_fifty_thousand_side_by_side():
    started = time.process_time()
    chain = flatten([said(str(n), str(n - 1) if n else None, created=n) for n in range(5_000)])
    assert chain[-1].depth == 4_999
    assert chain[0].replies == 4_999
    assert len(ancestors(chain, 4_999)) == 4_999
    wide = flatten([said(str(n), created=n) for n in range(50_000)])
    assert len(wide) == 50_000
    assert prev_sibling(wide, 49_999) == 49_998
    assert time.process_time() - started < 5


some_ids = st.sampled_from([str(number) for number in range(12)])
threads = st.lists(
    st.tuples(some_ids, st.none() | some_ids, st.none() | st.integers(0, 50), st.none() | st.integers(0, 5)),
    max_size=14,
).map(lambda rows: [said(key, parent, created, rank=rank) for key, parent, created, rank in rows])


@settings(max_examples=150, deadline=None)
@given(threads, st.sampled_from(ORDERS))
def test_every_comment_stands_exactly_once_and_the_numbers_agree(comments, order):
    nodes = flatten(comments, order)
    assert sorted(node.index for node in nodes) == list(range(len(comments)))
    for position, node in enumerate(nodes):
        assert node.end == position + 1 + node.replies
        assert node.depth == len(ancestors(nodes, position))
        if node.parent != -1:
            assert node.parent < position < nodes[node.parent].end
            assert comments[nodes[node.parent].index].id == comments[node.index].parent
    assert sum(node.replies + 1 for node in nodes if node.parent == -1) == len(comments)
