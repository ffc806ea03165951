"""A story and its thread as one run of rows: title, text, rule, comments. Pure; rebuilt when the width changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from tui_news.models import Comment, OpenStory
from tui_news.models.late import dataclass
from tui_news.ui.widgets.article_lines import Placed, Stack, article_pieces
from tui_news.ui.widgets.lens import DIM, OFF, ONLY, dimmed, only_quotes
from tui_news.ui.widgets.lines import BLANK, Line, Run, shifted
from tui_news.ui.widgets.pieces import GUTTER
from tui_news.ui.widgets.story_head import head_pieces
from tui_news.ui.widgets.thread_head import pending, thread_head
from tui_news.ui.widgets.thread_lines import Measure, ThreadLines, who
from tui_news.ui.widgets.thread_state import ThreadState

LEAST_WIDTH = 12
Anchor = tuple[str | int, ...]
Extra = Mapping[int, Sequence[Run]]


@dataclass(frozen=True, slots=True)
class Frame:
    """Where things stand across the pane. left: blank cells before the gutter; column: cells of text."""

    left: int
    column: int
    thread: int

    @classmethod
    def of(cls, pane: int, text_width: int) -> Frame:
        """A column of at most `text_width`, a third of what is over to its left; comments may use the rest."""
        room = max(LEAST_WIDTH, pane - GUTTER)
        column = min(text_width, room)
        left = (room - column) // 3
        return cls(left, column, room - left)


@dataclass(slots=True)
class Lit:
    """What is lit at the moment: runs over the article's blocks, and over each comment's blocks by id."""

    article: dict[int, list[Run]] = field(default_factory=dict)
    comments: dict[str, dict[int, list[Run]]] = field(default_factory=dict)


class StoryDoc:
    """Rows of a story at a pane's width."""

    def __init__(
        self,
        opened: OpenStory,
        state: ThreadState | None,
        pane: int,
        text_width: int,
        now: int,
        fetching: bool = False,
        lens: int = OFF,
    ) -> None:
        self.opened, self.state, self.now, self.fetching = opened, state, now, fetching
        self.frame = Frame.of(pane, text_width)
        self.quotes_shown = True
        self.cites: Callable[[Comment], dict[int, list[Run]]] = lambda _: {}
        self.lens = lens
        self.article = Stack([*head_pieces(opened, self.frame.column), *self._body()])
        self.thread: ThreadLines | None = None
        if state is not None and state.nodes:
            measure = Measure(self.frame.thread, text_width)
            self.thread = ThreadLines(state, measure, now)
        self.refold()

    def _body(self) -> list[Placed]:
        article, column = self.opened.article, self.frame.column
        if article is None:
            return []
        if self.lens == ONLY:
            return only_quotes(article, column)
        return article_pieces(article.blocks, article.quotes, column, self.opened.story.row.title, self.frame.thread)

    def refold(self) -> None:
        """The thread's folds, order or zoom changed."""
        self.head = Stack(self._head())
        if self.thread is not None:
            self.thread.quotes = self.quotes_shown
            self.thread.lay_out()

    def set_fetching(self, fetching: bool) -> bool:
        """Whether what stands above the comments is another by it."""
        before, self.fetching = pending(self.opened, self.fetching), fetching
        if pending(self.opened, fetching) == before:
            return False
        self.head = Stack(self._head())
        return True

    def _head(self) -> list[Placed]:
        only = ""
        if self.state is not None and self.state.zoom is not None:
            only = f"the branch of {who(self.state.comment(self.state.span[0]))}"
        elif self.state is not None and self.state.only_op:
            only = "the story’s author, and what they answer"
        order = self.state.order if self.state else ""
        return thread_head(self.opened, self.frame.column, self.now, self.fetching, order, only)

    @property
    def thread_top(self) -> int:
        """The row of the rule above the comments."""
        return self.article.rows + 1

    @property
    def comments_top(self) -> int:
        return self.article.rows + self.head.rows

    @property
    def rows(self) -> int:
        """All rows, a blank one at the end included."""
        return self.comments_top + (self.thread.rows if self.thread else 0) + 1

    def line(self, row: int, lit: Lit, current: int | None = None) -> Line | None:
        """One row. current: the position of the comment the reader is at."""
        if row < 0 or row >= self.rows:
            return None
        if row < self.article.rows:
            line = self._article_line(row, lit)
        elif row < self.comments_top:
            placed, within = self.head.at(row - self.article.rows)
            line = placed.piece.line(within)
        elif self.thread is None or row - self.comments_top >= self.thread.rows:
            return BLANK
        else:
            position, _ = self.thread.at(row - self.comments_top)
            extra = self._comment_runs(self.thread.state.comment(position), lit)
            line = self.thread.line(row - self.comments_top, current, extra)
        return shifted(line, self.frame.left)

    def _article_line(self, row: int, lit: Lit) -> Line:
        placed, within = self.article.at(row)
        extra: Sequence[Run] = lit.article.get(placed.block, ())
        if placed.start:
            extra = [run._replace(start=run.start - placed.start, end=run.end - placed.start) for run in extra]
        line = placed.piece.line(within, extra)
        return dimmed(line) if self.lens == DIM else line

    def _comment_runs(self, comment: Comment, lit: Lit) -> dict[int, list[Run]] | None:
        """What lies over a comment's text: what it quotes of the article, what is lit in it."""
        hits, cites = lit.comments.get(comment.id), self.cites(comment)
        if not hits or not cites:
            return hits or cites
        return {block: [*cites.get(block, ()), *hits.get(block, ())] for block in (*cites, *hits)}

    def comment_at(self, row: int) -> tuple[int, int] | None:
        """Whose row it is: (position, row within the comment); None outside the comments."""
        row -= self.comments_top
        return self.thread.at(row) if self.thread and 0 <= row < self.thread.rows else None

    def comment_span(self, position: int) -> tuple[int, int]:
        """A shown comment's header row and how many rows it has from there."""
        if self.thread is None:
            return self.comments_top, 0
        first, count = self.thread.span(position)
        return self.comments_top + first, count

    def anchor(self, row: int) -> Anchor:
        """What a row shows, in words that outlive a resize, a fold or a refetch."""
        row = min(row, self.rows - 2)  # the blank row at the end is nobody's
        if (found := self.comment_at(row)) is not None and self.thread is not None:
            position, within = found
            name = self.thread.state.comment(position).id
            return ("c", name, *(self.thread.body(position).place(within - 1) if within > 0 else (-2, within)))
        if row >= self.article.rows:
            return ("t", row - self.article.rows)
        return ("b", *self.article.anchor(row))

    def row_of(self, anchor: Anchor) -> int | None:
        """The row that shows what the anchor names; None when it is no longer there."""
        match anchor:
            case ("b", -1, int(), int(below)):
                return min(below, self.article.rows)
            case ("b", int(block), int(offset), int(below)):
                row = self.article.near(block, offset)
                return None if row is None else row + below
            case ("t", int(below)):
                return min(self.article.rows + below, self.comments_top)
            case ("c", str(name), int(block), int(offset)) if self.state is not None:
                return self._comment_row(name, block, offset)
        return None

    def _comment_row(self, name: str, block: int, offset: int) -> int | None:
        if self.state is None or self.thread is None or (position := self.state.place.get(name)) is None:
            return None
        showing = self.state.showing(position)
        first, _ = self.comment_span(showing)
        if showing != position or self.state.folded[position]:
            return first
        if block == -2:
            return first + min(offset, 0)
        body = self.thread.body(position)
        within = body.row_of(block, offset) if block >= 0 else max(0, min(offset, body.rows - 1))
        return first + 1 + within
