"""What each verb does. Headless: never loads the screen."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType

from tui_news.cli import DONE
from tui_news.cli.output import complain, say, say_folded, say_json, say_xml
from tui_news.cli.shapes import feed_ref, feed_shape
from tui_news.models import Feed, TuinewsError
from tui_news.paths import default_paths
from tui_news.services.desk import LibraryDesk
from tui_news.services.opening import open_to_read
from tui_news.services.tools import open_tools
from tui_news.text.sanitize import mask_url, without_login

Args = argparse.Namespace


@contextmanager
def open_desk() -> Iterator[LibraryDesk]:
    desk = LibraryDesk(open_to_read(default_paths()))
    for notice in desk.library.notices:
        complain(notice)
    try:
        yield desk
    finally:
        desk.close()


def find_feed(desk: LibraryDesk, name: str) -> Feed:
    """A feed by id, address or title. Raises TuinewsError naming what to do."""
    feeds = desk.feeds()
    found = [feed for feed in feeds if name in (str(feed.id), feed.url)]
    found = found or [feed for feed in feeds if feed.title.casefold() == name.casefold()]
    if len(found) == 1:
        return found[0]
    why = "several feeds have that title" if found else "no such feed"
    raise TuinewsError(f"no feed {name!r}", why, "`tuinews feeds` lists them with their ids")


def add(args: Args) -> int:
    from tui_news.cli.refreshing import index
    from tui_news.services.rendering import render_new
    from tui_news.services.subscribing import Added
    from tui_news.services.subscribing import add as subscribe

    async def trip() -> Added:
        async with open_tools(default_paths(), time.time) as tools:
            added = await subscribe(tools, args.url, folder=args.folder, title=args.title)
            await render_new(tools, tools.library.stories.newest(added.feed.id, 100))
            index(tools)
            return added

    added = asyncio.run(trip())
    if args.json:
        say_json({"feed": feed_shape(added.feed), "stories": added.stories, "already": added.already})
    else:
        done = "Already subscribed to" if added.already else "Subscribed to"
        say(f"{done} {added.feed.title or added.feed.url} (feed {added.feed.id}): {many(added.stories)}.")
    return DONE


def many(count: int) -> str:
    return "1 story" if count == 1 else f"{count:,} stories"


def many_feeds(count: int) -> str:
    return "1 feed" if count == 1 else f"{count} feeds"


def feeds(args: Args) -> int:
    from tui_news.services.health import health, visits

    now = int(time.time())
    with open_desk() as desk:
        found = desk.feeds()
    if args.json:
        say_json([feed_shape(feed) for feed in found])
        return DONE
    for feed in found:
        name = (f"{feed.folder} / " if feed.folder else "") + (feed.title or mask_url(feed.url))
        say_folded(f"{feed.id:>4}  {name}  {feed.unread}/{feed.total} unread  {visits(feed, now)}", 6)
        for words in health(feed, now).words:
            say_folded(f"      {words}", 6)
    if not found:
        say("No feeds yet: `tuinews add URL` subscribes, `tuinews import FILE` brings an OPML file.")
    return DONE


def remove(args: Args) -> int:
    with open_desk() as desk:
        feed = find_feed(desk, args.feed)
        desk.remove_feed(feed.id)
    if args.json:
        say_json({"removed": feed_ref(feed)})
    else:
        say(f"Unsubscribed from {feed.title or feed.url}; add it again and its stories and marks are back.")
    return DONE


def export(args: Args) -> int:
    from tui_news.feeds.opml import write_opml
    from tui_news.models import Subscription

    if args.format == "json" and not args.json:
        from tui_news.cli.moving import export_all

        return export_all(args)
    with open_desk() as desk:
        found = desk.feeds()
    if args.json:
        say_json([feed_shape(feed) for feed in found])
        complain("these are the feeds alone; `tuinews export --format json` is everything")
    else:
        url = (lambda feed: feed.url) if args.passwords else (lambda feed: without_login(feed.url))
        lines = [Subscription(url(feed), feed.title, feed.site, feed.folder) for feed in found]
        say_xml(write_opml(lines).rstrip("\n"))
        if any(line.url != feed.url for line, feed in zip(lines, found, strict=True)):
            complain("passwords in feeds' addresses were left out; --passwords writes them too")
    return DONE


def dirs(args: Args) -> int:
    paths = default_paths()
    names = ("data", "cache", "config", "state", "library", "index", "settings", "sites", "log")
    where = {name: str(getattr(paths, name)) for name in names}
    if args.json:
        say_json(where)
    else:
        for name, path in where.items():
            say(f"{name:<9} {path}")
    return DONE


def _refresh(args: Args) -> int:
    from tui_news.cli.refreshing import refresh

    return refresh(args)


def _moving() -> dict[str, Callable[[Args], int]]:
    from tui_news.cli import moving

    return {"import": moving.import_}


def _plain(name: str) -> Callable[[Args], int]:
    def run(args: Args) -> int:
        from tui_news.cli.plain import VERBS as FOUND

        return FOUND[name](args)

    return run


def _shell(name: str) -> Callable[[Args], int]:
    def run(args: Args) -> int:
        from tui_news.cli.completions import VERBS as FOUND

        return FOUND[name](args)

    return run


def _doctor() -> ModuleType:
    from tui_news.cli import doctor

    return doctor


def _config(args: Args) -> int:
    from tui_news.cli.config import config

    return config(args)


def _story_verbs() -> dict[str, Callable[[Args], int]]:
    from tui_news.cli import stories

    return {"read": stories.read}


def _quotes(args: Args) -> int:
    from tui_news.cli.quotes import quotes

    return quotes(args)


def _pack(args: Args) -> int:
    from tui_news.cli.packing import pack

    return pack(args)


def _asking(name: str) -> Callable[[Args], int]:
    def verb(args: Args) -> int:
        from tui_news.cli.queries import VERBS as ASKING

        return ASKING[name](args)

    return verb


VERBS: dict[str, Callable[[Args], int]] = {
    "add": add,
    "feeds": feeds,
    "remove": remove,
    "refresh": _refresh,
    **{name: _asking(name) for name in ("list", "search", "mark", "smart", "rules", "tags", "undo")},
    "import": lambda args: _moving()["import"](args),
    "export": export,
    "dirs": dirs,
    "config": _config,
    **{name: _plain(name) for name in ("next", "comments", "star", "unread", "open")},
    **{name: _shell(name) for name in ("completions", "complete", "man")},
    "doctor": lambda args: _doctor().doctor(args),
    "prune": lambda args: _doctor().prune(args),
    "quotes": _quotes,
    "pack": lambda args: _pack(args),
    "read": lambda args: _story_verbs()["read"](args),
}
