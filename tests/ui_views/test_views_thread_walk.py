"""Long random walks over threads with every key: nothing breaks, and the reader is always at a comment that shows."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from tui_news.models import Comment
from ui_views.viewkit import NOW, Reading, comment, para, reading, story, thread

WORDS = ("the quay", "a boat", "漢字", "no", "wide and long and " * 12)


def made(dice: Random, count: int) -> tuple[Comment, ...]:
    comments = []
    for number in range(count):
        parent = None if dice.random() < 0.25 else str(dice.randrange(-2, number + 2))
        blocks = tuple(para(dice.choice(WORDS), quote=dice.randrange(3)) for _ in range(dice.randrange(4)))
        comments.append(
            comment(
                str(number), parent, blocks=blocks, role=dice.choice(("", "", "op")), first_gen=dice.choice((1, 3)),
                state=dice.choice(("live", "live", "live", "gone")), rank=dice.choice((None, number)),
                created=dice.choice((None, NOW - number)),
            )
        )  # fmt: skip
    return tuple(comments)


def acts(r: Reading, dice: Random) -> list[Callable[[], object]]:
    view = r.view
    back = bool(dice.randrange(2))
    refetched = story(held=thread(made(dice, dice.randrange(25))))
    return [
        view.jump_comments, lambda: view.next_comment(back), lambda: view.next_root(back), view.to_parent, view.back_down,
        lambda: view.next_sibling(back), lambda: view.next_new(back), view.toggle_fold, view.fold_branch, view.fold_all,
        lambda: view.level(dice.choice((-1, 1))), view.unfold_all, view.toggle_quotes, view.zoom, view.unzoom, view.peek,
        view.only_op, lambda: view.set_order(dice.choice(("site", "oldest", "newest", "replies"))),
        lambda: view.find(dice.choice(WORDS)), lambda: view.next_match(back), view.escape, view.show_hints,
        lambda: view.scroll_lines(dice.randrange(-30, 30)), view.to_bottom, view.to_top,
        lambda: view.click_at(dice.randrange(60), view.top + dice.randrange(24)), lambda: view.show(refetched, NOW),
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
async def test_no_walk_breaks_a_thread(seed: int) -> None:
    dice = Random(seed)
    async with reading(story(held=thread(made(dice, 25))), (dice.choice((40, 60, 80)), 24)) as r:
        for step in range(250):
            act = dice.choice(acts(r, dice))
            act()
            state, cursor = r.view.thread_state, r.view.comment_cursor
            assert cursor is None or (state is not None and state.number(cursor) is not None), (step, act)
            if step % 25 == 0:
                await r.pilot.pause()
