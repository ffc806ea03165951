"""`desk.later`: what the reader wanted of a network that was not there."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.store import Library


class LibraryWaiting:
    def __init__(self, library: Library, clock: Callable[[], float]) -> None:
        self.library, self.clock = library, clock

    def wait_to_open(self, url: str) -> None:
        """Note an address to open in the browser once the network is back."""
        self.library.later.put("open", url, int(self.clock()))

    def count(self) -> int:
        return self.library.later.count()
