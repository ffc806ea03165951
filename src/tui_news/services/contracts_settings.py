"""What the screen asks about settings: `desk.settings`."""

from __future__ import annotations

from typing import Protocol

from tui_news.config import Settings


class SettingsDesk(Protocol):
    """The settings file. Raises TuinewsError when it cannot be changed."""

    @property
    def place(self) -> str:
        """Where the file is."""
        ...

    def current(self) -> Settings: ...
    def change(self, name: str, value: object) -> Settings:
        """Set one, leaving comments and the rest alone; the settings now in force."""
        ...
