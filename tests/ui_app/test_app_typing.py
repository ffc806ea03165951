"""What is typed faster than it is answered."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input

from tui_news.ui.screens.choosing import ChooseScreen
from tui_news.ui.widgets.choice_list import Choice
from ui_app.appkit import Running, running


def type_ahead(run: Running, *keys: str) -> None:
    """All at once: none is answered before the last has come."""
    for key in keys:
        run.app.post_message(Key(key, key if len(key) == 1 else None))


async def test_keys_of_a_field_are_taken_in_the_order_in_which_they_came() -> None:
    async with running(size=(120, 40)) as run:
        await run.do("feed.add")
        type_ahead(run, "a", "b", "backspace", "c", "home", "x", "end", "y")
        await run.pilot.pause()
        field = run.app.screen.query(Input).first()
        assert field.value == "xacy"
        type_ahead(run, "ctrl+u", "e", "x")
        await run.pilot.pause()
        assert field.value == "ex"


async def test_what_is_typed_after_enter_is_not_part_of_what_was_entered() -> None:
    async with running(size=(120, 40)) as run:
        await run.do("list.filter")
        type_ahead(run, "t", "h", "e", "enter", "j")
        await run.pilot.pause()
        assert run.reader.lists.view.filter == "the*"


async def test_keys_that_are_quicker_than_a_dialog_is_furnished_end_nothing() -> None:
    async with running(size=(120, 40)) as run:
        dialog = ChooseScreen("Which", [Choice("one"), Choice("two")])
        run.app.push_screen(dialog)
        assert not dialog.is_mounted
        dialog.action_by(1)
        dialog.action_page(1)
        dialog.action_go(1)
        run.app.open_url("javascript:x")
        assert "no address of a web page" in run.said
        await run.pilot.pause()
        run.app.say("in the dialog")
        await run.pilot.pause()
        assert "in the dialog" in run.text()
        dialog.action_close()
        await run.pilot.pause()
        assert run.app.screen is run.app.reader
