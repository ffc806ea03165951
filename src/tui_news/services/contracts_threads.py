"""What the screen asks of the library about threads, beyond showing them (`desk.threads`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class ThreadMarks(Protocol):
    """The marks of what is new. Raises LibraryError only."""

    def all_seen(self, story_id: int) -> None:
        """The reader is done with the thread: only what comes later is new."""
        ...

    def keep_new(self, story_id: int, comment_ids: Sequence[str]) -> None:
        """These are not seen after all, and new at the next visit."""
        ...
