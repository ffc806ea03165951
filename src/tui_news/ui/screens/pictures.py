"""`I`: a story's pictures, one at a time, with what its page says they show."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui_news.models import OpenStory
from tui_news.models.pictures import Picture
from tui_news.services.contracts import Courier, Desk, Fact
from tui_news.services.contracts_packs import PicturesFetched
from tui_news.text.sanitize import mask_url, without_login
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.picture_view import PictureView

EXTRA = "pip install 'tuinews[images]' lets tuinews show it; o opens it in the browser."


class PicturesScreen(Dialog[None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,n,down,right,l,space", "step(1)", show=False),
        Binding("k,N,up,left,h", "step(-1)", show=False),
        Binding("o", "browse", show=False),
        Binding("y", "copy", show=False),
        Binding("q,I", "close", show=False),
    ]
    title_text = "Pictures"
    hint_text = "j/k next, previous · o browser · y copy its address · esc closes"

    def __init__(self, desk: Desk, courier: Courier, opened: OpenStory) -> None:
        super().__init__()
        self.desk, self.courier, self.opened = desk, courier, opened
        self.pictures: tuple[Picture, ...] = desk.pictures.of(opened.article)
        self.at, self.trouble, self.asked = 0, "", False

    def body(self) -> Iterable[Widget]:
        colours = bool(os.environ.get("NO_COLOR")) or bool(getattr(self.app, "ansi_color", False))
        yield PictureView(plain=colours)
        yield Static(Content(""), id="picture-words", markup=False)

    def on_mount(self) -> None:
        if self.desk.pictures.possible and any(picture.shown is None for picture in self.pictures):
            self.asked = True
            self.courier.fetch_pictures(self.opened.story.row.id)
        self._show()

    def heard(self, fact: Fact) -> None:
        if isinstance(fact, PicturesFetched) and fact.story_id == self.opened.story.row.id:
            self.asked, self.trouble = False, fact.error
            self.pictures = self.desk.pictures.of(self.opened.article)
            self._show()

    def _show(self) -> None:
        if not self.query(PictureView):
            return  # a key was quicker than the dialog is furnished, or came when it had left
        picture = self.pictures[self.at]
        self.query_one(PictureView).show(picture.shown)
        lines = [f"{self.at + 1} of {len(self.pictures)}", *self._words(picture)]
        self.query_one("#picture-words", Static).update(Content("\n".join(lines)))

    def _words(self, picture: Picture) -> list[str]:
        """The alt text, the caption, the address, and why nothing is shown if nothing is."""
        alt = f"Shows: {picture.alt}" if picture.alt else "Its page does not say what it shows."
        words = [alt, picture.caption, mask_url(picture.url)]
        if picture.shown is None:
            if not self.desk.pictures.possible:
                words.append(EXTRA)
            elif self.asked:
                words.append("It is on its way.")
            else:
                words.append(self.trouble or "It did not come.")
        return [word for word in words if word]

    def action_step(self, by: int) -> None:
        self.at = (self.at + by) % len(self.pictures)
        self._show()

    def action_browse(self) -> None:
        self.app.open_url(self.pictures[self.at].url)

    def action_copy(self) -> None:
        url = without_login(self.pictures[self.at].url)
        self.app.copy_to_clipboard(url)
        self.note(f"Copied {url}")
