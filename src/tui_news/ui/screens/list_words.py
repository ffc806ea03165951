"""What lists say about themselves: their name, and where there is nothing, always the next step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui_news.models import Feed, View
from tui_news.services.contracts import Counts
from tui_news.ui.keymap import Keymap

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

NAMES = {"unread": "All unread", "today": "Today", "starred": "Starred", "all": "All stories"}
BUILT_IN = "builtin:"
ORDERS = {
    "newest": "Newest first", "oldest": "Oldest first", "unread": "Unread first", "comments": "Most comments first",
    "feed": "Feed by feed",
}  # fmt: skip
ORDER_WORDS = {"oldest": "oldest first", "unread": "unread first", "comments": "most comments", "feed": "by feed"}


def order_key(view: View) -> str:
    """Under what a list's order is remembered."""
    return f"order {view.kind} {view.id or view.name}".strip()


def name(view: View, feeds: Sequence[Feed]) -> str:
    if view.kind == "feed":
        title = next((feed.title for feed in feeds if feed.id == view.id), "")
    else:
        title = NAMES.get(view.kind, view.name)
    title += f" · {view.filter}" if view.filter else ""
    title += "" if view.order == "newest" else f" · {ORDER_WORDS[view.order]}"
    return f"{title} · unread only" if view.unread_only and view.kind != "unread" else title


def banner(feeds: Sequence[Feed], keymap: Keymap) -> Content:
    """While only the built-in edition is there: how to go on."""
    if not feeds or not all(feed.url.startswith(BUILT_IN) for feed in feeds):
        return Content("")
    add, starter, opml = (keymap.first(f"feed.{verb}") for verb in ("add", "starter", "import_file"))
    return Content(f" Your own feeds: {add} add · {starter} starter · {opml} import")


def empty(view: View, counts: Counts, feeds: Sequence[Feed], screen: ReaderScreen) -> str:
    key = screen.keymap.first
    if view.filter:
        keys = f"{key('list.filter')} changes the words, {key('app.back')} shows all."
        return f"Nothing here matches “{view.filter}”. {keys}"
    if not counts.feeds:
        add, starter, opml = (key(f"feed.{verb}") for verb in ("add", "starter", "import_file"))
        ways = f"{add} adds one by its address, {starter} picks from well-known ones"
        return f"No feeds yet. {ways}, {opml} imports another reader’s list."
    failing = next((f for f in feeds if view.kind == "feed" and f.id == view.id and f.error), None)
    if failing is not None:
        return f"{failing.error} {key('feed.refresh')} tries again, {key('feed.health')} tells more."
    if not counts.total:
        return "Fetching the built-in edition…" if feeds[0].url.startswith(BUILT_IN) else "Fetching the first stories…"
    return _quiet(view, counts, screen)


def _quiet(view: View, counts: Counts, screen: ReaderScreen) -> str:
    key = screen.keymap.first
    if view.kind == "starred":
        return f"Nothing is starred. {key('story.toggle_star')} stars the story you are on."
    if view.kind == "unread" or view.unread_only:
        return f"Everything is read. {key('feed.refresh_all')} looks for more; {key('pane.feeds')} shows the feeds."
    if view.kind == "today":
        return f"Nothing came today so far. {key('feed.refresh_all')} looks again."
    return f"No stories here yet. {key('feed.refresh')} looks for some."
