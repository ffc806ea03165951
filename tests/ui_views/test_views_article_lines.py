"""Blocks as rows, without a screen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.models import Block, PlacedQuote, Span
from tui_news.text.cells import cell_len
from tui_news.ui.widgets.article_lines import Stack, article_pieces
from tui_news.ui.widgets.lines import Run
from tui_news.ui.widgets.pieces import cut
from tui_news.ui.widgets.speakers import mark_of, speaker_looks
from tui_news.ui.widgets.table_lines import fit_columns, table_lines
from ui_views.viewkit import para, said


def rows(*blocks: Block, width: int = 30, title: str = "") -> list[str]:
    stack = Stack(article_pieces(blocks, (), width, title))
    return [stack.at(row)[0].piece.line(stack.at(row)[1]).text.rstrip() for row in range(stack.rows)]


def test_paragraphs_stand_apart_and_wrap() -> None:
    assert rows(para("One two three four five six seven."), para("Eight.")) == [
        "  One two three four five",
        "  six seven.",
        "",
        "  Eight.",
    ]


def test_no_blank_row_after_a_heading_in_a_list_or_before_a_caption() -> None:
    blocks = (
        Block("heading", "Head", level=2),
        para("Text."),
        Block("item", "One", level=1, marker="1."),
        Block("item", "Inner", level=2, marker="•"),
        Block("image", "A cat"),
        Block("caption", "The cat."),
    )
    assert rows(*blocks) == [
        "  Head", "  Text.", "", "  1. One", "    • Inner", "", "  [image: A cat]", "  The cat.",
    ]  # fmt: skip


def test_items_hang_by_their_marker_and_copying_keeps_it() -> None:
    item = Block("item", "A point that takes more than a row to make.", level=2, marker="12.")
    stack = Stack(article_pieces((item,), (), 30))
    first, second = stack.placed[0].piece.line(0), stack.placed[0].piece.line(1)
    assert first.text == "    12. A point that takes more"
    assert second.text == "        than a row to make."
    assert (first.body, second.body) == ("12. A point that takes more", "than a row to make.")


def test_block_quotes_have_a_bar_a_level_and_it_goes_on_between_them() -> None:
    shown = rows(para("Outer.", quote=1), para("Inner.", quote=2), para("Outer again.", quote=1), para("Out."))
    assert shown == ["  ▎ Outer.", "  ▎", "  ▎ ▎ Inner.", "  ▎", "  ▎ Outer again.", "", "  Out."]


def test_a_pull_quote_is_set_apart() -> None:
    assert rows(Block("para", "Strong words.", pull=True)) == ["  ▎   Strong words."]


def test_code_keeps_its_spaces_and_goes_on_in_the_next_row() -> None:
    code = Block("code", "if x:\n    return 1 + 2 + 3 + 4 + 5 + 6 + 7\n")
    stack = Stack(article_pieces((code,), (), 24))
    piece = stack.placed[0].piece
    lines = [piece.line(row) for row in range(piece.rows)]
    assert [line.text.rstrip() for line in lines] == [
        "  │ if x:", "  │     return 1 + 2 + 3 +", "  ↪  4 + 5 + 6 + 7",
    ]  # fmt: skip
    assert {len(line.text) for line in lines} == {26}
    assert all("code-block" in {run.style for run in line.runs} for line in lines)
    assert [piece.row_of(piece.offset(row)) for row in range(piece.rows)] == [0, 1, 2]


def test_wide_letters_in_code_are_not_cut_in_two() -> None:
    assert [("漢字漢字漢字"[a:b]) for a, b in cut("漢字漢字漢字", 5)] == ["漢字", "漢字", "漢字"]
    assert cut("漢", 1) == [(0, 1)]


def test_the_other_kinds() -> None:
    assert rows(Block("rule", ""), width=11) == ["     * * *"]
    assert rows(Block("image", "")) == ["  [image]"]
    assert rows(Block("embed", "", href="https://v.example/1")) == ["  [https://v.example/1]"]
    assert rows(Block("embed", "")) == ["  [embedded page]"]
    assert rows(Block("footnote", "1. A note.")) == ["  1. A note."]
    assert rows(Block("para", "שלום", rtl=True), width=10) == ["        שלום"]


def test_links_of_images_and_embeds_are_links() -> None:
    placed = article_pieces((Block("image", "Cat", href="https://i.example/c"),), (), 30)
    assert [run.href for run in placed[0].piece.line(0).runs if run.href] == ["https://i.example/c"]
    placed = article_pieces((Block("embed", "Film", href="https://v.example/1"),), (), 30)
    assert Run(3, 7, "link", "https://v.example/1") in placed[0].piece.line(0).runs


def test_a_first_heading_that_is_the_title_is_not_said_twice() -> None:
    blocks = (Block("heading", "The Title", level=1), para("Text."))
    assert rows(*blocks, title="The title") == ["  Text."]
    assert rows(*blocks, title="Another") == ["  The Title", "  Text."]


def test_speech_has_its_speakers_look_and_a_mark_on_its_rows_only() -> None:
    text = "Before it. “I said this over two rows,” she said after it all."
    quotes = (said(0, text, "“I said this over two rows,”", "Ada"), said(0, text, "Before", None, "term"))
    piece = article_pieces((para(text),), quotes, 22)[0].piece
    lines = [piece.line(row) for row in range(piece.rows)]
    mark = mark_of(speaker_looks(quotes)["Ada"])
    assert [line.text[0] for line in lines] == [mark, mark, " "]
    assert [line.text[run.start : run.end] for line in lines for run in line.runs if run.start > 1] == [
        "“I said", "this over two rows,”",
    ]  # fmt: skip
    assert {run.style for line in lines for run in line.runs} == {speaker_looks(quotes)["Ada"]}


def test_a_doubtful_speaker_is_doubted_in_the_margin_too() -> None:
    text = "Before it. “I said this over two rows.” So it went."
    doubted = PlacedQuote(0, 11, 39, "speech", text[11:39], "Ada", "carried")
    piece = article_pieces((para(text),), (doubted,), 22)[0].piece
    mark = mark_of(speaker_looks((doubted,))["Ada"])
    assert [piece.line(row).text[:2] for row in range(piece.rows)] == [mark + "?", mark + " ", "  "]


def test_a_caption_that_says_what_the_image_shows_says_it_once() -> None:
    cat = Block("image", "A cat on a wall", href="https://a.example/cat.jpg")
    assert rows(cat, Block("caption", "A cat on a wall. Ann Lee")) == [
        "  [image]", "  A cat on a wall. Ann Lee",
    ]  # fmt: skip
    assert rows(cat, Block("caption", "The harbour"))[0] == "  [image: A cat on a wall]"


def test_an_anchor_names_the_text_and_survives_another_width() -> None:
    blocks = (para("One two three four five six seven eight nine ten."), para("End."))
    wide, narrow = (Stack(article_pieces(blocks, (), width)) for width in (40, 10))
    anchor = narrow.anchor(3)
    assert anchor == (0, 28, 0)
    assert wide.row_of(*anchor[:2]) == 0
    assert narrow.row_of(*anchor[:2]) == 3
    assert wide.row_of(9, 0) is None


def test_a_table_fits_or_becomes_a_list() -> None:
    table = (("Name", "What it is"), ("Ferry", "A boat that goes to and fro between two shores"))
    drawn = [line.text.rstrip() for line in table_lines(table, 1, 30)]
    assert drawn == [
        "Name  │ What it is",
        "──────┼" + "─" * 23,
        "Ferry │ A boat that goes to",
        "      │ and fro between two",
        "      │ shores",
    ]
    assert max(map(len, drawn)) <= 30
    listed = [line.text for line in table_lines((*table, ("Bus", "None")), 1, 12)]
    assert listed == [
        "Name: Ferry", "What it is:", "A boat that", "goes to and", "fro between", "two shores", "", "Name: Bus",
        "What it is:", "None",
    ]  # fmt: skip


def test_a_table_without_a_head_and_one_without_rows() -> None:
    assert [line.text for line in table_lines((("a", "b"), ("c",)), 0, 20, indent=2)] == ["  a │ b", "  c │ "]
    assert table_lines((), 0, 20) == ()
    assert [line.text for line in table_lines((("long cell one", "long cell two"),), 0, 12)] == [
        "long cell", "one", "long cell", "two",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("natural", "room", "expected"),
    [([3, 4], 10, [3, 4]), ([3, 40], 20, [3, 17]), ([30, 30], 21, [11, 10]), ([30, 30, 30], 15, None), ([0], 5, [1])],
)
def test_wide_columns_share_what_narrow_ones_leave(natural: list[int], room: int, expected: list[int] | None) -> None:
    assert fit_columns(natural, room) == expected


WORDS = st.text(alphabet="ab cé漢字 \n“”🙂", max_size=80)
KINDS = st.sampled_from(["heading", "para", "item", "code", "caption", "image", "rule", "embed", "footnote"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KINDS, WORDS, st.integers(0, 3)), max_size=6), st.integers(12, 80))
def test_no_row_is_wider_than_the_column_and_every_row_finds_itself(
    made: list[tuple[str, str, int]], width: int
) -> None:
    blocks = [
        Block(kind, text, (Span(0, len(text), "em"),), quote=quote, level=1, marker="•")  # type: ignore[arg-type]
        for kind, text, quote in made
    ]
    stack = Stack(article_pieces(blocks, (), width))
    for row in range(stack.rows):
        placed, within = stack.at(row)
        line = placed.piece.line(within)
        assert cell_len(line.text) <= width + 2
        assert all(0 <= run.start <= run.end <= len(line.text) for run in line.runs)
        assert 0 <= placed.piece.row_of(placed.piece.offset(within)) < placed.piece.rows
