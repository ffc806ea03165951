"""Search everything that is held, as you type."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from tui_news.models import StoryRow, TuinewsError
from tui_news.services.contracts import Desk, Fact, Hit
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import ago
from tui_news.ui.screens.dialog import Leaving
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.rows_view import RowsView

LETTERS = 2  # fewer say nothing
PAUSE = 0.12  # seconds without typing before the library is asked


def unfinished(words: str) -> str:
    """The last word is still being typed: any ending will do."""
    return words + "*" if words[-1].isalnum() and words.count('"') % 2 == 0 else words


class HitList(RowsView):
    """Three lines a hit: the title, where and when, the words around the match."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--title"}
    DEFAULT_CSS = """
    HitList { & > .line--title { text-style: bold; } }
    """
    TALL = 3
    marked = True  # the typing is elsewhere, but enter means this row
    hits: tuple[Hit, ...] = ()
    now = 0

    @property
    def count(self) -> int:
        return len(self.hits)

    @property
    def current(self) -> StoryRow | None:
        return self.hits[self.cursor].row if self.hits else None

    def show(self, hits: Iterable[Hit], now: int, empty: str) -> None:
        self.hits, self.now, self.empty = tuple(hits), now, empty
        self.rebuilt(0, 0)

    def item(self, index: int) -> Hashable:
        return self.hits[index]

    def row_clicked(self) -> None:
        self.screen.dismiss(self.current)

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        hit = self.hits[index]
        if part == 0:
            line.add(" ").add(cell_fit(hit.row.title or "(no title)", width - 2), "title")
        elif part == 1:
            line.add(" ").add(cell_fit(f"{hit.row.feed} · {ago(hit.row.sort, self.now)}", width - 2), "rest")
        else:
            self._snippet(line, hit, width - 3)

    def _snippet(self, line: LineBuilder, hit: Hit, width: int) -> None:
        """The words around the first match, the match lit."""
        text = hit.snippet.replace("\n", " ")
        first = hit.marks[0][0] if hit.marks else 0
        start = max(0, min(first - width // 3, len(text) - 1)) if cell_len(text) > width else 0
        shown = cell_fit(text[start:], width)
        at, line = 0, line.add(" ")
        for begin, end in hit.marks:
            begin, end = max(0, begin - start), min(end - start, len(shown))
            if at <= begin < end:
                line.add(shown[at:begin], "rest").add(shown[begin:end], "match")
                at = end
        line.add(shown[at:], "rest")


class SearchScreen(Leaving[StoryRow | None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down,ctrl+n", "by(1)", show=False),
        Binding("up,ctrl+p", "by(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]
    HINT = "type to search · ↓ ↑ moves · enter reads · esc closes"

    def __init__(self, desk: Desk, now: int) -> None:
        super().__init__()
        self.desk, self.when = desk, now
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Input(placeholder="Search stories and comments", compact=True)
        yield HitList()
        yield Static(Content(self.HINT), classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        self._tell("Words, or “words in a row”. Everything the library holds is searched, comments too.")
        self.query_one(Input).focus()

    def heard(self, fact: Fact) -> None:
        """Nothing the network says matters here."""

    def _tell(self, sentence: str) -> None:
        self.query_one(HitList).show((), self.when, sentence)

    def on_input_changed(self, event: Input.Changed) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self.search)

    def search(self) -> None:
        words = self.query_one(Input).value.strip()
        if len(words) < LETTERS:
            self._tell(f"Type at least {LETTERS} letters.")
            return
        try:
            hits = self.desk.search(unfinished(words))
        except TuinewsError as error:
            self._tell(str(error))
            return
        self.query_one(HitList).show(hits, self.when, f"Nothing the library holds has “{words}”.")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        hits = self.query_one(HitList)
        if not hits.hits:
            self.search()
        if hits.current is not None:
            self.dismiss(hits.current)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_by(self, rows: int) -> None:
        self.query_one(HitList).move(rows)

    def action_page(self, direction: int) -> None:
        self.query_one(HitList).page_rows(direction)
