"""Errors in threads and in tasks that nobody awaits: told once, and the reader goes on."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tui_news.models import TuinewsError
from tui_news.ui.app import TuinewsApp
from tui_news.ui.failures import Strays
from ui_app.fakedesk import NOW, FakeCourier, sample_desk


async def test_strays_are_told_once_and_nothing_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = TuinewsApp(sample_desk(), FakeCourier(), now=lambda: NOW, report_folder=tmp_path)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    said: list[str] = []

    def broken() -> None:
        raise ZeroDivisionError("hunter2")

    async def failing() -> None:
        raise TuinewsError("The library", "it is full")

    async with app.run_test() as pilot:
        monkeypatch.setattr(type(app), "is_headless", False)
        monkeypatch.setattr(app, "say", said.append)
        strays = Strays(app)
        loop = asyncio.get_running_loop()
        before = loop.get_exception_handler()
        strays.mind(loop)
        for _ in range(2):
            thread = threading.Thread(target=broken)
            thread.start()
            thread.join()
        task = asyncio.create_task(failing())
        await asyncio.wait([task])
        del task
        await pilot.pause()
        loop.set_exception_handler(before)
        monkeypatch.undo()
    assert said[0].startswith("an error in the program ended a part of it (ZeroDivisionError); what happened is in ")
    assert said[1:] == ["The library: it is full"]
    assert "hunter2" not in (tmp_path / f"report-{NOW}.txt").read_text()
    assert app.return_code in (0, None)


async def test_what_the_library_cannot_do_is_a_sentence_wherever_it_was_asked(tmp_path: Path) -> None:
    """In a dialog, in a key's handler, in a timer: the reader goes on (guards Textual's private `_dispatch_message`)."""
    app = TuinewsApp(sample_desk(), FakeCourier(), now=lambda: NOW, report_folder=tmp_path)

    def full(*args: object, **options: object) -> None:
        raise TuinewsError("The library", "the disk is full", "make room")

    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        app.screen.action_by = full  # type: ignore[attr-defined]
        await pilot.press("j")
        await pilot.pause()
        assert "the disk is full" in str(app.screen.query_one(".dialog-note").render())
        await pilot.press("escape")
        await pilot.pause()
        said: list[str] = []
        app.reader.say = said.append  # type: ignore[method-assign]
        app.reader.show_hints = full  # type: ignore[method-assign]
        await pilot.press("j")
        app.reader.set_timer(0.001, full)
        for _ in range(100):
            await pilot.pause(0.01)
            if len(said) > 1:
                break
        del app.reader.show_hints
        assert set(said) == {"The library: the disk is full; make room"}
        assert len(said) > 1
        await pilot.press("enter")
        await pilot.pause()
        assert app.reader.panes.at == "story"
    assert not app.failure
