"""How text is set: last words, figures raised and lowered, tables, code, what is copied, and a place that stays."""

from __future__ import annotations

import json

import pytest
from textual.geometry import Offset
from textual.selection import Selection

from screen_text import screen_text
from tui_news.models import Article, Block, Span
from tui_news.text.cells import cell_len
from tui_news.ui.widgets.article_lines import Stack, article_pieces
from tui_news.ui.widgets.lines import Run
from tui_news.ui.widgets.pieces import TextPiece, without_widow
from tui_news.ui.widgets.table_lines import table_lines, table_piece
from ui_views.viewkit import para, reading, story


def rows(*blocks: Block, width: int = 30, reach: int = 0) -> list[str]:
    stack = Stack(article_pieces(blocks, (), width, reach=reach))
    return [stack.at(row)[0].piece.line(stack.at(row)[1]).text.rstrip() for row in range(stack.rows)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The boats came in before the storm did.", "storm did."),  # company for a short word
        ("The boats came in before the afternoons.", "afternoons."),  # long enough to stand alone
        ("Unquestionable responsibilities did.", "did."),  # the row above has too little to give
        ("The boats came in before the\nit", "it"),  # a line of its own stays one
    ],
)
def test_a_short_last_word_gets_company_where_it_costs_nothing(text: str, last: str) -> None:
    piece = TextPiece(text, 31)
    assert piece.text[slice(*piece.wraps[-1])] == last


def test_a_text_of_one_row_has_no_widow() -> None:
    assert without_widow("word", [(0, 4)], 9) == [(0, 4)]


def test_figures_are_raised_and_lowered_where_the_signs_exist() -> None:
    text = "10 to 106, CO2, the 19th"
    spans = (Span(8, 9, "sup"), Span(13, 14, "sub"), Span(22, 24, "sup"))
    assert rows(Block("para", text, spans)) == ["  10 to 10⁶, CO₂, the 19th"]


def test_items_read_from_the_right_have_their_marks_there() -> None:
    items = (
        Block("item", "שלום עולם ושלום לכל", level=1, marker="1.", rtl=True),
        Block("item", "עוד", level=2, marker="•", rtl=True),
    )
    assert rows(*items, width=16) == ["      שלום עולם 1.", "      ושלום לכל", "           עוד •"]


# Tables.
BALANCE = (("Year", "Boats", "Share"), ("2024", "7", "12.5 %"), ("2025", "1,204", "9 %"))


def test_numbers_stand_to_the_right() -> None:
    assert [line.text for line in table_lines(BALANCE, 1, 40)] == [
        "Year │ Boats │  Share", "─────┼───────┼───────", "2024 │     7 │ 12.5 %", "2025 │ 1,204 │    9 %",
    ]  # fmt: skip


def test_many_narrow_columns_go_on_below_each_with_the_first() -> None:
    table = (("Town", *"ABCDEF"), ("Vardø", "110", "120", "130", "140", "150", "160"))
    assert [line.text.rstrip() for line in table_lines(table, 1, 24)] == [
        "Town  │   A │   B │   C", "──────┼─────┼─────┼────", "Vardø │ 110 │ 120 │ 130", "",
        "Town  │   D │   E │   F", "──────┼─────┼─────┼────", "Vardø │ 140 │ 150 │ 160",
    ]  # fmt: skip


def test_rows_of_several_lines_are_kept_apart_and_words_are_not_cut() -> None:
    table = (("What", "Why"), ("Ferries sail", "because the road is closed"), ("Buses", "do not"))
    assert [line.text.rstrip() for line in table_lines(table, 1, 30)] == [
        "What         │ Why", "─────────────┼────────────────", "Ferries sail │ because the", "             │ road is closed",
        "┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄", "Buses        │ do not",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [12, 20, 24, 60, 80])
def test_a_hit_in_a_table_is_lit_where_it_stands(width: int) -> None:
    table = (("Town", *"ABCDEF"), ("Vardø", "110", "120", "a very long answer", "140", "150", "160"))
    text = "\n".join("\t".join(row) for row in table)
    piece = table_piece(table, 1, width, 2)
    assert all(cell_len(piece.line(row).text) <= width for row in range(piece.rows))
    for word in ("Vardø", "120", "long", "160"):
        at = text.index(word)
        line = piece.line(piece.row_of(at), [Run(at, at + len(word), "match")])
        assert [line.text[run.start : run.end] for run in line.runs if run.style == "match"] == [word]


def test_code_and_tables_may_use_the_room_beside_the_column() -> None:
    code = Block("code", "x = call(one, two, three, four, five, six)", lang="python")
    assert rows(code, width=30)[:2] == ["  python", "  │ x = call(one, two, three, fo"]
    assert rows(code, width=30, reach=60) == ["  python", "  │ x = call(one, two, three, four, five, six)"]
    table = Block("table", "", rows=(("one", "a cell of some length that is here"),))
    assert len(rows(table, width=30)) == 2
    assert len(rows(table, width=30, reach=60)) == 1


# Copying.
async def test_copying_makes_wrapped_rows_one_again_and_keeps_lines_of_code() -> None:
    blocks = (para("One two three four five six seven eight nine ten eleven."), Block("code", "a = 1\n" + "b" * 60))
    async with reading(story(Article("page", blocks)), (40, 24)) as r:
        assert r.view.doc is not None
        first = r.view.doc.article.row_of(0, 0) or 0
        taken = r.view.get_selection(Selection(Offset(0, first), Offset(99, r.view.doc.article.rows - 1)))
    assert taken is not None
    assert taken[0] == f"{blocks[0].text}\n\na = 1\n{'b' * 60}"


# The place.
async def test_the_place_does_not_creep_however_often_the_window_changes() -> None:
    text = " ".join(f"w{n}" for n in range(3000))
    async with reading(story(Article("page", (para(text), para(text)))), (80, 24)) as r:
        for _ in range(3):
            r.view.page(1)
        before, kept = screen_text(r.view), json.loads(r.view.position)
        for width in (200, 60, 33, 80):
            await r.pilot.resize_terminal(width, 24)
            await r.pilot.pause()
            assert json.loads(r.view.position) == kept
        assert screen_text(r.view) == before


def test_korean_breaks_between_words_and_japanese_between_letters() -> None:
    assert rows(para("그는 한 매체에 자신의 입장을 털어놓으며"), width=20) == [
        "  그는 한 매체에",
        "  자신의 입장을",
        "  털어놓으며",
    ]
    assert rows(para("これは日本語の段落です。"), width=20) == ["  これは日本語の段落で", "  す。"]
