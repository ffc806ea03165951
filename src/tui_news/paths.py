"""Where things lie. Read and star state is data; the search index and pages may be deleted at any time."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    data: Path
    cache: Path
    config: Path
    state: Path

    @property
    def library(self) -> Path:
        return self.data / "library.db"

    @property
    def index(self) -> Path:
        return self.cache / "search.db"

    @property
    def settings(self) -> Path:
        return self.config / "config.toml"

    @property
    def log(self) -> Path:
        return self.state / "tuinews.log"

    def make(self) -> Paths:
        """Create the folders, private to the user. Raises OSError when the system says no."""
        for folder in (self.data, self.cache, self.config, self.state):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def default_paths() -> Paths:
    """`TUINEWS_HOME` puts everything under one folder; else XDG variables (on macOS too), else platformdirs."""
    home = os.environ.get("TUINEWS_HOME")
    if home:
        base = Path(home).expanduser()
        return Paths(base / "data", base / "cache", base / "config", base / "state")
    return Paths(_dir("DATA"), _dir("CACHE"), _dir("CONFIG"), _dir("STATE"))


def _dir(kind: str) -> Path:
    chosen = os.environ.get(f"XDG_{kind}_HOME", "")
    if os.path.isabs(chosen):
        return Path(chosen) / "tuinews"
    dotconfig = Path.home() / ".config" / "tuinews"
    if kind == "CONFIG" and sys.platform == "darwin" and dotconfig.is_dir():
        return dotconfig
    import platformdirs

    finders = {
        "DATA": platformdirs.user_data_path,
        "CACHE": platformdirs.user_cache_path,
        "CONFIG": platformdirs.user_config_path,
        "STATE": platformdirs.user_state_path,
    }
    return finders[kind]("tuinews", appauthor=False)
