"""Packs, pictures, what waits for the network, handing a story on."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from tui_news.config import Settings
from tui_news.models import Article, Block, Enclosure, TuinewsError
from tui_news.models.pictures import Picture, Thumbnail
from tui_news.services.contracts import RefreshFinished
from tui_news.services.contracts_packs import LaterDone, PackFinished, PackProgress, PicturesFetched
from tui_news.ui import running as programs
from tui_news.ui.screens.pictures import PicturesScreen
from tui_news.ui.widgets.picture_view import fitted_size, half_blocks, letters
from ui_app.appkit import Running, running

RED = Thumbnail(40, 30, bytes((200, 0, 0)) * 1200)


async def test_a_pack_of_the_selection_says_how_far_it_is_and_stops_when_asked() -> None:
    async with running(size=(120, 40)) as run:
        first, second = run.ids()[:2]
        await run.pilot.press("v", "v", "P")
        assert run.courier.asked[-1] == ("pack", (first, second))
        assert run.said == "Packing 2 stories of your selection; P again stops it."
        await run.tell(PackProgress(1, 2, "Minister"))
        assert "packing 1/2 · Minister" in run.text()
        await run.pilot.press("P")
        assert run.courier.asked[-1] == ("stop_pack",)
        await run.tell(PackFinished("Stopped: 1 of 2 were done, and stay.", stopped=True))
        assert run.said == "Stopped: 1 of 2 were done, and stay."
        assert "packing" not in run.text()
        await run.do("pack.go")
        assert run.courier.asked[-1] == ("pack", tuple(run.ids()))


async def test_pictures_come_one_at_a_time_with_their_words() -> None:
    async with running(size=(120, 40)) as run:
        run.desk.pictures.held = (
            Picture("https://a.example/1.png", "A ferry", "The ferry on Friday", RED),
            Picture("https://a.example/2.png"),
        )
        await run.do("list.open", "pack.pictures")
        await run.pilot.pause()
        assert isinstance(run.app.screen, PicturesScreen)
        assert run.courier.asked[-1] == ("fetch_pictures", run.opened)
        assert "1 of 2" in run.text()
        assert "Shows: A ferry" in run.text()
        assert run.text().count("▀" * 20) >= 8
        await run.pilot.press("j")
        assert "Its page does not say what it shows." in run.text()
        assert "It is on its way." in run.text()
        await run.tell(PicturesFetched(run.opened or 0, 0, "the server says 403"))
        assert "the server says 403" in run.text()
        await run.pilot.press("o")
        assert run.opened_urls == ["https://a.example/2.png"]


async def test_without_the_extra_the_words_are_there_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running() as run:
        run.desk.pictures.possible = False
        run.desk.pictures.held = (Picture("https://a.example/1.png", "A ferry", "The ferry on Friday"),)
        await run.do("list.open", "pack.pictures")
        await run.pilot.pause()
        for words in ("Shows: A ferry", "The ferry on Friday", "tuinews[images]"):
            assert words in run.text()
        assert ("fetch_pictures", run.opened) not in run.courier.asked
        await run.pilot.press("escape")
        run.desk.pictures.held = ()
        await run.do("pack.pictures")
        assert run.said == "This story has no pictures that we know of."
        told = run.desk.open(1)
        assert told is not None
        told = replace(told, article=Article("page", (Block("image", "A ferry"),)))
        monkeypatch.setattr(run.desk, "open", lambda story_id: told)
        await run.do("pack.pictures")
        assert run.said == "The pictures have no web address: their descriptions are all there is."


def test_a_picture_keeps_its_shape_and_is_never_larger_than_it_is() -> None:
    assert fitted_size(RED, 100, 50) == (40, 30)
    assert fitted_size(RED, 20, 50) == (20, 16)
    assert fitted_size(Thumbnail(1, 400, b"\0" * 1200), 80, 10) == (1, 20)
    rows = half_blocks(RED, 20, 20)
    assert (len(rows), len(rows[0])) == (8, 20)
    assert {segment.style.color.triplet for row in rows for segment in row} == {(200, 0, 0)}  # type: ignore[union-attr]
    assert letters(Thumbnail(2, 2, bytes((0, 0, 0, 255, 255, 255)) * 2), 2, 1)[0][0].text == " @"


async def test_offline_a_page_waits_and_opens_when_the_network_is_back() -> None:
    async with running() as run:
        await run.tell(RefreshFinished(0, 1, True, "No connection."))
        await run.do("story.browse")
        assert run.opened_urls == []
        assert run.said == "Offline: the page opens when the network is back."
        await run.tell(LaterDone("The network is back: 1 thing that waited is done.", tuple(run.desk.later.urls)))
        assert run.opened_urls == ["https://1.example/1"]
        assert run.said.endswith("1 page you asked for opened.")
        assert not run.reader.top.offline


async def settled(run: Running) -> None:
    await run.app.workers.wait_for_complete()
    await run.pilot.pause()


async def test_a_story_is_handed_to_a_command_as_words_and_text(tmp_path) -> None:
    out = tmp_path / "out"
    code = "import sys; open(sys.argv[1], 'w').write(repr(sys.argv[2:]) + sys.stdin.read())"
    command = f'{sys.executable} -c "{code}" {out} {{title}} x{{title}} {{nothing}}'
    async with running(settings=Settings(share={"save": command})) as run:
        run.desk.all_rows[1] = replace(run.desk.all_rows[1], title="--rm $(date); `x` {url}")
        run.reader.lists.reload()
        await run.do("list.open", "send.share")
        await run.pilot.press("enter")
        await settled(run)
        assert run.said == "save has the story."
        told = out.read_text()
        assert told.startswith(repr([" --rm $(date); `x` {url}", "x{title}", "{nothing}"]))
        assert "The government announced" in told


async def test_a_command_that_fails_says_so() -> None:
    async with running() as run:
        await run.do("send.share")
        await run.pilot.press(*"false", "enter")
        await settled(run)
        assert run.said == "false: it ended with 1."
        await run.do("send.share")
        await run.pilot.press(*"no-such-program", "enter")
        await settled(run)
        assert run.said.startswith("no-such-program: it could not be started")
        await run.do("send.share")
        await run.pilot.press(*"cat '", "enter")
        assert "a quotation mark is not closed" in run.said


def test_only_whole_words_are_placeholders_and_the_program_is_none() -> None:
    assert programs.filled(["{url}", "{url}", "a{url}"], {"url": "-x\0"}) == ["{url}", " -x", "a{url}"]
    with pytest.raises(TuinewsError):
        programs.split("  ")


async def test_what_is_attached_is_listed_and_played(monkeypatch) -> None:
    started = []
    monkeypatch.setattr(programs, "detach", lambda words: started.append(list(words)) or True)
    async with running(settings=Settings(player="mpv --no-video")) as run:
        await run.do("list.open", "send.play")
        assert run.said == "Nothing is attached to this story."
        sound = Enclosure("https://pod.example/a/episode-12.mp3?x=1", "audio/mpeg", 24_000_000)
        assert run.reader.stories.opened is not None
        opened = run.desk.open(1)
        assert opened is not None
        story = replace(opened.story, enclosures=(sound, Enclosure("javascript:alert(1)")))
        monkeypatch.setattr(run.desk, "open", lambda number: replace(opened, story=story))
        run.reader.stories.again()
        await run.pilot.pause()
        assert "▶ episode-12.mp3 · audio/mpeg · 24 MB · p plays it" in run.text()
        await run.pilot.press("p")
        await run.pilot.press("enter")
        assert started == [["mpv", "--no-video", "--", "https://pod.example/a/episode-12.mp3?x=1"]]
        await run.pilot.press("p", "j", "enter")
        assert len(started) == 1


async def test_the_desktop_is_told_on_request_only(monkeypatch) -> None:
    started = []
    monkeypatch.setattr(programs, "detach", lambda words: started.append(list(words)) or True)
    fact = RefreshFinished(3, 0, False, "3 new stories in 1 of 2 feeds.")
    async with running() as run:
        await run.tell(fact)
        assert started == []
    async with running(settings=Settings(notify="notify-send tuinews")) as run:
        await run.tell(fact)
        assert started == [["notify-send", "tuinews", "3 new stories in 1 of 2 feeds."]]
        await run.do("feed.refresh_all")
        await run.tell(fact)
        assert len(started) == 1, "who asked by hand is looking already"


async def test_the_palette_finds_stories() -> None:
    async with running() as run:
        await run.pilot.press("colon", *"lighthouse")
        await run.pilot.pause(0.4)
        await run.pilot.press("enter")
        await run.pilot.pause(0.1)
        assert run.opened == 5
