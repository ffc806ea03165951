"""The settings, changed where one reads: what a change does is seen at once, and the file keeps its comments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from tui_news.config import SETTINGS, Setting, Settings
from tui_news.models import TuinewsError
from tui_news.services.contracts_settings import SettingsDesk
from tui_news.ui.screens.dialog import MOVING, Dialog
from tui_news.ui.widgets.choice_list import Choice, ChoiceList
from tui_news.ui.widgets.field import Field

AT_START = ("refresh_minutes", "prefetch", "preset", "backups", "keep_days")  # these are read when tuinews starts


class PickScreen(Dialog[str]):
    """One of some words. tried: hears each the cursor comes to, so that it is seen before it is chosen; esc answers
    None, and who asked puts back what was."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVING, Binding("enter,l", "chosen", show=False), Binding("q,h", "close")]
    hint_text = "j/k shows · enter keeps · esc back"

    def __init__(self, title: str, words: Sequence[str], now: str, tried: Callable[[str], None]) -> None:
        super().__init__()
        self.title_text, self.words, self.now, self.tried = title, tuple(words), now, tried

    def body(self) -> Iterable[Widget]:
        yield ChoiceList([Choice(word, "as it is now" if word == self.now else "") for word in self.words])

    def on_mount(self) -> None:
        if self.now in self.words:
            self.moved.go(self.words.index(self.now))

    @property
    def moved(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _try(self) -> None:
        self.tried(self.words[self.moved.cursor])

    def action_by(self, rows: int) -> None:
        super().action_by(rows)
        self._try()

    def action_page(self, direction: int, part: float = 1.0) -> None:
        super().action_page(direction, part)
        self._try()

    def action_go(self, index: int) -> None:
        super().action_go(index)
        self._try()

    def action_chosen(self) -> None:
        self.dismiss(self.words[self.moved.cursor])

    def on_choice_list_clicked(self) -> None:
        self.action_chosen()


class NumberScreen(Dialog[int]):
    hint_text = "enter keeps · esc leaves it as it was"

    def __init__(self, setting: Setting, now: int) -> None:
        super().__init__()
        self.setting, self.now, self.title_text = setting, now, setting.label

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self.setting.help), classes="dialog-quiet", markup=False)
        yield Field(str(self.now), type="integer", compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        value = int(event.value) if event.value.strip().lstrip("-").isdigit() else None
        problem = self.setting.problem(value)
        if problem or value is None:
            self.note(problem[:1].upper() + problem[1:] + ".", bad=True)
        else:
            self.dismiss(value)


class TextScreen(Dialog[str]):
    """A setting that takes any words. Emptied, it is again what it is when nothing is set."""

    hint_text = NumberScreen.hint_text

    def __init__(self, setting: Setting, now: str) -> None:
        super().__init__()
        self.setting, self.now, self.title_text = setting, now, setting.label

    def body(self) -> Iterable[Widget]:
        yield Static(Content(self.setting.help), classes="dialog-quiet", markup=False)
        yield Field(self.now, compact=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(event.value.strip() or self.setting.default)


class SettingsScreen(Dialog[None]):
    DEFAULT_CSS = "SettingsScreen ChoiceList { max-height: 7; margin-bottom: 1; }"
    title_text = "Settings"
    hint_text = "j/k moves · enter changes · esc closes"
    BINDINGS: ClassVar[list[BindingType]] = [
        *MOVING,
        Binding("enter,l,space", "change", show=False),
        Binding("q,h,comma", "close", show=False),
    ]

    def __init__(self, desk: SettingsDesk, themes: Sequence[str], apply: Callable[[Settings], None]) -> None:
        super().__init__()
        self.desk, self.themes, self.apply = desk, tuple(themes), apply
        self.settings = desk.current()
        self.shown = [setting for setting in SETTINGS if setting.name != "keys"]

    def body(self) -> Iterable[Widget]:
        yield ChoiceList(self._choices())
        yield Static(Content(""), id="about", classes="dialog-quiet", markup=False)
        yield Static(Content(f"Your settings are kept in {self.desk.place}"), classes="dialog-quiet", markup=False)

    def on_mount(self) -> None:
        self._explain()

    def _choices(self) -> list[Choice]:
        wide = max(len(setting.label) for setting in self.shown)
        return [Choice(one.label.ljust(wide), one.said(getattr(self.settings, one.name))) for one in self.shown]

    @property
    def moved(self) -> ChoiceList:
        return self.query_one(ChoiceList)

    def _explain(self) -> None:
        setting = self.shown[self.moved.cursor]
        later = " It counts from the next start." if setting.name in AT_START else ""
        self.query_one("#about", Static).update(Content(setting.help + later))

    def action_by(self, rows: int) -> None:
        super().action_by(rows)
        self._explain()

    def action_go(self, index: int) -> None:
        super().action_go(index)
        self._explain()

    def action_page(self, direction: int, part: float = 1.0) -> None:
        super().action_page(direction, part)
        self._explain()

    def on_choice_list_clicked(self) -> None:
        self._explain()
        self.action_change()

    def action_change(self) -> None:
        setting = self.shown[self.moved.cursor]
        now = getattr(self.settings, setting.name)
        if setting.is_number:
            self.app.push_screen(NumberScreen(setting, now), lambda value: self._changed(setting, value))
            return
        words = self.themes if setting.name == "theme" else setting.choices
        if isinstance(now, dict):
            self.note(f"{setting.label} is a table: write it into the file; `tuinews config --example` shows how.")
            return
        if not words:
            self.app.push_screen(TextScreen(setting, now), lambda value: self._changed(setting, value))
            return
        self.query_one(".dialog").display = False  # what one chooses is to be seen
        tried = PickScreen(setting.label, words, str(now), lambda word: self._show(setting, word))
        self.app.push_screen(tried, lambda value: self._changed(setting, value))

    def _show(self, setting: Setting, value: object) -> None:
        """See it, without keeping it."""
        if setting.name not in AT_START:
            from dataclasses import replace

            shown: dict[str, Any] = {setting.name: value}
            self.apply(replace(self.settings, **shown))

    def _changed(self, setting: Setting, value: object) -> None:
        if value is not None:
            try:
                self.settings = self.desk.change(setting.name, value)
            except TuinewsError as error:
                self.note(str(error), bad=True)
        self.apply(self.settings)
        self.query_one(".dialog").display = True
        self.moved.choices = tuple(self._choices())
        self.moved.forget()
