"""Who speaks, and the lens that shows only that."""

from __future__ import annotations

from dataclasses import replace

from screen_text import screen_rows, screen_text
from tui_news.models import Article, Block, PlacedQuote
from tui_news.ui.widgets.lens import DIM, OFF, ONLY
from tui_news.ui.widgets.speakers import MARKS, SPEAKERS, short_names, speaker_looks
from tui_news.ui.widgets.story_head import legend_lines
from ui_views.viewkit import BLOCKS, FULL, QUOTES, reading, story


def quotes_of(*names: str) -> list[PlacedQuote]:
    return [PlacedQuote(0, n, n + 1, "speech", "x", name) for n, name in enumerate(names)]


def test_a_speaker_looks_the_same_in_every_story_unless_another_has_the_look() -> None:
    alone = speaker_looks(quotes_of("Liv Dahl"))["Liv Dahl"]
    assert speaker_looks(quotes_of("Liv Dahl", "the union"))["Liv Dahl"] == alone
    crowd = [f"Speaker {n}" for n in range(SPEAKERS)]
    looks = speaker_looks(quotes_of(*crowd))
    assert len({looks[name] for name in crowd}) == SPEAKERS
    assert set(speaker_looks(quotes_of(*crowd, "One more"))) == {None, *crowd, "One more"}
    assert len(set(MARKS.values())) == SPEAKERS + 1


def test_a_legend_says_surnames_where_the_text_does() -> None:
    text = "Odd Roger Enoksen said so. Enoksen is sure. The Sea Bank agreed. Anna Berg and Per Berg were silent. Berg."
    names = ["Odd Roger Enoksen", "Sea Bank", "Anna Berg", "Per Berg", "the parties"]
    assert list(short_names(names, text).values()) == ["Enoksen", *names[1:]]
    assert short_names(["Vincent van Gogh"], "Vincent van Gogh. Then van Gogh painted.") == {
        "Vincent van Gogh": "van Gogh"
    }


def test_a_legend_says_surnames_of_all_or_of_none() -> None:
    text = "Liv Dahl and Nurse Ada Yusuf met Olav Bru. Bru left. The Sea Bank and the Fishers' Union saw it."
    names = ["Liv Dahl", "Olav Bru", "Nurse Ada Yusuf", "Sea Bank", "Fishers' Union"]
    assert list(short_names(names, text).values()) == names
    assert list(short_names(names, text, tight=True).values()) == ["Dahl", "Bru", "Yusuf", "Sea Bank", "Fishers' Union"]


def test_no_room_makes_no_surname_of_what_is_none() -> None:
    names = ["Kim Jong Un", "Harald V", "Duke of York", "Red Cross", "Anna de la Cruz", "Al B."]
    shorts = short_names(names, "Kim Jong Un spoke. Kim left. The rest stayed.", tight=True)
    assert list(shorts.values()) == ["Kim Jong Un", "Harald V", "Duke of York", "Red Cross", "de la Cruz", "Al B."]


def test_a_legend_has_whole_names_where_they_fit() -> None:
    quotes = tuple(quotes_of("Liv Dahl", "Olav Bru", "Nurse Ada Yusuf"))
    article = Article("page", (Block("p", "Liv Dahl, Ada Yusuf and Olav Bru. Bru left."),), quotes)
    assert legend_lines(article, 60)[0].text == "  ▎Liv Dahl 1 · ┃Olav Bru 1 · ║Nurse Ada Yusuf 1"
    assert legend_lines(article, 40)[0].text == "  ▎Dahl 1 · ┃Bru 1 · ║Yusuf 1"


def test_a_legend_is_one_row_however_many_speak() -> None:
    quotes = tuple(quotes_of(*(f"Person number {n}" for n in range(30))))
    for width in (20, 40, 76):
        (line,) = legend_lines(Article("page", (), quotes), width)
        assert len(line.text) <= width + 2
        assert " · and" in line.text
    assert legend_lines(Article("page", ()), 76) == ()


async def test_the_lens_dims_all_but_what_is_said_then_shows_nothing_else_then_goes() -> None:
    async with reading(FULL) as r:
        whole = screen_text(r.view)
        assert r.view.next_lens() == DIM
        await r.pilot.pause()
        assert screen_text(r.view) == whole
        strip = r.view.render_line(9)
        bright = "".join(s.text for s in strip if s.style and not s.style.dim)
        assert bright.strip() == "▎“The ferry will sail,”“It will sail on Monday,"
        assert r.view.next_lens() == ONLY
        await r.pilot.pause()
        assert [row for row in screen_rows(r.view)[5:15] if row] == [
            "  ▎Liv Dahl 2 · ┃the union 1", "▎ Liv Dahl", "▎ “The ferry will sail,”",
            "▎ “It will sail on Monday, whatever the weather and the wind may be.”", "┃ the union", "┃ “We shall see,”",
        ]  # fmt: skip
        assert r.view.next_lens() == OFF
        await r.pilot.pause()
        assert screen_text(r.view) == whole


async def test_the_lens_keeps_the_quote_and_leaves_with_the_story() -> None:
    async with reading(FULL, (60, 8)) as r:
        r.view.go_to_quote(QUOTES[2])
        r.view.set_lens(ONLY)
        assert r.view.current_quote() == QUOTES[2]
        assert "“We shall see,”" in screen_text(r.view)
        assert r.view.next_quote(back=True)
        assert "It will sail on Monday" in screen_text(r.view)
        assert r.view.find("two engines") == 1
        assert r.view.lens == OFF
        r.view.set_lens(DIM)
        r.view.show(story(story_id=8), 0)
        assert r.view.lens == OFF


async def test_a_lens_over_quotes_that_are_nowhere_and_a_text_without_any() -> None:
    lost = replace(QUOTES[0], block=99)
    async with reading(story(Article("page", BLOCKS, (lost,)))) as r:
        r.view.set_lens(ONLY)
        await r.pilot.pause()
        assert "Nobody is quoted in this story." in screen_text(r.view)
