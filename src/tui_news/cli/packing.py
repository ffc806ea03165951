"""The verb `pack`."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from contextlib import suppress

from tui_news.cli import DONE, ERROR, SOME_FAILED
from tui_news.cli.output import complain, say, say_json
from tui_news.config import load_settings
from tui_news.paths import default_paths
from tui_news.services.packs import PackReport, make_pack
from tui_news.services.pictures import can_show
from tui_news.services.tools import open_tools


def pack(args: argparse.Namespace) -> int:
    """Pack what the query finds (without one: what is unread), and say how it went."""
    from tui_news.cli.queries import asked
    from tui_news.cli.refreshing import index
    from tui_news.cli.verbs import open_desk

    with open_desk() as desk:
        query = asked(args, desk) or "is:unread"
        ids = list(desk.queries.matching(query)[: args.limit])
    budget = args.budget or load_settings(default_paths().settings).settings.pack_megabytes

    async def trip() -> PackReport:
        async with open_tools(default_paths(), time.time) as tools:
            told = Progress(len(ids), args.json)
            report = await make_pack(tools, ids, budget=budget * 2**20, pictures=not args.no_pictures, told=told)
            index(tools)
            for story in report.left if report.offline else ():
                tools.library.later.put("story", str(story), tools.now)
            return report

    report = asyncio.run(trip())
    if args.json:
        say_json(shape(report))
    else:
        tell(report)
    if report.offline and not report.held:
        return ERROR
    return SOME_FAILED if report.refused or report.left else DONE


class Progress:
    """A line that rewrites itself, on a terminal only; a pipe hears the end alone."""

    def __init__(self, total: int, quiet: bool) -> None:
        self.total = total
        self.shown = sys.stderr.isatty() and not quiet

    def __call__(self, done: int, title: str) -> None:
        if self.shown:
            end = "\n" if done == self.total else ""
            with suppress(OSError):  # the terminal went; the work goes on
                print(f"\rpacking {done}/{self.total} ", end=end, file=sys.stderr, flush=True)


def shape(report: PackReport) -> dict[str, object]:
    return {
        "asked": report.asked,
        "offline": report.held,
        "refused": [{"title": title, "error": why} for title, why in report.refused],
        "left": report.left,
        "pictures": report.pictures,
        "bytes": report.used,
    }


def tell(report: PackReport) -> None:
    if not report.asked:
        say("No stories to pack: `tuinews list` shows what there is.")
        return
    say(report.sentence)
    for title, why in report.refused[2:]:
        complain(f"{title}: {why}")
    if report.offline and report.left:
        say("`tuinews refresh`, or the open reader, fetches what is left once there is a network.")
    if report.lost_pictures or report.pictures or can_show():
        return
    say("Pictures were left out: pip install 'tuinews[images]' brings them.")
