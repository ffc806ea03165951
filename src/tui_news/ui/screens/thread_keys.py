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
        self._told_at: tuple[int, str] | None = None

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
        elif not self.view.next_new(back):
            self._no_more_new(back)

    def _no_more_new(self, back: bool) -> None:
        """Said once; pressed again where it was said, `n` goes on to the next story as it does elsewhere."""
        comment, opened = self.view.current_comment(), self.screen.stories.opened
        here = (opened.story.row.id if opened else 0, comment.id if comment else "")
        if here == self._told_at and not back:
            self._told_at = None
            self.screen.stories.next_unread()
            return
        self._told_at = here
        none = "No more new comments" if self.view.has_new else "No new comments here"
        again = self.screen.keymap.first("thread.next_new")
        self.screen.say(f"{none} above." if back else f"{none}: {again} again goes to the next unread story.")

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

    def back_down(self) -> None:
        up = self.screen.keymap.first("thread.parent")
        self._or(self.view.back_down(), f"There is nowhere to go back down to: {up} goes up.")

    def peek(self) -> None:
        self._or(self.view.peek(), "This comment answers nobody.")

    def fold_branch(self) -> None:
        self.view.fold_branch()

    def less(self) -> None:
        self._level(-1)

    def more(self) -> None:
        self._level(1)

    def _level(self, by: int) -> None:
        state = self.view.thread_state
        if state is None or not self.view.level(by):
            return
        deepest = state.deepest - state.base + 1
        if state.level >= deepest:
            self.screen.say("Every level is open.")
        else:
            self.screen.say(f"{state.level} of {deepest} levels open." if state.level else "Every branch is folded.")

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

    def only_op(self) -> None:
        state = self.view.thread_state
        if state is not None and not state.has_op:
            self.screen.say("The story’s author wrote nothing here that is known to be theirs.")
        elif self.view.only_op() and state is not None:
            self.screen.say("Only the story’s author, and what they answer." if state.only_op else "All comments.")

    def all_seen(self) -> None:
        opened = self.screen.stories.opened
        if opened is None or not self.view.has_new:
            self.screen.say("No new comments here.")
            return
        self.view.keeps_new = False
        self.screen.desk.threads.all_seen(opened.story.row.id)
        self._marked(opened.story.row.id)
        self.screen.say("Every comment here is seen.")

    def keep_new(self) -> None:
        opened, view = self.screen.stories.opened, self.view
        if opened is None or not view.fresh:
            self.screen.say("No new comments here.")
            return
        view.keeps_new = not view.keeps_new
        if view.keeps_new:
            self.screen.desk.threads.keep_new(opened.story.row.id, sorted(view.fresh))
            self._marked(opened.story.row.id)
        self.screen.say("What is new stays new for your next visit." if view.keeps_new else "What you read is seen.")

    def _marked(self, story_id: int) -> None:
        self.screen.stories.again()
        self.screen.lists.touch((story_id,), keep=False)

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
