"""Errors in threads and in tasks that nobody awaits: told once, and the reader goes on."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tui_news.models import TuinewsError
from tui_news.ui.app import TuinewsApp
from tui_news.ui.strays import Strays
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
