"""Where things lie. Read and star state is data; the search index and pages may be deleted at any time."""

from __future__ import annotations

import os
from pathlib import Path

from tui_news.folders import folder
from tui_news.models.errors import LibraryError
from tui_news.models.late import dataclass


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
    def sites(self) -> Path:
        """The reader's rules for sites' pages (`articles.siterules`)."""
        return self.config / "sites.toml"

    @property
    def log(self) -> Path:
        return self.state / "tuinews.log"

    def make(self) -> Paths:
        """Create the folders, private to the user. Raises OSError when the system says no."""
        for made in (self.data, self.cache, self.config, self.state):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


def typed(words: str) -> Path:
    """The path that a person typed. `~nobody`, and `~` of somebody without a home, stay as they are: pathlib raises."""
    return Path(os.path.expanduser(words))


def default_paths() -> Paths:
    """`TUINEWS_HOME` puts everything under one folder; else XDG variables (on macOS too), else platformdirs.

    Raises LibraryError for somebody without a home: a relative path would begin a library wherever one stands.
    """
    return Paths(_path("DATA"), _path("CACHE"), _path("CONFIG"), _path("STATE"))


def _path(kind: str) -> Path:
    known = folder(kind)
    if known:
        return Path(known)
    import platformdirs

    finders = {
        "DATA": platformdirs.user_data_path,
        "CACHE": platformdirs.user_cache_path,
        "CONFIG": platformdirs.user_config_path,
        "STATE": platformdirs.user_state_path,
    }
    try:
        found: Path = finders[kind]("tuinews", appauthor=False)
    except RuntimeError:  # some versions say it, others answer with a relative path
        found = Path("~")
    if not found.is_absolute():
        raise LibraryError("There is no place for the library", "you have no home folder", "set HOME or TUINEWS_HOME")
    return found
