"""Packs and pictures: `P` makes the selection readable offline, `I` shows a story's pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_news.models import StoryRow, View
from tui_news.services.contracts_packs import LaterDone, PackFinished, PackProgress, PicturesFetched
from tui_news.ui.screens.list_words import name as name_of

if TYPE_CHECKING:
    from tui_news.services.contracts import Fact
    from tui_news.ui.screens.reader import ReaderScreen

MOST = 500  # stories of a list that one pack takes
MOST_OPENED = 5  # pages that open by themselves when the network is back


class Packs:
    """The room "pack". `doing` is what the progress line says."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen
        self.doing = ""

    def go(self) -> None:
        """Pack the selected stories, else the list (or what the cursor is on among the feeds); again: stop."""
        screen = self.screen
        if self.doing:
            screen.courier.stop_pack()
            return
        rows, place = self._chosen()
        missing = [row.id for row in rows]
        if not missing:
            screen.say("There is nothing here to pack.")
            return
        screen.lists.let_go()
        self.doing = f"packing 0/{len(missing)}"
        screen.courier.pack(missing)
        count = "1 story" if len(missing) == 1 else f"{len(missing):,} stories"
        screen.say(f"Packing {count} of {place}; {screen.keymap.first('pack.go')} again stops it.")
        screen.facts.show_progress()

    def _chosen(self) -> tuple[tuple[StoryRow, ...], str]:
        screen = self.screen
        if screen.panes.at == "list" and screen.lists.selecting:
            return screen.lists.chosen, "your selection"
        line = screen.feed_tree.current
        view: View = line.view if screen.panes.at == "feeds" and line is not None else screen.lists.view
        return screen.desk.stories(view, None, MOST), name_of(view, screen.feed_tree.feeds)

    def heard(self, fact: Fact) -> None:
        match fact:
            case PackProgress():
                self.doing = f"packing {fact.done}/{fact.total} · {fact.title}".rstrip(" ·")
            case PackFinished():
                self.doing = ""
                self.screen.facts.offline(fact.offline or self.screen.top.offline)
                self.screen.lists.reload()
                self.screen.say(fact.sentence)
            case PicturesFetched():
                pass
            case LaterDone():
                self._back(fact)

    def _back(self, fact: LaterDone) -> None:
        self.screen.facts.offline(False)
        self.screen.lists.reload()
        for url in fact.opens[:MOST_OPENED]:
            self.screen.app.open_url(url)
        opened = len(fact.opens[:MOST_OPENED])
        pages = "" if not opened else f" {opened} {'page' if opened == 1 else 'pages'} you asked for opened."
        self.screen.say(fact.sentence + pages)

    def pictures(self) -> None:
        from tui_news.ui.screens.pictures import PicturesScreen

        row = self.screen.stories.row
        opened = self.screen.desk.open(row.id) if row is not None else None
        if opened is None:
            self.screen.say("There is no story here.")
        elif not self.screen.desk.pictures.of(opened.article):
            told = opened.article is not None and any(block.kind == "image" for block in opened.article.blocks)
            words = "The pictures have no web address: their descriptions are all there is."
            self.screen.say(words if told else "This story has no pictures that we know of.")
        else:
            self.screen.app.push_screen(PicturesScreen(self.screen.desk, self.screen.courier, opened))
