"""Running the app on a fake library, without a terminal, and reading its screen as text."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.widget import Widget

from tui_news.config import Settings
from tui_news.models import View
from tui_news.services.contracts import Fact
from tui_news.ui.app import TuinewsApp
from tui_news.ui.screens import reader
from tui_news.ui.screens.furnishing import steps
from tui_news.ui.screens.reader import ReaderScreen
from tui_news.ui.widgets.status_line import StatusLine
from ui_app.fakedesk import NOW, FakeCourier, FakeDesk, sample_desk


@dataclass
class Running:
    """The app under test, with shortcuts."""

    app: TuinewsApp
    pilot: Pilot[None]
    desk: FakeDesk
    courier: FakeCourier
    opened_urls: list[str] = field(default_factory=list)

    @property
    def reader(self) -> ReaderScreen:
        return self.app.reader

    async def do(self, *action_ids: str) -> None:
        for action_id in action_ids:
            self.reader.action_do(action_id)
            await self.pilot.pause()

    async def tell(self, *facts: Fact) -> None:
        for fact in facts:
            self.courier.tell(fact)
            await self.pilot.pause()

    @property
    def opened(self) -> int | None:
        held = self.reader.stories.opened
        return None if held is None else held.story.row.id

    @property
    def said(self) -> str:
        return self.reader.status.message

    def ids(self) -> list[int]:
        return [row.id for row in self.reader.story_list.stories]

    def text(self) -> str:
        return screen_text(self.app)


PATIENCE = 3600.0  # what is said stays until something else is: on a busy machine a pause may outlast a notice


@asynccontextmanager
async def running(
    desk: FakeDesk | None = None,
    size: tuple[int, int] = (80, 24),
    *,
    settings: Settings | None = None,
    start: View | None = None,
    browser: bool = True,
    **more: Any,
) -> AsyncIterator[Running]:
    desk = desk if desk is not None else sample_desk()
    courier, urls = FakeCourier(), []

    def open_browser(app: App[Any], url: str) -> bool:
        urls.append(url)
        return browser

    app = TuinewsApp(desk, courier, now=lambda: NOW, settings=settings, start=start, open_browser=open_browser, **more)
    app.NOTIFICATION_TIMEOUT = PATIENCE
    reader.FURNISH_SECONDS = PATIENCE  # see `furnish`: the clock is not to say in the middle of what it comes
    StatusLine.flash_seconds = (
        PATIENCE  # of the class: what is said at the start may be over before a busy machine looks
    )
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Running(app, pilot, desk, courier, urls)


def furnish(run: Running) -> None:
    """What is made ready a second after the first paint, at once."""
    for step in steps(run.reader):
        step()


def screen_text(app: App[Any]) -> str:
    """What is on the screen, row by row, without colours."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def widget_text(widget: Widget) -> str:
    return "\n".join(strip.text.rstrip() for strip in widget.render_lines(widget.size.region))
