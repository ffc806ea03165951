"""The courier's own process: does the app's trips to the network and reports facts, one JSON line each.

Run as `python -m tui_news.services.agent`. Reads requests from standard input; ends when it closes. The screen's
process thus never imports the network stack, never shares its interpreter lock with a parser, and keeps answering keys.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tui_news.config import Settings
from tui_news.models import FetchError, TuinewsError
from tui_news.paths import default_paths
from tui_news.services.contracts import (
    AddFailed,
    Fact,
    FeedAdded,
    LibraryTold,
    MoveTold,
    RefreshFinished,
    Resting,
    StoryFetched,
)
from tui_news.services.errands import PackErrands
from tui_news.services.tools import Tools, open_tools
from tui_news.workers.manners import stand_back

if TYPE_CHECKING:
    from tui_news.services.refresh import RefreshReport

Tell = Callable[[Fact], None]
QUIET_SECONDS = 180.0
CARE_SECONDS = 6 * 3600.0
NICE = 2
REST_SECONDS = 30.0  # nothing was asked for so long, or up to twice: then this process may go
MISSED = {"article": "The full story did not come", "thread": "The comments did not come"}


def encode(fact: Fact) -> bytes:
    return json.dumps({"fact": type(fact).__name__, **asdict(fact)}).encode() + b"\n"


async def serve(
    tools: Tools,
    requests: asyncio.StreamReader,
    tell: Tell,
    *,
    prefetch: str = "unread",
    settings: Settings | None = None,
) -> None:
    """Carry out requests until the stream ends; then whatever is under way is dropped (each write is whole)."""
    errands = Errands(tools, tell, prefetch)
    errands.budget = (settings or Settings()).pack_megabytes
    async with asyncio.TaskGroup() as group:
        errands.settings = settings or Settings()
        always = (care(errands), rest(errands), errands.mind_later())
        tasks: set[asyncio.Task[None]] = {group.create_task(one) for one in always}
        async for line in requests:
            task = group.create_task(errands.run(line))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
        for task in tasks:
            task.cancel()


async def care(errands: Errands) -> None:
    """At quiet times: see `upkeep`. The first comes when the start and its refresh are long over."""
    while True:
        await asyncio.sleep(max(QUIET_SECONDS, errands.until_care()))
        if errands.until_care() <= 0:
            await errands.do_care()


async def rest(errands: Errands) -> None:
    """Tell when nothing was asked for a while, nothing goes on and nothing waits for the network."""
    heard = -1
    while True:
        await asyncio.sleep(REST_SECONDS)
        if heard == errands.heard and not errands.running and not errands.tools.library.later.count():
            errands.tell(Resting(heard, max(1.0, errands.until_care())))
        heard = errands.heard


class Errands(PackErrands):
    """The requests by name. Each catches what may go wrong and reports it as a fact. prefetch: see `Settings`."""

    def __init__(self, tools: Tools, tell: Tell, prefetch: str) -> None:
        self.tools, self.tell, self.prefetch = tools, tell, prefetch
        self.tried: dict[int, int] = {}
        self.budget = Settings().pack_megabytes
        self.refreshing, self.following, self.rereading = asyncio.Lock(), asyncio.Lock(), asyncio.Lock()
        self.asked: list[list[int] | None] = []
        self.stop = asyncio.Event()
        self.fetching: set[int] = set()
        self.again: dict[int, bool] = {}  # asked for while they were fetched; whether by hand
        self.heard = self.running = 0  # requests
        self.settings = Settings()
        self.care_at = time.monotonic() + QUIET_SECONDS

    async def run(self, line: bytes) -> None:
        self.heard, self.running = self.heard + 1, self.running + 1
        try:
            with contextlib.suppress(ValueError):
                request = json.loads(line)
                handler: Callable[..., Awaitable[None]] | None = getattr(self, "do_" + str(request.pop("do", "")), None)
                if handler:
                    await handler(**request)
        finally:
            self.running -= 1

    def until_care(self) -> float:
        """Seconds until the library is to be looked after."""
        return self.care_at - time.monotonic()

    async def do_care(self) -> None:
        """Look after the library, if it is quiet; else a little later."""
        from tui_news.services.upkeep import upkeep

        self.care_at = time.monotonic() + QUIET_SECONDS
        if not self.refreshing.locked() and not self.fetching:
            for sentence in await upkeep(self.tools, self.settings):
                self.tell(LibraryTold(sentence))
            await self._merge()
            self.care_at = time.monotonic() + CARE_SECONDS

    async def do_refresh(self, feeds: list[int] | None = None, force: bool = False) -> None:
        """One refresh at a time. What a person asks for meanwhile is done next: the one under way may already have
        passed the feeds meant."""
        if self.refreshing.locked():
            if force:
                self.asked.append(feeds)
            return
        async with self.refreshing:
            reports = [await self._refresh(feeds, force)]
            while self.asked:
                reports.append(await self._refresh(self._all_asked(), True))
        async with self.following:
            for report in filter(None, reports):
                await self._after_refresh(report)
        await self._reread()
        from tui_news.services.thrift import give_back

        give_back()

    async def do_stop_refresh(self) -> None:
        """End the refresh under way, and those that wait for it."""
        self.asked.clear()
        self.stop.set()

    def _all_asked(self) -> list[int] | None:
        """The feeds of every refresh that waits, None for all feeds; none waits afterwards."""
        asked, self.asked = self.asked, []
        return None if None in asked else sorted({feed for feeds in asked for feed in feeds or ()})

    async def _refresh(self, feeds: list[int] | None, force: bool) -> RefreshReport | None:
        from tui_news.services.refresh import refresh

        try:
            self.stop.clear()
            report = await refresh(self.tools, feeds, force=force, tell=self.tell, stop=self.stop)
        except TuinewsError as error:
            self.tell(RefreshFinished(0, 0, False, str(error)))
            return None
        if report.offline and force:
            self.wait_for_network("refresh", ",".join(map(str, feeds or ())))
        return report

    async def _reread(self) -> None:
        """Stored pages that an older reader read are read again while nothing else is asked."""
        from tui_news.services.rereading import reread

        if self.rereading.locked():
            return
        async with self.rereading:
            with contextlib.suppress(TuinewsError):
                while await reread(self.tools, limit=5):
                    await self._index()

    async def _after_refresh(self, report: RefreshReport) -> None:
        """Off the refresh's way: render, prefetch, index."""
        from tui_news.services.packing import prefetch
        from tui_news.services.rendering import render_new

        await render_new(self.tools, report.new)
        answered = {outcome.feed.id for outcome in report.outcomes if not outcome.error}
        await prefetch(self.tools, answered, self._story_fetched, policy=self.prefetch, tried=self.tried)
        await self._index()
        await self._merge()

    def _story_fetched(self, story_id: int) -> None:
        self.tell(StoryFetched(story_id, "article", True))

    async def do_story(self, story: int, force: bool = False) -> None:
        """One trip for a story at a time. Asked for meanwhile, it is tried anew if the trip met no network, or if the
        new one is by hand: who asks again has reason to, and would else wait a minute for nothing."""
        if story in self.fetching:
            self.again[story] = force or self.again.get(story, False)
            return
        self.fetching.add(story)
        try:
            met = await self._trip(story, force)
            while story in self.again:
                if (forced := self.again.pop(story)) or not met:
                    met = await self._trip(story, forced)
            await self._index()
        finally:
            self.fetching.discard(story)
            self.again.pop(story, None)

    async def _trip(self, story: int, force: bool) -> bool:
        """The story's text and its comments; whether there was a network for both."""
        from tui_news.services.discussing import fetch_comments
        from tui_news.services.reading import fetch_article

        article = await self._part(story, "article", fetch_article(self.tools, story))
        return await self._part(story, "thread", fetch_comments(self.tools, story, force=force)) and article

    async def _part(self, story: int, part: Any, trip: Awaitable[bool]) -> bool:
        try:
            self.tell(StoryFetched(story, part, await trip))
        except TuinewsError as error:
            offline = isinstance(error, FetchError) and error.kind == "offline"
            if offline:
                self.wait_for_network("story", str(story))
            noted = part == "thread" and not offline  # beside the thread: what the screen shows of it has changed
            self.tell(StoryFetched(story, part, noted, error.of(MISSED[part]), offline))
            return not offline
        return True

    async def do_add(self, url: str, folder: str = "") -> None:
        from tui_news.services.rendering import render_new
        from tui_news.services.subscribing import add

        try:
            added = await add(self.tools, url, folder=folder)
        except TuinewsError as error:
            waits = ""
            if isinstance(error, FetchError) and error.kind == "offline":
                self.wait_for_network("add", url)
                waits = " It is added when the network is back."
            self.tell(AddFailed(url, f"{error}{waits}"))
            return
        feed = added.feed
        self.tell(FeedAdded(feed.id, feed.title or feed.url, added.stories, added.first_story, added.already))
        rows = self.tools.library.stories.newest(feed.id, 40)
        await render_new(self.tools, rows)
        await self._index()

    async def do_move(self, words: str = "", dry: bool = True) -> None:
        from tui_news.services.moving import move_files

        try:
            moved = await asyncio.to_thread(move_files, self.tools.library.paths, words, self.tools.now, dry)
        except TuinewsError as error:
            self.tell(MoveTold((), dry, str(error)))
            return
        self.tell(MoveTold(moved.lines, dry, "", moved.feeds))
        if not dry:
            await self._index()

    async def do_index(self) -> None:
        await self._index()

    async def _index(self) -> None:
        """The search index follows the library; a second of it at a time, so that a request is never kept waiting."""
        with contextlib.suppress(TuinewsError):
            while self.tools.library.search.update(limit=200):  # noqa: ASYNC110 - no wait: others get their turn
                await asyncio.sleep(0)
            while self.tools.library.twins.catch_up(200):  # noqa: ASYNC110
                await asyncio.sleep(0)
            while self.tools.library.quotes.update(limit=20):  # noqa: ASYNC110
                await asyncio.sleep(0)
            self.tools.library.rules.renew_moving()

    async def _merge(self) -> None:
        """What came piece by piece is put together in the index, while nobody waits for it."""
        with contextlib.suppress(TuinewsError):
            while self.tools.library.search.merge():  # noqa: ASYNC110
                await asyncio.sleep(0)


async def _main() -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=2**20)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    out = sys.stdout.buffer

    def tell(fact: Fact) -> None:
        out.write(encode(fact))
        out.flush()

    from tui_news.config import load_settings

    paths = default_paths()
    settings = load_settings(paths.settings).settings
    async with open_tools(paths, time.time) as tools:
        await serve(tools, reader, tell, prefetch=settings.prefetch, settings=settings)


def step_back() -> None:
    """The screen is answered first: what a server or a parser wakes here does not take its processor away."""
    with contextlib.suppress(AttributeError, OSError):  # Linux
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
        stand_back(NICE)


def main() -> int:
    """Ends quietly when the app is gone: a broken pipe or an interrupt is how it hears of it."""
    logging.lastResort = None
    step_back()
    try:
        asyncio.run(_main())
    except (BrokenPipeError, KeyboardInterrupt):
        return 0
    except TuinewsError as error:
        print(f"tuinews: {error}", file=sys.stderr)
        return 4
    except Exception as error:
        from tui_news.services.reporting import report

        print(report(error, None, int(time.time())), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
