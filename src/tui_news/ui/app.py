"""The app: it owns the theme, the clipboard, the browser and the screens; the reading itself is the screens'."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.events import Event, InputEvent
from textual.filter import LineFilter
from textual.screen import Screen

from tui_news.config import Settings
from tui_news.models import TuinewsError, View
from tui_news.services.contracts import Courier, Desk, Fact
from tui_news.text.sanitize import clean_url, without_login
from tui_news.ui import failures, garbage, stage
from tui_news.ui.filters import UnsafeFilter
from tui_news.ui.glass import Glass
from tui_news.ui.keymap import make_keymap
from tui_news.ui.literal import switch_markup_off
from tui_news.ui.messages import FactHeard
from tui_news.ui.screens.reader import ReaderScreen, reader_class
from tui_news.ui.themes import OWN, environment, is_ansi, pick_theme
from tui_news.ui.waiting import waiting
from tui_news.ui.widgets.steady import Going, Rules

if TYPE_CHECKING:
    from textual.command import Provider

NO_PAGE = "This story has no web page to open."


def _actions() -> type[Provider]:
    from tui_news.ui.commands import ActionCommands

    return ActionCommands


def _feeds() -> type[Provider]:
    from tui_news.ui.commands import FeedCommands

    return FeedCommands


def _stories() -> type[Provider]:
    from tui_news.ui.commands import StoryCommands

    return StoryCommands


def _in_browser(app: App[None], url: str) -> bool:
    from tui_news.ui.browser import open_in_browser

    return open_in_browser(app, url)


class TuinewsApp(Going, App[None], inherit_bindings=False):
    """The reader over a library (`desk`) and a network (`courier`). `start`: the view to open on.

    terminal: the attributes of a terminal that shows the stored picture, as they were before.
    """

    CSS_PATH = "app.tcss"
    TITLE = "tuinews"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "f1"  # the registry's own keys come first; the app insists on one of its own
    COMMANDS: ClassVar[set[Any]] = {*App.COMMANDS, _actions, _feeds, _stories}
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "copy_hint", show=False, system=True)]

    def __init__(
        self,
        desk: Desk,
        courier: Courier,
        *,
        now: Callable[[], float] = time.time,
        settings: Settings | None = None,
        start: View | None = None,
        report_folder: Path | None = None,
        open_browser: Callable[[App[None], str], bool] = _in_browser,
        terminal: list[Any] | None = None,
    ) -> None:
        switch_markup_off()
        self.settings = settings or Settings()
        self.terminal = terminal  # the terminal's attributes before the stored picture was put on it
        self.curtain = "start"  # nothing is painted before the list is there ("up"), nor while leaving ("end")
        self.last_frame, self.glass = "", Glass()
        theme = pick_theme(self.settings.theme, environment())
        # Textual picks its colour filters while it is made: a terminal theme set later is black on black.
        super().__init__(ansi_color=True if is_ansi(theme) else None)
        self.desk, self.courier, self.now, self.start = desk, courier, now, start
        self.report_folder, self._open_browser = report_folder, open_browser
        self._unsafe = UnsafeFilter()
        self.keys = make_keymap(self.settings.preset, self.settings.keys)
        self.wish = theme
        self.failure, self.leaving = "", False
        self.notices: tuple[str, ...] = ()  # sentences about the start: a repaired library, a setting ignored
        for own in OWN:
            self.register_theme(own)
        self.theme = theme if theme in self.available_themes else OWN[0].name
        self.stylesheet = Rules(variables=self.get_css_variables())  # Textual's has those of its own theme
        self._css_theme = self.theme

    # life
    def get_default_screen(self) -> Screen[None]:
        reader = reader_class(self.keys)
        return reader(self.desk, self.courier, self.keys, self.now, self.settings, self.start)

    def on_mount(self) -> None:
        self.courier.listen(self.hear)
        self._mind_signals()
        failures.Strays(self).mind(asyncio.get_running_loop())
        self.set_timer(stage.PATIENCE, self.raise_curtain)
        self.call_after_refresh(garbage.begin)
        self.call_after_refresh(self.tell_notices)

    def _mind_signals(self) -> None:
        """Asked to end, or the terminal was closed: save the place and give the terminal back.

        Not by `loop.add_signal_handler`: the pipe that it is told by is full of keys when some hundred are in line, and
        the signal is lost.
        """
        loop = asyncio.get_running_loop()

        def asked(number: int, frame: object) -> None:
            try:
                loop.call_soon_threadsafe(self._end)
            except RuntimeError:  # the loop is over: so are we
                signal.signal(number, signal.SIG_DFL)
                signal.raise_signal(number)

        for name in ("SIGTERM", "SIGHUP"):
            with contextlib.suppress(AttributeError, ValueError):
                signal.signal(getattr(signal, name), asked)

    def _end(self) -> None:
        try:
            self.reader.attempt(self.reader.stories.leave)
        finally:
            self.exit()

    def exit(self, *args: Any, **kwargs: Any) -> None:
        """End. Stopped by a ctrl-z from here on, we go on ending when we are continued, and do not come back."""
        self.leave()
        super().exit(*args, **kwargs)
        if self._driver is not None:
            self._driver._auto_restart = False

    def leave(self) -> None:
        """Nothing typed is answered from here on."""
        from tui_news.ui.leaving import forget_typed  # knows fields to type in, which the first paint does without

        self.leaving = True
        forget_typed(self)

    async def on_event(self, event: Event) -> None:
        if not (self.leaving and isinstance(event, InputEvent)):
            await super().on_event(event)

    def raise_curtain(self) -> None:
        """Show what is drawn, from now on."""
        if self.curtain == "start":
            self.curtain = "up"
            self.screen.refresh()
            stage.tick(self.reader)

    def tell_notices(self) -> None:
        """What was found wrong while starting: said in the hint line, or on a page when it is more than one thing."""
        notices = [*self.notices, *self.keys.problems]
        if self.theme != self.wish:
            notices.append(f"There is no theme {self.wish!r}; {self.theme} is in use.")
        if len(notices) > 1:
            from tui_news.ui.screens.notices import NoticesScreen

            self.push_screen(NoticesScreen(notices))
        elif notices:
            self.say(notices[0])

    async def on_unmount(self) -> None:
        await self.courier.close()
        self.desk.close()

    # the network's reports
    def hear(self, fact: Fact) -> None:
        """Called by the courier on our loop, at any time, even before the first paint or after the last."""
        if self.is_running:
            self.post_message(FactHeard(fact))

    def on_fact_heard(self, message: FactHeard) -> None:
        for screen in (self.screen, self.reader):
            heard = getattr(screen, "heard", None)
            if heard is not None:
                heard(message.fact)
            if screen is self.reader:
                break

    @property
    def reader(self) -> ReaderScreen:
        screen = self.screen_stack[0]
        assert isinstance(screen, ReaderScreen)
        return screen

    def apply(self, settings: Settings) -> None:
        """Show what can be seen of the settings at once."""
        self.settings = settings
        theme = pick_theme(settings.theme, environment())
        if theme in self.available_themes and theme != self.theme:
            self.ansi_color = True if is_ansi(theme) else None
            self.theme = theme
        self.reader.apply(settings)

    # talking to the reader, the clipboard and the browser
    def say(self, sentence: str) -> None:
        """The one way to tell something: in the hint line, or in the dialog that is open."""
        place = getattr(self.screen, "note", None) or getattr(self.screen, "say", None)
        if place is not None:
            place(sentence)
        else:
            self.notify(sentence, markup=False)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open a web page, started without a shell and with a clean http(s) address only."""
        clean = without_login(clean_url(url) or "")
        if not clean.startswith(("http://", "https://")):
            self.say(NO_PAGE if not url or url.startswith("builtin:") else "This is no address of a web page.")
        elif self._open_browser(self, clean):
            self.say(f"Opened {clean}")
        else:
            self.copy_to_clipboard(clean)
            self.say(f"No browser was found; copied {clean}")

    def action_copy_hint(self) -> None:
        self.say(f"Nothing is selected to copy. {self.keys.first('app.quit')} leaves tuinews.")

    # Textual's side
    def action_command_palette(self) -> None:
        from tui_news.ui.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())  # without Textual's id: the last one may not be quite gone yet

    def search_themes(self) -> None:
        from tui_news.ui.palette import Palette, Themes

        self.push_screen(Palette(providers=[Themes], placeholder="Search for themes…"))

    def get_driver_class(self) -> type[Driver]:
        base = waiting(super().get_driver_class())
        return base if self.terminal is None else stage.behind_picture(base, self.terminal)

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        if self.curtain == "up":
            super()._display(screen, self.glass.through(renderable))

    def refresh_css(self, animate: bool = True) -> None:
        """Not for the theme that the CSS was read with in the first place: Textual would read all of it again."""
        if self.curtain != "start" or self.theme != self._css_theme:
            super().refresh_css(animate)

    def get_line_filters(self) -> Sequence[LineFilter]:
        return [*super().get_line_filters(), self._unsafe]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)

    def _handle_exception(self, error: Exception) -> None:
        """An error nobody foresaw ends the app with one sentence and a report, never with a page of traceback."""
        from tui_news.ui.palette import is_late_search

        if is_late_search(error):
            return
        if isinstance(error, TuinewsError) and self.is_running:  # a timer's: it ticks on
            return self.say(str(error))
        self.curtain = "up"
        self.failure = self.failure or failures.told(error, self.report_folder, int(self.now()))
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def panic(self, *renderables: Any) -> None:
        """Textual's own ends, which it would print a page about."""
        self._handle_exception(sys.exc_info()[1] or RuntimeError("a panic"))  # type: ignore[arg-type]

    def _print_error_renderables(self) -> None:
        """Whoever started the app prints `failure`, when the terminal is surely given back."""
        self._exit_renderables.clear()
