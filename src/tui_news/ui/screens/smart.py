"""Name a query: a smart feed. How many stories match is said while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_news.models import TuinewsError
from tui_news.text.query.nodes import QueryError
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.field import Field


def matching(count: int) -> str:
    return "1 story matches." if count == 1 else f"{count:,} stories match."


class SmartScreen(Dialog[str]):
    """keep(name, query) saves it and says so; it may raise. count: how many stories a query matches."""

    hint_text = "enter keeps · tab next field · esc leaves it"

    def __init__(
        self, title: str, name: str, query: str, keep: Callable[[str, str], str], count: Callable[[str], int]
    ) -> None:
        self.title_text = title
        super().__init__()
        self.before, self.query_text, self.keep, self.count = name, query, keep, count

    def body(self) -> Iterable[Widget]:
        yield Field(self.before, placeholder="Name", id="name", compact=True, select_on_focus=False)
        yield Field(
            self.query_text, placeholder='norway OR "north road" is:unread -sport', id="query", compact=True,
            select_on_focus=False,
        )  # fmt: skip
        yield Static(Content("words · title: author: feed: folder: tag: is:unread has:comments newer:2d · - OR ( )"),
                     classes="dialog-quiet", markup=False)  # fmt: skip

    def on_mount(self) -> None:
        self._tell()

    @property
    def words(self) -> str:
        return self.query_one("#query", Input).value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == "query":
            self._tell()

    def _tell(self) -> None:
        try:
            self.note(matching(self.count(self.words)) if self.words else "")
        except QueryError as error:
            self.note(error.pointed(), bad=True)
        except TuinewsError as error:
            self.note(str(error), bad=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        name = self.query_one("#name", Input).value.strip()
        try:
            self.dismiss(self.keep(name, self.words))
        except QueryError as error:
            self.note(error.pointed(), bad=True)
        except TuinewsError as error:
            self.note(str(error), bad=True)
