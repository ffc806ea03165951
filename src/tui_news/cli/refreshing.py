"""`tuinews refresh`: what cron runs. It imports little, and what most refreshes have no need of when there is one."""

from __future__ import annotations

import argparse
import asyncio
import gc
import time
from contextlib import suppress
from functools import partial

from tui_news.cli import DONE, SOME_FAILED
from tui_news.cli.output import complain, say, say_json
from tui_news.models import LibraryError
from tui_news.paths import default_paths
from tui_news.services.refresh import FeedOutcome, RefreshReport
from tui_news.services.refresh import refresh as fetch
from tui_news.services.tools import Tools, open_tools
from tui_news.text.sanitize import mask_url

PIECES = 32  # of the search index, from which on they are put together: a first refresh of 20,000 stories leaves twenty
YOUNG = 5000  # objects, until it is looked for cycles among them: stories come by the hundred, and none is part of one


def refresh(args: argparse.Namespace) -> int:
    done: list[tuple[RefreshReport, int]] = []
    gc.set_threshold(YOUNG)
    asyncio.run(_trip(args, _named(args.feeds), done))
    report, waited = done[0]
    if args.json:
        feeds = [outcome_shape(one) for one in report.outcomes]
        say_json({"feeds": feeds, "new": len(report.new), "failed": report.failed})
    elif report.outcomes:
        lines = [outcome_line(one) for one in sorted(report.outcomes, key=lambda outcome: outcome.feed.title)]
        say("\n".join(lines))
    if report.offline:
        complain(report.sentence)
    elif not args.json:
        say(report.sentence if report.outcomes else report.sentence + " (--force asks all the same.)")
        if waited:
            from tui_news.services.catching_up import caught_up

            say(caught_up(waited))
    return SOME_FAILED if report.failed else DONE


def _named(names: list[str]) -> list[int] | None:
    if not names:
        return None
    from tui_news.cli.verbs import find_feed, open_desk

    with open_desk() as desk:
        return [find_feed(desk, name).id for name in names]


async def _trip(args: argparse.Namespace, chosen: list[int] | None, done: list[tuple[RefreshReport, int]]) -> None:
    """To `done`: what came of it, and how many things that waited for a network are done now. Not returned, for
    `asyncio.run` would write it all out, for nobody, before it ends."""
    waited = 0
    async with open_tools(default_paths(), time.time) as tools:
        for notice in tools.library.notices:
            complain(notice)
        report = await fetch(tools, chosen, force=args.force, then=partial(_render, tools))
        if args.full and not report.offline:
            from tui_news.services.packing import pack

            await pack(tools, tools.library.stories.unpacked(200))
        if not report.offline and tools.library.later.count():
            from tui_news.services.catching_up import catch_up

            waited = (await catch_up(tools))[0]
        index(tools)
        if report.new:
            _merge(tools)
        await _kept_well(tools)
    done.append((report, waited))


async def _render(tools: Tools, report: RefreshReport) -> None:
    if report.new:
        from tui_news.services.rendering import render_new

        await render_new(tools, report.new)
        tools.library.quotes.update(limit=500)  # while a worker is at the search index


def index(tools: Tools) -> None:
    """What is due; a library in which nothing is, is left alone."""
    library = tools.library
    words, quotes, rules = library.due()
    while words and library.search.update(limit=500):
        pass
    if quotes:
        library.quotes.update(limit=500)  # the rest when somebody asks: see `quotes`
    if rules:
        library.rules.renew_moving()


def _merge(tools: Tools) -> None:
    """Whoever only ever runs this from cron has an index in few pieces, too."""
    search = tools.library.search
    with suppress(LibraryError):
        if search.pieces() >= PIECES:
            while search.merge():
                pass


async def _kept_well(tools: Tools) -> None:
    """Whoever only ever runs this from cron has copies of the library, too."""
    from tui_news.services.upkeep import is_young, upkeep

    if not is_young(tools):
        from tui_news.config import load_settings

        for sentence in await upkeep(tools, load_settings(tools.library.paths.settings).settings):
            complain(sentence)


def outcome_shape(one: FeedOutcome) -> dict[str, object]:
    return {
        "id": one.feed.id,
        "url": mask_url(one.feed.url),
        "status": one.status,
        "new": len(one.new),
        "updated": one.updated,
        "error": one.error or None,
    }


def outcome_line(one: FeedOutcome) -> str:
    name = one.feed.title or mask_url(one.feed.url)
    if one.error:
        return f"{name}: {one.error}"
    return f"{name}: {len(one.new)} new, {one.updated} updated" if one.new or one.updated else f"{name}: nothing new"
