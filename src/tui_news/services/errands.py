"""The agent's errands for packs and pictures, and those that wait for the network."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui_news.models import FetchError, TuinewsError
from tui_news.services.catching_up import catch_up, caught_up
from tui_news.services.contracts_packs import LaterDone, PackFinished, PackProgress, PicturesFetched

if TYPE_CHECKING:
    from tui_news.services.contracts import Fact
    from tui_news.services.tools import Tools

AGAIN_SECONDS = 60.0  # how often the network is tried while something waits for it
MEGABYTE = 1024 * 1024


class PackErrands:
    """A part of `agent.Errands`."""

    tools: Tools
    tell: Callable[[Fact], None]
    budget: int
    packing: asyncio.Task[None] | None = None

    # packs
    async def do_pack(self, stories: Sequence[int]) -> None:
        """Pack; a second pack waits for nothing and replaces the first."""
        if self.packing is not None and not self.packing.done():
            self.packing.cancel()
        done = [0]
        self.packing = asyncio.create_task(self._pack(list(stories), done))
        try:
            await self.packing
        except asyncio.CancelledError:
            current = asyncio.current_task()
            if current is not None and current.cancelling():
                raise
            # Told here: a task that is stopped before its first step never runs, not even its own `except`.
            self.tell(PackFinished(f"Stopped: {done[0]} of {len(stories)} were done, and stay.", stopped=True))

    async def do_stop_pack(self) -> None:
        if self.packing is not None:
            self.packing.cancel()

    async def _pack(self, stories: list[int], so_far: list[int]) -> None:
        from tui_news.services.packs import make_pack

        total = len(stories)

        def told(count: int, title: str) -> None:
            so_far[0] = count
            self.tell(PackProgress(count, total, title))

        self.tell(PackProgress(0, total))
        try:
            report = await make_pack(self.tools, stories, budget=self.budget * MEGABYTE, told=told)
        except TuinewsError as error:
            self.tell(PackFinished(str(error)))
            return
        if report.offline:
            for story in report.left:
                self.tools.library.later.put("story", str(story), self.tools.now)
        refused = tuple(f"{title}: {why}" for title, why in report.refused)
        self.tell(PackFinished(report.sentence, refused, report.offline))

    # pictures
    async def do_pictures(self, story: int) -> None:
        from tui_news.services.pictures import fetch_pictures

        try:
            came, failed = await fetch_pictures(self.tools, story)
        except TuinewsError as error:
            self.tell(PicturesFetched(story, 0, error.of("It did not come")))
            return
        except ImportError:
            self.tell(PicturesFetched(story, 0, "the extra tuinews[images] is not whole"))
            return
        self.tell(PicturesFetched(story, came, failed[0] if failed else ""))

    # what waits
    def wait_for_network(self, kind: str, target: str) -> None:
        self.tools.library.later.put(kind, target, self.tools.now)

    async def mind_later(self) -> None:
        """While something waits, try the network now and then; once it is back, do it all."""
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            await self.do_later()

    async def do_later(self) -> None:
        """Do what waits, as far as the network goes; told once, with what is to be opened."""
        opens = [(number, url) for number, kind, url in self.tools.library.later.all() if kind == "open"]
        done, away = await catch_up(self.tools, self.tell)
        if away or (opens and not done and not await self._reachable()):
            return
        for later_id, _ in opens:
            self.tools.library.later.done(later_id)
        if done or opens:
            sentence = f"The network is back: {caught_up(done)}" if done else "The network is back."
            self.tell(LaterDone(sentence, tuple(url for _, url in opens)))

    async def _reachable(self) -> bool:
        """Whether any subscribed feed's server answers, in whatever words."""
        feeds = [feed for feed in self.tools.library.feeds.all() if feed.url.startswith("http")]
        try:
            if feeds:
                await self.tools.web.get(max(feeds, key=lambda feed: feed.last_success or 0).url, limit=1024)
        except FetchError as error:
            return error.kind != "offline"
        return True
