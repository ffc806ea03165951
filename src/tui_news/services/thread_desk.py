"""The desk's part about threads: marks of what is new."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.store import Library


class ThreadDesk:
    def __init__(self, library: Library) -> None:
        self._library = library

    def all_seen(self, story_id: int) -> None:
        with self._library.write():
            self._library.threads.leave(story_id)

    def keep_new(self, story_id: int, comment_ids: Sequence[str]) -> None:
        with self._library.write():
            self._library.threads.keep_new(story_id, comment_ids)
