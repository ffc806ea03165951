"""The reader's place when the story's text is another one: the feed's own for the full one (x), or a refetched one."""

from __future__ import annotations

from dataclasses import replace

from screen_text import screen_rows
from tui_news.models import Article
from tui_news.ui.widgets.places import TOP, carried
from ui_views.viewkit import FULL, NOW, para, reading

PAGE = Article("page", (*(para(f"Paragraph {n} of the page, with words of its own.") for n in range(40)),))
FEED = Article("feed", (para("The feed has one sentence."), PAGE.blocks[1]))


def test_a_paragraph_is_found_again_in_another_text() -> None:
    assert carried(("b", 1, 5, 0), PAGE, FEED) == ("b", 1, 5, 0)
    assert carried(("b", 1, 5, 0), FEED, PAGE) == ("b", 1, 5, 0)
    assert carried(("b", 9, 5, 0), PAGE, FEED) == TOP
    assert carried(("b", -1, 0, 2), PAGE, FEED) == ("b", -1, 0, 2)
    assert carried(("c", "anna", -2, 0), PAGE, FEED) == ("c", "anna", -2, 0)


def test_a_refetched_text_may_have_grown_or_been_rewritten() -> None:
    grown = Article("page", (para("New."), *PAGE.blocks))
    assert carried(("b", 9, 5, 0), PAGE, grown) == ("b", 10, 5, 0)
    reworded = Article("page", (para("Paragraph 9 of the page, with words of its own. More."),))
    assert carried(("b", 9, 60, 0), PAGE, reworded) == ("b", 0, 53, 0)
    assert carried(("b", 9, 5, 0), PAGE, Article("page", (para("Else."),))) == ("b", 9, 5, 0)


async def test_the_other_text_begins_at_its_beginning_and_x_again_comes_back() -> None:
    page, feed = replace(FULL, article=PAGE), replace(FULL, article=FEED)
    async with reading(page) as r:
        r.view.scroll_lines(30)
        await r.pilot.pause()
        top = screen_rows(r.view)[0]
        r.view.show(feed, NOW)
        await r.pilot.pause()
        assert r.view.top == 0
        assert not r.view.in_thread
        r.view.show(page, NOW)
        await r.pilot.pause()
        assert screen_rows(r.view)[0] == top


async def test_back_from_the_comments_the_place_in_the_text_is_one_of_the_text_that_shows() -> None:
    async with reading(replace(FULL, article=PAGE)) as r:
        r.view.scroll_lines(30)
        r.view.jump_comments()
        r.view.show(replace(FULL, article=FEED), NOW)
        await r.pilot.pause()
        assert r.view.in_thread
        r.view.jump_comments()
        assert r.view.top == 0
