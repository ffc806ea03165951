"""Quotes of an article's blocks."""

from __future__ import annotations

from tui_news.models import Block, PlacedQuote
from tui_news.text.quotes import quotes_in


def placed(*blocks: Block, lang: str | None = "en") -> tuple[PlacedQuote, ...]:
    quotes = quotes_in(blocks, lang)
    for quote in quotes:
        assert blocks[quote.block].text[quote.start : quote.end] == quote.text
    return quotes


def brief(*blocks: Block, lang: str | None = "en") -> list[tuple[int, str, str, str | None]]:
    return [(q.block, q.kind, q.text, q.speaker) for q in placed(*blocks, lang=lang)]


def test_context_runs_across_paragraphs() -> None:
    assert brief(
        Block("para", "Minister Odd Berg went to Brussels."),
        Block("para", "“It is a hope,” Berg said."),
        Block("item", "“But it is a goal as well.”", level=1, marker="•"),
    ) == [
        (1, "speech", "“It is a hope,”", "Odd Berg"),
        (2, "speech", "“But it is a goal as well.”", "Odd Berg"),
    ]


def test_headings_never_speak() -> None:
    assert brief(
        Block("heading", "“We will never ever give in,” says Berg", level=1),
        Block("heading", "– Jeg var livredd", level=2),
        Block("heading", "“Red-green” memories", level=2),
        lang="no",
    ) == [
        (0, "term", "“We will never ever give in,”", None),
        (1, "term", "– Jeg var livredd", None),
        (2, "term", "“Red-green”", None),
    ]


def test_code_tables_and_pictures_are_not_read() -> None:
    assert (
        placed(
            Block("code", 'print("hello there, dear reader")'),
            Block("table", "“a”\t“b”", rows=(("“a”", "“b”"),)),
            Block("image", "“A picture of a pier”", href="https://x.test/a.jpg"),
            Block("para", "  "),
        )
        == ()
    )


def test_a_quotation_over_blocks_is_cut_at_their_borders() -> None:
    assert brief(
        Block("para", "“The first part of it."),
        Block("para", "“The second,” Ann Berg said."),
    ) == [
        (0, "speech", "“The first part of it.", "Ann Berg"),
        (1, "speech", "“The second,”", "Ann Berg"),
    ]


def test_a_block_quotation_is_one_quote_for_each_of_its_blocks() -> None:
    assert brief(
        Block("para", "Prose."),
        Block("para", "It is good.", quote=1),
        Block("para", "It is late.\n— Kari Lund, mayor", quote=1),
        Block("code", "x = 1", quote=1),
        Block("para", "“Yes, it is,” Ann Berg said."),
    ) == [
        (1, "block", "It is good.", "Kari Lund"),
        (2, "block", "It is late.", "Kari Lund"),
        (4, "speech", "“Yes, it is,”", "Ann Berg"),
    ]


def test_a_credit_line_in_a_block_of_its_own_is_not_quoted() -> None:
    assert brief(Block("para", "It is good.", quote=1), Block("para", "— Kari Lund", quote=1)) == [
        (0, "block", "It is good.", "Kari Lund")
    ]


def test_a_dash_line_that_is_no_credit_stays_in_the_quotation() -> None:
    assert brief(Block("para", "It is good.\n— and so it goes", quote=1)) == [
        (0, "block", "It is good.\n— and so it goes", None)
    ]


def test_a_lead_in_with_a_colon_names_a_block_quotation_s_speaker() -> None:
    assert brief(
        Block("para", "In her letter Ann Berg wrote:"),
        Block("para", "Dear all, it is “over” now.", quote=1),
        Block("para", "Yours.", quote=1),
    ) == [
        (1, "block", "Dear all, it is “over” now.", "Ann Berg"),
        (2, "block", "Yours.", "Ann Berg"),
    ]


def test_a_pull_quote_is_counted_only_when_the_text_does_not_say_it() -> None:
    text = Block("para", "“We have lost the pier for good,” Ann Berg said.")
    assert (
        brief(text, Block("para", "We have lost the pier for good — Ann Berg", pull=True))
        == [(0, "speech", "“We have lost the pier for good,”", "Ann Berg")]
        or len(placed(text, Block("para", "“We have lost the pier for good”", pull=True))) == 1
    )
    assert len(placed(text, Block("para", "“We have lost the pier for good”", pull=True))) == 1
    assert brief(text, Block("para", "Nobody asked us.\n— Bo Dahl", pull=True))[-1] == (
        1, "block", "Nobody asked us.", "Bo Dahl",
    )  # fmt: skip


def test_a_blank_line_inside_a_block_does_not_shift_anything() -> None:
    assert brief(Block("para", "First line\n\n  \n“It fits,” Tim Vale said.")) == [
        (0, "speech", "“It fits,”", "Tim Vale")
    ]


def test_no_blocks_no_quotes() -> None:
    assert quotes_in(()) == ()
