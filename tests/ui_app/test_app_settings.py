"""Settings in the app: seen before they are kept, and kept where they can be found; and moving in."""

from __future__ import annotations

from tui_news.config import SETTINGS, Settings
from tui_news.services.contracts import MoveTold
from tui_news.ui.screens.import_file import ImportScreen
from tui_news.ui.screens.settings import NumberScreen, PickScreen, SettingsScreen
from tui_news.ui.themes import theme_names
from ui_app.appkit import running


async def test_a_theme_is_seen_before_it_is_chosen_and_esc_brings_the_old_one_back() -> None:
    async with running() as run:
        await run.pilot.press(",")
        assert isinstance(run.app.screen, SettingsScreen)
        assert "Theme" in run.text()
        assert "~/.config/tuinews/config.toml" in run.text()
        await run.pilot.press("enter", "j")
        assert isinstance(run.app.screen, PickScreen)
        assert run.app.theme == "tuinews-light"
        await run.pilot.press("escape")
        assert run.app.theme == "tuinews"
        await run.pilot.press("enter", "j", "j", "enter")
        assert run.app.theme == "high-contrast"
        assert run.desk.settings.held.theme == "high-contrast"
        await run.pilot.press("escape")
        assert run.app.screen is run.reader


async def test_density_changes_the_list_at_once() -> None:
    async with running() as run:
        before = run.reader.story_list.current
        await run.pilot.press("j", "j")
        at = run.reader.story_list.current
        assert at != before
        run.app.apply(Settings(density="compact"))
        await run.pilot.pause()
        assert run.reader.story_list.TALL == 1
        assert run.reader.story_list.current == at
        rows = [line for line in run.text().splitlines() if "●" in line]
        assert len(rows) >= 8
        run.app.apply(Settings())
        await run.pilot.pause()
        assert run.reader.story_list.current == at


async def test_one_line_a_story_from_the_start_at_every_width() -> None:
    for size in ((40, 20), (80, 24), (200, 50)):
        async with running(size=size, settings=Settings(density="compact")) as run:
            lines = run.text().splitlines()
            assert all(len(line) <= size[0] for line in lines)
            assert sum("●" in line for line in lines) >= 8


async def test_text_width_is_typed_and_what_is_wrong_is_said() -> None:
    async with running(size=(120, 40)) as run:
        await run.pilot.press("enter", ",", "j", "j", "enter")
        assert isinstance(run.app.screen, NumberScreen)
        await run.pilot.press(*["backspace"] * 3, "5", "enter")
        assert "A whole number from 30 to 200 is needed." in run.text()
        await run.pilot.press("backspace", "4", "0", "enter")
        assert run.desk.settings.held.text_width == 40
        assert run.reader.story_view.text_width == 40


async def test_every_setting_answers_to_enter_words_are_typed_and_a_table_is_pointed_to() -> None:
    async with running() as run:
        await run.pilot.press(",")
        for _ in SETTINGS:
            await run.pilot.press("enter", "enter")
            assert run.app._exception is None
            if not isinstance(run.app.screen, SettingsScreen):
                await run.pilot.press("escape")
            assert isinstance(run.app.screen, SettingsScreen)
            await run.pilot.press("j")
        assert "write it into the file" in run.text()
        await run.pilot.press(*"kkk", "enter", *"mpv --no-video", "enter")
        assert run.desk.settings.held.player == "mpv --no-video"
        await run.pilot.press("enter", *["backspace"] * 20, "enter")
        assert run.desk.settings.held.player == ""


def test_every_theme_is_offered_once_ours_first() -> None:
    names = theme_names(["nord", "tuinews", "ansi-dark", "gruvbox", "ansi-light", "tuinews-light", "high-contrast"])
    assert names == ["tuinews", "tuinews-light", "high-contrast", "ansi-dark", "ansi-light", "gruvbox", "nord"]


async def test_an_import_is_shown_first_and_done_when_enter_is_pressed_again() -> None:
    async with running() as run:
        await run.pilot.press("i", *"newsboat", "enter")
        assert run.courier.asked[-1] == ("move", "newsboat", True)
        assert "Looking" in run.text()
        await run.tell(MoveTold(("Would import 2 feeds and 5 stories.", "Left out: line 3: exec:x"), True, "", 2))
        assert "Would import 2 feeds" in run.text()
        assert "Enter imports it" in run.text()
        await run.pilot.press("enter")
        assert run.courier.asked[-1] == ("move", "newsboat", False)
        await run.tell(MoveTold(("Imported 2 feeds and 5 stories.",), False, "", 2))
        assert run.app.screen is run.reader
        assert run.said == "Imported 2 feeds and 5 stories. u takes it back."
        assert run.courier.asked[-1] == ("refresh", None, False)


async def test_what_to_do_next_is_seen_however_much_an_import_leaves_out() -> None:
    async with running(size=(80, 24)) as run:
        await run.pilot.press("i", *"newsboat", "enter")
        left = [f"Left out: line {n}: " + "a long address of something " * 4 for n in range(30)]
        await run.tell(MoveTold(("Would import 2 feeds.", *left), True, "", 2))
        assert "Enter imports it" in run.text()
        assert "esc closes" in run.text()


async def test_an_import_that_fails_says_why_and_another_name_is_looked_at_first() -> None:
    async with running() as run:
        await run.pilot.press("i", "x", "enter")
        await run.tell(MoveTold((), True, "x could not be read: no such file; check the path"))
        assert isinstance(run.app.screen, ImportScreen)
        assert "x could not be read" in run.text()
        await run.pilot.press("y", "enter")
        assert run.courier.asked[-1] == ("move", "xy", True)
        await run.tell(MoveTold(("Would import 1 feed.",), True, "", 1))
        await run.pilot.press("z", "enter")
        assert run.courier.asked[-1] == ("move", "xyz", True)
