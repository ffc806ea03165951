"""A shelf in memory, for tests of the screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from tui_news.models import FeedSettings


@dataclass
class FakeShelf:
    calls: list[tuple[object, ...]] = field(default_factory=list)
    paths: tuple[str, ...] = ()
    choices: dict[str, str] = field(default_factory=dict)
    once: bool = True
    others: dict[int, tuple[int, ...]] = field(default_factory=dict)
    room: bool = True

    def folders(self) -> tuple[str, ...]:
        return self.paths

    def together(self) -> bool:
        return self.once

    def set_together(self, together: bool) -> None:
        self.once = together

    def twins(self, story_id: int) -> tuple[int, ...]:
        return self.others.get(story_id, ())

    def edit(self, feed_id: int, title: str, folder: str, settings: FeedSettings) -> None:
        self.calls.append(("edit", feed_id, title, folder, settings))

    def create_folder(self, name: str) -> str:
        self.paths = (*self.paths, name)
        return name

    def rename_folder(self, path: str, name: str) -> str:
        self.calls.append(("rename_folder", path, name))
        return name

    def move_feed(self, feed_id: int, by: int) -> bool:
        self.calls.append(("move_feed", feed_id, by))
        return self.room

    def move_folder(self, path: str, by: int) -> bool:
        self.calls.append(("move_folder", path, by))
        return self.room

    def remembered(self, key: str) -> str:
        return self.choices.get(key, "")

    def remember(self, key: str, value: str) -> None:
        self.choices[key] = value
