"""Moving and folding in the reading view: where the cursor goes, and that nothing else on the screen moves."""

from __future__ import annotations

import pytest

from screen_text import screen_rows, screen_text
from tui_news.models import Article
from tui_news.ui.widgets.reading_messages import CommentsSeen, FoldsChanged, LinkOpened
from ui_views.viewkit import COMMENTS, FULL, NOW, chain, comment, para, reading, story, thread

LONG = Article("page", tuple(para(f"Paragraph {n} " + "goes on and on " * 20) for n in range(12)))
BOOK = story(LONG, thread())
MANY = tuple(
    comment(
        f"{root}.{reply}" if reply else str(root), str(root) if reply else None, f"Words of {root}.{reply}.\n\nMore."
    )
    for root in range(8)
    for reply in range(4)
)
CROWD = story(LONG, thread(MANY, seen_gen=3))


# In and out.
async def test_to_the_comments_and_back() -> None:
    async with reading(BOOK) as r:
        r.view.page(1)
        left = r.view.top
        assert r.view.jump_comments()
        assert r.view.in_thread
        assert screen_rows(r.view)[0].startswith("  ── 6 comments")
        r.view.next_root()
        there = r.view.top
        assert r.view.jump_comments()
        assert (r.view.top, r.view.in_thread) == (left, False)
        r.view.jump_comments()
        assert (r.view.top, r.current) == (there, "erik")


async def test_back_from_comments_reached_by_scrolling_is_the_end_of_the_article() -> None:
    async with reading(BOOK) as r:
        r.view.to_bottom()
        assert r.view.in_thread
        r.view.jump_comments()
        assert r.view.top + 24 == r.view.doc.article.rows  # type: ignore[union-attr]


async def test_the_bottom_of_a_thread_is_its_last_comment() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        r.view.to_bottom()
        assert r.current == "7.3"
        assert not r.view.next_comment()
        assert r.view.next_comment(back=True)
        assert r.current == "7.2"


async def test_the_rule_is_reached_where_there_are_no_comments() -> None:
    async with reading(story(LONG, None)) as r:
        assert r.view.jump_comments()
        assert (r.view.in_thread, r.view.has_new) == (False, False)
        assert "Comments are not fetched yet" in screen_text(r.view)
        assert r.view.jump_comments()
        assert r.view.top == 0


async def test_scrolling_goes_into_the_thread_and_out_again() -> None:
    async with reading(CROWD) as r:
        while not r.view.in_thread:
            r.view.scroll_lines(1)
        assert 0 < r.row_of("0") <= 12
        for _ in range(40):
            r.view.scroll_lines(1)
            assert sum(row.startswith("┃") for row in screen_rows(r.view)) > 0
        while r.view.in_thread:
            r.view.scroll_lines(-1)
        assert r.row_of("0") >= 12


async def test_down_at_the_end_of_a_short_story_goes_into_its_comments() -> None:
    async with reading(FULL, (80, 60)) as r:
        assert not r.view.in_thread
        r.view.scroll_lines(1)
        assert r.current == "anna"
        assert r.view.next_comment(back=True)
        assert not r.view.in_thread


# Comment by comment.
async def test_every_comment_is_visited_down_and_up() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        went = [r.current]
        while r.view.next_comment():
            if r.current != went[-1]:
                went.append(r.current)
            assert 0 <= r.row_of(r.current or "") < 24
        assert went == [one.id for one in MANY]
        back = []
        while r.view.in_thread:
            if not back or back[-1] != r.current:
                back.append(r.current)
            r.view.next_comment(back=True)
        assert back == went[::-1]


async def test_a_comment_taller_than_the_screen_scrolls_first() -> None:
    tall = comment("tall", None, "\n\n".join(f"Line {n} of it." for n in range(30)), rank=1)
    async with reading(story(LONG, thread((tall, comment("after", None, "Short.", rank=2)))), (80, 20)) as r:
        r.view.jump_comments()
        seen: set[str] = set()
        presses = 0
        while r.current == "tall":
            seen.update(row.strip("┃ ") for row in screen_rows(r.view))
            r.view.next_comment()
            presses += 1
        assert {f"Line {n} of it." for n in range(30)} <= seen
        assert 4 <= presses <= 10
        r.view.next_comment(back=True)
        assert (r.current, r.row_of("tall")) == ("tall", 1)
        r.view.next_comment()
        r.view.next_comment()
        down = r.row_of("tall")
        assert down < 0
        r.view.next_comment(back=True)
        assert r.current == "tall"
        assert r.row_of("tall") > down


async def test_the_ways_of_the_keys() -> None:
    async with reading(BOOK) as r:
        assert r.view.next_root()
        assert r.current == "anna"
        steps = [
            (r.view.next_new, "dina", True), (r.view.next_new, "dina", False), (r.view.to_parent, "cato", True),
            (lambda: r.view.next_root(back=True), "anna", True), (r.view.to_parent, "anna", False),
            (r.view.next_sibling, "erik", True), (lambda: r.view.next_sibling(back=True), "anna", True),
            (r.view.next_root, "erik", True), (r.view.next_root, "erik", False),
            (lambda: r.view.next_new(back=True), "dina", True),
        ]  # fmt: skip
        for step, expected, moved in steps:
            assert step() is moved
            assert r.current == expected
        assert r.view.has_new


async def test_a_root_gone_to_comes_to_the_top_with_a_row_of_air() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        r.view.next_root()
        r.view.next_root()
        r.view.next_root()
        assert (r.current, r.row_of("3")) == ("3", 1)


async def test_next_new_from_below_goes_back_for_what_was_never_on_the_screen() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.fold_all()
        r.view.next_root()
        assert r.current == "erik"
        assert r.view.next_new()
        assert r.current == "dina"
        assert not r.view.next_new(), "it was met: n does not go round and round"


async def test_next_new_opens_what_hides_it() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.fold_all()
        assert r.view.next_new()
        assert r.current == "dina"
        assert "▾ Dina · 1h  ● new" in screen_text(r.view)
        await r.pilot.pause()
        assert r.of(FoldsChanged)[-1].folds == {"anna": False, "bo": False, "cato": False, "dina": False}


# The line acted on keeps its row.
@pytest.mark.parametrize("at", ["0", "3", "3.2", "7", "7.3"])
@pytest.mark.parametrize("act", ["toggle_fold", "level", "fold_all", "unfold_all", "toggle_quotes", "set_order"])
async def test_folding_keeps_the_row(at: str, act: str) -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        while r.current != at:
            r.view.next_comment()
        row = r.row_of(at)
        arguments = {"level": (-1,), "set_order": ("newest",)}.get(act, ())
        assert getattr(r.view, act)(*arguments)
        assert r.row_of(r.current or "") == row
        await r.pilot.pause()
        assert r.row_of(r.current or "") == row
        assert r.current == (at.split(".")[0] if act == "fold_all" else at)
        assert screen_rows(r.view)[row].startswith("┃")


async def test_folding_the_last_comments_leaves_blank_rows_and_scrolling_up_takes_them_back() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        while r.current != "7.3":
            r.view.next_comment()
        r.view.fold_all()
        assert r.view.line_count > r.view.doc.rows  # type: ignore[union-attr]
        r.view.page(-1)
        assert r.view.line_count == r.view.doc.rows  # type: ignore[union-attr]
        r.view.to_bottom()
        assert screen_rows(r.view)[-2].strip("┃ ").startswith("▸ 7 · 1h · 3 replies")


async def test_folding_what_holds_the_cursor_moves_it_to_the_fold() -> None:
    async with reading(FULL, (80, 60)) as r:
        r.view.jump_comments()
        r.view.next_new()
        assert r.current == "dina"
        r.view.click_at(2, r.view.top + r.row_of("dina"))
        assert r.current == "anna"
        assert "┃ ▸ Anna" in screen_text(r.view)
        await r.pilot.pause()
        assert [m.folds for m in r.of(FoldsChanged)][-1] == {"anna": True}


async def test_folding_a_branch_from_inside_goes_to_the_next_root() -> None:
    async with reading(CROWD, (80, 30)) as r:
        r.view.jump_comments()
        while r.current != "2.3":
            r.view.next_comment()
        r.view.scroll_lines(10)
        row = r.row_of("2.3")
        assert r.view.fold_branch()
        assert (r.current, r.row_of("2"), r.row_of("3")) == ("3", row, row + 2)
        while r.current != "7.1":
            r.view.next_comment()
        assert r.view.fold_branch()
        assert r.current == "7"


async def test_what_the_reader_folds_is_told() -> None:
    async with reading(FULL) as r:
        r.view.jump_comments()
        r.view.toggle_fold()
        r.view.toggle_fold()
        r.view.level(0)
        await r.pilot.pause()
        assert [(m.story_id, m.folds) for m in r.of(FoldsChanged)] == [(7, {"anna": True}), (7, {"anna": False})]


# The whole thread.
async def test_quotes_fold_everywhere_and_stay_so_over_a_resize() -> None:
    async with reading(FULL, (80, 60)) as r:
        r.view.toggle_quotes()
        assert "▎ … quoted, 3 words" in screen_text(r.view)
        await r.pilot.resize_terminal(70, 60)
        await r.pilot.pause()
        assert "▎ … quoted, 3 words" in screen_text(r.view)
        r.view.toggle_quotes()
        assert "▎ It is late." in screen_text(r.view)


async def test_up_to_what_it_answers_and_back_down() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        assert not r.view.back_down()
        r.view.next_new()
        for above in ("cato", "bo", "anna"):
            assert r.view.to_parent()
            assert r.current == above
        assert not r.view.to_parent()
        for below in ("bo", "cato", "dina"):
            assert r.view.back_down()
            assert r.current == below
        assert not r.view.back_down()
        r.view.to_parent()
        r.view.fold_all()
        assert r.view.back_down()
        assert r.current == "anna"  # under whose fold the way back ends


async def test_the_authors_own_comments_alone_and_all_again() -> None:
    async with reading(FULL) as r:
        r.view.jump_comments()
        r.view.next_root()
        assert r.current == "erik"
        assert r.view.only_op()
        assert r.current == "cato"
        shown = screen_text(r.view)
        assert "Only the story’s author, and what they answer: esc shows all." in shown
        assert "Erik" not in shown
        r.view.show(story(held=thread(gen=4)), NOW)
        assert r.view.thread_state.only_op  # type: ignore[union-attr]
        assert r.view.escape()
        assert len(r.view.thread_state.shown) == 6  # type: ignore[union-attr]
        assert not r.view.only_op(False)
    async with reading(story(held=thread((comment("a"),)))) as r:
        assert not r.view.only_op()


async def test_a_search_that_left_a_zoom_or_a_filter_goes_back_to_it() -> None:
    async with reading(FULL) as r:
        r.view.jump_comments()
        r.view.next_comment()
        r.view.zoom()
        r.view.find("bridge")
        assert r.current == "erik"
        r.view.end_find()
        assert r.view.thread_state.zoom == "bo"  # type: ignore[union-attr]
        assert "Erik" not in screen_text(r.view)


async def test_a_search_goes_on_when_a_refetch_took_what_it_found() -> None:
    async with reading(FULL) as r:
        r.view.jump_comments()
        r.view.fold_all()
        assert r.view.find("money") == 1
        assert r.current == "frida"
        r.view.show(story(held=thread((*COMMENTS[:5], comment("gro", "erik", "Money? Money!")), gen=4)), NOW)
        assert r.view.place_context() == "match 1/2"
        assert r.view.next_match()
        assert r.current == "gro"
        r.view.show(story(held=thread(COMMENTS[:5], gen=5)), NOW)
        assert not r.view.next_match()
        assert r.view.end_find()
        assert all(r.view.thread_state.folded)  # type: ignore[union-attr]


async def test_marks_of_new_may_be_kept() -> None:
    async with reading(FULL) as r:
        assert r.view.fresh == {"dina"}
        r.view.keeps_new = True
        r.view._passed = ["dina"]
        r.view.leave()
        await r.pilot.pause()
        assert r.of(CommentsSeen) == []
        r.view.show(story(held=thread(), story_id=8), NOW)
        assert not r.view.keeps_new


async def test_zoom_and_out_again() -> None:
    async with reading(story(LONG, thread(chain(30)))) as r:
        r.view.jump_comments()
        for _ in range(25):
            r.view.next_comment()
        at = r.current
        assert r.view.zoom()
        rows = screen_rows(r.view)
        assert rows[0].startswith("  ── 30 comments")
        assert rows[2] == f"  Only the branch of {at.capitalize()}: esc shows all."  # type: ignore[union-attr]
        assert rows[4].startswith(f"┃ ▾ {at.capitalize()}")  # type: ignore[union-attr]
        assert not r.view.to_parent()
        assert r.view.escape()
        assert r.current == at
        assert not r.view.unzoom()


async def test_a_zoom_outlives_a_refetch() -> None:
    async with reading(BOOK) as r:
        r.view.jump_comments()
        r.view.next_comment()
        r.view.zoom()
        r.view.show(story(LONG, thread(gen=9)), NOW)
        assert "Only the branch of Bo" in screen_text(r.view)
        r.view.show(story(LONG, thread(COMMENTS[4:], gen=10)), NOW)
        assert "Only the branch" not in screen_text(r.view)


async def test_another_order_is_said_on_the_rule() -> None:
    async with reading(FULL, (80, 60)) as r:
        r.view.jump_comments()
        r.view.set_order("newest")
        assert r.current == "anna"
        assert "fetched 2 hours ago · newest first" in screen_text(r.view)


# Peeking.
async def test_peeking_at_what_a_comment_answers() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        while r.current != "3.1":
            r.view.next_comment()
        top = r.view.top
        assert r.view.peek()
        rows = screen_rows(r.view)
        assert rows[:5] == ["  3 · 1h", "    Words of 3.0.", "", "    More.", rows[4]]
        assert rows[4].startswith("  ── the first of this branch · esc closes ──")
        assert r.view.top == top
        assert not r.view.peek()
        assert screen_rows(r.view)[0] != "  3 · 1h"
        r.view.peek()
        r.view.next_comment()
        assert not r.view.close_peek()
        r.view.peek()
        assert r.view.escape()
        assert not r.view.escape()


async def test_each_further_peek_shows_one_further_up_and_the_comment_stays_in_sight() -> None:
    async with reading(story(LONG, thread(chain(12)))) as r:
        r.view.jump_comments()
        for _ in range(3):
            r.view.next_comment()
        for up in range(1, 4):
            assert r.view.peek()
            text = screen_text(r.view)
            assert text.count("say here.") >= up
            assert "┃ │ │ │ ▾ C3" in text
        assert "the first of this branch" in text
        assert not r.view.peek()
        r.view.peek()
        r.view.page(1)
        assert not r.view.close_peek()


async def test_a_long_comment_is_cut_in_the_peek() -> None:
    long = comment("long", None, "\n\n".join("abcdefgh"), created=None)
    async with reading(story(LONG, thread((long, comment("on", "long"))))) as r:
        r.view.jump_comments()
        r.view.next_comment()
        r.view.peek()
        assert "    …" in screen_rows(r.view)
        assert "  Long" in screen_rows(r.view)


# The mouse.
async def test_clicks_go_to_comments_fold_and_open_links() -> None:
    async with reading(FULL, (80, 60)) as r:
        await r.pilot.click(r.view, offset=(20, r.row_of("cato") + 1))
        assert r.current == "cato"
        await r.pilot.click(r.view, offset=(8, r.row_of("dina")))
        assert "▸ Dina" in screen_text(r.view)
        await r.pilot.click(r.view, offset=(20, 2))
        assert r.current == "dina"
        await r.pilot.click(r.view, offset=(8, 7))
        await r.pilot.pause()
        assert [m.url for m in r.of(LinkOpened)] == ["https://coast.example/f"]


async def test_the_wheel_scrolls_and_the_comment_cursor_stays_on_the_screen() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        r.view.scroll_down(animate=False)
        for _ in range(10):
            r.view.scroll_down(animate=False)
            await r.pilot.pause()
        assert 0 <= r.row_of(r.current or "") < 24


async def test_moving_repaints_two_headers_and_the_bars_beside_their_comments() -> None:
    async with reading(CROWD) as r:
        r.view.jump_comments()
        await r.pilot.pause()
        regions = []
        refresh = r.view.refresh

        def noted(*args: object, **options: object) -> object:
            regions.append(args)
            return refresh(*args, **options)  # type: ignore[arg-type]

        r.view.refresh = noted  # type: ignore[method-assign, assignment]
        r.view.next_comment()
        assert all(args for args in regions)
        assert sum(args[0].area for args in regions) <= 2 * (80 + 5)  # type: ignore[attr-defined]
