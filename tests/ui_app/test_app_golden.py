"""The whole screen as plain text at three sizes: layout in a form that reads well in a diff.

To accept a changed screen, run the tests with TUINEWS_GOLDEN=write and read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ui_app.appkit import running
from ui_app.fakedesk import FakeDesk

FOLDER = Path(__file__).parent / "golden"
SIZES = [(80, 24), (120, 40), (200, 50)]
SCENES: dict[str, tuple[str, ...]] = {
    "list": (),
    "story": ("list.open",),
    "thread": ("list.open", "story.comments", "thread.next_comment"),
    "feeds": ("pane.feeds", "move.down", "move.down"),
    "help": ("app.help",),
    "quotes": ("story.quotes",),
    "health": ("feed.health",),
    "add": ("feed.add",),
}


def check(name: str, text: str) -> None:
    path = FOLDER / f"{name}.txt"
    if os.environ.get("TUINEWS_GOLDEN") == "write":
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("scene", SCENES)
async def test_the_screen(scene: str, size: tuple[int, int]) -> None:
    async with running(size=size) as run:
        await run.do(*SCENES[scene])
        await run.pilot.pause()
        run.reader.stories.waiting.clear()
        run.reader.facts.show_progress()
        await run.pilot.pause()
        text = run.text()
        assert len(text.splitlines()) == size[1]
        check(f"{scene}-{size[0]}x{size[1]}", text)


async def test_the_first_run() -> None:
    async with running(FakeDesk()) as run:
        while run.app.screen is run.reader:
            await run.pilot.pause()
        check("first-run-80x24", run.text())
