"""A settings file in memory, for tests of the screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from tui_news.config import Settings


@dataclass
class FakeSettings:
    held: Settings = field(default_factory=Settings)
    place: str = "~/.config/tuinews/config.toml"

    def current(self) -> Settings:
        return self.held

    def change(self, name: str, value: object) -> Settings:
        self.held = replace(self.held, **{name: value})
        return self.held
