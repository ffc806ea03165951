"""Opening the library with what its rescue needs: the OPML beside it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from tui_news.models import LibraryError, Subscription
from tui_news.paths import Paths
from tui_news.store import Library, LibraryFull, LibraryReadonly


def open_library(paths: Paths, *, clock: Callable[[], float] = time.time) -> Library:
    """Open (or make) the library. Raises LibraryError in a sentence when it cannot be used."""
    return Library.open(paths, clock=clock, read_opml=_read_opml)


def open_to_read(paths: Paths, *, clock: Callable[[], float] = time.time) -> Library:
    """As `open_library`; where nothing may be written, for reading only, and `notices` says so."""
    try:
        return open_library(paths, clock=clock)
    except (LibraryReadonly, LibraryFull) as error:
        try:
            library = Library.open(paths, readonly=True, older=True, clock=clock)
        except LibraryError:
            raise error from None
        library.notices.append(f"{error}. It is open for reading; what you do is kept until you leave.")
        return library


def _read_opml(data: bytes) -> Sequence[Subscription]:
    from tui_news.feeds.opml import read_opml

    return read_opml(data)
