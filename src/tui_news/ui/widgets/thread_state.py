"""A thread as it is being read: its order, what is folded, which comments are shown. No drawing here."""

from __future__ import annotations

from collections.abc import Mapping

from tui_news.comments.tree import ancestors, flatten, new_inside
from tui_news.models import Comment, Thread

OPEN_UP_TO = 300  # comments a thread may show at the start before its deeper replies are folded
START_LEVEL = 3  # replies from the third rank on
Folds = tuple[dict[str, bool], dict[str, bool], str | None, bool]


def starting_level(count: int, deepest: int, start: str = "auto") -> int:
    """From which depth on comments start folded. start: "open" (none), "roots" (the roots themselves, so that all start
    as a line each), "auto" (none in a thread of up to 300 comments, else from the third reply down)."""
    if start == "roots":
        return 0
    return deepest + 1 if start == "open" or count <= OPEN_UP_TO else START_LEVEL


class ThreadState:
    """Positions are those of the tree; `shown` are the positions on screen in order."""

    def __init__(
        self, thread: Thread, folds: Mapping[str, bool] | None = None, order: str = "", start: str = "auto"
    ) -> None:
        self.thread = thread
        self.order = order or thread.order
        self.zoom: str | None = None
        self.only_op = False
        self._unfolded_by_zoom: str | None = None
        self.nodes = flatten(thread.comments, self.order)
        self.deepest = max((node.depth for node in self.nodes), default=0)
        self.level = starting_level(len(self.nodes), self.deepest, start)
        self._folds = dict(folds or {})
        self._read_tree()

    def _read_tree(self) -> None:
        comments = self.thread.comments
        self.new = [self.thread.is_new(comments[node.index]) for node in self.nodes]
        self.new_below = new_inside(self.nodes, self.new)
        self.place = {comments[node.index].id: position for position, node in reversed([*enumerate(self.nodes)])}
        self.folded = [self._starts_folded(position) for position in range(len(self.nodes))]
        self._show()

    def _starts_folded(self, position: int) -> bool:
        comment = self.comment(position)
        if comment.id == self._unfolded_by_zoom:
            return False
        if comment.id in self._folds:
            return self._folds[comment.id]
        if comment.fold is not None:
            return comment.fold
        return self.nodes[position].depth >= self.level

    def _show(self) -> None:
        nodes, folded, leads = self.nodes, self.folded, self._leads_to_op()
        first, stop = self.span
        self.shown: list[int] = []
        position = first
        while position < stop:
            if leads[position]:
                self.shown.append(position)
            position = position + 1 if leads[position] and not folded[position] else nodes[position].end
        self._row = {position: number for number, position in enumerate(self.shown)}

    def _leads_to_op(self) -> list[bool]:
        """Which comments the filter leaves: the story's author's, and what they answer."""
        count = len(self.nodes)
        if not self.only_op:
            return [True] * count
        leads = [False] * count
        for position in range(count - 1, -1, -1):
            leads[position] = leads[position] or self.comment(position).role == "op"
            if leads[position] and (above := self.nodes[position].parent) != -1:
                leads[above] = True
        return leads

    @property
    def has_op(self) -> bool:
        """Whether the story's author is known to have written here: in the zoomed branch, where there is one."""
        return any(self.comment(position).role == "op" for position in range(*self.span))

    @property
    def span(self) -> tuple[int, int]:
        """The positions in question: all, or the zoomed branch."""
        root = None if self.zoom is None else self.place.get(self.zoom)
        return (0, len(self.nodes)) if root is None else (root, self.nodes[root].end)

    @property
    def base(self) -> int:
        """The depth that stands at the left margin."""
        first, stop = self.span
        return self.nodes[first].depth if first < stop else 0

    @property
    def folds(self) -> dict[str, bool]:
        """What the reader folded and opened, by comment id."""
        return dict(self._folds)

    def comment(self, position: int) -> Comment:
        return self.thread.comments[self.nodes[position].index]

    def number(self, position: int) -> int | None:
        """Which of the shown comments this one is; None when it is hidden."""
        return self._row.get(position)

    def showing(self, position: int) -> int:
        """This comment, or the folded one it is hidden under."""
        if position in self._row:
            return position
        above = [one for one in ancestors(self.nodes, position) if one in self._row]
        if above:
            return above[0]
        # A filter may have taken it away with all that is above it.
        before = [one for one in self.shown if one < position] if self.only_op else []
        return before[-1] if before else (self.shown[0] if self.shown else 0)

    # Each change returns what to report: the comments whose fold is now another.
    def fold(self, position: int, folded: bool) -> dict[str, bool]:
        if self.folded[position] == folded:
            return {}
        self.folded[position] = folded
        changed = {self.comment(position).id: folded}
        self._folds.update(changed)
        self._show()
        return changed

    def open_path(self, position: int) -> dict[str, bool]:
        """Open everything above a comment, so that it shows."""
        closed = [above for above in ancestors(self.nodes, position) if self.folded[above]]
        changed = {self.comment(above).id: False for above in closed}
        for above in closed:
            self.folded[above] = False
        self._folds.update(changed)
        first, stop = self.span
        if not first <= position < stop:
            self.zoom = None
        self._show()
        if position not in self._row and self.only_op:
            self.filter_op(False)
        return changed

    def fold_to(self, level: int) -> dict[str, bool]:
        """Everywhere: open above this depth, folded from it on. 0: all folded; deepest + 1: all open."""
        self.level = max(0, min(level, self.deepest - self.base + 1))
        first, stop = self.span
        changed: dict[str, bool] = {}
        for position in range(first, stop):
            folded = self.nodes[position].depth - self.base >= self.level
            if self.folded[position] != folded:
                self.folded[position] = folded
                changed[self.comment(position).id] = folded
        self._folds.update(changed)
        self._show()
        return changed

    def keep_folds(self) -> Folds:
        """Everything `restore_folds` needs to undo what a search opened."""
        flags = {self.comment(position).id: folded for position, folded in enumerate(self.folded)}
        return flags, dict(self._folds), self.zoom, self.only_op

    def restore_folds(self, kept: Folds) -> None:
        """Comments that came since stay as they are."""
        flags, self._folds = kept[0], dict(kept[1])
        self.folded = [flags.get(self.comment(one).id, folded) for one, folded in enumerate(self.folded)]
        self.zoom, self.only_op = kept[2] if kept[2] in self.place else None, False
        self.filter_op(kept[3] and self.has_op)

    def zoom_to(self, position: int) -> None:
        """This comment alone, opened for as long as the zoom lasts."""
        self._fold_as_before()
        self.zoom = self.comment(position).id
        if self.folded[position]:
            self.folded[position] = False
            self._unfolded_by_zoom = self.zoom
        self._show()

    def _fold_as_before(self) -> None:
        position = self.place.get(self._unfolded_by_zoom or "")
        self._unfolded_by_zoom = None
        if position is not None:
            self.folded[position] = self._starts_folded(position)

    def unzoom(self) -> bool:
        was, self.zoom = self.zoom, None
        self._fold_as_before()
        self._show()
        return was is not None

    def filter_op(self, only: bool) -> None:
        """Only what the story's author wrote and what that answers, or everything."""
        self.only_op = only
        self._show()

    def sort(self, order: str) -> None:
        """Another order; folds stay with their comments."""
        self.order = order
        self.nodes = flatten(self.thread.comments, order)
        self._read_tree()
