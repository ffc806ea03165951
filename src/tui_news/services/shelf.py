"""Folders, the order of feeds, and what is set for one feed. Every act is journalled: `u` undoes it."""

from __future__ import annotations

from typing import TypeVar

from tui_news.models import Feed, FeedSettings, TuinewsError
from tui_news.store import Library
from tui_news.text.sanitize import clean_line

T = TypeVar("T")
LONGEST = 200  # characters of a path
DEEPEST = 6


class LibraryShelf:
    """`desk.shelf`."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def folders(self) -> tuple[str, ...]:
        """Every folder in order, a parent before what is in it, empty ones too."""
        return self.library.folders.all()

    def together(self) -> bool:
        """Whether a story that several feeds have is shown once."""
        return not self.library.twins.apart

    def set_together(self, together: bool) -> None:
        self.library.twins.set_apart(not together)

    def twins(self, story_id: int) -> tuple[int, ...]:
        """The same story in other feeds."""
        return tuple(self.library.twins.of(story_id))

    def edit(self, feed_id: int, title: str, folder: str, settings: FeedSettings) -> None:
        """Set everything a person can set for a feed, as one act. Raises TuinewsError for a folder's name."""
        feed = self.library.feeds.get(feed_id)
        if feed is None:
            return
        path = folder_path(folder)
        with self.library.journal.act(f"editing {feed.title or feed.url}") as act:
            act.keep("feed", id=feed_id)
            self.library.feeds.edit(feed_id, title=title if title != feed.title else None, folder=path)
            self.library.feeds.set_settings(feed_id, settings)

    def create_folder(self, name: str) -> str:
        """Make an empty folder; its path. Raises TuinewsError."""
        path = folder_path(name)
        if not path:
            raise TuinewsError("A folder needs a name", "none was given", "type one, such as News/Norway")
        if path in self.folders():
            raise TuinewsError(f"There is a folder {path} already", "", "choose another name")
        with self.library.journal.act(f"making the folder {path}") as act:
            act.keep("folder", path=path)
            self.library.folders.create(path)
        return path

    def rename_folder(self, path: str, name: str) -> str:
        """Give a folder, with all in it, another path ("": none); the new path. Raises TuinewsError."""
        new = folder_path(name)
        if new == path:
            return path
        if new.startswith(f"{path}/"):
            raise TuinewsError(f"{path} cannot go into itself", "", "choose another place")
        words = f"renaming the folder {path} to {new}" if new else f"taking the folder {path} apart"
        with self.library.journal.act(words) as act:
            for feed in self._inside(path):
                act.keep("feed", id=feed.id)
                self.library.feeds.edit(feed.id, folder=_moved(feed.folder, path, new))
            for old in self.folders():
                if old == path or old.startswith(f"{path}/"):
                    act.keep("folder", path=old)
                    self.library.folders.drop(old)
            for old in (path, *(feed.folder for feed in self._inside(new))) if new else ():
                moved = _moved(old, path, new)
                act.keep("folder", path=moved)
                self.library.folders.create(moved)
        return new

    def _inside(self, path: str) -> list[Feed]:
        inside = f"{path}/"
        return [feed for feed in self.library.feeds.all() if feed.folder == path or feed.folder.startswith(inside)]

    def move_feed(self, feed_id: int, by: int) -> bool:
        """Move a feed up (-1) or down (1) among those of its folder; whether there was room."""
        feed = self.library.feeds.get(feed_id)
        if feed is None:
            return False
        beside = [one.id for one in self.library.feeds.all() if one.folder == feed.folder]
        order = _swapped(beside, feed_id, by)
        if order is None:
            return False
        with self.library.journal.act(f"moving {feed.title or feed.url} {'down' if by > 0 else 'up'}") as act:
            for number in order:
                act.keep("feed", id=number)
            self.library.folders.place_feeds(order)
        return True

    def move_folder(self, path: str, by: int) -> bool:
        """Move a folder up or down among those of its parent."""
        parent = path.rpartition("/")[0]
        beside = [one for one in self.folders() if one.rpartition("/")[0] == parent]
        order = _swapped(beside, path, by)
        if order is None:
            return False
        with self.library.journal.act(f"moving the folder {path} {'down' if by > 0 else 'up'}") as act:
            for one in order:
                act.keep("folder", path=one)
            self.library.folders.place(order)
        return True

    def remembered(self, key: str) -> str:
        """A small choice of the reader's, such as a list's order; "" for none."""
        return self.library.memos.get("choice", key) or ""

    def remember(self, key: str, value: str) -> None:
        self.library.memos.put("choice", key, value)


def _moved(folder: str, path: str, new: str) -> str:
    if folder != path and not folder.startswith(f"{path}/"):
        return folder
    return (new + folder[len(path) :]).strip("/")


def _swapped(order: list[T], one: T, by: int) -> list[T] | None:
    at = order.index(one)
    if not 0 <= at + by < len(order):
        return None
    order.insert(at + by, order.pop(at))
    return order


def folder_path(name: str) -> str:
    """A folder's path from what a person typed: "News / Norway" is "News/Norway". Raises TuinewsError."""
    parts = [clean_line(part, LONGEST) for part in name.split("/")]
    path = "/".join(part for part in parts if part)
    if len(path) > LONGEST or path.count("/") >= DEEPEST:
        raise TuinewsError("This is no name for a folder", "it is too long or too deep", "choose a shorter one")
    return path
