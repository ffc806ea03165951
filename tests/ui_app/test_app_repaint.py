"""A frame paints what Textual's own would, and asks for less to do so."""

from __future__ import annotations

from typing import Any

import pytest
from textual._compositor import ChopsUpdate, Compositor
from textual.strip import Strip

from tui_news.text.cells import cell_len
from tui_news.ui.widgets.bare import Sparing
from tui_news.ui.widgets.story_list import StoryList
from ui_app.appkit import running
from ui_app.fakedesk import big_desk, sample_desk

Cells = dict[tuple[int, int], tuple[str, object]]
WALK = ("j", "j", "pagedown", "k", "G", "g", "enter", "j", "space", "c", "j", "j", "c", "escape", "tab", "1", "j", "j",
        "1", "enter", "z", "j", "z", "n", "escape", "2", "j", "/", "escape", "enter", "escape")  # fmt: skip


def cells(update: ChopsUpdate | None) -> Cells:
    """Each cell that the update writes to, and how it looks."""
    found: Cells = {}
    for y, left, right in update.spans if update is not None else ():
        for x, strip in update.chops[y].items() if update is not None else ():
            for part in strip or ():
                for char in part.text:
                    if left <= x < right:
                        found[y, x] = char, part.style
                    x += cell_len(char)
    return found


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 50)])
async def test_each_frame_of_a_walk_is_as_textual_would_paint_it(
    size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    frames: list[tuple[Cells, Cells]] = []
    spare = Sparing.render_partial_update

    def both(compositor: Sparing) -> Any:
        dirty = compositor._dirty_regions.copy()
        ours = spare(compositor)
        compositor._dirty_regions = dirty
        monkeypatch.setattr(Sparing, "_render_chops", Compositor._render_chops)
        frames.append((cells(ours), cells(Compositor.render_partial_update(compositor))))
        monkeypatch.undo()
        monkeypatch.setattr(Sparing, "render_partial_update", both)
        return ours

    monkeypatch.setattr(Sparing, "render_partial_update", both)
    async with running(sample_desk(), size=size) as run:
        for key in WALK:
            await run.pilot.press(key)
            await run.pilot.pause()
            screen = run.reader._compositor
            assert [strip.text for strip in screen.render_strips()] == [
                "".join(piece.text for piece in row.values())
                for row in Compositor._render_chops(screen, screen.size.region, lambda y: True)
            ], key
    assert sum(bool(ours) for ours, _ in frames) >= len(WALK) // 2
    for ours, theirs in frames:
        assert ours == theirs


async def test_a_key_in_the_list_asks_for_the_rows_it_paints(monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(big_desk(200), size=(120, 40)) as run:
        await run.pilot.press("j")
        await run.pilot.pause()
        asked: list[int] = []
        row = StoryList.row

        def asking(view: StoryList, y: int, **more: Any) -> Strip:
            asked.append(y)
            return row(view, y, **more)

        monkeypatch.setattr(StoryList, "row", asking)
        await run.pilot.press("j")
        await run.pilot.pause()
        assert 0 < len(asked) <= 4
