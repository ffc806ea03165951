"""The keys of a thread: the view does the work, the desk remembers, the browser and the clipboard get links."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_news.ui.screens.reader import ReaderScreen
    from tui_news.ui.widgets.story_view import StoryView

ORDERS = ("site", "oldest", "newest", "replies")
ORDER_WORDS = {
    "site": "the site’s order",
    "oldest": "oldest first",
    "newest": "newest first",
    "replies": "most replies",
}


class ThreadKeys:
    def __init__(self, screen: ReaderScreen) -> None:
        self.screen = screen

    @property
    def view(self) -> StoryView:
        return self.screen.story_view

    def _or(self, moved: bool, sentence: str) -> None:
        if not moved:
            self.screen.say(sentence)

    def next_comment(self) -> None:
        self.view.next_comment()

    def previous_comment(self) -> None:
        self.view.next_comment(back=True)

    def fold(self) -> None:
        self.view.toggle_fold()

    def next_new(self) -> None:
        self._new(back=False)

    def previous_new(self) -> None:
        self._new(back=True)

    def _new(self, back: bool) -> None:
        stories = self.screen.stories
        if stories.words:
            self.view.next_match(back)
        elif not self.view.next_new(back) and not back:
            stories._unread(back=False)  # the thread's new ones are done: on to the next story
        elif not self.view.has_new:
            self.screen.say("No new comments here.")

    def next_root(self) -> None:
        self.view.next_root()

    def previous_root(self) -> None:
        self.view.next_root(back=True)

    def next_sibling(self) -> None:
        self.view.next_sibling()

    def previous_sibling(self) -> None:
        self.view.next_sibling(back=True)

    def parent(self) -> None:
        self._or(self.view.to_parent(), "This comment answers nobody.")

    def peek(self) -> None:
        self._or(self.view.peek(), "This comment answers nobody.")

    def fold_branch(self) -> None:
        self.view.fold_branch()

    def less(self) -> None:
        self.view.level(-1)

    def more(self) -> None:
        self.view.level(1)

    def fold_all(self) -> None:
        self.view.fold_all()

    def unfold_all(self) -> None:
        self.view.unfold_all()

    def quotes(self) -> None:
        self.view.toggle_quotes()

    def zoom(self) -> None:
        self.view.zoom()

    def order(self) -> None:
        opened = self.screen.stories.opened
        if opened is None or opened.thread is None:
            return
        now = opened.thread.order if opened.thread.order in ORDERS else "site"
        order = ORDERS[(ORDERS.index(now) + 1) % len(ORDERS)]
        self.screen.desk.set_order(opened.story.row.id, order)
        self.screen.stories.set_order(order)
        self.view.set_order(order)
        self.screen.say(f"Comments: {ORDER_WORDS[order]}.")

    def copy(self) -> None:
        comment = self.view.current_comment()
        if comment is None:
            return
        text = "\n\n".join(block.text for block in comment.blocks)
        self.screen.app.copy_to_clipboard(
            "\n".join(part for part in (text, f"— {comment.author}", comment.url) if part)
        )
        self.screen.say("Copied the comment.")

    def browse(self) -> None:
        comment = self.view.current_comment()
        opened = self.screen.stories.opened
        if comment is not None and comment.url:
            self.screen.app.open_url(comment.url)
        elif opened is not None:
            self.screen.stories.comments_browser()
