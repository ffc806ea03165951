"""Add a feed: paste the address of a feed or of a site; what was typed is never lost to an error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input

from tui_news.services.contracts import AddFailed, Courier, CourierStopped, Fact, FeedAdded
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.field import Field


class AddFeedScreen(Dialog[FeedAdded]):
    title_text = "Add a feed"
    hint_text = "enter looks for the feed · tab folder · esc closes"

    def __init__(self, courier: Courier, folders: Sequence[str]) -> None:
        super().__init__()
        self.courier, self.folders = courier, folders
        self.looking = ""

    def body(self) -> Iterable[Widget]:
        yield Field(placeholder="Address of a feed or of a site: example.org", id="url", compact=True)
        names = SuggestFromList(self.folders, case_sensitive=False)
        yield Field(placeholder="Folder (may stay empty)", id="folder", compact=True, suggester=names)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        url = self.query_one("#url", Input).value.strip()
        if not url:
            self.note("Type or paste an address first.")
            return
        self.looking = url
        self.note(f"Looking for the feed at {url} …")
        self.courier.add(url, self.query_one("#folder", Input).value.strip())

    def heard(self, fact: Fact) -> None:
        if not self.looking:
            return
        match fact:
            case FeedAdded():
                self.looking = ""
                self.dismiss(fact)
            case AddFailed() | CourierStopped():
                self.looking = ""
                self.note(fact.error, bad=True)
                self.query_one("#url", Input).focus()
            case _:
                pass
