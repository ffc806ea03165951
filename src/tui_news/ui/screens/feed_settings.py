"""`e`: a feed's title and folder, and what is set for it alone."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_news.models import Feed, FeedSettings
from tui_news.models.late import dataclass
from tui_news.text.cells import cell_fit
from tui_news.text.sanitize import mask_url
from tui_news.ui.screens.dialog import Dialog
from tui_news.ui.widgets.field import Field
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.rows_view import RowsView


@dataclass(frozen=True, slots=True)
class Line:
    """One setting: its field, its label, and its values with their words."""

    field: str
    label: str
    values: tuple[tuple[Any, str], ...]


LINES = (
    Line("interval", "Visits", (
        (None, "as the feed asks: hourly, at most daily"), (15, "every 15 minutes"), (30, "every half an hour"),
        (60, "every hour"), (180, "every 3 hours"), (720, "every 12 hours"), (1440, "every day"),
        (10080, "every week"))),
    Line("full_text", "Full text", (
        ("auto", "auto: the page where the feed has only a teaser"), ("always", "always the page"),
        ("never", "never: the feed’s own text"))),
    Line("comments", "Comments ahead", (
        ("auto", "auto: as the settings say"), ("always", "always fetched with the stories"),
        ("never", "never: only when a story is opened"))),
    Line("muted", "Muted", (
        (False, "no"), (True, "yes: its stories are in its own list only"))),
    Line("retention", "Keep read stories", (
        (None, "as the settings say"), (7, "for a week"), (30, "for a month"), (90, "for three months"),
        (365, "for a year"), (0, "for ever"))),
)  # fmt: skip


class SettingsRows(RowsView):
    """The choices, one a line; left and right go through the values of a line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "by(1)", show=False),
        Binding("k,up", "by(-1)", show=False),
        Binding("right,l,space", "turn(1)", show=False),
        Binding("left,h", "turn(-1)", show=False),
        Binding("enter", "keep", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--name"}
    DEFAULT_CSS = "SettingsRows { height: 5; & > .line--name { text-style: bold; } }"

    @dataclass
    class Kept(Message):
        """enter was pressed."""

    def __init__(self, settings: FeedSettings) -> None:
        super().__init__()
        self.settings = settings

    @property
    def count(self) -> int:
        return len(LINES)

    def on_mount(self) -> None:
        self.rebuilt(0)

    def values(self, line: Line) -> tuple[tuple[Any, str], ...]:
        """A value that only the file knows (every 45 minutes) is one of the choices too."""
        held = getattr(self.settings, line.field)
        unit = "minutes" if line.field == "interval" else "days"
        known = any(value == held for value, _ in line.values)
        return line.values if known else ((held, f"{held} {unit}"), *line.values)

    def action_by(self, rows: int) -> None:
        self.move(rows)

    def action_turn(self, by: int) -> None:
        line = LINES[self.cursor]
        values = [value for value, _ in self.values(line)]
        held = values.index(getattr(self.settings, line.field))
        changed: dict[str, Any] = {line.field: values[(held + by) % len(values)]}
        self.settings = replace(self.settings, **changed)
        self.refresh_item(self.cursor)

    def action_keep(self) -> None:
        self.post_message(self.Kept())

    def row_clicked(self) -> None:
        self.action_turn(1)

    def item(self, index: int) -> Hashable:
        return index, getattr(self.settings, LINES[index].field)

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        setting = LINES[index]
        held = getattr(self.settings, setting.field)
        words = next(words for value, words in self.values(setting) if value == held)
        line.add(f" {setting.label:<18}", "name").add(cell_fit(f"‹ {words} ›", max(1, width - line.length)))


class FeedSettingsScreen(Dialog[tuple[str, str, FeedSettings]]):
    title_text = "This feed"
    hint_text = "enter keeps · tab next field · ←/→ or space changes a line · esc leaves it as it was"

    def __init__(self, feed: Feed, folders: Sequence[str] = ()) -> None:
        super().__init__()
        self.feed, self.folders = feed, folders

    def body(self) -> Iterable[Widget]:
        feed = self.feed
        yield Static(Content(mask_url(feed.url)), classes="dialog-quiet", markup=False)
        yield Field(feed.title, placeholder="Title", id="title", compact=True, select_on_focus=False)
        names = SuggestFromList(self.folders, case_sensitive=False)
        yield Field(
            feed.folder, placeholder="Folder: News/Norway", id="folder", compact=True, select_on_focus=False,
            suggester=names,
        )  # fmt: skip
        yield SettingsRows(feed.settings)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self._keep()

    def on_settings_rows_kept(self, event: SettingsRows.Kept) -> None:
        self._keep()

    def _keep(self) -> None:
        title, folder = (self.query_one(name, Input).value.strip() for name in ("#title", "#folder"))
        self.dismiss((title or self.feed.title, folder.strip("/"), self.query_one(SettingsRows).settings))
