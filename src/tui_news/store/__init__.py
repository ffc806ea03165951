"""The library in SQLite. Everything raises LibraryError only (its subclasses say which kind)."""

from tui_news.store.errors import LibraryBusy, LibraryDamaged, LibraryFull, LibraryNewer, LibraryReadonly
from tui_news.store.library import Library

__all__ = ["Library", "LibraryBusy", "LibraryDamaged", "LibraryFull", "LibraryNewer", "LibraryReadonly"]
