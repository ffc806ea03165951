"""The quotes panel and what leads on from it: naming a speaker, a speaker's page, said again."""

from __future__ import annotations

from tui_news.models import SaidAgain, Speaker, SpokenQuote
from tui_news.ui.screens.name_speaker import NameSpeaker
from tui_news.ui.screens.quotes import QuotesScreen
from tui_news.ui.screens.speaker import SpeakerScreen
from ui_app.appkit import Running, running
from ui_app.fakedesk import NOW

WORDS = "“We have heard the word dialogue before"


def spoken(number: int, story: int, text: str, how: str = "stated") -> SpokenQuote:
    return SpokenQuote(number, story, 0, 0, len(text), "speech", text, "Ola Berg", how, f"Story {story}", "Coast Post",
                       f"https://c.example/{story}", NOW - story * 86400)  # type: ignore[arg-type]  # fmt: skip


def with_people(run: Running) -> None:
    quotes = run.desk.quotes
    quotes.people = (Speaker("Ola Berg", 3, 2, NOW - 90 * 86400, NOW, ("Ola Berg", "Berg"), ("A", "B")),)
    quotes.said = (spoken(1, 1, "“First.”"), spoken(2, 1, "“Second.”", "doubtful"), spoken(3, 3, "“Third.”"))


async def panel(run: Running, *keys: str) -> None:
    await run.do("list.open", "story.quotes")
    await run.pilot.press(*keys)
    await run.pilot.pause()


async def test_the_panel_narrows_as_one_types_and_esc_widens_it_before_it_closes() -> None:
    async with running() as run:
        await panel(run, "slash", *"heard")
        screen = run.app.screen
        assert isinstance(screen, QuotesScreen)
        assert len(screen.list.quotes) == 1
        await run.pilot.press("enter")
        assert screen.list.has_focus
        await run.pilot.press("escape")
        await run.pilot.pause()
        assert run.app.screen is screen
        assert len(screen.list.quotes) > 1
        await run.pilot.press("slash", *"zzz")
        await run.pilot.pause()
        assert "No quote and no name has “zzz”." in run.text()
        await run.pilot.press("escape", "escape")
        await run.pilot.pause()
        assert run.app.screen is run.reader


async def test_the_panel_in_the_order_of_the_text_and_copied_as_markdown() -> None:
    async with running() as run:
        await panel(run, "t", "Y")
        assert run.app.clipboard.startswith("> “")
        assert "as Markdown" in run.text()


async def test_naming_the_speaker_of_one_quote() -> None:
    async with running() as run:
        await run.do("list.open", "quote.speaker")
        assert run.said == "Go to a quote first: ] does."
        await run.do("story.comments", "quote.speaker")
        assert run.said == "Go to a quote first: c to the text, then ]."
        await run.do("story.comments")
        await run.do("story.next_quote", "quote.speaker")
        assert isinstance(run.app.screen, NameSpeaker)
        await run.pilot.press(*"Kari", "enter")
        await run.pilot.pause()
        assert run.desk.quotes.calls[-1][0] == "set_speaker"
        assert run.desk.quotes.calls[-1][3] == "Kari"
        assert run.said == "Kari said it; u undoes it."


async def test_a_name_can_be_picked_and_two_names_made_one() -> None:
    async with running() as run:
        with_people(run)
        await run.do("list.open", "story.next_quote", "quote.speaker")
        await run.pilot.press(*"ola", "down", "tab", "enter")
        await run.pilot.pause()
        assert run.desk.quotes.calls[-1] == ("merge", "the minister", "Ola Berg")
        assert run.said == "the minister is Ola Berg now, in every story; u undoes it."
        await run.do("quote.speaker")
        await run.pilot.press("tab", "enter")
        await run.pilot.pause()
        assert "needs a name" in run.text()
        await run.pilot.press("tab", "enter")
        await run.pilot.pause()
        assert run.desk.quotes.calls[-1][3] is None
        assert run.said == "Nobody we know said it; u undoes it."


async def test_a_speakers_page_has_dates_and_stories_and_opens_them() -> None:
    async with running() as run:
        with_people(run)
        again = spoken(4, 5, "“First.”")
        run.desk.quotes.again = (SaidAgain(again, "shorter", 3, 2),)
        await panel(run, "j", "p")
        screen = run.app.screen
        assert isinstance(screen, SpeakerScreen)
        text = run.text()
        assert "Ola Berg · 3 quotes in 2 stories · " in text
        assert "also Berg" in text
        assert "Story 3 · Coast Post" in text
        assert " ?“Second.”" in text
        await run.pilot.press("a")
        await run.pilot.pause()
        assert "(cut by 2 words)" in run.text()
        run.desk.quotes.again = ()
        await run.pilot.press("a")
        assert "No other story" in run.text()
        await run.pilot.press("y")
        assert run.app.clipboard.startswith("“First.” — Ola Berg, Coast Post, ")
        await run.pilot.press("G", "enter")
        await run.pilot.pause()
        assert run.app.screen is run.reader
        assert run.opened == 3


async def test_a_speaker_who_is_not_indexed_yet() -> None:
    async with running() as run:
        await panel(run, "j", "p")
        assert "is not indexed yet" in run.text()
        await run.pilot.press("escape")
        await run.do("quote.page")
        assert run.said.startswith("Go to a quote")
        await run.do("story.next_quote", "quote.page")
        assert run.said.startswith("What the minister said is not indexed yet")
