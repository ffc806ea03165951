"""`desk.settings`: the settings file, read and changed."""

from __future__ import annotations

from pathlib import Path

from tui_news.config import BY_NAME, Settings, load_settings


class SettingsFile:
    """See `contracts_settings.SettingsDesk`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def place(self) -> str:
        return str(self._path)

    def current(self) -> Settings:
        return load_settings(self._path).settings

    def change(self, name: str, value: object) -> Settings:
        from tui_news.config.writing import change

        default = BY_NAME[name].default if name in BY_NAME else None
        if not (value == default and getattr(self.current(), name) == default):
            change(self._path, name, value)
        return self.current()
