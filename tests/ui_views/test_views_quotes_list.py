"""The list of a story's quotes by speaker."""

from __future__ import annotations

from dataclasses import replace

from screen_text import screen_rows, screen_text
from tui_news.ui.widgets.quotes_list import QuotesList, by_speaker, in_order, matching, quote_lines
from tui_news.ui.widgets.reading_messages import QuoteChosen, QuoteCopied
from ui_views.viewkit import QUOTES, OneView

GROUPS = (("Liv Dahl", QUOTES[:2]), ("the union", QUOTES[2:3]), ("", QUOTES[3:]), ("Nobody’s", ()))


async def test_quotes_stand_under_their_speakers() -> None:
    view = QuotesList()
    async with OneView(view).run_test(size=(40, 16)) as pilot:
        view.show(by_speaker(GROUPS))
        await pilot.pause()
        assert screen_text(view) == "\n".join(
            [
                "▎Liv Dahl 2",
                "  “The ferry will sail,”",
                "  “It will sail on Monday, whatever the",
                "  weather and the wind may be.”",
                "",
                "┃the union 1",
                "  “We shall see,”",
                "",
                "╎Nobody named 1",
                "  “plan”",
            ]
        )
        await pilot.resize_terminal(70, 16)
        await pilot.pause()
        assert screen_rows(view)[2] == "  “It will sail on Monday, whatever the weather and the wind may be.”"


async def test_moving_choosing_and_copying() -> None:
    view = QuotesList()
    told: list[object] = []
    async with OneView(view).run_test(size=(40, 4), message_hook=told.append) as pilot:
        assert not any([view.choose(), view.copy(), view.move(1), view.next_speaker()])
        view.show(by_speaker(GROUPS))
        view.focus()
        await pilot.pause()
        assert view.current == QUOTES[0]
        assert view.move(1)
        assert "weather" in screen_text(view)
        assert view.next_speaker()
        assert view.current == QUOTES[2]
        assert screen_rows(view)[-2] == "┃the union 1"
        assert view.move(5)
        assert not view.move(1)
        assert not view.next_speaker()
        assert view.next_speaker(back=True)
        assert view.current == QUOTES[2]
        view.choose()
        view.copy()
        await pilot.pause()
    assert {m.quote for m in told if isinstance(m, QuoteChosen)} == {QUOTES[2]}
    assert {m.quote for m in told if isinstance(m, QuoteCopied)} == {QUOTES[2]}


async def test_a_click_chooses() -> None:
    view = QuotesList()
    told: list[object] = []
    async with OneView(view).run_test(size=(40, 12), message_hook=told.append) as pilot:
        view.show(by_speaker(GROUPS))
        await pilot.pause()
        await pilot.click(view, offset=(5, 6))
        await pilot.pause()
    assert {m.quote for m in told if isinstance(m, QuoteChosen)} == {QUOTES[2]}


def test_no_quotes_no_rows() -> None:
    assert quote_lines((), 30) == ([], [], [])


def test_quotes_in_the_order_of_the_text_name_who_begins_to_speak() -> None:
    assert [(group.name, len(group.quotes)) for group in in_order(GROUPS)] == [("Liv Dahl", 2), ("the union", 1)]


def test_narrowing_keeps_a_name_whole_or_the_quotes_that_fit() -> None:
    groups = by_speaker(GROUPS)
    assert matching(groups, "dahl") == groups[:1]
    assert [list(group.quotes) for group in matching(groups, "MONDAY")] == [[QUOTES[1]]]
    assert matching(groups, " ") == groups
    assert matching(groups, "nowhere") == []


def test_a_doubtful_speaker_has_a_question_mark() -> None:
    doubtful = replace(QUOTES[0], how="carried")
    lines, _, _ = quote_lines(by_speaker((("Liv Dahl", (doubtful, QUOTES[1])),)), 60)
    assert [line.text for line in lines][:2] == ["▎Liv Dahl 2", " ?“The ferry will sail,”"]
    assert "?" not in lines[2].text
