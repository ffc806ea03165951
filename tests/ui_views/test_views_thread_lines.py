"""Threads as rows, their folds and the ways through them, without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Block, Comment, Route, Thread
from tui_news.text.cells import cell_len
from tui_news.ui.widgets import thread_nav as nav
from tui_news.ui.widgets.article_lines import Stack
from tui_news.ui.widgets.thread_head import pending, rule, rule_words, thread_head
from tui_news.ui.widgets.thread_lines import Measure, ThreadLines, body_of
from tui_news.ui.widgets.thread_state import ThreadState, starting_level
from ui_views.viewkit import COMMENTS, NOW, chain, comment, para, story, thread, with_thread


def laid(*comments: Comment, width: int = 60, quotes: bool = True, state: ThreadState | None = None) -> ThreadLines:
    return ThreadLines(state or ThreadState(thread(comments)), Measure(width, 76), NOW, quotes)


def rows(lines: ThreadLines, current: int | None = None) -> list[str]:
    return [lines.line(row, current).text.rstrip() for row in range(lines.rows)]


def at(state: ThreadState, name: str) -> int:
    return state.place[name]


def name(state: ThreadState, position: int | None) -> str | None:
    return None if position is None else state.comment(position).id


# Rows.
def test_what_a_comment_can_be() -> None:
    shown = rows(
        laid(
            comment("a", None, "", author="", created=NOW - 300),
            comment("b", None, "", state="moderated"),
            comment("c", None, "", state="deleted"),
            comment("d", None, "It stood here.", state="gone"),
            comment("e", "nowhere", "Indeed."),
            comment("f", None, "Linked.", kind="pingback", score=1, role="mod"),
        )
    )
    assert shown == [
        "", "  ▾ B · [removed by a moderator] · 1h",
        "", "  ▾ C · [deleted] · 1h",
        "", "  ▾ D · [no longer on the site] · 1h", "    It stood here.",
        "", "  ▾ E · 1h", "    ↳ answers a comment that is not here", "    Indeed.",
        "", "  ▾ F  mod  · 1h · links here · 1 point", "    Linked.",
        "", "  ▾ unknown · 5m", "    [no text]",
    ]  # fmt: skip


def test_folded_comments_are_one_row_each_and_count_what_they_hide() -> None:
    state = ThreadState(thread())
    state.fold(at(state, "anna"), True)
    state.fold(at(state, "erik"), True)
    shown = [row.partition("  ")[2].partition("  ")[0] for row in rows(laid(state=state))]
    assert shown == ["", "▸ Anna · 1h · 3 replies · 1 new", "▸ Erik · 1h · 12 points · 1 reply"]


def test_a_folded_comment_tells_how_it_begins() -> None:
    quoting = comment("a", None, "", blocks=(para("Not mine.", quote=1), para("My   own\nwords.")))
    only = comment("b", None, "", blocks=(para("All quoted.", quote=1),))
    gone = comment("c", None, "", state="deleted")
    state = ThreadState(thread((quoting, only, gone, comment("d", None, ""))))
    state.fold_to(0)
    assert rows(laid(state=state)) == [
        "", "  ▸ A · 1h  My own words.", "  ▸ B · 1h  All quoted.", "  ▸ C · [deleted] · 1h", "  ▸ D · 1h",
    ]  # fmt: skip


def test_a_zoom_opens_its_root_only_while_it_lasts() -> None:
    state = ThreadState(thread())
    anna = at(state, "anna")
    state.fold(anna, True)
    state.zoom_to(anna)
    assert not state.folded[anna]
    state.sort("newest")
    assert not state.folded[at(state, "anna")]
    assert state.unzoom()
    assert state.folded[at(state, "anna")]
    assert state.folds == {"anna": True}
    state.zoom_to(at(state, "anna"))
    state.fold(at(state, "anna"), True)
    state.fold(at(state, "anna"), False)
    state.unzoom()
    assert not state.folded[at(state, "anna")]


def test_the_comment_one_is_at_is_marked_on_all_its_rows() -> None:
    state = ThreadState(thread())
    shown = rows(laid(state=state), at(state, "bo"))
    assert [row for row in shown if row.startswith("┃")] == [
        "┃ │ ▾ Bo · 1h · 2 replies",
        "┃ │   ▎ It is late.",
        "┃ │",
        "┃ │   It is never late.",
    ]


def test_quotes_fold_to_a_line_and_text_after_them_stands_apart() -> None:
    quoting = comment(
        "q", None, "", blocks=(para("A b c.", quote=1), para("D.", quote=2), para("Mine."), para("More."))
    )
    assert rows(laid(quoting, quotes=False))[2:] == [
        "    ▎ … quoted, 4 words", "", "    Mine.", "", "    More.",
    ]  # fmt: skip
    assert rows(laid(quoting))[2:] == ["    ▎ A b c.", "    ▎", "    ▎ ▎ D.", "", "    Mine.", "", "    More."]
    one = comment("q", None, "", blocks=(para("My word."), para("Word.", quote=1)))
    assert rows(laid(one, quotes=False))[2:] == ["    My word.", "", "    ▎ … quoted, 1 word"]


def test_code_in_comments_is_kept() -> None:
    coder = comment("q", None, "", blocks=(Block("code", "a  = 1\n\nb"),))
    assert [row[4:] for row in rows(laid(coder))[2:]] == ["│ a  = 1", "│", "│ b"]


@pytest.mark.parametrize(("width", "step", "plateau"), [(78, 2, 18), (59, 1, 21), (38, 1, 0), (20, 1, 0), (150, 2, 36)])
def test_the_indent_stops_where_text_would_get_too_narrow(width: int, step: int, plateau: int) -> None:
    measure = Measure(width, 76)
    assert (measure.step, measure.plateau) == (step, plateau)
    if width > 38:
        assert measure.body(1000) >= min(74, max(36, width // 2))
    assert measure.body(0) <= 74


def test_beyond_the_plateau_depth_and_parent_are_told() -> None:
    lines = laid(*chain(25), width=60)
    headers = [row for row in rows(lines) if "▾" in row]
    plateau = lines.measure.plateau
    assert plateau == 11
    assert headers[11] == "  " + "│ " * 11 + "▾ C11 · 1h · 13 replies"
    assert headers[12] == "  " + "│ " * 11 + "▾ ↳12 C12 to C11 · 1h · 12 replies"
    assert headers[24] == "  " + "│ " * 11 + "▾ ↳24 C24 to C23 · 1h"


def test_five_thousand_levels_are_laid_out_folded_and_opened() -> None:
    state = ThreadState(thread(chain(5000)), {})
    state.fold_to(state.deepest + 1)
    lines = laid(state=state)
    assert lines.rows >= 15_000
    assert all(cell_len(lines.line(row).text) <= 62 for row in range(lines.rows - 50, lines.rows))
    state.fold_to(0)
    lines.lay_out()
    assert lines.rows == 2
    assert len(state.open_path(4999)) == 4999
    assert state.number(4999) == 4999


def test_a_click_on_a_bar_or_a_fold_mark_finds_whose_it_is() -> None:
    state = ThreadState(thread())
    lines = laid(state=state)
    header, _ = lines.span(at(state, "dina"))
    found = [name(state, lines.bar_at(header, column)) for column in range(12)]
    assert found == [None, None, "anna", "anna", "bo", "bo", "cato", "cato", "dina", "dina", None, None]
    assert [name(state, lines.bar_at(header + 1, column)) for column in (2, 4, 6, 8)] == ["anna", "bo", "cato", None]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-1, 9), st.text("ab \n漢>", max_size=60), st.booleans()), max_size=12),
    st.integers(24, 90),
    st.booleans(),
)
def test_any_thread_has_consistent_rows(made: list[tuple[int, str, bool]], width: int, quotes: bool) -> None:
    comments = [
        comment(str(n), str(parent) if parent >= 0 else None, text, fold=fold)
        for n, (parent, text, fold) in enumerate(made)
    ]
    state = ThreadState(thread(comments))
    lines = laid(state=state, width=width, quotes=quotes)
    drawn = rows(lines)
    assert all(cell_len(row) <= max(width, 24) + 2 for row in drawn)
    for position in state.shown:
        first, count = lines.span(position)
        assert lines.at(first) == (position, 0)
        assert lines.at(first + count - 1)[0] == position
    assert sum("▾" in row or "▸" in row for row in drawn) == len(state.shown)


# State.
def test_long_threads_start_with_deep_replies_folded() -> None:
    assert starting_level(300, 9) == 10
    assert starting_level(301, 9) == 3
    assert starting_level(301, 9, "open") == 10
    assert starting_level(5, 9, "roots") == 0
    folded = ThreadState(thread(chain(20)), {}, start="roots")
    assert folded.shown == [0]
    state = ThreadState(thread(chain(301)))
    assert [state.nodes[position].depth for position in state.shown] == [0, 1, 2, 3]


def test_folds_come_from_the_reader_then_the_library_then_the_default() -> None:
    kept = tuple(replace(one, fold=True) if one.id in ("anna", "erik") else one for one in COMMENTS)
    state = ThreadState(thread(kept))
    assert [name(state, position) for position in state.shown] == ["anna", "erik"]
    state = ThreadState(thread(kept), {"anna": False, "bo": True})
    assert [name(state, position) for position in state.shown] == ["anna", "bo", "erik"]


def test_folding_reports_only_what_changed() -> None:
    state = ThreadState(thread())
    assert state.fold(at(state, "bo"), True) == {"bo": True}
    assert state.fold(at(state, "bo"), True) == {}
    assert state.fold_to(1) == {"cato": True, "dina": True, "frida": True}
    assert state.fold_to(0) == {"anna": True, "erik": True}
    assert state.fold_to(99) == dict.fromkeys(state.place, False)
    assert state.level == state.deepest + 1


def test_levels_open_and_close_everywhere() -> None:
    state = ThreadState(thread())
    state.fold_to(1)
    assert [name(state, position) for position in state.shown] == ["anna", "bo", "erik", "frida"]
    state.fold_to(2)
    assert [name(state, position) for position in state.shown] == ["anna", "bo", "cato", "erik", "frida"]


def test_what_is_hidden_is_shown_by_what_folds_it() -> None:
    state = ThreadState(thread())
    state.fold_to(0)
    assert name(state, state.showing(at(state, "dina"))) == "anna"
    assert state.number(at(state, "dina")) is None
    assert state.open_path(at(state, "dina")) == {"anna": False, "bo": False, "cato": False}


def test_zoom_shows_one_branch_and_opening_a_path_leaves_it() -> None:
    state = ThreadState(thread())
    state.zoom_to(at(state, "bo"))
    assert [name(state, position) for position in state.shown] == ["bo", "cato", "dina"]
    assert state.base == 1
    assert [row[:4] for row in rows(laid(state=state)) if "Bo" in row] == ["  ▾ "]
    assert name(state, state.showing(at(state, "erik"))) == "bo"
    state.open_path(at(state, "erik"))
    assert state.zoom is None
    assert state.unzoom() is False


def test_only_the_storys_author_and_what_they_answer() -> None:
    state = ThreadState(thread())
    state.filter_op(True)
    assert [name(state, position) for position in state.shown] == ["anna", "bo", "cato"]
    assert name(state, state.showing(at(state, "dina"))) == "cato"
    assert nav.root(state, at(state, "anna")) is None
    assert nav.sibling(state, at(state, "cato")) is None
    state.fold(at(state, "anna"), True)
    assert [name(state, position) for position in state.shown] == ["anna"]
    state.open_path(at(state, "erik"))
    assert not state.only_op
    nobody = ThreadState(thread((comment("a"),)))
    assert not nobody.has_op


def test_a_filter_leaves_out_whole_branches_on_the_way() -> None:
    state = ThreadState(thread((
        comment("a", rank=1), comment("b", role="op", rank=2), comment("c", rank=3), comment("d", rank=4),
        comment("e", "d", role="op", rank=5), comment("f", "d", rank=6), comment("g", "d", role="op", rank=7),
    )))  # fmt: skip
    state.filter_op(True)
    assert [name(state, position) for position in state.shown] == ["b", "d", "e", "g"]
    assert nav.root(state, at(state, "b")) == at(state, "d")
    assert nav.root(state, at(state, "d"), back=True) == at(state, "b")
    assert nav.sibling(state, at(state, "e")) == at(state, "g")
    assert nav.sibling(state, at(state, "g"), back=True) == at(state, "e")
    assert nav.sibling(state, at(state, "b"), back=True) is None
    assert name(state, state.showing(at(state, "c"))) == "b"
    assert name(state, state.showing(at(state, "a"))) == "b"


def test_another_order_keeps_the_folds() -> None:
    state = ThreadState(thread())
    state.fold(at(state, "anna"), True)
    state.sort("newest")
    assert [name(state, position) for position in state.shown][-1] == "anna"
    state.sort("replies")
    assert name(state, state.shown[0]) == "anna"
    assert state.number(at(state, "bo")) is None


# Ways.
def test_ways_through_a_thread() -> None:
    state = ThreadState(thread())
    ways = {
        "root": [name(state, nav.root(state, at(state, c))) for c in ("dina", "erik")],
        "root back": [name(state, nav.root(state, at(state, c), True)) for c in ("dina", "erik", "anna")],
        "sibling": [name(state, nav.sibling(state, at(state, c))) for c in ("anna", "dina", "frida")],
        "sibling back": [name(state, nav.sibling(state, at(state, c), True)) for c in ("erik", "cato", "anna")],
        "parent": [name(state, nav.parent(state, at(state, c))) for c in ("dina", "anna")],
        "new": [name(state, nav.new(state, p)) for p in (None, at(state, "dina"))],
        "new back": [name(state, nav.new(state, p, True)) for p in (None, at(state, "dina"))],
        "next": [name(state, nav.following(state, at(state, c))) for c in ("anna", "frida")],
        "next back": [name(state, nav.following(state, at(state, c), True)) for c in ("anna", "bo")],
    }
    assert ways == {
        "root": ["erik", None],
        "root back": ["anna", "anna", None],
        "sibling": ["erik", "erik", None],
        "sibling back": ["anna", "bo", None],
        "parent": ["cato", None],
        "new": ["dina", None],
        "new back": ["dina", None],
        "next": ["bo", None],
        "next back": [None, "anna"],
    }


def test_ways_end_at_a_zoomed_branch() -> None:
    state = ThreadState(thread())
    state.zoom_to(at(state, "bo"))
    assert nav.parent(state, at(state, "bo")) is None
    assert nav.root(state, at(state, "dina")) is None
    assert name(state, nav.root(state, at(state, "dina"), True)) == "bo"
    assert nav.sibling(state, at(state, "bo")) is None


# What stands above.
@pytest.mark.parametrize(
    ("held", "hint", "expected"),
    [
        (None, None, "Comments"),
        (None, 1, "about 1 comment"),
        (None, 148, "about 148 comments"),
        (thread(), None, "6 comments · 1 new · fetched 2 hours ago"),
        (thread(COMMENTS[:1], fetched_at=NOW), None, "1 comment · fetched just now"),
        (thread((), fetched_at=NOW), None, "No comments · fetched just now"),
        (
            thread(COMMENTS[:2], coverage="newest", total=148),
            None,
            "the 2 newest of about 148 comments · fetched 2 hours ago",
        ),
        (thread(COMMENTS[:2], coverage="newest"), 2, "2 comments · fetched 2 hours ago"),
        (thread(COMMENTS[:2], coverage="newest"), None, "the 2 newest comments · fetched 2 hours ago"),
        (thread(COMMENTS[:1], coverage="newest"), None, "the newest comment · fetched 2 hours ago"),
        (
            thread(COMMENTS[:2], coverage="partial", total=9),
            None,
            "2 of about 9 comments, r for more · fetched 2 hours ago",
        ),
        (thread(COMMENTS[:2], coverage="partial"), None, "2 comments, perhaps not all · fetched 2 hours ago"),
    ],
)
def test_the_rule_says_what_is_held(held: Thread | None, hint: int | None, expected: str) -> None:
    assert " · ".join(rule_words(held, NOW, hint)) == expected


def test_a_narrow_rule_drops_the_last_facts() -> None:
    assert rule(["12 comments", "3 new"], 26).text == "  ── 12 comments · 3 new ───"
    assert rule(["12 comments", "3 new"], 20).text == "  ── 12 comments ─────"
    assert rule(["12 comments"], 8).text == "  ── 12 c…"


def test_a_sentence_stands_where_comments_are_missing() -> None:
    waiting = story()
    assert pending(waiting, False) == "Comments are not fetched yet: r fetches them."
    waiting = replace(waiting, story=replace(waiting.story, thread=None))
    assert pending(waiting, False) == "This story has no comments that we know of."
    assert pending(waiting, True) == "Comments are loading…"
    asked = replace(waiting, story=replace(waiting.story, comments_url="https://coast.example/c"))
    assert pending(asked, False) == "Comments are not fetched yet: r fetches them."
    assert pending(with_thread(waiting, thread((), fetched_at=NOW)), False) == "This story has no comments."
    assert pending(with_thread(waiting, thread(())), False) == "This story has no comments."
    failed = thread((), error="Gone.")
    assert failed.ref is not None
    assert pending(with_thread(waiting, failed), False) == "", "only a browser shows it: r would not help"
    fetchable = replace(failed, ref=replace(failed.ref, routes=(Route("rest", "https://coast.example/wp-json"),)))
    assert pending(with_thread(waiting, fetchable), False) == "r tries again."
    assert pending(with_thread(waiting, thread()), True) == ""


def test_errors_orders_and_zooms_are_told_above_the_comments() -> None:
    opened = story(held=thread(error="Comments could not be fetched: the site is down."))
    stack = Stack(thread_head(opened, 60, NOW, order="newest", only="the branch of Bo"))
    lines = [stack.at(row)[0].piece.line(stack.at(row)[1]).text.rstrip() for row in range(stack.rows)]
    assert lines[1].startswith("  ── 6 comments · 1 new · fetched 2 hours ago · newest first ─")
    assert lines[3:] == [
        "  Comments could not be fetched: the site is down.",
        "  Only the branch of Bo: esc shows all.",
    ]


def test_a_body_knows_its_places() -> None:
    body = body_of(comment("a", None, "One two three four five six.\n\nSeven."), 12)
    assert [body.place(row) for row in range(body.rows)] == [(0, 0), (0, 8), (0, 19), (-1, 3), (1, 0)]
    assert [body.row_of(*body.place(row)) for row in (0, 1, 2, 4)] == [0, 1, 2, 4]
    assert body.row_of(9, 0) == 0


def test_two_comments_of_one_id_keep_their_own_words() -> None:
    shown = rows(laid(comment("a", None, "First."), comment("a", None, "Second.")))
    assert [row for row in shown if row.endswith(".")] == ["    First.", "    Second."]


def test_thousands_are_parted_in_the_rule() -> None:
    held = replace(story(), thread=thread(coverage="partial", total=8_112))
    assert "of about 8,112 comments, r for more" in rule_words(held.thread, NOW, None)[0]
    assert rule_words(None, NOW, 1_480) == ["about 1,480 comments"]


# Whom a comment quotes.
def test_a_comment_tells_whom_it_quotes() -> None:
    words = "The ferry is never on time, and nobody minds."
    state = ThreadState(
        thread(
            (
                comment("anna", None, words),
                comment("bo", "anna", "", blocks=(para("the ferry is “never” on time", quote=1), para("Who says so?"))),
                comment("cato", "bo", "", blocks=(para(words, quote=2), para("Who says so?", quote=1), para("Anna."))),
                comment("dina", None, "", blocks=(para("Who says so?", quote=1), para("I do."))),
                comment("erik", None, "", blocks=(para("Anna:", quote=1), para(words, quote=1), para("Yes."))),
                comment("frida", None, "", blocks=(para("Nobody here wrote a word of this.", quote=1),)),
                comment("anna2", None, "", author="Anna", blocks=(para(words, quote=1), para("As I wrote."))),
            )
        ),
        order="site",
    )
    lines = ThreadLines(state, Measure(60, 60), NOW)
    heads = [row for row in rows(lines) if "▾" in row]
    told = [head.partition("quotes ")[2] for head in heads]
    assert told == ["", "Anna", "Anna", "", "", "", ""]


def test_whom_a_comment_quotes_gives_way_to_what_is_new() -> None:
    words = "The ferry is never on time, and nobody minds."
    made = comment("bo", "anna", "", blocks=(para(words, quote=1),), first_gen=3)
    lines = ThreadLines(ThreadState(thread((comment("anna", None, words), made))), Measure(36, 36), NOW)
    head = next(row for row in rows(lines) if "Bo" in row)
    assert "● new" in head
