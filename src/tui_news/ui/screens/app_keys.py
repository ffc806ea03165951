"""Back, undo, help, the palette, and leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_news.models import TuinewsError
from tui_news.ui.themes import theme_names

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen


class AppKeys:
    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    def back(self) -> bool:
        """One step out: of a search, a zoom, zen, the story, the feeds, a filter. False: there was nowhere to go."""
        screen = self.screen
        if screen.panes.at == "story":
            if screen.stories.end_search() or screen.story_view.escape():
                return True
            if screen.panes.is_zen:
                screen.panes.zen()
            else:
                screen.stories.save_place()
                screen.panes.go("list")
            return True
        if screen.panes.at == "feeds":
            screen.panes.go("list")
            return True
        if screen.lists.let_go():
            return True
        if screen.lists.view.filter:
            screen.lists.clear_filter()
            return True
        return False

    def leave(self) -> None:
        if not self.back():
            self.quit()

    def undo(self) -> None:
        try:
            words = self.screen.desk.undo()
        except TuinewsError as error:
            self.screen.say(str(error))
            return
        if words is None:
            self.screen.say("There is nothing to undo.")
            return
        self.screen.lists.reload()
        self.screen.stories.again()  # what was undone may be a speaker's name in the open story
        if self.screen.stories.opened is not None:
            self.screen.story_view.refresh_quote()
        self.screen.say(f"Undone: {words}")

    def help(self) -> None:
        from tui_news.ui.screens.help import HelpScreen

        self.screen.app.push_screen(HelpScreen(self.screen.context, self.screen.keymap))

    def settings(self) -> None:
        from tui_news.ui.app import TuinewsApp
        from tui_news.ui.screens.settings import SettingsScreen

        app = self.screen.app
        assert isinstance(app, TuinewsApp)
        app.push_screen(SettingsScreen(self.screen.desk.settings, theme_names(app.available_themes), app.apply))

    def redraw(self) -> None:
        """Textual writes the whole screen when all of it is to be painted."""
        self.screen.refresh()

    def palette(self) -> None:
        self.screen.app.action_command_palette()

    def quit(self) -> None:
        from tui_news.ui import stage

        self.screen.stories.leave()
        stage.leave(self.screen.owner)
