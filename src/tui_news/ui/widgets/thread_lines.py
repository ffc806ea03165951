"""A thread's rows at a width: header line, body and bars of each shown comment. Pure: nothing here knows Textual."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from tui_news.comments.tree import Node
from tui_news.models import Block, Comment
from tui_news.models.late import dataclass
from tui_news.text.cells import cell_fit, cell_len
from tui_news.text.dates import ago
from tui_news.ui.widgets.article_lines import block_piece, gap_between, gap_line
from tui_news.ui.widgets.lines import Line, LineBuilder, Run
from tui_news.ui.widgets.pieces import GUTTER, LinesPiece, Piece
from tui_news.ui.widgets.thread_state import ThreadState
from tui_news.ui.widgets.thread_whom import Whom

BAR = "│"
OPEN, FOLDED = "▾ ", "▸ "
CITES = "↑ "  # beside a row that quotes the article: it stands above
BARS = 6  # looks for bars; the seventh depth takes the first again
PREVIEW = 200  # characters of a folded comment's text that may be looked at for its header
NARROW = 60  # columns under which the indent is one cell
STATES = {
    "deleted": "[deleted]",
    "moderated": "[removed by a moderator]",
    "gone": "[no longer on the site]",
}  # fmt: skip
UNKNOWN = "unknown"  # a page may keep an author back: that is nobody's name, and not one without a name either
BADGES = {"op": "OP", "mod": "mod", "staff": "staff"}


@dataclass(frozen=True, slots=True)
class Measure:
    """How a thread is laid out. width: cells it may use; text_width: cells a comment's text may use."""

    width: int
    text_width: int

    @property
    def step(self) -> int:
        return 2 if self.width >= NARROW else 1

    @property
    def plateau(self) -> int:
        """The depth from which comments are no longer moved in, so that text keeps max(36, half) columns."""
        least = max(36, self.width // 2)
        return max(0, (self.width - len(OPEN) - least) // self.step)

    def indent(self, depth: int) -> int:
        return min(depth, self.plateau) * self.step

    def body(self, depth: int) -> int:
        """Cells for the text of a comment at this depth."""
        return max(1, min(self.text_width - len(OPEN), self.width - self.indent(depth) - len(OPEN)))


class Body:
    """A comment's wrapped text: its rows without bars and indent."""

    __slots__ = ("pieces", "rows", "starts")

    def __init__(self, pieces: Sequence[tuple[Piece, int]]) -> None:
        """pieces: each with the number of its block, negative for gaps and for lines of ours."""
        self.pieces = pieces
        self.starts = list(accumulate((piece.rows for piece, _ in pieces), initial=0))
        self.rows = self.starts.pop() if pieces else 0
        if not pieces:
            self.starts = []

    def line(self, row: int, extra: dict[int, list[Run]] | None = None) -> Line:
        place = bisect_right(self.starts, row) - 1
        piece, block = self.pieces[place]
        return piece.line(row - self.starts[place], (extra or {}).get(block, ()))

    def place(self, row: int) -> tuple[int, int]:
        """What a row shows: (block, offset in it); rows of no block: (-1, row)."""
        at = bisect_right(self.starts, row) - 1
        piece, block = self.pieces[at]
        return (block, piece.offset(row - self.starts[at])) if block >= 0 else (-1, row)

    def row_of(self, block: int, offset: int) -> int:
        """The row that shows this place in the comment's text; 0 when it is folded away."""
        for start, (piece, number) in zip(self.starts, self.pieces, strict=True):
            if number == block:
                return start + piece.row_of(offset)
        return 0


def who(comment: Comment) -> str:
    """Its author; a comment that is gone and names nobody is named by what became of it."""
    return comment.author or (UNKNOWN if comment.state == "live" else STATES[comment.state])


def body_of(comment: Comment, width: int, quotes: bool = True, orphan: bool = False) -> Body:
    """A comment's text at `width`. quotes: whether quoted blocks are shown or told in one line."""
    pieces: list[tuple[Piece, int]] = []
    if orphan:
        pieces.append((_ours("↳ answers a comment that is not here", width), -1))
    if comment.state == "live" and not comment.blocks:
        pieces.append((_ours("[no text]", width), -1))
    before: Block | None = None
    for number, block in enumerate(comment.blocks):
        if block.quote and not quotes:
            if before is None or not before.quote:
                pieces.extend(_gap(before, block, width))
                pieces.append((_ours(f"▎ … {_quoted(comment.blocks, number)}", width), -1))
        elif before is not None and before.quote and not quotes:
            pieces.append((LinesPiece((Line(""),)), -1))
            pieces.append((block_piece(block, width, gutter=0), number))
        else:
            pieces.extend(_gap(before, block, width))
            pieces.append((block_piece(block, width, gutter=0), number))
        before = block
    return Body(pieces)


def _ours(text: str, width: int) -> Piece:
    shown = cell_fit(text, width)
    return LinesPiece((Line(shown, (Run(0, len(shown), "muted"),)),))


def _gap(before: Block | None, after: Block, width: int) -> list[tuple[Piece, int]]:
    if before is None or not gap_between(before, after):
        return []
    return [(LinesPiece((gap_line(min(before.quote, after.quote), width, 0),)), -1)]


def _quoted(blocks: Sequence[Block], first: int) -> str:
    """`quoted, 24 words` for the quoted blocks from `first` on."""
    words = 0
    for block in blocks[first:]:
        if not block.quote:
            break
        words += len(block.text.split())
    return f"quoted, {words} word{'' if words == 1 else 's'}"


class ThreadLines:
    """The rows of the shown comments. A comment is wrapped when it first shows at a width, and then kept.

    Each comment's rows: a blank one (not between two folded ones), its header, its text unless folded.
    """

    def __init__(self, state: ThreadState, measure: Measure, now: int, quotes: bool = True) -> None:
        self.state, self.measure, self.now, self.quotes = state, measure, now, quotes
        self._whom = Whom(state)
        self._bodies: dict[tuple[int, int, bool], Body] = {}
        self.starts: list[int] = []
        self.rows = 0
        self._heights: list[int] = []
        self._hung_on: tuple[tuple[Node, ...], int, bool] = ((), 0, True)
        self.lay_out()

    def lay_out(self) -> None:
        """Count the rows again after a fold, a zoom or another order."""
        state, starts = self.state, []
        heights = self._known_heights()
        row, bare = 0, False
        for position in state.shown:
            starts.append(row)
            if state.folded[position]:
                row += 1 if bare else 2
                bare = True
                continue
            if (height := heights[position]) < 0:
                height = heights[position] = self.body(position).rows
            row += 2 + height
            bare = False
        self.starts, self.rows = starts, row

    def _known_heights(self) -> list[int]:
        """Rows of each comment's text, -1 where not wrapped yet; void in another order, zoom or with other quotes."""
        hangs_on = (self.state.nodes, self.state.base, self.quotes)
        if not self._heights or hangs_on[0] is not self._hung_on[0] or hangs_on[1:] != self._hung_on[1:]:
            self._heights, self._hung_on = [-1] * len(self.state.nodes), hangs_on
        return self._heights

    def depth(self, position: int) -> int:
        return self.state.nodes[position].depth - self.state.base

    def body(self, position: int) -> Body:
        comment, node = self.state.comment(position), self.state.nodes[position]
        width = self.measure.body(self.depth(position))
        key = (node.index, width, self.quotes or not any(block.quote for block in comment.blocks))
        if (body := self._bodies.get(key)) is None:
            body = self._bodies[key] = body_of(comment, width, self.quotes, node.orphan)
        return body

    def span(self, position: int) -> tuple[int, int]:
        """A shown comment's first row (its header's) and how many rows it has from there."""
        number = self.state.number(position) or 0
        if number >= len(self.starts):  # the rows were counted before it showed
            return self.rows, 0
        end = self.starts[number + 1] if number + 1 < len(self.starts) else self.rows
        first = self.starts[number] + self._gap_rows(number)
        return first, end - first

    def _gap_rows(self, number: int) -> int:
        shown, folded = self.state.shown, self.state.folded
        return 0 if number and folded[shown[number]] and folded[shown[number - 1]] else 1

    def at(self, row: int) -> tuple[int, int]:
        """Whose row it is: (position, row within it: -1 the blank above, 0 the header, from 1 the text)."""
        number = max(0, bisect_right(self.starts, row) - 1)
        return self.state.shown[number], row - self.starts[number] - self._gap_rows(number)

    def line(self, row: int, current: int | None = None, extra: dict[int, list[Run]] | None = None) -> Line:
        """One row. current: the comment the reader is at; extra: runs over its text, by block."""
        position, within = self.at(row)
        build = LineBuilder()
        mine = position == current and within >= 0
        build.add("┃" if mine else " ", "here").add(" " * (GUTTER - 1))
        self._add_bars(build, position, within < 0)
        if within < 0:
            return build.line(build.length)
        if within == 0:
            return self._header(build, position, mine)
        body = self.body(position).line(within - 1, extra)
        cites = any(run.style == "cited" for run in body.runs)
        build.add(CITES if cites else " " * len(OPEN), "cited-mark" if cites else "")
        lead = build.length
        build.add(body.text).runs(body.runs, 0, len(body.text), lead)
        return build.line(lead + body.lead, joint=body.joint)

    def _add_bars(self, build: LineBuilder, position: int, gap: bool) -> None:
        step = self.measure.step
        for level in range(min(self.depth(position), self.measure.plateau)):
            build.add(BAR, f"bar-{level % BARS + 1}")
            build.add(" " * (step - 1))

    def bar_at(self, row: int, column: int) -> int | None:
        """The comment a click at this column folds: the one whose bar or fold mark is there."""
        position, within = self.at(row)
        depth = min(self.depth(position), self.measure.plateau)
        level, column = divmod(column - GUTTER, self.measure.step) if column >= GUTTER else (-1, 0)
        if within == 0 and 0 <= column + (level - depth) * self.measure.step < len(OPEN):
            return position
        if level < 0 or level >= depth:
            return None
        while self.depth(position) > level:
            position = self.state.nodes[position].parent
        return position

    def _header(self, build: LineBuilder, position: int, mine: bool) -> Line:
        state, comment, node = self.state, self.state.comment(position), self.state.nodes[position]
        folded = state.folded[position]
        lead = build.length
        build.add(FOLDED if folded else OPEN, "mark-fold")
        room = self.measure.width + GUTTER - build.length
        for text, look in self._header_parts(comment, position, node.replies, folded):
            shown = cell_fit(text, max(0, room))
            build.add(shown, look)
            room -= cell_len(shown)
        if mine:
            build.add(" " * max(0, self.measure.width + GUTTER - cell_len_of(build)))
        return build.line(lead + len(OPEN), "cursor" if mine else "")

    def _header_parts(self, comment: Comment, position: int, replies: int, folded: bool) -> list[tuple[str, str]]:
        depth = self.depth(position)
        parts: list[tuple[str, str]] = []
        if depth > self.measure.plateau:
            parts.append((f"↳{depth} ", "deep"))
        parts.append((who(comment), "author" if comment.author else "muted"))
        if badge := BADGES.get(comment.role):
            parts += [(" ", ""), (f" {badge} ", "badge")]
        if depth > self.measure.plateau:
            parent = self.state.comment(self.state.nodes[position].parent)
            parts.append((f" to {who(parent)}", "muted"))
        parts += [(f" · {fact}", "muted") for fact in self._facts(comment, replies)]
        below = self.state.new_below[position] + self.state.new[position] if folded else self.state.new[position]
        if below:
            parts.append((f" · {below:,} new" if folded else "  ● new", "new"))
        if not folded and (quoted := self._whom.quoted_by(position)):
            parts.append((f" · quotes {quoted}", "muted"))
        if folded and (first := first_words(comment)):
            parts.append((f"  {first}", "preview"))
        return parts

    def _facts(self, comment: Comment, replies: int) -> list[str]:
        facts = [STATES[comment.state]] if comment.state != "live" and comment.author else []
        if comment.created is not None:
            facts.append(ago(comment.created, self.now))
        if comment.edited is not None and comment.state == "live":
            facts.append("edited")
        if comment.kind == "pingback":
            facts.append("links here")
        if comment.score and comment.state == "live":
            facts.append(f"{comment.score} point{'' if abs(comment.score) == 1 else 's'}")
        if replies:
            facts.append(f"{replies:,} repl{'y' if replies == 1 else 'ies'}")
        return facts


def first_words(comment: Comment) -> str:
    """How a folded comment begins, so that a folded thread can be skimmed; its own words, not what it quotes."""
    own = [block for block in comment.blocks if not block.quote] or comment.blocks
    return " ".join(own[0].text[:PREVIEW].split()) if own else ""


def cell_len_of(build: LineBuilder) -> int:
    return cell_len(build.line().text)
