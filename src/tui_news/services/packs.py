"""Packs: full text, comments and pictures of chosen stories, within a budget of bytes, with an honest end."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import field, replace

from tui_news.models import FetchError, Response, StoryRow, ThreadError, TuinewsError
from tui_news.models.late import dataclass
from tui_news.services.discussing import fetch_comments, in_browser
from tui_news.services.pictures import fetch_pictures
from tui_news.services.reading import fetch_article
from tui_news.services.tools import Getter, Tools

BUDGET = 200 * 1024 * 1024  # bytes that one pack may fetch
AT_ONCE = 6


@dataclass(slots=True)
class Weighing:
    """The network, with what it has brought."""

    web: Getter
    used: int = 0

    async def get(
        self,
        url: str,
        *,
        headers: Mapping[str, str] = {},
        accept: str = "",
        limit: int = 8 * 1024 * 1024,
        seconds: float = 30,
        near: str = "",
        seat: Callable[[], Awaitable[object]] | None = None,
        unpack: bool = True,
    ) -> Response:
        answer = await self.web.get(
            url, headers=headers, accept=accept, limit=limit, seconds=seconds, near=near, seat=seat, unpack=unpack
        )
        self.used += len(answer.body)
        return answer


@dataclass(slots=True)
class PackReport:
    """asked: stories chosen; held: those that read offline now. refused: (title, sentence) of those that do not.

    left: ids not tried, because the network went away or the budget was used. pictures: how many came.
    """

    asked: int
    held: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    pictures: int = 0
    lost_pictures: int = 0
    used: int = 0
    offline: bool = False
    full: bool = False

    @property
    def sentence(self) -> str:
        """ "212 of 214 stories read offline now; two refused: …" """
        noun = "story reads" if self.asked == 1 else "stories read"
        parts = [f"{self.held} of {self.asked} {noun} offline now" + self._weight()]
        if self.refused:
            told = "; ".join(f"{title}: {why}" for title, why in self.refused[:2])
            more = f"; and {len(self.refused) - 2} more" if len(self.refused) > 2 else ""
            parts.append(f"{number(len(self.refused))} refused: {told}{more}")
        if self.offline or self.full:
            parts.append(self._rest())
        if self.lost_pictures:
            noun = "picture" if self.lost_pictures == 1 else "pictures"
            parts.append(f"{number(self.lost_pictures)} {noun} did not come")
        return "; ".join(parts) + "."

    def _rest(self) -> str:
        """What was not tried. Some of it reads offline already, and lacks comments or pictures."""
        count = min(len(self.left), max(self.asked - self.held - len(self.refused), 0))
        why = "the network went away" if self.offline else "the budget was used up"
        if not count:
            return f"{why} before all comments and pictures were here"
        if self.offline:
            return f"{why}, and {number(count)} {'waits' if count == 1 else 'wait'} for it"
        return f"{why}, so {number(count)} {'was' if count == 1 else 'were'} left out"

    def _weight(self) -> str:
        noun = "picture" if self.pictures == 1 else "pictures"
        pictures = f", {self.pictures} {noun}" if self.pictures else ""
        return f" ({megabytes(self.used)}{pictures})" if self.used else ""


def number(count: int) -> str:
    words = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
    return words[count] if count < len(words) else str(count)


def megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 100_000 else f"{max(1, size // 1024)} KB"


async def make_pack(
    tools: Tools,
    story_ids: Sequence[int],
    *,
    budget: int = BUDGET,
    pictures: bool = True,
    told: Callable[[int, str], None] = lambda done, title: None,
) -> PackReport:
    """Make these stories readable offline, a few at a time. Never raises for a story's sake; cancelling is at once,
    and what came is kept. told: after each story, how many are done and its title."""
    weighing = Weighing(tools.web)
    packing = replace(tools, web=weighing)
    rows = tools.library.stories.rows(story_ids)
    chosen = [rows[story_id] for story_id in dict.fromkeys(story_ids) if story_id in rows]
    report = PackReport(len(chosen))
    waiting = list(reversed(chosen))
    done = 0

    async def worker() -> None:
        nonlocal done
        while waiting and not report.offline:
            if weighing.used >= budget:
                report.full = True
                return
            row = waiting.pop()
            await _pack_one(packing, row, report, pictures)
            done += 1
            told(done, row.title)

    async with asyncio.TaskGroup() as group:
        for _ in range(min(AT_ONCE, len(chosen))):
            group.create_task(worker())
    report.left += [row.id for row in reversed(waiting)]
    report.used = weighing.used
    now = tools.library.stories.rows([row.id for row in chosen])
    report.held = sum(row.offline for row in now.values())
    _explain(report, [row for row in now.values() if not row.offline])
    return report


async def _pack_one(tools: Tools, row: StoryRow, report: PackReport, pictures: bool) -> None:
    """Text, comments, pictures, each for itself: one that does not come costs none of the others."""
    steps: list[Callable[[], Awaitable[bool]]] = [lambda: fetch_article(tools, row.id)]
    if row.comments_hint != 0:
        steps.append(lambda: _comments(tools, row))
    if pictures:
        steps.append(lambda: _pictures(tools, row, report))
    for step in steps:
        try:
            await step()
        except TuinewsError as error:
            if isinstance(error, FetchError) and error.kind == "offline":
                report.offline = True
                report.left.append(row.id)
                return
            report.refused.append((row.title or row.url, str(error)))


async def _pictures(tools: Tools, row: StoryRow, report: PackReport) -> bool:
    came, failed = await fetch_pictures(tools, row.id)
    report.pictures += came
    report.lost_pictures += len(failed)
    return bool(came)


async def _comments(tools: Tools, row: StoryRow) -> bool:
    try:
        return await fetch_comments(tools, row.id)
    except ThreadError:
        if not in_browser(tools, row.id):  # where only a browser shows them no fetch could bring more
            raise
        return False


def _explain(report: PackReport, missing: list[StoryRow]) -> None:
    """One reason a story, for those that do not read offline; one that gave no error has a reason too."""
    named: dict[str, str] = {}
    for title, why in report.refused:
        named.setdefault(title, why)
    left = set(report.left)
    names = [row.title or row.url for row in missing if row.id not in left]
    report.refused = [(name, named.get(name, "only a part of it could be had")) for name in names]
