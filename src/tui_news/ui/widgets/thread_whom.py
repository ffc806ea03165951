"""Whom a comment quotes: the words of its quotations, looked for in what it answers and in what stands before it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from tui_news.comments.tree import ancestors
from tui_news.models import Block, Comment
from tui_news.ui.widgets.thread_state import ThreadState

LEAST = 12  # letters of a quotation; fewer are found by chance
ABOVE, BEFORE = 40, 40  # comments that are looked through
READ = 5_000  # characters of each


class Whom:
    """Answers are kept: a row is drawn many times. The comments of a thread do not change under their state."""

    def __init__(self, state: ThreadState) -> None:
        self.state = state
        self._letters: dict[int, str] = {}
        self._names: dict[int, str] = {}

    def quoted_by(self, position: int) -> str:
        """The name of whose words this comment quotes, "" where it quotes nobody who is known."""
        key = self.state.nodes[position].index  # positions are others in another order
        if key not in self._names:
            self._names[key] = self._find(position)
        return self._names[key]

    def _find(self, position: int) -> str:
        comment = self.state.comment(position)
        quoted = [block for block in comment.blocks if block.quote]
        wanted = [words for block in quoted if len(words := letters(block.text)) >= LEAST]
        if not wanted:
            return ""
        for near in self._near(position):
            other = self.state.comment(near)
            held = self._said(near, other)
            if other.author and other.author != comment.author and any(words in held for words in wanted):
                return "" if _told(quoted, other.author) else other.author
        return ""

    def _near(self, position: int) -> Iterator[int]:
        above = ancestors(self.state.nodes, position)[:ABOVE]
        yield from above
        yield from islice((one for one in range(position - 1, -1, -1) if one not in above), BEFORE)

    def _said(self, position: int, comment: Comment) -> str:
        key = self.state.nodes[position].index
        if key not in self._letters:
            self._letters[key] = letters(" ".join(block.text for block in comment.blocks if not block.quote))
        return self._letters[key]


def letters(text: str) -> str:
    """What is the same however a quotation is set: no spaces, marks or capitals."""
    return "".join(filter(str.isalnum, text[:READ])).casefold()


def _told(quoted: list[Block], name: str) -> bool:
    """Whether the quotation itself begins with whose it is, as a forum's do."""
    return any(block.text.strip().rstrip(":").casefold() == name.casefold() for block in quoted)
