"""Search everything that is held, as you type."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from tui_news.models import StoryRow, TuinewsError
from tui_news.models.late import dataclass
from tui_news.services.contracts import Desk, Fact, Hit
from tui_news.text.cells import cell_fit
from tui_news.text.dates import ago
from tui_news.text.excerpt import excerpt
from tui_news.text.query.nodes import QueryError
from tui_news.text.query.parse import parse
from tui_news.text.query.show import show
from tui_news.text.query.words import pattern
from tui_news.ui.messages import RowChosen
from tui_news.ui.screens.dialog import Leaving
from tui_news.ui.widgets.field import Field
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.rows_view import RowsView
from tui_news.ui.widgets.story_list import lit

LETTERS = 2  # fewer say nothing
PAUSE = 0.05  # seconds without typing before the library is asked
REST = 0.4  # seconds of rest before it is asked for more than the first hits
FIRST, MOST = 24, 200  # hits
AskTag = Callable[[list[str], Callable[[str | None], None]], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the search ends with: a story to read, or (None) all that it found as a list. query: it, in short form."""

    row: StoryRow | None
    query: str


def nothing(words: str) -> str:
    """What to say of a search without hits; two letters are a whole word until more come (see `text.query.parse`)."""
    last = words.rpartition(" ")[2]
    if len(last) == LETTERS and last.isalpha():
        return f"No word “{last}” in what the library holds. Type on, or {last}* for all that begins like this."
    return f"Nothing the library holds has “{words}”."


class HitList(RowsView):
    """Three lines a hit: the title, where and when, the words around the match."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--title"}
    DEFAULT_CSS = """
    HitList { & > .line--title { text-style: bold; } }
    """
    TALL = 3
    marked = True  # the typing is elsewhere, but enter means this row
    hits: tuple[Hit, ...] = ()
    light: re.Pattern[str] | None = None
    now = 0

    @property
    def count(self) -> int:
        return len(self.hits)

    @property
    def current(self) -> StoryRow | None:
        return self.hits[self.cursor].row if self.hits else None

    def show(self, hits: Iterable[Hit], now: int, empty: str, cursor: int = 0) -> None:
        self.hits, self.now, self.empty = tuple(hits), now, empty
        self.rebuilt(cursor, None if cursor else 0)

    def item(self, index: int) -> Hashable:
        return self.hits[index], self.light, ago(self.hits[index].row.sort, self.now)

    def row_clicked(self) -> None:
        if self.current is not None:
            self.post_message(RowChosen(self.current))

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        hit = self.hits[index]
        if part == 0:
            lit(line.add(" "), cell_fit(hit.row.title or "(no title)", width - 2), "title", self.light)
        elif part == 1:
            line.add(" ").add(cell_fit(f"{hit.row.feed} · {ago(hit.row.sort, self.now)}", width - 2), "rest")
        else:
            self._snippet(line, hit, width - 3)

    def _snippet(self, line: LineBuilder, hit: Hit, width: int) -> None:
        """The words around the first match, the match lit."""
        shown, marks = excerpt(hit.snippet.replace("\n", " "), hit.marks, width)
        at, line = 0, line.add(" ")
        for begin, end in marks:
            if at <= begin:
                line.add(shown[at:begin], "rest").add(shown[begin:end], "match")
                at = end
        line.add(shown[at:], "rest")


class SearchScreen(Leaving[Answer | None]):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", show=False),
        Binding("down,ctrl+n", "by(1)", show=False),
        Binding("up,ctrl+p", "by(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("ctrl+l", "list", show=False, priority=True),
        Binding("ctrl+r", "read_all", show=False, priority=True),
        Binding("ctrl+s", "star_all", show=False, priority=True),
        Binding("ctrl+t", "tag_all", show=False, priority=True),
    ]
    HINT = "enter reads · ctrl-l lists · all: ctrl-r read, ctrl-s star, ctrl-t tag · esc"
    HELP = (
        "Words, “words in a row”, word*, -without, OR, ( ). Fields: title: author: feed: folder: tag: is:unread "
        "has:comments newer:2d speaker: quote: lang: and more. Everything the library holds is searched, comments too."
    )

    def __init__(self, desk: Desk, now: int, ask_tag: AskTag = lambda had, done: None) -> None:
        super().__init__()
        self.desk, self.when, self.ask_tag = desk, now, ask_tag
        self.asked = ""  # the query of the hits shown, in its short form
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Field(placeholder="Search stories and comments", compact=True)
        yield HitList()
        yield Static(Content(self.HINT), classes="dialog-hint", markup=False)

    def on_mount(self) -> None:
        self._tell(self.HELP)
        self.query_one(Input).focus()

    def heard(self, fact: Fact) -> None:
        """Nothing the network says matters here."""

    def _tell(self, sentence: str) -> None:
        self.asked = ""
        self.query_one(HitList).show((), self.when, sentence)

    def _hint(self, sentence: str) -> None:
        self.query_one(".dialog-hint", Static).update(Content(sentence))

    def on_input_changed(self, event: Input.Changed) -> None:
        self._later(PAUSE, FIRST)

    def _later(self, seconds: float, limit: int) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(seconds, lambda: self.search(limit))

    def search(self, limit: int = MOST) -> None:
        """A screenful while it is typed, the rest when the typing rests."""
        words = self.query_one(Input).value.strip()
        if len(words) < LETTERS:
            self._tell(f"Type at least {LETTERS} letters.")
            return
        try:
            node = parse(words, typing=True)
            query = show(node)
            hits = self.desk.search(query, limit) if query else ()
        except QueryError as error:
            self._hint(error.pointed())  # the hits stay: the next letter may mend it
            return
        except TuinewsError as error:
            self._tell(str(error))
            return
        self._hint(self.HINT)
        found, again = self.query_one(HitList), query == self.asked
        self.asked, found.light = query, pattern(node)
        found.show(hits, self.when, nothing(words), found.cursor if again else 0)
        if limit < MOST and len(hits) >= limit:
            self._later(REST, MOST)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        hits = self.query_one(HitList)
        if not hits.hits:
            self.search()
        if hits.current is not None:
            self.dismiss(Answer(hits.current, self.asked))

    def action_close(self) -> None:
        self.dismiss(None)

    def action_by(self, rows: int) -> None:
        self.query_one(HitList).move(rows)

    def action_page(self, direction: int) -> None:
        self.query_one(HitList).page_rows(direction)

    def on_row_chosen(self, message: RowChosen) -> None:
        message.stop()
        self.dismiss(Answer(message.row, self.asked))

    # all that was found
    def action_list(self) -> None:
        if self.asked:
            self.dismiss(Answer(None, self.asked))

    def action_read_all(self) -> None:
        self._all(lambda query: self.desk.queries.mark(query, True), "Marked {} read")

    def action_star_all(self) -> None:
        self._all(lambda query: self.desk.queries.star(query, True), "Starred {}")

    def action_tag_all(self) -> None:
        def done(tag: str | None) -> None:
            if tag:
                self._all(lambda query: self.desk.queries.tag(query, tag, True), f"Tagged {{}} {tag}")

        if self.asked:
            self.ask_tag([], done)

    def _all(self, act: Callable[[str], int], words: str) -> None:
        if not self.asked:
            return
        try:
            changed = act(self.asked)
        except TuinewsError as error:
            self._hint(str(error))
            return
        count = "1 story" if changed == 1 else f"{changed} stories"
        self._hint(f"{words.format(count)}; u in the list undoes it." if changed else "There was nothing to change.")
