"""`tuinews doctor` and `tuinews prune`: how the library is, what mends it, and what may go."""

from __future__ import annotations

import argparse
import asyncio
import time
from dataclasses import asdict
from typing import Any

from tui_news.cli import DONE, ERROR, UNUSABLE
from tui_news.cli.output import complain, say, say_json
from tui_news.config import Loaded, load_settings
from tui_news.models import TuinewsError
from tui_news.paths import default_paths
from tui_news.services.doctor import Report, examine, facts, megabytes

Args = argparse.Namespace
MARKS = {"fine": "ok  ", "note": "note", "problem": "BAD ", "unusable": "BAD "}


def doctor(args: Args) -> int:
    paths, told = default_paths(), list[str]()
    loaded = load_settings(paths.settings)
    report = examine(paths, time.time(), _notes(loaded))
    for _ in range(2):  # what was mended may bring more to light
        if args.fix and not report.of("unusable") and any(one.fix for one in report.findings):
            from tui_news.services.mending import mend

            told += mend(paths, report.findings, loaded.settings, time.time)
            report = examine(paths, time.time(), _notes(loaded))
    if args.rebuild and not report.of("unusable"):
        told.append(f"{asyncio.run(_rebuild())} stories were made again from what is kept of them.")
        report = examine(paths, time.time(), _notes(loaded))
    if args.json:
        say_json({"findings": [asdict(one) for one in report.findings], "mended": told, **facts(paths)})
    else:
        _print(report, told, facts(paths))
    if report.of("unusable"):
        return UNUSABLE
    return ERROR if report.of("problem") else DONE


def _notes(loaded: Loaded) -> tuple[tuple[str, str], ...]:
    from tui_news.ui.keymap import make_keymap

    keys = make_keymap(loaded.settings.preset, loaded.settings.keys)
    return (*(("settings", words) for words in loaded.warnings), *(("keys", words) for words in keys.problems))


async def _rebuild() -> int:
    from tui_news.services.rebuilding import rebuild, stories_with_articles
    from tui_news.services.tools import open_tools

    async with open_tools(default_paths(), time.time) as tools:
        done = await rebuild(tools, stories_with_articles(tools))
        tools.library.search.rebuild()
        while tools.library.search.update(limit=500):
            pass
    return done


def _print(report: Report, told: list[str], held: dict[str, dict[str, object]]) -> None:
    for sentence in told:
        say(f"mended  {sentence}")
    for one in report.findings:
        again = "  `tuinews doctor --fix` mends it." if one.fix and one.kind == "problem" else ""
        say(f"{MARKS[one.kind]}  {one.about}: {one.text}{again}")
    problems = len(report.of("problem", "unusable"))
    say("\nAll is well." if not problems else f"\n{problems} {'problem' if problems == 1 else 'problems'} found.")
    for name, values in held.items():
        say(f"\n{name}")
        for key, value in values.items():
            say(f"  {key.replace('_', ' '):<16} {_value(key, value)}")


def _value(name: str, value: object) -> str:
    if isinstance(value, int) and name.endswith(("limit", "bytes")):
        return megabytes(value)
    if isinstance(value, float):
        return f"{value:g} s"
    return str(value)


def prune(args: Args) -> int:
    """Say or do what the reader's rule of how long to keep stories lets go."""
    from tui_news.cli.verbs import find_feed, open_desk
    from tui_news.store import pruning

    days = args.days if args.days is not None else load_settings(default_paths().settings).settings.keep_days
    now = int(time.time())
    with open_desk() as desk:
        db = desk.library.db
        feed = find_feed(desk, args.feed).id if args.feed else None
        if not pruning.wanted(db, days):
            raise TuinewsError("nothing was pruned", "stories are kept for ever", "say --days N, or set keep_days")
        going = pruning.going(db, now, days, feed)
        copied = "" if args.dry_run or not going else _copied(desk.library.paths.library, now)
        gone = 0 if args.dry_run else pruning.prune(db, now, days, feed)
        if gone and args.shrink:
            db.run("VACUUM")
    if args.json:
        say_json({"dry": args.dry_run, "pruned": gone, "copy": copied or None, "feeds": [asdict(one) for one in going]})
    else:
        _print_pruned(going, gone, args.dry_run, copied)
    return DONE


def _copied(library: Any, now: int) -> str:
    """A copy first: what goes cannot be undone. Without room for one nothing is said to be safe that is not."""
    from tui_news.store import backups
    from tui_news.store.checkup import copy_to

    target = backups.name_of(library.parent, now)
    if not backups.room_for(library):
        complain("there is no room for a copy of the library; what goes is gone")
        return ""
    problems = copy_to(str(library), str(target))
    if problems:
        raise TuinewsError("nothing was pruned", f"the library could not be copied first ({problems[0]})", "see doctor")
    return str(target)


def _print_pruned(going: tuple[Any, ...], gone: int, dry: bool, copied: str) -> None:
    for one in going:
        why = ", unsubscribed" if one.removed else ""
        say(f"{one.stories:>6}  {one.title} ({megabytes(one.size)}{why})")
    stories = sum(one.stories for one in going)
    size = megabytes(sum(one.size for one in going))
    if dry:
        say(f"{stories:,} old read stories would go ({size}); unread, starred and tagged ones stay.")
    else:
        say(f"{gone:,} old read stories went ({size}); unread, starred and tagged ones stay.")
    if copied:
        say(f"The library as it was: {copied}")
