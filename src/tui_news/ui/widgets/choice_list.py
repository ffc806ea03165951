"""A short list to choose from, or to tick: what is ticked says so in letters, not by colour alone."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

from textual.message import Message

from tui_news.models.late import dataclass
from tui_news.text.cells import cell_fit, cell_len
from tui_news.ui.widgets.lines import LineBuilder
from tui_news.ui.widgets.rows_view import RowsView


@dataclass(frozen=True, slots=True)
class Choice:
    """key: the letter that chooses it, if there is one."""

    name: str
    about: str = ""
    key: str = ""


class ChoiceList(RowsView):
    """ticked: None for a list to choose one from, else the numbers of the ticked lines."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--name"}
    CURSOR_LOOKS: ClassVar[set[str]] = {"line--cursor"}
    DEFAULT_CSS = """
    ChoiceList { height: auto; max-height: 55vh; & > .line--name { text-style: bold; } }
    """

    @dataclass
    class Clicked(Message):
        """A line was clicked; the cursor is on it."""

    def __init__(self, choices: Sequence[Choice], tick: bool = False) -> None:
        super().__init__()
        self.choices = tuple(choices)
        self.ticked: frozenset[int] | None = frozenset() if tick else None

    @property
    def count(self) -> int:
        return len(self.choices)

    def on_mount(self) -> None:
        self.rebuilt(0)
        self.styles.height = min(20, max(1, self.count))

    def toggle(self) -> None:
        if self.ticked is not None:
            self.ticked ^= {self.cursor}
            self.refresh_item(self.cursor)

    def row_clicked(self) -> None:
        self.toggle()
        self.post_message(self.Clicked())

    def item(self, index: int) -> Hashable:
        return self.choices[index], self.ticked is not None and index in self.ticked

    def draw(self, line: LineBuilder, index: int, part: int, width: int) -> None:
        choice = self.choices[index]
        if self.ticked is not None:
            line.add(" [x] " if index in self.ticked else " [ ] ", "mark" if index in self.ticked else "rest")
        elif choice.key:
            line.add(f" {choice.key}  ", "mark")
        room = width - line.length
        name = cell_fit(choice.name, max(1, room))
        line.add(name, "name").add(cell_fit(f"  {choice.about}", max(0, room - cell_len(name))), "rest")
