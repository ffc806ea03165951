"""Rename a feed or move it to a folder."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_news.models import Feed
from tui_news.text.sanitize import mask_url
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.field import Field


class EditFeedScreen(Dialog[tuple[str, str]]):
    title_text = "Edit the feed"
    hint_text = "enter keeps · tab next field · esc leaves it as it was"

    def __init__(self, feed: Feed) -> None:
        super().__init__()
        self.feed = feed

    def body(self) -> Iterable[Widget]:
        yield Static(Content(mask_url(self.feed.url)), classes="dialog-quiet", markup=False)
        yield Field(self.feed.title, placeholder="Title", id="title", compact=True, select_on_focus=False)
        yield Field(
            self.feed.folder,
            placeholder="Folder: News/Norway",
            id="folder",
            compact=True,
            select_on_focus=False,
        )

    def on_input_submitted(self, event: Input.Submitted) -> None:
        title, folder = (self.query_one(name, Input).value.strip() for name in ("#title", "#folder"))
        self.dismiss((title or self.feed.title, folder.strip("/")))
