"""`|` hands the story to a command, `p` its sound to a player, and the desktop is told of news."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

from tui_news.models import Enclosure, OpenStory, TuinewsError
from tui_news.text.sanitize import clean_line, clean_url, without_login
from tui_news.ui import running
from tui_news.ui.opener import with_address

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen

PLAINLY = str.maketrans("<>&", "‹›+")


def values_of(opened: OpenStory) -> dict[str, str]:
    """What a command's placeholders stand for. `text` is the whole story as plain text."""
    from tui_news.text.plain import plain_text

    row = opened.story.row
    blocks = opened.article.blocks if opened.article is not None else ()
    url = without_login(row.url)
    head = f"{row.title}\n{row.feed}\n{url}\n\n"
    return {
        "title": row.title,
        "url": url,
        "feed": row.feed,
        "author": row.author,
        "text": head + plain_text(blocks, figures=True, raised=True),
    }


class Sending:
    """The room "send"."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def _opened(self) -> OpenStory | None:
        row = self.screen.stories.row
        opened = self.screen.desk.open(row.id) if row is not None else None
        if opened is None:
            self.screen.say("There is no story here.")
        return opened

    # to a command
    def share(self) -> None:
        from tui_news.ui.screens.choosing import ChooseScreen
        from tui_news.ui.widgets.choice_list import Choice

        opened = self._opened()
        if opened is None:
            return
        ways = list(self.screen.settings.share.items())
        if not ways:
            self._type(opened)
            return
        choices = [*(Choice(name, command) for name, command in ways), Choice("another command …")]

        def done(chosen: int | None) -> None:
            if chosen is None:
                return
            if chosen < len(ways):
                self._run(opened, *ways[chosen])
            else:
                self._type(opened)

        self.screen.app.push_screen(ChooseScreen("Hand the story to", choices), done)

    def _type(self, opened: OpenStory) -> None:
        back = self.screen.panes.at

        def done(words: str | None) -> None:
            self.screen.panes.go(back)
            if words and words.strip():
                self._run(opened, words.split()[0], words)

        self.screen.prompt.ask("Give the text to the command", "", lambda words: None, done)

    def _run(self, opened: OpenStory, name: str, command: str) -> None:
        values = values_of(opened)
        try:
            words = running.filled(running.split(command), values)
        except TuinewsError as error:
            self.screen.say(str(error))
            return
        self.screen.say(f"Handing the story to {name} …")

        async def hand() -> None:
            trouble = await running.feed(words, values["text"])
            self.screen.say(f"{name}: {trouble}." if trouble else f"{name} has the story.")

        self.screen.run_worker(hand(), group="share", exit_on_error=False)

    # to a player
    def play(self) -> None:
        from tui_news.ui.screens.choosing import ChooseScreen
        from tui_news.ui.widgets.choice_list import Choice
        from tui_news.ui.widgets.story_head import enclosure_words

        opened = self._opened()
        if opened is None:
            return
        items = opened.story.enclosures
        if not items:
            self.screen.say("Nothing is attached to this story.")
        elif len(items) == 1:
            self._play(items[0])
        else:
            choices = [Choice(enclosure_words(item)) for item in items]
            picked = partial(self._picked, items)
            self.screen.app.push_screen(ChooseScreen("Play or open", choices), picked)

    def _picked(self, items: tuple[Enclosure, ...], chosen: int | None) -> None:
        if chosen is not None:
            self._play(items[chosen])

    def _play(self, item: Enclosure) -> None:
        from tui_news.ui.widgets.story_head import enclosure_words

        url = clean_url(item.url)
        if url is None or not url.startswith(("http://", "https://")):
            self.screen.say("This is no address of a web page.")
            return
        player = self.screen.settings.player
        if not player:
            self.screen.app.open_url(url)
            return
        try:
            words = with_address(running.split(player), url, ends=True)
        except TuinewsError as error:
            self.screen.say(str(error))
            return
        started = running.detach(words)
        name = os.path.basename(words[0])
        self.screen.say(f"{name} plays {enclosure_words(item)}." if started else f"{name} could not be started.")

    # to the desktop
    def tell_desktop(self, sentence: str) -> None:
        """As the setting `notify` says; nothing by default."""
        how, text = self.screen.settings.notify, clean_line(sentence, 200)
        if how == "terminal":
            driver = getattr(self.screen.app, "_driver", None)
            if driver is not None:
                driver.write(f"\x1b]9;tuinews: {text}\x07")
        elif how not in ("", "off"):
            try:  # some desktops read markup out of it: a picture would be fetched
                running.detach(running.filled([*running.split(how), "{text}"], {"text": text.translate(PLAINLY)}))
            except TuinewsError as error:
                self.screen.say(str(error))
