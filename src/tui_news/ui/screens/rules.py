"""The mute rules: what each hides, a new one with “would hide 37” before it is saved, and a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_news.models import Rule, TuinewsError, View
from tui_news.services.contracts_query import RuleDesk
from tui_news.text.cells import cell_fit
from tui_news.text.query.nodes import QueryError
from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList
from tui_news.ui.widgets.field import Field

TITLES = 3  # examples of what a new rule would hide


def hides(count: int) -> str:
    return f"hides {count:,} {'story' if count == 1 else 'stories'}"


class RulesScreen(Dialog[View]):
    """Answers a view of what a rule hides. words: a query to begin a new rule with."""

    title_text = "Mute rules"
    hint_text = "enter shows what it hides · + new · e edit · d remove · j/k moves · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("enter,l,space", "choose", show=False),
        Binding("plus,a,n", "new", show=False),
        Binding("e", "edit", show=False),
        Binding("d,delete", "remove", show=False),
        Binding("q,h,M", "close", show=False),
    ]

    def __init__(self, desk: RuleDesk, words: str = "") -> None:
        super().__init__()
        self.desk, self.words = desk, words
        self.rules: tuple[Rule, ...] = ()

    def body(self) -> Iterable[Widget]:
        yield ChoiceList(())

    @property
    def moved(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    @property
    def current(self) -> Rule | None:
        return self.rules[self.moved.cursor] if self.rules else None

    def on_mount(self) -> None:
        self.moved.focus()
        self._load()
        if self.words:
            self.action_new()

    def _load(self) -> None:
        self.rules = self.desk.all()
        self.moved.empty = "Nothing is muted. + hides what a query matches, now and when it comes; starred never."
        self.moved.choices = tuple(Choice(rule.query, hides(rule.hides)) for rule in self.rules)
        self.moved.styles.height = max(4, min(16, len(self.rules)))
        self.moved.rebuilt(self.moved.cursor)

    def action_choose(self) -> None:
        rule = self.current
        if rule is not None:
            self.dismiss(View("muted", id=rule.id, name=f"Hidden by: {rule.query}"))
        else:
            self.action_new()

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        self.action_choose()

    def action_new(self) -> None:
        self.app.push_screen(RuleScreen(self.desk, None, self.words), self._kept)
        self.words = ""

    def action_edit(self) -> None:
        if self.current is not None:
            self.app.push_screen(RuleScreen(self.desk, self.current, self.current.query), self._kept)

    def action_remove(self) -> None:
        if self.current is not None:
            query = self.desk.remove(self.current.id)
            self._load()
            self.note(f"Removed {query}: what it hid is back. u in the list undoes it.")

    def _kept(self, sentence: str | None) -> None:
        self._load()
        self.note(sentence or "")


class RuleScreen(Dialog[str]):
    """A rule's query; what it would hide is said while it is typed."""

    hint_text = "enter keeps · esc leaves it"

    def __init__(self, desk: RuleDesk, rule: Rule | None, words: str) -> None:
        self.title_text = "Mute what matches" if rule is None else "Edit the mute rule"
        super().__init__()
        self.desk, self.rule, self.words = desk, rule, words

    def body(self) -> Iterable[Widget]:
        yield Field(self.words, placeholder='"sponsored post" feed:norway', compact=True, select_on_focus=False)
        yield Static(Content("Muted is not read and not deleted; starred stories are never hidden."),
                     classes="dialog-quiet", markup=False)  # fmt: skip

    def on_mount(self) -> None:
        self._tell()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.words = event.value.strip()
        self._tell()

    def _tell(self) -> None:
        self._safely(self._would_hide if self.words else lambda: self.note(""))

    def _would_hide(self) -> None:
        found = self.desk.would_hide(self.words)
        more = "".join(f"\n  {cell_fit(title or '(no title)', 60)}" for title in found.titles[:TITLES])
        already = " more" if self.rule is not None else ""
        self.note(f"Would hide {found.count:,}{already}{':' if more else '.'}{more}")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._safely(self._keep)

    def _keep(self) -> None:
        if self.rule is None:
            self.desk.add(self.words)
        else:
            self.desk.edit(self.rule.id, self.words)
        self.dismiss(f"Muted: {self.words}")

    def _safely(self, act: Callable[[], None]) -> None:
        try:
            act()
        except QueryError as error:
            self.note(error.pointed(), bad=True)
        except TuinewsError as error:
            self.note(str(error), bad=True)
