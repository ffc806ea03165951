"""The first frame: whole, and not waiting for the clock."""

from __future__ import annotations

from typing import Any

import pytest
from textual.screen import Screen

from tui_news.ui import stage
from tui_news.ui.app import TuinewsApp
from tui_news.ui.screens import furnishing
from tui_news.ui.screens.furnishing import slowly
from tui_news.ui.themes import DIALOGS
from ui_app.appkit import furnish, running, screen_text


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_the_first_frame_that_is_shown_is_the_screen_as_it_stays(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[str] = []
    display = TuinewsApp._display

    def noting(app: TuinewsApp, screen: Screen[Any], renderable: Any) -> None:
        if app.curtain == "up" and renderable is not None:
            frames.append(screen_text(app))
        display(app, screen, renderable)

    monkeypatch.setattr(TuinewsApp, "_display", noting)
    monkeypatch.setattr(stage, "PATIENCE", 60)  # a busy machine shows what there is; here there is all
    async with running(size=size) as run:
        while not frames:
            await run.pilot.pause(0.01)
        await run.pilot.pause()
        assert "? keys" in frames[0]
        assert "▌" in frames[0]
        assert set(frames) == {run.text()}


async def test_the_first_frame_is_not_put_off_to_the_next_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Textual paints at the next sixtieth of a second. With a clock that never ticks the list is there all the same."""
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 3600)
    async with running() as run:
        assert run.app.curtain == "up"
        assert "? keys" in run.text()


@pytest.mark.parametrize("furnished", [False, True])
async def test_what_dialogs_look_like_is_read_after_the_first_paint_or_with_the_first_of_them(
    furnished: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as run:
        stylesheet = run.app.stylesheet
        assert not stylesheet.has_source(str(DIALOGS), "")
        assert len(stylesheet.rules) <= 115
        if furnished:
            furnish(run)
            monkeypatch.setattr(stylesheet, "reparse", lambda: pytest.fail("read again under the reader's finger"))
        await run.do("app.help")
        assert run.app.screen.query_one(".dialog").styles.width.value == 84  # type: ignore[union-attr]


async def test_nothing_is_made_ready_for_a_reader_who_leaves() -> None:
    """A key is quicker than the last of what is made ready: by then nothing can be mounted any more."""
    async with running() as run:
        made = [child for child in run.reader.prompt.children]
        run.app.exit()
        slowly(run.reader)
        assert list(run.reader.prompt.children) == made
        assert not run.reader.check_action("do", ("app.help",))


@pytest.mark.parametrize(("pressed", "made"), [(0.05, False), (0.2, True), (None, True)])
async def test_nothing_is_made_ready_in_the_breath_after_a_key(
    monkeypatch: pytest.MonkeyPatch, pressed: float | None, made: bool
) -> None:
    async with running() as run:
        done: list[str] = []
        monkeypatch.setattr(furnishing, "steps", lambda reader: iter([lambda: done.append("step")]))
        monkeypatch.setattr(run.reader, "since_key", lambda: 0.0 if pressed is None else pressed)
        if pressed is None:  # whoever holds a key down does not keep it from being made for ever
            monkeypatch.setattr(furnishing, "MOST", 0.0)
        slowly(run.reader)
        assert done == ["step"] * made
