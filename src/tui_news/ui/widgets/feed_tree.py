"""The feeds: four standing views, then folders (foldable) and the feeds in them, with what is unread."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from tui_news.models import Feed, View
from tui_news.models.late import dataclass
from tui_news.services.contracts import Counts
from tui_news.text.cells import cell_fit, cell_len
from tui_news.ui.messages import ViewChosen
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.rows_view import RowsView

FAILING = ("error", "gone")


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of the tree. fold: "▾" open, "▸" folded, "" nothing to fold."""

    view: View
    label: str
    number: int
    depth: int = 0
    fold: str = ""
    failing: bool = False


def standing(counts: Counts) -> tuple[Branch, ...]:
    return (
        Branch(View("unread"), "All unread", counts.unread),
        Branch(View("today"), "Today", counts.today),
        Branch(View("starred"), "Starred", counts.starred),
        Branch(View("all"), "All stories", counts.total),
    )


def branches(feeds: Sequence[Feed], folded: Iterable[str], folders: Iterable[str] = ()) -> tuple[Branch, ...]:
    """Folders in their order, a folder before those in it and its own feeds; feeds without a folder stand last.

    folders: all of them in order, each after its parent; () takes them from the feeds.
    """
    folded = frozenset(folded)
    paths = tuple(folders) or tuple(sorted({feed.folder for feed in feeds if feed.folder}, key=str.casefold))
    held, grouped = frozenset(paths), by_folder(feeds)
    lines: list[Branch] = []
    for path in paths:
        if any(path.startswith(f"{shut}/") for shut in folded):
            continue
        parent = path.rpartition("/")[0]
        label, depth = (path.rpartition("/")[2], path.count("/")) if parent in held else (path, 0)
        lines.append(_folder(path, label, depth, grouped, path in folded))
        if path not in folded:
            lines += [_leaf(feed, depth + 1) for feed in grouped.get(path, ())]
    return (*lines, *(_leaf(feed, 0) for feed in grouped.get("", ())))


def by_folder(feeds: Iterable[Feed]) -> dict[str, list[Feed]]:
    """Each folder's own feeds, in order; without this every folder would look at every feed."""
    grouped: dict[str, list[Feed]] = {}
    for feed in feeds:
        grouped.setdefault(feed.folder, []).append(feed)
    return grouped


def _folder(path: str, label: str, depth: int, grouped: Mapping[str, Sequence[Feed]], shut: bool) -> Branch:
    below = f"{path}/"
    inside = [feed for name, some in grouped.items() if name == path or name.startswith(below) for feed in some]
    trouble = any(feed.status in FAILING for feed in inside)
    unread = sum(feed.unread for feed in inside if not feed.settings.muted)
    return Branch(View("folder", name=path), label, unread, depth, "▸" if shut else "▾", shut and trouble)


def _leaf(feed: Feed, depth: int) -> Branch:
    return Branch(View("feed", id=feed.id), feed.title, feed.unread, depth, "", feed.status in FAILING)


class FeedTree(RowsView):
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--label", "line--failing"}
    DEFAULT_CSS = """
    FeedTree {
        & > .line--label { color: $foreground; }
        & > .line--failing { color: $error; text-style: bold; }
    }
    """
    lines: tuple[Branch, ...] = ()
    feeds: tuple[Feed, ...] = ()
    counts = Counts()
    folded: frozenset[str] = frozenset()
    folders: tuple[str, ...] = ()
    smart: tuple[Branch, ...] = ()

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def current(self) -> Branch | None:
        return self.lines[self.cursor] if self.lines else None

    def show(self, feeds: Sequence[Feed], counts: Counts, folders: Sequence[str] | None = None) -> None:
        """Fresh feeds and numbers; the cursor keeps its line. folders: in order; None keeps those held."""
        self.feeds, self.counts = tuple(feeds), counts
        self.folders = self.folders if folders is None else tuple(folders)
        self._rebuild()

    def put_numbers(self, unread: Mapping[int, int], counts: Counts) -> bool:
        """Fresh numbers; the lines stay. False, and nothing done, if the feeds are others than those that are shown."""
        if unread.keys() != {feed.id for feed in self.feeds}:
            return False
        changed = {feed.id for feed in self.feeds if feed.unread != unread[feed.id]}
        self.counts = counts
        self.feeds = tuple(replace(feed, unread=unread[feed.id]) if feed.id in changed else feed for feed in self.feeds)
        folders, grouped = {feed.folder for feed in self.feeds if feed.id in changed}, by_folder(self.feeds)
        numbers = {line.label: line.number for line in standing(counts)}
        before = self.lines
        self.lines = tuple(self._recounted(line, unread, folders, numbers, grouped) for line in before)
        for index, (old, new) in enumerate(zip(before, self.lines, strict=True)):
            if old is not new:
                self.refresh_item(index)
        return True

    def _recounted(
        self,
        line: Branch,
        unread: Mapping[int, int],
        folders: set[str],
        numbers: Mapping[str, int],
        grouped: Mapping[str, Sequence[Feed]],
    ) -> Branch:
        """The line, or one with another number. folders: of the feeds that have another."""
        view, number = line.view, line.number
        if view.kind == "feed":
            number = unread[view.id]
        elif view.kind == "folder":
            if any(folder == view.name or folder.startswith(f"{view.name}/") for folder in folders):
                number = _folder(view.name, line.label, line.depth, grouped, False).number
        elif view.kind != "smart":
            number = numbers[line.label]
        return line if number == line.number else replace(line, number=number)

    def show_smart(self, lines: Sequence[Branch]) -> None:
        """The smart feeds, which stand between the standing views and the folders."""
        if tuple(lines) != self.smart:
            self.smart = tuple(lines)
            self._rebuild()

    def point_at(self, view: View) -> None:
        """Put the cursor on a view's line, without telling anybody."""
        found = self._find(view.kind, view.id, view.name)
        if found is not None:
            self.rebuilt(found)

    def toggle_fold(self) -> bool:
        """Fold or unfold the folder of the cursor's line; whether there was one."""
        here = self.current
        if here is None:
            return False
        name = here.view.name if here.view.kind == "folder" else self._folder_of(here.view.id)
        if not name or here.view.kind not in ("folder", "feed"):
            return False
        self.folded = self.folded ^ {name}
        self._rebuild()
        found = self._find("folder", 0, name)
        self.go(found if found is not None else self.cursor)
        return True

    def _folder_of(self, feed_id: int) -> str:
        return next((feed.folder for feed in self.feeds if feed.id == feed_id), "")

    def _find(self, kind: str, number: int, name: str) -> int | None:
        for index, line in enumerate(self.lines):
            if (line.view.kind, line.view.id, line.view.name) == (kind, number, name):
                return index
        return None

    def _rebuild(self) -> None:
        held, place, at, before = self.current, self.place(), self.cursor, self.lines
        self.lines = (*standing(self.counts), *self.smart, *branches(self.feeds, self.folded, self.folders))
        if [line.view for line in before] == [line.view for line in self.lines]:
            for index, (old, new) in enumerate(zip(before, self.lines, strict=True)):
                if old != new:
                    self.refresh_item(index)
            return
        found = self._find(held.view.kind, held.view.id, held.view.name) if held else 0
        self.rebuilt(at if found is None else found, place)

    def row_clicked(self) -> None:
        if self.current is not None:
            self.post_message(ViewChosen(self.current.view))

    def item(self, index: int) -> Hashable:
        return self.lines[index]

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        here = self.lines[index]
        fold = f"{'  ' * here.depth}{here.fold} " if here.fold else "  " * here.depth
        number = f" {here.number:,} " if here.number else " "
        failing = " !" if here.failing else ""
        room = max(1, width - 1 - cell_len(fold + number + failing))
        label = cell_fit(here.label, room)
        line.add(" ").add(fold, "rest").add(label, "label" if here.number else "rest")
        line.add(" " * (room - cell_len(label))).add(failing, "failing").add(number, "rest")
