"""Libraries of any size, in our own made-up words, kept between runs: what the benchmarks of size are measured on."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def home_of(stories: int, folder: Path | None = None) -> Path:
    """A TUINEWS_HOME whose library holds so many stories (200 feeds, 6 in 10 read), made if it is not there yet.

    100,000 take half a minute, a million five.
    """
    home = (folder or base_folder()) / f"home-{stories}"
    if not (home / "made").exists():
        home.mkdir(parents=True, exist_ok=True)
        _make(home, stories)
        (home / "made").touch()
    return home


def base_folder() -> Path:
    """BENCH_HOMES, else one in the system's temporary folder."""
    return Path(os.environ.get("BENCH_HOMES", Path(tempfile.gettempdir()) / "tuinews-benchmarks"))


def _make(home: Path, stories: int) -> None:
    from filling import fill

    from tui_news.paths import default_paths
    from tui_news.store import Library

    os.environ["TUINEWS_HOME"] = str(home)
    library = Library.open(default_paths())
    fill(library, stories)
    library.close()


if __name__ == "__main__":
    for number in sys.argv[1:]:
        print(home_of(int(number)))
