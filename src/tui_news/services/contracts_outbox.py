"""What the screen asks of acts that wait for the library (`desk.outbox`)."""

from __future__ import annotations

from typing import Protocol


class Waits(Protocol):
    def flush(self) -> None:
        """Store what waits, as far as it goes. Raises LibraryError for an act that waiting would not help."""
        ...

    def news(self) -> str:
        """A sentence, once, when acts began to wait or are all stored; else ""."""
        ...
