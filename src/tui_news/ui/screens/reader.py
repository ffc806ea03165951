"""The reading screen: feeds, list and story side by side as the width allows; keys go to small controllers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from shutil import get_terminal_size
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.events import Click, Resize
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from tui_news.config import Settings
from tui_news.models import TuinewsError, View
from tui_news.services.contracts import Courier, Desk, Fact
from tui_news.text.sanitize import without_login
from tui_news.ui import garbage, stage
from tui_news.ui.actions import ACTIONS, BY_ID, hints
from tui_news.ui.keymap import Keymap, with_line_feed
from tui_news.ui.messages import MoreNeeded, RowChosen, RowHighlighted, ViewChosen
from tui_news.ui.screens.late_rooms import LateRooms
from tui_news.ui.screens.list_flow import Lists
from tui_news.ui.screens.panes import WIDTHS, Moves, Panes, width_class
from tui_news.ui.screens.query_flow import Queries
from tui_news.ui.themes import furnish_dialogs
from tui_news.ui.widgets.bare import Pane, Paned
from tui_news.ui.widgets.feed_tree import FeedTree
from tui_news.ui.widgets.prompt import Prompt
from tui_news.ui.widgets.status_line import Flash, StatusLine, TopBar
from tui_news.ui.widgets.steady import Going, Steady
from tui_news.ui.widgets.story_list import StoryList

if TYPE_CHECKING:
    from tui_news.ui.app import TuinewsApp
    from tui_news.ui.widgets import reading_messages as told
    from tui_news.ui.widgets.story_view import StoryView

WATCH_SECONDS = 2.0  # how often we ask whether another process wrote to the library
FURNISH_SECONDS = 0.8  # after the first paint: what the first story and the first question will need
ROOMS = {  # an action's room: the controller that holds it
    "app": "app_keys", "feed": "feed_keys", "list": "lists", "move": "moves", "pack": "packs", "pane": "panes",
    "query": "queries", "quote": "quote_acts", "send": "sending", "shelf": "shelf_keys", "story": "stories",
    "thread": "thread_keys",
}  # fmt: skip
LOOK_SECONDS = 600.0  # how often an open story's comments may be asked for again


class ReaderScreen(LateRooms, Paned, Going, Steady, Screen[None], inherit_bindings=False):
    """Owns the widgets and the context; every `do(room.verb)` is a method of that room's controller."""

    HORIZONTAL_BREAKPOINTS = WIDTHS
    AUTO_FOCUS = ""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # Textual's paints everything when it changes

    def __init__(
        self,
        desk: Desk,
        courier: Courier,
        keymap: Keymap,
        now: Callable[[], float],
        settings: Settings,
        start: View | None = None,
    ) -> None:
        # The first frame is drawn before Textual has told the width: without this it flashes three panes.
        super().__init__(classes=width_class(columns := get_terminal_size().columns))
        self.desk, self.courier, self.keymap = desk, courier, keymap
        self._now, self.settings, self.start = now, settings, start
        self.last_key = 0.0
        self.panes, self.lists, self.queries, self.moves = Panes(self, columns), Lists(self), Queries(self), Moves(self)
        self._view: StoryView | None = None

    def compose(self) -> ComposeResult:
        yield TopBar()
        with Horizontal(id="panes"):
            yield FeedTree(id="feeds")
            with Pane(id="list-pane"):
                yield Static(id="banner", markup=False)
                stories = StoryList(id="list")
                stories.set_density(self.settings.density)
                yield stories
            with Pane(id="story-pane"):
                yield Static(id="no-story", markup=False)
        yield Prompt()
        yield StatusLine()
        yield Flash()

    def apply(self, settings: Settings) -> None:
        """What can be changed while one reads."""
        self.settings = settings
        self.story_list.set_density(settings.density)
        if self._view is not None:
            self._view.threads_start = settings.threads
            if self._view.text_width != settings.text_width:
                self._view.set_text_width(settings.text_width)

    @property
    def feed_tree(self) -> FeedTree:
        return self.query_one(FeedTree)

    @property
    def story_list(self) -> StoryList:
        return self.query_one(StoryList)

    @property
    def story_view(self) -> StoryView:
        """Made when it is first asked for: with what it imports it is a fifth of a start."""
        if self._view is None:
            from tui_news.ui.widgets.story_view import StoryView

            self._view = StoryView(text_width=self.settings.text_width, id="story")
            self._view.threads_start = self.settings.threads
            self.query_one("#story-pane").mount(self._view)
        return self._view

    def show_story(self, reading: bool) -> None:
        """A story in the story pane, or what to do for one."""
        self.story_view.display = reading
        self.query_one("#no-story").display = not reading

    @property
    def status(self) -> StatusLine:
        return self.query_one(StatusLine)

    @property
    def top(self) -> TopBar:
        return self.query_one(TopBar)

    @property
    def prompt(self) -> Prompt:
        return self.query_one(Prompt)

    @property
    def owner(self) -> TuinewsApp:
        return cast("TuinewsApp", self.app)

    def now(self) -> int:
        return int(self._now())

    def since_key(self) -> float:
        """Seconds."""
        return self._now() - self.last_key

    def say(self, sentence: str) -> None:
        """The one way to tell the reader something here: a sentence in the hint line."""
        if self.is_mounted:
            self.status.flash(sentence)

    # keys
    @property
    def context(self) -> str:
        """Where the reader is: decides what a key means. "" while typing."""
        if self.prompt.asking:
            return ""
        if self.panes.at == "story":
            return "thread" if self.story_view.in_thread else "story"
        return self.panes.at

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action != "do":
            return True
        # Textual asks before anything is mounted, and a key may come after Q.
        return self.is_mounted and self.is_attached and self.context in BY_ID[str(parameters[0])].contexts

    def handler(self, action_id: str) -> Callable[[], None]:
        room, verb = action_id.split(".")
        found: Callable[[], None] = getattr(getattr(self, ROOMS[room]), verb)
        return found

    def action_do(self, action_id: str) -> None:
        self.last_key = self._now()
        self.status.clear()
        self.attempt(self.handler(action_id))
        self.show_hints()

    def attempt(self, act: Callable[[], object]) -> None:
        """A library that cannot be used just now is a sentence to the reader, not the end of the app."""
        try:
            act()
        except TuinewsError as error:
            self.say(str(error))
        if news := self.desk.outbox.news():
            self.say(news)

    def show_hints(self) -> None:
        if self.is_mounted and self.context:
            self.status.show_hints(hints(self.context, self.keymap.keys))

    # life
    def _compositor_refresh(self) -> None:
        """What nobody sees is not drawn: frames behind the curtain, and one that the next replaces at once."""
        if self.owner.curtain == "up" and self.panes.step is None:
            super()._compositor_refresh()

    def on_mount(self) -> None:
        first = self.keymap.first
        step = f"{first('list.open')} reads a story, {first('story.space')} reads everything one after the other"
        self.query_one("#no-story", Static).update(Content(step))
        self.lists.start(self.start)
        self.panes.go("list")
        self.set_interval(WATCH_SECONDS, self.watch_library)
        self.set_interval(LOOK_SECONDS, lambda: self.stories.look_again())
        self.call_after_refresh(stage.when_quiet, self, self.begin)
        stage.when_quiet(self, partial(stage.tick, self))

    def begin(self) -> None:
        """The list is there: it is shown; what is due is fetched; a library without feeds offers where to begin."""
        if self.lists.counts.feeds:
            self.courier.refresh()
        else:
            furnish_dialogs(self)
            self.feed_keys.first_run()
        self.owner.raise_curtain()
        self.set_timer(FURNISH_SECONDS, self._furnish)
        if self.settings.refresh_minutes:
            self.set_interval(self.settings.refresh_minutes * 60, self.courier.refresh)

    def _furnish(self) -> None:
        from tui_news.ui.screens.furnishing import slowly

        slowly(self)

    def on_resize(self, event: Resize) -> None:
        self.panes.resized(event.size.width)

    def on_unmount(self) -> None:
        self.attempt(self.stories.save_known_place)

    def watch_library(self) -> None:
        """Another process wrote: show it, in place. What waits for it is stored."""
        self.attempt(self.desk.outbox.flush)
        if self.facts.may_look(self.since_key()):
            self.attempt(self.lists.reload_if_changed)
        garbage.sweep(quiet=self.since_key() > WATCH_SECONDS)

    def heard(self, fact: Fact) -> None:
        self.attempt(partial(self.facts.heard, fact))

    # what widgets tell
    def on_more_needed(self, message: MoreNeeded) -> None:
        if self.panes.at == "feeds":
            return  # it is asked for again in the list
        self.attempt(self.lists.more_above if message.above else self.lists.more)

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        message.stop()
        self.show_hints()

    def on_row_chosen(self, message: RowChosen) -> None:
        self.attempt(partial(self.stories.read, message.row))

    def on_view_chosen(self, message: ViewChosen) -> None:
        self.attempt(partial(self.lists.show, message.view))
        self.panes.go("list")

    def on_folds_changed(self, message: told.FoldsChanged) -> None:
        self.attempt(partial(self.desk.save_folds, message.story_id, message.folds))

    def on_comments_seen(self, message: told.CommentsSeen) -> None:
        self.attempt(partial(self.stories.comments_seen, message))

    def on_link_opened(self, message: told.LinkOpened) -> None:
        self.app.open_url(message.url)

    def on_link_copied(self, message: told.LinkCopied) -> None:
        url = without_login(message.url)
        self.app.copy_to_clipboard(url)
        self.say(f"Copied {url}")

    def on_blocks_copied(self, message: told.BlocksCopied) -> None:
        self.stories.copy_blocks(message.first, message.end, message.markdown)

    def on_place_changed(self, message: told.PlaceChanged) -> None:
        message.stop()
        self.stories.place_changed(message)
        self.show_hints()

    def on_click(self, event: Click) -> None:
        if event.widget is self._view and self.panes.at != "story":
            self.panes.go("story")


def reader_class(keymap: Keymap) -> type[ReaderScreen]:
    """The screen with these keys as its bindings: Textual reads bindings from the class."""
    keys = with_line_feed(keymap.keys)
    bindings = [
        Binding(key, f"do('{action.id}')", action.label, show=False, id=f"{action.id}:{number}")
        for action in ACTIONS
        for number, key in enumerate(keys[action.id])
    ]
    copy = Binding("ctrl+c,super+c", "screen.copy_text", "Copy selected text", show=False)
    return type("Reader", (ReaderScreen,), {"BINDINGS": [*bindings, copy]}, inherit_bindings=False)
