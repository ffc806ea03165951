"""The two lines around the reading: what this is (top), and what the keys do or what just happened (bottom)."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from tui_news.text.cells import cell_fit, cell_len
from tui_news.ui.widgets.bare import Row, is_bare, rows_of
from tui_news.ui.widgets.steady import Steady

FLASH_SECONDS = 6.0


class OneRow(Steady, Widget):
    """A row of our own words. Its looks are read once, and it is drawn without asking for borders."""

    def __init__(self) -> None:
        super().__init__()
        self._looks: dict[str, Style] = {}

    def look(self, name: str) -> Style:
        if (style := self._looks.get(name)) is None:
            style = self._looks[name] = self.get_visual_style(name)
        return style

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        return rows_of(self, crop, self._row) if is_bare(self) else super().render_lines(crop)

    def _row(self, y: int) -> Strip:
        words = self.render() if y == 0 else Content("")
        assert isinstance(words, Content)
        return Row(words.render_segments(self.visual_style), words.cell_length).adjust_cell_length(
            self.size.width, self.rich_style
        )


class TopBar(OneRow):
    """` tuinews ── All unread ───────────── offline · 128 unread `"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "top-bar--name",
        "top-bar--rule",
        "top-bar--place",
        "top-bar--state",
        "top-bar--alert",
    }
    DEFAULT_CSS = """
    TopBar {
        height: 1; background: $background; color: $text-muted;
        & .top-bar--name { color: $primary; text-style: bold; }
        & .top-bar--rule { color: $foreground 25%; }
        & .top-bar--place { color: $foreground; }
        & .top-bar--state { color: $text-muted; }
        & .top-bar--alert { color: $warning; text-style: bold; }
    }
    """

    place = ""
    unread = 0
    offline = False

    def set(self, *, place: str | None = None, unread: int | None = None, offline: bool | None = None) -> None:
        before = self.place, self.unread, self.offline
        self.place = self.place if place is None else place
        self.unread = self.unread if unread is None else unread
        self.offline = self.offline if offline is None else offline
        if before != (self.place, self.unread, self.offline):
            self.refresh()

    def render(self) -> Content:
        style = self.look
        state = f" {self.unread:,} unread " if self.unread else " all read "
        alert = " offline ·" if self.offline else ""
        room = self.size.width - len(" tuinews ──") - cell_len(alert + state) - 2
        place = cell_fit(self.place, max(0, room - 2))
        place = f" {place} " if place else ""
        rule = "─" * max(0, room + 2 - cell_len(place))
        return Content.assemble(
            (" tuinews ", style("top-bar--name")), ("──", style("top-bar--rule")), (place, style("top-bar--place")),
            (rule, style("top-bar--rule")), (alert, style("top-bar--alert")), (state, style("top-bar--state")),
        )  # fmt: skip


class StatusLine(OneRow):
    """Hints for where the reader is; a sentence instead for some seconds; progress at the right end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status-line--key",
        "status-line--label",
        "status-line--flash",
        "status-line--progress",
    }
    DEFAULT_CSS = """
    StatusLine {
        height: 1; background: $background; color: $text-muted;
        & .status-line--key { color: $primary; }
        & .status-line--label { color: $text-muted; }
        & .status-line--flash { color: $foreground; text-style: bold; }
        & .status-line--progress { color: $secondary; }
    }
    """

    hints: tuple[tuple[str, str], ...] = ()
    message = ""
    doing = ""
    where = ""
    flash_seconds = FLASH_SECONDS
    _timer: Timer | None = None

    def show_hints(self, hints: list[tuple[str, str]]) -> None:
        if tuple(hints) != self.hints:
            self.hints = tuple(hints)
            self.refresh()

    def flash(self, sentence: str) -> None:
        """Say it in the place of the hints, or over more lines when it is long; a longer one also stays longer."""
        self.message = sentence
        self.screen.query_one(Flash).tell(sentence if cell_len(sentence) + 2 > self._room() else "")
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(max(self.flash_seconds, len(sentence) / 12), self.clear)
        self.refresh()

    def clear(self) -> None:
        if self.message:
            self.message = ""
            self.screen.query_one(Flash).tell("")
            self.refresh()

    def progress(self, text: str) -> None:
        if text != self.doing:
            self.doing = text
            self.refresh()

    def place(self, text: str) -> None:
        """Where the reader is in the story: shown while nothing else is going on."""
        if text != self.where:
            self.where = text
            self.refresh()

    def _room(self) -> int:
        return self.size.width - (cell_len(self.doing or self.where) + 2 if self.doing or self.where else 0)

    def render(self) -> Content:
        width = self.size.width
        doing = cell_fit(self.doing or self.where, width // 2)
        right = f" {doing} " if doing else ""
        left = self._flash(width - cell_len(right)) if self.message else self._hints(width - cell_len(right))
        gap = " " * max(0, width - left.cell_length - cell_len(right))
        return Content.assemble(left, gap, (right, self.look("status-line--progress")))

    def _flash(self, width: int) -> Content:
        text = cell_fit(self.message, max(0, width - 2))
        return Content.assemble((f" {text} ", self.look("status-line--flash")))

    def _hints(self, width: int) -> Content:
        """As many hints as fit; the last one (`?`) always, since it leads to all the others."""
        key, label = self.look("status-line--key"), self.look("status-line--label")
        sizes = [cell_len(name) + cell_len(does) + 3 for name, does in self.hints]
        if not sizes:
            return Content("")
        room, chosen = width - 1 - sizes[-1], []
        for hint, size in zip(self.hints[:-1], sizes, strict=False):
            if size > room:
                break
            room -= size
            chosen.append(hint)
        parts: list[str | tuple[str, str | Style]] = [" "]
        for name, does in (*chosen, self.hints[-1]):
            parts += [(name, key), (f" {does}  ", label)]
        return Content.assemble(*parts)


class Flash(Static):
    """A sentence too long for the hint line: over the last lines of the screen, so that nothing moves."""

    DEFAULT_CSS = """
    Flash {
        display: none; layer: above; dock: bottom; height: auto; max-height: 6; padding: 0 1;
        background: $panel; color: $foreground; text-style: bold;
    }
    """

    def __init__(self) -> None:
        super().__init__(markup=False)

    def tell(self, sentence: str) -> None:
        """Show the sentence, or nothing: each update has the whole screen laid out."""
        if self.display != bool(sentence):
            self.display = bool(sentence)
        if sentence:
            self.update(Content(sentence))
