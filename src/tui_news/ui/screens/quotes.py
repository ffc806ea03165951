"""Who says what: the story's quotes by speaker or in its order; enter goes there, y copies with the source."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui_news.models import OpenStory, PlacedQuote
from tui_news.text.cite import Citation
from tui_news.ui.screens.quotes_dialog import QuotesDialog
from tui_news.ui.screens.story_out import cited
from tui_news.ui.widgets.quotes_list import AnyQuote, Group, Pairs, by_speaker, in_order


class QuotesScreen(QuotesDialog[PlacedQuote]):
    """Answers the quote to go to. `on_speaker` and `on_page` are asked for a quote's other two acts."""

    title_text = "Who says what"
    hint_text = "enter jumps · / find · t order · e who · p their page · y copy · esc"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "order", show=False),
        Binding("e", "name", show=False),
        Binding("p", "person", show=False),
    ]

    def __init__(
        self,
        opened: OpenStory,
        pairs: Pairs,
        at: PlacedQuote | None = None,
        on_speaker: Callable[[PlacedQuote, Callable[[], None]], None] = lambda *_: None,
        on_page: Callable[[str], None] = lambda _: None,
        again: Callable[[], tuple[OpenStory, Pairs] | None] = lambda: None,
    ) -> None:
        """at: the quote the reader is at, where the list begins. again: the story and its quotes, read anew."""
        super().__init__()
        self.opened, self.pairs, self.at, self.ordered = opened, pairs, at, False
        self._on_speaker, self._on_page, self._again = on_speaker, on_page, again

    def on_mount(self) -> None:
        super().on_mount()
        self.show_list(self.at)

    def groups(self) -> Sequence[Group]:
        return in_order(self.pairs) if self.ordered else by_speaker(self.pairs)

    def citation(self, quote: AnyQuote) -> Citation:
        assert isinstance(quote, PlacedQuote)
        return cited(quote, self.opened)

    def action_order(self) -> None:
        self.ordered = not self.ordered
        self.show_list()
        self.note("In the order of the text." if self.ordered else "By speaker.")

    def action_name(self) -> None:
        if isinstance(quote := self.list.current, PlacedQuote):
            self._on_speaker(quote, self.reload)

    def action_person(self) -> None:
        quote = self.list.current
        if quote is not None and quote.speaker:
            self._on_page(quote.speaker)
        else:
            self.note("Nobody is named for this quote: e names somebody.")

    def reload(self) -> None:
        """A speaker has another name now."""
        if (fresh := self._again()) is None:
            return
        quote = self.list.current
        self.opened, self.pairs = fresh
        all_of_them = [one for _, quotes in self.pairs for one in quotes]
        same = [one for one in all_of_them if quote and (one.block, one.start) == (quote.block, quote.start)]
        self.show_list(same[0] if same else None)
