"""Whoever is asked to end ends, however much is in line."""

from __future__ import annotations

import asyncio
import signal

import pytest
from textual.events import Key
from textual.widgets import Input

from tui_news.ui.leaving import Nothing, _sift
from ui_app.appkit import running


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
async def test_asked_to_end_with_the_loops_own_pipe_full_of_keys(name: str) -> None:
    before = signal.getsignal(getattr(signal, name))
    try:
        async with running() as run:
            loop = asyncio.get_running_loop()
            for _ in range(5000):  # what the input thread does for each key
                loop.call_soon_threadsafe(lambda: None)
            signal.raise_signal(getattr(signal, name))
            await asyncio.sleep(0)
            await run.pilot.pause()
            assert run.app.leaving
    finally:
        signal.signal(getattr(signal, name), before)


async def test_keys_in_line_are_dropped_and_the_place_is_kept() -> None:
    async with running() as run:
        await run.do("list.open")
        handled: list[str] = []
        run.reader.action_do = handled.append  # type: ignore[method-assign, assignment]
        for _ in range(1000):
            run.app.post_message(Key("j", "j"))
        run.app._end()
        run.app.post_message(Key("j", "j"))
        await run.pilot.pause()
    assert handled == []
    assert run.desk.positions


async def test_a_place_that_cannot_be_saved_is_no_reason_to_stay() -> None:
    async with running() as run:

        def broken() -> None:
            raise ValueError("nobody foresaw this")

        run.reader.stories.leave = broken  # type: ignore[method-assign]
        with pytest.raises(ValueError, match="foresaw"):
            run.app._end()
        assert run.app.leaving


async def test_a_line_is_never_emptied_under_whoever_waits_for_it() -> None:
    async with running() as run:
        queue = run.app._message_queue
        for message in (Key("a", "a"), Key("b", "b")):
            queue.put_nowait(message)
        _sift(run.app)
        assert [type(one) for one in queue.values] == [Nothing]
        queue.put_nowait(Input.Changed(Input(), "x"))
        _sift(run.app)
        assert [type(one) for one in queue.values] == [Nothing]
