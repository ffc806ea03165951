"""The palette: every action of the place one is in, and every feed, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tui_news.models import TuinewsError, View
from tui_news.ui.actions import in_context, key_name
from tui_news.ui.literal import marked
from tui_news.ui.screens.reader import ReaderScreen

SHORTEST, STORIES = 3, 20
NOT_LISTED = ("move.", "app.palette", "app.back", "app.leave")


def plainly(about: str) -> str:
    """What stands under a command. Textual reads markup out of a string: a feed called "[/b]" would end the app."""
    return cast(str, Content(about))


class ActionCommands(Provider):
    """What the keys do, for those who look for a word."""

    def _commands(self) -> Iterator[tuple[str, str, Callable[[], None]]]:
        screen = self.screen
        if not isinstance(screen, ReaderScreen):
            return
        for action in in_context(screen.context or "list"):
            if action.id.startswith(NOT_LISTED):
                continue
            keys = ", ".join(key_name(key) for key in screen.keymap.keys[action.id])
            yield (
                action.help,
                f"{keys} · {action.label}" if keys else action.label,
                partial(screen.action_do, action.id),
            )

    async def discover(self) -> Hits:
        for name, about, run in self._commands():
            yield DiscoveryHit(Content(name), run, text=name, help=plainly(about))

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, about, run in self._commands():
            score = max(matcher.match(name), matcher.match(about) * 0.9)
            if score > 0:
                yield Hit(score, marked(matcher, name), run, text=name, help=plainly(about))


class StoryCommands(Provider):
    """Going to a story by its words: the library's own search is asked, so nothing is held for it."""

    async def search(self, query: str) -> Hits:
        screen = self.screen
        if not isinstance(screen, ReaderScreen) or len(query.strip()) < SHORTEST:
            return
        try:
            hits = screen.desk.search(f"{query.strip()}*", STORIES)
        except TuinewsError:
            return  # half a query: the next letter makes it whole
        for number, hit in enumerate(hits):
            name, read = hit.row.title or "(no title)", partial(screen.stories.read, hit.row)
            # Below what has the words in its own name: an action or a feed.
            yield Hit(0.3 - number / 1000, Content(name), read, text=name, help=plainly(hit.row.feed))


class FeedCommands(Provider):
    """Going to a feed or a folder by its name."""

    async def search(self, query: str) -> Hits:
        screen = self.screen
        if not isinstance(screen, ReaderScreen):
            return
        matcher = self.matcher(query)
        feeds = screen.feed_tree.feeds
        folders = screen.desk.shelf.folders()
        places = [(feed.title, View("feed", id=feed.id), feed.folder or "feed") for feed in feeds]
        places += [(folder, View("folder", name=folder), "folder") for folder in folders]
        for name, view, about in places:
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, marked(matcher, name), partial(self._go, view), text=name, help=plainly(about))

    def _go(self, view: View) -> None:
        screen = self.screen
        assert isinstance(screen, ReaderScreen)
        screen.lists.show(view)
        screen.feed_tree.point_at(view)
        screen.panes.go("list")
