"""What one does with quotes beyond reading them: the panel, naming the speaker, a speaker's page, said again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui_news.models import OpenStory, PlacedQuote, SaidAgain, SpokenQuote

if TYPE_CHECKING:
    from tui_news.ui.screens.name_speaker import Named
    from tui_news.ui.screens.reader import ReaderScreen
    from tui_news.ui.widgets.quotes_list import Pairs


class QuoteActs:
    """`quote.*`: the story in front of us is `screen.stories.opened`."""

    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    @property
    def _opened(self) -> OpenStory | None:
        return self.screen.stories.opened

    # the panel
    def panel(self, opened: OpenStory) -> None:
        from tui_news.ui.screens.quotes import QuotesScreen

        pairs = self.screen.desk.speakers(opened.story.row.id)
        if not pairs:
            coming = opened.story.row.id in self.screen.stories.waiting
            self.screen.say("The story is on its way." if coming else "Nobody is quoted in this story.")
            return
        view = self.screen.story_view
        panel = QuotesScreen(opened, pairs, view.current_quote(), self.ask_speaker, self.open_page, self._again)
        self.screen.app.push_screen(panel, lambda quote: view.go_to_quote(quote) if quote else None)

    def _again(self) -> tuple[OpenStory, Pairs] | None:
        opened = self._opened
        return None if opened is None else (opened, self.screen.desk.speakers(opened.story.row.id))

    # naming
    def speaker(self) -> None:
        quote = self.screen.story_view.current_quote()
        if quote is None:
            key = self.screen.keymap.first("story.next_quote")
            text = self.screen.keymap.first("story.comments")
            among = self.screen.story_view.in_thread  # whose keys do not have it
            self.screen.say(f"Go to a quote first: {f'{text} to the text, then {key}' if among else f'{key} does'}.")
            return
        self.ask_speaker(quote, lambda: None)

    def ask_speaker(self, quote: PlacedQuote, then: Callable[[], None]) -> None:
        """Ask who said it, write it down, show it, and then whatever the asker does."""
        opened = self._opened
        if opened is None:
            return
        from tui_news.ui.screens.name_speaker import NameSpeaker

        def done(named: Named | None) -> None:
            if named is not None:
                self.screen.attempt(partial(self._name, opened, quote, named))
                then()

        dialog = NameSpeaker(quote.text, quote.speaker or "", partial(self._known, opened))
        self.screen.app.push_screen(dialog, done)

    def _known(self, opened: OpenStory, typed: str) -> Sequence[str]:
        """Names of the story, then of the library, that have words beginning like those typed."""
        from tui_news.text.folding import fold

        quotes = opened.article.quotes if opened.article else ()
        here = dict.fromkeys(quote.speaker for quote in quotes if quote.speaker)
        words = fold(typed)[0].split()
        names = [name for name in here if all(any(w.startswith(t) for w in fold(name)[0].split()) for t in words)]
        held = [person.name for person in self.screen.desk.quotes.speakers(typed, 20)]
        return list(dict.fromkeys([*names, *held]))

    def _name(self, opened: OpenStory, quote: PlacedQuote, named: Named) -> None:
        quotes, undo = self.screen.desk.quotes, self.screen.keymap.first("app.undo")
        if named.everywhere and quote.speaker:
            quotes.merge(quote.speaker, named.name)
            said = f"{quote.speaker} is {named.name} now, in every story"
        else:
            quotes.set_speaker(opened.story.row.id, quote, named.name or None)
            said = f"{named.name} said it" if named.name else "Nobody we know said it"
        self.screen.stories.again()
        self.screen.story_view.refresh_quote()
        self.screen.say(f"{said}; {undo} undoes it.")

    def passage(self) -> None:
        view = self.screen.story_view
        there = view.in_thread
        if view.to_passage():
            key = self.screen.keymap.first("quote.passage")
            self.screen.say(f"{key} goes back to the comment." if there else "Back at the comment.")
        elif there:
            self.screen.say("This comment quotes nothing of the text.")
        else:
            self.screen.say("From a comment this goes to the passage it quotes.")

    # a speaker's page
    def page(self) -> None:
        quote = self.screen.story_view.current_quote()
        if quote is None or not quote.speaker:
            self.screen.say("Go to a quote whose speaker is named first.")
        else:
            self.open_page(quote.speaker)

    def open_page(self, name: str) -> None:
        from tui_news.ui.screens.speaker import SpeakerScreen

        quotes = self.screen.desk.quotes
        said = quotes.of(name)
        people = [one for one in quotes.speakers(name) if name == one.name or name in one.spellings]
        if not said or not people:
            self._tell(f"What {name} said is not indexed yet: it will be, in a while.")
            return
        screen = SpeakerScreen(people[0], said, self._said_again, self._link)
        self.screen.app.push_screen(screen, self._go)

    def _tell(self, sentence: str) -> None:
        """Say it where the reader looks: in the dialog over the story, if there is one."""
        from tui_news.ui.screens.dialog import Dialog

        over = self.screen.app.screen
        if isinstance(over, Dialog):
            over.note(sentence)
        else:
            self.screen.say(sentence)

    def _said_again(self, quote: SpokenQuote) -> Sequence[SaidAgain]:
        return self.screen.desk.quotes.said_again(quote.story_id, quote.text)

    def _link(self, quote: SpokenQuote) -> str:
        """The story's address, opening at the quote."""
        from tui_news.ui.widgets.story_head import WEB

        if not quote.url.startswith(WEB):
            return ""
        from tui_news.text.cite import link_to

        held = self.screen.desk.open(quote.story_id)
        blocks = held.article.blocks if held and held.article else ()
        return link_to(quote.url, blocks, quote.block, quote.start, quote.end)

    def _go(self, quote: SpokenQuote | None) -> None:
        """Open the quote's story at the quote, from whatever dialogs lie over it."""
        if quote is None:
            return
        while self.screen.app.screen is not self.screen:
            self.screen.app.pop_screen()
        row = self.screen.desk.rows([quote.story_id]).get(quote.story_id)
        if row is None:
            self.screen.say("That story is gone from the library.")
            return
        self.screen.stories.read(row)
        self.screen.call_after_refresh(self.screen.story_view.go_to_spoken, quote)
