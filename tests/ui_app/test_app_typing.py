"""What is typed faster than it is answered."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import Input

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
